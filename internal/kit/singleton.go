// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// SingletonID is the id of what a tenant has once, for its state and its import.
const SingletonID = "default"

// IDOfSingleton is the id attribute of what a tenant has once.
func IDOfSingleton() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Always `" + SingletonID + "`: a tenant has one.",
		Computed:            true,
		Default:             stringdefault.StaticString(SingletonID),
	}
}

// Singleton describes what every tenant has once. Its resource adopts what is
// there and writes the configured attributes only; destroying it puts back the
// server's defaults of the attributes that were configured, as their [Unset] or
// [ServerDefault] modifier says. Models set ID to [SingletonID].
func Singleton[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s schema.Schema, access func(*logto.Client) A) *Object[M, T, In, P] {
	o := New[M, T, In, A, P](name, s, access)
	o.singleton = true
	return o
}

// restore is the Delete of a singleton.
func (r *Resource[M, T, In, P]) restore(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	known, diags := req.Private.GetKey(ctx, configuredKey)
	resp.Diagnostics.Append(diags...)
	var configured []string
	if len(known) > 0 {
		if err := json.Unmarshal(known, &configured); err != nil {
			resp.Diagnostics.AddError("Could not read which attributes were configured", err.Error())
		}
	}
	restored := tfsdk.State{Schema: req.State.Schema, Raw: req.State.Raw.Copy()}
	for _, name := range configured {
		if v := clearedValue(r.schema.Attributes[name]); v != nil {
			resp.Diagnostics.Append(restored.SetAttribute(ctx, path.Root(name), v)...)
		}
	}
	from, to := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, from)...)
	resp.Diagnostics.Append(restored.Get(ctx, to)...)
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

// clearedValue is what the attribute's [UnsetModifier] plans when it is not
// configured any more; nil when it has none.
func clearedValue(a schema.Attribute) attr.Value {
	var modifiers []planmodifier.Describer
	switch a := a.(type) {
	case interface{ StringPlanModifiers() []planmodifier.String }:
		modifiers = describers(a.StringPlanModifiers())
	case interface{ BoolPlanModifiers() []planmodifier.Bool }:
		modifiers = describers(a.BoolPlanModifiers())
	case interface{ Int64PlanModifiers() []planmodifier.Int64 }:
		modifiers = describers(a.Int64PlanModifiers())
	case interface{ ListPlanModifiers() []planmodifier.List }:
		modifiers = describers(a.ListPlanModifiers())
	case interface{ SetPlanModifiers() []planmodifier.Set }:
		modifiers = describers(a.SetPlanModifiers())
	case interface{ MapPlanModifiers() []planmodifier.Map }:
		modifiers = describers(a.MapPlanModifiers())
	case interface{ ObjectPlanModifiers() []planmodifier.Object }:
		modifiers = describers(a.ObjectPlanModifiers())
	}
	for _, m := range modifiers {
		if u, ok := m.(UnsetModifier); ok {
			return u.cleared
		}
	}
	return nil
}

func describers[D planmodifier.Describer](of []D) []planmodifier.Describer {
	out := make([]planmodifier.Describer, len(of))
	for i, d := range of {
		out[i] = d
	}
	return out
}
