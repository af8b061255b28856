// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"strconv"
)

// signInExperiences holds one row, the tenant's.
var signInExperiences = &collection{
	name: "sign_in_experiences", singular: "sign_in_experience",
	columns: []string{
		"tenantId", "id", "color", "branding", "hideLogtoBranding", "languageInfo", "termsOfUseUrl", "privacyPolicyUrl",
		"agreeToTermsPolicy", "signIn", "signUp", "socialSignIn", "socialSignInConnectorTargets", "signInMode",
		"customCss", "customContent", "customUiAssets", "customUiCsp", "passwordPolicy", "mfa", "adaptiveMfa",
		"singleSignOnEnabled", "supportEmail", "supportWebsiteUrl", "unknownSessionRedirectUrl", "captchaPolicy",
		"sentinelPolicy", "emailBlocklistPolicy", "verificationCodePolicy", "forgotPasswordMethods", "passkeySignIn",
		"signUpProfileFields", "passwordExpiration", "usernamePolicy",
	},
	maxLength: map[string]int{"termsOfUseUrl": 2048, "privacyPolicyUrl": 2048},
}

func signInExperienceGroup() group {
	return group{
		collections: []*collection{signInExperiences, accountCenters, profileFields, customPhrases, emailTemplates},
		routes: func(r *routes) {
			signInExperienceRoutes(r)
			accountCenterRoutes(r)
			profileFieldRoutes(r)
			phraseRoutes(r)
			emailTemplateRoutes(r)
		},
		seed: func(db *store) {
			seeded(db, signInExperiences, freshSignInExperience())
			seeded(db, accountCenters, object{{"id", tenantID}, {"enabled", false}})
		},
	}
}

// freshSignInExperience is what a new tenant has.
func freshSignInExperience() object {
	return object{
		{"id", tenantID},
		{"color", object{{"primaryColor", "#6139F6"}, {"isDarkModeEnabled", false}, {"darkPrimaryColor", "#8768F8"}}},
		{"branding", object{
			{"logoUrl", "https://logto.io/logo.svg"}, {"darkLogoUrl", "https://logto.io/logo-dark.svg"},
		}},
		{"hideLogtoBranding", false},
		{"languageInfo", object{{"autoDetect", true}, {"fallbackLanguage", "en"}}},
		{"agreeToTermsPolicy", "Automatic"},
		{"signIn", object{{"methods", []any{object{
			{"identifier", "username"}, {"password", true}, {"verificationCode", false}, {"isPasswordPrimary", true},
		}}}}},
		{"signUp", object{{"identifiers", []any{"username"}}, {"password", true}, {"verify", false}}},
		{"socialSignIn", object{}},
		{"socialSignInConnectorTargets", []any{}},
		{"signInMode", "SignInAndRegister"},
		{"customContent", object{}},
		{"customUiCsp", object{}},
		{"passwordPolicy", object{}},
		{"mfa", object{{"factors", []any{}}, {"policy", "UserControlled"}}},
		{"adaptiveMfa", object{}},
		{"singleSignOnEnabled", false},
		{"captchaPolicy", object{}},
		{"sentinelPolicy", object{}},
		{"emailBlocklistPolicy", object{}},
		{"verificationCodePolicy", object{}},
		{"forgotPasswordMethods", []any{}},
		{"passkeySignIn", object{}},
		{"passwordExpiration", object{}},
		{"usernamePolicy", object{
			{"caseSensitive", true}, {"minLength", 1.0}, {"maxLength", 128.0},
			{"allowedChars", object{{"lowercase", true}, {"uppercase", true}, {"numbers", true}, {"underscore", true}}},
		}},
	}
}

// signInExperience is the tenant's row.
func signInExperience(db *store) object {
	row, _ := db.find(signInExperiences, tenantID)
	return row
}

