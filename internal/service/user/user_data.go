// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// userData is what the data sources show: the user, and what sign-ins change.
var userData = framework.Define[shownUser]("user", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: userSchema().MarkdownDescription,
		Attributes: schemas.Replaced(userSchema().Attributes, map[string]schema.Attribute{
			"has_password":    schemas.ShownBoolAttribute("Whether the user has a password."),
			"last_sign_in_at": schemas.ShownTimeAttribute("Time of the last sign-in of the user, in RFC 3339 format; null before the first one."),
			"updated_at":      schemas.ShownTimeAttribute("Time of the last change of the user, in RFC 3339 format. A sign-in is a change."),
			"application_id":  schemas.ShownAttribute("ID of the application with which the user signed up; null for other users."),
			"identities": schema.MapNestedAttribute{
				MarkdownDescription: "Social identities of the user, by the `target` of the connectors of the social provider, such as `github`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"provider_user_id": schemas.ShownAttribute("ID of the user at the provider."),
					"details":          schemas.ShownJSONAttribute("Profile of the user at the provider, as a JSON object; null if Logto has none."),
				}},
			},
			"sso_identities": ssoIdentitiesAttribute("Identities of the user at identity providers of enterprise connectors."),
		}),
	}
}, (*logto.Client).Users).OmitFromPlural("role_ids", "logto_configs", "sso_identities")

func ssoIdentitiesAttribute(description string) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: description,
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"sso_connector_id": schemas.ShownAttribute("ID of the enterprise connector."),
			"issuer":           schemas.ShownAttribute("Issuer or entity ID of the identity provider."),
			"identity_id":      schemas.ShownAttribute("ID of the user at the identity provider."),
			"detail":           schemas.ShownJSONAttribute("Profile of the user at the identity provider, as a JSON object."),
			"created_at":       schemas.ShownTimeAttribute("Time at which the identity was created, in RFC 3339 format."),
			"updated_at":       schemas.ShownTimeAttribute("Time of the last change of the identity, in RFC 3339 format."),
		}},
	}
}

type shownUser struct {
	user
	HasPassword   types.Bool          `tfsdk:"has_password"`
	LastSignInAt  customtypes.RFC3339 `tfsdk:"last_sign_in_at"`
	UpdatedAt     customtypes.RFC3339 `tfsdk:"updated_at"`
	ApplicationID types.String        `tfsdk:"application_id"`
	Identities    types.Map           `tfsdk:"identities"`
	SSOIdentities types.List          `tfsdk:"sso_identities"`
}

var _ framework.ModelWithAfterRead = (*shownUser)(nil)

// Flatten takes over the user and the social identities, which come with it.
func (m *shownUser) Flatten(ctx context.Context, u *logto.User) diag.Diagnostics {
	diags := m.user.Flatten(ctx, u)
	m.HasPassword = types.BoolPointerValue(u.HasPassword)
	m.LastSignInAt = customtypes.TimeValue(m.LastSignInAt, u.LastSignInAt)
	m.UpdatedAt = customtypes.MomentValue(m.UpdatedAt, u.UpdatedAt)
	m.ApplicationID = types.StringPointerValue(u.ApplicationID)
	identities := map[string]any{}
	for target, identity := range u.Identities {
		identities[target] = map[string]any{"providerUserId": identity.UserID, "details": identity.Details}
	}
	m.Identities = flex.FlattenNested(ctx, m.Identities, identities, &diags)
	return diags
}

// AfterRead reads the roles, the settings and the enterprise identities.
func (m *shownUser) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if err := m.user.AfterRead(ctx, c, purpose); err != nil {
		return err
	}
	found, err := c.SSOIdentities(ctx, m.ID.ValueString())
	if err != nil {
		return err
	}
	var diags diag.Diagnostics
	m.SSOIdentities = flex.FlattenNested(ctx, m.SSOIdentities, found, &diags)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return nil
}
