// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	userRole    = "User"
	machineRole = "MachineToMachine"

	internalRolePrefix = "#internal:" // roles named so appear in no list
	adminRole          = "admin-role"
	accessRoleName     = "Logto Management API access"
)

var roles = &engine.Collection{
	Name: "roles", Singular: "role",
	Columns:  []string{"tenantId", "id", "name", "description", "type", "isDefault"},
	Defaults: engine.Object{{"type", userRole}, {"isDefault", false}},
	Unique:   []engine.Unique{{Columns: []string{"name"}}},
}

var (
	rolesScopes       = engine.Relation("roles_scopes", engine.RefTo("roleId", roles), engine.RefTo("scopeId", scopes))
	usersRoles        = roleRelation("users_roles", engine.RefTo("userId", users), userRole)
	applicationsRoles = roleRelation("applications_roles", engine.RefTo("applicationId", applications), machineRole)
)

// roleRelation links roles of one type.
func roleRelation(name string, holder engine.Ref, roleType string) *engine.Collection {
	c := engine.Relation(name, holder, engine.RefTo("roleId", roles))
	c.Checks = []engine.Check{typeIs(roles, "roleId", roleType)}
	return c
}

// typeIs is a CHECK that the row a column refers to has one of the types. A
// missing row passes, for the foreign key to find.
func typeIs(c *engine.Collection, column string, types ...string) engine.Check {
	return func(db *engine.Store, row engine.Object) bool {
		target, ok := db.Find(c, row.Str(column))
		return !ok || slices.Contains(types, target.Str("type"))
	}
}

func roleGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{roles, rolesScopes, usersRoles, applicationsRoles},
		Routes:      roleRoutes,
		Seed: func(db *engine.Store) {
			engine.Seed(db, roles, engine.Object{
				{"id", adminRole}, {"name", internalRolePrefix + "admin"}, {"type", machineRole},
				{"description", "Role of the tenant's own administration."},
			})
			access, err := db.Insert(roles, engine.Object{
				{"name", accessRoleName}, {"type", machineRole},
				{"description", "May call the Management API."},
			})
			if err != nil {
				return
			}
			for _, id := range []string{adminRole, access.Str("id")} {
				engine.Seed(db, rolesScopes, engine.Object{{"roleId", id}, {"scopeId", managementAPIScope}})
			}
		},
	}
}

var roleBody = engine.Fields(
	engine.Maybe("tenantId", engine.String().Max(21)),
	engine.Required("name", engine.Text(128)),
	engine.Required("description", engine.Text(128)),
	engine.Maybe("type", engine.NativeEnum(userRole, machineRole)),
	engine.Maybe("isDefault", engine.Boolean()),
)

func roleRoutes(r *engine.Routes) {
	r.Get("/roles", listRoles).Paged(engine.AlwaysPaged)
	r.Post("/roles", 200, createRole)
	r.Get("/roles/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(roles, c.Param("id")) })
	r.Patch("/roles/{id}", updateRole)
	r.Delete("/roles/{id}", func(c *engine.Context) (any, error) {
		if _, err := c.DB.Get(roles, c.Param("id")); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(roles, c.Param("id"))
	})

	r.Get("/roles/{id}/scopes", listRoleScopes).Paged(engine.OptionalPages)
	r.Post("/roles/{id}/scopes", 201, addRoleScopes)
	r.Delete("/roles/{id}/scopes/{scopeId}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(rolesScopes, c.Param("id"), c.Param("scopeId"))
	})

	r.Get("/roles/{id}/users", listRoleUsers).Paged(engine.AlwaysPaged)
	r.Post("/roles/{id}/users", 201, addRoleUsers)
	r.Delete("/roles/{id}/users/{userId}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(usersRoles, c.Param("userId"), c.Param("id"))
	})

	r.Get("/roles/{id}/applications", listRoleApplications).Paged(engine.AlwaysPaged)
	r.Post("/roles/{id}/applications", 201, addRoleApplications)
	r.Delete("/roles/{id}/applications/{applicationId}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(applicationsRoles, c.Param("applicationId"), c.Param("id"))
	})
}

// listedRole reports whether a role may appear in lists.
func listedRole(row engine.Object) bool {
	return !strings.HasPrefix(row.Str("name"), internalRolePrefix)
}

// roleSearch reads the search of every list of roles.
func roleSearch(c *engine.Context) (engine.Search, error) {
	return c.Search("id", "name", "description")
}

