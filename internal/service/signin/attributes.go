// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// Attributes of the kind [planmodifiers.TenantSettings], with the default of a new tenant.

func text(description string, byDefault types.String, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.String{planmodifiers.TenantSetting(byDefault)},
	}
}

func word(description string, words validators.Enum, byDefault types.String) schema.StringAttribute {
	return text(strings.Replace(description, "{words}", words.String(), 1), byDefault, words.OneOf())
}

func flag(description string, byDefault types.Bool) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Bool{planmodifiers.TenantSetting(byDefault)},
	}
}

func number(description string, byDefault types.Int64, checks ...validator.Int64) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.Int64{planmodifiers.TenantSetting(byDefault)},
	}
}

func textSet(description string, byDefault types.Set, each ...validator.String) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Set{validators.Each(each...)},
		PlanModifiers:       []planmodifier.Set{planmodifiers.TenantSetting(byDefault)},
	}
}

func textList(description string, byDefault types.List, checks ...validator.List) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.List{planmodifiers.TenantSetting(byDefault)},
	}
}

var (
	none      = types.StringNull()
	noSet     = types.SetNull(types.StringType)
	undecided = types.BoolNull()
)

// everything, as an element, means all that the tenant has, for which the API has null.
const everything = "*"

var (
	isColor   = validators.IsHexColor()
	isURL     = validators.StringFunc("must be a URL with a scheme, such as https://example.com/path", func(s string) bool { return s == "" || hasScheme(s) })
	isAddress = validators.IsEmailAddressOrNothing()
	notEmpty  = validators.NotEmpty()
)

func hasScheme(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && u.Host+u.Opaque+u.Path != "" && !strings.ContainsAny(s, " \t\r\n")
}

func strs(values ...string) []attr.Value {
	out := make([]attr.Value, len(values))
	for i, v := range values {
		out[i] = types.StringValue(v)
	}
	return out
}

func yes() types.Bool { return types.BoolValue(true) }

func no() types.Bool { return types.BoolValue(false) }
