// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// isLackedDefault reports whether a server shows nothing of a setting that older
// versions of Logto lack, and the value is what such a Logto does anyway.
func isLackedDefault(ctx context.Context, name string, a schema.Attribute, want, got tftypes.Value) bool {
	return got.IsNull() && !want.IsNull() && since.OfAttribute(name) != since.Oldest && isDefault(ctx, a, want)
}

// isDefault reports whether a value is what a setting has when it was never set.
func isDefault(ctx context.Context, a schema.Attribute, v tftypes.Value) bool {
	if v.IsNull() || !v.IsKnown() { // what is unknown is what the server answers
		return true
	}
	if object, ok := a.(schema.SingleNestedAttribute); ok {
		var inner map[string]tftypes.Value
		if v.As(&inner) != nil {
			return false
		}
		for name, value := range inner {
			if !isDefault(ctx, object.Attributes[name], value) {
				return false
			}
		}
		return true
	}
	value, err := a.GetType().ValueFromTerraform(ctx, v)
	if err != nil {
		return false
	}
	for _, known := range []attr.Value{planmodifiers.DefaultOf(a), planmodifiers.ClearedOf(a)} {
		if known != nil && value.Equal(known) {
			return true
		}
	}
	switch value := value.(type) {
	case basetypes.BoolValue: // a flag without a default is null for false
		return planmodifiers.KindOf(a) == planmodifiers.Enforced && !value.ValueBool()
	case interface{ Elements() []attr.Value }: // and so are a set and a list for none
		return len(value.Elements()) == 0
	}
	return false
}

// withLacking is what was read, with the settings of the state that this Logto lacks
// and that are as such a Logto does anyway. Else each plan would set them again.
func withLacking(ctx context.Context, attributes map[string]schema.Attribute, was, read tftypes.Value) tftypes.Value {
	var had, has map[string]tftypes.Value
	if was.IsNull() || read.IsNull() || was.As(&had) != nil || read.As(&has) != nil {
		return read
	}
	out := maps.Clone(has)
	for name, a := range attributes {
		if isLackedDefault(ctx, name, a, had[name], has[name]) {
			out[name] = had[name]
		} else if object, ok := a.(schema.SingleNestedAttribute); ok {
			out[name] = withLacking(ctx, object.Attributes, had[name], has[name])
		}
	}
	return tftypes.NewValue(read.Type(), out)
}

// lastName is the name of the attribute at a path, and empty for an element.
func lastName(at path.Path) string {
	steps := at.Steps()
	if len(steps) == 0 {
		return ""
	}
	name, _ := steps[len(steps)-1].(path.PathStepAttributeName)
	return string(name)
}
