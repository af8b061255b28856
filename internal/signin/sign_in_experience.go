// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Codes need the connectors that send them, and captcha_policy its provider.
var signInExperiences = kit.Singleton[signInExperience]("sign_in_experience", signInExperienceSchema, (*logto.Client).SignInExperience).
	After(kit.Dependency{Type: "connector", Attribute: "type", Values: []string{logto.EmailConnector, logto.SMSConnector}}, kit.Dependency{Type: "captcha_provider"})

type signInExperience struct {
	ID                           types.String `tfsdk:"id"`
	Color                        types.Object `tfsdk:"color"`
	Branding                     types.Object `tfsdk:"branding"`
	HideLogtoBranding            types.Bool   `tfsdk:"hide_logto_branding"`
	LanguageInfo                 types.Object `tfsdk:"language_info"`
	TermsOfUseURL                types.String `tfsdk:"terms_of_use_url"`
	PrivacyPolicyURL             types.String `tfsdk:"privacy_policy_url"`
	AgreeToTermsPolicy           types.String `tfsdk:"agree_to_terms_policy"`
	SignIn                       types.Object `tfsdk:"sign_in"`
	SignUp                       types.Object `tfsdk:"sign_up"`
	SocialSignIn                 types.Object `tfsdk:"social_sign_in"`
	SocialSignInConnectorTargets types.List   `tfsdk:"social_sign_in_connector_targets"`
	SignInMode                   types.String `tfsdk:"sign_in_mode"`
	CustomCSS                    types.String `tfsdk:"custom_css"`
	CustomContent                types.Map    `tfsdk:"custom_content"`
	CustomUIAssets               types.Object `tfsdk:"custom_ui_assets"`
	CustomUICSP                  types.Object `tfsdk:"custom_ui_csp"`
	PasswordPolicy               types.Object `tfsdk:"password_policy"`
	MFA                          types.Object `tfsdk:"mfa"`
	AdaptiveMFA                  types.Object `tfsdk:"adaptive_mfa"`
	SingleSignOnEnabled          types.Bool   `tfsdk:"single_sign_on_enabled"`
	SupportEmail                 types.String `tfsdk:"support_email"`
	SupportWebsiteURL            types.String `tfsdk:"support_website_url"`
	UnknownSessionRedirectURL    types.String `tfsdk:"unknown_session_redirect_url"`
	CaptchaPolicy                types.Object `tfsdk:"captcha_policy"`
	SentinelPolicy               types.Object `tfsdk:"sentinel_policy"`
	EmailBlocklistPolicy         types.Object `tfsdk:"email_blocklist_policy"`
	VerificationCodePolicy       types.Object `tfsdk:"verification_code_policy"`
	ForgotPasswordMethods        types.Set    `tfsdk:"forgot_password_methods"`
	PasskeySignIn                types.Object `tfsdk:"passkey_sign_in"`
	SignUpProfileFields          types.List   `tfsdk:"sign_up_profile_fields"`
	PasswordExpiration           types.Object `tfsdk:"password_expiration"`
	UsernamePolicy               types.Object `tfsdk:"username_policy"`
}

