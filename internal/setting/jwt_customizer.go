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

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var jwtCustomizers = kit.New[jwtCustomizer]("jwt_customizer", jwtCustomizerSchema, (*logto.Client).JWTCustomizers, "token_type")

var tokenTypes = kit.Words{"access-token", "client-credentials"}

var jwtCustomizerSchema = schema.Schema{
	MarkdownDescription: "A JWT customizer: a script that adds claims to the access tokens that Logto issues. There is one for each type of token.",
	Attributes: withScript(map[string]schema.Attribute{
		"token_type": schema.StringAttribute{
			MarkdownDescription: "Which tokens: " + tokenTypes.String() + " (those of machine-to-machine applications). Changing it replaces the customizer.",
			Required:            true,
			Validators:          []validator.String{tokenTypes.Validator()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"block_issuance_on_error": schema.BoolAttribute{
			MarkdownDescription: "Whether no token is issued when the script fails. Default is what Logto does without it: a token without the claims.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"token_sample":   sample("Token to try the script with in the Console. An object. Logto refuses keys that tokens do not have.", kit.IsJSONObject()),
		"context_sample": sample("Context to try the script with in the Console; an object, which for access tokens needs `user`. Logto drops keys that the context does not have, which is an error here.", kit.IsJSONObject()),
	}, "Code in JavaScript that defines the function `getCustomJwtClaims`, which returns the claims."),
}

type jwtCustomizer struct {
	script
	TokenType            types.String   `tfsdk:"token_type"`
	BlockIssuanceOnError types.Bool     `tfsdk:"block_issuance_on_error"`
	TokenSample          kit.Normalized `tfsdk:"token_sample"`
	ContextSample        kit.Normalized `tfsdk:"context_sample"`
}

// TakeWriteOnly takes the variables that only the configuration has.
func (m *jwtCustomizer) TakeWriteOnly(config *jwtCustomizer) { m.EnvWO = config.EnvWO }

func (m *jwtCustomizer) Expand(ctx context.Context) (logto.ScriptInput, diag.Diagnostics) {
	in, diags := m.expand(ctx)
	in.BlockIssuanceOnError = kit.Flag(m.BlockIssuanceOnError)
	in.TokenSample, in.ContextSample = kit.JSON(m.TokenSample), kit.JSON(m.ContextSample)
	return in, diags
}

func (m *jwtCustomizer) Flatten(_ context.Context, s *logto.Script) diag.Diagnostics {
	m.TokenType = types.StringValue(s.Kind)
	m.BlockIssuanceOnError = types.BoolPointerValue(s.BlockIssuanceOnError)
	m.TokenSample, m.ContextSample = kit.JSONKept(m.TokenSample, s.TokenSample), kit.JSONKept(m.ContextSample, s.ContextSample)
	m.flatten(s)
	return nil
}
