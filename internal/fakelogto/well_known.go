// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
	"strings"
)

// wellKnownGroup answers what the sign-in pages read without a token.
func wellKnownGroup() group {
	return group{routes: func(r *routes) {
		r.get("/.well-known/sign-in-exp", publicExperience).open()
		r.get("/.well-known/experience", publicExperience).open()
		r.get("/.well-known/account-center", func(c *call) (any, error) {
			return c.db.get(accountCenters, tenantID)
		}).open()
		r.get("/.well-known/phrases", func(c *call) (any, error) {
			return phrasesFor(c.db, phraseLanguage(c)), nil
		}).open()
		for _, api := range []string{"management", "experience", "user"} {
			r.get("/.well-known/"+api+".openapi.json", func(c *call) (any, error) {
				return openAPI(c.server.router.routes, api), nil
			}).open()
		}
	}}
}

// publicExperience is the sign-in experience with what it names filled in. One
// text that answers cannot hold, there or in a profile field, breaks it for everybody.
func publicExperience(c *call) (any, error) {
	stored, err := signInExperiences.answers(c.db.get(signInExperiences, tenantID))
	if err != nil {
		return nil, err
	}
	all := liveConnectors(c.db)
	catalog, err := sortedFields(c.db)
	if err != nil {
		return nil, err
	}
	social := []object{}
	for _, target := range stored.strs("socialSignInConnectorTargets") {
		for _, l := range all {
			if l.metadata.str("target") == target {
				if _, err := connectorView(l.row, l.factory); err != nil {
					return nil, err
				}
				social = append(social, l.row.pick("id").merge(
					l.metadata.without("description", "configTemplate", "formItems", "readme")))
			}
		}
	}
	out := overlaid(stored, overrides(c)...).without("emailBlocklistPolicy", "forgotPasswordMethods")
	byEmail, byPhone := resetWith(all, stored.get("forgotPasswordMethods"))
	out = append(out,
		member{"socialConnectors", social}, member{"ssoConnectors", publicSSO(c.db, stored)},
		member{"forgotPassword", object{{"phone", byPhone}, {"email", byEmail}}},
		member{"isDevelopmentTenant", false},
	)
	for _, l := range all {
		if l.factory.id == "google-universal" && slices.Contains(stored.strs("socialSignInConnectorTargets"), "google") {
			config := l.row.obj("config")
			out = append(out, member{"googleOneTap", config.obj("oneTap").merge(config.pick("clientId")).
				with("connectorId", l.row.get("id"))})
		}
	}
	for _, row := range c.db.all(captchaProviders) {
		if stored.obj("captchaPolicy").flag("enabled") {
			out = append(out, member{"captchaConfig", row.obj("config").pick("type", "siteKey", "domain", "mode")})
		}
	}
	shown := catalog
	if list, ok := stored.get("signUpProfileFields").([]any); ok {
		shown = []object{}
		for _, item := range list {
			o, _ := item.(object)
			if row, ok := c.db.find(profileFields, o.str("name")); ok {
				shown = append(shown, row)
			}
		}
	}
	return append(out, member{"customProfileFields", shown}, member{"customProfileFieldCatalog", catalog}), nil
}

// publicSSO lists the enterprise connectors that can be used.
func publicSSO(db *store, experience object) []object {
	out := []object{}
	if !experience.flag("singleSignOnEnabled") {
		return out
	}
	for _, row := range db.all(ssoConnectors) {
		p, _ := findSSOProvider(row.str("providerName"))
		if _, err := parseSSOConfig(p, row.obj("config")); err != nil || len(row.list("domains")) == 0 {
			continue
		}
		shown := object{
			{"id", row.get("id")}, {"connectorName", p.name}, {"logo", aLogo}, {"darkLogo", aLogo},
		}
		for from, to := range map[string]string{"displayName": "connectorName", "logo": "logo", "darkLogo": "darkLogo"} {
			if v := row.obj("branding").get(from); v != nil {
				shown = shown.with(to, v)
			}
		}
		out = append(out, shown)
	}
	return out
}

// overrides are the looks of the application and the organization in the query;
// unknown ones count as none.
func overrides(c *call) []object {
	var out []object
	if id := lookup(c.query, "appId"); id != "" {
		app, _ := c.db.find(applications, id)
		if row, ok := c.db.find(applicationSignInExperiences, id); ok && !app.flag("isThirdParty") {
			out = append(out, row)
		}
	}
	if id := lookup(c.query, "organizationId"); id != "" {
		if row, ok := c.db.find(organizations, id); ok {
			out = append(out, row)
		}
	}
	return out
}

func overlaid(experience object, looks ...object) object {
	for _, look := range looks {
		for _, key := range []string{"branding", "color"} {
			experience = experience.with(key, experience.obj(key).merge(look.obj(key)))
		}
		if css := look.str("customCss"); css != "" {
			experience = experience.with("customCss", css)
		}
	}
	return experience
}

// phraseLanguage is the language asked for when it is supported, else the fallback.
func phraseLanguage(c *call) string {
	for tag := range strings.FieldsSeq(lookup(c.query, "lng")) {
		if languageSupported(c.db, tag) {
			return tag
		}
	}
	return signInExperience(c.db).obj("languageInfo").str("fallbackLanguage")
}

// phrasesFor is the custom phrase over the built-in one, whose texts are empty here.
func phrasesFor(db *store, tag string) object {
	row, _ := db.find(customPhrases, tag)
	return row.with("translation", mergeDeep(phraseKeys(), row.obj("translation")))
}

func mergeDeep(under, over object) object {
	for _, m := range over {
		if inner, ok := m.value.(object); ok {
			m.value = mergeDeep(under.obj(m.key), inner)
		}
		under = under.with(m.key, m.value)
	}
	return under
}

// openAPI is the frame of the document: every path and method, without schemas.
func openAPI(all []*route, api string) object {
	paths := object{}
	if api == "management" {
		for _, r := range all {
			method, path, _ := strings.Cut(r.operation, " ")
			paths = paths.with(path, paths.obj(path).with(strings.ToLower(method), object{{"responses", object{}}}))
		}
	}
	return object{
		{"openapi", "3.0.1"},
		{"info", object{{"title", "Logto " + api + " API"}, {"version", "Cloud"}}},
		{"paths", paths},
	}
}
