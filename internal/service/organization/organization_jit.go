// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var jitSchema = schema.SingleNestedAttribute{
	MarkdownDescription: "Just-in-time provisioning: users who become members of the organization when they sign up or sign in, and their organization roles.",
	Optional:            true,
	Computed:            true,
	PlanModifiers:       []planmodifier.Object{planmodifiers.LinkSet(types.ObjectNull(jitType))},
	Attributes: map[string]schema.Attribute{
		"email_domains": jitSet("Domains of verified email addresses, such as `example.com`. Users who sign up with such an address become members."+planmodifiers.ForResource(fmt.Sprintf("A domain must be in lower case and have at most %d characters.", longestDomain)),
			validators.Each(validators.Length(1, longestDomain), validators.StringFunc("must be a domain in lower case, without @", isEmailDomain))),
		"role_ids": jitSet("IDs of the organization roles of type `User` that Logto assigns to these members.",
			validators.RefersTo(validators.IDOf("organization_role"))),
		"sso_connector_ids": jitSet("IDs of enterprise connectors. Users who sign in with one of them become members.",
			validators.RefersTo(validators.IDOf("sso_connector"))),
	},
}

func jitSet(description string, each validator.Set) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Set{each},
		PlanModifiers:       []planmodifier.Set{planmodifiers.LinkSet(flex.NullSet)},
	}
}

const longestDomain = 128 // characters

// isEmailDomain allows domains that can match: Logto accepts any text, and compares it
// without changing its letter case.
func isEmailDomain(s string) bool {
	return s == strings.ToLower(s) && !strings.ContainsAny(s, "@ \t\r\n")
}

type jit struct {
	EmailDomains    types.Set `tfsdk:"email_domains"`
	RoleIDs         types.Set `tfsdk:"role_ids"`
	SSOConnectorIDs types.Set `tfsdk:"sso_connector_ids"`
}

var (
	stringSet = types.SetType{ElemType: types.StringType}
	jitType   = map[string]attr.Type{"email_domains": stringSet, "role_ids": stringSet, "sso_connector_ids": stringSet}
)

// sets are in the order of jitLinks.
func (j *jit) sets() []*types.Set {
	return []*types.Set{&j.EmailDomains, &j.RoleIDs, &j.SSOConnectorIDs}
}

func jitLinks(c *logto.Client) []*logto.Links {
	return []*logto.Links{c.OrganizationEmailDomains(), c.OrganizationJITRoles(), c.OrganizationSSOConnectors()}
}

// jit are the managed settings, with null for those that are not managed.
func (m *organization) jit(ctx context.Context) (jit, error) {
	j := jit{EmailDomains: flex.NullSet, RoleIDs: flex.NullSet, SSOConnectorIDs: flex.NullSet}
	if m == nil || m.JIT.IsNull() || m.JIT.IsUnknown() {
		return j, nil
	}
	if diags := m.JIT.As(ctx, &j, basetypes.ObjectAsOptions{}); diags.HasError() {
		return j, framework.DiagnosticsError(diags)
	}
	return j, nil
}

// ModifyPlan refuses roles that users cannot have: Logto takes them for jit, and then
// nobody can join.
func (m *organization) ModifyPlan(ctx context.Context, c *logto.Client, _, state *organization, resp *resource.ModifyPlanResponse) {
	refuseTypes(ctx, c, m.jitRoles(ctx, state, &resp.Diagnostics), &resp.Diagnostics)
}

// CheckWrite finds roles that do not exist.
func (m *organization) CheckWrite(ctx context.Context, c *logto.Client, state *organization, diags *diag.Diagnostics) {
	findMissing(ctx, c, m.jitRoles(ctx, state, diags), diags)
}

func (m *organization) jitRoles(ctx context.Context, state *organization, diags *diag.Diagnostics) newRoles {
	wanted, had, err := m.jitSince(ctx, state)
	if err != nil {
		framework.Refuse(diags, "jit", "Could not read the just-in-time settings", err.Error())
	}
	return rolesSince("jit", ofUsers, wanted.RoleIDs, had.RoleIDs)
}

// jitSince are the managed settings, now and before.
func (m *organization) jitSince(ctx context.Context, prior *organization) (wanted, had jit, err error) {
	if wanted, err = m.jit(ctx); err == nil {
		had, err = prior.jit(ctx)
	}
	return wanted, had, err
}

// AfterWrite writes the just-in-time settings that are managed.
func (m *organization) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *organization) error {
	wanted, had, err := planned.jitSince(ctx, prior)
	if err != nil {
		return err
	}
	for i, links := range jitLinks(c) {
		linked := had.sets()[i]
		if prior == nil {
			linked = nil
		}
		if err := framework.SaveLinks(ctx, links, "jit", m.ID, *wanted.sets()[i], linked); err != nil {
			return err
		}
	}
	return nil
}

// AfterRead reads the just-in-time settings that are managed.
func (m *organization) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if m.JIT.IsNull() && !purpose.Everything() {
		return nil
	}
	has, err := m.jit(ctx)
	if err != nil {
		return err
	}
	some := !m.JIT.IsNull()
	for i, links := range jitLinks(c) {
		set := has.sets()[i]
		if err := framework.LoadLinks(ctx, links, m.ID, set, purpose); err != nil {
			return err
		}
		some = some || !set.IsNull()
	}
	if !some {
		return nil
	}
	object, diags := types.ObjectValueFrom(ctx, jitType, has)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	m.JIT = object
	return nil
}
