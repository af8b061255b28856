// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
	"strings"
)

const (
	userRole    = "User"
	machineRole = "MachineToMachine"

	internalRolePrefix = "#internal:" // roles named so appear in no list
	adminRole          = "admin-role"
	accessRoleName     = "Logto Management API access"
)

var roles = &collection{
	name: "roles", singular: "role",
	columns:  []string{"tenantId", "id", "name", "description", "type", "isDefault"},
	defaults: object{{"type", userRole}, {"isDefault", false}},
	unique:   []unique{{columns: []string{"name"}}},
}

var (
	rolesScopes       = relation("roles_scopes", refTo("roleId", roles), refTo("scopeId", scopes))
	usersRoles        = roleRelation("users_roles", refTo("userId", users), userRole)
	applicationsRoles = roleRelation("applications_roles", refTo("applicationId", applications), machineRole)
)

// roleRelation links roles of one type.
func roleRelation(name string, holder ref, roleType string) *collection {
	c := relation(name, holder, refTo("roleId", roles))
	c.checks = []check{typeIs(roles, "roleId", roleType)}
	return c
}

// typeIs is a CHECK that the row a column refers to has one of the types. A
// missing row passes, for the foreign key to find.
func typeIs(c *collection, column string, types ...string) check {
	return func(db *store, row object) bool {
		target, ok := db.find(c, row.str(column))
		return !ok || slices.Contains(types, target.str("type"))
	}
}

func roleGroup() group {
	return group{
		collections: []*collection{roles, rolesScopes, usersRoles, applicationsRoles},
		routes:      roleRoutes,
		seed: func(db *store) {
			seeded(db, roles, object{
				{"id", adminRole}, {"name", internalRolePrefix + "admin"}, {"type", machineRole},
				{"description", "Role of the tenant's own administration."},
			})
			access, err := db.insert(roles, object{
				{"name", accessRoleName}, {"type", machineRole},
				{"description", "May call the Management API."},
			})
			if err != nil {
				return
			}
			for _, id := range []string{adminRole, access.str("id")} {
				seeded(db, rolesScopes, object{{"roleId", id}, {"scopeId", managementAPIScope}})
			}
		},
	}
}

var roleBody = fields(
	maybe("tenantId", str().max(21)),
	required("name", text1(128)),
	required("description", text1(128)),
	maybe("type", nativeEnum(userRole, machineRole)),
	maybe("isDefault", boolean()),
)

func roleRoutes(r *routes) {
	r.get("/roles", listRoles).paged(alwaysPaged)
	r.post("/roles", 200, createRole)
	r.get("/roles/{id}", func(c *call) (any, error) { return c.db.get(roles, c.param("id")) })
	r.patch("/roles/{id}", updateRole)
	r.delete("/roles/{id}", func(c *call) (any, error) {
		if _, err := c.db.get(roles, c.param("id")); err != nil {
			return nil, err
		}
		return nil, c.db.remove(roles, c.param("id"))
	})

	r.get("/roles/{id}/scopes", listRoleScopes).paged(optionalPages)
	r.post("/roles/{id}/scopes", 201, addRoleScopes)
	r.delete("/roles/{id}/scopes/{scopeId}", func(c *call) (any, error) {
		return nil, c.db.remove(rolesScopes, c.param("id"), c.param("scopeId"))
	})

	r.get("/roles/{id}/users", listRoleUsers).paged(alwaysPaged)
	r.post("/roles/{id}/users", 201, addRoleUsers)
	r.delete("/roles/{id}/users/{userId}", func(c *call) (any, error) {
		return nil, c.db.remove(usersRoles, c.param("userId"), c.param("id"))
	})

	r.get("/roles/{id}/applications", listRoleApplications).paged(alwaysPaged)
	r.post("/roles/{id}/applications", 201, addRoleApplications)
	r.delete("/roles/{id}/applications/{applicationId}", func(c *call) (any, error) {
		return nil, c.db.remove(applicationsRoles, c.param("applicationId"), c.param("id"))
	})
}

