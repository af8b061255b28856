// SPDX-License-Identifier: MPL-2.0

package logtotest

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
}

func signInExperienceGroup() group {
	return group{
		collections: []*collection{signInExperiences},
		routes: func(r *routes) {
			r.get("/sign-in-exp", func(c *call) (any, error) { return c.db.get(signInExperiences, tenantID) })
			r.patch("/sign-in-exp", func(c *call) (any, error) {
				in, err := c.input(fields(maybe("captchaPolicy", fields(maybe("enabled", boolean())))))
				if err != nil {
					return nil, err
				}
				return c.db.update(signInExperiences, in, tenantID)
			})
		},
		seed: func(db *store) { seeded(db, signInExperiences, freshSignInExperience()) },
	}
}

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
		{"captchaPolicy", object{{"enabled", false}}},
		{"sentinelPolicy", object{}},
		{"emailBlocklistPolicy", object{}},
		{"verificationCodePolicy", object{}},
		{"forgotPasswordMethods", []any{}},
		{"passkeySignIn", object{}},
		{"passwordExpiration", object{{"enabled", false}}},
		{"usernamePolicy", object{
			{"caseSensitive", true}, {"minLength", 1.0}, {"maxLength", 128.0},
			{"allowedChars", object{{"lowercase", true}, {"uppercase", true}, {"numbers", true}, {"underscore", true}}},
		}},
	}
}
