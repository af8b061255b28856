// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

var organizationScopes = &collection{
	name: "organization_scopes", singular: "organization_scope",
	columns: []string{"tenantId", "id", "name", "description"},
	unique:  []unique{{columns: []string{"name"}}},
}

var organizationRoles = &collection{
	name: "organization_roles", singular: "organization_role",
	columns:  []string{"tenantId", "id", "name", "description", "type"},
	defaults: object{{"type", userRole}},
	unique:   []unique{{columns: []string{"name"}}},
}

var (
	organizationRoleScopes = relation("organization_role_scope_relations",
		refTo("organizationRoleId", organizationRoles), refTo("organizationScopeId", organizationScopes))
	organizationRoleResourceScopes = relation("organization_role_resource_scope_relations",
		refTo("organizationRoleId", organizationRoles), refTo("scopeId", scopes))
)

func organizationTemplateGroup() group {
	return group{
		collections: []*collection{
			organizationScopes, organizationRoles, organizationRoleScopes, organizationRoleResourceScopes,
		},
		routes:     organizationTemplateRoutes,
		violations: schemaViolation,
	}
}

var (
	organizationScopeBody = fields(
		maybe("tenantId", str().max(21)),
		required("name", text1(128)),
		maybeNull("description", str().max(256)),
	)
	organizationRoleBody = organizationScopeBody.and(maybe("type", nativeEnum(userRole, machineRole)))
)

func organizationTemplateRoutes(r *routes) {
	const scopePath, rolePath = "/organization-scopes", "/organization-roles"
	r.get(scopePath, listOrganizationScopes).paged(optionalPages)
	r.post(scopePath, 201, func(c *call) (any, error) {
		in, err := c.input(organizationScopeBody)
		if err != nil {
			return nil, err
		}
		return c.db.insert(organizationScopes, in.without("tenantId"))
	})
	r.get(scopePath+"/{id}", func(c *call) (any, error) { return c.db.get(organizationScopes, c.param("id")) })
	patchWhole(r, scopePath+"/{id}", organizationScopes, organizationScopeBody)
	r.delete(scopePath+"/{id}", func(c *call) (any, error) { return nil, c.db.remove(organizationScopes, c.param("id")) })

	r.get(rolePath, listOrganizationRoles).paged(alwaysPaged)
	r.post(rolePath, 201, createOrganizationRole)
	r.get(rolePath+"/{id}", func(c *call) (any, error) {
		return found(c.db, organizationRoles, c.param("id"))
	})
	patchWhole(r, rolePath+"/{id}", organizationRoles, organizationRoleBody)
	r.delete(rolePath+"/{id}", func(c *call) (any, error) { return nil, c.db.remove(organizationRoles, c.param("id")) })

	roleFound := func(db *store, id string) error {
		_, err := found(db, organizationRoles, id)
		return err
	}
	linkRoutes(r, rolePath+"/{id}/scopes", links{
		of: organizationRoleScopes, parent: "organizationRoleId", child: "organizationScopeId",
		to: organizationScopes, found: roleFound,
	})
	linkRoutes(r, rolePath+"/{id}/resource-scopes", links{
		of: organizationRoleResourceScopes, parent: "organizationRoleId", child: "scopeId",
		to: scopes, found: roleFound,
	})
}

// patchWhole registers an update of any column but the ID, as Logto's generated
// routes allow it.
func patchWhole(r *routes, path string, of *collection, body shape) {
	r.patch(path, func(c *call) (any, error) {
		known := body.partial()
		if c.server.before("1.43") {
			known = known.and(maybe("id", text1(21))) // which renamed the object
		}
		in, err := c.input(known)
		if err != nil {
			return nil, err
		}
		return c.db.update(of, in, c.param("id"))
	})
}

// found is get for the look-ups that answer entity.not_found.
func found(db *store, of *collection, id string) (object, error) {
	row, ok := db.find(of, id)
	if !ok {
		return nil, notFound()
	}
	return row, nil
}

// keywordQuery reads the q parameter.
func (c *call) keywordQuery(columns ...string) (func(object) bool, error) {
	query, err := c.queryInput(fields(maybe("q", str())))
	if err != nil {
		return nil, err
	}
	return keyword(query.str("q"), columns...), nil
}

func listOrganizationScopes(c *call) (any, error) {
	keep, err := c.keywordQuery("name")
	if err != nil {
		return nil, err
	}
	rows := filtered(c.db.all(organizationScopes), keep)
	slices.SortFunc(rows, byText("name"))
	return c.list(rows)
}

// listOrganizationRoles tells the scopes of each role, which a look-up by ID does not.
func listOrganizationRoles(c *call) (any, error) {
	keep, err := c.keywordQuery("id", "name", "description")
	if err != nil {
		return nil, err
	}
	rows := filtered(c.db.all(organizationRoles), keep)
	slices.SortFunc(rows, byText("name"))
	if rows, err = c.pageOf(rows); err != nil {
		return nil, err
	}
	return mapped(rows, func(role object) object {
		id := role.str("id")
		own := linked(c.db, organizationRoleScopes, "organizationRoleId", id, "organizationScopeId", organizationScopes)
		ofResources := linked(c.db, organizationRoleResourceScopes, "organizationRoleId", id, "scopeId", scopes)
		slices.SortFunc(own, byText("id"))
		slices.SortFunc(ofResources, byText("id"))
		return role.merge(object{
			{"scopes", pickEach(own, "id", "name")},
			{"resourceScopes", mapped(ofResources, func(scope object) object {
				return withResource(c.db, scope).pick("id", "name").
					with("resource", withResource(c.db, scope).obj("resource").pick("id", "name"))
			})},
		})
	}), nil
}

// createOrganizationRole leaves nothing behind when a scope is refused. A Logto before
// 1.41 leaves what it has made until then.
func createOrganizationRole(c *call) (any, error) {
	in, err := c.input(organizationRoleBody.and(
		field{"organizationScopeIds", withDefault(array(str()), []any{})},
		field{"resourceScopeIds", withDefault(array(str()), []any{})},
	))
	if err != nil {
		return nil, err
	}
	var role object
	atomically := c.db.atomically
	if c.server.before("1.41") {
		atomically = func(work func() error) error { return work() }
	}
	err = atomically(func() error {
		role, err = c.db.insert(organizationRoles, in.without("tenantId", "organizationScopeIds", "resourceScopeIds"))
		if err != nil {
			return err
		}
		holder := object{{"organizationRoleId", role.get("id")}}
		err = c.db.link(organizationRoleScopes, holder, "organizationScopeId", in.strs("organizationScopeIds"))
		if err != nil {
			return err
		}
		return c.db.link(organizationRoleResourceScopes, holder, "scopeId", in.strs("resourceScopeIds"))
	})
	return role, err
}
