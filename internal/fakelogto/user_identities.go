// SPDX-License-Identifier: MPL-2.0

package fakelogto

// identityRoutes registers the social and enterprise identities of users.
func identityRoutes(r *routes) {
	const path = "/users/{userId}"
	r.put(path+"/identities/{target}", 200, putIdentity)
	r.post(path+"/identities", 200, func(c *call) (any, error) {
		_, err := c.input(fields(required("connectorId", str()), required("connectorData", jsonObject())))
		if err != nil {
			return nil, err
		}
		return nil, notFound() // nobody can sign in at a social connector of this server
	})
	r.get(path+"/identities/{target}", func(c *call) (any, error) {
		identity, err := c.identity()
		return object{{"identity", identity}}, err
	})
	r.delete(path+"/identities/{target}", func(c *call) (any, error) {
		if _, err := c.identity(); err != nil {
			return nil, err
		}
		row, err := found(c.db, users, c.param("userId"))
		if err != nil {
			return nil, err
		}
		left := row.obj("identities").without(c.param("target"))
		if row, err = users.answers(c.db.update(users, object{{"identities", left}}, row.str("id"))); err != nil {
			return nil, err
		}
		return userProfile(row), nil
	}).status = 200
	r.get(path+"/sso-identities/{ssoConnectorId}", ssoIdentity)
	r.get(path+"/all-identities", func(c *call) (any, error) {
		row, err := found(c.db, users, c.param("userId"))
		if err != nil {
			return nil, err
		}
		social := mapped(row.obj("identities"), func(m member) object {
			return object{{"target", m.key}, {"identity", m.value}}
		})
		return object{{"socialIdentities", social}, {"ssoIdentities", mapped(ssoIdentitiesOf(c.db, row.str("id")), ssoIdentityView)}}, nil
	})
}

// identity is the one that the path names.
func (c *call) identity() (any, error) {
	row, err := found(c.db, users, c.param("userId"))
	if err != nil {
		return nil, err
	}
	identities := row.obj("identities")
	if !identities.has(c.param("target")) {
		return nil, fail(404, "user.identity_not_exist")
	}
	return identities.get(c.param("target")), nil
}

// putIdentity answers 201 for a new target and 200 for one that is replaced.
func putIdentity(c *call) (any, error) {
	in, err := c.input(fields(required("userId", str()), maybe("details", jsonObject())))
	if err != nil {
		return nil, err
	}
	target := c.param("target")
	row, err := found(c.db, users, c.param("userId"))
	if err != nil {
		return nil, err
	}
	for _, other := range c.db.all(users) {
		if other.str("id") != row.str("id") && other.obj("identities").has(target) &&
			other.obj("identities").obj(target).str("userId") == in.str("userId") {
			return nil, fail(422, "user.identity_already_in_use")
		}
	}
	if !row.obj("identities").has(target) {
		c.status = 201
	}
	identities := jsonb(row.obj("identities").with(target, in))
	if row, err = c.db.update(users, object{{"identities", identities}}, row.str("id")); err != nil {
		return nil, err
	}
	return row.obj("identities"), nil
}
