// SPDX-License-Identifier: MPL-2.0

package logtotest

// The columns after isSuspended are not shown.
var users = &collection{
	name: "users", singular: "user", idLength: 12,
	columns: []string{
		"tenantId", "id", "username", "primaryEmail", "primaryPhone", "name", "avatar", "customData", "identities",
		"lastSignInAt", "createdAt", "updatedAt", "profile", "applicationId", "isSuspended", "passwordDigest",
	},
	defaults: object{{"customData", object{}}, {"identities", object{}}, {"profile", object{}}, {"isSuspended", false}},
	touch:    "updatedAt",
}

func userGroup() group {
	return group{
		collections: []*collection{users},
		routes: func(r *routes) {
			userRoutes(r)
			userRoleRoutes(r)
		},
	}
}

func userRoutes(r *routes) {
	r.post("/users", 200, func(c *call) (any, error) {
		in, err := c.input(fields(maybe("username", text1(0))))
		if err != nil {
			return nil, err
		}
		row, err := c.db.insert(users, in)
		if err != nil {
			return nil, err
		}
		return userProfile(row), giveDefaultRoles(c.db, row.str("id"))
	})
	r.delete("/users/{userId}", func(c *call) (any, error) { return nil, c.db.remove(users, c.param("userId")) })
}

func userSearchColumns() []string {
	return []string{"id", "primaryEmail", "primaryPhone", "username", "name"}
}

// userProfile is how the API shows a user.
func userProfile(row object) object {
	return row.without("tenantId", "passwordDigest").with("hasPassword", row.get("passwordDigest") != nil)
}
