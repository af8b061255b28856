// SPDX-License-Identifier: MPL-2.0

// Package kit turns a description of an object into Terraform types. What is
// the same for every type stands here once: configuration, create, read, update
// and delete, import, identity, diagnostics.
package kit

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// API is what the kit asks of a kind of object. [logto.Collection] and
// [logto.Links] are such.
type API[T, In any] interface {
	// Create makes an object. Parts of key that only the server knows are empty.
	Create(ctx context.Context, key logto.Key, in In) (*T, error)
	Get(ctx context.Context, key logto.Key) (*T, error)
	// Update writes what differs between from and to, and nothing when nothing does.
	Update(ctx context.Context, key logto.Key, from, to In) (*T, error)
	Delete(ctx context.Context, key logto.Key) error
	// Search returns the objects below the parents, all of them without filters.
	Search(ctx context.Context, parents []string, filters url.Values) ([]T, error)
}

// Model is a pointer to M, the Go form of an object in Terraform.
type Model[M, T, In any] interface {
	*M
	// Expand is what the API is sent. Null and unknown attributes are left out.
	Expand(context.Context) (In, diag.Diagnostics)
	// Flatten takes over what the API answered, and leaves alone what it never says.
	Flatten(context.Context, *T) diag.Diagnostics
}

// Models may have these methods besides.
type (
	// saver writes what takes calls of its own, after the object was written and
	// taken over. prior is nil after a create.
	saver[M any] interface {
		Save(ctx context.Context, c *logto.Client, planned, prior *M) error
	}
	// loader reads what takes calls of its own: what the model manages, or all
	// of it for an import, a list or a data source.
	loader interface {
		Load(ctx context.Context, c *logto.Client, all bool) error
	}
	// deleter prepares a delete.
	deleter interface {
		BeforeDelete(ctx context.Context, c *logto.Client) error
	}
	// checker checks the configuration. Attributes may be unknown.
	checker interface {
		Validate(ctx context.Context, diags *diag.Diagnostics)
	}
	// planner checks the plan, or changes it, knowing the state (nil when there
	// is none).
	planner[M any] interface {
		Plan(ctx context.Context, c *logto.Client, state *M, resp *resource.ModifyPlanResponse)
	}
	// preconditioner finds what will make Logto refuse a write, for a reason that
	// lies outside the configuration: something that it refers to is gone, a time is
	// over. What it finds is a warning in a plan, because a destroy begins with a
	// plan, and an error in an apply, before the write. state is nil before a create.
	preconditioner[M any] interface {
		CheckWrite(ctx context.Context, c *logto.Client, state *M, diags *diag.Diagnostics)
	}
	// guarded tells of an object that the provider must not delete, because it needs
	// it itself: why says so, and is empty for all others.
	guarded interface {
		GuardDelete(ctx context.Context, c *logto.Client) (why string)
	}
	// owner tells whose links the model manages.
	owner interface {
		Owns() []Ownership
	}
	// titled names an object for people.
	titled interface{ Title() string }
)

// Object describes a kind of object: its Terraform name, its schema, and where
// it is in the API. Its methods make the Terraform types for it.
type Object[M, T, In any, P Model[M, T, In]] struct {
	name   string // without the provider's prefix
	schema schema.Schema
	// resourceSchema is the schema with what holds for a resource only: the standard
	// sentences, and modifiers that take equal values for the same.
	resourceSchema schema.Schema
	// tracked are the attributes of which the private state says whether they were
	// configured, and linkSets those of that kind; nested ones as "outer.inner".
	tracked, linkSets []string
	// instructions say how a resource is to be handled: see [Object.Instructions].
	instructions []string
	access       func(*logto.Client) API[T, In]
	key          []string
	renames      bool
	// flat is set where a key of several parts has no parents: see [Object.Flat].
	flat bool
	// alone are attributes that take a call for each object: see [Object.Alone].
	alone []string
	// fromVersion0 changes a state of version 0: see [Object.FromVersion0].
	fromVersion0 func(attributes map[string]any)
	// single is set for what a tenant has once, restores for what it always has:
	// see [Object.Single] and [Singleton].
	single, restores bool
	// dependencies are what has to be there first: see [Object.After].
	dependencies []Dependency
}

