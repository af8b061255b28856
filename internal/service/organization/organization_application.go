// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applications = framework.Define[application]("organization_application", applicationSchema, (*logto.Client).OrganizationApplications, "organization_id", "application_id")

func applicationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Adds a machine-to-machine application to an organization, so that it can get tokens for the organization, and assigns organization roles to it. Other applications of the organization are not affected.",
		Attributes: map[string]schema.Attribute{
			"organization_id": schemas.ReferenceAttribute("ID of the organization.", validators.IDOf("organization")),
			"application_id":  schemas.ReferenceAttribute("ID of the application, which must be of type `MachineToMachine`.", validators.IDOf("application")),
			"role_ids":        roleIDs(ofMachines),
		},
	}
}

type application struct {
	OrganizationID types.String `tfsdk:"organization_id"`
	MemberID       types.String `tfsdk:"application_id"`
	memberRoles
}

var (
	_ framework.ModelWithModifyPlan[application] = (*application)(nil)
	_ framework.ModelWithCheckWrite[application] = (*application)(nil)
	_ framework.ModelWithAfterWrite[application] = (*application)(nil)
	_ framework.ModelWithAfterRead               = (*application)(nil)
)

func (m *application) Flatten(_ context.Context, l *logto.Membership) diag.Diagnostics {
	(*membership)(m).take(l)
	return nil
}

// ModifyPlan refuses roles that applications cannot have.
func (m *application) ModifyPlan(ctx context.Context, c *logto.Client, _, state *application, resp *resource.ModifyPlanResponse) {
	refuseTypes(ctx, c, (*membership)(m).newRoles(ofMachines, (*membership)(state)), &resp.Diagnostics)
}

// CheckWrite finds roles that do not exist.
func (m *application) CheckWrite(ctx context.Context, c *logto.Client, state *application, diags *diag.Diagnostics) {
	findMissing(ctx, c, (*membership)(m).newRoles(ofMachines, (*membership)(state)), diags)
}

// AfterWrite gives the application the roles that role_ids lists.
func (m *application) AfterWrite(ctx context.Context, c *logto.Client, planned, _ *application) error {
	return (*membership)(m).save(ctx, c.OrganizationApplications(), planned.RoleIDs)
}

// AfterRead reads the application's roles when they are managed.
func (m *application) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	return (*membership)(m).load(ctx, c.OrganizationApplications(), purpose)
}
