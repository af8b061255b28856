// SPDX-License-Identifier: MPL-2.0

package logtotest

var ssoConnectors = &collection{
	name: "sso_connectors", singular: "sso_connector", idLength: 12,
	columns: []string{
		"tenantId", "id", "providerName", "connectorName", "config", "domains", "branding", "syncProfile",
		"enableTokenStorage", "createdAt",
	},
	defaults: object{
		{"config", object{}}, {"domains", []any{}}, {"branding", object{}}, {"syncProfile", false},
		{"enableTokenStorage", false},
	},
	unique: []unique{{columns: []string{"connectorName"}}},
}

func ssoGroup() group {
	return group{
		collections: []*collection{ssoConnectors},
		routes: func(r *routes) {
			r.get("/sso-connectors", func(c *call) (any, error) { return c.list(c.db.all(ssoConnectors)) }).paged(optionalPages)
			r.post("/sso-connectors", 200, func(c *call) (any, error) {
				in, err := c.input(fields(required("providerName", str()), required("connectorName", str())))
				if err != nil {
					return nil, err
				}
				return c.db.insert(ssoConnectors, in)
			})
			r.delete("/sso-connectors/{id}", func(c *call) (any, error) {
				return nil, c.db.remove(ssoConnectors, c.param("id"))
			})
		},
	}
}
