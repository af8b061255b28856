// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"strings"
	"unicode"
)

const (
	managementAPI      = "management-api"
	managementAPIScope = "management-api-all"
)

var resources = &collection{
	name: "resources", singular: "resource",
	columns:  []string{"tenantId", "id", "name", "indicator", "isDefault", "accessTokenTtl"},
	defaults: object{{"isDefault", false}, {"accessTokenTtl", 3600.0}},
	unique:   []unique{{columns: []string{"indicator"}}},
	integers: []string{"accessTokenTtl"},
}

var scopes = &collection{
	name: "scopes", singular: "scope",
	columns: []string{"tenantId", "id", "resourceId", "name", "description", "createdAt"},
	refs:    []ref{refTo("resourceId", resources)},
	unique:  []unique{{columns: []string{"resourceId", "name"}}},
}

func resourceGroup() group {
	return group{
		collections: []*collection{resources, scopes},
		routes:      resourceRoutes,
		seed: func(db *store) {
			seeded(db, resources, object{{"id", managementAPI}, {"name", "Logto Management API"}, {"indicator", Resource}})
			seeded(db, scopes, object{
				{"id", managementAPIScope}, {"resourceId", managementAPI}, {"name", "all"},
				{"description", aText},
			})
		},
	}
}

var (
	resourceBody = fields(
		maybe("tenantId", str().max(21)),
		required("name", text1(0)),
		required("indicator", text1(0)),
		maybe("accessTokenTtl", num()),
	)
	scopeBody = fields(required("name", text1(256)), maybeNull("description", str()))
)

func resourceRoutes(r *routes) {
	r.get("/resources", listResources).paged(optionalPages)
	r.post("/resources", 201, createResource)
	r.get("/resources/{id}", func(c *call) (any, error) { return c.db.get(resources, c.param("id")) })
	r.patch("/resources/{id}", func(c *call) (any, error) {
		in, err := c.input(resourceBody.except("indicator").partial())
		if err != nil {
			return nil, err
		}
		if err := ownResource(c.db, c.param("id"), "resource.cannot_modify_management_api"); err != nil {
			return nil, err
		}
		return c.db.update(resources, in, c.param("id"))
	})
	r.patch("/resources/{id}/is-default", setDefaultResource)
	r.delete("/resources/{id}", func(c *call) (any, error) {
		if err := ownResource(c.db, c.param("id"), "resource.cannot_delete_management_api"); err != nil {
			return nil, err
		}
		return nil, c.db.remove(resources, c.param("id"))
	})

	r.get("/resources/{resourceId}/scopes", listScopes).paged(alwaysPaged)
	r.post("/resources/{resourceId}/scopes", 201, createScope)
	r.patch("/resources/{resourceId}/scopes/{scopeId}", updateScope)
	r.delete("/resources/{resourceId}/scopes/{scopeId}", func(c *call) (any, error) {
		if err := ownResource(c.db, c.param("resourceId"), "resource.cannot_modify_management_api"); err != nil {
			return nil, err
		}
		return nil, c.db.remove(scopes, c.param("scopeId"))
	})
}

// ownResource refuses a missing resource, and the Management API's with the code.
func ownResource(db *store, id, code string) error {
	row, err := db.get(resources, id)
	if err != nil {
		return err
	}
	if row.str("indicator") == Resource {
		return fail(400, code)
	}
	return nil
}

func listResources(c *call) (any, error) {
	rows, err := c.pageOf(c.db.all(resources))
	if err != nil || !yes(lookup(c.query, "includeScopes")) {
		return rows, err
	}
	return mapped(rows, func(row object) object {
		return row.with("scopes", c.db.where(scopes, "resourceId", row.str("id")))
	}), nil
}

func createResource(c *call) (any, error) {
	in, err := c.input(resourceBody)
	if err != nil {
		return nil, err
	}
	if _, taken := c.db.findUnique(resources, []string{"indicator"}, in.str("indicator")); taken {
		return nil, fail(422, "resource.resource_identifier_in_use")
	}
	row, err := c.db.insert(resources, in.without("tenantId"))
	if err != nil {
		return nil, err
	}
	return row.with("scopes", []any{}), nil
}

// setDefaultResource makes a resource the only default one, or no longer default. Of
// two calls that overlap, the later one does not see what the earlier one made, and
// the database refuses its second default: a bare 500.
func setDefaultResource(c *call) (any, error) {
	in, err := c.input(fields(required("isDefault", boolean())))
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	if !in.flag("isDefault") {
		if _, err := c.db.get(resources, id); err != nil && !c.server.before("1.38") {
			return nil, err
		}
		return c.db.update(resources, in, id)
	}
	if !c.db.exists(resources, id) {
		return nil, notExists("resource")
	}
	if last := c.server.defaulted; last.at > c.arrived && last.id != id {
		return nil, internal()
	}
	for _, row := range c.db.all(resources) {
		if row.flag("isDefault") {
			if _, err := c.db.update(resources, object{{"isDefault", false}}, row.str("id")); err != nil {
				return nil, err
			}
		}
	}
	c.server.defaulted.id, c.server.defaulted.at = id, c.server.sequence.Add(1)
	return c.db.update(resources, in, id)
}

// listScopes answers an empty list for a missing resource, as Logto does.
func listScopes(c *call) (any, error) {
	s, err := c.search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	resourceID := c.param("resourceId")
	if s.id != "" {
		row, _ := c.db.find(scopes, s.id)
		return c.list(filtered([]object{row}, func(o object) bool { return o.str("resourceId") == resourceID && o != nil }))
	}
	return c.list(filtered(c.db.where(scopes, "resourceId", resourceID), s.keep))
}

// isSpace is JavaScript's \s, which differs from Unicode's in two characters.
func isSpace(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\ufeff' }

func createScope(c *call) (any, error) {
	in, err := c.input(scopeBody)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(in.str("name"), isSpace) {
		return nil, fail(400, "scope.name_with_space")
	}
	resourceID := c.param("resourceId")
	if err := ownResource(c.db, resourceID, "resource.cannot_modify_management_api"); err != nil {
		return nil, err
	}
	if _, taken := c.db.findUnique(scopes, []string{"resourceId", "name"}, resourceID, in.str("name")); taken {
		return nil, fail(422, "scope.name_exists")
	}
	return c.db.insert(scopes, in.with("resourceId", resourceID))
}

// updateScope goes by the scope's ID alone; the resource only has to exist.
func updateScope(c *call) (any, error) {
	in, err := c.input(scopeBody.partial())
	if err != nil {
		return nil, err
	}
	resourceID, id := c.param("resourceId"), c.param("scopeId")
	if err := ownResource(c.db, resourceID, "resource.cannot_modify_management_api"); err != nil {
		return nil, err
	}
	if name := in.str("name"); name != "" {
		if strings.ContainsFunc(name, isSpace) {
			return nil, fail(400, "scope.name_with_space")
		}
		other, taken := c.db.findUnique(scopes, []string{"resourceId", "name"}, resourceID, name)
		if taken && other.str("id") != id {
			return nil, fail(422, "scope.name_exists")
		}
	}
	return c.db.update(scopes, in, id)
}
