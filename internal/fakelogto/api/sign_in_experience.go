// SPDX-License-Identifier: MPL-2.0

package api

import (
	"strconv"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// signInExperiences holds one row, the tenant's.
var signInExperiences = &engine.Collection{
	Name: "sign_in_experiences", Singular: "sign_in_experience",
	Columns: []string{
		"tenantId", "id", "color", "branding", "hideLogtoBranding", "languageInfo", "termsOfUseUrl", "privacyPolicyUrl",
		"agreeToTermsPolicy", "signIn", "signUp", "socialSignIn", "socialSignInConnectorTargets", "signInMode",
		"customCss", "customContent", "customUiAssets", "customUiCsp", "passwordPolicy", "mfa", "adaptiveMfa",
		"singleSignOnEnabled", "supportEmail", "supportWebsiteUrl", "unknownSessionRedirectUrl", "captchaPolicy",
		"sentinelPolicy", "emailBlocklistPolicy", "verificationCodePolicy", "forgotPasswordMethods", "passkeySignIn",
		"signUpProfileFields", "passwordExpiration", "usernamePolicy",
	},
	MaxLength: map[string]int{"termsOfUseUrl": 2048, "privacyPolicyUrl": 2048},
}

func signInExperienceGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{signInExperiences, accountCenters, profileFields, customPhrases, emailTemplates},
		Routes: func(r *engine.Routes) {
			signInExperienceRoutes(r)
			accountCenterRoutes(r)
			profileFieldRoutes(r)
			phraseRoutes(r)
			emailTemplateRoutes(r)
		},
		Seed: func(db *engine.Store) {
			engine.Seed(db, signInExperiences, freshSignInExperience())
			engine.Seed(db, accountCenters, engine.Object{{"id", engine.TenantID}, {"enabled", false}})
		},
	}
}

// freshSignInExperience is what a new tenant has.
func freshSignInExperience() engine.Object {
	return engine.Object{
		{"id", engine.TenantID},
		{"color", engine.Object{{"primaryColor", "#6139F6"}, {"isDarkModeEnabled", false}, {"darkPrimaryColor", "#8768F8"}}},
		{"branding", engine.Object{
			{"logoUrl", "https://logto.io/logo.svg"}, {"darkLogoUrl", "https://logto.io/logo-dark.svg"},
		}},
		{"hideLogtoBranding", false},
		{"languageInfo", engine.Object{{"autoDetect", true}, {"fallbackLanguage", "en"}}},
		{"agreeToTermsPolicy", "Automatic"},
		{"signIn", engine.Object{{"methods", []any{engine.Object{
			{"identifier", "username"}, {"password", true}, {"verificationCode", false}, {"isPasswordPrimary", true},
		}}}}},
		{"signUp", engine.Object{{"identifiers", []any{"username"}}, {"password", true}, {"verify", false}}},
		{"socialSignIn", engine.Object{}},
		{"socialSignInConnectorTargets", []any{}},
		{"signInMode", "SignInAndRegister"},
		{"customContent", engine.Object{}},
		{"customUiCsp", engine.Object{}},
		{"passwordPolicy", engine.Object{}},
		{"mfa", engine.Object{{"factors", []any{}}, {"policy", "UserControlled"}}},
		{"adaptiveMfa", engine.Object{}},
		{"singleSignOnEnabled", false},
		{"captchaPolicy", engine.Object{}},
		{"sentinelPolicy", engine.Object{}},
		{"emailBlocklistPolicy", engine.Object{}},
		{"verificationCodePolicy", engine.Object{}},
		{"forgotPasswordMethods", []any{}},
		{"passkeySignIn", engine.Object{}},
		{"passwordExpiration", engine.Object{}},
		{"usernamePolicy", engine.Object{
			{"caseSensitive", true}, {"minLength", 1.0}, {"maxLength", 128.0},
			{"allowedChars", engine.Object{{"lowercase", true}, {"uppercase", true}, {"numbers", true}, {"underscore", true}}},
		}},
	}
}

// signInExperience is the tenant's row.
func signInExperience(db *engine.Store) engine.Object {
	row, _ := db.Find(signInExperiences, engine.TenantID)
	return row
}

