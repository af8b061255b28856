// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var jwtCustomizers = framework.Define[jwtCustomizer]("jwt_customizer", jwtCustomizerSchema, (*logto.Client).JWTCustomizers, "token_type")

var tokenTypes = validators.Enum{"access-token", clientCredentials}

const clientCredentials = "client-credentials"

func jwtCustomizerSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A JWT customizer: a script that adds claims to the access tokens that Logto issues. A tenant has one JWT customizer for each type of token.",
		Attributes: withScript(map[string]schema.Attribute{
			"token_type": schemas.KeyAttribute("Type of the tokens that get the claims: "+tokenTypes.String()+" (tokens of machine-to-machine applications).", tokenTypes.OneOf()),
			"block_issuance_on_error": schema.BoolAttribute{
				MarkdownDescription: "Whether Logto issues no token when the script fails. With `false`, which is the default, Logto issues the token without the claims. " +
					"Logto (up to 1.43) stores `true` and ignores it unless the server runs with development features (`DEV_FEATURES_ENABLED`). " +
					"To prevent Logto from issuing a token, call `api.denyAccess()` in the script, also for errors that it catches. " +
					"A script for `client-credentials` also runs for the application that the provider signs in with, and must not deny its tokens." + schemas.SinceSetting("/api/configs/jwt-customizer/{tokenTypePath}", "blockIssuanceOnError"),
				Optional: true,
			},
			"token_sample": sample("Sample token for tests of the script in the Console, as a JSON object. Logto rejects keys that a token does not have.", validators.IsJSONObject()),
			"context_sample": sample("Sample context for tests of the script in the Console, as a JSON object. For access tokens it must have `user`. "+
				"Keys that the context does not have are an error, because Logto drops them.", validators.IsJSONObject()),
		}, "JavaScript code that defines the function `getCustomJwtClaims`, which returns the claims."),
	}
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
	_ framework.ModelWithAfterWrite[jwtCustomizer]    = (*jwtCustomizer)(nil)
)

// AfterWrite checks that the provider itself still gets tokens. If the script denies them,
// Terraform loses its access when the present token expires, so AfterWrite puts back the
// script that was there before.
func (m *jwtCustomizer) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *jwtCustomizer) error {
	if m.TokenType.ValueString() != clientCredentials || prior != nil && planned.Script.Equal(prior.Script) {
		return nil
	}
	denied, err := c.IsDeniedToken(ctx)
	if err != nil || !denied {
		return err
	}
	key, scripts := logto.Key{clientCredentials}, c.JWTCustomizers()
	if prior == nil {
		err = scripts.Delete(ctx, key)
	} else {
		_, err = scripts.Update(ctx, key, logto.ScriptInput{Script: planned.Script.ValueString()}, logto.ScriptInput{Script: prior.Script.ValueString()})
	}
	return framework.WithAttribute("script", errors.Join(tokenDenied{}, err))
}

// tokenDenied is the error of a script that denies tokens to the provider.
type tokenDenied struct{}

func (tokenDenied) Error() string {
	return "With this script, Logto denies an access token to the application that the provider signs in with, so that Terraform would lose its access to the tenant. " +
		"Terraform has removed the script, or put the one back that was there before. Have the script deny other applications only: the ID of the application is token.clientId."
}

// CopyWriteOnly takes the variables that only the configuration has.
func (m *jwtCustomizer) CopyWriteOnly(config *jwtCustomizer) { m.EnvWO = config.EnvWO }

// Validate warns of a setting without effect.
func (m *jwtCustomizer) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.BlockIssuanceOnError.ValueBool() {
		framework.Warn(diags, "block_issuance_on_error", "Logto issues tokens all the same when the script fails",
			"Logto stores block_issuance_on_error and ignores it, unless the server runs with development features (DEV_FEATURES_ENABLED). "+
				"To issue no token when something is wrong, catch errors in the script and call api.denyAccess().")
	}
}

func (m *jwtCustomizer) Expand(ctx context.Context) (logto.ScriptInput, diag.Diagnostics) {
	in, diags := m.expand(ctx)
	if m.BlockIssuanceOnError.ValueBool() { // false is the default, and Logto before 1.39 refuses the key
		in.BlockIssuanceOnError = flex.BoolPointer(m.BlockIssuanceOnError)
	}
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
