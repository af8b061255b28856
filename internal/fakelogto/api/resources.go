// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strings"
	"unicode"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	managementAPI      = "management-api"
	managementAPIScope = "management-api-all"
)

var resources = &engine.Collection{
	Name: "resources", Singular: "resource",
	Columns:  []string{"tenantId", "id", "name", "indicator", "isDefault", "accessTokenTtl"},
	Defaults: engine.Object{{"isDefault", false}, {"accessTokenTtl", 3600.0}},
	Unique:   []engine.Unique{{Columns: []string{"indicator"}}},
	Integers: []string{"accessTokenTtl"},
}

var scopes = &engine.Collection{
	Name: "scopes", Singular: "scope",
	Columns: []string{"tenantId", "id", "resourceId", "name", "description", "createdAt"},
	Refs:    []engine.Ref{engine.RefTo("resourceId", resources)},
	Unique:  []engine.Unique{{Columns: []string{"resourceId", "name"}}},
}

func resourceGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{resources, scopes},
		Routes:      resourceRoutes,
		Seed: func(db *engine.Store) {
			engine.Seed(db, resources, engine.Object{{"id", managementAPI}, {"name", "Logto Management API"}, {"indicator", Resource}})
			engine.Seed(db, scopes, engine.Object{
				{"id", managementAPIScope}, {"resourceId", managementAPI}, {"name", "all"},
				{"description", AnyText},
			})
		},
	}
}

var (
	resourceBody = engine.Fields(
		engine.Maybe("tenantId", engine.String().Max(21)),
		engine.Required("name", engine.Text(0)),
		engine.Required("indicator", engine.Text(0)),
		engine.Maybe("accessTokenTtl", engine.Number()),
	)
	scopeBody = engine.Fields(engine.Required("name", engine.Text(256)), engine.MaybeNull("description", engine.String()))
)

func resourceRoutes(r *engine.Routes) {
	r.Get("/resources", listResources).Paged(engine.OptionalPages)
	r.Post("/resources", 201, createResource)
	r.Get("/resources/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(resources, c.Param("id")) })
	r.Patch("/resources/{id}", func(c *engine.Context) (any, error) {
		in, err := c.Input(resourceBody.Except("indicator").Partial())
		if err != nil {
			return nil, err
		}
		if err := ownResource(c.DB, c.Param("id"), "resource.cannot_modify_management_api"); err != nil {
			return nil, err
		}
		return c.DB.Update(resources, in, c.Param("id"))
	})
	r.Patch("/resources/{id}/is-default", setDefaultResource)
	r.Delete("/resources/{id}", func(c *engine.Context) (any, error) {
		if err := ownResource(c.DB, c.Param("id"), "resource.cannot_delete_management_api"); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(resources, c.Param("id"))
	})

	r.Get("/resources/{resourceId}/scopes", listScopes).Paged(engine.AlwaysPaged)
	r.Post("/resources/{resourceId}/scopes", 201, createScope)
	r.Patch("/resources/{resourceId}/scopes/{scopeId}", updateScope)
	r.Delete("/resources/{resourceId}/scopes/{scopeId}", func(c *engine.Context) (any, error) {
		if err := ownResource(c.DB, c.Param("resourceId"), "resource.cannot_modify_management_api"); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(scopes, c.Param("scopeId"))
	})
}

// ownResource refuses a missing resource, and the Management API's with the code.
func ownResource(db *engine.Store, id, code string) error {
	if _, err := db.Get(resources, id); err != nil {
		return err
	}
	if id == managementAPI {
		return engine.Fail(400, code)
	}
	return nil
}

func listResources(c *engine.Context) (any, error) {
	rows, err := c.PageOf(c.DB.All(resources))
	if err != nil || !engine.IsTrue(engine.Lookup(c.Query, "includeScopes")) {
		return rows, err
	}
	return engine.Map(rows, func(row engine.Object) engine.Object {
		return row.With("scopes", c.DB.Where(scopes, "resourceId", row.Str("id")))
	}), nil
}

func createResource(c *engine.Context) (any, error) {
	in, err := c.Input(resourceBody)
	if err != nil {
		return nil, err
	}
	if _, taken := c.DB.FindUnique(resources, []string{"indicator"}, in.Str("indicator")); taken {
		return nil, engine.Fail(422, "resource.resource_identifier_in_use")
	}
	row, err := c.DB.Insert(resources, in.Without("tenantId"))
	if err != nil {
		return nil, err
	}
	return row.With("scopes", []any{}), nil
}

// setDefaultResource makes a resource the only default one, or no longer default. Of
// two calls that overlap, the later one does not see what the earlier one made, and
// the database refuses its second default: a bare 500.
func setDefaultResource(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("isDefault", engine.Boolean())))
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	if !in.Flag("isDefault") {
		if _, err := c.DB.Get(resources, id); err != nil && !c.Server.Before("1.38") {
			return nil, err
		}
		return c.DB.Update(resources, in, id)
	}
	if !c.DB.Exists(resources, id) {
		return nil, engine.NotExists("resource")
	}
	if last := stateOf(c.DB).defaulted; last.at > c.Arrived && last.id != id {
		return nil, engine.InternalError()
	}
	for _, row := range c.DB.All(resources) {
		if row.Flag("isDefault") {
			if _, err := c.DB.Update(resources, engine.Object{{"isDefault", false}}, row.Str("id")); err != nil {
				return nil, err
			}
		}
	}
	stateOf(c.DB).defaulted = defaulted{id: id, at: c.Server.Tick()}
	return c.DB.Update(resources, in, id)
}

