// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

var organizations = &collection{
	name: "organizations", singular: "organization", idLength: 12,
	columns: []string{
		"tenantId", "id", "name", "description", "customData", "isMfaRequired", "color", "branding", "customCss", "createdAt",
	},
	defaults: object{
		{"customData", object{}}, {"isMfaRequired", false}, {"color", object{}}, {"branding", object{}},
	},
}

func organizationGroup() group {
	return group{
		collections: slices.Concat([]*collection{organizations}, memberRelations(), jitCollections(), invitationCollections()),
		routes: func(r *routes) {
			organizationRoutes(r)
			memberRoutes(r, userMembers())
			memberRoutes(r, applicationMembers())
			jitRoutes(r)
			invitationRoutes(r)
		},
		violations: schemaViolation,
	}
}

var organizationBody = fields(
	maybe("tenantId", str().max(21)),
	required("name", text1(128)),
	maybeNull("description", str().max(256)),
	maybe("customData", jsonObject()),
	maybe("isMfaRequired", boolean()),
	maybe("color", fields(
		maybe("primaryColor", str().matching(hexColor)),
		maybe("isDarkModeEnabled", boolean()),
		maybe("darkPrimaryColor", str().matching(hexColor)),
	)),
	maybe("branding", fields(
		maybe("logoUrl", str().url()),
		maybe("darkLogoUrl", str().url()),
		maybe("favicon", str().url()),
		maybe("darkFavicon", str().url()),
	)),
	maybeNull("customCss", str()),
	maybe("createdAt", num()),
)

func organizationRoutes(r *routes) {
	r.get("/organizations", listOrganizations).paged(alwaysPaged)
	r.post("/organizations", 201, func(c *call) (any, error) {
		in, err := c.input(organizationBody)
		if err != nil {
			return nil, err
		}
		return c.db.insert(organizations, in.without("tenantId", "createdAt"))
	})
	r.get("/organizations/{id}", func(c *call) (any, error) { return c.db.get(organizations, c.param("id")) })
	patchWhole(r, "/organizations/{id}", organizations, organizationBody)
	r.delete("/organizations/{id}", func(c *call) (any, error) {
		return nil, c.db.remove(organizations, c.param("id"))
	})
}

func listOrganizations(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("q", str()), maybe("showFeatured", str())))
	if err != nil {
		return nil, err
	}
	rows, err := c.pageOf(filtered(c.db.all(organizations), keyword(query.str("q"), "id", "name")))
	if err != nil || !yes(query.str("showFeatured")) {
		return rows, err
	}
	for i, row := range rows {
		members := c.db.where(organizationUsers, "organizationId", row.str("id"))
		featured, err := users.answersAll(mapped(members[:min(3, len(members))], func(member object) object {
			user, _ := c.db.find(users, member.str("userId"))
			return user.pick("id", "avatar", "name")
		}), nil)
		if err != nil {
			return nil, err
		}
		rows[i] = row.merge(object{{"usersCount", len(members)}, {"featuredUsers", featured}})
	}
	return rows, nil
}
