// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
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

// withLacking is what was read of an attribute, with the settings in it that this Logto
// lacks as they were. Else each plan would set them again.
func withLacking(ctx context.Context, name string, a schema.Attribute, was, read tftypes.Value) tftypes.Value {
	if isLackedDefault(ctx, name, a, was, read) {
		return was
	}
	object, ok := a.(schema.SingleNestedAttribute)
	var had, has map[string]tftypes.Value
	if !ok || was.IsNull() || read.IsNull() || was.As(&had) != nil || read.As(&has) != nil {
		return read
	}
	out := maps.Clone(has)
	for name, inner := range object.Attributes {
		out[name] = withLacking(ctx, name, inner, had[name], has[name])
	}
	return tftypes.NewValue(read.Type(), out)
}

// keepLacked puts back, in the state that was read, what this Logto lacks: see
// [planmodifiers.LackedKey].
func (r *Resource) keepLacked(ctx context.Context, names []string, was tftypes.Value, state *tfsdk.State, diags *diag.Diagnostics) {
	var had, has map[string]tftypes.Value
	if len(names) == 0 || was.IsNull() || state.Raw.IsNull() {
		return
	}
	if err := errors.Join(was.As(&had), state.Raw.As(&has)); err != nil {
		diags.AddError("Could not read the state", err.Error())
		return
	}
	out := maps.Clone(has)
	for _, name := range names {
		out[name] = withLacking(ctx, name, r.schema().Attributes[name], had[name], has[name])
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), out)
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
