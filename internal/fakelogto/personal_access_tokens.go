// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"math"
)

var personalAccessTokens = &collection{
	name: "personal_access_tokens", singular: "personal_access_token",
	columns: []string{"tenantId", "userId", "name", "value", "createdAt", "expiresAt"},
	key:     []string{"userId", "name"},
	refs:    []ref{refTo("userId", users)},
}

func personalAccessTokenRoutes(r *routes) {
	const path = "/users/{userId}/personal-access-tokens"
	r.get(path, func(c *call) (any, error) {
		if _, err := found(c.db, users, c.param("userId")); err != nil {
			return nil, err
		}
		return c.db.where(personalAccessTokens, "userId", c.param("userId")), nil
	})
	r.post(path, 201, func(c *call) (any, error) {
		in, err := c.input(fields(required("name", text1(256)), maybeNull("expiresAt", num())))
		if err != nil {
			return nil, err
		}
		if expiry := in.num("expiresAt"); expiry != 0 {
			if expiry <= c.db.millis() {
				return nil, invalidRequest(400, "expiresAt is not in the future")
			}
			in = in.with("expiresAt", math.Trunc(expiry))
		}
		return c.db.insert(personalAccessTokens, in.merge(object{
			{"userId", c.param("userId")}, {"value", "pat_" + newSecret(32)},
		}))
	})

	// The name is in the path or, as it may hold anything, in the body.
	name := required("name", text1(256))
	r.patch(path+"/{name}", func(c *call) (any, error) {
		in, err := c.input(fields(name))
		if err != nil {
			return nil, err
		}
		return c.db.update(personalAccessTokens, in, c.param("userId"), c.param("name"))
	})
	r.patch(path, func(c *call) (any, error) {
		in, err := c.input(fields(name, maybe("currentName", str())))
		if err != nil {
			return nil, err
		}
		current := in.str("name")
		if in.has("currentName") {
			current = in.str("currentName")
		}
		return c.db.update(personalAccessTokens, in.pick("name"), c.param("userId"), current)
	})
	r.delete(path+"/{name}", func(c *call) (any, error) {
		return nil, c.db.remove(personalAccessTokens, c.param("userId"), c.param("name"))
	})
	r.post(path+"/delete", 204, func(c *call) (any, error) {
		in, err := c.input(fields(required("name", str())))
		if err != nil {
			return nil, err
		}
		return nil, c.db.remove(personalAccessTokens, c.param("userId"), in.str("name"))
	})
}
