// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var organizations = &engine.Collection{
	Name: "organizations", Singular: "organization", IDLength: 12,
	Columns: []string{
		"tenantId", "id", "name", "description", "customData", "isMfaRequired", "color", "branding", "customCss", "createdAt",
	},
	Defaults: engine.Object{
		{"customData", engine.Object{}}, {"isMfaRequired", false}, {"color", engine.Object{}}, {"branding", engine.Object{}},
	},
}

func organizationGroup() engine.Group {
	return engine.Group{
		Collections: slices.Concat([]*engine.Collection{organizations}, memberRelations(), jitCollections(), invitationCollections()),
		Routes: func(r *engine.Routes) {
			organizationRoutes(r)
			memberRoutes(r, userMembers())
			memberRoutes(r, applicationMembers())
			jitRoutes(r)
			invitationRoutes(r)
		},
		Violations: engine.SchemaViolation,
	}
}

var organizationBody = engine.Fields(
	engine.Maybe("tenantId", engine.String().Max(21)),
	engine.Required("name", engine.Text(128)),
	engine.MaybeNull("description", engine.String().Max(256)),
	engine.Maybe("customData", engine.JSONObject()),
	engine.Maybe("isMfaRequired", engine.Boolean()),
	engine.Maybe("color", engine.Fields(
		engine.Maybe("primaryColor", engine.String().Matching(hexColor)),
		engine.Maybe("isDarkModeEnabled", engine.Boolean()),
		engine.Maybe("darkPrimaryColor", engine.String().Matching(hexColor)),
	)),
	engine.Maybe("branding", engine.Fields(
		engine.Maybe("logoUrl", engine.String().URL()),
		engine.Maybe("darkLogoUrl", engine.String().URL()),
		engine.Maybe("favicon", engine.String().URL()),
		engine.Maybe("darkFavicon", engine.String().URL()),
	)),
	engine.MaybeNull("customCss", engine.String()),
	engine.Maybe("createdAt", engine.Number()),
)

func organizationRoutes(r *engine.Routes) {
	r.Get("/organizations", listOrganizations).Paged(engine.AlwaysPaged)
	r.Post("/organizations", 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(organizationBody)
		if err != nil {
			return nil, err
		}
		return c.DB.Insert(organizations, in.Without("tenantId", "createdAt"))
	})
	r.Get("/organizations/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(organizations, c.Param("id")) })
	patchWhole(r, "/organizations/{id}", organizations, organizationBody)
	r.Delete("/organizations/{id}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(organizations, c.Param("id"))
	})
}

func listOrganizations(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("q", engine.String()), engine.Maybe("showFeatured", engine.String())))
	if err != nil {
		return nil, err
	}
	rows, err := c.PageOf(engine.Filter(c.DB.All(organizations), engine.Keyword(query.Str("q"), "id", "name")))
	if err != nil || !engine.IsTrue(query.Str("showFeatured")) {
		return rows, err
	}
	for i, row := range rows {
		members := c.DB.Where(organizationUsers, "organizationId", row.Str("id"))
		featured, err := users.AnswersAll(engine.Map(members[:min(3, len(members))], func(member engine.Object) engine.Object {
			user, _ := c.DB.Find(users, member.Str("userId"))
			return user.Pick("id", "avatar", "name")
		}), nil)
		if err != nil {
			return nil, err
		}
		rows[i] = row.Merge(engine.Object{{"usersCount", len(members)}, {"featuredUsers", featured}})
	}
	return rows, nil
}
