// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var actions = framework.Define[action]("action", actionSchema, (*logto.Client).Actions, "action_type")

var (
	actionTypes  = validators.Enum{postFirstFactor, postSignIn}
	actionErrors = validators.Enum{"block", "allow"}
)

const (
	postFirstFactor = "action.postFirstFactorVerification"
	postSignIn      = "action.postSignIn"
)

var isSomething = validators.StringFunc("must not be JSON's null: leave it out for none", func(s string) bool { return strings.TrimSpace(s) != "null" })

func actionSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An action: a script that Logto runs at one point of a sign-in, and that can change how the sign-in continues. A tenant has one action for each type. " +
			"It is not an action of Terraform." + schemas.SinceOperation("PUT /api/configs/actions/{actionType}"),
		Attributes: withScript(map[string]schema.Attribute{
			"action_type": schemas.KeyAttribute("Type of the action, which is the point of the sign-in at which Logto runs the script: "+actionTypes.String()+". "+
				"`"+postFirstFactor+"` runs only if the password is wrong or no user has the identifier: it can create or update the user, for example to migrate users. "+
				"`"+postSignIn+"` runs at the end of every sign-in, but not when a user registers.",
				actionTypes.OneOf()),
			"enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether Logto runs the script." + planmodifiers.ForResource("Defaults to `false`, with which the action never runs."),
				Optional:            true,
			},
			"on_execution_error": schema.StringAttribute{
				MarkdownDescription: "Whether Logto continues the sign-in when the script fails: " + actionErrors.String() + ". " + "With `block`, which is the default, users cannot sign in while the script fails. " +
					"`allow` has an effect only for type `" + postSignIn + "`: a failing script of the other type always rejects the credentials.",
				Optional:   true,
				Validators: []validator.String{actionErrors.OneOf()},
			},
			"context_sample": sample("Sample event for tests of the script in the Console, as JSON.", isSomething),
		}, "JavaScript code that defines the function `runAction`."),
	}
}

type action struct {
	script
	ActionType       types.String           `tfsdk:"action_type"`
	Enabled          types.Bool             `tfsdk:"enabled"`
	OnExecutionError types.String           `tfsdk:"on_execution_error"`
	ContextSample    customtypes.Normalized `tfsdk:"context_sample"`
}

var (
	_ framework.ModelWithValidate              = (*action)(nil)
	_ framework.ModelWithCopyWriteOnly[action] = (*action)(nil)
)

// CopyWriteOnly takes the variables that only the configuration has.
func (m *action) CopyWriteOnly(config *action) { m.EnvWO = config.EnvWO }

// Validate warns of settings without the effect that one expects of them.
func (m *action) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.Enabled.IsNull() {
		framework.Warn(diags, "enabled", "The action does not run",
			"Logto runs an action only with enabled = true, and enabled is left out. To keep the action from running without this warning, set enabled = false.")
	}
	if m.OnExecutionError.ValueString() == "allow" && flex.IsGiven(m.ActionType) && m.ActionType.ValueString() != postSignIn {
		framework.Warn(diags, "on_execution_error", "A script that fails refuses the sign-in all the same",
			"Logto goes on after a failure for actions of type "+postSignIn+" only. For this type a script that fails always refuses the credentials.")
	}
}

func (m *action) Expand(ctx context.Context) (logto.ScriptInput, diag.Diagnostics) {
	in, diags := m.expand(ctx)
	in.Enabled, in.OnExecutionError = flex.BoolPointer(m.Enabled), flex.StringPointer(m.OnExecutionError)
	in.ContextSample = customtypes.RawJSON(m.ContextSample)
	return in, diags
}

func (m *action) Flatten(_ context.Context, s *logto.Script) diag.Diagnostics {
	m.ActionType = types.StringValue(s.Kind)
	m.Enabled = types.BoolPointerValue(s.Enabled)
	m.OnExecutionError = types.StringPointerValue(s.OnExecutionError)
	m.ContextSample = customtypes.JSONPreserving(m.ContextSample, s.ContextSample)
	m.flatten(s)
	return nil
}
