// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var additionalScopes = validators.Enum{"custom_data", "identities", "roles", "urn:logto:scope:organizations", "urn:logto:scope:organization_roles"}

const defaultSessionDuration = 1209600 // seconds: two weeks

const longestSubDomain = 63 // characters

var (
	subDomainForm = fmt.Sprintf("1 to %d letters, digits and inner hyphens", longestSubDomain)
	subDomain     = regexp.MustCompile(fmt.Sprintf(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,%d}[a-zA-Z0-9])?$`, longestSubDomain-2))
)

var protectedAppAttribute = schema.SingleNestedAttribute{
	MarkdownDescription: "Website that an application of type `Protected` protects. Only Logto Cloud has such applications." + planmodifiers.ForResource("It is required for type `Protected`, and not allowed for other types."),
	Optional:            true,
	Attributes: map[string]schema.Attribute{
		"sub_domain": schemas.KeyAttribute("Subdomain at which users reach the website, below the domain of Logto for protected applications."+planmodifiers.ForResource("It must have "+subDomainForm+"."),
			validators.StringFunc("must be "+subDomainForm, subDomain.MatchString)),
		"origin": schema.StringAttribute{
			MarkdownDescription: "Origin of the protected website, such as `https://www.example.com`.",
			Required:            true,
			Validators:          []validator.String{validators.NotEmpty()},
		},
		"session_duration": schema.Int64Attribute{
			MarkdownDescription: "Duration of the session of a user, in seconds.",
			Optional:            true,
			Computed:            true,
			Default:             int64default.StaticInt64(defaultSessionDuration),
			Validators:          []validator.Int64{validators.Int64AtLeast(1)},
		},
		"page_rules": schema.ListNestedAttribute{
			MarkdownDescription: "Pages that require users to sign in. If the list is empty, all pages do.",
			Optional:            true,
			Computed:            true,
			Default:             listdefault.StaticValue(types.ListValueMust(pageRuleType, nil)),
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"path": schema.StringAttribute{
					MarkdownDescription: "Regular expression that matches the path, such as `^/admin/.*`.",
					Required:            true,
				},
			}},
		},
		"additional_scopes": schema.SetAttribute{
			MarkdownDescription: "Scopes that the sign-in request has in addition to the default ones: " + additionalScopes.String() + "." + schemas.SinceSetting(applicationPath, "protectedAppMetadata.additionalScopes"),
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Default:             setdefault.StaticValue(flex.EmptySet),
			Validators:          []validator.Set{validators.Each(additionalScopes.OneOf())},
		},
		"host": schema.StringAttribute{
			MarkdownDescription: "Host at which users reach the website: the subdomain and the domain of Logto.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
		},
	},
}

// setForProtected plans the redirect URIs of a protected application: Logto makes
// them, and the default does not hold. Nobody can configure them.
type setForProtected struct{}

// Description implements planmodifier.Describer.
func (setForProtected) Description(context.Context) string {
	return "Plans what Logto sets for type Protected."
}

// MarkdownDescription implements planmodifier.Describer.
func (m setForProtected) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyList implements planmodifier.List.
func (setForProtected) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	var kind types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, framework.Root("type"), &kind)...)
	switch {
	case !req.ConfigValue.IsNull(), flex.IsGiven(kind) && kind.ValueString() != protectedType:
	case req.State.Raw.IsNull():
		resp.PlanValue = types.ListUnknown(types.StringType)
	default:
		resp.PlanValue = req.StateValue
	}
}

var (
	pageRuleType      = types.ObjectType{AttrTypes: map[string]attr.Type{"path": types.StringType}}
	protectedAppTypes = map[string]attr.Type{
		"sub_domain":        types.StringType,
		"origin":            types.StringType,
		"session_duration":  types.Int64Type,
		"page_rules":        types.ListType{ElemType: pageRuleType},
		"additional_scopes": types.SetType{ElemType: types.StringType},
		"host":              types.StringType,
	}
)

type protectedApp struct {
	SubDomain        types.String `tfsdk:"sub_domain"`
	Origin           types.String `tfsdk:"origin"`
	SessionDuration  types.Int64  `tfsdk:"session_duration"`
	PageRules        types.List   `tfsdk:"page_rules"`
	AdditionalScopes types.Set    `tfsdk:"additional_scopes"`
	Host             types.String `tfsdk:"host"`
}

type pageRule struct {
	Path string `tfsdk:"path"`
}

// checkProtectedOrigin refuses what is no origin of a website. Logto's Management API
// stores it, and its Console refuses it.
func (m *application) checkProtectedOrigin(state *application, diags *diag.Diagnostics) {
	origin, _ := m.ProtectedApp.Attributes()["origin"].(types.String)
	problem := validators.OriginProblem(origin.ValueString())
	if problem == "" && flex.IsGiven(origin) && !strings.HasPrefix(origin.ValueString(), "http://") && !strings.HasPrefix(origin.ValueString(), "https://") {
		problem = "is no http or https URL"
	}
	if problem != "" {
		had, _ := state.ProtectedApp.Attributes()["origin"].(types.String)
		framework.RefuseNew(diags, framework.Root("protected_app"), origin.Equal(had), "This is not the origin of a website",
			"protected_app.origin "+problem+". An origin is a scheme, a host and, unless it is the scheme's default, a port: https://www.example.com.")
	}
}

func expandProtectedApp(ctx context.Context, object types.Object) (*logto.ProtectedAppMetadata, diag.Diagnostics) {
	if object.IsNull() || object.IsUnknown() {
		return nil, nil
	}
	var p protectedApp
	diags := object.As(ctx, &p, basetypes.ObjectAsOptions{})
	out := &logto.ProtectedAppMetadata{
		SubDomain:       p.SubDomain.ValueString(),
		Origin:          p.Origin.ValueString(),
		SessionDuration: number(p.SessionDuration),
	}
	if !p.PageRules.IsNull() && !p.PageRules.IsUnknown() {
		var rules []pageRule
		diags.Append(p.PageRules.ElementsAs(ctx, &rules, false)...)
		out.PageRules = []logto.PageRule{}
		for _, r := range rules {
			out.PageRules = append(out.PageRules, logto.PageRule(r))
		}
	}
	var d diag.Diagnostics
	out.AdditionalScopes, d = flex.StringSlice(ctx, p.AdditionalScopes)
	diags.Append(d...)
	return out, diags
}

func flattenProtectedApp(ctx context.Context, p *logto.ProtectedAppMetadata) (types.Object, diag.Diagnostics) {
	if p == nil {
		return types.ObjectNull(protectedAppTypes), nil
	}
	rules := []attr.Value{}
	for _, r := range p.PageRules {
		rules = append(rules, types.ObjectValueMust(pageRuleType.AttrTypes, map[string]attr.Value{"path": types.StringValue(r.Path)}))
	}
	return types.ObjectValueFrom(ctx, protectedAppTypes, protectedApp{
		SubDomain:        types.StringValue(p.SubDomainOf()),
		Origin:           types.StringValue(p.Origin),
		SessionDuration:  wholeNumber(p.SessionDuration),
		PageRules:        types.ListValueMust(pageRuleType, rules),
		AdditionalScopes: flex.StringSet(p.AdditionalScopes),
		Host:             types.StringValue(p.Host),
	})
}
