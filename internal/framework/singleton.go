// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// adopt is the Create of a singleton: an update of the object that every tenant has.
func (r *Resource) adopt(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	there := r.blank(ctx, &resp.Diagnostics)
	got, err := r.objects.get(ctx, r.data.Client, logto.Key{schemas.SingletonID})
	switch {
	case err == nil:
		resp.Diagnostics.Append(r.objects.flatten(ctx, there, got)...)
	case !logto.IsNotFound(err):
		r.fail(&resp.Diagnostics, "adopt", "", err)
	}
	state := tfsdk.State{Schema: r.schema()}
	resp.Diagnostics.Append(state.Set(ctx, there)...)
	resp.Diagnostics.Append(state.SetAttribute(ctx, path.Root("id"), schemas.SingletonID)...)
	if resp.Diagnostics.HasError() {
		return
	}
	// What the plan leaves open stays as it is.
	whole, err := tftypes.Transform(req.Plan.Raw, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		if found, _, err := tftypes.WalkAttributePath(state.Raw, at); err == nil {
			if has, ok := found.(tftypes.Value); ok {
				return has, nil
			}
		}
		return v, nil
	})
	if err != nil {
		resp.Diagnostics.AddError("Could not adopt the "+r.typeName(), err.Error())
		return
	}
	done := resource.UpdateResponse{State: resp.State, Identity: resp.Identity, Private: resp.Private}
	r.update(ctx, resource.UpdateRequest{
		Config: req.Config, Plan: tfsdk.Plan{Schema: r.schema(), Raw: whole}, State: state, Identity: req.Identity,
	}, &done)
	resp.State, resp.Identity, resp.Private = done.State, done.Identity, done.Private
	resp.Diagnostics.Append(done.Diagnostics...)
}

// restore is the Delete of a singleton.
func (r *Resource) restore(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	names := planmodifiers.PrivateNames(ctx, req.Private, planmodifiers.ConfiguredKey, &resp.Diagnostics)
	// After an import without an apply, the resource manages all settings.
	whole := planmodifiers.IsImported(ctx, req.Private, &resp.Diagnostics)
	reset := settingsReset{
		own:   func(name string) bool { return whole || slices.Contains(names, name) },
		other: func(name string) bool { return r.data.run.keeps([]string{r.settingKey(name)}) },
		state: tfsdk.State{Schema: req.State.Schema, Raw: req.State.Raw.Copy()},
	}
	reset.all(ctx, path.Empty(), r.schema().Attributes, &resp.Diagnostics)
	from, to := r.objects.newModel(), r.objects.newModel()
	resp.Diagnostics.Append(req.State.Get(ctx, from)...)
	resp.Diagnostics.Append(reset.state.Get(ctx, to)...)
	if resp.Diagnostics.HasError() {
		return
	}
	was, diags := r.objects.expand(ctx, from)
	resp.Diagnostics.Append(diags...)
	will, diags := r.objects.expand(ctx, to)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if _, err := r.objects.update(ctx, r.data.Client, logto.Key{schemas.SingletonID}, was, will); err != nil && !logto.IsNotFound(err) {
		r.fail(&resp.Diagnostics, "restore", "", err)
	}
}

// settingsReset gives the settings of a resource the server's defaults.
type settingsReset struct {
	// own reports whether the resource has set an attribute, and other whether
	// another one has in this run.
	own, other func(name string) bool
	state      tfsdk.State
}

// all resets the attributes of an object.
func (r *settingsReset) all(ctx context.Context, object path.Path, attributes map[string]schema.Attribute, diags *diag.Diagnostics) {
	for name, a := range attributes {
		at := object.AtName(name)
		setting, ok := planmodifiers.UnconfiguredOf(a)
		if !ok || !r.own(at.String()) {
			continue
		}
		var has attr.Value
		diags.Append(r.state.GetAttribute(ctx, at, &has)...)
		inner, nested := a.(schema.SingleNestedAttribute)
		switch {
		case nested && (has == nil || has.IsNull()): // a server that does not have it
		case nested && (!setting.Cleared.IsNull() || r.other(at.String()) || !setting.Clears(at, has, r.own)):
			r.all(ctx, at, inner.Attributes, diags)
		case !r.other(at.String()):
			diags.Append(r.state.SetAttribute(ctx, at, setting.Cleared)...)
		}
	}
}

// settingKey is the key under which the run knows that a setting was written.
func (o *Definition) settingKey(name string) string {
	return o.typeName() + " " + schemas.SingletonID + " " + name
}

// noteSettings notes which settings a resource writes in this run.
func (r *Resource) noteSettings(config tfsdk.Config, diags *diag.Diagnostics) {
	names, err := configuredNames(config.Raw, "")
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
		return
	}
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = r.settingKey(name)
	}
	r.data.run.keep(keys)
}
