// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	rschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
)

// shown is what a data source has in an attribute: an empty collection where a
// resource has null for what it does not manage, because here nothing is managed.
// So it is for an object that has nothing but collections.
func shown(ctx context.Context, a schema.Attribute, v attr.Value) attr.Value {
	if v == nil || !v.IsNull() {
		return v
	}
	switch a := a.(type) {
	case schema.ListAttribute:
		return types.ListValueMust(a.ElementType, []attr.Value{})
	case schema.ListNestedAttribute:
		return types.ListValueMust(a.NestedObject.Type(), []attr.Value{})
	case schema.SetAttribute:
		return types.SetValueMust(a.ElementType, []attr.Value{})
	case schema.SetNestedAttribute:
		return types.SetValueMust(a.NestedObject.Type(), []attr.Value{})
	case schema.MapAttribute:
		return types.MapValueMust(a.ElementType, map[string]attr.Value{})
	case schema.MapNestedAttribute:
		return types.MapValueMust(a.NestedObject.Type(), map[string]attr.Value{})
	case schema.SingleNestedAttribute:
		kinds, values := map[string]attr.Type{}, map[string]attr.Value{}
		for name, inner := range a.Attributes {
			kinds[name] = inner.GetType()
			null, err := kinds[name].ValueFromTerraform(ctx, tftypes.NewValue(kinds[name].TerraformType(ctx), nil))
			if err != nil {
				return v
			}
			if values[name] = shown(ctx, inner, null); values[name].IsNull() {
				return v
			}
		}
		return types.ObjectValueMust(kinds, values)
	}
	return v
}

// describe is the description of an attribute without what holds for a resource only.
func describe(a rschema.Attribute) string {
	what, _, _ := strings.Cut(a.GetMarkdownDescription(), planmodifiers.ForResourceMark)
	return what
}

// readable are the attributes that Logto knows: see [Definition.ConfigurationOnly].
func (o *Definition) readable() map[string]rschema.Attribute {
	to := maps.Clone(o.schema().Attributes)
	maps.DeleteFunc(to, func(name string, _ rschema.Attribute) bool { return slices.Contains(o.configurationOnly, name) })
	return to
}

// dataAttributes are the attributes of a resource as a data source shows them:
// all computed, without those that the API never returns.
func dataAttributes(from map[string]rschema.Attribute) map[string]schema.Attribute {
	to := make(map[string]schema.Attribute, len(from))
	for name, a := range from {
		if a.IsWriteOnly() || a.IsSensitive() && (a.IsOptional() || a.IsRequired()) || strings.HasSuffix(name, "_wo_version") {
			continue
		}
		if converted := dataAttribute(a); converted != nil {
			to[name] = converted
		}
	}
	return to
}

func dataAttribute(from rschema.Attribute) schema.Attribute {
	text, sensitive := describe(from), from.IsSensitive()
	switch a := from.(type) {
	case rschema.StringAttribute:
		return schema.StringAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, CustomType: a.CustomType}
	case rschema.BoolAttribute:
		return schema.BoolAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.Int64Attribute:
		return schema.Int64Attribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.Float64Attribute:
		return schema.Float64Attribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.ListAttribute:
		return schema.ListAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.SetAttribute:
		return schema.SetAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.MapAttribute:
		return schema.MapAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.SingleNestedAttribute:
		return schema.SingleNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, Attributes: dataAttributes(a.Attributes)}
	case rschema.ListNestedAttribute:
		return schema.ListNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	case rschema.SetNestedAttribute:
		return schema.SetNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	case rschema.MapNestedAttribute:
		return schema.MapNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	}
	return nil // the tests fail on a kind of attribute that is not converted
}
