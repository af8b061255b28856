// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// wellKnownGroup answers what the sign-in pages read without a token.
func wellKnownGroup() engine.Group {
	return engine.Group{Routes: func(r *engine.Routes) {
		r.Get("/.well-known/sign-in-exp", publicExperience).Open()
		r.Get("/.well-known/experience", publicExperience).Open()
		r.Get("/.well-known/account-center", func(c *engine.Context) (any, error) {
			return c.DB.Get(accountCenters, engine.TenantID)
		}).Open()
		r.Get("/.well-known/phrases", func(c *engine.Context) (any, error) {
			return phrasesFor(c.DB, phraseLanguage(c)), nil
		}).Open()
		for _, api := range []string{"management", "experience", "user"} {
			r.Get("/.well-known/"+api+".openapi.json", func(c *engine.Context) (any, error) {
				return openAPI(c.Server.Operations(), api), nil
			}).Open()
		}
	}}
}

// publicExperience is the sign-in experience with what it names filled in. One
// text that answers cannot hold, there or in a profile field, breaks it for everybody.
func publicExperience(c *engine.Context) (any, error) {
	stored, err := signInExperiences.Answers(c.DB.Get(signInExperiences, engine.TenantID))
	if err != nil {
		return nil, err
	}
	all := liveConnectors(c.DB)
	catalog, err := sortedFields(c.DB)
	if err != nil {
		return nil, err
	}
	social := []engine.Object{}
	for _, target := range stored.Strs("socialSignInConnectorTargets") {
		for _, l := range all {
			if l.metadata.Str("target") == target {
				if _, err := connectorView(l.row, l.factory); err != nil {
					return nil, err
				}
				social = append(social, l.row.Pick("id").Merge(
					l.metadata.Without("description", "configTemplate", "formItems", "readme")))
			}
		}
	}
	out := overlaid(stored, overrides(c)...).Without("emailBlocklistPolicy", "forgotPasswordMethods")
	byEmail, byPhone := resetWith(all, stored.Get("forgotPasswordMethods"))
	out = append(out,
		engine.Member{"socialConnectors", social}, engine.Member{"ssoConnectors", publicSSO(c.DB, stored)},
		engine.Member{"forgotPassword", engine.Object{{"phone", byPhone}, {"email", byEmail}}},
		engine.Member{"isDevelopmentTenant", false},
	)
	for _, l := range all {
		if l.factory.id == "google-universal" && slices.Contains(stored.Strs("socialSignInConnectorTargets"), "google") {
			config := l.row.Obj("config")
			out = append(out, engine.Member{"googleOneTap", config.Obj("oneTap").Merge(config.Pick("clientId")).
				With("connectorId", l.row.Get("id"))})
		}
	}
	for _, row := range c.DB.All(captchaProviders) {
		if stored.Obj("captchaPolicy").Flag("enabled") {
			out = append(out, engine.Member{"captchaConfig", row.Obj("config").Pick("type", "siteKey", "domain", "mode")})
		}
	}
	shown := catalog
	if list, ok := stored.Get("signUpProfileFields").([]any); ok {
		shown = []engine.Object{}
		for _, item := range list {
			o, _ := item.(engine.Object)
			if row, ok := c.DB.Find(profileFields, o.Str("name")); ok {
				shown = append(shown, row)
			}
		}
	}
	return append(out, engine.Member{"customProfileFields", shown}, engine.Member{"customProfileFieldCatalog", catalog}), nil
}

// publicSSO lists the enterprise connectors that can be used.
func publicSSO(db *engine.Store, experience engine.Object) []engine.Object {
	out := []engine.Object{}
	if !experience.Flag("singleSignOnEnabled") {
		return out
	}
	for _, row := range db.All(ssoConnectors) {
		p, _ := findSSOProvider(row.Str("providerName"))
		if _, err := parseSSOConfig(p, row.Obj("config")); err != nil || len(row.List("domains")) == 0 {
			continue
		}
		shown := engine.Object{
			{"id", row.Get("id")}, {"connectorName", p.name}, {"logo", aLogo}, {"darkLogo", aLogo},
		}
		for from, to := range map[string]string{"displayName": "connectorName", "logo": "logo", "darkLogo": "darkLogo"} {
			if v := row.Obj("branding").Get(from); v != nil {
				shown = shown.With(to, v)
			}
		}
		out = append(out, shown)
	}
	return out
}

// overrides are the looks of the application and the organization in the query;
// unknown ones count as none.
func overrides(c *engine.Context) []engine.Object {
	var out []engine.Object
	if id := engine.Lookup(c.Query, "appId"); id != "" {
		app, _ := c.DB.Find(applications, id)
		if row, ok := c.DB.Find(applicationSignInExperiences, id); ok && !app.Flag("isThirdParty") {
			out = append(out, row)
		}
	}
	if id := engine.Lookup(c.Query, "organizationId"); id != "" {
		if row, ok := c.DB.Find(organizations, id); ok {
			out = append(out, row)
		}
	}
	return out
}

func overlaid(experience engine.Object, looks ...engine.Object) engine.Object {
	for _, look := range looks {
		for _, key := range []string{"branding", "color"} {
			experience = experience.With(key, experience.Obj(key).Merge(look.Obj(key)))
		}
		if css := look.Str("customCss"); css != "" {
			experience = experience.With("customCss", css)
		}
	}
	return experience
}

// phraseLanguage is the language asked for when it is supported, else the fallback.
func phraseLanguage(c *engine.Context) string {
	for tag := range strings.FieldsSeq(engine.Lookup(c.Query, "lng")) {
		if languageSupported(c.DB, tag) {
			return tag
		}
	}
	return signInExperience(c.DB).Obj("languageInfo").Str("fallbackLanguage")
}

// phrasesFor is the custom phrase over the built-in one, whose texts are empty here.
func phrasesFor(db *engine.Store, tag string) engine.Object {
	row, _ := db.Find(customPhrases, tag)
	return row.With("translation", mergeDeep(phraseKeys(), row.Obj("translation")))
}

func mergeDeep(under, over engine.Object) engine.Object {
	for _, m := range over {
		if inner, ok := m.Value.(engine.Object); ok {
			m.Value = mergeDeep(under.Obj(m.Key), inner)
		}
		under = under.With(m.Key, m.Value)
	}
	return under
}

// openAPI is the frame of the document: every path and method, without schemas.
func openAPI(operations []string, api string) engine.Object {
	paths := engine.Object{}
	if api == "management" {
		for _, operation := range operations {
			method, path, _ := strings.Cut(operation, " ")
			paths = paths.With(path, paths.Obj(path).With(strings.ToLower(method), engine.Object{{"responses", engine.Object{}}}))
		}
	}
	return engine.Object{
		{"openapi", "3.0.1"},
		{"info", engine.Object{{"title", "Logto " + api + " API"}, {"version", "Cloud"}}},
		{"paths", paths},
	}
}
