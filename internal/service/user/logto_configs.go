// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var logtoConfigsSchema = schema.SingleNestedAttribute{
	MarkdownDescription: "Settings of the user for multi-factor authentication (MFA) and passkeys.",
	Optional:            true,
	Computed:            true,
	PlanModifiers:       []planmodifier.Object{planmodifiers.RunTimeKept(types.ObjectNull(logtoConfigsType))},
	Attributes: map[string]schema.Attribute{
		"mfa_enabled": schema.BoolAttribute{
			MarkdownDescription: "Whether the user must use multi-factor authentication if the policy of the tenant leaves the choice to users." + schemas.SinceSetting("/api/users/{userId}/logto-configs", "mfa.enabled") + planmodifiers.ForResource("Logto cannot remove the value."),
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{planmodifiers.RunTimeKept(types.BoolNull())},
		},
		"mfa_skipped":             userFlag("Whether the user skipped the setup of multi-factor authentication. The pages then do not offer it again. Logto sets `false` for new users."),
		"skip_mfa_on_sign_in":     userFlag("Whether the user can sign in without a second factor, even if the user has one. Logto sets `false` for new users."),
		"passkey_sign_in_skipped": userFlag("Whether the user skipped the setup of a passkey. The pages then do not offer it again. Logto sets `false` for new users."),
	},
}

func userFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{planmodifiers.RunTime(types.BoolNull())}}
}

type logtoConfigs struct {
	MFAEnabled           types.Bool `tfsdk:"mfa_enabled"`
	MFASkipped           types.Bool `tfsdk:"mfa_skipped"`
	SkipMFAOnSignIn      types.Bool `tfsdk:"skip_mfa_on_sign_in"`
	PasskeySignInSkipped types.Bool `tfsdk:"passkey_sign_in_skipped"`
}

var logtoConfigsType = map[string]attr.Type{
	"mfa_enabled": types.BoolType, "mfa_skipped": types.BoolType,
	"skip_mfa_on_sign_in": types.BoolType, "passkey_sign_in_skipped": types.BoolType,
}

// nothing reports whether none of the settings is managed.
func (s logtoConfigs) nothing() bool { return s == logtoConfigs{} }

// settingsOf are the settings in an attribute; all null when it is null or unknown.
func settingsOf(ctx context.Context, o types.Object) (s logtoConfigs, err error) {
	if diags := o.As(ctx, &s, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true}); diags.HasError() {
		err = framework.DiagnosticsError(diags)
	}
	return s, err
}

// saveLogtoConfigs writes the settings that differ from prior, and returns the managed
// settings as Logto then has them.
func saveLogtoConfigs(ctx context.Context, c *logto.Client, user string, planned, prior types.Object) (types.Object, error) {
	want, err := settingsOf(ctx, planned)
	if err != nil {
		return prior, err
	}
	had, err := settingsOf(ctx, prior)
	if err != nil {
		return prior, err
	}
	if want == had {
		return planned, nil
	}
	var in logto.UserConfigs
	if !want.MFAEnabled.Equal(had.MFAEnabled) {
		in.MFA.Enabled = flex.BoolPointer(want.MFAEnabled)
	}
	in.MFA.Skipped = changed(want.MFASkipped, had.MFASkipped)
	in.MFA.SkipMFAOnSignIn = changed(want.SkipMFAOnSignIn, had.SkipMFAOnSignIn)
	in.PasskeySignIn.Skipped = changed(want.PasskeySignInSkipped, had.PasskeySignInSkipped)
	if err := c.SetUserConfigs(ctx, user, in); err != nil {
		return prior, err
	}
	return loadLogtoConfigs(ctx, c, user, planned, framework.ForRefresh)
}

// changed is what to write of a setting: nil when it stays, and false, which is
// Logto's default, when it is cleared.
func changed(now, was types.Bool) *bool {
	switch {
	case now.Equal(was):
		return nil
	case now.IsNull():
		return new(bool)
	}
	return flex.BoolPointer(now)
}

// loadLogtoConfigs reads the settings that are managed; for any other
// purpose than a refresh also those that somebody else has set.
func loadLogtoConfigs(ctx context.Context, c *logto.Client, user string, managed types.Object, purpose framework.ReadPurpose) (types.Object, error) {
	was, err := settingsOf(ctx, managed)
	if err != nil || was.nothing() && !purpose.Everything() {
		return managed, err
	}
	got, err := c.UserConfigs(ctx, user)
	if err != nil {
		return managed, err
	}
	now := logtoConfigs{
		MFAEnabled:           types.BoolPointerValue(got.MFA.Enabled),
		MFASkipped:           types.BoolPointerValue(got.MFA.Skipped),
		SkipMFAOnSignIn:      types.BoolPointerValue(got.MFA.SkipMFAOnSignIn),
		PasskeySignInSkipped: types.BoolPointerValue(got.PasskeySignIn.Skipped),
	}
	no := types.BoolValue(false)
	if purpose.Everything() && now == (logtoConfigs{MFAEnabled: types.BoolNull(), MFASkipped: no, SkipMFAOnSignIn: no, PasskeySignInSkipped: no}) {
		return managed, nil
	}
	if !purpose.Everything() {
		now = now.where(was)
	}
	o, diags := types.ObjectValueFrom(ctx, logtoConfigsType, now)
	if diags.HasError() {
		return managed, framework.DiagnosticsError(diags)
	}
	return o, nil
}

// where are those of the settings that are not null in managed.
func (s logtoConfigs) where(managed logtoConfigs) logtoConfigs {
	only := func(now, was types.Bool) types.Bool {
		if was.IsNull() {
			return was
		}
		return now
	}
	return logtoConfigs{
		MFAEnabled:           only(s.MFAEnabled, managed.MFAEnabled),
		MFASkipped:           only(s.MFASkipped, managed.MFASkipped),
		SkipMFAOnSignIn:      only(s.SkipMFAOnSignIn, managed.SkipMFAOnSignIn),
		PasskeySignInSkipped: only(s.PasskeySignInSkipped, managed.PasskeySignInSkipped),
	}
}
