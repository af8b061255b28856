// SPDX-License-Identifier: MPL-2.0

package api

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

func checkSignUp(in, _ engine.Object, all []liveConnector) error {
	if !in.Has("signUp") {
		return nil
	}
	signUp := in.Obj("signUp")
	primary, second := signUp.Strs("identifiers"), []string{}
	unverified := false
	for _, item := range signUp.List("secondaryIdentifiers") {
		o, _ := item.(engine.Object)
		second = append(second, o.Str("identifier"))
		unverified = unverified || (o.Str("identifier") != "username" && !o.Flag("verify"))
	}
	has := func(list []string, values ...string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return slices.Contains(values, s) })
	}
	all2 := slices.Concat(primary, second)
	switch {
	case len(second) > 0 && len(primary) == 0:
		return engine.Fail(400, "sign_in_experiences.missing_sign_up_identifiers")
	case len(engine.Distinct(all2)) != len(all2),
		has(second, "emailOrPhone") && has(primary, "email", "phone"):
		return engine.Fail(400, "sign_in_experiences.duplicated_sign_up_identifiers")
	case has(all2, "email", "phone", "emailOrPhone") && !signUp.Flag("verify"), unverified:
		return engine.Fail(400, "sign_in_experiences.passwordless_requires_verify")
	case has(all2, "email", "emailOrPhone") && !hasConnector(all, emailType),
		has(all2, "phone", "emailOrPhone") && !hasConnector(all, smsType):
		return engine.Fail(400, "sign_in_experiences.enabled_connector_not_found")
	}
	return nil
}

// sent returns what the request sends for a column, or what is stored.
func sent(in, stored engine.Object, key string) engine.Object {
	if in.Has(key) {
		return in.Obj(key)
	}
	return stored.Obj(key)
}

// codeSignIn tells whether one may sign in with a code sent to the identifier.
func codeSignIn(signIn engine.Object, identifier string) bool {
	return slices.ContainsFunc(signIn.List("methods"), func(v any) bool {
		m, _ := v.(engine.Object)
		return m.Str("identifier") == identifier && m.Flag("verificationCode")
	})
}

func checkSignIn(in, stored engine.Object, all []liveConnector) error {
	if !in.Has("signIn") {
		return nil
	}
	signIn, signUp := in.Obj("signIn"), sent(in, stored, "signUp")
	every := func(ok func(m engine.Object) bool) bool {
		return !slices.ContainsFunc(signIn.List("methods"), func(v any) bool { m, _ := v.(engine.Object); return !ok(m) })
	}
	factors := sent(in, stored, "mfa").Strs("factors")
	switch {
	case codeSignIn(signIn, "email") && !hasConnector(all, emailType),
		codeSignIn(signIn, "phone") && !hasConnector(all, smsType):
		return engine.Fail(400, "sign_in_experiences.enabled_connector_not_found")
	case !every(func(m engine.Object) bool { return m.Flag("password") || m.Flag("verificationCode") }):
		return engine.Fail(400, "sign_in_experiences.at_least_one_authentication_factor")
	case signUp.Flag("verify") && !signUp.Flag("password") &&
		!every(func(m engine.Object) bool { return m.Flag("verificationCode") || m.Str("identifier") == "username" }):
		return engine.Fail(400, "sign_in_experiences.code_sign_in_must_be_enabled")
	case codeSignIn(signIn, "email") && slices.Contains(factors, "EmailVerificationCode"):
		return engine.Fail(400, "sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in")
	case codeSignIn(signIn, "phone") && slices.Contains(factors, "PhoneVerificationCode"):
		return engine.Fail(400, "sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in")
	}
	return nil
}

func mfaEnabled(mfa engine.Object) bool { return len(mfa.List("factors")) > 0 }

