// SPDX-License-Identifier: MPL-2.0

package role

import (
	"context"
	"slices"
	"strings"

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

var roles = framework.Define[role]("role", roleSchema, (*logto.Client).Roles).OmitFromPlural("scope_ids")

var roleTypes = validators.Enum{"User", "MachineToMachine"}

func roleSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A role: a set of scopes (permissions) of API resources that users or machine-to-machine applications can have.",
		Attributes: map[string]schema.Attribute{
			"id":          schemas.IDAttribute(),
			"name":        schemas.TextAttribute("Name of the role."+planmodifiers.ForResource("It must be unique in the tenant."), 128),
			"description": schemas.TextAttribute("Description of the role.", 128),
			"type": schema.StringAttribute{
				MarkdownDescription: "Type of the role, which says who can have it: " + roleTypes.String() + ".",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString("User"),
				Validators:          []validator.String{roleTypes.OneOf()},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"is_default": schemas.FlagAttribute("Whether the role is a default role, which Logto assigns to new users."+planmodifiers.ForResource("Only roles of type `User` can be default roles. Existing users do not get the role."), false),
			"scope_ids":  schemas.LinkSetAttribute("IDs of the scopes of API resources that the role has."+planmodifiers.ForResource("Use `logto_role_scope` to manage single scopes instead."), validators.APIScope),
		},
	}
}

type role struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Type        types.String `tfsdk:"type"`
	IsDefault   types.Bool   `tfsdk:"is_default"`
	ScopeIDs    types.Set    `tfsdk:"scope_ids"`
}

var (
	_ framework.ModelWithValidate         = (*role)(nil)
	_ framework.ModelWithCheckWrite[role] = (*role)(nil)
	_ framework.ModelWithAfterWrite[role] = (*role)(nil)
	_ framework.ModelWithAfterRead        = (*role)(nil)
	_ framework.ModelWithGuardDelete      = (*role)(nil)
	_ framework.ModelWithLinkClaims       = (*role)(nil)
	_ framework.ModelWithDisplayName      = (*role)(nil)
	_ framework.ModelWithIsBuiltIn        = (*role)(nil)
)

func (m *role) Expand(context.Context) (logto.RoleInput, diag.Diagnostics) {
	return logto.RoleInput{
		Name:        m.Name.ValueString(),
		Description: m.Description.ValueString(),
		Type:        m.Type.ValueString(),
		IsDefault:   flex.BoolPointer(m.IsDefault),
	}, nil
}

func (m *role) Flatten(_ context.Context, r *logto.Role) diag.Diagnostics {
	m.ID = types.StringValue(r.ID)
	m.Name = types.StringValue(r.Name)
	m.Description = types.StringValue(r.Description)
	m.Type = types.StringValue(r.Type)
	m.IsDefault = types.BoolValue(r.IsDefault)
	return nil
}

// AfterWrite links the scopes that scope_ids lists.
func (m *role) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *role) error {
	var linked *types.Set
	if prior != nil {
		linked = &prior.ScopeIDs
	}
	return framework.SaveLinks(ctx, c.RoleScopes(), "scope_ids", m.ID, planned.ScopeIDs, linked)
}

// AfterRead reads the linked scopes when scope_ids is managed.
func (m *role) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	return framework.LoadLinks(ctx, c.RoleScopes(), m.ID, &m.ScopeIDs, purpose)
}

// LinkClaims says that scope_ids manages all scopes of the role.
func (m *role) LinkClaims() []framework.LinkClaim {
	if m.ScopeIDs.IsNull() {
		return nil
	}
	return []framework.LinkClaim{{Links: "scopes of the role", Parent: m.ID.ValueString(), All: true, Attribute: "scope_ids", Children: flex.Elements(m.ScopeIDs)}}
}

func (m *role) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.IsDefault.ValueBool() && m.Type.ValueString() == "MachineToMachine" {
		framework.Refuse(diags, "is_default", "A machine-to-machine role cannot be default",
			"Logto assigns default roles to new users. Leave is_default out, or use type User.")
	}
}

// CheckWrite refuses to take from a role of the provider's own application the last
// scope that lets the provider call the Management API.
func (m *role) CheckWrite(ctx context.Context, c *logto.Client, state *role, diags *diag.Diagnostics) {
	planned := flex.Elements(m.ScopeIDs)
	if state == nil || !flex.IsGiven(m.ScopeIDs) || len(planned) < len(m.ScopeIDs.Elements()) || m.ScopeIDs.Equal(state.ScopeIDs) {
		return
	}
	needed, err := c.NeedsScopeOf(ctx, state.ID.ValueString())
	switch {
	case err != nil:
		framework.Refuse(diags, "scope_ids", "Could not read the scopes of the role", err.Error())
	case len(needed) > 0 && !slices.ContainsFunc(needed, func(id string) bool { return slices.Contains(planned, id) }):
		framework.Refuse(diags, "scope_ids", "The provider would lose its access",
			"The application that the provider signs in with has this role, and the role has no other scope of the Management API than "+strings.Join(needed, ", ")+": "+logto.NoAccess+" List the scope in scope_ids.")
	}
}

// GuardDelete keeps the role that lets the provider call the Management API: Logto
// deletes roles that applications have.
func (m *role) GuardDelete(ctx context.Context, c *logto.Client) (string, error) {
	if gives, err := c.GivesOwnAccess(ctx, m.ID.ValueString()); err != nil || !gives {
		return "", err
	}
	return logto.OwnAccess, nil
}

// DisplayName names the role in lists.
func (m *role) DisplayName() string { return m.Name.ValueString() }

// managementAccess is the name of the role with which every tenant begins.
const managementAccess = "Logto Management API access"

// IsBuiltIn reports whether it is the role that gives Terraform its access.
func (m *role) IsBuiltIn() bool { return m.Name.ValueString() == managementAccess }