func (m *signInExperience) Expand(ctx context.Context) (in logto.SignInExperience, diags diag.Diagnostics) {
	in = logto.SignInExperience{
		HideLogtoBranding:         kit.Flag(m.HideLogtoBranding),
		TermsOfUseURL:             kit.TextOrNothing(m.TermsOfUseURL),
		PrivacyPolicyURL:          kit.TextOrNothing(m.PrivacyPolicyURL),
		AgreeToTermsPolicy:        kit.Text(m.AgreeToTermsPolicy),
		SignInMode:                kit.Text(m.SignInMode),
		CustomCSS:                 kit.TextOrNothing(m.CustomCSS),
		SingleSignOnEnabled:       kit.Flag(m.SingleSignOnEnabled),
		SupportEmail:              kit.TextOrNothing(m.SupportEmail),
		SupportWebsiteURL:         kit.TextOrNothing(m.SupportWebsiteURL),
		UnknownSessionRedirectURL: kit.TextOrNothing(m.UnknownSessionRedirectURL),
	}
	kit.Nested(m.Color, &in.Color, &diags)
	kit.Nested(m.Branding, &in.Branding, &diags)
	kit.Nested(m.LanguageInfo, &in.LanguageInfo, &diags)
	kit.Nested(m.SignIn, &in.SignIn, &diags)
	kit.Nested(m.SignUp, &in.SignUp, &diags)
	kit.Nested(m.SocialSignIn, &in.SocialSignIn, &diags)
	kit.Nested(m.SocialSignInConnectorTargets, &in.SocialSignInConnectorTargets, &diags)
	kit.Nested(m.CustomContent, &in.CustomContent, &diags)
	kit.Nested(m.CustomUIAssets, &in.CustomUIAssets, &diags)
	kit.Nested(m.CustomUICSP, &in.CustomUICSP, &diags)
	kit.Nested(m.PasswordPolicy, &in.PasswordPolicy, &diags)
	kit.Nested(m.MFA, &in.MFA, &diags)
	kit.Nested(m.AdaptiveMFA, &in.AdaptiveMFA, &diags)
	kit.Nested(m.CaptchaPolicy, &in.CaptchaPolicy, &diags)
	kit.Nested(m.SentinelPolicy, &in.SentinelPolicy, &diags)
	kit.Nested(m.EmailBlocklistPolicy, &in.EmailBlocklistPolicy, &diags)
	kit.Nested(m.VerificationCodePolicy, &in.VerificationCodePolicy, &diags)
	kit.Nested(m.ForgotPasswordMethods, &in.ForgotPasswordMethods, &diags)
	kit.Nested(m.PasskeySignIn, &in.PasskeySignIn, &diags)
	kit.Nested(m.PasswordExpiration, &in.PasswordExpiration, &diags)
	kit.Nested(m.UsernamePolicy, &in.UsernamePolicy, &diags)
	if slices.Contains(in.ForgotPasswordMethods, everything) {
		in.ForgotPasswordMethods = nil
	}
	if in.PasswordExpiration != nil {
		in.PasswordExpiration.EnabledAt = nil // the server's own
	}
	in.SignUpProfileFields = expandNames(m.SignUpProfileFields, &diags)
	return in, diags
}

