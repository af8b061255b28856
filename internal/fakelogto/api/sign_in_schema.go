// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

var (
	switched    = engine.Fields(engine.Maybe("enabled", engine.Boolean()))
	anyURL      = engine.Union(engine.Optional(engine.Nullable(engine.String().URL())), engine.Literal(""))
	identifiers = engine.NativeEnum("username", "email", "phone")
	mfaFactor   = engine.NativeEnum("Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode")
	named       = engine.Nullable(engine.Array(engine.Fields(engine.Required("name", engine.String()))))

	expirationSchema = engine.Union(
		engine.Fields(engine.Maybe("enabled", engine.Literal(false))),
		engine.Fields(
			engine.Required("enabled", engine.Literal(true)), engine.Required("validPeriodDays", engine.Integer().Min(1)),
			engine.Maybe("enabledAt", engine.Integer().Min(0)),
		),
	)
	passwordPolicySchema = engine.Fields(
		engine.Maybe("length", engine.Fields(
			engine.Property("min", engine.WithDefault(engine.Integer().Min(1), 8.0)), engine.Property("max", engine.WithDefault(engine.Integer().Min(1), 256.0)),
		)),
		engine.Maybe("characterTypes", engine.Fields(engine.Property("min", engine.WithDefault(engine.Integer().Min(1).Max(4), 1.0)))),
		engine.Maybe("rejects", engine.Fields(
			engine.Property("pwned", engine.WithDefault(engine.Boolean(), true)), engine.Property("repetitionAndSequence", engine.WithDefault(engine.Boolean(), true)),
			engine.Property("userInfo", engine.WithDefault(engine.Boolean(), true)), engine.Property("words", engine.WithDefault(engine.Array(engine.String()), []any{})),
		)),
	)
	usernamePolicySchema = engine.Refine(engine.Refine(engine.Fields(
		engine.Required("caseSensitive", engine.Boolean()),
		engine.Required("minLength", engine.Integer().Min(1).Max(128)),
		engine.Required("maxLength", engine.Integer().Min(1).Max(128)),
		engine.Required("allowedChars", engine.Fields(
			engine.Required("lowercase", engine.Boolean()), engine.Required("uppercase", engine.Boolean()),
			engine.Required("numbers", engine.Boolean()), engine.Required("underscore", engine.Boolean()),
		)),
	), func(v any, at engine.Path, is *engine.Issues) {
		if policy, _ := v.(engine.Object); policy.Num("minLength") > policy.Num("maxLength") {
			is.Add(at.At("maxLength"), "custom", "The minimum is above the maximum.")
		}
	}), func(v any, at engine.Path, is *engine.Issues) {
		policy, _ := v.(engine.Object)
		chars := policy.Obj("allowedChars")
		if !chars.Flag("lowercase") && !chars.Flag("uppercase") && !chars.Flag("underscore") {
			is.Add(at.At("allowedChars"), "custom", "A username cannot start with a digit, so more than digits is needed.")
		}
	})
	signInExperiencePatch = engine.Fields(
		engine.Maybe("tenantId", engine.String().Max(21)),
		engine.Maybe("color", engine.Fields(
			engine.Required("primaryColor", engine.String().Matching(hexColor)), engine.Required("isDarkModeEnabled", engine.Boolean()),
			engine.Required("darkPrimaryColor", engine.String().Matching(hexColor)),
		)),
		engine.Maybe("branding", branding),
		engine.Maybe("hideLogtoBranding", engine.Boolean()),
		engine.Maybe("languageInfo", engine.Fields(engine.Required("autoDetect", engine.Boolean()), engine.Required("fallbackLanguage", languageTag()))),
		engine.Maybe("agreeToTermsPolicy", engine.NativeEnum("Automatic", "ManualRegistrationOnly", "Manual")),
		engine.Maybe("signIn", engine.Fields(engine.Required("methods", engine.Array(engine.Fields(
			engine.Required("identifier", identifiers), engine.Required("password", engine.Boolean()),
			engine.Required("verificationCode", engine.Boolean()), engine.Required("isPasswordPrimary", engine.Boolean()),
		))))),
		engine.Maybe("signUp", engine.Fields(
			engine.Required("identifiers", engine.Array(identifiers)), engine.Required("password", engine.Boolean()), engine.Required("verify", engine.Boolean()),
			engine.Maybe("secondaryIdentifiers", engine.Array(engine.Fields(
				engine.Required("identifier", engine.Union(identifiers, engine.NativeEnum("emailOrPhone"))), engine.Maybe("verify", engine.Boolean()),
			))),
		)),
		engine.Maybe("socialSignIn", engine.Fields(engine.Maybe("automaticAccountLinking", engine.Boolean()), engine.Maybe("skipRequiredIdentifiers", engine.Boolean()))),
		engine.Maybe("socialSignInConnectorTargets", engine.Array(engine.String())),
		engine.Maybe("signInMode", engine.NativeEnum("SignIn", "Register", "SignInAndRegister")),
		engine.MaybeNull("customCss", engine.String()),
		engine.Maybe("customContent", engine.Record(engine.String())),
		engine.MaybeNull("customUiAssets", engine.Fields(engine.Required("id", engine.String()), engine.Required("createdAt", engine.Number()))),
		engine.Maybe("customUiCsp", engine.Fields(engine.Maybe("scriptSrc", engine.Array(engine.String())), engine.Maybe("connectSrc", engine.Array(engine.String()))).Closed()),
		engine.Maybe("passwordPolicy", passwordPolicySchema),
		engine.Maybe("mfa", engine.Fields(
			engine.Required("factors", engine.Array(mfaFactor)),
			engine.Required("policy", engine.NativeEnum(
				"UserControlled", "Mandatory", "PromptOnlyAtSignIn", "PromptAtSignInAndSignUp", "NoPrompt",
				"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory",
			)),
			engine.Maybe("organizationRequiredMfaPolicy", engine.NativeEnum("NoPrompt", "Mandatory")),
		)),
		engine.Maybe("adaptiveMfa", switched),
		engine.Maybe("singleSignOnEnabled", engine.Boolean()),
		engine.Maybe("captchaPolicy", switched),
		engine.Maybe("sentinelPolicy", engine.Fields(engine.Maybe("maxAttempts", engine.Number()), engine.Maybe("lockoutDuration", engine.Number()))),
		engine.Maybe("emailBlocklistPolicy", engine.Fields(
			engine.Maybe("blockDisposableAddresses", engine.Boolean()), engine.Maybe("blockSubaddressing", engine.Boolean()),
			engine.Maybe("customAllowlist", engine.Array(engine.String())), engine.Maybe("customBlocklist", engine.Array(engine.String())),
		)),
		engine.MaybeNull("forgotPasswordMethods", engine.Array(engine.NativeEnum("EmailVerificationCode", "PhoneVerificationCode"))),
		engine.Maybe("passkeySignIn", engine.Fields(
			engine.Maybe("enabled", engine.Boolean()), engine.Maybe("showPasskeyButton", engine.Boolean()), engine.Maybe("allowAutofill", engine.Boolean()),
		)),
		engine.Maybe("signUpProfileFields", named),
		engine.Maybe("usernamePolicy", usernamePolicySchema),
		engine.Property("termsOfUseUrl", anyURL),
		engine.Property("privacyPolicyUrl", anyURL),
		engine.Property("supportEmail", engine.Union(engine.Optional(engine.Nullable(engine.String().Email())), engine.Literal(""))),
		engine.Property("supportWebsiteUrl", anyURL),
		engine.Property("unknownSessionRedirectUrl", anyURL),
		engine.Maybe("passwordExpiration", expirationSchema),
		engine.Maybe("verificationCodePolicy", engine.Fields(
			engine.Maybe("expirationDuration", engine.Integer().Min(60).Max(3600)), engine.Maybe("maxRetryAttempts", engine.Integer().Min(1).Max(100)),
		)),
	)
)