// New describes the objects of that Terraform name. key names the attributes
// that say which object it is, parents first; the id alone otherwise.
func New[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s schema.Schema, access func(*logto.Client) A, key ...string) *Object[M, T, In, P] {
	if len(key) == 0 {
		key = []string{"id"}
	}
	o := &Object[M, T, In, P]{name: name, schema: s, resourceSchema: s, key: key, access: func(c *logto.Client) API[T, In] { return access(c) }}
	o.resourceSchema.Attributes = described(s.Attributes)
	o.tracked = ofKind(s.Attributes, "", RunTimeData, TenantSettings)
	o.linkSets = ofKind(s.Attributes, "", LinkSets)
	return o
}

// ofKind are the attributes of those kinds; nested ones as "outer.inner".
func ofKind(attributes map[string]schema.Attribute, under string, kinds ...Kind) (names []string) {
	for _, name := range attributeNames(attributes) {
		a := attributes[name]
		if slices.Contains(kinds, KindOf(a)) {
			names = append(names, under+name)
		}
		if nested, ok := a.(schema.SingleNestedAttribute); ok {
			names = append(names, ofKind(nested.Attributes, under+name+".", kinds...)...)
		}
	}
	return names
}

// Instructions marks attributes that say how a resource is to be handled, such as
// when to rotate a key, and that Logto knows nothing of. Data sources do not have
// them.
func (o *Object[M, T, In, P]) Instructions(attributes ...string) *Object[M, T, In, P] {
	o.instructions = attributes
	return o
}

// Renaming marks a kind of object whose key holds a name that can change.
func (o *Object[M, T, In, P]) Renaming() *Object[M, T, In, P] {
	o.renames = true
	return o
}

// Flat marks a kind of object whose key has several parts and yet no parents: one
// list has them all.
func (o *Object[M, T, In, P]) Flat() *Object[M, T, In, P] {
	o.flat = true
	return o
}

// Alone marks attributes that take a call for each object. A data source of many
// objects does not have them.
func (o *Object[M, T, In, P]) Alone(attributes ...string) *Object[M, T, In, P] {
	o.alone = attributes
	return o
}

// parents are the attributes of the key that name what the object is listed under.
func (o *Object[M, T, In, P]) parents() []string {
	if o.flat {
		return nil
	}
	return o.key[:len(o.key)-1]
}

// Resource is the managed resource.
func (o *Object[M, T, In, P]) Resource() resource.Resource {
	return &Resource[M, T, In, P]{Object: o}
}

func (o *Object[M, T, In, P]) typeName() string { return "logto_" + o.name }

// Resource is a resource whose objects are those of an [API].
type Resource[M, T, In any, P Model[M, T, In]] struct {
	*Object[M, T, In, P]
	data *Data
}

func (r *Resource[M, T, In, P]) api() API[T, In] { return r.access(r.data.Client) }

// Metadata implements resource.Resource.
func (r *Resource[M, T, In, P]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName()
	resp.ResourceBehavior.MutableIdentity = r.renames
}

// Schema implements resource.Resource.
func (r *Resource[M, T, In, P]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.resourceSchema
	if r.keyIsGiven() && !strings.Contains(resp.Schema.MarkdownDescription, movedSays) {
		resp.Schema.MarkdownDescription += " " + movedSays
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource[M, T, In, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}
	for _, k := range r.key {
		resp.IdentitySchema.Attributes[k] = identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       describe(r.schema.Attributes[k]),
		}
	}
}

// Configure implements resource.ResourceWithConfigure.
func (r *Resource[M, T, In, P]) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.data, _ = req.ProviderData.(*Data)
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource[M, T, In, P]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	r.validate(ctx, req.Config, &resp.Diagnostics)
}

