// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// SingletonID is the id of what a tenant has once, for its state and its import.
const SingletonID = "default"

// IDOfSingleton is the id attribute of what a tenant has once.
func IDOfSingleton() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The value is always `" + SingletonID + "`.",
		Computed:            true,
		Default:             stringdefault.StaticString(SingletonID),
	}
}

// Single marks a kind of object of which a tenant has one at most. Models set
// ID to [SingletonID].
func (o *Object[M, T, In, P]) Single() *Object[M, T, In, P] {
	o.single = true
	return o
}

// Singleton describes what every tenant has once. Its resource adopts what is
// there and writes what differs from the configured attributes; destroying it
// puts back the server's defaults of the attributes that were configured, or of
// all when nothing was applied since an import, as their modifiers say. All of
// those are [TenantSetting], because nothing is new here. What another resource has
// set in the same run stays. Models set ID to [SingletonID].
func Singleton[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s schema.Schema, access func(*logto.Client) A) *Object[M, T, In, P] {
	o := New[M, T, In, A, P](name, s, access).Single()
	o.restores = true
	return o
}

// adopt is the Create of a singleton: an update of what is there.
func (r *Resource[M, T, In, P]) adopt(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	there := r.blank(ctx, &resp.Diagnostics)
	got, err := r.api().Get(ctx, logto.Key{SingletonID})
	switch {
	case err == nil:
		resp.Diagnostics.Append(there.Flatten(ctx, got)...)
	case !logto.IsNotFound(err):
		r.fail(&resp.Diagnostics, "adopt", "", err)
	}
	state := tfsdk.State{Schema: r.schema}
	resp.Diagnostics.Append(state.Set(ctx, there)...)
	resp.Diagnostics.Append(state.SetAttribute(ctx, path.Root("id"), SingletonID)...)
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
		Config: req.Config, Plan: tfsdk.Plan{Schema: r.schema, Raw: whole}, State: state, Identity: req.Identity,
	}, &done)
	resp.State, resp.Identity, resp.Private = done.State, done.Identity, done.Private
	resp.Diagnostics.Append(done.Diagnostics...)
}

// restore is the Delete of a singleton.
func (r *Resource[M, T, In, P]) restore(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	names := privateNames(ctx, req.Private, configuredKey, &resp.Diagnostics)
	// What was imported and never applied since is taken over as a whole.
	whole := isImported(ctx, req.Private, &resp.Diagnostics)
	reset := settingsReset{
		own:   func(name string) bool { return whole || slices.Contains(names, name) },
		other: func(name string) bool { return r.data.run.keeps([]string{r.settingKey(name)}) },
		state: tfsdk.State{Schema: req.State.Schema, Raw: req.State.Raw.Copy()},
	}
	reset.all(ctx, path.Empty(), r.schema.Attributes, &resp.Diagnostics)
	from, to := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, from)...)
	resp.Diagnostics.Append(reset.state.Get(ctx, to)...)
	if resp.Diagnostics.HasError() {
		return
	}
	was, diags := from.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	will, diags := to.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if _, err := r.api().Update(ctx, logto.Key{SingletonID}, was, will); err != nil && !logto.IsNotFound(err) {
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
		setting, ok := unconfiguredOf(a)
		if !ok || !r.own(at.String()) {
			continue
		}
		var has attr.Value
		diags.Append(r.state.GetAttribute(ctx, at, &has)...)
		inner, nested := a.(schema.SingleNestedAttribute)
		switch {
		case nested && (has == nil || has.IsNull()): // a server that does not have it
		case nested && (!setting.cleared.IsNull() || r.other(at.String()) || !setting.clears(at, has, r.own)):
			r.all(ctx, at, inner.Attributes, diags)
		case !r.other(at.String()):
			diags.Append(r.state.SetAttribute(ctx, at, setting.cleared)...)
		}
	}
}

// settingKey is the key under which the run knows that a setting was written.
func (o *Object[M, T, In, P]) settingKey(name string) string {
	return o.typeName() + " " + SingletonID + " " + name
}

// noteSettings notes which settings a resource writes in this run.
func (r *Resource[M, T, In, P]) noteSettings(config tfsdk.Config, diags *diag.Diagnostics) {
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

// clearedOf is what the attribute is when it is not configured any more; nil when
// its schema does not say.
func clearedOf(a schema.Attribute) attr.Value {
	if u, ok := unconfiguredOf(a); ok {
		return u.cleared
	}
	return nil
}
