// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applicationRoles = framework.Define[applicationRole]("application_role", applicationRoleSchema, (*logto.Client).ApplicationRoles, "application_id", "role_id")

var applicationRoleSchema = schema.Schema{
	MarkdownDescription: "One role that a machine-to-machine application has. It leaves the application's other roles alone, so that modules can give roles to an application that they do not own. " +
		"Do not use it together with `role_ids` of the same `logto_application`.",
	Attributes: map[string]schema.Attribute{
		"application_id": schemas.ReferenceAttribute("ID of the application, of type `MachineToMachine`."),
		"role_id":        schemas.ReferenceAttribute("ID of the role, of type `MachineToMachine`."),
	},
}

type applicationRole struct {
	ApplicationID types.String `tfsdk:"application_id"`
	RoleID        types.String `tfsdk:"role_id"`
}

func (m *applicationRole) Expand(context.Context) (struct{}, diag.Diagnostics) {
	return struct{}{}, nil
}

func (m *applicationRole) Flatten(_ context.Context, l *logto.Link) diag.Diagnostics {
	m.ApplicationID, m.RoleID = types.StringValue(l.Parent), types.StringValue(l.Child)
	return nil
}

// LinkClaims says that the resource manages one role of the application.
func (m *applicationRole) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: rolesOwned, Parent: m.ApplicationID.ValueString()}}
}
