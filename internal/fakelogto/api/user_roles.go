// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// userRoleRoutes belongs to the users group; the relation is that of roles.go.
func userRoleRoutes(r *engine.Routes) {
	r.Get("/users/{userId}/roles", listUserRoles).Paged(engine.AlwaysPaged)
	r.Post("/users/{userId}/roles", 201, addUserRoles)
	r.Put("/users/{userId}/roles", 200, replaceUserRoles)
	r.Delete("/users/{userId}/roles/{roleId}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(usersRoles, c.Param("userId"), c.Param("roleId"))
	})
}

// giveDefaultRoles is for the creation of a user: every default role of type User.
func giveDefaultRoles(db *engine.Store, userID string) error {
	for _, role := range db.All(roles) {
		if !role.Flag("isDefault") || role.Str("type") != userRole {
			continue
		}
		if _, err := db.Insert(usersRoles, engine.Object{{"userId", userID}, {"roleId", role.Get("id")}}); err != nil {
			return err
		}
	}
	return nil
}

func listUserRoles(c *engine.Context) (any, error) {
	userID := c.Param("userId")
	if !c.DB.Exists(users, userID) {
		return nil, engine.NotFound()
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	held := engine.Map(c.DB.Where(usersRoles, "userId", userID), func(link engine.Object) engine.Object {
		role, _ := c.DB.Find(roles, link.Str("roleId"))
		return role
	})
	return c.List(engine.Filter(held, func(role engine.Object) bool { return listedRole(role) && s.Keep(role) }))
}

func userRoleLinks(userID string, roleIDs []string) []engine.Object {
	return engine.Map(roleIDs, func(id string) engine.Object { return engine.Object{{"userId", userID}, {"roleId", id}} })
}

// addUserRoles ignores roles that the user has; one given twice is a bare 500.
func addUserRoles(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("roleIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	userID := c.Param("userId")
	if !c.DB.Exists(users, userID) {
		return nil, engine.NotFound()
	}
	added := engine.Filter(in.Strs("roleIds"), func(id string) bool { return !c.DB.Exists(usersRoles, userID, id) })
	for _, id := range added {
		if role, ok := c.DB.Find(roles, id); ok && role.Str("type") != userRole {
			return nil, engine.Fail(422, "user.invalid_role_type")
		}
	}
	if err := rolesExist(c.DB, added); err != nil {
		return nil, err
	}
	if len(added) > 0 {
		if err := c.DB.InsertAll(usersRoles, userRoleLinks(userID, added)); err != nil {
			return nil, err
		}
	}
	return in.With("addedRoleIds", engine.ToList(added)), nil
}

// replaceUserRoles is not transactional in Logto: roles that are not wanted are
// gone even when the wanted ones are refused.
func replaceUserRoles(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("roleIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	userID, wanted := c.Param("userId"), in.Strs("roleIds")
	if !c.DB.Exists(users, userID) {
		return nil, engine.NotFound()
	}
	added := engine.Filter(wanted, func(id string) bool { return !c.DB.Exists(usersRoles, userID, id) })
	if err := rolesExist(c.DB, added); err != nil {
		return nil, err
	}
	for _, link := range c.DB.Where(usersRoles, "userId", userID) {
		if slices.Contains(wanted, link.Str("roleId")) {
			continue
		}
		if err := c.DB.Remove(usersRoles, userID, link.Str("roleId")); err != nil {
			return nil, err
		}
	}
	if len(added) > 0 {
		if err := c.DB.InsertAll(usersRoles, userRoleLinks(userID, added)); err != nil {
			return nil, err
		}
	}
	return engine.Object{{"roleIds", engine.Distinct(wanted)}}, nil
}
