// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
)

// GroupAttribute is an optional object whose attributes are optional, too, and have
// server defaults of their own: those together are its default.
func GroupAttribute(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	kinds, values := defaultsOf(attributes)
	return groupAttribute(description, attributes, planmodifiers.TenantSetting(types.ObjectValueMust(kinds, values)))
}

// OptionalGroupAttribute is [GroupAttribute] for an object that the server does not have by default.
// Its attributes' defaults are those of what is left out of it.
func OptionalGroupAttribute(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	kinds, values := defaultsOf(attributes)
	setting := planmodifiers.TenantSetting(types.ObjectNull(kinds))
	setting.Within = values
	return groupAttribute(description, attributes, setting)
}

// defaultsOf are the types and the server's defaults of attributes.
func defaultsOf(attributes map[string]schema.Attribute) (kinds map[string]attr.Type, values map[string]attr.Value) {
	kinds, values = map[string]attr.Type{}, map[string]attr.Value{}
	for name, a := range attributes {
		kinds[name] = a.GetType()
		values[name] = planmodifiers.ClearedOf(a)
		if values[name] == nil {
			values[name] = flex.ValueOf(context.Background(), kinds[name], nil, nil)
		}
	}
	return kinds, values
}

func groupAttribute(description string, attributes map[string]schema.Attribute, setting planmodifiers.Unconfigured) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Object{setting},
		Attributes:          attributes,
	}
}
