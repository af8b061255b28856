// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// said is what the rules are about, nil where nothing is said of it.
type said struct {
	SignUp struct {
		Identifiers          []string                    `json:"identifiers"`
		Password             *bool                       `json:"password"`
		Verify               *bool                       `json:"verify"`
		SecondaryIdentifiers []logto.SecondaryIdentifier `json:"secondaryIdentifiers"`
	}
	SignIn struct {
		Methods []logto.SignInMethod `json:"methods"`
	}
	MFA struct {
		Factors []string `json:"factors"`
		Policy  *string  `json:"policy"`
	}
	AdaptiveMFA  logto.Switch
	adaptiveOpen bool // not known yet
	ResetMethods []string
	Expiration   struct {
		Enabled         *bool
		ValidPeriodDays *int64
	}
	PasswordPolicy logto.PasswordPolicy
	UsernamePolicy struct {
		MinLength, MaxLength *int64
		AllowedChars         struct{ Lowercase, Uppercase, Underscore *bool }
	}
}

// rule is the attributes that the rules are about.
func (m *signInExperience) rule() []attr.Value {
	return []attr.Value{m.SignUp, m.SignIn, m.MFA, m.AdaptiveMFA, m.ForgotPasswordMethods, m.PasswordExpiration, m.PasswordPolicy, m.UsernamePolicy}
}

// said leaves out attributes that are not wholly known.
func (m *signInExperience) said(diags *diag.Diagnostics) (s said) {
	into := []any{&s.SignUp, &s.SignIn, &s.MFA, &s.AdaptiveMFA, &s.ResetMethods, &s.Expiration, &s.PasswordPolicy, &s.UsernamePolicy}
	for i, v := range m.rule() {
		if raw, err := v.ToTerraformValue(context.Background()); err == nil && raw.IsFullyKnown() && !raw.IsNull() {
			flex.ExpandNested(v, into[i], diags)
		}
	}
	raw, err := m.AdaptiveMFA.ToTerraformValue(context.Background())
	s.adaptiveOpen = err == nil && !raw.IsFullyKnown()
	return s
}

// CheckWrite refuses settings that a self-hosted Logto rejects.
func (m *signInExperience) CheckWrite(_ context.Context, c *logto.Client, _ *signInExperience, diags *diag.Diagnostics) {
	if !c.IsSelfHosted() {
		return
	}
	refuse := func(attribute, advice string) {
		framework.Refuse(diags, attribute, "Only Logto Cloud supports it", "A self-hosted Logto rejects this setting. "+advice)
	}
	if m.HideLogtoBranding.ValueBool() {
		refuse("hide_logto_branding", "Leave hide_logto_branding out, or set it to false.")
	}
	for _, sources := range m.CustomUICSP.Attributes() {
		if list, ok := sources.(interface{ Elements() []attr.Value }); ok && len(list.Elements()) > 0 {
			refuse("custom_ui_csp", "Leave custom_ui_csp out.")
			break
		}
	}
	if blocks, ok := m.EmailBlocklistPolicy.Attributes()["block_disposable_addresses"].(types.Bool); ok && blocks.ValueBool() {
		refuse("email_blocklist_policy", "Leave block_disposable_addresses out, or set it to false.")
	}
}

// Validate checks what the configuration says, which need not be all.
func (m *signInExperience) Validate(_ context.Context, diags *diag.Diagnostics) {
	m.check(false, diags)
	for name, v := range map[string]interface{ Elements() []attr.Value }{
		"forgot_password_methods": m.ForgotPasswordMethods, "sign_up_profile_fields": m.SignUpProfileFields,
	} {
		if elements := v.Elements(); len(elements) > 1 && slices.ContainsFunc(elements, strs(everything)[0].Equal) {
			framework.Refuse(diags, name, "Invalid attribute value", "\"*\" is for all, so nothing else can stand beside it.")
		}
	}
	m.warnOfAllowlist(diags)
}

// warnOfAllowlist tells of an allowlist that can be taken for exceptions of the
// blocklist, and keeps everybody else out.
func (m *signInExperience) warnOfAllowlist(diags *diag.Diagnostics) {
	lists := m.EmailBlocklistPolicy.Attributes()
	allowed, _ := lists["custom_allowlist"].(types.Set)
	blocked, _ := lists["custom_blocklist"].(types.Set)
	if len(allowed.Elements()) > 0 && len(blocked.Elements()) > 0 {
		framework.Warn(diags, "email_blocklist_policy", "Only addresses of custom_allowlist can sign up",
			"custom_allowlist is not a list of exceptions from custom_blocklist: Logto rejects every address that is not in custom_allowlist, and of those in it the ones that custom_blocklist rejects. "+
				"To reject the addresses of custom_blocklist only, leave custom_allowlist out.")
	}
}

// check checks the rules that go across attributes. They are the server's own,
// which would find what is wrong when half of the rest is applied. complete is
// set when nothing is left to what the server has.
func (m *signInExperience) check(complete bool, diags *diag.Diagnostics) {
	s := m.said(diags)
	refuse := func(at path.Path, summary, advice string) { framework.RefuseAt(diags, at, summary, advice) }
	s.checkSignUp(refuse)
	s.checkSignIn(refuse)
	s.checkMFA(complete, refuse)
	s.checkPasswords(complete, refuse)

	names, chars := s.UsernamePolicy, s.UsernamePolicy.AllowedChars
	at := framework.Root("username_policy")
	if above(names.MinLength, names.MaxLength) {
		refuse(at.AtName("max_length"), "No username is short enough", "max_length must be min_length or more.")
	}
	if is(chars.Lowercase, false) && is(chars.Uppercase, false) && is(chars.Underscore, false) {
		refuse(at.AtName("allowed_chars"), "No username is possible", "Allow lowercase, uppercase or underscore: no username begins with a digit.")
	}
}