func signInExperienceRoutes(r *routes) {
	r.get("/sign-in-exp", func(c *call) (any, error) {
		return signInExperiences.answers(c.db.get(signInExperiences, tenantID))
	})
	r.patch("/sign-in-exp", patchSignInExperience)
	r.post("/sign-in-exp/default/check-password", 200, checkPassword)
	r.post("/sign-in-exp/default/custom-ui-assets", 200, uploadPages)
	r.get("/sign-in-exp/username-policy/case-sensitivity-conflicts", func(c *call) (any, error) {
		limit := 20.0
		if c.queryHas("limit") {
			n, err := strconv.ParseFloat("0"+lookup(c.query, "limit"), 64) // "" is 0 in JavaScript
			var is issues
			if err != nil {
				is.wrongTypeSaying(path{"limit"}, "number", "nan")
			} else {
				integer().min(1).max(100).check(n, path{"limit"}, &is)
			}
			if len(is) > 0 {
				return nil, invalidInput(is, "query")
			}
			limit = n
		}
		return usernameConflicts(c.db, int(limit)), nil
	})
}

func (c *call) queryHas(key string) bool { return len(lookupAll(c.query, key)) > 0 }

// patchSignInExperience checks in Logto's order, then replaces whole columns.
func patchSignInExperience(c *call) (any, error) {
	in, err := c.input(signInExperiencePatch)
	if err != nil {
		return nil, err
	}
	stored, all := signInExperience(c.db), liveConnectors(c.db)
	if in, err = c.withKnownFields(in, "signUpProfileFields"); err != nil {
		return nil, err
	}
	if in.has("languageInfo") && !languageSupported(c.db, in.obj("languageInfo").str("fallbackLanguage")) {
		return nil, fail(400, "sign_in_experiences.unsupported_default_language")
	}
	if in.has("usernamePolicy") && !in.obj("usernamePolicy").flag("caseSensitive") &&
		stored.obj("usernamePolicy").flag("caseSensitive") {
		if conflicts := usernameConflicts(c.db, 20); conflicts.get("totalConflicts") != 0 {
			return nil, fail(409, "sign_in_experiences.username_policy_case_conflicts_exist", conflicts)
		}
	}
	for _, check := range []func(in, stored object, all []liveConnector) error{
		checkSignUp, checkSignIn, checkMFA, checkAdaptiveMFA, checkForgotPassword,
	} {
		if err := check(in, stored, all); err != nil {
			return nil, err
		}
	}
	expiration, err := passwordExpiration(in, stored, all, c.db.millis())
	if err != nil {
		return nil, err
	}
	if in.flag("hideLogtoBranding") {
		return nil, invalidRequest(400, "only Logto Cloud can hide the branding")
	}
	if in, err = normalizedLists(in, all); err != nil {
		return nil, err
	}
	if in.has("passwordExpiration") {
		in = in.with("passwordExpiration", expiration)
	}
	if in.has("mfa") && !mfaEnabled(in.obj("mfa")) && !in.has("adaptiveMfa") && !c.server.before("1.38") {
		in = in.with("adaptiveMfa", object{{"enabled", false}})
	}
	return signInExperiences.answers(c.db.update(signInExperiences, in, tenantID))
}

// normalizedLists drops the social targets that no connector has, empty sources of
// the content security policy and what repeats in the blocklists.
func normalizedLists(in object, all []liveConnector) (object, error) {
	if in.has("customUiCsp") {
		csp, _ := cleanDeep(in.obj("customUiCsp"))
		if kept, _ := csp.(object); len(kept) > 0 {
			return nil, invalidRequest(400, "only Logto Cloud can set the content security policy")
		}
		in = in.with("customUiCsp", object{})
	}
	if in.has("socialSignInConnectorTargets") {
		targets := filtered(in.strs("socialSignInConnectorTargets"), func(t string) bool { return hasSocialTarget(all, t) })
		in = in.with("socialSignInConnectorTargets", toList(targets))
	}
	if in.has("emailBlocklistPolicy") {
		policy := in.obj("emailBlocklistPolicy")
		if policy.flag("blockDisposableAddresses") {
			return nil, invalidRequest(400, "only Logto Cloud can block disposable addresses")
		}
		for _, key := range []string{"customAllowlist", "customBlocklist"} {
			if !policy.has(key) {
				continue
			}
			items := distinct(policy.strs(key))
			if bad := filtered(items, func(s string) bool { return !isBlocklistItem(s) }); len(bad) > 0 {
				return nil, fail(400, "sign_in_experiences.invalid_custom_email_blocklist_format")
			}
			policy = policy.with(key, toList(items))
		}
		in = in.with("emailBlocklistPolicy", policy)
	}
	return in, nil
}
