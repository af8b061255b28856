// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var applicationSignInExperiences = &engine.Collection{
	Name: "application_sign_in_experiences", Singular: "application_sign_in_experience",
	Columns: []string{
		"tenantId", "applicationId", "color", "branding", "customCss", "termsOfUseUrl", "privacyPolicyUrl", "displayName",
	},
	Key:      []string{"applicationId"},
	Defaults: engine.Object{{"color", engine.Object{}}, {"branding", engine.Object{}}},
	Refs:     []engine.Ref{engine.RefTo("applicationId", applications)},
}

var hexColor = regexp.MustCompile(`(?i)^#([\da-f]{3}){1,2}$`)

// partialColor and branding are what applications and organizations put over the tenant's.
var (
	partialColor = engine.Fields(
		engine.Maybe("primaryColor", engine.String().Matching(hexColor)),
		engine.Maybe("isDarkModeEnabled", engine.Boolean()),
		engine.Maybe("darkPrimaryColor", engine.String().Matching(hexColor)),
	)
	branding = engine.Fields(
		engine.Maybe("logoUrl", engine.String().URL()), engine.Maybe("darkLogoUrl", engine.String().URL()),
		engine.Maybe("favicon", engine.String().URL()), engine.Maybe("darkFavicon", engine.String().URL()),
	)
	pageURL = engine.Union(engine.Optional(engine.Nullable(engine.String().Max(2048).URL())), engine.Literal(""))
)

var applicationSignInBody = engine.Fields(
	engine.Maybe("color", partialColor),
	engine.Maybe("branding", branding),
	engine.MaybeNull("customCss", engine.String()),
	engine.MaybeNull("displayName", engine.String().Max(256)),
	engine.Property("termsOfUseUrl", pageURL),
	engine.Property("privacyPolicyUrl", pageURL),
)

func applicationSignInRoutes(r *engine.Routes) {
	r.Get("/applications/{applicationId}/sign-in-experience", func(c *engine.Context) (any, error) {
		id := c.Param("applicationId")
		if _, err := c.DB.Get(applications, id); err != nil {
			return nil, err
		}
		return c.DB.Get(applicationSignInExperiences, id)
	})
	r.Put("/applications/{applicationId}/sign-in-experience", 200, putApplicationSignIn)
}

// putApplicationSignIn keeps the keys that are left out.
func putApplicationSignIn(c *engine.Context) (any, error) {
	in, err := c.Input(applicationSignInBody)
	if err != nil {
		return nil, err
	}
	id := c.Param("applicationId")
	if _, err := c.DB.Get(applications, id); err != nil {
		return nil, err
	}
	if c.DB.Exists(applicationSignInExperiences, id) {
		return c.DB.Update(applicationSignInExperiences, in, id)
	}
	c.Status = 201
	return c.DB.Insert(applicationSignInExperiences, in.With("applicationId", id))
}
