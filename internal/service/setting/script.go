// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// This file has what JWT customizers and actions have in common.

func withScript(attributes map[string]schema.Attribute, script string) map[string]schema.Attribute {
	attributes["script"] = schema.StringAttribute{
		MarkdownDescription: script + " Logto does not check it before it runs it.",
		Required:            true,
	}
	attributes["environment_variables"] = schema.MapAttribute{
		MarkdownDescription: "Environment variables of the script, which it reads from `environmentVariables`. They are stored in the state; `environment_variables_wo` is not.",
		ElementType:         types.StringType,
		Optional:            true,
		Sensitive:           true,
		Validators:          []validator.Map{mapvalidator.ConflictsWith(path.MatchRoot("environment_variables_wo"))},
		PlanModifiers:       []planmodifier.Map{planmodifiers.WarnOfRemovalAfterImport("environment_variables_wo_version")},
	}
	attributes["environment_variables_wo"] = schema.MapAttribute{
		MarkdownDescription: "Alternative to `environment_variables`. Logto stores it when `environment_variables_wo_version` changes.",
		ElementType:         types.StringType,
		Optional:            true,
		Sensitive:           true,
		WriteOnly:           true,
		Validators:          []validator.Map{mapvalidator.AlsoRequires(path.MatchRoot("environment_variables_wo_version"))},
	}
	attributes["environment_variables_wo_version"] = schema.Int64Attribute{
		MarkdownDescription: "Version of `environment_variables_wo`, which can be any number. When it changes, Logto stores `environment_variables_wo`. Removing both attributes from the configuration removes the variables.",
		Optional:            true,
		Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("environment_variables_wo"))},
	}
	return attributes
}

func sample(description string, allowed validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          customtypes.NormalizedType{},
		Optional:            true,
		Validators:          []validator.String{allowed},
	}
}

// script are the attributes that both have.
type script struct {
	Script     types.String `tfsdk:"script"`
	Env        types.Map    `tfsdk:"environment_variables"`
	EnvWO      types.Map    `tfsdk:"environment_variables_wo"`
	EnvVersion types.Int64  `tfsdk:"environment_variables_wo_version"`
}

func (m *script) expand(ctx context.Context) (in logto.ScriptInput, diags diag.Diagnostics) {
	in = logto.ScriptInput{Script: m.Script.ValueString(), EnvironmentVersion: flex.Int64Pointer(m.EnvVersion)}
	in.EnvironmentVariables, diags = flex.StringMap(ctx, m.Env, m.EnvWO)
	return in, diags
}

func (m *script) flatten(s *logto.Script) {
	m.Script = types.StringValue(s.Script)
	m.Env = flex.StringMapValue(m.Env, m.EnvVersion, s.EnvironmentVariables)
	m.EnvWO = types.MapNull(types.StringType)
}
