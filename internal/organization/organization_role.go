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

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var roles = kit.New[role]("organization_role", roleSchema, (*logto.Client).OrganizationRoles)

var roleSchema = schema.Schema{
	MarkdownDescription: "An organization role of the organization template: a set of scopes that members of an organization can have. " +
		"All organizations share it. Use `logto_organization_member` and `logto_organization_application` to assign it to members of an organization.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the organization role." + kit.ForResource("It must be unique in the organization template."),
			Required:            true,
			Validators:          []validator.String{kit.Length(1, 128)},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "Description of the organization role." + kit.EmptyIsNone,
			Optional:            true,
			Validators:          []validator.String{kit.LengthAtMost(256)},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Type of the organization role, which says who can have it: " + roleTypes.String() + "." + kit.ForResource("A replacement removes the role from all members."),
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString(ofUsers),
			Validators:          []validator.String{roleTypes.Validator()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"scope_ids":          scopeSet("organization scopes (`logto_organization_scope`)", kit.IDOf("organization_scope")),
		"resource_scope_ids": scopeSet("scopes of API resources", kit.APIScope),
	},
}

func scopeSet(what string, of kit.Target) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: "IDs of the " + what + " that the organization role has." + kit.ForResource("Use `logto_organization_role_scope` to manage single scopes instead."),
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Set{kit.RefersTo(of)},
		PlanModifiers:       []planmodifier.Set{kit.LinkSet(kit.NullSet)},
	}
}

type role struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Description      types.String `tfsdk:"description"`
	Type             types.String `tfsdk:"type"`
	ScopeIDs         types.Set    `tfsdk:"scope_ids"`
	ResourceScopeIDs types.Set    `tfsdk:"resource_scope_ids"`
}

func (m *role) Expand(context.Context) (logto.OrganizationRoleInput, diag.Diagnostics) {
	return logto.OrganizationRoleInput{
		Name:        m.Name.ValueString(),
		Description: kit.TextOrNothing(m.Description),
		Type:        m.Type.ValueString(),
	}, nil
}

func (m *role) Flatten(_ context.Context, r *logto.OrganizationRole) diag.Diagnostics {
	if m.ID.IsNull() && r.Scopes != nil { // a data source or a list, where the scopes come along
		m.ScopeIDs, m.ResourceScopeIDs = kit.LinksValue(logto.IDs(r.Scopes)), kit.LinksValue(logto.IDs(r.ResourceScopes))
	}
	m.ID = types.StringValue(r.ID)
	m.Name = types.StringValue(r.Name)
	m.Description = kit.TextOrNothingValue(m.Description, r.Description)
	m.Type = types.StringValue(r.Type)
	return nil
}

// Save links the scopes that are listed.
func (m *role) Save(ctx context.Context, c *logto.Client, planned, prior *role) error {
	var linked, linkedToAPIs *types.Set
	if prior != nil {
		linked, linkedToAPIs = &prior.ScopeIDs, &prior.ResourceScopeIDs
	}
	if err := kit.SaveLinks(ctx, c.OrganizationRoleScopes(), "scope_ids", m.ID, planned.ScopeIDs, linked); err != nil {
		return err
	}
	return kit.SaveLinks(ctx, c.OrganizationRoleResourceScopes(), "resource_scope_ids", m.ID, planned.ResourceScopeIDs, linkedToAPIs)
}

// Load reads the scopes that are managed.
func (m *role) Load(ctx context.Context, c *logto.Client, all bool) error {
	if err := kit.LoadLinks(ctx, c.OrganizationRoleScopes(), m.ID, &m.ScopeIDs, all); err != nil {
		return err
	}
	return kit.LoadLinks(ctx, c.OrganizationRoleResourceScopes(), m.ID, &m.ResourceScopeIDs, all)
}

// What is owned, for the warning about two owners.
var scopesOwned = map[string]string{
	logto.ScopeOfOrganization: "organization scopes of the organization role",
	logto.ScopeOfResource:     "API scopes of the organization role",
}

// Owns says which of the role's scopes are managed as a whole.
func (m *role) Owns() []kit.Ownership {
	var owned []kit.Ownership
	if !m.ScopeIDs.IsNull() {
		owned = append(owned, kit.Ownership{Links: scopesOwned[logto.ScopeOfOrganization], Parent: m.ID.ValueString(), Whole: true, By: "scope_ids",
			Children: kit.Elements(m.ScopeIDs)})
	}
	if !m.ResourceScopeIDs.IsNull() {
		owned = append(owned, kit.Ownership{Links: scopesOwned[logto.ScopeOfResource], Parent: m.ID.ValueString(), Whole: true, By: "resource_scope_ids",
			Children: kit.Elements(m.ResourceScopeIDs)})
	}
	return owned
}

// Title names the role in lists.
func (m *role) Title() string { return m.Name.ValueString() }
