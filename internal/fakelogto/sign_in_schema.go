// SPDX-License-Identifier: MPL-2.0

package fakelogto

var (
	switched    = fields(maybe("enabled", boolean()))
	anyURL      = union(optional(nullable(str().url())), literal(""))
	identifiers = nativeEnum("username", "email", "phone")
	mfaFactor   = nativeEnum("Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode")
	named       = nullable(array(fields(required("name", str()))))

	expirationSchema = union(
		fields(maybe("enabled", literal(false))),
		fields(
			required("enabled", literal(true)), required("validPeriodDays", integer().min(1)),
			maybe("enabledAt", integer().min(0)),
		),
	)
	passwordPolicySchema = fields(
		maybe("length", fields(
			field{"min", withDefault(integer().min(1), 8.0)}, field{"max", withDefault(integer().min(1), 256.0)},
		)),
		maybe("characterTypes", fields(field{"min", withDefault(integer().min(1).max(4), 1.0)})),
		maybe("rejects", fields(
			field{"pwned", withDefault(boolean(), true)}, field{"repetitionAndSequence", withDefault(boolean(), true)},
			field{"userInfo", withDefault(boolean(), true)}, field{"words", withDefault(array(str()), []any{})},
		)),
	)
	usernamePolicySchema = refine(refine(fields(
		required("caseSensitive", boolean()),
		required("minLength", integer().min(1).max(128)),
		required("maxLength", integer().min(1).max(128)),
		required("allowedChars", fields(
			required("lowercase", boolean()), required("uppercase", boolean()),
			required("numbers", boolean()), required("underscore", boolean()),
		)),
	), func(v any, at path, is *issues) {
		if policy, _ := v.(object); policy.num("minLength") > policy.num("maxLength") {
			is.add(at.at("maxLength"), "custom", "The minimum is above the maximum.")
		}
	}), func(v any, at path, is *issues) {
		policy, _ := v.(object)
		chars := policy.obj("allowedChars")
		if !chars.flag("lowercase") && !chars.flag("uppercase") && !chars.flag("underscore") {
			is.add(at.at("allowedChars"), "custom", "A username cannot start with a digit, so more than digits is needed.")
		}
	})
	signInExperiencePatch = fields(
		maybe("tenantId", str().max(21)),
		maybe("color", fields(
			required("primaryColor", str().matching(hexColor)), required("isDarkModeEnabled", boolean()),
			required("darkPrimaryColor", str().matching(hexColor)),
		)),
		maybe("branding", branding),
		maybe("hideLogtoBranding", boolean()),
		maybe("languageInfo", fields(required("autoDetect", boolean()), required("fallbackLanguage", languageTag()))),
		maybe("agreeToTermsPolicy", nativeEnum("Automatic", "ManualRegistrationOnly", "Manual")),
		maybe("signIn", fields(required("methods", array(fields(
			required("identifier", identifiers), required("password", boolean()),
			required("verificationCode", boolean()), required("isPasswordPrimary", boolean()),
		))))),
		maybe("signUp", fields(
			required("identifiers", array(identifiers)), required("password", boolean()), required("verify", boolean()),
			maybe("secondaryIdentifiers", array(fields(
				required("identifier", union(identifiers, nativeEnum("emailOrPhone"))), maybe("verify", boolean()),
			))),
		)),
		maybe("socialSignIn", fields(maybe("automaticAccountLinking", boolean()), maybe("skipRequiredIdentifiers", boolean()))),
		maybe("socialSignInConnectorTargets", array(str())),
		maybe("signInMode", nativeEnum("SignIn", "Register", "SignInAndRegister")),
		maybeNull("customCss", str()),
		maybe("customContent", record(str())),
		maybeNull("customUiAssets", fields(required("id", str()), required("createdAt", num()))),
		maybe("customUiCsp", fields(maybe("scriptSrc", array(str())), maybe("connectSrc", array(str()))).closed()),
		maybe("passwordPolicy", passwordPolicySchema),
		maybe("mfa", fields(
			required("factors", array(mfaFactor)),
			required("policy", nativeEnum(
				"UserControlled", "Mandatory", "PromptOnlyAtSignIn", "PromptAtSignInAndSignUp", "NoPrompt",
				"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory",
			)),
			maybe("organizationRequiredMfaPolicy", nativeEnum("NoPrompt", "Mandatory")),
		)),
		maybe("adaptiveMfa", switched),
		maybe("singleSignOnEnabled", boolean()),
		maybe("captchaPolicy", switched),
		maybe("sentinelPolicy", fields(maybe("maxAttempts", num()), maybe("lockoutDuration", num()))),
		maybe("emailBlocklistPolicy", fields(
			maybe("blockDisposableAddresses", boolean()), maybe("blockSubaddressing", boolean()),
			maybe("customAllowlist", array(str())), maybe("customBlocklist", array(str())),
		)),
		maybeNull("forgotPasswordMethods", array(nativeEnum("EmailVerificationCode", "PhoneVerificationCode"))),
		maybe("passkeySignIn", fields(
			maybe("enabled", boolean()), maybe("showPasskeyButton", boolean()), maybe("allowAutofill", boolean()),
		)),
		maybe("signUpProfileFields", named),
		maybe("usernamePolicy", usernamePolicySchema),
		field{"termsOfUseUrl", anyURL},
		field{"privacyPolicyUrl", anyURL},
		field{"supportEmail", union(optional(nullable(str().email())), literal(""))},
		field{"supportWebsiteUrl", anyURL},
		field{"unknownSessionRedirectUrl", anyURL},
		maybe("passwordExpiration", expirationSchema),
		maybe("verificationCodePolicy", fields(
			maybe("expirationDuration", integer().min(60).max(3600)), maybe("maxRetryAttempts", integer().min(1).max(100)),
		)),
	)
)