func (m *signInExperience) Flatten(ctx context.Context, s *logto.SignInExperience) (diags diag.Diagnostics) {
	m.ID = types.StringValue(kit.SingletonID)
	m.HideLogtoBranding = types.BoolPointerValue(s.HideLogtoBranding)
	m.TermsOfUseURL = kit.TextOrNothingValue(m.TermsOfUseURL, s.TermsOfUseURL)
	m.PrivacyPolicyURL = kit.TextOrNothingValue(m.PrivacyPolicyURL, s.PrivacyPolicyURL)
	m.AgreeToTermsPolicy = types.StringPointerValue(s.AgreeToTermsPolicy)
	m.SignInMode = types.StringPointerValue(s.SignInMode)
	m.CustomCSS = kit.TextOrNothingValue(m.CustomCSS, s.CustomCSS)
	m.SingleSignOnEnabled = types.BoolPointerValue(s.SingleSignOnEnabled)
	m.SupportEmail = kit.TextOrNothingValue(m.SupportEmail, s.SupportEmail)
	m.SupportWebsiteURL = kit.TextOrNothingValue(m.SupportWebsiteURL, s.SupportWebsiteURL)
	m.UnknownSessionRedirectURL = kit.TextOrNothingValue(m.UnknownSessionRedirectURL, s.UnknownSessionRedirectURL)

	m.Color = kit.NestedValue(ctx, m.Color, s.Color, &diags)
	m.Branding = kit.NestedValue(ctx, m.Branding, s.Branding, &diags)
	m.LanguageInfo = kit.NestedValue(ctx, m.LanguageInfo, s.LanguageInfo, &diags)
	m.SignIn = kit.NestedValue(ctx, m.SignIn, s.SignIn, &diags)
	m.SignUp = kit.NestedValue(ctx, m.SignUp, s.SignUp, &diags)
	m.SocialSignIn = kit.NestedValue(ctx, m.SocialSignIn, s.SocialSignIn, &diags)
	m.SocialSignInConnectorTargets = kit.NestedValue(ctx, m.SocialSignInConnectorTargets, s.SocialSignInConnectorTargets, &diags)
	m.CustomContent = kit.NestedValue(ctx, m.CustomContent, s.CustomContent, &diags)
	m.CustomUIAssets = kit.NestedValue(ctx, m.CustomUIAssets, s.CustomUIAssets, &diags)
	m.CustomUICSP = kit.NestedValue(ctx, m.CustomUICSP, s.CustomUICSP, &diags)
	m.PasswordPolicy = kit.NestedValue(ctx, m.PasswordPolicy, s.PasswordPolicy, &diags)
	m.MFA = kit.NestedValue(ctx, m.MFA, s.MFA, &diags)
	m.AdaptiveMFA = kit.NestedValue(ctx, m.AdaptiveMFA, s.AdaptiveMFA, &diags)
	m.CaptchaPolicy = kit.NestedValue(ctx, m.CaptchaPolicy, s.CaptchaPolicy, &diags)
	m.SentinelPolicy = kit.NestedValue(ctx, m.SentinelPolicy, s.SentinelPolicy, &diags)
	m.EmailBlocklistPolicy = kit.NestedValue(ctx, m.EmailBlocklistPolicy, s.EmailBlocklistPolicy, &diags)
	m.VerificationCodePolicy = kit.NestedValue(ctx, m.VerificationCodePolicy, s.VerificationCodePolicy, &diags)
	m.PasskeySignIn = kit.NestedValue(ctx, m.PasskeySignIn, s.PasskeySignIn, &diags)
	m.PasswordExpiration = kit.NestedValue(ctx, m.PasswordExpiration, s.PasswordExpiration, &diags)
	m.UsernamePolicy = kit.NestedValue(ctx, m.UsernamePolicy, s.UsernamePolicy, &diags)

	m.ForgotPasswordMethods = kit.StringSet([]string{everything})
	if s.ForgotPasswordMethods != nil {
		m.ForgotPasswordMethods = kit.NestedValue(ctx, m.ForgotPasswordMethods, s.ForgotPasswordMethods, &diags)
	}
	m.SignUpProfileFields = kit.StringList([]string{everything})
	if s.SignUpProfileFields != nil {
		m.SignUpProfileFields = namesOf(s.SignUpProfileFields)
	}
	return diags
}

// expandNames refers to fields by their names; nil for all of them.
func expandNames(l types.List, diags *diag.Diagnostics) []logto.ProfileFieldName {
	var names []string
	kit.Nested(l, &names, diags)
	if names == nil || slices.Contains(names, everything) {
		return nil
	}
	fields := make([]logto.ProfileFieldName, len(names))
	for i, name := range names {
		fields[i].Name = name
	}
	return fields
}

func namesOf(fields []logto.ProfileFieldName) types.List {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return kit.StringList(names)
}

// Plan checks what a change makes of the whole, and plans what Logto makes of a
// password expiration that is turned on or off.
func (m *signInExperience) Plan(ctx context.Context, _ *logto.Client, state *signInExperience, resp *resource.ModifyPlanResponse) {
	if state == nil {
		return
	}
	if !same(m.rule(), state.rule()) {
		m.check(true, &resp.Diagnostics)
	}
	if m.PasswordExpiration.IsNull() || m.PasswordExpiration.IsUnknown() {
		return
	}
	now, was := m.PasswordExpiration.Attributes(), state.PasswordExpiration.Attributes()
	if now["enabled"].IsUnknown() {
		return
	}
	at := kit.Root("password_expiration")
	switch {
	case !now["enabled"].Equal(yes()):
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("valid_period_days"), types.Int64Null())...)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("enabled_at"), kit.NewRFC3339Null())...)
	case !state.PasswordExpiration.IsNull() && was["enabled"].Equal(yes()):
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("enabled_at"), was["enabled_at"])...)
	}
}

func same(a, b []attr.Value) bool { return slices.EqualFunc(a, b, attr.Value.Equal) }