func signInExperienceRoutes(r *engine.Routes) {
	r.Get("/sign-in-exp", func(c *engine.Context) (any, error) {
		return signInExperiences.Answers(c.DB.Get(signInExperiences, engine.TenantID))
	})
	r.Patch("/sign-in-exp", patchSignInExperience)
	r.Post("/sign-in-exp/default/check-password", 200, checkPassword)
	r.Post("/sign-in-exp/default/custom-ui-assets", 200, uploadPages)
	r.Get("/sign-in-exp/username-policy/case-sensitivity-conflicts", func(c *engine.Context) (any, error) {
		limit := 20.0
		if c.QueryHas("limit") {
			n, err := strconv.ParseFloat("0"+engine.Lookup(c.Query, "limit"), 64) // "" is 0 in JavaScript
			var is engine.Issues
			if err != nil {
				is.WrongTypeSaying(engine.Path{"limit"}, "number", "nan")
			} else {
				engine.Integer().Min(1).Max(100).Check(n, engine.Path{"limit"}, &is)
			}
			if len(is) > 0 {
				return nil, engine.InvalidInput(is, "query")
			}
			limit = n
		}
		return usernameConflicts(c.DB, int(limit)), nil
	})
}

// patchSignInExperience checks in Logto's order, then replaces whole columns.
func patchSignInExperience(c *engine.Context) (any, error) {
	in, err := c.Input(signInExperiencePatch)
	if err != nil {
		return nil, err
	}
	stored, all := signInExperience(c.DB), liveConnectors(c.DB)
	if in, err = withKnownFields(c, in, "signUpProfileFields"); err != nil {
		return nil, err
	}
	if in.Has("languageInfo") && !languageSupported(c.DB, in.Obj("languageInfo").Str("fallbackLanguage")) {
		return nil, engine.Fail(400, "sign_in_experiences.unsupported_default_language")
	}
	if in.Has("usernamePolicy") && !in.Obj("usernamePolicy").Flag("caseSensitive") &&
		stored.Obj("usernamePolicy").Flag("caseSensitive") {
		if conflicts := usernameConflicts(c.DB, 20); conflicts.Get("totalConflicts") != 0 {
			return nil, engine.Fail(409, "sign_in_experiences.username_policy_case_conflicts_exist", conflicts)
		}
	}
	for _, check := range []func(in, stored engine.Object, all []liveConnector) error{
		checkSignUp, checkSignIn, checkMFA, checkAdaptiveMFA, checkForgotPassword,
	} {
		if err := check(in, stored, all); err != nil {
			return nil, err
		}
	}
	expiration, err := passwordExpiration(in, stored, all, c.DB.Millis())
	if err != nil {
		return nil, err
	}
	if in.Flag("hideLogtoBranding") {
		return nil, engine.InvalidRequest(400, "only Logto Cloud can hide the branding")
	}
	if in, err = normalizedLists(in, all); err != nil {
		return nil, err
	}
	if in.Has("passwordExpiration") {
		in = in.With("passwordExpiration", expiration)
	}
	if in.Has("mfa") && !mfaEnabled(in.Obj("mfa")) && !in.Has("adaptiveMfa") && !c.Server.Before("1.38") {
		in = in.With("adaptiveMfa", engine.Object{{"enabled", false}})
	}
	return signInExperiences.Answers(c.DB.Update(signInExperiences, in, engine.TenantID))
}

// normalizedLists drops the social targets that no connector has, empty sources of
// the content security policy and what repeats in the blocklists.
func normalizedLists(in engine.Object, all []liveConnector) (engine.Object, error) {
	if in.Has("customUiCsp") {
		csp, _ := cleanDeep(in.Obj("customUiCsp"))
		if kept, _ := csp.(engine.Object); len(kept) > 0 {
			return nil, engine.InvalidRequest(400, "only Logto Cloud can set the content security policy")
		}
		in = in.With("customUiCsp", engine.Object{})
	}
	if in.Has("socialSignInConnectorTargets") {
		targets := engine.Filter(in.Strs("socialSignInConnectorTargets"), func(t string) bool { return hasSocialTarget(all, t) })
		in = in.With("socialSignInConnectorTargets", engine.ToList(targets))
	}
	if in.Has("emailBlocklistPolicy") {
		policy := in.Obj("emailBlocklistPolicy")
		if policy.Flag("blockDisposableAddresses") {
			return nil, engine.InvalidRequest(400, "only Logto Cloud can block disposable addresses")
		}
		for _, key := range []string{"customAllowlist", "customBlocklist"} {
			if !policy.Has(key) {
				continue
			}
			items := engine.Distinct(policy.Strs(key))
			if bad := engine.Filter(items, func(s string) bool { return !isBlocklistItem(s) }); len(bad) > 0 {
				return nil, engine.Fail(400, "sign_in_experiences.invalid_custom_email_blocklist_format")
			}
			policy = policy.With(key, engine.ToList(items))
		}
		in = in.With("emailBlocklistPolicy", policy)
	}
	return in, nil
}
