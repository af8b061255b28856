// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

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
		return fail(400, "sign_in_experiences.missing_sign_up_identifiers")
	case len(distinct(all2)) != len(all2),
		has(second, "emailOrPhone") && has(primary, "email", "phone"):
		return fail(400, "sign_in_experiences.duplicated_sign_up_identifiers")
	case has(all2, "email", "phone", "emailOrPhone") && !signUp.flag("verify"), unverified:
		return fail(400, "sign_in_experiences.passwordless_requires_verify")
	case has(all2, "email", "emailOrPhone") && !hasConnector(all, emailType),
		has(all2, "phone", "emailOrPhone") && !hasConnector(all, smsType):
		return fail(400, "sign_in_experiences.enabled_connector_not_found")
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
		return fail(400, "sign_in_experiences.enabled_connector_not_found")
	case !every(func(m object) bool { return m.flag("password") || m.flag("verificationCode") }):
		return fail(400, "sign_in_experiences.at_least_one_authentication_factor")
	case signUp.flag("verify") && !signUp.flag("password") &&
		!every(func(m object) bool { return m.flag("verificationCode") || m.str("identifier") == "username" }):
		return fail(400, "sign_in_experiences.code_sign_in_must_be_enabled")
	case codeSignIn(signIn, "email") && slices.Contains(factors, "EmailVerificationCode"):
		return fail(400, "sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in")
	case codeSignIn(signIn, "phone") && slices.Contains(factors, "PhoneVerificationCode"):
		return fail(400, "sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in")
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
		return fail(400, "sign_in_experiences.duplicated_mfa_factors")
	case slices.Equal(factors, []string{"BackupCode"}):
		return fail(400, "sign_in_experiences.backup_code_cannot_be_enabled_alone")
	case slices.Contains(factors, "EmailVerificationCode") && codeSignIn(signIn, "email"):
		return fail(400, "sign_in_experiences.email_verification_code_cannot_be_used_for_mfa")
	case slices.Contains(factors, "PhoneVerificationCode") && codeSignIn(signIn, "phone"):
		return fail(400, "sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa")
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
		return fail(400, "sign_in_experiences.forgot_password_method_requires_connector")
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
