// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var personalAccessTokens = framework.Define[personalAccessToken]("personal_access_token", personalAccessTokenSchema, (*logto.Client).PersonalAccessTokens, "user_id", "name").MutableIdentity()

// longestTokenName is how many characters the name of a token can have.
const longestTokenName = 256

func personalAccessTokenSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A personal access token of a user. An application exchanges it for access tokens of the user, without the password of the user. " +
			"Its value is stored in the state; that of the ephemeral resource `logto_personal_access_token` is not.",
		Attributes: map[string]schema.Attribute{
			"user_id":    schemas.ReferenceAttribute("ID of the user.", validators.IDOf("user")),
			"name":       schemas.TextAttribute("Name of the token."+planmodifiers.ForResource("It must be unique for the user."), longestTokenName),
			"expires_at": schemas.EndAttribute("Time at which the token expires, in RFC 3339 format, such as `2030-01-31T00:00:00Z`. Logto stores milliseconds. If it is not set, the token does not expire." + planmodifiers.ForResource("It must be in the future when the token is created.")),
			"created_at": schemas.MomentAttribute("Time at which the token was created, in RFC 3339 format."),
			"value":      schemas.GeneratedSecretAttribute("Value of the token."),
		},
	}
}

// personalAccessTokenData is what the data source shows: no values, which a list of what
// expires does not need, and which would be in the state.
var personalAccessTokenData = framework.Define[shownAccessToken]("personal_access_token", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: personalAccessTokenSchema().MarkdownDescription,
		Attributes:          schemas.Replaced(personalAccessTokenSchema().Attributes, nil, "value"),
	}
}, (*logto.Client).PersonalAccessTokens, "user_id", "name")

type shownAccessToken struct {
	UserID    types.String        `tfsdk:"user_id"`
	Name      types.String        `tfsdk:"name"`
	ExpiresAt customtypes.RFC3339 `tfsdk:"expires_at"`
	CreatedAt customtypes.RFC3339 `tfsdk:"created_at"`
}

// Expand is not used: data sources write nothing.
func (m *shownAccessToken) Expand(context.Context) (logto.PersonalAccessTokenInput, diag.Diagnostics) {
	return logto.PersonalAccessTokenInput{}, nil
}

func (m *shownAccessToken) Flatten(_ context.Context, t *logto.PersonalAccessToken) diag.Diagnostics {
	m.UserID = types.StringValue(t.UserID)
	m.Name = types.StringValue(t.Name)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, t.ExpiresAt)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, t.CreatedAt)
	return nil
}

type personalAccessToken struct {
	UserID types.String `tfsdk:"user_id"`
	framework.NamedSecret
}

var (
	_ framework.ModelWithCheckWrite[personalAccessToken] = (*personalAccessToken)(nil)
	_ framework.ModelWithIsOver                          = (*personalAccessToken)(nil)
)

func (m *personalAccessToken) Expand(context.Context) (logto.PersonalAccessTokenInput, diag.Diagnostics) {
	return logto.PersonalAccessTokenInput{Name: m.Name.ValueString(), ExpiresAt: customtypes.Milliseconds(m.ExpiresAt)}, nil
}

func (m *personalAccessToken) Flatten(_ context.Context, t *logto.PersonalAccessToken) diag.Diagnostics {
	m.UserID = types.StringValue(t.UserID)
	m.Take(t.Name, t.CreatedAt, t.ExpiresAt, t.Value)
	return nil
}

// CheckWrite refuses a new token that has ended already. An old one may have.
func (m *personalAccessToken) CheckWrite(_ context.Context, c *logto.Client, state *personalAccessToken, diags *diag.Diagnostics) {
	var prior *framework.NamedSecret
	if state != nil && m.UserID.Equal(state.UserID) {
		prior = &state.NamedSecret
	}
	m.CheckEnd(prior, c.Now(), diags)
}
