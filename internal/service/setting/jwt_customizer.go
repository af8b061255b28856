// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var jwtCustomizers = framework.Define[jwtCustomizer]("jwt_customizer", jwtCustomizerSchema, (*logto.Client).JWTCustomizers, "token_type")

var tokenTypes = validators.Enum{"access-token", "client-credentials"}

var jwtCustomizerSchema = schema.Schema{
	MarkdownDescription: "A JWT customizer: a script that adds claims to the access tokens that Logto issues. A tenant has one JWT customizer for each type of token.",
	Attributes: withScript(map[string]schema.Attribute{
		"token_type": schema.StringAttribute{
			MarkdownDescription: "Type of the tokens that get the claims: " + tokenTypes.String() + " (tokens of machine-to-machine applications).",
			Required:            true,
			Validators:          []validator.String{tokenTypes.OneOf()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"block_issuance_on_error": schema.BoolAttribute{
			MarkdownDescription: "Whether Logto issues no token when the script fails. With `false`, which is the default, Logto issues the token without the claims. " +
				"Logto (up to 1.43) stores `true` and ignores it unless the server runs with development features (`DEV_FEATURES_ENABLED`). " +
				"To prevent Logto from issuing a token, call `api.denyAccess()` in the script, also for errors that it catches.",
			Optional: true,
		},
		"token_sample": sample("Sample token for tests of the script in the Console, as a JSON object. Logto rejects keys that a token does not have.", validators.IsJSONObject()),
		"context_sample": sample("Sample context for tests of the script in the Console, as a JSON object. For access tokens it must have `user`. "+
			"Keys that the context does not have are an error, because Logto drops them.", validators.IsJSONObject()),
	}, "JavaScript code that defines the function `getCustomJwtClaims`, which returns the claims."),
}

type jwtCustomizer struct {
	script
	TokenType            types.String           `tfsdk:"token_type"`
	BlockIssuanceOnError types.Bool             `tfsdk:"block_issuance_on_error"`
	TokenSample          customtypes.Normalized `tfsdk:"token_sample"`
	ContextSample        customtypes.Normalized `tfsdk:"context_sample"`
}

var (
	_ framework.ModelWithValidate                     = (*jwtCustomizer)(nil)
	_ framework.ModelWithCopyWriteOnly[jwtCustomizer] = (*jwtCustomizer)(nil)
)

// CopyWriteOnly takes the variables that only the configuration has.
func (m *jwtCustomizer) CopyWriteOnly(config *jwtCustomizer) { m.EnvWO = config.EnvWO }

// Validate tells of a setting without effect.
func (m *jwtCustomizer) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.BlockIssuanceOnError.ValueBool() {
		diags.AddAttributeWarning(framework.Root("block_issuance_on_error"), "Logto issues tokens all the same when the script fails",
			"Logto stores block_issuance_on_error and ignores it, unless the server runs with development features (DEV_FEATURES_ENABLED). "+
				"To issue no token when something is wrong, catch errors in the script and call api.denyAccess().")
	}
}

func (m *jwtCustomizer) Expand(ctx context.Context) (logto.ScriptInput, diag.Diagnostics) {
	in, diags := m.expand(ctx)
	in.BlockIssuanceOnError = flex.BoolPointer(m.BlockIssuanceOnError)
	in.TokenSample, in.ContextSample = customtypes.RawJSON(m.TokenSample), customtypes.RawJSON(m.ContextSample)
	return in, diags
}

func (m *jwtCustomizer) Flatten(_ context.Context, s *logto.Script) diag.Diagnostics {
	m.TokenType = types.StringValue(s.Kind)
	m.BlockIssuanceOnError = types.BoolPointerValue(s.BlockIssuanceOnError)
	m.TokenSample, m.ContextSample = customtypes.JSONPreserving(m.TokenSample, s.TokenSample), customtypes.JSONPreserving(m.ContextSample, s.ContextSample)
	m.flatten(s)
	return nil
}
