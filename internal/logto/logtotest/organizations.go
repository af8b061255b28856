// SPDX-License-Identifier: MPL-2.0

package logtotest

var organizations = &collection{
	name: "organizations", singular: "organization", idLength: 12,
	columns: []string{
		"tenantId", "id", "name", "description", "customData", "isMfaRequired", "color", "branding", "customCss", "createdAt",
	},
	defaults: object{
		{"customData", object{}}, {"isMfaRequired", false}, {"color", object{}}, {"branding", object{}},
	},
}

var (
	organizationUsers = relation("organization_user_relations",
		refTo("organizationId", organizations), refTo("userId", users))
	organizationApplications = relation("organization_application_relations",
		refTo("organizationId", organizations), refTo("applicationId", applications))
	organizationRoleApplications = relation("organization_role_application_relations",
		ref{columns: []string{"organizationId", "applicationId"}, to: organizationApplications},
		refTo("organizationRoleId", organizationRoles))
)

func organizationGroup() group {
	return group{
		collections: []*collection{
			organizations, organizationUsers, organizationApplications, organizationRoleApplications,
		},
		routes:     organizationRoutes,
		violations: schemaViolation,
	}
}

func organizationRoutes(r *routes) {
	r.post("/organizations", 201, func(c *call) (any, error) {
		in, err := c.input(fields(required("name", text1(128))))
		if err != nil {
			return nil, err
		}
		return c.db.insert(organizations, in)
	})
	r.delete("/organizations/{id}", func(c *call) (any, error) {
		return nil, c.db.remove(organizations, c.param("id"))
	})
	r.post("/organizations/{id}/users", 201, func(c *call) (any, error) {
		in, err := c.input(fields(required("userIds", ids().nonEmpty())))
		if err != nil {
			return nil, err
		}
		return in, c.db.link(organizationUsers, object{{"organizationId", c.param("id")}}, "userId", in.strs("userIds"))
	})
	r.post("/organizations/{id}/applications", 201, func(c *call) (any, error) {
		in, err := c.input(fields(required("applicationIds", ids().nonEmpty())))
		if err != nil {
			return nil, err
		}
		return nil, c.db.link(organizationApplications, object{{"organizationId", c.param("id")}}, "applicationId", in.strs("applicationIds"))
	})
}
