// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var organizationScopes = &engine.Collection{
	Name: "organization_scopes", Singular: "organization_scope",
	Columns: []string{"tenantId", "id", "name", "description"},
	Unique:  []engine.Unique{{Columns: []string{"name"}}},
}

var organizationRoles = &engine.Collection{
	Name: "organization_roles", Singular: "organization_role",
	Columns:  []string{"tenantId", "id", "name", "description", "type"},
	Defaults: engine.Object{{"type", userRole}},
	Unique:   []engine.Unique{{Columns: []string{"name"}}},
}

var (
	organizationRoleScopes = engine.Relation("organization_role_scope_relations",
		engine.RefTo("organizationRoleId", organizationRoles), engine.RefTo("organizationScopeId", organizationScopes))
	organizationRoleResourceScopes = engine.Relation("organization_role_resource_scope_relations",
		engine.RefTo("organizationRoleId", organizationRoles), engine.RefTo("scopeId", scopes))
)

func organizationTemplateGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{
			organizationScopes, organizationRoles, organizationRoleScopes, organizationRoleResourceScopes,
		},
		Routes:     organizationTemplateRoutes,
		Violations: engine.SchemaViolation,
	}
}

var (
	organizationScopeBody = engine.Fields(
		engine.Maybe("tenantId", engine.String().Max(21)),
		engine.Required("name", engine.Text(128)),
		engine.MaybeNull("description", engine.String().Max(256)),
	)
	organizationRoleBody = organizationScopeBody.And(engine.Maybe("type", engine.NativeEnum(userRole, machineRole)))
)

func organizationTemplateRoutes(r *engine.Routes) {
	const scopePath, rolePath = "/organization-scopes", "/organization-roles"
	r.Get(scopePath, listOrganizationScopes).Paged(engine.OptionalPages)
	r.Post(scopePath, 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(organizationScopeBody)
		if err != nil {
			return nil, err
		}
		return c.DB.Insert(organizationScopes, in.Without("tenantId"))
	})
	r.Get(scopePath+"/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(organizationScopes, c.Param("id")) })
	patchWhole(r, scopePath+"/{id}", organizationScopes, organizationScopeBody)
	r.Delete(scopePath+"/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(organizationScopes, c.Param("id")) })

	r.Get(rolePath, listOrganizationRoles).Paged(engine.AlwaysPaged)
	r.Post(rolePath, 201, createOrganizationRole)
	r.Get(rolePath+"/{id}", func(c *engine.Context) (any, error) {
		return found(c.DB, organizationRoles, c.Param("id"))
	})
	patchWhole(r, rolePath+"/{id}", organizationRoles, organizationRoleBody)
	r.Delete(rolePath+"/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(organizationRoles, c.Param("id")) })

	roleFound := func(db *engine.Store, id string) error {
		_, err := found(db, organizationRoles, id)
		return err
	}
	engine.LinkRoutes(r, rolePath+"/{id}/scopes", engine.Links{
		Of: organizationRoleScopes, Parent: "organizationRoleId", Child: "organizationScopeId",
		To: organizationScopes, Found: roleFound,
	})
	engine.LinkRoutes(r, rolePath+"/{id}/resource-scopes", engine.Links{
		Of: organizationRoleResourceScopes, Parent: "organizationRoleId", Child: "scopeId",
		To: scopes, Found: roleFound,
	})
}

// patchWhole registers an update of any column but the ID, as Logto's generated
// routes allow it.
func patchWhole(r *engine.Routes, path string, of *engine.Collection, body engine.Shape) {
	r.Patch(path, func(c *engine.Context) (any, error) {
		known := body.Partial()
		if c.Server.Before("1.43") {
			known = known.And(engine.Maybe("id", engine.Text(21))) // which renamed the object
		}
		in, err := c.Input(known)
		if err != nil {
			return nil, err
		}
		return c.DB.Update(of, in, c.Param("id"))
	})
}

// found is get for the look-ups that answer entity.not_found.
func found(db *engine.Store, of *engine.Collection, id string) (engine.Object, error) {
	row, ok := db.Find(of, id)
	if !ok {
		return nil, engine.NotFound()
	}
	return row, nil
}

// keywordQuery reads the q parameter.
func keywordQuery(c *engine.Context, columns ...string) (func(engine.Object) bool, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("q", engine.String())))
	if err != nil {
		return nil, err
	}
	return engine.Keyword(query.Str("q"), columns...), nil
}

func listOrganizationScopes(c *engine.Context) (any, error) {
	keep, err := keywordQuery(c, "name")
	if err != nil {
		return nil, err
	}
	rows := engine.Filter(c.DB.All(organizationScopes), keep)
	slices.SortFunc(rows, engine.ByText("name"))
	return c.List(rows)
}

// listOrganizationRoles tells the scopes of each role, which a look-up by ID does not.
func listOrganizationRoles(c *engine.Context) (any, error) {
	keep, err := keywordQuery(c, "id", "name", "description")
	if err != nil {
		return nil, err
	}
	rows := engine.Filter(c.DB.All(organizationRoles), keep)
	slices.SortFunc(rows, engine.ByText("name"))
	if rows, err = c.PageOf(rows); err != nil {
		return nil, err
	}
	return engine.Map(rows, func(role engine.Object) engine.Object {
		id := role.Str("id")
		own := engine.Linked(c.DB, organizationRoleScopes, "organizationRoleId", id, "organizationScopeId", organizationScopes)
		ofResources := engine.Linked(c.DB, organizationRoleResourceScopes, "organizationRoleId", id, "scopeId", scopes)
		slices.SortFunc(own, engine.ByText("id"))
		slices.SortFunc(ofResources, engine.ByText("id"))
		return role.Merge(engine.Object{
			{"scopes", engine.PickEach(own, "id", "name")},
			{"resourceScopes", engine.Map(ofResources, func(scope engine.Object) engine.Object {
				return withResource(c.DB, scope).Pick("id", "name").
					With("resource", withResource(c.DB, scope).Obj("resource").Pick("id", "name"))
			})},
		})
	}), nil
}

// createOrganizationRole leaves nothing behind when a scope is refused. A Logto before
// 1.41 leaves what it has made until then.
func createOrganizationRole(c *engine.Context) (any, error) {
	in, err := c.Input(organizationRoleBody.And(
		engine.Property("organizationScopeIds", engine.WithDefault(engine.Array(engine.String()), []any{})),
		engine.Property("resourceScopeIds", engine.WithDefault(engine.Array(engine.String()), []any{})),
	))
	if err != nil {
		return nil, err
	}
	var role engine.Object
	atomically := c.DB.Atomically
	if c.Server.Before("1.41") {
		atomically = func(work func() error) error { return work() }
	}
	err = atomically(func() error {
		role, err = c.DB.Insert(organizationRoles, in.Without("tenantId", "organizationScopeIds", "resourceScopeIds"))
		if err != nil {
			return err
		}
		holder := engine.Object{{"organizationRoleId", role.Get("id")}}
		err = c.DB.Link(organizationRoleScopes, holder, "organizationScopeId", in.Strs("organizationScopeIds"))
		if err != nil {
			return err
		}
		return c.DB.Link(organizationRoleResourceScopes, holder, "scopeId", in.Strs("resourceScopeIds"))
	})
	return role, err
}
