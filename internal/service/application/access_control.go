// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var accessControls = framework.Define[accessControl]("application_access_control", accessControlSchema, (*logto.Client).AccessControls, "application_id")

func accessControlSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Access control of an application, which can be of any type, including SAML: only users that match at least one rule can sign in. " +
			"The resource manages all rules of the application. Creating it replaces existing rules, and destroying it lets all users sign in again. " +
			"Use a `moved` block to change the address of the resource." + schemas.SinceOperation("PUT /api/applications/{applicationId}/access-control"),
		Attributes: map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application.", validators.IDOf("application"), validators.IDOf("saml_application")),
			"enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether Logto applies the rules. If it is `false`, all users can sign in." + planmodifiers.ForResource("`true` requires at least one rule."),
				Required:            true,
			},
			"user_ids":         accessIDs("IDs of users who can sign in.", validators.IDOf("user")),
			"user_role_ids":    accessIDs("IDs of roles of type `User`. Users who have one of them can sign in.", validators.IDOf("role")),
			"organization_ids": accessIDs("IDs of organizations whose members can sign in.", validators.IDOf("organization")),
			"organization_role_rules": schema.SetNestedAttribute{
				MarkdownDescription: "Rules by organization roles, one for each organization: members who have one of the roles can sign in." + planmodifiers.ForResource(fmt.Sprintf("It can have at most %d organizations.", maxAccessRules)),
				Optional:            true,
				Computed:            true,
				Default:             setdefault.StaticValue(types.SetValueMust(organizationRoleRuleType, nil)),
				Validators:          []validator.Set{setvalidator.SizeAtMost(maxAccessRules)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"organization_id": schema.StringAttribute{
						MarkdownDescription: "ID of the organization.",
						Required:            true,
						Validators:          []validator.String{validators.RefersTo(validators.IDOf("organization"))},
					},
					"organization_role_ids": schema.SetAttribute{
						MarkdownDescription: "IDs of organization roles of type `User`.",
						ElementType:         types.StringType,
						Required:            true,
						Validators:          []validator.Set{setvalidator.SizeBetween(1, maxAccessRules), validators.RefersTo(validators.IDOf("organization_role"))},
					},
				}},
			},
		},
	}
}

const maxAccessRules = 1000 // of each kind

func accessIDs(description string, of validators.Target) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description + planmodifiers.ForResource(fmt.Sprintf("It can have at most %d IDs.", maxAccessRules)),
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Default:             setdefault.StaticValue(flex.EmptySet),
		Validators:          []validator.Set{setvalidator.SizeAtMost(maxAccessRules), validators.RefersTo(of)},
	}
}

var organizationRoleRuleType = types.ObjectType{AttrTypes: map[string]attr.Type{"organization_id": types.StringType, "organization_role_ids": types.SetType{ElemType: types.StringType}}}

type accessControl struct {
	ApplicationID         types.String `tfsdk:"application_id"`
	Enabled               types.Bool   `tfsdk:"enabled"`
	UserIDs               types.Set    `tfsdk:"user_ids"`
	UserRoleIDs           types.Set    `tfsdk:"user_role_ids"`
	OrganizationIDs       types.Set    `tfsdk:"organization_ids"`
	OrganizationRoleRules types.Set    `tfsdk:"organization_role_rules"`
}

var _ framework.ModelWithValidate = (*accessControl)(nil)

// The fields are those of the API's type, so that each converts to the other.
type organizationRoleRule struct {
	OrganizationID      string   `tfsdk:"organization_id"`
	OrganizationRoleIDs []string `tfsdk:"organization_role_ids"`
}

func (m *accessControl) Expand(ctx context.Context) (logto.AccessControlInput, diag.Diagnostics) {
	in := logto.AccessControlInput{Enabled: m.Enabled.ValueBool()}
	var diags diag.Diagnostics
	for ids, into := range map[*types.Set]*[]string{&m.UserIDs: &in.Rules.UserIDs, &m.UserRoleIDs: &in.Rules.UserRoleIDs, &m.OrganizationIDs: &in.Rules.OrganizationIDs} {
		var d diag.Diagnostics
		*into, d = flex.StringSlice(ctx, *ids)
		diags.Append(d...)
	}
	in.Rules.OrganizationRoleRules = []logto.OrganizationRoleRule{}
	if !m.OrganizationRoleRules.IsNull() && !m.OrganizationRoleRules.IsUnknown() {
		var rules []organizationRoleRule
		diags.Append(m.OrganizationRoleRules.ElementsAs(ctx, &rules, false)...)
		for _, r := range rules {
			in.Rules.OrganizationRoleRules = append(in.Rules.OrganizationRoleRules, logto.OrganizationRoleRule(r))
		}
	}
	return in, diags
}

func (m *accessControl) Flatten(ctx context.Context, a *logto.AccessControl) (diags diag.Diagnostics) {
	m.ApplicationID = types.StringValue(a.ApplicationID)
	m.Enabled = types.BoolValue(a.Enabled)
	m.UserIDs = flex.StringSet(a.Rules.UserIDs)
	m.UserRoleIDs = flex.StringSet(a.Rules.UserRoleIDs)
	m.OrganizationIDs = flex.StringSet(a.Rules.OrganizationIDs)
	rules := make([]organizationRoleRule, len(a.Rules.OrganizationRoleRules))
	for i, r := range a.Rules.OrganizationRoleRules {
		rules[i] = organizationRoleRule(r)
	}
	m.OrganizationRoleRules, diags = types.SetValueFrom(ctx, organizationRoleRuleType, rules)
	return diags
}

// Validate checks what is known: that there is a rule when the rules count, and
// one element for each organization.
func (m *accessControl) Validate(_ context.Context, diags *diag.Diagnostics) {
	rules := 0
	for _, set := range []types.Set{m.UserIDs, m.UserRoleIDs, m.OrganizationIDs, m.OrganizationRoleRules} {
		if set.IsUnknown() {
			rules++ // it may have one
		}
		rules += len(set.Elements())
	}
	if m.Enabled.ValueBool() && rules == 0 {
		framework.Refuse(diags, "enabled", "There is no rule", "Without a rule no user could sign in, so Logto requires at least one. Add a rule, or set enabled to false.")
	}
	seen := map[string]bool{}
	for _, element := range m.OrganizationRoleRules.Elements() {
		rule, ok := element.(types.Object)
		if !ok {
			continue
		}
		id, ok := rule.Attributes()["organization_id"].(types.String)
		if !ok || id.IsUnknown() {
			continue
		}
		if seen[id.ValueString()] {
			framework.Refuse(diags, "organization_role_rules", "Two rules for one organization",
				"Two elements have the same organization_id. List all of its organization_role_ids in one.")
		}
		seen[id.ValueString()] = true
	}
}
