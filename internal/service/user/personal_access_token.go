// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var personalAccessTokens = framework.Define[personalAccessToken]("personal_access_token", personalAccessTokenSchema, (*logto.Client).PersonalAccessTokens, "user_id", "name").MutableIdentity()

var personalAccessTokenSchema = schema.Schema{
	MarkdownDescription: "A personal access token of a user. An application exchanges it for access tokens of the user, without the password of the user. " +
		"Its value is stored in the state; that of the ephemeral resource `logto_personal_access_token` is not.",
	Attributes: map[string]schema.Attribute{
		"user_id": schemas.ReferenceAttribute("ID of the user.", validators.IDOf("user")),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the token." + planmodifiers.ForResource("It must be unique for the user."),
			Required:            true,
			Validators:          []validator.String{validators.Length(1, 256)},
		},
		"expires_at": schema.StringAttribute{
			MarkdownDescription: "Time at which the token expires, in RFC 3339 format, such as `2030-01-31T00:00:00Z`. Logto stores milliseconds. If it is not set, the token does not expire." + planmodifiers.ForResource("It must be in the future when the token is created."),
			CustomType:          customtypes.RFC3339Type{},
			Optional:            true,
			PlanModifiers:       []planmodifier.String{planmodifiers.ReplaceOnNewTime()},
		},
		"created_at": schemas.MomentAttribute("Time at which the token was created, in RFC 3339 format."),
		"value": schema.StringAttribute{
			MarkdownDescription: "Value of the token.",
			Computed:            true,
			Sensitive:           true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
	},
}

// personalAccessTokenData is what the data source shows: no values, which a list of what
// expires does not need, and which would be in the state.
var personalAccessTokenData = framework.Define[shownAccessToken]("personal_access_token", schema.Schema{
	MarkdownDescription: personalAccessTokenSchema.MarkdownDescription,
	Attributes:          schemas.Replaced(personalAccessTokenSchema.Attributes, nil, "value"),
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
	UserID    types.String        `tfsdk:"user_id"`
	Name      types.String        `tfsdk:"name"`
	ExpiresAt customtypes.RFC3339 `tfsdk:"expires_at"`
	Value     types.String        `tfsdk:"value"`
	CreatedAt customtypes.RFC3339 `tfsdk:"created_at"`
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
	m.Name = types.StringValue(t.Name)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, t.ExpiresAt)
	m.Value = types.StringValue(t.Value)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, t.CreatedAt)
	return nil
}

// IsOver reports whether the token has expired.
func (m *personalAccessToken) IsOver(now time.Time) bool {
	return customtypes.HasEnded(m.ExpiresAt, now)
}

// CheckWrite finds an end of a new token that is over. That of an old one may be.
func (m *personalAccessToken) CheckWrite(_ context.Context, c *logto.Client, state *personalAccessToken, diags *diag.Diagnostics) {
	had := customtypes.NewRFC3339Null()
	if state != nil && m.UserID.Equal(state.UserID) {
		had = state.ExpiresAt
	}
	framework.CheckEnd("expires_at", m.ExpiresAt, had, c.Now(), diags)
}
