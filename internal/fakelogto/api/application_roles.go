// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

func applicationRoleRoutes(r *engine.Routes) {
	r.Get("/applications/{applicationId}/roles", listApplicationRoles).Paged(engine.AlwaysPaged)
	r.Post("/applications/{applicationId}/roles", 201, addApplicationRoles)
	r.Put("/applications/{applicationId}/roles", 200, replaceApplicationRoles)
	r.Delete("/applications/{applicationId}/roles/{roleId}", func(c *engine.Context) (any, error) {
		if err := machineAppOnly(c); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(applicationsRoles, c.Param("applicationId"), c.Param("roleId"))
	})
}

func machineAppOnly(c *engine.Context) error {
	row, err := c.DB.Get(applications, c.Param("applicationId"))
	if err != nil {
		return err
	}
	if row.Str("type") != machineApp {
		return engine.Fail(422, "application.invalid_type")
	}
	return nil
}

func listApplicationRoles(c *engine.Context) (any, error) {
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	links := c.DB.Where(applicationsRoles, "applicationId", c.Param("applicationId"))
	held := engine.Map(links, func(link engine.Object) engine.Object {
		role, _ := c.DB.Find(roles, link.Str("roleId"))
		return role
	})
	return c.List(engine.Filter(held, func(role engine.Object) bool { return listedRole(role) && s.Keep(role) }))
}

func addApplicationRoles(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("roleIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	app, wanted := c.Param("applicationId"), in.Strs("roleIds")
	held := func(id string) bool { return c.DB.Exists(applicationsRoles, app, id) }
	added := engine.Filter(engine.Distinct(wanted), func(id string) bool { return !held(id) })
	if c.Server.Before("1.41") {
		added = wanted
	}
	for _, id := range added {
		role, ok := c.DB.Find(roles, id)
		switch {
		case ok && held(id):
			return nil, engine.Fail(422, "application.role_exists")
		case ok && role.Str("type") != machineRole:
			return nil, engine.Fail(422, "application.invalid_role_type")
		}
	}
	if err := rolesExist(c.DB, added); err != nil {
		return nil, err
	}
	if len(added) > 0 || c.Server.Before("1.41") {
		if err := c.DB.InsertAll(applicationsRoles, applicationRoleLinks(app, added)); err != nil {
			return nil, err
		}
	}
	if c.Server.Before("1.41") {
		return nil, nil
	}
	return in.With("addedRoleIds", engine.ToList(added)), nil
}

// replaceApplicationRoles is not transactional in Logto: the removals stay when
// the additions fail, and no addition at all is a failure too.
func replaceApplicationRoles(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("roleIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	app, wanted := c.Param("applicationId"), in.Strs("roleIds")
	added := engine.Filter(wanted, func(id string) bool { return !c.DB.Exists(applicationsRoles, app, id) })
	if err := rolesExist(c.DB, added); err != nil {
		return nil, err
	}
	for _, link := range c.DB.Where(applicationsRoles, "applicationId", app) {
		if slices.Contains(wanted, link.Str("roleId")) {
			continue
		}
		if err := c.DB.Remove(applicationsRoles, app, link.Str("roleId")); err != nil {
			return nil, err
		}
	}
	return nil, c.DB.InsertAll(applicationsRoles, applicationRoleLinks(app, added))
}

func rolesExist(db *engine.Store, ids []string) error {
	for _, id := range ids {
		if _, err := db.Get(roles, id); err != nil {
			return err
		}
	}
	return nil
}

func applicationRoleLinks(app string, roleIDs []string) []engine.Object {
	return engine.Map(roleIDs, func(id string) engine.Object { return engine.Object{{"applicationId", app}, {"roleId", id}} })
}
