// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

// userRoleRoutes belongs to the users group; the relation is that of roles.go.
func userRoleRoutes(r *routes) {
	r.get("/users/{userId}/roles", listUserRoles).paged(alwaysPaged)
	r.post("/users/{userId}/roles", 201, addUserRoles)
	r.put("/users/{userId}/roles", 200, replaceUserRoles)
	r.delete("/users/{userId}/roles/{roleId}", func(c *call) (any, error) {
		return nil, c.db.remove(usersRoles, c.param("userId"), c.param("roleId"))
	})
}

// giveDefaultRoles is for the creation of a user: every default role of type User.
func giveDefaultRoles(db *store, userID string) error {
	for _, role := range db.all(roles) {
		if !role.flag("isDefault") || role.str("type") != userRole {
			continue
		}
		if _, err := db.insert(usersRoles, object{{"userId", userID}, {"roleId", role.get("id")}}); err != nil {
			return err
		}
	}
	return nil
}

func listUserRoles(c *call) (any, error) {
	userID := c.param("userId")
	if !c.db.exists(users, userID) {
		return nil, notFound()
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	held := mapped(c.db.where(usersRoles, "userId", userID), func(link object) object {
		role, _ := c.db.find(roles, link.str("roleId"))
		return role
	})
	return c.list(filtered(held, func(role object) bool { return listedRole(role) && s.keep(role) }))
}

func userRoleLinks(userID string, roleIDs []string) []object {
	return mapped(roleIDs, func(id string) object { return object{{"userId", userID}, {"roleId", id}} })
}

// addUserRoles ignores roles that the user has; one given twice is a bare 500.
func addUserRoles(c *call) (any, error) {
	in, err := c.input(fields(required("roleIds", ids())))
	if err != nil {
		return nil, err
	}
	userID := c.param("userId")
	if !c.db.exists(users, userID) {
		return nil, notFound()
	}
	added := filtered(in.strs("roleIds"), func(id string) bool { return !c.db.exists(usersRoles, userID, id) })
	for _, id := range added {
		if role, ok := c.db.find(roles, id); ok && role.str("type") != userRole {
			return nil, fail(422, "user.invalid_role_type")
		}
	}
	if err := rolesExist(c.db, added); err != nil {
		return nil, err
	}
	if len(added) > 0 {
		if err := c.db.insertAll(usersRoles, userRoleLinks(userID, added)); err != nil {
			return nil, err
		}
	}
	return in.with("addedRoleIds", toList(added)), nil
}

// replaceUserRoles is not transactional in Logto: roles that are not wanted are
// gone even when the wanted ones are refused.
func replaceUserRoles(c *call) (any, error) {
	in, err := c.input(fields(required("roleIds", ids())))
	if err != nil {
		return nil, err
	}
	userID, wanted := c.param("userId"), in.strs("roleIds")
	if !c.db.exists(users, userID) {
		return nil, notFound()
	}
	added := filtered(wanted, func(id string) bool { return !c.db.exists(usersRoles, userID, id) })
	if err := rolesExist(c.db, added); err != nil {
		return nil, err
	}
	for _, link := range c.db.where(usersRoles, "userId", userID) {
		if slices.Contains(wanted, link.str("roleId")) {
			continue
		}
		if err := c.db.remove(usersRoles, userID, link.str("roleId")); err != nil {
			return nil, err
		}
	}
	if len(added) > 0 {
		if err := c.db.insertAll(usersRoles, userRoleLinks(userID, added)); err != nil {
			return nil, err
		}
	}
	return object{{"roleIds", distinct(wanted)}}, nil
}
