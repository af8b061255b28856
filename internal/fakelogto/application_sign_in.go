// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
)

var applicationSignInExperiences = &collection{
	name: "application_sign_in_experiences", singular: "application_sign_in_experience",
	columns: []string{
		"tenantId", "applicationId", "color", "branding", "customCss", "termsOfUseUrl", "privacyPolicyUrl", "displayName",
	},
	key:      []string{"applicationId"},
	defaults: object{{"color", object{}}, {"branding", object{}}},
	refs:     []ref{refTo("applicationId", applications)},
}

var hexColor = regexp.MustCompile(`(?i)^#([\da-f]{3}){1,2}$`)

// partialColor and branding are what applications and organizations put over the tenant's.
var (
	partialColor = fields(
		maybe("primaryColor", str().matching(hexColor)),
		maybe("isDarkModeEnabled", boolean()),
		maybe("darkPrimaryColor", str().matching(hexColor)),
	)
	branding = fields(
		maybe("logoUrl", str().url()), maybe("darkLogoUrl", str().url()),
		maybe("favicon", str().url()), maybe("darkFavicon", str().url()),
	)
	pageURL = union(optional(nullable(str().max(2048).url())), literal(""))
)

var applicationSignInBody = fields(
	maybe("color", partialColor),
	maybe("branding", branding),
	maybeNull("customCss", str()),
	maybeNull("displayName", str().max(256)),
	field{"termsOfUseUrl", pageURL},
	field{"privacyPolicyUrl", pageURL},
)

func applicationSignInRoutes(r *routes) {
	r.get("/applications/{applicationId}/sign-in-experience", func(c *call) (any, error) {
		id := c.param("applicationId")
		if _, err := c.db.get(applications, id); err != nil {
			return nil, err
		}
		return c.db.get(applicationSignInExperiences, id)
	})
	r.put("/applications/{applicationId}/sign-in-experience", 200, putApplicationSignIn)
}

// putApplicationSignIn keeps the keys that are left out.
func putApplicationSignIn(c *call) (any, error) {
	in, err := c.input(applicationSignInBody)
	if err != nil {
		return nil, err
	}
	id := c.param("applicationId")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	if c.db.exists(applicationSignInExperiences, id) {
		return c.db.update(applicationSignInExperiences, in, id)
	}
	c.status = 201
	return c.db.insert(applicationSignInExperiences, in.with("applicationId", id))
}
