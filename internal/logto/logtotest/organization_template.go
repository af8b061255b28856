// SPDX-License-Identifier: MPL-2.0

package logtotest

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

func organizationTemplateGroup() group {
	return group{
		collections: []*collection{organizationScopes, organizationRoles},
		routes:      organizationTemplateRoutes,
		violations:  schemaViolation,
	}
}

func organizationTemplateRoutes(r *routes) {
	for path, c := range map[string]*collection{
		"/organization-scopes": organizationScopes,
		"/organization-roles":  organizationRoles,
	} {
		r.post(path, 201, func(call *call) (any, error) {
			in, err := call.input(fields(required("name", text1(128)), maybeNull("description", str().max(256))))
			if err != nil {
				return nil, err
			}
			return call.db.insert(c, in)
		})
		r.delete(path+"/{id}", func(call *call) (any, error) { return nil, call.db.remove(c, call.param("id")) })
	}
}