// validate checks what is known of a configuration.
func (r *Resource[M, T, In, P]) validate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	checkElements(config, diags)
	m := P(new(M))
	v, ok := any(m).(checker)
	if !ok || diags.HasError() {
		return
	}
	diags.Append(config.Get(ctx, m)...)
	if !diags.HasError() {
		v.Validate(ctx, diags)
	}
}

// ImportState implements resource.ResourceWithImportState: by the parts of the
// key, joined by slashes, or by identity. See [splitImportID] for what may follow.
func (r *Resource[M, T, In, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, versions := splitImportID(req.ID)
	var key logto.Key
	if id != "" {
		key = strings.SplitN(id, "/", len(r.key))
	} else if req.Identity != nil {
		for _, k := range r.key {
			var part types.String
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(k), &part)...)
			key = append(key, part.ValueString())
		}
	}
	form := strings.Join(r.key, "/")
	if len(key) != len(r.key) || slices.Contains(key, "") || r.single && key.Own() != SingletonID {
		says := fmt.Sprintf("%q is not an import ID of this type. It has the form %s.", strings.Join(key, "/"), form)
		if r.single {
			says = fmt.Sprintf("A tenant has one %s. Use the import ID %s, and not %q.", r.typeName(), SingletonID, strings.Join(key, "/"))
		}
		resp.Diagnostics.AddError("Could not import the "+r.typeName(), says)
		return
	}
	for i, k := range r.key {
		resp.Diagnostics.Append(r.checkKey(ctx, k, key[i])...)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(k), key[i])...)
	}
	for attribute, version := range versions {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, pathOf(attribute), version)...)
	}
	r.identify(ctx, key, resp.Identity)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte("true"))...)
}

// checkKey checks a part of an import ID as the same value is checked in a
// configuration.
func (r *Resource[M, T, In, P]) checkKey(ctx context.Context, name, value string) diag.Diagnostics {
	var resp validator.StringResponse
	if a, ok := r.schema.Attributes[name].(schema.StringAttribute); ok {
		for _, v := range a.Validators {
			switch v.(type) {
			case stringFunc, References: // others look at the configuration around the value
				v.ValidateString(ctx, validator.StringRequest{Path: path.Root(name), ConfigValue: types.StringValue(value)}, &resp)
			}
		}
	}
	return resp.Diagnostics
}

