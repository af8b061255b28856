// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"encoding/json"
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
)

// RunTime plans an optional and computed attribute of the kind [RunTimeData]: it
// keeps what the server has while the configuration never set it, and plans
// cleared when the configuration no longer sets it, and for a new object.
func RunTime(cleared attr.Value) Unconfigured {
	return Unconfigured{kind: RunTimeData, cleared: cleared}
}

// RunTimeKept plans an optional and computed attribute like [RunTime], but leaves it
// as it is when the configuration no longer sets it: what Logto cannot clear, or an
// object whose attributes are run-time data themselves, as long as something is left
// in it. null is the null of its type.
func RunTimeKept(null attr.Value) Unconfigured {
	return Unconfigured{kind: RunTimeData, cleared: null, kept: true}
}

// TenantSetting plans an optional and computed attribute of the kind
// [TenantSettings]: like [RunTime], but what is there is adopted, and byDefault,
// the server's default, is planned when the configuration no longer sets it.
func TenantSetting(byDefault attr.Value) Unconfigured {
	return Unconfigured{kind: TenantSettings, cleared: byDefault}
}

// LinkSet plans an optional and computed attribute of the kind [LinkSets]. null is
// the null of its type. What was configured and no longer is stays as it is on
// the server; a warning says so.
func LinkSet(null attr.Value) Unconfigured {
	return Unconfigured{kind: LinkSets, cleared: null}
}

// Kept plans an optional and computed attribute of the kind [KeptSecrets]. null is
// the null of its type, which is planned for a new object.
func Kept(null attr.Value) Unconfigured {
	return Unconfigured{kind: KeptSecrets, cleared: null}
}

// AssignedOnce plans an optional and computed attribute of the kind [Assigned].
func AssignedOnce() Unconfigured { return Unconfigured{kind: Assigned} }

// Unconfigured is a plan modifier, for an attribute of any type, that plans what
// the configuration leaves out.
//
// Which attributes the configuration set when it was last applied stands in the
// private state: see configuredKey.
type Unconfigured struct {
	kind    Kind
	cleared attr.Value
	// within are the defaults of the attributes of an object that is null by default.
	within map[string]attr.Value
	kept   bool // what is no longer configured stays: see [RunTimeKept]
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
	// creating is set when the state has no object yet that holds the attribute.
	creating bool
	private  privateReader
}

// plan returns the planned value, or nil to leave it.
func (u Unconfigured) plan(ctx context.Context, a attributePlan, diags *diag.Diagnostics) attr.Value {
	switch {
	case !a.config.IsNull():
		return nil
	case a.creating && (u.kind == TenantSettings || u.kind == Assigned):
		return nil // unknown: what is there is adopted, or Logto assigns it
	case a.creating:
		return u.cleared
	case u.kind == KeptSecrets, u.kind == Assigned, u.kept && !isObjectValue(a.state):
		return a.state
	case u.kind == LinkSets:
		u.warn(ctx, a, diags)
		return a.state
	}
	names := privateNames(ctx, a.private, configuredKey, diags)
	configured := func(name string) bool { return slices.Contains(names, name) }
	if configured(a.at.String()) && u.clears(a.at, a.state, configured) {
		return u.cleared
	}
	return a.state
}

func isObjectValue(v attr.Value) bool {
	_, ok := v.(basetypes.ObjectValue)
	return ok
}

// clears reports whether nothing else is lost when an attribute is cleared: an
// object that is null by default may have attributes that were not configured.
func (u Unconfigured) clears(at path.Path, v attr.Value, configured func(name string) bool) bool {
	object, ok := v.(basetypes.ObjectValue)
	if !ok || !u.cleared.IsNull() {
		return true
	}
	for name, inner := range object.Attributes() {
		byDefault, tracked := u.within[name]
		if !tracked && !u.kept {
			continue // of the object as a whole, which was configured
		}
		if !inner.IsNull() && !inner.Equal(byDefault) && !configured(at.AtName(name).String()) {
			return false
		}
	}
	return true
}

// warn tells of links that stay although they are in the state and no longer in
// the configuration. What an import has read was never configured.
func (u Unconfigured) warn(ctx context.Context, a attributePlan, diags *diag.Diagnostics) {
	links, none := linkNames(a.state), "[]"
	if _, ok := a.state.(basetypes.MapValue); ok {
		none = "{}"
	}
	if len(links) == 0 || isImported(ctx, a.private, diags) ||
		slices.Contains(privateNames(ctx, a.private, unmanagedKey, diags), a.at.String()) {
		return
	}
	diags.AddAttributeWarning(outermost(a.at), "Left out, and so no longer managed",
		fmt.Sprintf("The configuration no longer sets %s. Terraform removes nothing: %s stay in Logto, and Terraform no longer manages them. "+
			"To remove them, set %s = %s. To keep them out of this warning, list them.", a.at, strings.Join(links, ", "), a.at, none))
}

