// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var actions = kit.New[action]("action", actionSchema, (*logto.Client).Actions, "action_type")

var (
	actionTypes  = kit.Words{"action.postFirstFactorVerification", "action.postSignIn"}
	actionErrors = kit.Words{"block", "allow"}
)

var isSomething = kit.Rule("must not be JSON's null: leave it out for none", func(s string) bool { return strings.TrimSpace(s) != "null" })

var actionSchema = schema.Schema{
	MarkdownDescription: "A Logto action: a script that Logto runs at a point of a sign-in and that can change what happens then. There is one for each point. " +
		"(It has nothing to do with Terraform's actions.)",
	Attributes: withScript(map[string]schema.Attribute{
		"action_type": schema.StringAttribute{
			MarkdownDescription: "When it runs: " + actionTypes.String() + ". Changing it replaces the action.",
			Required:            true,
			Validators:          []validator.String{actionTypes.Validator()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"enabled": schema.BoolAttribute{
			MarkdownDescription: "Whether it runs. Default is what Logto does without it.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"on_execution_error": schema.StringAttribute{
			MarkdownDescription: "What becomes of the sign-in when the script fails: " + actionErrors.String() + ". Default is what Logto does without it.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{actionErrors.Validator()},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"context_sample": sample("Event to try the script with in the Console.", isSomething),
	}, "Code in JavaScript that defines the function `runAction`."),
}

type action struct {
	script
	ActionType       types.String   `tfsdk:"action_type"`
	Enabled          types.Bool     `tfsdk:"enabled"`
	OnExecutionError types.String   `tfsdk:"on_execution_error"`
	ContextSample    kit.Normalized `tfsdk:"context_sample"`
}

// TakeWriteOnly takes the variables that only the configuration has.
func (m *action) TakeWriteOnly(config *action) { m.EnvWO = config.EnvWO }

func (m *action) Expand(ctx context.Context) (logto.ScriptInput, diag.Diagnostics) {
	in, diags := m.expand(ctx)
	in.Enabled, in.OnExecutionError = kit.Flag(m.Enabled), kit.Text(m.OnExecutionError)
	in.ContextSample = kit.JSON(m.ContextSample)
	return in, diags
}

func (m *action) Flatten(_ context.Context, s *logto.Script) diag.Diagnostics {
	m.ActionType = types.StringValue(s.Kind)
	m.Enabled = types.BoolPointerValue(s.Enabled)
	m.OnExecutionError = types.StringPointerValue(s.OnExecutionError)
	m.ContextSample = kit.JSONKept(m.ContextSample, s.ContextSample)
	m.flatten(s)
	return nil
}
