// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// An attribute with a write-only twin is null in the state while the twin is
// used. That it is, the twin's version says, which the state has.

// NullWhenSet plans null where the configuration sets the other attribute of the
// same object, so that the state does not keep what a write-only attribute gives.
func NullWhenSet(other string) NullWhenSetModifier { return NullWhenSetModifier{other} }

// NullWhenSetModifier is a plan modifier for a string or a map.
type NullWhenSetModifier struct{ other string }

// Description implements planmodifier.Describer.
func (n NullWhenSetModifier) Description(context.Context) string {
	return "Plans null when " + n.other + " is configured."
}

// MarkdownDescription implements planmodifier.Describer.
func (n NullWhenSetModifier) MarkdownDescription(ctx context.Context) string {
	return n.Description(ctx)
}

// applies reports whether it is the twin that is configured.
func (n NullWhenSetModifier) applies(ctx context.Context, at path.Path, own attr.Value, config tfsdk.Config, diags *diag.Diagnostics) bool {
	var set attr.Value
	diags.Append(config.GetAttribute(ctx, at.ParentPath().AtName(n.other), &set)...)
	return own.IsNull() && set != nil && !set.IsNull()
}

// PlanModifyString implements planmodifier.String.
func (n NullWhenSetModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.StringNull()
	}
}

// PlanModifyMap implements planmodifier.Map.
func (n NullWhenSetModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if n.applies(ctx, req.Path, req.ConfigValue, req.Config, &resp.Diagnostics) {
		resp.PlanValue = types.MapNull(resp.PlanValue.ElementType(ctx))
	}
}
