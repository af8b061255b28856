// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// identityRoutes registers the social and enterprise identities of users. The
// latter come from sign-ins only, so there are none.
func identityRoutes(r *engine.Routes) {
	const path = "/users/{userId}"
	r.Put(path+"/identities/{target}", 200, putIdentity)
	r.Post(path+"/identities", 200, func(c *engine.Context) (any, error) {
		_, err := c.Input(engine.Fields(engine.Required("connectorId", engine.String()), engine.Required("connectorData", engine.JSONObject())))
		if err != nil {
			return nil, err
		}
		return nil, engine.NotFound() // nobody can sign in at a social connector of this server
	})
	r.Get(path+"/identities/{target}", func(c *engine.Context) (any, error) {
		identity, err := identityOf(c)
		return engine.Object{{"identity", identity}}, err
	})
	r.Delete(path+"/identities/{target}", func(c *engine.Context) (any, error) {
		if _, err := identityOf(c); err != nil {
			return nil, err
		}
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		left := row.Obj("identities").Without(c.Param("target"))
		if row, err = users.Answers(c.DB.Update(users, engine.Object{{"identities", left}}, row.Str("id"))); err != nil {
			return nil, err
		}
		return userProfile(row), nil
	}).Status = 200
	r.Get(path+"/sso-identities/{ssoConnectorId}", func(c *engine.Context) (any, error) {
		if _, err := found(c.DB, users, c.Param("userId")); err != nil {
			return nil, err
		}
		return nil, engine.Fail(404, "user.enterprise_sso_identity_not_exists")
	})
	r.Get(path+"/all-identities", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, users, c.Param("userId"))
		if err != nil {
			return nil, err
		}
		social := engine.Map(row.Obj("identities"), func(m engine.Member) engine.Object {
			return engine.Object{{"target", m.Key}, {"identity", m.Value}}
		})
		return engine.Object{{"socialIdentities", social}, {"ssoIdentities", []any{}}}, nil
	})
}

// identity is the one that the path names.
func identityOf(c *engine.Context) (any, error) {
	row, err := found(c.DB, users, c.Param("userId"))
	if err != nil {
		return nil, err
	}
	identities := row.Obj("identities")
	if !identities.Has(c.Param("target")) {
		return nil, engine.Fail(404, "user.identity_not_exist")
	}
	return identities.Get(c.Param("target")), nil
}

// putIdentity answers 201 for a new target and 200 for one that is replaced.
func putIdentity(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("userId", engine.String()), engine.Maybe("details", engine.JSONObject())))
	if err != nil {
		return nil, err
	}
	target := c.Param("target")
	row, err := found(c.DB, users, c.Param("userId"))
	if err != nil {
		return nil, err
	}
	for _, other := range c.DB.All(users) {
		if other.Str("id") != row.Str("id") && other.Obj("identities").Has(target) &&
			other.Obj("identities").Obj(target).Str("userId") == in.Str("userId") {
			return nil, engine.Fail(422, "user.identity_already_in_use")
		}
	}
	if !row.Obj("identities").Has(target) {
		c.Status = 201
	}
	identities := engine.JSONB(row.Obj("identities").With(target, in))
	if row, err = c.DB.Update(users, engine.Object{{"identities", identities}}, row.Str("id")); err != nil {
		return nil, err
	}
	return row.Obj("identities"), nil
}
