// SPDX-License-Identifier: MPL-2.0

package application

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

var applicationRoles = framework.Define[applicationRole]("application_role", applicationRoleSchema, (*logto.Client).ApplicationRoles, "application_id", "role_id")

func applicationRoleSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Assigns a single role to a machine-to-machine application. " +
			schemas.OneOfMany("roles", "application", "assign roles to an application", "the attribute `role_ids` of the same `logto_application`"),
		Attributes: map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application, which must be of type `MachineToMachine`.", validators.IDOf("application")),
			"role_id":        schemas.ReferenceAttribute("ID of the role, which must be of type `MachineToMachine`.", validators.IDOf("role")),
		},
	}
}

type applicationRole struct {
	ApplicationID types.String `tfsdk:"application_id"`
	RoleID        types.String `tfsdk:"role_id"`
	framework.KeyOnly
}

var (
	_ framework.ModelWithGuardDelete = (*applicationRole)(nil)
	_ framework.ModelWithLinkClaims  = (*applicationRole)(nil)
)

func (m *applicationRole) Flatten(_ context.Context, l *logto.Link) diag.Diagnostics {
	m.ApplicationID, m.RoleID = types.StringValue(l.Parent), types.StringValue(l.Child)
	return nil
}

// LinkClaims says that the resource manages one role of the application.
func (m *applicationRole) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: rolesOwned, Parent: m.ApplicationID.ValueString()}}
}