// listedRole reports whether a role may appear in lists.
func listedRole(row object) bool { return !strings.HasPrefix(row.str("name"), internalRolePrefix) }

// roleSearch reads the search of every list of roles.
func roleSearch(c *call) (search, error) { return c.search("id", "name", "description") }

func listRoles(c *call) (any, error) {
	query, err := c.queryInput(fields(
		maybe("excludeUserId", str()), maybe("excludeApplicationId", str()),
		maybe("type", nativeEnum(userRole, machineRole)),
	))
	if err != nil {
		return nil, err
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	found := c.db.all(roles)
	if s.id != "" {
		row, _ := c.db.find(roles, s.id)
		found = filtered([]object{row}, func(o object) bool { return o != nil })
	}
	user, app := query.str("excludeUserId"), query.str("excludeApplicationId")
	rows, err := c.pageOf(filtered(found, func(row object) bool {
		id := row.str("id")
		return listedRole(row) && s.keep(row) && (!query.has("type") || row.str("type") == query.str("type")) &&
			(user == "" || !c.db.exists(usersRoles, user, id)) &&
			(app == "" || !c.db.exists(applicationsRoles, app, id))
	}))
	if err != nil {
		return nil, err
	}
	rows = mapped(rows, func(row object) object { return withFeatured(c.db, row) })
	for _, row := range rows {
		featured, _ := row.get("featuredUsers").([]object)
		if _, err := users.answersAll(featured, nil); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// withFeatured adds what the list of roles tells about the holders of a role.
func withFeatured(db *store, row object) object {
	id := row.str("id")
	featured := func(relation *collection, column string, of *collection, keys ...string) []object {
		links := db.where(relation, "roleId", id)
		return mapped(links[:min(3, len(links))], func(link object) object {
			holder, _ := db.find(of, link.str(column))
			return holder.pick(keys...)
		})
	}
	return row.merge(object{
		{"usersCount", db.count(usersRoles, "roleId", id)},
		{"featuredUsers", featured(usersRoles, "userId", users, "id", "avatar", "name")},
		{"applicationsCount", db.count(applicationsRoles, "roleId", id)},
		{"featuredApplications", featured(applicationsRoles, "applicationId", applications, "id", "name", "type")},
	})
}

// createRole keeps the role when its scopes are refused, as Logto does.
func createRole(c *call) (any, error) {
	in, err := c.input(roleBody.and(maybe("scopeIds", ids())))
	if err != nil {
		return nil, err
	}
	if _, taken := c.db.findUnique(roles, []string{"name"}, in.str("name")); taken {
		return nil, fail(422, "role.name_in_use")
	}
	row, err := c.db.insert(roles, in.without("tenantId"))
	if err != nil {
		return nil, err
	}
	if in.has("scopeIds") {
		if err := grant(c.db, row, in.strs("scopeIds")); err != nil {
			return nil, err
		}
	}
	return row, nil
}

// grant gives a role scopes that it does not have.
func grant(db *store, role object, scopeIDs []string) error {
	links := make([]object, 0, len(scopeIDs))
	for _, id := range scopeIDs {
		scope, err := db.get(scopes, id)
		if err != nil {
			return err
		}
		if role.str("type") == userRole && scope.str("resourceId") == managementAPI {
			return fail(400, "role.management_api_scopes_not_assignable_to_user_role")
		}
		links = append(links, object{{"roleId", role.get("id")}, {"scopeId", id}})
	}
	return db.insertAll(rolesScopes, links)
}

func updateRole(c *call) (any, error) {
	in, err := c.input(roleBody.only("name", "description", "isDefault").partial())
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	if _, err := c.db.get(roles, id); err != nil {
		return nil, err
	}
	other, taken := c.db.findUnique(roles, []string{"name"}, in.str("name"))
	if taken && other.str("id") != id {
		return nil, fail(422, "role.name_in_use")
	}
	return c.db.update(roles, in, id)
}

// roleScopes are the scopes of a role.
func roleScopes(db *store, roleID string) []object {
	return mapped(db.where(rolesScopes, "roleId", roleID), func(link object) object {
		scope, _ := db.find(scopes, link.str("scopeId"))
		return scope
	})
}

// withResource embeds the resource of a scope.
func withResource(db *store, scope object) object {
	resource, _ := db.find(resources, scope.str("resourceId"))
	return scope.with("resource", resource)
}

func listRoleScopes(c *call) (any, error) {
	id := c.param("id")
	if _, err := c.db.get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	rows, err := c.pageOf(filtered(roleScopes(c.db, id), s.keep))
	if err != nil {
		return nil, err
	}
	return mapped(rows, func(row object) object { return withResource(c.db, row) }), nil
}

func addRoleScopes(c *call) (any, error) {
	in, err := c.input(fields(required("scopeIds", ids().nonEmpty())))
	if err != nil {
		return nil, err
	}
	role, err := c.db.get(roles, c.param("id"))
	if err != nil {
		return nil, err
	}
	scopeIDs := in.strs("scopeIds")
	for _, id := range scopeIDs {
		if c.db.exists(rolesScopes, role.str("id"), id) {
			return nil, fail(422, "role.scope_exists")
		}
	}
	if err := grant(c.db, role, scopeIDs); err != nil {
		return nil, err
	}
	return roleScopes(c.db, role.str("id")), nil
}

func listRoleUsers(c *call) (any, error) {
	id := c.param("id")
	if _, err := c.db.get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.search(userSearchColumns()...)
	if err != nil {
		return nil, err
	}
	found := mapped(c.db.where(usersRoles, "roleId", id), func(link object) object {
		user, _ := c.db.find(users, link.str("userId"))
		return user
	})
	rows, err := users.answersAll(c.pageOf(newestFirst(filtered(found, s.keep))))
	return mapped(rows, userProfile), err
}

// newestFirst orders rows by createdAt, latest first.
func newestFirst(rows []object) []object {
	slices.SortStableFunc(rows, func(a, b object) int {
		switch at, bt := a.num("createdAt"), b.num("createdAt"); {
		case at > bt:
			return -1
		case at < bt:
			return 1
		}
		return 0
	})
	return rows
}

func addRoleUsers(c *call) (any, error) {
	in, err := c.input(fields(required("userIds", ids().nonEmpty())))
	if err != nil {
		return nil, err
	}
	return nil, addHolders(c.db, usersRoles, "userId", c.param("id"), in.strs("userIds"), "role.user_exists",
		func(id string) error {
			if !c.db.exists(users, id) {
				return notFound()
			}
			return nil
		})
}

// addHolders links users or applications to a role; one that has it refuses all.
func addHolders(db *store, relation *collection, column, roleID string, holders []string, taken string, find func(id string) error) error {
	if _, err := db.get(roles, roleID); err != nil {
		return err
	}
	for _, id := range holders {
		if db.exists(relation, id, roleID) {
			return fail(422, taken)
		}
	}
	links := make([]object, 0, len(holders))
	for _, id := range holders {
		if err := find(id); err != nil {
			return err
		}
		links = append(links, object{{column, id}, {"roleId", roleID}})
	}
	return db.insertAll(relation, links)
}

func listRoleApplications(c *call) (any, error) {
	id := c.param("id")
	if _, err := c.db.get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	found := mapped(c.db.where(applicationsRoles, "roleId", id), func(link object) object {
		app, _ := c.db.find(applications, link.str("applicationId"))
		return app
	})
	rows, err := c.pageOf(filtered(found, func(app object) bool {
		return app.str("type") == machineApp && s.keep(app)
	}))
	return mapped(rows, c.applicationView), err
}

// addRoleApplications takes applications of any type; the list shows
// machine-to-machine ones only.
func addRoleApplications(c *call) (any, error) {
	in, err := c.input(fields(required("applicationIds", ids().nonEmpty())))
	if err != nil {
		return nil, err
	}
	return nil, addHolders(c.db, applicationsRoles, "applicationId", c.param("id"), in.strs("applicationIds"),
		"role.application_exists", func(id string) error {
			_, err := c.db.get(applications, id)
			return err
		})
}
