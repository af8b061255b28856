// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// dynamicAppScopes are what a dynamic app, a client that is described by an OAuth
// Client ID Metadata Document (CIMD), may ask for. They hold for all of a tenant.
var dynamicAppScopes = consentRelations{
	organizationScopes:         engine.Relation("cimd_organization_scopes", engine.RefTo("organizationScopeId", organizationScopes)),
	resourceScopes:             engine.Relation("cimd_resource_scopes", engine.RefTo("scopeId", scopes)),
	organizationResourceScopes: engine.Relation("cimd_organization_resource_scopes", engine.RefTo("scopeId", scopes)),
	userScopes: &engine.Collection{
		Name: "cimd_user_scopes", Singular: "cimd_user_scope", Columns: []string{"userScope"}, Key: []string{"userScope"},
	},
}

const cimdConfig = "cimd"

var cimdBody = engine.Fields(engine.Maybe("enabled", engine.Boolean()))

func cimdGroup() engine.Group {
	return engine.Group{Collections: dynamicAppScopes.all(), Routes: cimdRoutes}
}

func cimdRoutes(r *engine.Routes) {
	settings := func(db *engine.Store) engine.Object {
		return engine.Object{{"enabled", false}}.Merge(getConfig(db, cimdConfig))
	}
	r.Get("/configs/cimd", func(c *engine.Context) (any, error) { return settings(c.DB), nil })
	r.Patch("/configs/cimd", func(c *engine.Context) (any, error) {
		in, err := c.Input(cimdBody)
		if err != nil {
			return nil, err
		}
		setConfig(c.DB, cimdConfig, settings(c.DB).Merge(in))
		return settings(c.DB), nil
	})

	const scopesPath = "/cimd/user-consent-scopes"
	r.Get(scopesPath, func(c *engine.Context) (any, error) { return dynamicAppScopes.view(c.DB, c.DB.All), nil })
	r.Post(scopesPath, 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(consentBody)
		if err != nil {
			return nil, err
		}
		if err := checkConsentScopes(c.DB, in); err != nil {
			return nil, err
		}
		return nil, dynamicAppScopes.add(c.DB, nil, in)
	})
	r.Delete(scopesPath+"/{scopeType}/{scopeId}", func(c *engine.Context) (any, error) {
		if err := c.ParamsInput(consentScopeType); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(dynamicAppScopes.byType(c.Param("scopeType")), c.Param("scopeId"))
	})
}