// listScopes answers an empty list for a missing resource, as Logto does.
func listScopes(c *engine.Context) (any, error) {
	s, err := c.Search("id", "name", "description")
	if err != nil {
		return nil, err
	}
	resourceID := c.Param("resourceId")
	if s.ID != "" {
		row, _ := c.DB.Find(scopes, s.ID)
		return c.List(engine.Filter([]engine.Object{row}, func(o engine.Object) bool { return o.Str("resourceId") == resourceID && o != nil }))
	}
	return c.List(engine.Filter(c.DB.Where(scopes, "resourceId", resourceID), s.Keep))
}

// isSpace is JavaScript's \s, which differs from Unicode's in two characters.
func isSpace(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\ufeff' }

func createScope(c *engine.Context) (any, error) {
	in, err := c.Input(scopeBody)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(in.Str("name"), isSpace) {
		return nil, engine.Fail(400, "scope.name_with_space")
	}
	resourceID := c.Param("resourceId")
	if err := ownResource(c.DB, resourceID, "resource.cannot_modify_management_api"); err != nil {
		return nil, err
	}
	if _, taken := c.DB.FindUnique(scopes, []string{"resourceId", "name"}, resourceID, in.Str("name")); taken {
		return nil, engine.Fail(422, "scope.name_exists")
	}
	return c.DB.Insert(scopes, in.With("resourceId", resourceID))
}

// updateScope goes by the scope's ID alone; the resource only has to exist.
func updateScope(c *engine.Context) (any, error) {
	in, err := c.Input(scopeBody.Partial())
	if err != nil {
		return nil, err
	}
	resourceID, id := c.Param("resourceId"), c.Param("scopeId")
	if err := ownResource(c.DB, resourceID, "resource.cannot_modify_management_api"); err != nil {
		return nil, err
	}
	if name := in.Str("name"); name != "" {
		if strings.ContainsFunc(name, isSpace) {
			return nil, engine.Fail(400, "scope.name_with_space")
		}
		other, taken := c.DB.FindUnique(scopes, []string{"resourceId", "name"}, resourceID, name)
		if taken && other.Str("id") != id {
			return nil, engine.Fail(422, "scope.name_exists")
		}
	}
	return c.DB.Update(scopes, in, id)
}
