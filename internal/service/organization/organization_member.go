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

var members = framework.Define[member]("organization_member", memberSchema, (*logto.Client).OrganizationMembers, "organization_id", "user_id")

func memberSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Adds a user to an organization as a member, and assigns organization roles to the member. Other members of the organization are not affected.",
		Attributes: map[string]schema.Attribute{
			"organization_id": schemas.ReferenceAttribute("ID of the organization.", validators.IDOf("organization")),
			"user_id":         schemas.ReferenceAttribute("ID of the user.", validators.IDOf("user")),
			"role_ids":        roleIDs(ofUsers),
		},
	}
}

type member struct {
	OrganizationID types.String `tfsdk:"organization_id"`
	MemberID       types.String `tfsdk:"user_id"`
	memberRoles
}

var (
	_ framework.ModelWithModifyPlan[member] = (*member)(nil)
	_ framework.ModelWithCheckWrite[member] = (*member)(nil)
	_ framework.ModelWithAfterWrite[member] = (*member)(nil)
	_ framework.ModelWithAfterRead          = (*member)(nil)
)

func (m *member) Flatten(_ context.Context, l *logto.Membership) diag.Diagnostics {
	(*membership)(m).take(l)
	return nil
}

// ModifyPlan refuses roles that users cannot have.
func (m *member) ModifyPlan(ctx context.Context, c *logto.Client, _, state *member, resp *resource.ModifyPlanResponse) {
	refuseTypes(ctx, c, (*membership)(m).newRoles(ofUsers, (*membership)(state)), &resp.Diagnostics)
}

// CheckWrite finds roles that do not exist.
func (m *member) CheckWrite(ctx context.Context, c *logto.Client, state *member, diags *diag.Diagnostics) {
	findMissing(ctx, c, (*membership)(m).newRoles(ofUsers, (*membership)(state)), diags)
}

// AfterWrite gives the member the roles that role_ids lists.
func (m *member) AfterWrite(ctx context.Context, c *logto.Client, planned, _ *member) error {
	return (*membership)(m).save(ctx, c.OrganizationMembers(), planned.RoleIDs)
}

// AfterRead reads the member's roles when they are managed.
func (m *member) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	return (*membership)(m).load(ctx, c.OrganizationMembers(), purpose)
}