func checkMFA(in, stored engine.Object, _ []liveConnector) error {
	if !in.Has("mfa") {
		return nil
	}
	factors, signIn := in.Obj("mfa").Strs("factors"), sent(in, stored, "signIn")
	switch {
	case len(engine.Distinct(factors)) != len(factors):
		return engine.Fail(400, "sign_in_experiences.duplicated_mfa_factors")
	case slices.Equal(factors, []string{"BackupCode"}):
		return engine.Fail(400, "sign_in_experiences.backup_code_cannot_be_enabled_alone")
	case slices.Contains(factors, "EmailVerificationCode") && codeSignIn(signIn, "email"):
		return engine.Fail(400, "sign_in_experiences.email_verification_code_cannot_be_used_for_mfa")
	case slices.Contains(factors, "PhoneVerificationCode") && codeSignIn(signIn, "phone"):
		return engine.Fail(400, "sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa")
	}
	return nil
}

// checkAdaptiveMFA ties adaptive MFA to the prompts that cannot be skipped.
func checkAdaptiveMFA(in, stored engine.Object, _ []liveConnector) error {
	mfa := sent(in, stored, "mfa")
	policy := mfa.Str("policy")
	mandatory := policy == "PromptAtSignInAndSignUpMandatory" || policy == "PromptOnlyAtSignInMandatory"
	enabled, given := in.Obj("adaptiveMfa").Get("enabled").(bool)
	switch {
	case enabled && !mfaEnabled(mfa):
		return engine.Fail(422, "sign_in_experiences.adaptive_mfa_requires_mfa")
	case !given && !in.Has("adaptiveMfa") && in.Has("mfa") && mfaEnabled(mfa):
		enabled, given = stored.Obj("adaptiveMfa").Flag("enabled"), true
	}
	switch {
	case given && enabled && !mandatory:
		return engine.Fail(422, "sign_in_experiences.adaptive_mfa_requires_non_skippable_policy")
	case given && !enabled && mandatory:
		return engine.Fail(422, "sign_in_experiences.non_adaptive_mfa_requires_skippable_policy")
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

func checkForgotPassword(in, _ engine.Object, all []liveConnector) error {
	methods := in.Strs("forgotPasswordMethods")
	if slices.Contains(methods, "EmailVerificationCode") && !hasConnector(all, emailType) ||
		slices.Contains(methods, "PhoneVerificationCode") && !hasConnector(all, smsType) {
		return engine.Fail(400, "sign_in_experiences.forgot_password_method_requires_connector")
	}
	return nil
}

// passwordExpiration merges the sent policy over the stored one, unlike the other
// columns, and checks the result even when nothing was sent. enabledAt is the
// server's own.
func passwordExpiration(in, stored engine.Object, all []liveConnector, now float64) (engine.Object, error) {
	before, given := stored.Obj("passwordExpiration"), in.Obj("passwordExpiration")
	merged := before.Merge(given)
	if enabled, ok := given.Get("enabled").(bool); ok && !enabled {
		merged = engine.Object{{"enabled", false}}
	}
	var is engine.Issues
	kept, result := expirationSchema.Check(merged, nil, &is)
	if result != engine.Good {
		return nil, engine.Fail(422, "sign_in_experiences.password_expiration_invalid_period_days")
	}
	out, _ := kept.(engine.Object)
	if !out.Flag("enabled") {
		return out, nil
	}
	methods := stored.Get("forgotPasswordMethods")
	if in.Get("forgotPasswordMethods") != nil {
		methods = in.Get("forgotPasswordMethods")
	}
	if !canResetPassword(all, methods) {
		return nil, engine.Fail(422, "sign_in_experiences.password_expiration_requires_forgot_password")
	}
	if at := before.Get("enabledAt"); before.Flag("enabled") && at != nil {
		now, _ = at.(float64)
	}
	return out.With("enabledAt", math.Trunc(now)), nil
}

// usernameConflicts groups the usernames that differ in letter case only.
func usernameConflicts(db *engine.Store, limit int) engine.Object {
	groups := map[string][]string{}
	order := []string{}
	for _, user := range db.All(users) {
		name := strings.ToLower(user.Str("username"))
		if name == "" {
			continue
		}
		if groups[name] = append(groups[name], user.Str("id")); len(groups[name]) == 2 {
			order = append(order, name)
		}
	}
	slices.Sort(order)
	samples := engine.Map(order[:min(limit, len(order))], func(name string) engine.Object {
		return engine.Object{{"usernameLower", name}, {"userIds", engine.ToList(groups[name])}}
	})
	return engine.Object{{"totalConflicts", len(order)}, {"samples", samples}}
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
