// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

var captchaProviders = &engine.Collection{
	Name: "captcha_providers", Singular: "captcha_provider",
	Columns: []string{"tenantId", "id", "config", "createdAt", "updatedAt"},
}

func captchaGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{captchaProviders}, Routes: captchaRoutes}
}

var captchaConfig = engine.Discriminated("type",
	engine.Case("Turnstile", engine.Fields(
		engine.Required("type", engine.Literal("Turnstile")),
		engine.Required("siteKey", engine.String()), engine.Required("secretKey", engine.String()),
	)),
	engine.Case("RecaptchaEnterprise", engine.Fields(
		engine.Required("type", engine.Literal("RecaptchaEnterprise")),
		engine.Required("siteKey", engine.String()), engine.Required("secretKey", engine.String()), engine.Required("projectId", engine.String()),
		engine.Maybe("domain", engine.String()), engine.Maybe("mode", engine.NativeEnum("invisible", "checkbox")),
	)),
)

func captchaRoutes(r *engine.Routes) {
	r.Get("/captcha-provider", func(c *engine.Context) (any, error) {
		if row, ok := c.DB.First(captchaProviders); ok {
			return row, nil
		}
		return nil, engine.NotFound()
	})
	r.Put("/captcha-provider", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("config", captchaConfig)))
		if err != nil {
			return nil, err
		}
		if row, ok := c.DB.First(captchaProviders); ok {
			return c.DB.Update(captchaProviders, in, row.Str("id"))
		}
		return c.DB.Insert(captchaProviders, in)
	})
	// Removing the provider also turns the policy off, even when there was none.
	r.Delete("/captcha-provider", func(c *engine.Context) (any, error) {
		c.DB.RemoveWhere(captchaProviders, "tenantId", engine.TenantID)
		_, err := c.DB.Update(signInExperiences, engine.Object{{"captchaPolicy", engine.Object{{"enabled", false}}}}, engine.TenantID)
		return nil, err
	})
}
