// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var userRoles = framework.Define[userRole]("user_role", userRoleSchema, (*logto.Client).UserRoles, "user_id", "role_id")

func userRoleSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Assigns a single role to a user. " +
			schemas.OneOfMany("roles", "user", "assign roles to a user", "the attribute `role_ids` of the same `logto_user`"),
		Attributes: map[string]schema.Attribute{
			"user_id": schemas.ReferenceAttribute("ID of the user.", validators.IDOf("user")),
			"role_id": schemas.ReferenceAttribute("ID of the role, which must be of type `User`.", validators.IDOf("role")),
		},
	}
}

type userRole struct {
	UserID types.String `tfsdk:"user_id"`
	RoleID types.String `tfsdk:"role_id"`
	framework.KeyOnly
}

var _ framework.ModelWithLinkClaims = (*userRole)(nil)

func (m *userRole) Flatten(_ context.Context, l *logto.Link) diag.Diagnostics {
	m.UserID, m.RoleID = types.StringValue(l.Parent), types.StringValue(l.Child)
	return nil
}

// LinkClaims says that the resource manages one role of the user.
func (m *userRole) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: rolesOwned, Parent: m.UserID.ValueString()}}
}
