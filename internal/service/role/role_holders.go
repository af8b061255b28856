// SPDX-License-Identifier: MPL-2.0

package role

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// roleUsers and roleApplications say who has a role. They can only be read:
// logto_user_role and logto_application_role assign a role.
var (
	roleUsers = framework.Define[roleUser]("role_user", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "A user who has a role.",
			Attributes: map[string]schema.Attribute{
				"role_id":       schemas.ShownAttribute("ID of the role."),
				"user_id":       schemas.ShownAttribute("ID of the user."),
				"name":          schemas.ShownAttribute("Full name of the user."),
				"username":      schemas.ShownAttribute("Username of the user."),
				"primary_email": schemas.ShownAttribute("Email address of the user."),
				"primary_phone": schemas.ShownAttribute("Phone number of the user."),
				"avatar":        schemas.ShownAttribute("URL of the avatar of the user."),
				"is_suspended":  schemas.ShownBoolAttribute("Whether the user is suspended and cannot sign in."),
			},
		}
	}, (*logto.Client).RoleUsers, "role_id", "user_id")
	roleApplications = framework.Define[roleApplication]("role_application", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "A machine-to-machine application that has a role.",
			Attributes: map[string]schema.Attribute{
				"role_id":        schemas.ShownAttribute("ID of the role."),
				"application_id": schemas.ShownAttribute("ID of the application."),
				"name":           schemas.ShownAttribute("Name of the application."),
			},
		}
	}, (*logto.Client).RoleApplications, "role_id", "application_id")
)

type roleUser struct {
	RoleID       types.String `tfsdk:"role_id"`
	UserID       types.String `tfsdk:"user_id"`
	Name         types.String `tfsdk:"name"`
	Username     types.String `tfsdk:"username"`
	PrimaryEmail types.String `tfsdk:"primary_email"`
	PrimaryPhone types.String `tfsdk:"primary_phone"`
	Avatar       types.String `tfsdk:"avatar"`
	IsSuspended  types.Bool   `tfsdk:"is_suspended"`
}

// Expand is not used: data sources write nothing.
func (m *roleUser) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

func (m *roleUser) Flatten(_ context.Context, u *logto.RoleUser) diag.Diagnostics {
	*m = roleUser{
		RoleID:       types.StringValue(u.RoleID),
		UserID:       types.StringValue(u.ID),
		Name:         types.StringPointerValue(u.Name),
		Username:     types.StringPointerValue(u.Username),
		PrimaryEmail: types.StringPointerValue(u.PrimaryEmail),
		PrimaryPhone: types.StringPointerValue(u.PrimaryPhone),
		Avatar:       types.StringPointerValue(u.Avatar),
		IsSuspended:  types.BoolValue(u.IsSuspended),
	}
	return nil
}

type roleApplication struct {
	RoleID        types.String `tfsdk:"role_id"`
	ApplicationID types.String `tfsdk:"application_id"`
	Name          types.String `tfsdk:"name"`
}

// Expand is not used: data sources write nothing.
func (m *roleApplication) Expand(context.Context) (struct{}, diag.Diagnostics) {
	return struct{}{}, nil
}

func (m *roleApplication) Flatten(_ context.Context, a *logto.RoleApplication) diag.Diagnostics {
	*m = roleApplication{RoleID: types.StringValue(a.RoleID), ApplicationID: types.StringValue(a.ID), Name: types.StringValue(a.Name)}
	return nil
}
