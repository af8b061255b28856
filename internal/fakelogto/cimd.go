// SPDX-License-Identifier: MPL-2.0

package fakelogto

// dynamicAppScopes are what a dynamic app, a client that is described by an OAuth
// Client ID Metadata Document (CIMD), may ask for. They hold for all of a tenant.
var dynamicAppScopes = consentRelations{
	organizationScopes:         relation("cimd_organization_scopes", refTo("organizationScopeId", organizationScopes)),
	resourceScopes:             relation("cimd_resource_scopes", refTo("scopeId", scopes)),
	organizationResourceScopes: relation("cimd_organization_resource_scopes", refTo("scopeId", scopes)),
	userScopes: &collection{
		name: "cimd_user_scopes", singular: "cimd_user_scope", columns: []string{"userScope"}, key: []string{"userScope"},
	},
}

const cimdConfig = "cimd"

var cimdBody = fields(maybe("enabled", boolean()))

func cimdGroup() group {
	return group{collections: dynamicAppScopes.all(), routes: cimdRoutes}
}

func cimdRoutes(r *routes) {
	settings := func(db *store) object { return object{{"enabled", false}}.merge(getConfig(db, cimdConfig)) }
	r.get("/configs/cimd", func(c *call) (any, error) { return settings(c.db), nil })
	r.patch("/configs/cimd", func(c *call) (any, error) {
		in, err := c.input(cimdBody)
		if err != nil {
			return nil, err
		}
		setConfig(c.db, cimdConfig, settings(c.db).merge(in))
		return settings(c.db), nil
	})

	const scopesPath = "/cimd/user-consent-scopes"
	r.get(scopesPath, func(c *call) (any, error) { return dynamicAppScopes.view(c.db, c.db.all), nil })
	r.post(scopesPath, 201, func(c *call) (any, error) {
		in, err := c.input(consentBody)
		if err != nil {
			return nil, err
		}
		if err := checkConsentScopes(c.db, in); err != nil {
			return nil, err
		}
		return nil, dynamicAppScopes.add(c.db, nil, in)
	})
	r.delete(scopesPath+"/{scopeType}/{scopeId}", func(c *call) (any, error) {
		if err := c.paramsInput(consentScopeType); err != nil {
			return nil, err
		}
		return nil, c.db.remove(dynamicAppScopes.byType(c.param("scopeType")), c.param("scopeId"))
	})
}
