// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Codes need the connectors that send them, and captcha_policy its provider.
var signInExperiences = framework.AlwaysOne[signInExperience]("sign_in_experience", signInExperienceSchema, (*logto.Client).SignInExperience).
	After(framework.Dependency{Type: "connector", Attribute: "type", Values: []string{logto.EmailConnector, logto.SMSConnector}}, framework.Dependency{Type: "captcha_provider"})

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

var (
	_ framework.ModelWithValidate                     = (*signInExperience)(nil)
	_ framework.ModelWithModifyPlan[signInExperience] = (*signInExperience)(nil)
	_ framework.ModelWithCheckWrite[signInExperience] = (*signInExperience)(nil)
)

func (m *signInExperience) Expand(ctx context.Context) (in logto.SignInExperience, diags diag.Diagnostics) {
	in = logto.SignInExperience{
		HideLogtoBranding:         flex.BoolPointer(m.HideLogtoBranding),
		TermsOfUseURL:             flex.NonEmptyPointer(m.TermsOfUseURL),
		PrivacyPolicyURL:          flex.NonEmptyPointer(m.PrivacyPolicyURL),
		AgreeToTermsPolicy:        flex.StringPointer(m.AgreeToTermsPolicy),
		SignInMode:                flex.StringPointer(m.SignInMode),
		CustomCSS:                 flex.NonEmptyPointer(m.CustomCSS),
		SingleSignOnEnabled:       flex.BoolPointer(m.SingleSignOnEnabled),
		SupportEmail:              flex.NonEmptyPointer(m.SupportEmail),
		SupportWebsiteURL:         flex.NonEmptyPointer(m.SupportWebsiteURL),
		UnknownSessionRedirectURL: flex.NonEmptyPointer(m.UnknownSessionRedirectURL),
	}
	flex.ExpandNested(m.Color, &in.Color, &diags)
	flex.ExpandNested(m.Branding, &in.Branding, &diags)
	flex.ExpandNested(m.LanguageInfo, &in.LanguageInfo, &diags)
	flex.ExpandNested(m.SignIn, &in.SignIn, &diags)
	flex.ExpandNested(m.SignUp, &in.SignUp, &diags)
	flex.ExpandNested(m.SocialSignIn, &in.SocialSignIn, &diags)
	flex.ExpandNested(m.SocialSignInConnectorTargets, &in.SocialSignInConnectorTargets, &diags)
	flex.ExpandNested(m.CustomContent, &in.CustomContent, &diags)
	flex.ExpandNested(m.CustomUIAssets, &in.CustomUIAssets, &diags)
	flex.ExpandNested(m.CustomUICSP, &in.CustomUICSP, &diags)
	flex.ExpandNested(m.PasswordPolicy, &in.PasswordPolicy, &diags)
	flex.ExpandNested(m.MFA, &in.MFA, &diags)
	flex.ExpandNested(m.AdaptiveMFA, &in.AdaptiveMFA, &diags)
	flex.ExpandNested(m.CaptchaPolicy, &in.CaptchaPolicy, &diags)
	flex.ExpandNested(m.SentinelPolicy, &in.SentinelPolicy, &diags)
	flex.ExpandNested(m.EmailBlocklistPolicy, &in.EmailBlocklistPolicy, &diags)
	flex.ExpandNested(m.VerificationCodePolicy, &in.VerificationCodePolicy, &diags)
	flex.ExpandNested(m.ForgotPasswordMethods, &in.ForgotPasswordMethods, &diags)
	flex.ExpandNested(m.PasskeySignIn, &in.PasskeySignIn, &diags)
	flex.ExpandNested(m.PasswordExpiration, &in.PasswordExpiration, &diags)
	flex.ExpandNested(m.UsernamePolicy, &in.UsernamePolicy, &diags)
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
	m.ID = types.StringValue(schemas.SingletonID)
	m.HideLogtoBranding = types.BoolPointerValue(s.HideLogtoBranding)
	m.TermsOfUseURL = flex.NonEmptyValue(m.TermsOfUseURL, s.TermsOfUseURL)
	m.PrivacyPolicyURL = flex.NonEmptyValue(m.PrivacyPolicyURL, s.PrivacyPolicyURL)
	m.AgreeToTermsPolicy = types.StringPointerValue(s.AgreeToTermsPolicy)
	m.SignInMode = types.StringPointerValue(s.SignInMode)
	m.CustomCSS = flex.NonEmptyValue(m.CustomCSS, s.CustomCSS)
	m.SingleSignOnEnabled = types.BoolPointerValue(s.SingleSignOnEnabled)
	m.SupportEmail = flex.NonEmptyValue(m.SupportEmail, s.SupportEmail)
	m.SupportWebsiteURL = flex.NonEmptyValue(m.SupportWebsiteURL, s.SupportWebsiteURL)
	m.UnknownSessionRedirectURL = flex.NonEmptyValue(m.UnknownSessionRedirectURL, s.UnknownSessionRedirectURL)

	m.Color = flex.FlattenNested(ctx, m.Color, s.Color, &diags)
	m.Branding = flex.FlattenNested(ctx, m.Branding, s.Branding, &diags)
	m.LanguageInfo = flex.FlattenNested(ctx, m.LanguageInfo, s.LanguageInfo, &diags)
	m.SignIn = flex.FlattenNested(ctx, m.SignIn, s.SignIn, &diags)
	m.SignUp = flex.FlattenNested(ctx, m.SignUp, s.SignUp, &diags)
	m.SocialSignIn = flex.FlattenNested(ctx, m.SocialSignIn, s.SocialSignIn, &diags)
	m.SocialSignInConnectorTargets = flex.FlattenNested(ctx, m.SocialSignInConnectorTargets, s.SocialSignInConnectorTargets, &diags)
	m.CustomContent = flex.FlattenNested(ctx, m.CustomContent, s.CustomContent, &diags)
	m.CustomUIAssets = flex.FlattenNested(ctx, m.CustomUIAssets, s.CustomUIAssets, &diags)
	m.CustomUICSP = flex.FlattenNested(ctx, m.CustomUICSP, s.CustomUICSP, &diags)
	m.PasswordPolicy = flex.FlattenNested(ctx, m.PasswordPolicy, s.PasswordPolicy, &diags)
	m.MFA = flex.FlattenNested(ctx, m.MFA, s.MFA, &diags)
	m.AdaptiveMFA = flex.FlattenNested(ctx, m.AdaptiveMFA, s.AdaptiveMFA, &diags)
	m.CaptchaPolicy = flex.FlattenNested(ctx, m.CaptchaPolicy, s.CaptchaPolicy, &diags)
	m.SentinelPolicy = flex.FlattenNested(ctx, m.SentinelPolicy, s.SentinelPolicy, &diags)
	m.EmailBlocklistPolicy = flex.FlattenNested(ctx, m.EmailBlocklistPolicy, s.EmailBlocklistPolicy, &diags)
	m.VerificationCodePolicy = flex.FlattenNested(ctx, m.VerificationCodePolicy, s.VerificationCodePolicy, &diags)
	m.PasskeySignIn = flex.FlattenNested(ctx, m.PasskeySignIn, s.PasskeySignIn, &diags)
	m.PasswordExpiration = flex.FlattenNested(ctx, m.PasswordExpiration, s.PasswordExpiration, &diags)
	m.UsernamePolicy = flex.FlattenNested(ctx, m.UsernamePolicy, s.UsernamePolicy, &diags)

	m.ForgotPasswordMethods = flex.StringSet([]string{everything})
	if s.ForgotPasswordMethods != nil {
		m.ForgotPasswordMethods = flex.FlattenNested(ctx, m.ForgotPasswordMethods, s.ForgotPasswordMethods, &diags)
	}
	m.SignUpProfileFields = flex.StringList([]string{everything})
	if s.SignUpProfileFields != nil {
		m.SignUpProfileFields = namesOf(s.SignUpProfileFields)
	}
	return diags
}

// expandNames refers to fields by their names; nil for all of them.
func expandNames(l types.List, diags *diag.Diagnostics) []logto.ProfileFieldName {
	var names []string
	flex.ExpandNested(l, &names, diags)
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
	return flex.StringList(names)
}

// ModifyPlan checks what a change makes of the whole, and plans what Logto makes of a
// password expiration that is turned on or off.
func (m *signInExperience) ModifyPlan(ctx context.Context, _ *logto.Client, _, state *signInExperience, resp *resource.ModifyPlanResponse) {
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
	at := framework.Root("password_expiration")
	switch {
	case !now["enabled"].Equal(yes()):
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("valid_period_days"), types.Int64Null())...)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("enabled_at"), customtypes.NewRFC3339Null())...)
	case !state.PasswordExpiration.IsNull() && was["enabled"].Equal(yes()):
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, at.AtName("enabled_at"), was["enabled_at"])...)
	}
}

func same(a, b []attr.Value) bool { return slices.EqualFunc(a, b, attr.Value.Equal) }
