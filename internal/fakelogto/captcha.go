// SPDX-License-Identifier: MPL-2.0

package fakelogto

var captchaProviders = &collection{
	name: "captcha_providers", singular: "captcha_provider",
	columns: []string{"tenantId", "id", "config", "createdAt", "updatedAt"},
}

func captchaGroup() group {
	return group{collections: []*collection{captchaProviders}, routes: captchaRoutes}
}

var captchaConfig = discriminated("type",
	variant{"Turnstile", fields(
		required("type", literal("Turnstile")),
		required("siteKey", str()), required("secretKey", str()),
	)},
	variant{"RecaptchaEnterprise", fields(
		required("type", literal("RecaptchaEnterprise")),
		required("siteKey", str()), required("secretKey", str()), required("projectId", str()),
		maybe("domain", str()), maybe("mode", nativeEnum("invisible", "checkbox")),
	)},
)

func captchaRoutes(r *routes) {
	r.get("/captcha-provider", func(c *call) (any, error) {
		if row, ok := c.db.first(captchaProviders); ok {
			return row, nil
		}
		return nil, notFound()
	})
	r.put("/captcha-provider", 200, func(c *call) (any, error) {
		in, err := c.input(fields(required("config", captchaConfig)))
		if err != nil {
			return nil, err
		}
		if row, ok := c.db.first(captchaProviders); ok {
			return c.db.update(captchaProviders, in, row.str("id"))
		}
		return c.db.insert(captchaProviders, in)
	})
	// Removing the provider also turns the policy off, even when there was none.
	r.delete("/captcha-provider", func(c *call) (any, error) {
		c.db.removeWhere(captchaProviders, "tenantId", tenantID)
		_, err := c.db.update(signInExperiences, object{{"captchaPolicy", object{{"enabled", false}}}}, tenantID)
		return nil, err
	})
}
