// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// What is put over the tenant's branding and colors, by an application or by an
// organization. Where there is nothing, the API has an empty object, and so has
// the state: an object whose attributes are null.

// BrandingAttribute is for URLs of logos and favicons, of the kind [planmodifiers.Enforced]:
// none without a configuration.
func BrandingAttribute(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             objectdefault.StaticValue(NoBranding),
		Attributes: map[string]schema.Attribute{
			"logo_url":      imageURL("URL of the logo."),
			"dark_logo_url": imageURL("URL of the logo in dark mode."),
			"favicon":       imageURL("URL of the favicon."),
			"dark_favicon":  imageURL("URL of the favicon in dark mode."),
		},
	}
}

// ColorAttribute is for colors, of the kind [planmodifiers.Enforced]: none without a configuration.
func ColorAttribute(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             objectdefault.StaticValue(NoColor),
		Attributes: map[string]schema.Attribute{
			"primary_color": hexColor("Main color, such as `#5d34f2` or `#53f`."),
			"is_dark_mode_enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether the sign-in pages have a dark mode. If it is not set, the setting of the tenant's sign-in experience applies.",
				Optional:            true,
			},
			"dark_primary_color": hexColor("Main color in dark mode, such as `#7958ff`."),
		},
	}
}

// RunTimeLook makes run-time data of a [BrandingAttribute] or a [ColorAttribute];
// none is [NoBranding] or [NoColor].
func RunTimeLook(a schema.SingleNestedAttribute, none types.Object) schema.SingleNestedAttribute {
	a.Default = nil
	a.PlanModifiers = []planmodifier.Object{planmodifiers.RunTime(none)}
	for name, inner := range a.Attributes {
		switch inner := inner.(type) {
		case schema.StringAttribute:
			inner.Computed, inner.PlanModifiers = true, []planmodifier.String{planmodifiers.RunTime(types.StringNull())}
			a.Attributes[name] = inner
		case schema.BoolAttribute:
			inner.Computed, inner.PlanModifiers = true, []planmodifier.Bool{planmodifiers.RunTime(types.BoolNull())}
			a.Attributes[name] = inner
		}
	}
	return a
}

func imageURL(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          []validator.String{validators.IsWebURL()},
	}
}

func hexColor(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          []validator.String{validators.IsHexColor()},
	}
}

// The fields are those of the API's types, so that each converts to the other.
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

	// NoBranding is a branding without a value.
	NoBranding = types.ObjectValueMust(brandingType, map[string]attr.Value{
		"logo_url": types.StringNull(), "dark_logo_url": types.StringNull(), "favicon": types.StringNull(), "dark_favicon": types.StringNull()})
	// NoColor is a color without a value.
	NoColor = types.ObjectValueMust(colorType, map[string]attr.Value{
		"primary_color": types.StringNull(), "is_dark_mode_enabled": types.BoolNull(), "dark_primary_color": types.StringNull()})
)

var whateverIsThere = basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true}

// ExpandBranding is what the API takes: nil when o is unknown.
func ExpandBranding(ctx context.Context, o types.Object) (*logto.PartialBranding, diag.Diagnostics) {
	if o.IsUnknown() {
		return nil, nil
	}
	var b branding
	diags := o.As(ctx, &b, whateverIsThere)
	return (*logto.PartialBranding)(&b), diags
}

// FlattenBranding is what the API answered.
func FlattenBranding(ctx context.Context, b *logto.PartialBranding) (types.Object, diag.Diagnostics) {
	if b == nil {
		return NoBranding, nil
	}
	return types.ObjectValueFrom(ctx, brandingType, (*branding)(b))
}

// ExpandColor is what the API takes: nil when o is unknown.
func ExpandColor(ctx context.Context, o types.Object) (*logto.PartialColor, diag.Diagnostics) {
	if o.IsUnknown() {
		return nil, nil
	}
	var c color
	diags := o.As(ctx, &c, whateverIsThere)
	return (*logto.PartialColor)(&c), diags
}

// FlattenColor is what the API answered.
func FlattenColor(ctx context.Context, c *logto.PartialColor) (types.Object, diag.Diagnostics) {
	if c == nil {
		return NoColor, nil
	}
	return types.ObjectValueFrom(ctx, colorType, (*color)(c))
}