// linkNames are the elements of a set of links, or the keys of a map; nil for a
// value of another type.
func linkNames(v attr.Value) (names []string) {
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

// outermost is the attribute of the resource that at lies in: Terraform shows the
// line of that one only.
func outermost(at path.Path) path.Path {
	for len(at.Steps()) > 1 {
		at = at.ParentPath()
	}
	return at
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
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyBool implements planmodifier.Bool.
func (u Unconfigured) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyInt64 implements planmodifier.Int64.
func (u Unconfigured) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyList implements planmodifier.List.
func (u Unconfigured) PlanModifyList(ctx context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifySet implements planmodifier.Set.
func (u Unconfigured) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyMap implements planmodifier.Map.
func (u Unconfigured) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// PlanModifyObject implements planmodifier.Object.
func (u Unconfigured) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	a := attributePlan{req.Path, req.ConfigValue, req.StateValue, isNew(ctx, req.State, req.Path), req.Private}
	setPlanned(ctx, u.plan(ctx, a, &resp.Diagnostics), &resp.PlanValue, &resp.Diagnostics)
}

// setPlanned sets what is planned to v, converted to the type that it has, unless
// v is nil.
func setPlanned[V attr.Value](ctx context.Context, v attr.Value, planned *V, diags *diag.Diagnostics) {
	switch v := v.(type) {
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

// The private state of a resource says what Terraform does not remember. All of
// its keys are absent for most objects.
const (
	// configuredKey lists the attributes of the kinds [RunTimeData] and
	// [TenantSettings] that the configuration set when it was last applied.
	configuredKey = "configured"
	// unmanagedKey lists the link sets that are in the state, and were not in the
	// configuration when it was last applied. The next refresh drops them.
	unmanagedKey = "unmanaged"
	// importedKey is "true" until the first read after an import, and "false" from
	// there to the first write.
	importedKey = "imported"
)

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateState interface {
	privateReader
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// privateNames are the names that the private state has under a key.
func privateNames(ctx context.Context, private privateReader, key string, diags *diag.Diagnostics) (names []string) {
	known, d := private.GetKey(ctx, key)
	diags.Append(d...)
	if len(known) > 0 {
		if err := json.Unmarshal(known, &names); err != nil {
			diags.AddError("Could not read the private state", err.Error())
		}
	}
	return names
}

// keepNames saves names in the private state, and nothing for none.
func keepNames(ctx context.Context, private privateState, key string, names []string, diags *diag.Diagnostics) {
	var b []byte
	if names != nil {
		var err error
		if b, err = json.Marshal(names); err != nil {
			diags.AddError("Could not write the private state", err.Error())
			return
		}
	}
	diags.Append(private.SetKey(ctx, key, b)...)
}

// isImported reports whether nothing was written to the object since its import.
func isImported(ctx context.Context, private privateReader, diags *diag.Diagnostics) bool {
	known, d := private.GetKey(ctx, importedKey)
	diags.Append(d...)
	return len(known) > 0
}

// WasApplied reports whether the configuration of the resource, whose private state
// it is, was applied since the object was imported.
func WasApplied(ctx context.Context, private privateReader, diags *diag.Diagnostics) bool {
	return !isImported(ctx, private, diags)
}

// UseEquivalentState plans what is in the state where the configuration says the
// same in another spelling.
func UseEquivalentState(same func(a, b string) bool) planmodifier.String {
	return stringModifier{"Plans no change when only the spelling differs.",
		func(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
			if IsGiven(req.ConfigValue) && IsGiven(req.StateValue) && same(req.ConfigValue.ValueString(), req.StateValue.ValueString()) {
				resp.PlanValue = req.StateValue
			}
		}}
}

// WarnOfRemovalAfterImport warns when the first plan after an import removes a map that
// may hold secrets: the configuration that Terraform generates leaves it out. version
// is the version of its write-only twin.
func WarnOfRemovalAfterImport(version string) planmodifier.Map { return removalAfterImport{version} }

type removalAfterImport struct{ version string }

// Description implements planmodifier.Describer.
func (removalAfterImport) Description(context.Context) string {
	return "Warns when the first plan after an import removes it."
}

// MarkdownDescription implements planmodifier.Describer.
func (m removalAfterImport) MarkdownDescription(ctx context.Context) string {
	return m.Description(ctx)
}

// PlanModifyMap implements planmodifier.Map.
func (m removalAfterImport) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if !req.ConfigValue.IsNull() || len(req.StateValue.Elements()) == 0 || !isImported(ctx, req.Private, &resp.Diagnostics) {
		return
	}
	var version types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, req.Path.ParentPath().AtName(m.version), &version)...)
	if version.IsNull() {
		resp.Diagnostics.AddAttributeWarning(req.Path, "What was imported is removed",
			fmt.Sprintf("The import found %[1]s, and the configuration has none: Terraform generates none, because they may hold secrets. "+
				"To keep them, set %[1]s or its write-only twin, or list %[1]s in ignore_changes.", req.Path))
	}
}

type stringModifier struct {
	says string
	plan func(context.Context, planmodifier.StringRequest, *planmodifier.StringResponse)
}

// Description implements planmodifier.Describer.
func (m stringModifier) Description(context.Context) string { return m.says }

// MarkdownDescription implements planmodifier.Describer.
func (m stringModifier) MarkdownDescription(context.Context) string { return m.says }

// PlanModifyString implements planmodifier.String.
func (m stringModifier) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	m.plan(ctx, req, resp)
}