func listRoles(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(
		engine.Maybe("excludeUserId", engine.String()), engine.Maybe("excludeApplicationId", engine.String()),
		engine.Maybe("type", engine.NativeEnum(userRole, machineRole)),
	))
	if err != nil {
		return nil, err
	}
	s, err := roleSearch(c)
	if err != nil {
		return nil, err
	}
	found := c.DB.All(roles)
	if s.ID != "" {
		row, _ := c.DB.Find(roles, s.ID)
		found = engine.Filter([]engine.Object{row}, func(o engine.Object) bool { return o != nil })
	}
	user, app := query.Str("excludeUserId"), query.Str("excludeApplicationId")
	rows, err := c.PageOf(engine.Filter(found, func(row engine.Object) bool {
		id := row.Str("id")
		return listedRole(row) && s.Keep(row) && (!query.Has("type") || row.Str("type") == query.Str("type")) &&
			(user == "" || !c.DB.Exists(usersRoles, user, id)) &&
			(app == "" || !c.DB.Exists(applicationsRoles, app, id))
	}))
	if err != nil {
		return nil, err
	}
	rows = engine.Map(rows, func(row engine.Object) engine.Object { return withFeatured(c.DB, row) })
	for _, row := range rows {
		featured, _ := row.Get("featuredUsers").([]engine.Object)
		if _, err := users.AnswersAll(featured, nil); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// withFeatured adds what the list of roles tells about the holders of a role.
func withFeatured(db *engine.Store, row engine.Object) engine.Object {
	id := row.Str("id")
	featured := func(relation *engine.Collection, column string, of *engine.Collection, keys ...string) []engine.Object {
		links := db.Where(relation, "roleId", id)
		return engine.Map(links[:min(3, len(links))], func(link engine.Object) engine.Object {
			holder, _ := db.Find(of, link.Str(column))
			return holder.Pick(keys...)
		})
	}
	return row.Merge(engine.Object{
		{"usersCount", db.Count(usersRoles, "roleId", id)},
		{"featuredUsers", featured(usersRoles, "userId", users, "id", "avatar", "name")},
		{"applicationsCount", db.Count(applicationsRoles, "roleId", id)},
		{"featuredApplications", featured(applicationsRoles, "applicationId", applications, "id", "name", "type")},
	})
}

// createRole keeps the role when its scopes are refused, as Logto does.
func createRole(c *engine.Context) (any, error) {
	in, err := c.Input(roleBody.And(engine.Maybe("scopeIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	if _, taken := c.DB.FindUnique(roles, []string{"name"}, in.Str("name")); taken {
		return nil, engine.Fail(422, "role.name_in_use")
	}
	row, err := c.DB.Insert(roles, in.Without("tenantId"))
	if err != nil {
		return nil, err
	}
	if in.Has("scopeIds") {
		if err := grant(c.DB, row, in.Strs("scopeIds")); err != nil {
			return nil, err
		}
	}
	return row, nil
}

// grant gives a role scopes that it does not have.
func grant(db *engine.Store, role engine.Object, scopeIDs []string) error {
	links := make([]engine.Object, 0, len(scopeIDs))
	for _, id := range scopeIDs {
		scope, err := db.Get(scopes, id)
		if err != nil {
			return err
		}
		if role.Str("type") == userRole && scope.Str("resourceId") == managementAPI {
			return engine.Fail(400, "role.management_api_scopes_not_assignable_to_user_role")
		}
		links = append(links, engine.Object{{"roleId", role.Get("id")}, {"scopeId", id}})
	}
	return db.InsertAll(rolesScopes, links)
}

func updateRole(c *engine.Context) (any, error) {
	in, err := c.Input(roleBody.Only("name", "description", "isDefault").Partial())
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	if _, err := c.DB.Get(roles, id); err != nil {
		return nil, err
	}
	other, taken := c.DB.FindUnique(roles, []string{"name"}, in.Str("name"))
	if taken && other.Str("id") != id {
		return nil, engine.Fail(422, "role.name_in_use")
	}
	return c.DB.Update(roles, in, id)
}

// roleScopes are the scopes of a role.
func roleScopes(db *engine.Store, roleID string) []engine.Object {
	return engine.Map(db.Where(rolesScopes, "roleId", roleID), func(link engine.Object) engine.Object {
		scope, _ := db.Find(scopes, link.Str("scopeId"))
		return scope
	})
}

// withResource embeds the resource of a scope.
func withResource(db *engine.Store, scope engine.Object) engine.Object {
	resource, _ := db.Find(resources, scope.Str("resourceId"))
	return scope.With("resource", resource)
}

func listRoleScopes(c *engine.Context) (any, error) {
	id := c.Param("id")
	if _, err := c.DB.Get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.Search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	rows, err := c.PageOf(engine.Filter(roleScopes(c.DB, id), s.Keep))
	if err != nil {
		return nil, err
	}
	return engine.Map(rows, func(row engine.Object) engine.Object { return withResource(c.DB, row) }), nil
}

func addRoleScopes(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("scopeIds", engine.IDs().NonEmpty())))
	if err != nil {
		return nil, err
	}
	role, err := c.DB.Get(roles, c.Param("id"))
	if err != nil {
		return nil, err
	}
	scopeIDs := in.Strs("scopeIds")
	for _, id := range scopeIDs {
		if c.DB.Exists(rolesScopes, role.Str("id"), id) {
			return nil, engine.Fail(422, "role.scope_exists")
		}
	}
	if err := grant(c.DB, role, scopeIDs); err != nil {
		return nil, err
	}
	return roleScopes(c.DB, role.Str("id")), nil
}

func listRoleUsers(c *engine.Context) (any, error) {
	id := c.Param("id")
	if _, err := c.DB.Get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.Search(userSearchColumns()...)
	if err != nil {
		return nil, err
	}
	found := engine.Map(c.DB.Where(usersRoles, "roleId", id), func(link engine.Object) engine.Object {
		user, _ := c.DB.Find(users, link.Str("userId"))
		return user
	})
	rows, err := users.AnswersAll(c.PageOf(newestFirst(engine.Filter(found, s.Keep))))
	return engine.Map(rows, userProfile), err
}

// newestFirst orders rows by createdAt, latest first.
func newestFirst(rows []engine.Object) []engine.Object {
	slices.SortStableFunc(rows, func(a, b engine.Object) int {
		switch at, bt := a.Num("createdAt"), b.Num("createdAt"); {
		case at > bt:
			return -1
		case at < bt:
			return 1
		}
		return 0
	})
	return rows
}

func addRoleUsers(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("userIds", engine.IDs().NonEmpty())))
	if err != nil {
		return nil, err
	}
	return nil, addHolders(c.DB, usersRoles, "userId", c.Param("id"), in.Strs("userIds"), "role.user_exists",
		func(id string) error {
			if !c.DB.Exists(users, id) {
				return engine.NotFound()
			}
			return nil
		})
}

