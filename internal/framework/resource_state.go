// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// managed is the state without the link sets that the resource no longer manages.
func (r *Resource) managed(ctx context.Context, req resource.ReadRequest, diags *diag.Diagnostics) tfsdk.State {
	names := planmodifiers.PrivateNames(ctx, req.Private, planmodifiers.UnmanagedKey, diags)
	if len(names) == 0 {
		return req.State
	}
	state := tfsdk.State{Schema: req.State.Schema, Raw: req.State.Raw.Copy()}
	for _, name := range names {
		at := pathOf(name)
		var v attr.Value
		diags.Append(state.GetAttribute(ctx, at, &v)...)
		if v == nil || v.IsNull() {
			continue
		}
		null, err := v.Type(ctx).ValueFromTerraform(ctx, tftypes.NewValue(v.Type(ctx).TerraformType(ctx), nil))
		if err != nil {
			diags.AddError("Could not read the state", err.Error())
			continue
		}
		diags.Append(state.SetAttribute(ctx, at, null)...)
	}
	return state
}

// finish calls AfterWrite, and reads what was reached after an error.
func (r *Resource) finish(ctx context.Context, m any, planned, prior any, diags *diag.Diagnostics) {
	if diags.HasError() {
		return
	}
	if err := r.objects.afterWrite(ctx, r.data.Client, m, planned, prior); err != nil {
		r.fail(diags, "finish", "", err)
		if l, ok := m.(ModelWithAfterRead); ok {
			// What was reached is what the state should say; where that
			// cannot be read either, the next refresh will say it.
			_ = l.AfterRead(ctx, r.data.Client, ForRefresh)
		}
	}
}

// blank is a model whose attributes are all null.
func (o *Definition) blank(ctx context.Context, diags *diag.Diagnostics) any {
	kind := o.schema().Type().TerraformType(ctx)
	nulls := map[string]tftypes.Value{}
	for name, a := range o.schema().Attributes {
		nulls[name] = tftypes.NewValue(a.GetType().TerraformType(ctx), nil)
	}
	m := o.objects.newModel()
	state := tfsdk.State{Schema: o.schema(), Raw: tftypes.NewValue(kind, nulls)}
	diags.Append(state.Get(ctx, m)...)
	return m
}

// keyOf reads the parts of the key from a state, a plan or a configuration; those
// not known yet are empty. It goes past the framework's reflection, which would
// take a tenth of a refresh.
func (o *Definition) keyOf(from tftypes.Value, diags *diag.Diagnostics) logto.Key {
	key := make(logto.Key, len(o.key))
	var attributes map[string]tftypes.Value
	if err := from.As(&attributes); err != nil {
		diags.AddError("Could not read which object the "+o.typeName()+" is", err.Error())
		return key
	}
	for i, k := range o.key {
		if v := attributes[k]; v.IsKnown() && !v.IsNull() {
			if err := v.As(&key[i]); err != nil {
				diags.AddAttributeError(path.Root(k), "Could not read which object the "+o.typeName()+" is", err.Error())
			}
		}
	}
	return key
}

func (o *Definition) identify(ctx context.Context, key logto.Key, identity *tfsdk.ResourceIdentity) {
	if identity == nil {
		return
	}
	parts := map[string]tftypes.Value{}
	for i, k := range o.key {
		parts[k] = tftypes.NewValue(tftypes.String, key[i])
	}
	identity.Raw = tftypes.NewValue(identity.Schema.Type().TerraformType(ctx), parts)
}

// takeWriteOnly puts the write-only attributes, which only the configuration
// has, into a model that came from the plan.
func (r *Resource) takeWriteOnly(ctx context.Context, config tfsdk.Config, m any) diag.Diagnostics {
	if !r.objects.hooks().copyWriteOnly {
		return nil
	}
	c := r.objects.newModel()
	diags := config.Get(ctx, c)
	r.objects.copyWriteOnly(m, c)
	return diags
}

func isConfigured(data *ProviderData, diags *diag.Diagnostics) bool {
	if data == nil {
		diags.AddError("The provider is not configured", "The provider's configuration depends on values that are not known yet. "+
			"Apply what they come from first, for example with -target.")
	}
	return data != nil
}

// remember saves, in the private state, what Terraform does not remember of the
// configuration, once there is an object.
func (r *Resource) remember(ctx context.Context, config tfsdk.Config, state *tfsdk.State, private planmodifiers.PrivateState, diags *diag.Diagnostics) {
	if state.Raw.IsNull() {
		return
	}
	names, err := configuredNames(config.Raw, "")
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
		return
	}
	var unmanaged []string
	for _, name := range r.linkSets() {
		if slices.Contains(names, name) {
			continue
		}
		var v attr.Value
		if d := state.GetAttribute(ctx, pathOf(name), &v); !d.HasError() && v != nil && !v.IsNull() && planmodifiers.LinkNames(v) != nil {
			unmanaged = append(unmanaged, name)
		}
	}
	planmodifiers.KeepNames(ctx, private, planmodifiers.ConfiguredKey, r.trackedOf(names), diags)
	planmodifiers.KeepNames(ctx, private, planmodifiers.UnmanagedKey, unmanaged, diags)
	diags.Append(private.SetKey(ctx, planmodifiers.ImportedKey, nil)...)
	diags.Append(private.SetKey(ctx, plannedKey, nil)...)
}

// rememberTried saves that an update wrote, perhaps, what the configuration has: where
// it did, the next plan has nothing to do, and so nothing that saves it.
func (r *Resource) rememberTried(ctx context.Context, config tfsdk.Config, private planmodifiers.PrivateState, diags *diag.Diagnostics) {
	names, err := configuredNames(config.Raw, "")
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
		return
	}
	names = append(names, planmodifiers.PrivateNames(ctx, private, planmodifiers.ConfiguredKey, diags)...)
	planmodifiers.KeepNames(ctx, private, planmodifiers.ConfiguredKey, r.trackedOf(names), diags)
}

// trackedOf are the names that the private state keeps of the names of configured
// attributes, sorted.
func (r *Resource) trackedOf(names []string) (tracked []string) {
	for _, name := range names {
		if slices.Contains(r.tracked(), name) {
			tracked = append(tracked, name)
		}
	}
	slices.Sort(tracked)
	return slices.Compact(tracked)
}

// pathOf is the path of an attribute; a nested one is named "outer.inner".
func pathOf(name string) path.Path {
	steps := strings.Split(name, ".")
	at := path.Root(steps[0])
	for _, s := range steps[1:] {
		at = at.AtName(s)
	}
	return at
}

// configuredNames are the attributes in object that are set, those of nested
// objects as "outer.inner".
func configuredNames(object tftypes.Value, under string) ([]string, error) {
	names := []string{}
	var attributes map[string]tftypes.Value
	if err := object.As(&attributes); err != nil {
		return nil, err
	}
	for name, v := range attributes {
		if v.IsNull() {
			continue
		}
		names = append(names, under+name)
		if v.Type().Is(tftypes.Object{}) && v.IsKnown() {
			inner, err := configuredNames(v, under+name+".")
			if err != nil {
				return nil, err
			}
			names = append(names, inner...)
		}
	}
	return names, nil
}
