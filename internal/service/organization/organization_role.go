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
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var roles = framework.Define[role]("organization_role", roleSchema, (*logto.Client).OrganizationRoles)

func roleSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An organization role of the organization template: a set of scopes that members of an organization can have. " +
			"All organizations share it. Use `logto_organization_member` and `logto_organization_application` to assign it to members of an organization.",
		Attributes: map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the organization role."+planmodifiers.ForResource("It must be unique in the organization template."), 128),
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the organization role." + planmodifiers.EmptyIsNone,
				Optional:            true,
				Validators:          []validator.String{validators.LengthAtMost(256)},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the organization role, which says who can have it: " + roleTypes.String() + "." + planmodifiers.ForResource("A replacement removes the role from all members."),
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(ofUsers),
				Validators:          []validator.String{roleTypes.OneOf()},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"scope_ids":          scopeSet("organization scopes (`logto_organization_scope`)", validators.IDOf("organization_scope")),
			"resource_scope_ids": scopeSet("scopes of API resources", validators.APIScope),
		},
	}
}

func scopeSet(what string, of validators.Target) schema.SetAttribute {
	return schemas.LinkSetAttribute("IDs of the "+what+" that the organization role has."+planmodifiers.ForResource("Use `logto_organization_role_scope` to manage single scopes instead."), of)
}

type role struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Description      types.String `tfsdk:"description"`
	Type             types.String `tfsdk:"type"`
	ScopeIDs         types.Set    `tfsdk:"scope_ids"`
	ResourceScopeIDs types.Set    `tfsdk:"resource_scope_ids"`
}

var (
	_ framework.ModelWithAfterWrite[role] = (*role)(nil)
	_ framework.ModelWithAfterRead        = (*role)(nil)
	_ framework.ModelWithLinkClaims       = (*role)(nil)
	_ framework.ModelWithDisplayName      = (*role)(nil)
)

func (m *role) Expand(context.Context) (logto.OrganizationRoleInput, diag.Diagnostics) {
	return logto.OrganizationRoleInput{
		Name:        m.Name.ValueString(),
		Description: flex.NonEmptyPointer(m.Description),
		Type:        m.Type.ValueString(),
	}, nil
}

func (m *role) Flatten(_ context.Context, r *logto.OrganizationRole) diag.Diagnostics {
	if m.ID.IsNull() && r.Scopes != nil { // a data source or a list, where the scopes come along
		m.ScopeIDs, m.ResourceScopeIDs = flex.LinksValue(logto.IDs(r.Scopes)), flex.LinksValue(logto.IDs(r.ResourceScopes))
	}
	m.ID = types.StringValue(r.ID)
	m.Name = types.StringValue(r.Name)
	m.Description = flex.NonEmptyValue(m.Description, r.Description)
	m.Type = types.StringValue(r.Type)
	return nil
}

// AfterWrite links the scopes that are listed.
func (m *role) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *role) error {
	var linked, linkedToAPIs *types.Set
	if prior != nil {
		linked, linkedToAPIs = &prior.ScopeIDs, &prior.ResourceScopeIDs
	}
	if err := framework.SaveLinks(ctx, c.OrganizationRoleScopes(), "scope_ids", m.ID, planned.ScopeIDs, linked); err != nil {
		return err
	}
	return framework.SaveLinks(ctx, c.OrganizationRoleResourceScopes(), "resource_scope_ids", m.ID, planned.ResourceScopeIDs, linkedToAPIs)
}

// AfterRead reads the scopes that are managed.
func (m *role) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if err := framework.LoadLinks(ctx, c.OrganizationRoleScopes(), m.ID, &m.ScopeIDs, purpose); err != nil {
		return err
	}
	return framework.LoadLinks(ctx, c.OrganizationRoleResourceScopes(), m.ID, &m.ResourceScopeIDs, purpose)
}

// The names of the links, for the warning about two resources that manage them.
var scopesOwned = map[string]string{
	logto.ScopeOfOrganization: "organization scopes of the organization role",
	logto.ScopeOfResource:     "API scopes of the organization role",
}

// LinkClaims says which of the role's scopes are managed as a whole.
func (m *role) LinkClaims() []framework.LinkClaim {
	var owned []framework.LinkClaim
	if !m.ScopeIDs.IsNull() {
		owned = append(owned, framework.LinkClaim{Links: scopesOwned[logto.ScopeOfOrganization], Parent: m.ID.ValueString(), All: true, Attribute: "scope_ids",
			Children: flex.Elements(m.ScopeIDs)})
	}
	if !m.ResourceScopeIDs.IsNull() {
		owned = append(owned, framework.LinkClaim{Links: scopesOwned[logto.ScopeOfResource], Parent: m.ID.ValueString(), All: true, Attribute: "resource_scope_ids",
			Children: flex.Elements(m.ResourceScopeIDs)})
	}
	return owned
}

// DisplayName names the role in lists.
func (m *role) DisplayName() string { return m.Name.ValueString() }
