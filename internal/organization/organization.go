// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var organizations = kit.New[organization]("organization", organizationSchema, (*logto.Client).Organizations).Alone("jit")

var organizationSchema = schema.Schema{
	MarkdownDescription: "An organization: a customer, a team or another group of users, whose members have organization roles. " +
		"All organizations share the organization roles of the organization template: see `logto_organization_role`.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the organization. It need not be unique.",
			Required:            true,
			Validators:          []validator.String{kit.Length(1, 128)},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "Description of the organization." + kit.EmptyIsNone,
			Optional:            true,
			Validators:          []validator.String{kit.LengthAtMost(256)},
		},
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Custom data of the organization, as a JSON object." +
				kit.ForResource("Write it with `jsonencode`. Terraform removes keys that the object does not have."),
			CustomType:    kit.NormalizedType{},
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{kit.IsJSONObject()},
			PlanModifiers: []planmodifier.String{kit.RunTime(kit.EmptyObject)},
		},
		"is_mfa_required": schema.BoolAttribute{
			MarkdownDescription: "Whether members need multi-factor authentication (MFA) to get tokens for the organization.",
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
		},
		"branding": kit.RunTimeLook(kit.BrandingAttribute("Logos and favicons of the organization. Its members see them on the sign-in pages instead of those of the tenant."), kit.NoBranding),
		"color":    kit.RunTimeLook(kit.ColorAttribute("Colors of the organization. Its members see them on the sign-in pages instead of those of the tenant."), kit.NoColor),
		"custom_css": schema.StringAttribute{
			MarkdownDescription: "CSS of the sign-in pages for members of the organization." + kit.EmptyIsNone,
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{kit.RunTime(types.StringNull())},
		},
		"jit": jitSchema,
	},
}

type organization struct {
	ID            types.String   `tfsdk:"id"`
	Name          types.String   `tfsdk:"name"`
	Description   types.String   `tfsdk:"description"`
	CustomData    kit.Normalized `tfsdk:"custom_data"`
	IsMFARequired types.Bool     `tfsdk:"is_mfa_required"`
	Branding      types.Object   `tfsdk:"branding"`
	Color         types.Object   `tfsdk:"color"`
	CustomCSS     types.String   `tfsdk:"custom_css"`
	JIT           types.Object   `tfsdk:"jit"`
}

func (m *organization) Expand(ctx context.Context) (logto.OrganizationInput, diag.Diagnostics) {
	branding, diags := kit.Branding(ctx, m.Branding)
	color, d := kit.Color(ctx, m.Color)
	diags.Append(d...)
	return logto.OrganizationInput{
		Name:          m.Name.ValueString(),
		Description:   kit.TextOrNothing(m.Description),
		CustomData:    kit.JSON(m.CustomData),
		IsMFARequired: kit.Flag(m.IsMFARequired),
		Branding:      branding,
		Color:         color,
		CustomCSS:     kit.TextOrNothing(m.CustomCSS),
	}, diags
}

func (m *organization) Flatten(ctx context.Context, o *logto.Organization) (diags diag.Diagnostics) {
	m.ID = types.StringValue(o.ID)
	m.Name = types.StringValue(o.Name)
	m.Description = kit.TextOrNothingValue(m.Description, o.Description)
	m.CustomData = kit.JSONKept(m.CustomData, o.CustomData)
	m.IsMFARequired = types.BoolPointerValue(o.IsMFARequired)
	var d diag.Diagnostics
	m.Branding, diags = kit.BrandingValue(ctx, o.Branding)
	m.Color, d = kit.ColorValue(ctx, o.Color)
	m.CustomCSS = kit.TextOrNothingValue(m.CustomCSS, o.CustomCSS)
	return append(diags, d...)
}

// Title names the organization in lists.
func (m *organization) Title() string { return m.Name.ValueString() }