// is reports whether something is said, and that.
func is(b *bool, value bool) bool { return b != nil && *b == value }

func above(low, high *int64) bool { return low != nil && high != nil && *low > *high }

type refusal func(at path.Path, summary, advice string)

func (s *said) checkSignUp(refuse refusal) {
	up, at := s.SignUp, framework.Root("sign_up")
	var second []string
	byCode := func(identifier string) bool { return identifier != "username" }
	for i, x := range up.SecondaryIdentifiers {
		second = append(second, x.Identifier)
		if byCode(x.Identifier) && !is(x.Verify, true) {
			refuse(at.AtName("secondary_identifiers").AtListIndex(i), "Users would not prove that it is theirs", "Set verify = true for "+x.Identifier+".")
		}
	}
	if len(second) > 0 && up.Identifiers != nil && len(up.Identifiers) == 0 {
		refuse(at.AtName("secondary_identifiers"), "There is nothing that these come second to", "Set identifiers as well, or remove secondary_identifiers.")
	}
	for i, x := range second {
		twice := slices.Contains(second[:i], x) || slices.Contains(up.Identifiers, x) ||
			x == "emailOrPhone" && (slices.Contains(up.Identifiers, "email") || slices.Contains(up.Identifiers, "phone"))
		if twice {
			refuse(at.AtName("secondary_identifiers").AtListIndex(i), "Users are asked for the same twice", "Remove "+x+", for which Logto asks already.")
		}
	}
	if is(up.Verify, false) && (slices.ContainsFunc(up.Identifiers, byCode) || slices.ContainsFunc(second, byCode)) {
		refuse(at.AtName("verify"), "Users would not prove that it is theirs", "Logto asks for an email address or a phone number only with verify = true.")
	}
}

func (s *said) checkSignIn(refuse refusal) {
	for i, x := range s.SignIn.Methods {
		at := framework.Root("sign_in").AtName("methods").AtListIndex(i)
		switch {
		case !x.Password && !x.VerificationCode:
			refuse(at, "A way to sign in proves nothing", "Set password or verification_code to true.")
		case is(s.SignUp.Verify, true) && is(s.SignUp.Password, false) && !x.VerificationCode && x.Identifier != "username":
			refuse(at, "Users without a password could not sign in", "Users who sign up set no password (sign_up.password = false), so set verification_code = true here.")
		case x.VerificationCode && (x.Identifier == "email" && slices.Contains(s.MFA.Factors, "EmailVerificationCode") ||
			x.Identifier == "phone" && slices.Contains(s.MFA.Factors, "PhoneVerificationCode")):
			refuse(at, "The same code cannot be the first and the second factor", "Set verification_code = false, or remove the code from mfa.factors.")
		}
	}
}

func (s *said) checkMFA(complete bool, refuse refusal) {
	factors := framework.Root("mfa").AtName("factors")
	if len(s.MFA.Factors) == 1 && s.MFA.Factors[0] == "BackupCode" {
		refuse(factors, "Backup codes need another factor", "Add another one, or remove BackupCode.")
	}
	adaptive, policy := s.AdaptiveMFA.Enabled, ""
	if adaptive == nil && complete && !s.adaptiveOpen {
		adaptive = new(bool)
	}
	if s.MFA.Policy != nil {
		policy = *s.MFA.Policy
	}
	strict := policy == "PromptAtSignInAndSignUpMandatory" || policy == "PromptOnlyAtSignInMandatory"
	switch {
	case is(adaptive, true) && s.MFA.Factors != nil && len(s.MFA.Factors) == 0:
		refuse(framework.Root("adaptive_mfa").AtName("enabled"), "Adaptive MFA needs a factor", "Set mfa.factors, or enabled = false.")
	case is(adaptive, true) && policy != "" && !strict:
		refuse(framework.Root("mfa").AtName("policy"), "This policy does not go with adaptive MFA", "Use PromptAtSignInAndSignUpMandatory or PromptOnlyAtSignInMandatory, or set adaptive_mfa.enabled = false.")
	case is(adaptive, false) && strict && len(s.MFA.Factors) > 0:
		refuse(framework.Root("mfa").AtName("policy"), "This policy goes with adaptive MFA only", "Set adaptive_mfa.enabled = true, or use another policy.")
	}
}

func (s *said) checkPasswords(complete bool, refuse refusal) {
	if l := s.PasswordPolicy.Length; l != nil && above(l.Min, l.Max) {
		refuse(framework.Root("password_policy").AtName("length").AtName("max"), "No password is short enough", "max must be min or more.")
	}
	if l, kinds := s.PasswordPolicy.Length, s.PasswordPolicy.CharacterTypes; l != nil && kinds != nil && above(kinds.Min, l.Max) {
		refuse(framework.Root("password_policy").AtName("length").AtName("max"), "No password is short enough", "A password with characters of character_types.min types has at least as many characters. max must be character_types.min or more.")
	}
	days := framework.Root("password_expiration").AtName("valid_period_days")
	switch expires := s.Expiration; {
	case is(expires.Enabled, true) && expires.ValidPeriodDays == nil:
		refuse(days, "Passwords expire after a number of days", "Set valid_period_days.")
	case !complete && expires.ValidPeriodDays != nil && !is(expires.Enabled, true):
		refuse(days, "Passwords do not expire", "Set enabled = true, or leave valid_period_days out.")
	case is(expires.Enabled, true) && s.ResetMethods != nil && len(s.ResetMethods) == 0:
		refuse(framework.Root("forgot_password_methods"), "Users could not set a new password", "A user whose password expires resets it: list a method, or set password_expiration.enabled = false.")
	}
}