// addHolders links users or applications to a role; one that has it refuses all.
func addHolders(db *engine.Store, relation *engine.Collection, column, roleID string, holders []string, taken string, find func(id string) error) error {
	if _, err := db.Get(roles, roleID); err != nil {
		return err
	}
	for _, id := range holders {
		if db.Exists(relation, id, roleID) {
			return engine.Fail(422, taken)
		}
	}
	links := make([]engine.Object, 0, len(holders))
	for _, id := range holders {
		if err := find(id); err != nil {
			return err
		}
		links = append(links, engine.Object{{column, id}, {"roleId", roleID}})
	}
	return db.InsertAll(relation, links)
}

func listRoleApplications(c *engine.Context) (any, error) {
	id := c.Param("id")
	if _, err := c.DB.Get(roles, id); err != nil {
		return nil, err
	}
	s, err := c.Search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	found := engine.Map(c.DB.Where(applicationsRoles, "roleId", id), func(link engine.Object) engine.Object {
		app, _ := c.DB.Find(applications, link.Str("applicationId"))
		return app
	})
	rows, err := c.PageOf(engine.Filter(found, func(app engine.Object) bool {
		return app.Str("type") == machineApp && s.Keep(app)
	}))
	return engine.Map(rows, func(row engine.Object) engine.Object { return applicationView(c, row) }), err
}

// addRoleApplications takes applications of any type; the list shows
// machine-to-machine ones only.
func addRoleApplications(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("applicationIds", engine.IDs().NonEmpty())))
	if err != nil {
		return nil, err
	}
	return nil, addHolders(c.DB, applicationsRoles, "applicationId", c.Param("id"), in.Strs("applicationIds"),
		"role.application_exists", func(id string) error {
			_, err := c.DB.Get(applications, id)
			return err
		})
}
