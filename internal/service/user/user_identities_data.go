// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func userIdentitiesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The identities with which a user can sign in: social identities, and those at identity providers of enterprise connectors.",
		Attributes: map[string]schema.Attribute{
			"user_id": schema.StringAttribute{MarkdownDescription: "ID of the user.", Required: true},
			"user_identities": schema.ListNestedAttribute{
				MarkdownDescription: "Social identities of the user, by the name of the provider.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"target":           schema.StringAttribute{MarkdownDescription: "Social provider: the `target` of its connectors, such as `github`.", Computed: true},
					"provider_user_id": schema.StringAttribute{MarkdownDescription: "ID of the user at the provider.", Computed: true},
					"details": schema.StringAttribute{MarkdownDescription: "Profile of the user at the provider, as a JSON object; null if Logto has none.",
						Computed: true, CustomType: customtypes.NormalizedType{}},
				}},
			},
			"sso_identities": schema.ListNestedAttribute{
				MarkdownDescription: "Identities of the user at identity providers of enterprise connectors.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"sso_connector_id": schema.StringAttribute{MarkdownDescription: "ID of the enterprise connector.", Computed: true},
					"issuer":           schema.StringAttribute{MarkdownDescription: "Issuer or entity ID of the identity provider.", Computed: true},
					"identity_id":      schema.StringAttribute{MarkdownDescription: "ID of the user at the identity provider.", Computed: true},
					"detail": schema.StringAttribute{MarkdownDescription: "Profile of the user at the identity provider, as a JSON object.",
						Computed: true, CustomType: customtypes.NormalizedType{}},
					"created_at": schema.StringAttribute{MarkdownDescription: "Time at which the identity was created, in RFC 3339 format.",
						Computed: true, CustomType: customtypes.RFC3339Type{}},
					"updated_at": schema.StringAttribute{MarkdownDescription: "Time of the last change of the identity, in RFC 3339 format.",
						Computed: true, CustomType: customtypes.RFC3339Type{}},
				}},
			},
		},
	}
}

type userIdentitiesData struct {
	UserID     types.String     `tfsdk:"user_id"`
	Social     []socialIdentity `tfsdk:"user_identities"`
	Enterprise []ssoIdentity    `tfsdk:"sso_identities"`
}

type socialIdentity struct {
	Target         types.String           `tfsdk:"target"`
	ProviderUserID types.String           `tfsdk:"provider_user_id"`
	Details        customtypes.Normalized `tfsdk:"details"`
}

type ssoIdentity struct {
	SSOConnectorID types.String           `tfsdk:"sso_connector_id"`
	Issuer         types.String           `tfsdk:"issuer"`
	IdentityID     types.String           `tfsdk:"identity_id"`
	Detail         customtypes.Normalized `tfsdk:"detail"`
	CreatedAt      customtypes.RFC3339    `tfsdk:"created_at"`
	UpdatedAt      customtypes.RFC3339    `tfsdk:"updated_at"`
}

// Read reads both kinds of identities.
func (m *userIdentitiesData) Read(ctx context.Context, c *logto.Client) error {
	social, err := c.UserIdentities().Search(ctx, []string{m.UserID.ValueString()}, nil)
	if err != nil {
		return err
	}
	enterprise, err := c.SSOIdentities(ctx, m.UserID.ValueString())
	if err != nil {
		return err
	}
	m.Social, m.Enterprise = []socialIdentity{}, []ssoIdentity{}
	for _, i := range social {
		m.Social = append(m.Social, socialIdentity{types.StringValue(i.Target), types.StringValue(i.UserID), customtypes.JSONValue(i.Details)})
	}
	never := customtypes.NewRFC3339Null()
	for _, i := range enterprise {
		m.Enterprise = append(m.Enterprise, ssoIdentity{
			SSOConnectorID: types.StringValue(i.SSOConnectorID),
			Issuer:         types.StringValue(i.Issuer),
			IdentityID:     types.StringValue(i.IdentityID),
			Detail:         customtypes.JSONValue(i.Detail),
			CreatedAt:      customtypes.MomentValue(never, i.CreatedAt),
			UpdatedAt:      customtypes.MomentValue(never, i.UpdatedAt),
		})
	}
	return nil
}
