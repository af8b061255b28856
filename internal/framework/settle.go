// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// sameValue compares values as their types do, at every depth: JSON by its meaning.
func sameValue(ctx context.Context, a, b attr.Value) bool {
	switch x := a.(type) {
	case basetypes.StringValuableWithSemanticEquals:
		if y, ok := b.(basetypes.StringValuable); ok && !a.IsNull() && !b.IsNull() {
			same, diags := x.StringSemanticEquals(ctx, y)
			return same && !diags.HasError()
		}
	case basetypes.ObjectValue:
		y, ok := b.(basetypes.ObjectValue)
		if !ok || x.IsNull() || y.IsNull() {
			break
		}
		for name, inner := range x.Attributes() {
			if !sameValue(ctx, inner, y.Attributes()[name]) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}

// settle sets the state after a write: what was planned, and what the plan left
// open as Logto answered it. What this write sent must have been kept; what it did
// not send may have been changed by somebody else meanwhile, which is for the next
// refresh to show.
func (r *Resource) settle(ctx context.Context, plan tfsdk.Plan, prior tfsdk.State, m any, state *tfsdk.State, private planmodifiers.PrivateState, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	failed := diags.HasError()
	r.saveAnswer(ctx, m, state, identity, diags)
	if failed || diags.HasError() {
		return // what was reached is what the state says
	}
	planned, answered, had := map[string]tftypes.Value{}, map[string]tftypes.Value{}, map[string]tftypes.Value{}
	for raw, into := range map[*tftypes.Value]*map[string]tftypes.Value{&plan.Raw: &planned, &state.Raw: &answered, &prior.Raw: &had} {
		if raw.IsNull() {
			continue
		}
		if err := raw.As(into); err != nil {
			diags.AddError("Could not read the plan of the "+r.typeName(), err.Error())
			return
		}
	}
	settled, lacked := map[string]tftypes.Value{}, []string(nil)
	for name, want := range planned {
		got := answered[name]
		settled[name] = filled(want, got)
		if !withLacking(ctx, name, r.schema().Attributes[name], settled[name], got).Equal(got) {
			lacked = append(lacked, name)
		}
		before, known := had[name]
		if !known {
			before = tftypes.NewValue(want.Type(), nil)
		}
		lost := notKept(ctx, path.Root(name), r.schema().Attributes[name], want, before, got, diags)
		if len(lost) > 0 {
			settled[name] = got
		}
		for _, l := range lost {
			detail := fmt.Sprintf("Logto accepted the %s, but its %s is not what the configuration says. The state holds what Logto answered. ", r.typeName(), l.at)
			if l.since == "" {
				detail += "Change the configuration to a value that Logto stores unchanged."
			} else {
				detail += "The setting needs Logto " + l.since + " or later, and an older one ignores it. Leave it out, or use its default."
			}
			diags.AddAttributeError(path.Root(name), "Logto did not store the configured value", detail)
		}
	}
	planmodifiers.KeepNames(ctx, private, planmodifiers.LackedKey, lacked, diags)
	state.Raw = tftypes.NewValue(state.Raw.Type(), settled)
	r.identify(ctx, r.keyOf(state.Raw, diags), identity)
}

// saveAnswer sets the state to what Logto answered.
func (r *Resource) saveAnswer(ctx context.Context, m any, state *tfsdk.State, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	diags.Append(state.Set(ctx, m)...)
	state.Raw = unknownAsNull(state.Raw, diags)
	r.identify(ctx, r.keyOf(state.Raw, diags), identity)
}

// filled is what was planned, with what is unknown in it taken from the answer.
func filled(planned, answered tftypes.Value) tftypes.Value {
	if planned.IsFullyKnown() {
		return planned
	}
	out, err := tftypes.Transform(planned, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		if got, ok := planmodifiers.ValueAt(answered, at); ok {
			return got, nil
		}
		return tftypes.NewValue(v.Type(), nil), nil
	})
	if err != nil || !out.IsFullyKnown() { // an element of a set has no path
		return answered
	}
	return out
}

// lostValue is what a write sent and Logto did not keep. since is the version that
// has the setting, where this Logto shows nothing of it and may be older.
type lostValue struct {
	at    path.Path
	since string
}

// notKept is what a write sent and Logto did not keep: of an object only those
// attributes count that the write changed. To a Logto that lacks a setting, its
// default is as good as kept.
func notKept(ctx context.Context, at path.Path, a schema.Attribute, want, before, got tftypes.Value, diags *diag.Diagnostics) (lost []lostValue) {
	if !want.IsKnown() || want.Equal(before) || isLackedDefault(ctx, lastName(at), a, want, got) {
		return nil // not sent, or nothing to lose
	}
	if object, ok := a.(schema.SingleNestedAttribute); ok && !want.IsNull() && !got.IsNull() {
		var wanted, had, has map[string]tftypes.Value
		err := errors.Join(want.As(&wanted), got.As(&has))
		if !before.IsNull() {
			err = errors.Join(err, before.As(&had))
		}
		if err != nil {
			diags.AddAttributeError(validators.Outermost(at), "Could not compare what Logto answered", err.Error())
			return nil
		}
		for name, inner := range wanted {
			was, known := had[name]
			if !known {
				was = tftypes.NewValue(inner.Type(), nil)
			}
			lost = append(lost, notKept(ctx, at.AtName(name), object.Attributes[name], inner, was, has[name], diags)...)
		}
		return lost
	}
	if !sameTerraformValue(ctx, at, a.GetType(), filled(want, got), got, diags) {
		l := lostValue{at: at}
		if version := since.OfAttribute(lastName(at)); version != since.Oldest && isDefault(ctx, a, got) {
			l.since = version
		}
		lost = append(lost, l)
	}
	return lost
}

// sameTerraformValue compares values of an attribute as their type does.
func sameTerraformValue(ctx context.Context, at path.Path, kind attr.Type, a, b tftypes.Value, diags *diag.Diagnostics) bool {
	if a.Equal(b) {
		return true
	}
	x, err := kind.ValueFromTerraform(ctx, a)
	y, other := kind.ValueFromTerraform(ctx, b)
	if err != nil || other != nil {
		diags.AddAttributeError(validators.Outermost(at), "Could not compare what Logto answered", errors.Join(err, other).Error())
		return true
	}
	return sameValue(ctx, x, y)
}

// unknownAsNull is v with null for what is unknown in it.
func unknownAsNull(v tftypes.Value, diags *diag.Diagnostics) tftypes.Value {
	out, err := tftypes.Transform(v, func(_ *tftypes.AttributePath, part tftypes.Value) (tftypes.Value, error) {
		if part.IsKnown() {
			return part, nil
		}
		return tftypes.NewValue(part.Type(), nil), nil
	})
	if err != nil {
		diags.AddError("Could not save what was created", err.Error())
		return v
	}
	return out
}
