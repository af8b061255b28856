// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// The environment variables are not write-only, which version 1.19 of the plugin
// framework refuses in actions.
func testedScript(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["script"] = schema.StringAttribute{MarkdownDescription: "Script to test.", Required: true}
	attributes["environment_variables"] = schema.MapAttribute{
		MarkdownDescription: "Environment variables of the script. A saved plan contains them.",
		ElementType:         types.StringType,
		Optional:            true,
	}
	return attributes
}

func testedJSON(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          customtypes.NormalizedType{},
		Required:            true,
		Validators:          []validator.String{validators.IsJSONObject()},
	}
}

func testJWTCustomizerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Runs the script of a JWT customizer with a sample token and a sample context, and shows the claims that it adds. Logto stores nothing and issues no token. The action fails if the script fails or denies access.",
		Attributes: testedScript(map[string]schema.Attribute{
			"token_type": schemas.ActionEnumAttribute("Type of the token", tokenTypes),
			"token":      testedJSON("Sample token, as a JSON object, such as `jsonencode({ aud = \"https://orders.example.com\" })`."),
			"context":    testedJSON("Sample context, as a JSON object. For `access-token` it has the key `user`."),
		}),
	}
}

type testJWTCustomizer struct {
	TokenType types.String           `tfsdk:"token_type"`
	Script    types.String           `tfsdk:"script"`
	Token     customtypes.Normalized `tfsdk:"token"`
	Context   customtypes.Normalized `tfsdk:"context"`
	Env       types.Map              `tfsdk:"environment_variables"`
}

// Invoke runs the script.
func (m *testJWTCustomizer) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	env, diags := flex.StringMap(ctx, m.Env, types.MapNull(types.StringType))
	return tellResult(diags, say, func() (json.RawMessage, error) {
		return c.TestJWTCustomizer(ctx, logto.JWTCustomizerTest{TokenType: m.TokenType.ValueString(), Script: m.Script.ValueString(),
			Token: customtypes.RawJSON(m.Token), Context: customtypes.RawJSON(m.Context), EnvironmentVariables: env})
	})
}

func testActionSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Runs the script of an action with a sample event, and shows its result. Logto stores nothing. The action fails if the script fails." + schemas.SinceOperation("POST /api/configs/actions/test"),
		Attributes: testedScript(map[string]schema.Attribute{
			"action_type": schemas.ActionEnumAttribute("Type of the action", actionTypes),
			"event":       testedJSON("Sample event, as a JSON object."),
		}),
	}
}

type testAction struct {
	ActionType types.String           `tfsdk:"action_type"`
	Script     types.String           `tfsdk:"script"`
	Event      customtypes.Normalized `tfsdk:"event"`
	Env        types.Map              `tfsdk:"environment_variables"`
}

// Invoke runs the script.
func (m *testAction) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	env, diags := flex.StringMap(ctx, m.Env, types.MapNull(types.StringType))
	return tellResult(diags, say, func() (json.RawMessage, error) {
		return c.TestAction(ctx, logto.ActionTest{ActionType: m.ActionType.ValueString(), Script: m.Script.ValueString(), Event: customtypes.RawJSON(m.Event), EnvironmentVariables: env})
	})
}

func tellResult(diags diag.Diagnostics, say func(string), run func() (json.RawMessage, error)) error {
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	result, err := run()
	switch {
	case err != nil:
		return err
	case len(result) == 0:
		say("The script returned nothing.")
	default:
		say("The script returned " + string(result) + ".")
	}
	return nil
}

func deleteOIDCKeySchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Deletes an old key that signs tokens or cookies. Tokens or cookies that it signed are no longer valid. Logto keeps the current and the next private key, and at least one cookie key. The action succeeds if the key does not exist.",
		Attributes: map[string]schema.Attribute{
			"key_type": schemas.ActionEnumAttribute("Type of the key", keyTypes),
			"key_id":   schemas.ActionIDAttribute("ID of the key. The data source `logto_oidc_keys` lists the keys."),
		},
	}
}

type deleteOIDCKey struct {
	KeyType types.String `tfsdk:"key_type"`
	KeyID   types.String `tfsdk:"key_id"`
}

// Invoke deletes the key.
func (m *deleteOIDCKey) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	err := c.DeleteOIDCKey(ctx, m.KeyType.ValueString(), m.KeyID.ValueString())
	if logto.HasCode(err, "oidc.key_not_found") {
		say("It no longer existed.")
		return nil
	}
	return err
}
