// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var organizations = kit.New[organization]("organization", organizationSchema, (*logto.Client).Organizations)

var organizationSchema = schema.Schema{
	MarkdownDescription: "An organization: a customer, a team or another group of users that has members with roles of their own. " +
		"What roles there are is the same for all organizations: see `logto_organization_role`.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the organization. 1 to 128 characters. It need not be unique.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthBetween(1, 128)},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "What the organization is. Up to 256 characters. Default none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{stringvalidator.LengthAtMost(256)},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Data of your own about the organization, as a JSON object: `jsonencode({ plan = \"pro\" })`. " +
				"The whole of it: keys that are not listed are removed. Default `{}`.",
			CustomType:    jsontypes.NormalizedType{},
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{kit.IsJSONObject()},
			PlanModifiers: []planmodifier.String{kit.Unset(kit.EmptyObject)},
		},
		"is_mfa_required": schema.BoolAttribute{
			MarkdownDescription: "Whether members must have set up multi-factor authentication to get tokens for the organization. Default `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolValue(false))},
		},
		"branding": schema.SingleNestedAttribute{
			MarkdownDescription: "Pictures of the organization, which its members see instead of the tenant's when they sign in. Default none.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Object{kit.Unset(nulls(brandingType))},
			Attributes: map[string]schema.Attribute{
				"logo_url":      picture("URL of the logo."),
				"dark_logo_url": picture("URL of the logo in dark mode."),
				"favicon":       picture("URL of the favicon."),
				"dark_favicon":  picture("URL of the favicon in dark mode."),
			},
		},
		"color": schema.SingleNestedAttribute{
			MarkdownDescription: "Colors of the organization, which its members see instead of the tenant's when they sign in. Default none.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Object{kit.Unset(nulls(colorType))},
			Attributes: map[string]schema.Attribute{
				"primary_color": shade("Main color, as `#5d34f2` or `#53f`."),
				"is_dark_mode_enabled": schema.BoolAttribute{
					MarkdownDescription: "Whether there is a dark mode. Default is what the tenant's sign-in experience says.",
					Optional:            true,
					Computed:            true,
					PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
				},
				"dark_primary_color": shade("Main color in dark mode, as `#7958ff`."),
			},
		},
		"custom_css": schema.StringAttribute{
			MarkdownDescription: "CSS for the sign-in pages of the organization's members. Default none.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"jit": jitSchema,
	},
}

func picture(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Default none.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{kit.Rule("must be a URL, as https://example.com/logo.png", isURL)},
		PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
	}
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "") && !strings.ContainsAny(s, " \t\n")
}

var hexColor = regexp.MustCompile(`^#([0-9A-Fa-f]{3}){1,2}$`)

func shade(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Default none.",
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{kit.Rule("must be a color in hexadecimal digits, as #5d34f2", hexColor.MatchString)},
		PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
	}
}

type organization struct {
	ID            types.String         `tfsdk:"id"`
	Name          types.String         `tfsdk:"name"`
	Description   types.String         `tfsdk:"description"`
	CustomData    jsontypes.Normalized `tfsdk:"custom_data"`
	IsMFARequired types.Bool           `tfsdk:"is_mfa_required"`
	Branding      types.Object         `tfsdk:"branding"`
	Color         types.Object         `tfsdk:"color"`
	CustomCSS     types.String         `tfsdk:"custom_css"`
	JIT           types.Object         `tfsdk:"jit"`
}

// The fields of branding and color are those of the API's types, so that each
// converts to the other.
type (
	branding struct {
		LogoURL     *string `tfsdk:"logo_url"`
		DarkLogoURL *string `tfsdk:"dark_logo_url"`
		Favicon     *string `tfsdk:"favicon"`
		DarkFavicon *string `tfsdk:"dark_favicon"`
	}
	color struct {
		PrimaryColor      *string `tfsdk:"primary_color"`
		IsDarkModeEnabled *bool   `tfsdk:"is_dark_mode_enabled"`
		DarkPrimaryColor  *string `tfsdk:"dark_primary_color"`
	}
)

var (
	brandingType = map[string]attr.Type{"logo_url": types.StringType, "dark_logo_url": types.StringType, "favicon": types.StringType, "dark_favicon": types.StringType}
	colorType    = map[string]attr.Type{"primary_color": types.StringType, "is_dark_mode_enabled": types.BoolType, "dark_primary_color": types.StringType}
)

// nulls is what an organization without branding or colors has: the object is
// there, and nothing in it.
func nulls(kinds map[string]attr.Type) types.Object {
	values := map[string]attr.Value{}
	for name := range kinds {
		values[name] = types.StringNull()
		if kinds[name] == types.BoolType {
			values[name] = types.BoolNull()
		}
	}
	return types.ObjectValueMust(kinds, values)
}

func (m *organization) Expand(ctx context.Context) (logto.OrganizationInput, diag.Diagnostics) {
	var b branding
	diags := m.Branding.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true})
	var c color
	diags.Append(m.Color.As(ctx, &c, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true})...)
	return logto.OrganizationInput{
		Name:          m.Name.ValueString(),
		Description:   kit.TextOrNothing(m.Description),
		CustomData:    kit.JSON(m.CustomData),
		IsMFARequired: kit.Flag(m.IsMFARequired),
		Branding:      (*logto.OrganizationBranding)(&b),
		Color:         (*logto.OrganizationColor)(&c),
		CustomCSS:     kit.TextOrNothing(m.CustomCSS),
	}, diags
}

func (m *organization) Flatten(ctx context.Context, o *logto.Organization) (diags diag.Diagnostics) {
	m.ID = types.StringValue(o.ID)
	m.Name = types.StringValue(o.Name)
	m.Description = kit.TextOrNothingValue(m.Description, o.Description)
	m.CustomData = kit.JSONValue(o.CustomData)
	m.IsMFARequired = types.BoolPointerValue(o.IsMFARequired)
	m.Branding, m.Color = nulls(brandingType), nulls(colorType)
	if o.Branding != nil {
		m.Branding, diags = types.ObjectValueFrom(ctx, brandingType, (*branding)(o.Branding))
	}
	if o.Color != nil {
		var d diag.Diagnostics
		m.Color, d = types.ObjectValueFrom(ctx, colorType, (*color)(o.Color))
		diags.Append(d...)
	}
	m.CustomCSS = kit.TextOrNothingValue(m.CustomCSS, o.CustomCSS)
	return diags
}

// Title names the organization in lists.
func (m *organization) Title() string { return m.Name.ValueString() }
