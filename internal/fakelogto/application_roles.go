// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

func applicationRoleRoutes(r *routes) {
	r.get("/applications/{applicationId}/roles", listApplicationRoles).paged(alwaysPaged)
	r.post("/applications/{applicationId}/roles", 201, addApplicationRoles)
	r.put("/applications/{applicationId}/roles", 200, replaceApplicationRoles)
	r.delete("/applications/{applicationId}/roles/{roleId}", func(c *call) (any, error) {
		if err := machineAppOnly(c); err != nil {
			return nil, err
		}
		return nil, c.db.remove(applicationsRoles, c.param("applicationId"), c.param("roleId"))
	})
}

func machineAppOnly(c *call) error {
	row, err := c.db.get(applications, c.param("applicationId"))
	if err != nil {
		return err
	}
	if row.str("type") != machineApp {
		return fail(422, "application.invalid_type")
	}
	return nil
}

func listApplicationRoles(c *call) (any, error) {
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	links := c.db.where(applicationsRoles, "applicationId", c.param("applicationId"))
	held := mapped(links, func(link object) object {
		role, _ := c.db.find(roles, link.str("roleId"))
		return role
	})
	return c.list(filtered(held, func(role object) bool { return listedRole(role) && s.keep(role) }))
}

func addApplicationRoles(c *call) (any, error) {
	in, err := c.input(fields(required("roleIds", ids())))
	if err != nil {
		return nil, err
	}
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	app, wanted := c.param("applicationId"), in.strs("roleIds")
	held := func(id string) bool { return c.db.exists(applicationsRoles, app, id) }
	added := filtered(distinct(wanted), func(id string) bool { return !held(id) })
	if c.server.before("1.41") {
		added = wanted
	}
	for _, id := range added {
		role, ok := c.db.find(roles, id)
		switch {
		case ok && held(id):
			return nil, fail(422, "application.role_exists")
		case ok && role.str("type") != machineRole:
			return nil, fail(422, "application.invalid_role_type")
		}
	}
	if err := rolesExist(c.db, added); err != nil {
		return nil, err
	}
	if len(added) > 0 || c.server.before("1.41") {
		if err := c.db.insertAll(applicationsRoles, applicationRoleLinks(app, added)); err != nil {
			return nil, err
		}
	}
	if c.server.before("1.41") {
		return nil, nil
	}
	return in.with("addedRoleIds", toList(added)), nil
}

// replaceApplicationRoles is not transactional in Logto: the removals stay when
// the additions fail, and no addition at all is a failure too.
func replaceApplicationRoles(c *call) (any, error) {
	in, err := c.input(fields(required("roleIds", ids())))
	if err != nil {
		return nil, err
	}
	if err := machineAppOnly(c); err != nil {
		return nil, err
	}
	app, wanted := c.param("applicationId"), in.strs("roleIds")
	added := filtered(wanted, func(id string) bool { return !c.db.exists(applicationsRoles, app, id) })
	if err := rolesExist(c.db, added); err != nil {
		return nil, err
	}
	for _, link := range c.db.where(applicationsRoles, "applicationId", app) {
		if slices.Contains(wanted, link.str("roleId")) {
			continue
		}
		if err := c.db.remove(applicationsRoles, app, link.str("roleId")); err != nil {
			return nil, err
		}
	}
	return nil, c.db.insertAll(applicationsRoles, applicationRoleLinks(app, added))
}

func rolesExist(db *store, ids []string) error {
	for _, id := range ids {
		if _, err := db.get(roles, id); err != nil {
			return err
		}
	}
	return nil
}

func applicationRoleLinks(app string, roleIDs []string) []object {
	return mapped(roleIDs, func(id string) object { return object{{"applicationId", app}, {"roleId", id}} })
}
