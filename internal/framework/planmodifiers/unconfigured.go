// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// RunTime plans an optional and computed attribute of the kind [RunTimeData]: it
// keeps what the server has while the configuration never set it, and plans
// Cleared when the configuration no longer sets it, and for a new object.
func RunTime(cleared attr.Value) Unconfigured {
	return Unconfigured{kind: RunTimeData, Cleared: cleared}
}

// RunTimeKept plans an optional and computed attribute like [RunTime], but leaves it
// as it is when the configuration no longer sets it: what Logto cannot clear, or an
// object whose attributes are run-time data themselves, as long as something is left
// in it. null is the null of its type.
func RunTimeKept(null attr.Value) Unconfigured {
	return Unconfigured{kind: RunTimeData, Cleared: null, kept: true}
}

// TenantSetting plans an optional and computed attribute of the kind
// [TenantSettings]: like [RunTime], but what is there is adopted, and byDefault,
// the server's default, is planned when the configuration no longer sets it.
func TenantSetting(byDefault attr.Value) Unconfigured {
	return Unconfigured{kind: TenantSettings, Cleared: byDefault}
}

// LinkSet plans an optional and computed attribute of the kind [LinkSets]. null is
// the null of its type. When the configuration no longer sets the links, they stay on
// the server, and a warning says so.
func LinkSet(null attr.Value) Unconfigured {
	return Unconfigured{kind: LinkSets, Cleared: null}
}

// Kept plans an optional and computed attribute of the kind [KeptSecrets]. null is
// the null of its type, which is planned for a new object.
func Kept(null attr.Value) Unconfigured {
	return Unconfigured{kind: KeptSecrets, Cleared: null}
}

// AssignedOnce plans an optional and computed attribute of the kind [Assigned].
func AssignedOnce() Unconfigured { return Unconfigured{kind: Assigned} }

// Unconfigured is a plan modifier, for an attribute of any type, that plans what
// the configuration leaves out.
//
// Which attributes the configuration set when it was last applied stands in the
// private state: see [ConfiguredKey].
type Unconfigured struct {
	kind    Kind
	Cleared attr.Value
	// Within are the defaults of the attributes of an object that is null by default.
	Within map[string]attr.Value
	kept   bool // the value stays when it is no longer configured: see [RunTimeKept]
}

// Description implements planmodifier.Describer.
func (u Unconfigured) Description(context.Context) string {
	return "Plans what is not configured as its kind says: " + string(u.kind) + "."
}

// MarkdownDescription implements planmodifier.Describer.
func (u Unconfigured) MarkdownDescription(ctx context.Context) string { return u.Description(ctx) }

// attributePlan is what a modifier knows of an attribute.
type attributePlan struct {
	at            path.Path
	config, state attr.Value
	resource      tfsdk.State
	private       PrivateReader
}

// plan returns the planned value, or nil to leave it.
func (u Unconfigured) plan(ctx context.Context, a attributePlan, diags *diag.Diagnostics) attr.Value {
	if !a.config.IsNull() {
		return nil
	}
	creating := isNew(ctx, a.resource, a.at)
	switch {
	case creating && (u.kind == TenantSettings || u.kind == Assigned):
		return nil // unknown: what is there is adopted, or Logto assigns it
	case creating:
		return u.Cleared
	case u.kind == KeptSecrets, u.kind == Assigned, u.kept && !isObjectValue(a.state):
		return a.state
	case u.kind == LinkSets:
		u.warn(ctx, a, diags)
		return a.state
	}
	names := PrivateNames(ctx, a.private, ConfiguredKey, diags)
	configured := func(name string) bool { return slices.Contains(names, name) }
	if configured(a.at.String()) && u.Clears(a.at, a.state, configured) {
		return u.Cleared
	}
	return a.state
}

func isObjectValue(v attr.Value) bool {
	_, ok := v.(basetypes.ObjectValue)
	return ok
}

// Clears reports whether nothing else is lost when an attribute is cleared: an
// object that is null by default may have attributes that were not configured.
func (u Unconfigured) Clears(at path.Path, v attr.Value, configured func(name string) bool) bool {
	object, ok := v.(basetypes.ObjectValue)
	if !ok || !u.Cleared.IsNull() {
		return true
	}
	for name, inner := range object.Attributes() {
		byDefault, tracked := u.Within[name]
		if !tracked && !u.kept {
			continue // of the object as a whole, which was configured
		}
		if !inner.IsNull() && !inner.Equal(byDefault) && !configured(at.AtName(name).String()) {
			return false
		}
	}
	return true
}

// warn warns of links that stay on the server although the configuration no longer has
// them. There is no warning for links that only an import has read.
func (u Unconfigured) warn(ctx context.Context, a attributePlan, diags *diag.Diagnostics) {
	links, none := LinkNames(a.state), "[]"
	if _, ok := a.state.(basetypes.MapValue); ok {
		none = "{}"
	}
	if len(links) == 0 || IsImported(ctx, a.private, diags) ||
		slices.Contains(PrivateNames(ctx, a.private, UnmanagedKey, diags), a.at.String()) {
		return
	}
	diags.AddAttributeWarning(validators.Outermost(a.at), "Left out, and so no longer managed",
		fmt.Sprintf("The configuration no longer sets %s. Terraform removes nothing. These stay in Logto, and Terraform no longer manages them: %s. "+
			"To remove them, set %s = %s. To keep them out of this warning, list them.", a.at, strings.Join(links, ", "), a.at, none))
}

// LinkNames are the elements of a set of links, or the keys of a map; nil for a
// value of another type.
func LinkNames(v attr.Value) (names []string) {
	switch v := v.(type) {
	case basetypes.SetValue:
		for _, e := range v.Elements() {
			if s, ok := e.(types.String); ok {
				names = append(names, s.ValueString())
			}
		}
	case basetypes.MapValue:
		for name := range v.Elements() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
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

// PlanModifyString implements planmodifier.String.
func (u Unconfigured) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyBool implements planmodifier.Bool.
func (u Unconfigured) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyInt64 implements planmodifier.Int64.
func (u Unconfigured) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyList implements planmodifier.List.
func (u Unconfigured) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifySet implements planmodifier.Set.
func (u Unconfigured) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyMap implements planmodifier.Map.
func (u Unconfigured) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyObject implements planmodifier.Object.
func (u Unconfigured) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	setPlanned(ctx, u, attributePlan{req.Path, req.ConfigValue, req.StateValue, req.State, req.Private}, &resp.PlanValue, &resp.Diagnostics)
}

// setPlanned sets what is planned for the attribute, converted to the type that it has,
// unless the modifier leaves it.
func setPlanned[V attr.Value](ctx context.Context, u Unconfigured, a attributePlan, planned *V, diags *diag.Diagnostics) {
	switch v := u.plan(ctx, a, diags).(type) {
	case nil:
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
