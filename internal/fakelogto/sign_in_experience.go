// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
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

var (
	switched    = fields(maybe("enabled", boolean()))
	anyURL      = union(optional(nullable(str().url())), literal(""))
	identifiers = enum("username", "email", "phone")
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
		maybe("agreeToTermsPolicy", enum("Automatic", "ManualRegistrationOnly", "Manual")),
		maybe("signIn", fields(required("methods", array(fields(
			required("identifier", identifiers), required("password", boolean()),
			required("verificationCode", boolean()), required("isPasswordPrimary", boolean()),
		))))),
		maybe("signUp", fields(
			required("identifiers", array(identifiers)), required("password", boolean()), required("verify", boolean()),
			maybe("secondaryIdentifiers", array(fields(
				required("identifier", union(identifiers, enum("emailOrPhone"))), maybe("verify", boolean()),
			))),
		)),
		maybe("socialSignIn", fields(maybe("automaticAccountLinking", boolean()), maybe("skipRequiredIdentifiers", boolean()))),
		maybe("socialSignInConnectorTargets", array(str())),
		maybe("signInMode", enum("SignIn", "Register", "SignInAndRegister")),
		maybeNull("customCss", str()),
		maybe("customContent", record(str())),
		maybeNull("customUiAssets", fields(required("id", str()), required("createdAt", num()))),
		maybe("customUiCsp", fields(maybe("scriptSrc", array(str())), maybe("connectSrc", array(str()))).closed()),
		maybe("passwordPolicy", passwordPolicySchema),
		maybe("mfa", fields(
			required("factors", array(enum(
				"Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode",
			))),
			required("policy", enum(
				"UserControlled", "Mandatory", "PromptOnlyAtSignIn", "PromptAtSignInAndSignUp", "NoPrompt",
				"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory",
			)),
			maybe("organizationRequiredMfaPolicy", enum("NoPrompt", "Mandatory")),
		)),
		maybe("adaptiveMfa", switched),
		maybe("singleSignOnEnabled", boolean()),
		maybe("captchaPolicy", switched),
		maybe("sentinelPolicy", fields(maybe("maxAttempts", num()), maybe("lockoutDuration", num()))),
		maybe("emailBlocklistPolicy", fields(
			maybe("blockDisposableAddresses", boolean()), maybe("blockSubaddressing", boolean()),
			maybe("customAllowlist", array(str())), maybe("customBlocklist", array(str())),
		)),
		maybeNull("forgotPasswordMethods", array(enum("EmailVerificationCode", "PhoneVerificationCode"))),
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

func signInExperienceRoutes(r *routes) {
	r.get("/sign-in-exp", func(c *call) (any, error) {
		return signInExperiences.answers(c.db.get(signInExperiences, tenantID))
	})
	r.patch("/sign-in-exp", patchSignInExperience)
	r.post("/sign-in-exp/default/check-password", 200, checkPassword)
	r.post("/sign-in-exp/default/custom-ui-assets", 200, func(c *call) (any, error) {
		if err := c.upload("application/zip"); err != nil {
			return nil, err
		}
		return nil, fail(400, "storage.not_configured")
	})
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
	if in.has("mfa") && !mfaEnabled(in.obj("mfa")) && !in.has("adaptiveMfa") {
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

func signInError(code string) error { return fail(400, "sign_in_experiences."+code) }

func checkSignUp(in, _ object, all []liveConnector) error {
	if !in.has("signUp") {
		return nil
	}
	signUp := in.obj("signUp")
	primary, second := signUp.strs("identifiers"), []string{}
	unverified := false
	for _, item := range signUp.list("secondaryIdentifiers") {
		o, _ := item.(object)
		second = append(second, o.str("identifier"))
		unverified = unverified || (o.str("identifier") != "username" && !o.flag("verify"))
	}
	has := func(list []string, values ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return slices.Contains(values, s) })
	}
	all2 := slices.Concat(primary, second)
	switch {
	case len(second) > 0 && len(primary) == 0:
		return signInError("missing_sign_up_identifiers")
	case len(distinct(all2)) != len(all2),
		has(second, "emailOrPhone") && has(primary, "email", "phone"):
		return signInError("duplicated_sign_up_identifiers")
	case has(all2, "email", "phone", "emailOrPhone") && !signUp.flag("verify"), unverified:
		return signInError("passwordless_requires_verify")
	case has(all2, "email", "emailOrPhone") && !hasConnector(all, emailType),
		has(all2, "phone", "emailOrPhone") && !hasConnector(all, smsType):
		return signInError("enabled_connector_not_found")
	}
	return nil
}

// sent returns what the request sends for a column, or what is stored.
func sent(in, stored object, key string) object {
	if in.has(key) {
		return in.obj(key)
	}
	return stored.obj(key)
}

// codeSignIn tells whether one may sign in with a code sent to the identifier.
func codeSignIn(signIn object, identifier string) bool {
	return slices.ContainsFunc(signIn.list("methods"), func(v any) bool {
		m, _ := v.(object)
		return m.str("identifier") == identifier && m.flag("verificationCode")
	})
}

func checkSignIn(in, stored object, all []liveConnector) error {
	if !in.has("signIn") {
		return nil
	}
	signIn, signUp := in.obj("signIn"), sent(in, stored, "signUp")
	every := func(ok func(m object) bool) bool {
		return !slices.ContainsFunc(signIn.list("methods"), func(v any) bool { m, _ := v.(object); return !ok(m) })
	}
	factors := sent(in, stored, "mfa").strs("factors")
	switch {
	case codeSignIn(signIn, "email") && !hasConnector(all, emailType),
		codeSignIn(signIn, "phone") && !hasConnector(all, smsType):
		return signInError("enabled_connector_not_found")
	case !every(func(m object) bool { return m.flag("password") || m.flag("verificationCode") }):
		return signInError("at_least_one_authentication_factor")
	case signUp.flag("verify") && !signUp.flag("password") &&
		!every(func(m object) bool { return m.flag("verificationCode") || m.str("identifier") == "username" }):
		return signInError("code_sign_in_must_be_enabled")
	case codeSignIn(signIn, "email") && slices.Contains(factors, "EmailVerificationCode"):
		return signInError("email_verification_code_cannot_be_used_for_sign_in")
	case codeSignIn(signIn, "phone") && slices.Contains(factors, "PhoneVerificationCode"):
		return signInError("phone_verification_code_cannot_be_used_for_sign_in")
	}
	return nil
}

func mfaEnabled(mfa object) bool { return len(mfa.list("factors")) > 0 }

func checkMFA(in, stored object, _ []liveConnector) error {
	if !in.has("mfa") {
		return nil
	}
	factors, signIn := in.obj("mfa").strs("factors"), sent(in, stored, "signIn")
	switch {
	case len(distinct(factors)) != len(factors):
		return signInError("duplicated_mfa_factors")
	case slices.Equal(factors, []string{"BackupCode"}):
		return signInError("backup_code_cannot_be_enabled_alone")
	case slices.Contains(factors, "EmailVerificationCode") && codeSignIn(signIn, "email"):
		return signInError("email_verification_code_cannot_be_used_for_mfa")
	case slices.Contains(factors, "PhoneVerificationCode") && codeSignIn(signIn, "phone"):
		return signInError("phone_verification_code_cannot_be_used_for_mfa")
	}
	return nil
}

// checkAdaptiveMFA ties adaptive MFA to the prompts that cannot be skipped.
func checkAdaptiveMFA(in, stored object, _ []liveConnector) error {
	mfa := sent(in, stored, "mfa")
	policy := mfa.str("policy")
	mandatory := policy == "PromptAtSignInAndSignUpMandatory" || policy == "PromptOnlyAtSignInMandatory"
	enabled, given := in.obj("adaptiveMfa").get("enabled").(bool)
	switch {
	case enabled && !mfaEnabled(mfa):
		return fail(422, "sign_in_experiences.adaptive_mfa_requires_mfa")
	case !given && !in.has("adaptiveMfa") && in.has("mfa") && mfaEnabled(mfa):
		enabled, given = stored.obj("adaptiveMfa").flag("enabled"), true
	}
	switch {
	case given && enabled && !mandatory:
		return fail(422, "sign_in_experiences.adaptive_mfa_requires_non_skippable_policy")
	case given && !enabled && mandatory:
		return fail(422, "sign_in_experiences.non_adaptive_mfa_requires_skippable_policy")
	}
	return nil
}

// resetWith tells by which ways a forgotten password can be reset; null methods
// mean whatever connectors there are.
func resetWith(all []liveConnector, methods any) (byEmail, byPhone bool) {
	byEmail, byPhone = hasConnector(all, emailType), hasConnector(all, smsType)
	if list, ok := methods.([]any); ok {
		byEmail = byEmail && slices.Contains(list, any("EmailVerificationCode"))
		byPhone = byPhone && slices.Contains(list, any("PhoneVerificationCode"))
	}
	return byEmail, byPhone
}

func canResetPassword(all []liveConnector, methods any) bool {
	byEmail, byPhone := resetWith(all, methods)
	return byEmail || byPhone
}

func checkForgotPassword(in, _ object, all []liveConnector) error {
	methods := in.strs("forgotPasswordMethods")
	if slices.Contains(methods, "EmailVerificationCode") && !hasConnector(all, emailType) ||
		slices.Contains(methods, "PhoneVerificationCode") && !hasConnector(all, smsType) {
		return signInError("forgot_password_method_requires_connector")
	}
	return nil
}

// passwordExpiration merges the sent policy over the stored one, unlike the other
// columns, and checks the result even when nothing was sent. enabledAt is the
// server's own.
func passwordExpiration(in, stored object, all []liveConnector, now float64) (object, error) {
	before, given := stored.obj("passwordExpiration"), in.obj("passwordExpiration")
	merged := before.merge(given)
	if enabled, ok := given.get("enabled").(bool); ok && !enabled {
		merged = object{{"enabled", false}}
	}
	var is issues
	kept, result := expirationSchema.check(merged, nil, &is)
	if result != good {
		return nil, fail(422, "sign_in_experiences.password_expiration_invalid_period_days")
	}
	out, _ := kept.(object)
	if !out.flag("enabled") {
		return out, nil
	}
	methods := stored.get("forgotPasswordMethods")
	if in.get("forgotPasswordMethods") != nil {
		methods = in.get("forgotPasswordMethods")
	}
	if !canResetPassword(all, methods) {
		return nil, fail(422, "sign_in_experiences.password_expiration_requires_forgot_password")
	}
	if at := before.get("enabledAt"); before.flag("enabled") && at != nil {
		now, _ = at.(float64)
	}
	return out.with("enabledAt", math.Trunc(now)), nil
}

// usernameConflicts groups the usernames that differ in letter case only.
func usernameConflicts(db *store, limit int) object {
	groups := map[string][]string{}
	order := []string{}
	for _, user := range db.all(users) {
		name := strings.ToLower(user.str("username"))
		if name == "" {
			continue
		}
		if groups[name] = append(groups[name], user.str("id")); len(groups[name]) == 2 {
			order = append(order, name)
		}
	}
	slices.Sort(order)
	samples := mapped(order[:min(limit, len(order))], func(name string) object {
		return object{{"usernameLower", name}, {"userIds", toList(groups[name])}}
	})
	return object{{"totalConflicts", len(order)}, {"samples", samples}}
}

const domainName = `[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+`

var (
	blocklistItem  = regexp.MustCompile(`^[^\s@]*@` + domainName + `$`)
	onlyWildcards  = regexp.MustCompile(`^[*.]+$`)
	anyWhitespaces = regexp.MustCompile(`\s`)
)

// isBlocklistItem takes an address, a domain behind @, and either with wildcards.
func isBlocklistItem(item string) bool {
	if !strings.Contains(item, "*") {
		return blocklistItem.MatchString(item)
	}
	local, domain, ok := strings.Cut(item, "@")
	return ok && !anyWhitespaces.MatchString(item) && !strings.Contains(domain, "@") && strings.Contains(domain, ".") &&
		!strings.Contains(domain, "..") && !strings.HasPrefix(domain, ".") && !strings.HasSuffix(domain, ".") &&
		!onlyWildcards.MatchString(domain) && (local != "" || strings.HasPrefix(item, "@"))
}
