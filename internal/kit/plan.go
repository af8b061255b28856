// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// Unset plans an optional and computed attribute that the configuration does
// not set. What was never configured stays as the server has it, so that what
// people set in the Console is not touched; what was configured and is no more
// becomes cleared, the value with which the server has nothing of the user's.
//
// Which of the two it is stands in the private state: see configuredKey. On
// create, cleared is planned when it is what a new object has, and unknown,
// for the server to decide, with [ServerDefault].
func Unset(cleared attr.Value) UnsetModifier { return UnsetModifier{cleared: cleared} }

// ServerDefault is [Unset] for an attribute for which the server has a default
// other than nothing: it is documented, yet left to the server on create.
func ServerDefault(value attr.Value) UnsetModifier {
	return UnsetModifier{cleared: value, unknownOnCreate: true}
}

// Unmanaged is for an optional attribute that says what the resource manages:
// null is not managed. An import fills it in, and that is no difference.
func Unmanaged(null attr.Value) UnsetModifier { return UnsetModifier{cleared: null} }

// UnsetModifier is a plan modifier for an attribute of any type.
type UnsetModifier struct {
	cleared         attr.Value
	unknownOnCreate bool
}

// Description implements planmodifier.Describer.
func (u UnsetModifier) Description(context.Context) string {
	return "Keeps what the server has when it was never configured, and clears what is configured no more."
}

// MarkdownDescription implements planmodifier.Describer.
func (u UnsetModifier) MarkdownDescription(ctx context.Context) string { return u.Description(ctx) }

// plan returns the planned value, or nil to leave it.
func (u UnsetModifier) plan(ctx context.Context, creating bool, private privateReader, at path.Path, config, state attr.Value, diags *diag.Diagnostics) attr.Value {
	switch {
	case !config.IsNull():
		return nil
	case creating && u.unknownOnCreate:
		return nil
	case creating:
		return u.cleared
	}
	known, d := private.GetKey(ctx, configuredKey)
	diags.Append(d...)
	var names []string
	if len(known) > 0 {
		if err := json.Unmarshal(known, &names); err != nil {
			diags.AddError("Could not read which attributes were configured", err.Error())
		}
	}
	if slices.Contains(names, at.String()) {
		return u.cleared
	}
	return state
}

// WasApplied reports whether the configuration of the resource, whose private state
// it is, was applied since it was imported.
func WasApplied(ctx context.Context, private privateReader, diags *diag.Diagnostics) bool {
	known, d := private.GetKey(ctx, configuredKey)
	diags.Append(d...)
	return len(known) > 0
}

// isNew reports whether the state has no object yet that holds the attribute:
// the resource, or the object that the attribute is nested in.
func isNew(ctx context.Context, state tfsdk.State, at path.Path) bool {
	if state.Raw.IsNull() {
		return true
	}
	holder := at.ParentPath()
	if len(holder.Steps()) == 0 {
		return false
	}
	var v attr.Value
	diags := state.GetAttribute(ctx, holder, &v)
	return diags.HasError() || v == nil || v.IsNull()
}

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PlanModifyString implements planmodifier.String.
func (u UnsetModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifyBool implements planmodifier.Bool.
func (u UnsetModifier) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifyInt64 implements planmodifier.Int64.
func (u UnsetModifier) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifyList implements planmodifier.List.
func (u UnsetModifier) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifySet implements planmodifier.Set.
func (u UnsetModifier) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifyMap implements planmodifier.Map.
func (u UnsetModifier) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// PlanModifyObject implements planmodifier.Object.
func (u UnsetModifier) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	if v := u.plan(ctx, isNew(ctx, req.State, req.Path), req.Private, req.Path, req.ConfigValue, req.StateValue, &resp.Diagnostics); v != nil {
		setPlanned(ctx, v, &resp.PlanValue, &resp.Diagnostics)
	}
}

// setPlanned converts v, which may be of a custom type, to the type that the
// modifier's answer has.
func setPlanned[V attr.Value](ctx context.Context, v attr.Value, planned *V, diags *diag.Diagnostics) {
	switch v := v.(type) {
	case V:
		*planned = v
	default:
		converted, d := convert(ctx, v, (*planned).Type(ctx))
		diags.Append(d...)
		if out, ok := converted.(V); ok {
			*planned = out
		}
	}
}

func convert(ctx context.Context, v attr.Value, to attr.Type) (attr.Value, diag.Diagnostics) {
	var diags diag.Diagnostics
	raw, err := v.ToTerraformValue(ctx)
	if err == nil {
		v, err = to.ValueFromTerraform(ctx, raw)
	}
	if err != nil {
		diags.AddError("Could not plan a value", err.Error())
	}
	return v, diags
}
