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

// userOrganizations can only be read: logto_organization_member makes a member.
var userOrganizations = framework.Define[userOrganization]("user_organization", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An organization of which a user is a member.",
		Attributes: map[string]schema.Attribute{
			"user_id":         schemas.ShownAttribute("ID of the user."),
			"organization_id": schemas.ShownAttribute("ID of the organization."),
			"name":            schemas.ShownAttribute("Name of the organization."),
			"description":     schemas.ShownAttribute("Description of the organization; null if it has none."),
			"custom_data":     schemas.ShownJSONAttribute("Custom data of the organization, as a JSON object."),
			"is_mfa_required": schemas.ShownBoolAttribute("Whether members need multi-factor authentication (MFA) to get tokens for the organization."),
			"created_at":      schemas.ShownTimeAttribute("Time at which the organization was created, in RFC 3339 format."),
			"role_ids": schema.SetAttribute{
				MarkdownDescription: "IDs of the organization roles that the user has in the organization.",
				ElementType:         types.StringType,
				Computed:            true,
			},
		},
	}
}, (*logto.Client).UserOrganizations, "user_id", "organization_id")

type userOrganization struct {
	UserID         types.String           `tfsdk:"user_id"`
	OrganizationID types.String           `tfsdk:"organization_id"`
	Name           types.String           `tfsdk:"name"`
	Description    types.String           `tfsdk:"description"`
	CustomData     customtypes.Normalized `tfsdk:"custom_data"`
	IsMFARequired  types.Bool             `tfsdk:"is_mfa_required"`
	CreatedAt      customtypes.RFC3339    `tfsdk:"created_at"`
	RoleIDs        types.Set              `tfsdk:"role_ids"`
}

// Expand is not used: data sources write nothing.
func (m *userOrganization) Expand(context.Context) (struct{}, diag.Diagnostics) {
	return struct{}{}, nil
}

func (m *userOrganization) Flatten(_ context.Context, o *logto.UserOrganization) diag.Diagnostics {
	*m = userOrganization{
		UserID:         types.StringValue(o.UserID),
		OrganizationID: types.StringValue(o.ID),
		Name:           types.StringValue(o.Name),
		Description:    types.StringPointerValue(o.Description),
		CustomData:     customtypes.JSONValue(o.CustomData),
		IsMFARequired:  types.BoolPointerValue(o.IsMFARequired),
		CreatedAt:      customtypes.MomentValue(customtypes.NewRFC3339Null(), o.CreatedAt),
		RoleIDs:        flex.StringSet(logto.IDs(o.OrganizationRoles)),
	}
	return nil
}
