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

// ModifyPlan implements resource.ResourceWithModifyPlan. Where nothing was
// read yet, because the object is new, it makes sure that the provider's
// configuration is right, so that one error comes at plan time and not one for
// each object when half of the others exist.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, resp)
		return
	}
	keepUnchanged(req, resp)
	if r.data == nil {
		return
	}
	var checked diag.Diagnostics
	r.validate(ctx, req.Config, &checked) // what was unknown before
	resp.Diagnostics.Append(checked.Errors()...)
	if resp.Diagnostics.HasError() {
		return
	}
	creating := req.State.Raw.IsNull()
	if creating {
		if err := r.data.Client.Connect(ctx); err != nil {
			r.fail(&resp.Diagnostics, "plan", "", err)
			return
		}
	}
	if !creating {
		r.noteManaged(r.keyOf(req.State.Raw, &resp.Diagnostics))
	}
	hooks := r.objects.hooks()
	if !hooks.modifyPlan && !hooks.checkWrite && !r.plansWithModel() && !r.keyIsGiven() {
		return
	}
	m := r.objects.newModel()
	resp.Diagnostics.Append(resp.Plan.Get(ctx, m)...)
	var state any
	if creating {
		resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	} else {
		state = r.objects.newModel()
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	r.refuseReplacement(ctx, state, req, resp)
	if hooks.modifyPlan {
		config := r.objects.newModel()
		resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
		r.objects.modifyPlan(ctx, r.data.Client, m, config, state, resp)
	}
	r.claim(ctx, req, m, resp) // the plan may have found out what it is
	// Of a replacement the first plan tells: in the second, what goes is still there.
	again := creating && IsReplacement(ctx, req.Private, &resp.Diagnostics)
	if hooks.checkWrite && !again && !resp.Diagnostics.HasError() {
		var found diag.Diagnostics
		r.objects.checkWrite(ctx, r.data.Client, m, state, &found)
		resp.Diagnostics.Append(AsWarnings(found)...)
	}
	if creating && !resp.Diagnostics.HasError() {
		r.warnOfTwins(ctx, m, &resp.Diagnostics)
	}
}

// plansWithModel reports whether the model has a hook of any type's that needs the plan.
func (r *Resource) plansWithModel() bool {
	switch r.objects.newModel().(type) {
	case ModelWithLinkClaims, ModelWithGuardDelete, ModelWithTwin:
		return true
	}
	return false
}

// AsWarnings makes warnings of errors that an apply would give.
func AsWarnings(found diag.Diagnostics) (warnings diag.Diagnostics) {
	for _, d := range found {
		detail := d.Detail()
		if d.Severity() == diag.SeverityError {
			detail += "\n\nAn apply of this plan will fail for this reason. It is no error here, so that a destroy, which begins with a plan, goes through."
		}
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			warnings.AddAttributeWarning(at.Path(), d.Summary(), detail)
		} else {
			warnings.AddWarning(d.Summary(), detail)
		}
	}
	return warnings
}

// keepUnchanged plans what is in the state if only values that Logto computes would
// change. The plugin framework marks those as unknown as soon as any attribute differs,
// even one that a modifier puts back afterwards.
func keepUnchanged(req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || resp.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	same, err := tftypes.Transform(resp.Plan.Raw, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		if configured, ok := planmodifiers.ValueAt(req.Config.Raw, at); ok && !configured.IsNull() {
			return v, nil // the configuration has something that is not known yet
		}
		if had, ok := planmodifiers.ValueAt(req.State.Raw, at); ok {
			return had, nil
		}
		return v, nil
	})
	if err == nil && same.Equal(req.State.Raw) {
		resp.Plan.Raw = req.State.Raw
	}
}

// planDestroy warns when a destroy deletes nothing, or what another resource manages.
func (r *Resource) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.data == nil || req.State.Raw.IsNull() {
		return
	}
	r.noteManaged(r.keyOf(req.State.Raw, &resp.Diagnostics))
	m := r.objects.newModel()
	if g, ok := m.(ModelWithGuardDelete); ok {
		resp.Diagnostics.Append(req.State.Get(ctx, m)...)
		if resp.Diagnostics.HasError() {
			return
		}
		why, err := g.GuardDelete(ctx, r.data.Client)
		if err != nil {
			r.fail(&resp.Diagnostics, "plan", "", err)
			return
		}
		if why != "" {
			resp.Diagnostics.AddWarning("The "+r.typeName()+" stays in Logto", why+" Terraform only removes it from its state.")
			return
		}
	}
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
	if r.keyIsGiven() {
		r.data.claims.destroyed(r.typeName(), key, &resp.Diagnostics)
	}
	r.data.drop(r.typeName(), r.held(ctx, req.State, &resp.Diagnostics), key.ID(), &resp.Diagnostics)
}

