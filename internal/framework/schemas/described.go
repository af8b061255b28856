// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
)

// Describe is a copy of the attributes with the standard sentences, and with
// plan modifiers that take equal values for the same.
func Describe(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	out := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		out[name] = describe(a)
	}
	return out
}

func describe(a schema.Attribute) schema.Attribute {
	what, howTo, _ := strings.Cut(a.GetMarkdownDescription(), planmodifiers.ForResourceMark)
	text := planmodifiers.Sentences(what, planmodifiers.LimitSays(a), strings.ReplaceAll(howTo, planmodifiers.ForResourceMark, " "), planmodifiers.StandardSentences(a))
	switch a := a.(type) {
	case schema.StringAttribute:
		a.MarkdownDescription = text
		a.PlanModifiers = withEquivalence(a)
		return a
	case schema.BoolAttribute:
		a.MarkdownDescription = text
		return a
	case schema.Int64Attribute:
		a.MarkdownDescription = text
		return a
	case schema.Float64Attribute:
		a.MarkdownDescription = text
		return a
	case schema.ListAttribute:
		a.MarkdownDescription = text
		return a
	case schema.SetAttribute:
		a.MarkdownDescription = text
		return a
	case schema.MapAttribute:
		a.MarkdownDescription = text
		return a
	case schema.SingleNestedAttribute:
		a.MarkdownDescription, a.Attributes = text, Describe(a.Attributes)
		return a
	case schema.ListNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, Describe(a.NestedObject.Attributes)
		return a
	case schema.SetNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, Describe(a.NestedObject.Attributes)
		return a
	case schema.MapNestedAttribute:
		a.MarkdownDescription, a.NestedObject.Attributes = text, Describe(a.NestedObject.Attributes)
		return a
	}
	return a
}

// withEquivalence puts a modifier before those of the attribute when its type
// knows values that are spelled otherwise and mean the same.
func withEquivalence(a schema.StringAttribute) []planmodifier.String {
	kind := a.CustomType
	if kind == nil {
		return a.PlanModifiers
	}
	same := func(x, y string) bool {
		ctx := context.Background()
		v, d := kind.ValueFromString(ctx, basetypes.NewStringValue(x))
		w, e := kind.ValueFromString(ctx, basetypes.NewStringValue(y))
		typed, ok := v.(basetypes.StringValuableWithSemanticEquals)
		if !ok || d.HasError() || e.HasError() {
			return false
		}
		equal, diags := typed.StringSemanticEquals(ctx, w)
		return equal && !diags.HasError()
	}
	return append([]planmodifier.String{planmodifiers.UseEquivalentState(same)}, a.PlanModifiers...)
}
