// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var roleScopes = framework.Define[roleScope]("organization_role_scope", roleScopeSchema, (*logto.Client).OrganizationRoleScopesOfAnyKind, "role_id", "scope_id")

var scopeKinds = validators.Enum{logto.ScopeOfOrganization, logto.ScopeOfResource}

func roleScopeSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Assigns a single scope to an organization role. " +
			schemas.OneOfMany("scopes", "role", "add scopes to a role", "the attributes `scope_ids` and `resource_scope_ids` of the same `logto_organization_role`"),
		Attributes: map[string]schema.Attribute{
			"role_id":  schemas.ReferenceAttribute("ID of the organization role.", validators.IDOf("organization_role")),
			"scope_id": schemas.ReferenceAttribute("ID of the organization scope, or of the scope of an API resource.", validators.IDOf("organization_scope")),
			"kind": schema.StringAttribute{
				MarkdownDescription: "Kind of the scope: " + scopeKinds.String() + ". The first one is a `logto_organization_scope`, the second one a scope of an API resource.",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(logto.ScopeOfOrganization),
				Validators:          []validator.String{scopeKinds.OneOf()},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
		},
	}
}

type roleScope struct {
	RoleID  types.String `tfsdk:"role_id"`
	ScopeID types.String `tfsdk:"scope_id"`
	Kind    types.String `tfsdk:"kind"`
}

var _ framework.ModelWithLinkClaims = (*roleScope)(nil)

func (m *roleScope) Expand(context.Context) (string, diag.Diagnostics) {
	return m.Kind.ValueString(), nil
}

func (m *roleScope) Flatten(_ context.Context, l *logto.OrganizationRoleScope) diag.Diagnostics {
	m.RoleID, m.ScopeID, m.Kind = types.StringValue(l.Role), types.StringValue(l.Scope), types.StringValue(l.Kind)
	return nil
}

// LinkClaims says that the resource manages one scope of the role.
func (m *roleScope) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: scopesOwned[m.Kind.ValueString()], Parent: m.RoleID.ValueString()}}
}