// refuseReplacement refuses to replace an object that the provider must not delete.
// The plugin framework does not say yet which attributes replace it.
func (r *Resource) refuseReplacement(ctx context.Context, state any, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	g, ok := state.(ModelWithGuardDelete)
	if !ok {
		return
	}
	for _, name := range attributeNames(r.schema().Attributes) {
		at := path.Root(name)
		var planned, had attr.Value
		resp.Diagnostics.Append(resp.Plan.GetAttribute(ctx, at, &planned)...)
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, at, &had)...)
		if resp.Diagnostics.HasError() || !planmodifiers.Replaces(r.schema().Attributes[name]) || planned.IsUnknown() || sameValue(ctx, planned, had) {
			continue
		}
		why, err := g.GuardDelete(ctx, r.data.Client)
		if err != nil {
			r.fail(&resp.Diagnostics, "plan", "", err)
			return
		}
		if why != "" {
			resp.Diagnostics.AddAttributeError(at, "The "+r.typeName()+" cannot be replaced", why)
			return
		}
	}
}

// keyIsGiven reports whether people choose the key, so that two resources can have
// the same one.
func (r *Resource) keyIsGiven() bool {
	return r.atMostOne || len(r.key) > 1 || r.key[0] != "id"
}

// plannedKey marks, in the private state of a plan, an object that was planned
// before: Terraform plans a replacement again, without the state.
const plannedKey = "planned"

// IsReplacement reports whether a plan without a state is that of a replacement.
func IsReplacement(ctx context.Context, private planmodifiers.PrivateReader, diags *diag.Diagnostics) bool {
	mark, d := private.GetKey(ctx, plannedKey)
	diags.Append(d...)
	return len(mark) > 0
}

// claim notes what the resource manages, and warns of another resource that manages it too.
func (r *Resource) claim(ctx context.Context, req resource.ModifyPlanRequest, m any, resp *resource.ModifyPlanResponse) {
	var owned []LinkClaim
	held := r.held(ctx, req.State, &resp.Diagnostics)
	if o, ok := m.(ModelWithLinkClaims); ok {
		owned = ownedBy(ctx, req.Config, o.LinkClaims(), &resp.Diagnostics)
		markUnchanged(owned, held)
		r.data.own(r.typeName(), owned, &resp.Diagnostics)
	}
	claimed := exclusive(owned, held)
	if key := r.keyOf(resp.Plan.Raw, &resp.Diagnostics); r.keyIsGiven() && !slices.Contains(key, "") {
		claimed = append(claimed, keyClaim(r.typeName(), key, r.atMostOne))
	}
	if len(claimed) == 0 {
		return
	}
	replaced := IsReplacement(ctx, req.Private, &resp.Diagnostics)
	var had logto.Key
	if !req.State.Raw.IsNull() {
		had = r.keyOf(req.State.Raw, &resp.Diagnostics)
	}
	for _, c := range claimed {
		exists := had != nil && (c.object == nil || slices.Equal(c.object, had)) // not so where it is replaced by an object of another key
		r.data.claims.add(c, exists, replaced, &resp.Diagnostics)
	}
	if !req.State.Raw.IsNull() && resp.Private != nil {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, plannedKey, []byte("true"))...)
	}
}

// held are the links that the resource has in the state.
func (r *Resource) held(ctx context.Context, state tfsdk.State, diags *diag.Diagnostics) []LinkClaim {
	m := r.objects.newModel()
	o, ok := m.(ModelWithLinkClaims)
	if !ok || state.Raw.IsNull() {
		return nil
	}
	diags.Append(state.Get(ctx, m)...)
	return o.LinkClaims()
}

// runKeys are the keys under which the run knows what a resource writes: its own
// key, where people choose it, and its links with a parent.
func (r *Resource) runKeys(key logto.Key, m any) (keys []string) {
	if key != nil && r.keyIsGiven() && !slices.Contains(key, "") {
		keys = append(keys, r.typeName()+" "+strings.Join(key, "/"))
	}
	o, ok := m.(ModelWithLinkClaims)
	if !ok {
		return keys
	}
	for _, owned := range o.LinkClaims() {
		switch {
		case owned.Parent == "" || owned.Exclusive:
		case owned.All:
			for _, child := range owned.Children {
				keys = append(keys, owned.Links+" "+owned.Parent+" "+child)
			}
		case key != nil:
			keys = append(keys, owned.Links+" "+owned.Parent+" "+key.ID())
		}
	}
	return keys
}
