// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var userRoles = framework.Define[userRole]("user_role", userRoleSchema, (*logto.Client).UserRoles, "user_id", "role_id")

var userRoleSchema = schema.Schema{
	MarkdownDescription: "One role that a user has. It leaves the user's other roles alone, so that modules can give roles to users that they do not own. " +
		"Do not use it together with `role_ids` of the same `logto_user`.",
	Attributes: map[string]schema.Attribute{
		"user_id": schemas.ReferenceAttribute("ID of the user."),
		"role_id": schemas.ReferenceAttribute("ID of the role, which has to be of type `User`."),
	},
}

type userRole struct {
	UserID types.String `tfsdk:"user_id"`
	RoleID types.String `tfsdk:"role_id"`
}

func (m *userRole) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

func (m *userRole) Flatten(_ context.Context, l *logto.Link) diag.Diagnostics {
	m.UserID, m.RoleID = types.StringValue(l.Parent), types.StringValue(l.Child)
	return nil
}

// LinkClaims says that the resource manages one role of the user.
func (m *userRole) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: rolesOwned, Parent: m.UserID.ValueString()}}
}
