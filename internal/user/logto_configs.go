// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var logtoConfigsSchema = schema.SingleNestedAttribute{
	MarkdownDescription: "How multi-factor authentication and passkeys are asked for when the user signs in. Leave it out to leave that to the user and to what was set before.",
	Optional:            true,
	Computed:            true,
	PlanModifiers:       []planmodifier.Object{kit.Unmanaged(types.ObjectNull(logtoConfigsType))},
	Attributes: map[string]schema.Attribute{
		"mfa_enabled": schema.BoolAttribute{
			MarkdownDescription: "Whether the user has to pass multi-factor authentication where the tenant leaves that to users. Not set by default, and once it was set it cannot be taken back.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		},
		"mfa_skipped":             falseByDefault("Whether the user chose not to set up multi-factor authentication and is not asked again."),
		"skip_mfa_on_sign_in":     falseByDefault("Whether signing in needs no second factor although the user has one."),
		"passkey_sign_in_skipped": falseByDefault("Whether the user chose not to set up a passkey and is not asked again."),
	},
}

func falseByDefault(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description + " Default `false`.", Optional: true, Computed: true, Default: booldefault.StaticBool(false)}
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

// saveLogtoConfigs writes the settings when they are managed and differ from
// prior, and returns what there is then.
func saveLogtoConfigs(ctx context.Context, c *logto.Client, user string, planned, prior types.Object) (types.Object, error) {
	if planned.IsNull() || planned.Equal(prior) {
		return planned, nil
	}
	var want logtoConfigs
	if diags := planned.As(ctx, &want, basetypes.ObjectAsOptions{}); diags.HasError() {
		return prior, kit.AsError(diags)
	}
	var in logto.UserConfigs
	in.MFA.Enabled = kit.Flag(want.MFAEnabled)
	in.MFA.Skipped = kit.Flag(want.MFASkipped)
	in.MFA.SkipMFAOnSignIn = kit.Flag(want.SkipMFAOnSignIn)
	in.PasskeySignIn.Skipped = kit.Flag(want.PasskeySignInSkipped)
	if err := c.SetUserConfigs(ctx, user, in); err != nil {
		return prior, err
	}
	return loadLogtoConfigs(ctx, c, user, planned, false)
}

// loadLogtoConfigs reads the settings when they are managed; with all, also
// others that somebody has set.
func loadLogtoConfigs(ctx context.Context, c *logto.Client, user string, managed types.Object, all bool) (types.Object, error) {
	if managed.IsNull() && !all {
		return managed, nil
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
	if managed.IsNull() && now == (logtoConfigs{MFAEnabled: types.BoolNull(), MFASkipped: no, SkipMFAOnSignIn: no, PasskeySignInSkipped: no}) {
		return managed, nil
	}
	var was logtoConfigs
	if diags := managed.As(ctx, &was, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true}); diags.HasError() {
		return managed, kit.AsError(diags)
	}
	if !managed.IsNull() && was.MFAEnabled.IsNull() {
		now.MFAEnabled = was.MFAEnabled // not managed
	}
	o, diags := types.ObjectValueFrom(ctx, logtoConfigsType, now)
	if diags.HasError() {
		return managed, kit.AsError(diags)
	}
	return o, nil
}
