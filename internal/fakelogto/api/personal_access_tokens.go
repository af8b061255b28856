// SPDX-License-Identifier: MPL-2.0

package api

import (
	"math"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var personalAccessTokens = &engine.Collection{
	Name: "personal_access_tokens", Singular: "personal_access_token",
	Columns: []string{"tenantId", "userId", "name", "value", "createdAt", "expiresAt"},
	Key:     []string{"userId", "name"},
	Refs:    []engine.Ref{engine.RefTo("userId", users)},
}

func personalAccessTokenRoutes(r *engine.Routes) {
	const path = "/users/{userId}/personal-access-tokens"
	r.Get(path, func(c *engine.Context) (any, error) {
		if _, err := found(c.DB, users, c.Param("userId")); err != nil {
			return nil, err
		}
		return c.DB.Where(personalAccessTokens, "userId", c.Param("userId")), nil
	})
	r.Post(path, 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("name", engine.Text(256)), engine.MaybeNull("expiresAt", engine.Number())))
		if err != nil {
			return nil, err
		}
		if expiry := in.Num("expiresAt"); expiry != 0 {
			if expiry <= c.DB.Millis() {
				return nil, engine.InvalidRequest(400, "expiresAt is not in the future")
			}
			in = in.With("expiresAt", math.Trunc(expiry))
		}
		return c.DB.Insert(personalAccessTokens, in.Merge(engine.Object{
			{"userId", c.Param("userId")}, {"value", "pat_" + engine.NewSecret(32)},
		}))
	})

	// The name is in the path or, as it may hold anything, in the body.
	name := engine.Required("name", engine.Text(256))
	r.Patch(path+"/{name}", func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(name))
		if err != nil {
			return nil, err
		}
		return c.DB.Update(personalAccessTokens, in, c.Param("userId"), c.Param("name"))
	})
	r.Patch(path, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(name, engine.Maybe("currentName", engine.String())))
		if err != nil {
			return nil, err
		}
		current := in.Str("name")
		if in.Has("currentName") {
			current = in.Str("currentName")
		}
		return c.DB.Update(personalAccessTokens, in.Pick("name"), c.Param("userId"), current)
	})
	r.Delete(path+"/{name}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(personalAccessTokens, c.Param("userId"), c.Param("name"))
	})
	r.Post(path+"/delete", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("name", engine.String())))
		if err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(personalAccessTokens, c.Param("userId"), in.Str("name"))
	})
}
