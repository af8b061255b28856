// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var organizations = framework.Define[organization]("organization", organizationSchema, (*logto.Client).Organizations).OmitFromPlural("jit")

func organizationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An organization: a customer, a team or another group of users, whose members have organization roles. " +
			"All organizations share the organization roles of the organization template: see `logto_organization_role`.",
		Attributes: map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the organization. It need not be unique.", 128),
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the organization." + planmodifiers.EmptyIsNone,
				Optional:            true,
				Validators:          []validator.String{validators.LengthAtMost(256)},
			},
			"custom_data": schemas.CustomDataAttribute("Custom data of the organization, as a JSON object." +
				planmodifiers.ForResource("Write it with `jsonencode`. Terraform removes keys that the object does not have.")),
			"is_mfa_required": schemas.FlagAttribute("Whether members need multi-factor authentication (MFA) to get tokens for the organization.", false),
			"branding":        schemas.RunTimeLook(schemas.BrandingAttribute("Logos and favicons of the organization. Its members see them on the sign-in pages instead of those of the tenant."), schemas.NoBranding),
			"color":           schemas.RunTimeLook(schemas.ColorAttribute("Colors of the organization. Its members see them on the sign-in pages instead of those of the tenant."), schemas.NoColor),
			"custom_css":      schemas.RunTimeTextAttribute("CSS of the sign-in pages for members of the organization." + planmodifiers.EmptyIsNone),
			"created_at":      schemas.MomentAttribute("Time at which the organization was created, in RFC 3339 format."),
			"jit":             jitSchema,
		},
	}
}

type organization struct {
	ID            types.String           `tfsdk:"id"`
	Name          types.String           `tfsdk:"name"`
	Description   types.String           `tfsdk:"description"`
	CustomData    customtypes.Normalized `tfsdk:"custom_data"`
	IsMFARequired types.Bool             `tfsdk:"is_mfa_required"`
	Branding      types.Object           `tfsdk:"branding"`
	Color         types.Object           `tfsdk:"color"`
	CustomCSS     types.String           `tfsdk:"custom_css"`
	JIT           types.Object           `tfsdk:"jit"`
	CreatedAt     customtypes.RFC3339    `tfsdk:"created_at"`
}

var (
	_ framework.ModelWithModifyPlan[organization] = (*organization)(nil)
	_ framework.ModelWithCheckWrite[organization] = (*organization)(nil)
	_ framework.ModelWithAfterWrite[organization] = (*organization)(nil)
	_ framework.ModelWithAfterRead                = (*organization)(nil)
	_ framework.ModelWithDisplayName              = (*organization)(nil)
	_ framework.ModelWithTwin                     = (*organization)(nil)
)

func (m *organization) Expand(ctx context.Context) (logto.OrganizationInput, diag.Diagnostics) {
	branding, diags := schemas.ExpandBranding(ctx, m.Branding)
	color, d := schemas.ExpandColor(ctx, m.Color)
	diags.Append(d...)
	return logto.OrganizationInput{
		Name:          m.Name.ValueString(),
		Description:   flex.NonEmptyPointer(m.Description),
		CustomData:    customtypes.RawJSON(m.CustomData),
		IsMFARequired: flex.BoolPointer(m.IsMFARequired),
		Branding:      branding,
		Color:         color,
		CustomCSS:     flex.NonEmptyPointer(m.CustomCSS),
	}, diags
}

func (m *organization) Flatten(ctx context.Context, o *logto.Organization) (diags diag.Diagnostics) {
	m.ID = types.StringValue(o.ID)
	m.Name = types.StringValue(o.Name)
	m.Description = flex.NonEmptyValue(m.Description, o.Description)
	m.CustomData = customtypes.JSONPreserving(m.CustomData, o.CustomData)
	m.IsMFARequired = types.BoolPointerValue(o.IsMFARequired)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, o.CreatedAt)
	var d diag.Diagnostics
	m.Branding, diags = schemas.FlattenBranding(ctx, o.Branding)
	m.Color, d = schemas.FlattenColor(ctx, o.Color)
	m.CustomCSS = flex.NonEmptyValue(m.CustomCSS, o.CustomCSS)
	return append(diags, d...)
}

// DisplayName names the organization in lists.
func (m *organization) DisplayName() string { return m.Name.ValueString() }

// Twin implements [framework.ModelWithTwin].
func (m *organization) Twin() (name, id string) { return m.Name.ValueString(), m.ID.ValueString() }