// Create implements resource.Resource.
func (r *Resource[M, T, In, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	defer r.remember(ctx, req.Config, &resp.State, resp.Private, &resp.Diagnostics)
	planKey := r.keyOf(req.Plan.Raw, &resp.Diagnostics)
	defer r.data.run.lock(r.runKeys(planKey, m))()
	if r.restores {
		r.adopt(ctx, req, resp)
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	if p, ok := any(m).(preconditioner[M]); ok {
		p.CheckWrite(ctx, r.data.Client, nil, &resp.Diagnostics)
	}
	in, diags := m.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned := *m
	got, err := r.api().Create(ctx, planKey, in)
	if err != nil {
		r.fail(&resp.Diagnostics, "create", "", err)
		if !logto.WasMade(err) {
			return
		}
	}
	resp.Diagnostics.Append(m.Flatten(ctx, got)...)
	// From here on the object exists, so whatever happens it is in the state.
	if err != nil {
		r.saveAnswer(ctx, m, &resp.State, resp.Identity, &resp.Diagnostics)
		return
	}
	r.finish(ctx, m, &planned, nil, &resp.Diagnostics)
	r.settle(ctx, req.Plan, tfsdk.State{}, m, &resp.State, resp.Identity, &resp.Diagnostics)
	r.data.run.keep(r.runKeys(r.keyOf(resp.State.Raw, &resp.Diagnostics), m))
	if o, ok := any(m).(owner); ok { // the plan did not know the parent's id
		r.data.own(r.typeName(), ownedBy(ctx, req.Config, o.Owns(), &resp.Diagnostics), &resp.Diagnostics)
	}
}

// Read implements resource.Resource.
func (r *Resource[M, T, In, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	// Terraform before 1.12 sends no identity, and the framework wants one even
	// of an object that is gone or was not read.
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
	r.identify(ctx, key, resp.Identity)
	if r.data == nil {
		return // not configured yet, as when its endpoint is unknown: the state stays
	}
	was, imported := r.managed(ctx, req, &resp.Diagnostics), false
	m := P(new(M))
	resp.Diagnostics.Append(was.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	known := *m
	mark, diags := req.Private.GetKey(ctx, importedKey)
	resp.Diagnostics.Append(diags...)
	imported = string(mark) == "true"
	got, err := r.api().Get(ctx, key)
	if err == nil {
		resp.Diagnostics.Append(m.Flatten(ctx, got)...)
		if l, ok := any(m).(loader); ok {
			err = l.Load(ctx, r.data.Client, imported)
		}
	}
	switch {
	case logto.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		r.fail(&resp.Diagnostics, "read", strings.Join(key, "/"), err)
		return
	}
	// To set what is there already would cost a third of a refresh.
	if !reflect.DeepEqual(*m, known) || !was.Raw.Equal(req.State.Raw) {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
		if imported {
			resp.State.Raw = withoutWriteOnly(resp.State.Raw, was.Raw, &resp.Diagnostics)
		}
		r.identify(ctx, r.keyOf(resp.State.Raw, &resp.Diagnostics), resp.Identity)
	}
	if imported {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte("false"))...)
	}
}

// managed is the state without the link sets that are not managed any more.
func (r *Resource[M, T, In, P]) managed(ctx context.Context, req resource.ReadRequest, diags *diag.Diagnostics) tfsdk.State {
	names := privateNames(ctx, req.Private, unmanagedKey, diags)
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

// Update implements resource.Resource.
func (r *Resource[M, T, In, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	if r.restores && r.data != nil {
		defer r.data.run.lock(r.runKeys(logto.Key{SingletonID}, P(new(M))))()
	}
	r.update(ctx, req, resp)
	if resp.Diagnostics.HasError() { // what was to be cleared is still to be cleared
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, plannedKey, nil)...)
		return
	}
	r.remember(ctx, req.Config, &resp.State, resp.Private, &resp.Diagnostics)
}

// update makes of the state what the plan says, and checks that Logto kept what
// it was sent.
func (r *Resource[M, T, In, P]) update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	m, prior := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	if p, ok := any(m).(preconditioner[M]); ok {
		p.CheckWrite(ctx, r.data.Client, (*M)(prior), &resp.Diagnostics)
	}
	to, diags := m.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	from, diags := prior.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, key := *m, r.keyOf(req.State.Raw, &resp.Diagnostics)
	if r.restores { // under a lock already
		r.noteSettings(req.Config, &resp.Diagnostics)
	} else {
		defer r.data.run.lock(r.runKeys(nil, m))()
	}
	r.data.run.keep(r.runKeys(nil, m))
	got, err := r.api().Update(ctx, key, from, to)
	if err != nil {
		r.fail(&resp.Diagnostics, "update", strings.Join(key, "/"), err)
		return
	}
	resp.Diagnostics.Append(m.Flatten(ctx, got)...)
	r.finish(ctx, m, &planned, (*M)(prior), &resp.Diagnostics)
	r.settle(ctx, req.Plan, req.State, m, &resp.State, resp.Identity, &resp.Diagnostics)
}

// Delete implements resource.Resource. Deleting what is gone succeeds, and so does
// deleting what this run has made or adopted under the same key: that stays, and so
// does what the provider itself needs.
func (r *Resource[M, T, In, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
	if g, ok := any(m).(guarded); ok && g.GuardDelete(ctx, r.data.Client) != "" {
		return // the plan says why
	}
	keys := r.runKeys(key, m)
	defer r.data.run.lock(keys)()
	if r.restores {
		r.restore(ctx, req, resp)
		return
	}
	if r.data.run.keeps(keys) {
		return
	}
	var err error
	if d, ok := any(m).(deleter); ok {
		err = d.BeforeDelete(ctx, r.data.Client)
	}
	if err == nil {
		err = r.api().Delete(ctx, key)
	}
	if err != nil && !logto.IsNotFound(err) {
		r.fail(&resp.Diagnostics, "delete", strings.Join(key, "/"), err)
	}
}

// finish writes what takes calls of its own.
func (r *Resource[M, T, In, P]) finish(ctx context.Context, m P, planned, prior *M, diags *diag.Diagnostics) {
	s, ok := any(m).(saver[M])
	if !ok || diags.HasError() {
		return
	}
	if err := s.Save(ctx, r.data.Client, planned, prior); err != nil {
		r.fail(diags, "finish", "", err)
		if l, ok := any(m).(loader); ok {
			// What was reached is what the state should say; where that
			// cannot be read either, the next refresh will say it.
			_ = l.Load(ctx, r.data.Client, false)
		}
	}
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
		diags.AddError("Could not save what was made", err.Error())
		return v
	}
	return out
}

// blank is a model whose attributes are all null.
func (o *Object[M, T, In, P]) blank(ctx context.Context, diags *diag.Diagnostics) P {
	kind := o.schema.Type().TerraformType(ctx)
	nulls := map[string]tftypes.Value{}
	for name, a := range o.schema.Attributes {
		nulls[name] = tftypes.NewValue(a.GetType().TerraformType(ctx), nil)
	}
	m := P(new(M))
	state := tfsdk.State{Schema: o.schema, Raw: tftypes.NewValue(kind, nulls)}
	diags.Append(state.Get(ctx, m)...)
	return m
}

// keyOf reads the parts of the key from a state, a plan or a configuration; those
// not known yet are empty. It goes past the framework's reflection, which would
// take a tenth of a refresh.
func (o *Object[M, T, In, P]) keyOf(from tftypes.Value, diags *diag.Diagnostics) logto.Key {
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

func (o *Object[M, T, In, P]) identify(ctx context.Context, key logto.Key, identity *tfsdk.ResourceIdentity) {
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
func (r *Resource[M, T, In, P]) takeWriteOnly(ctx context.Context, config tfsdk.Config, m P) diag.Diagnostics {
	w, ok := any(m).(interface{ TakeWriteOnly(config *M) })
	if !ok {
		return nil
	}
	c := new(M)
	diags := config.Get(ctx, c)
	w.TakeWriteOnly(c)
	return diags
}

func isConfigured(data *Data, diags *diag.Diagnostics) bool {
	if data == nil {
		diags.AddError("The provider is not configured", "The provider's configuration depends on values that are not known yet. "+
			"Apply what they come from first, for example with -target.")
	}
	return data != nil
}

// remember saves, in the private state, what Terraform does not remember of the
// configuration, once there is an object.
func (r *Resource[M, T, In, P]) remember(ctx context.Context, config tfsdk.Config, state *tfsdk.State, private privateState, diags *diag.Diagnostics) {
	if state.Raw.IsNull() {
		return
	}
	names, err := configuredNames(config.Raw, "")
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
		return
	}
	var configured, unmanaged []string
	for _, name := range names {
		if slices.Contains(r.tracked, name) {
			configured = append(configured, name)
		}
	}
	slices.Sort(configured)
	for _, name := range r.linkSets {
		if slices.Contains(names, name) {
			continue
		}
		var v attr.Value
		if d := state.GetAttribute(ctx, pathOf(name), &v); !d.HasError() && v != nil && !v.IsNull() && linkNames(v) != nil {
			unmanaged = append(unmanaged, name)
		}
	}
	keepNames(ctx, private, configuredKey, configured, diags)
	keepNames(ctx, private, unmanagedKey, unmanaged, diags)
	diags.Append(private.SetKey(ctx, importedKey, nil)...)
	diags.Append(private.SetKey(ctx, plannedKey, nil)...)
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
