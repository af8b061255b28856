// SPDX-License-Identifier: MPL-2.0

// Package kit turns a description of an object into Terraform types. What is
// the same for every type stands here once: configuration, create, read, update
// and delete, import, identity, diagnostics.
package kit

import (
	"context"
	"encoding/json"
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
	name    string // without the provider's prefix
	schema  schema.Schema
	access  func(*logto.Client) API[T, In]
	key     []string
	renames bool
	// flat is set where a key of several parts has no parents: see [Object.Flat].
	flat bool
	// alone are attributes that take a call for each object: see [Object.Alone].
	alone []string
	// single is set for what a tenant has once, restores for what it always has:
	// see [Object.Single] and [Singleton].
	single, restores bool
}

// New describes the objects of that Terraform name. key names the attributes
// that say which object it is, parents first; the id alone otherwise.
func New[M, T, In any, A API[T, In], P Model[M, T, In]](name string, s schema.Schema, access func(*logto.Client) A, key ...string) *Object[M, T, In, P] {
	if len(key) == 0 {
		key = []string{"id"}
	}
	return &Object[M, T, In, P]{name: name, schema: s, key: key, access: func(c *logto.Client) API[T, In] { return access(c) }}
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
	resp.Schema = r.schema
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource[M, T, In, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}
	for _, k := range r.key {
		resp.IdentitySchema.Attributes[k] = identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       r.schema.Attributes[k].GetMarkdownDescription(),
		}
	}
}

// Configure implements resource.ResourceWithConfigure.
func (r *Resource[M, T, In, P]) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.data, _ = req.ProviderData.(*Data)
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource[M, T, In, P]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	checkElements(req.Config, &resp.Diagnostics)
	m := P(new(M))
	v, ok := any(m).(checker)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if !resp.Diagnostics.HasError() {
		v.Validate(ctx, &resp.Diagnostics)
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan. Where nothing was
// read yet, because the object is new, it makes sure that the provider's
// configuration is right, so that one error comes at plan time and not one for
// each object when half of the others exist.
func (r *Resource[M, T, In, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.data == nil {
		return
	}
	checkElements(req.Config, &resp.Diagnostics) // those that were unknown before
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
	m := P(new(M))
	_, plans := any(m).(planner[M])
	o, owns := any(m).(owner)
	if !plans && !owns {
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if owns {
		r.data.own(r.typeName(), ownedBy(ctx, req.Config, o.Owns(), &resp.Diagnostics), &resp.Diagnostics)
	}
	if p, ok := any(m).(planner[M]); ok {
		var state *M
		if creating {
			resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
		} else {
			state = new(M)
			resp.Diagnostics.Append(req.State.Get(ctx, state)...)
		}
		if !resp.Diagnostics.HasError() {
			p.Plan(ctx, r.data.Client, state, resp)
		}
	}
}

// ImportState implements resource.ResourceWithImportState: by the parts of the
// key, joined by slashes, or by identity.
func (r *Resource[M, T, In, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var key logto.Key
	if req.ID != "" {
		key = strings.SplitN(req.ID, "/", len(r.key))
	} else if req.Identity != nil {
		for _, k := range r.key {
			var part types.String
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(k), &part)...)
			key = append(key, part.ValueString())
		}
	}
	form := strings.Join(r.key, "/")
	if r.single {
		form = SingletonID
	}
	if len(key) != len(r.key) || slices.Contains(key, "") || r.single && key.Own() != SingletonID {
		resp.Diagnostics.AddError("Could not import the "+r.typeName(),
			fmt.Sprintf("%q is no import ID of this type. It has the form %s.", strings.Join(key, "/"), form))
		return
	}
	for i, k := range r.key {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(k), key[i])...)
	}
	r.identify(ctx, key, resp.Identity)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte("true"))...)
}

// importedKey marks, in the private state, an object whose first read is to come.
const importedKey = "imported"

// Create implements resource.Resource.
func (r *Resource[M, T, In, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	if r.restores {
		r.adopt(ctx, req, resp)
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	in, diags := m.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned := *m
	got, err := r.api().Create(ctx, r.keyOf(req.Plan.Raw, &resp.Diagnostics), in)
	if err != nil {
		r.fail(&resp.Diagnostics, "create", "", err)
		if !logto.WasMade(err) {
			return
		}
	}
	resp.Diagnostics.Append(m.Flatten(ctx, got)...)
	// From here on the object exists, so whatever happens it is in the state.
	if err != nil {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
		resp.State.Raw = unknownAsNull(resp.State.Raw, &resp.Diagnostics)
		r.identify(ctx, r.keyOf(resp.State.Raw, &resp.Diagnostics), resp.Identity)
		return
	}
	r.finish(ctx, m, &planned, nil, &resp.State, resp.Identity, &resp.Diagnostics)
	r.checkKept(ctx, req.Plan, resp.State, &resp.Diagnostics)
	rememberConfigured(ctx, req.Config, resp.Private, &resp.Diagnostics)
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
	m := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	known := *m
	imported, diags := req.Private.GetKey(ctx, importedKey)
	resp.Diagnostics.Append(diags...)
	got, err := r.api().Get(ctx, key)
	if err == nil {
		resp.Diagnostics.Append(m.Flatten(ctx, got)...)
		if l, ok := any(m).(loader); ok {
			err = l.Load(ctx, r.data.Client, string(imported) == "true")
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
	if !reflect.DeepEqual(*m, known) {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
		r.identify(ctx, r.keyOf(resp.State.Raw, &resp.Diagnostics), resp.Identity)
	}
	if len(imported) > 0 {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte("false"))...)
	}
}

// Update implements resource.Resource.
func (r *Resource[M, T, In, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.update(ctx, req, req.Plan, resp)
}

// update makes of the state what the plan says, and checks that Logto kept what
// was promised.
func (r *Resource[M, T, In, P]) update(ctx context.Context, req resource.UpdateRequest, promised tfsdk.Plan, resp *resource.UpdateResponse) {
	m, prior := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	to, diags := m.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	from, diags := prior.Expand(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, key := *m, r.keyOf(req.State.Raw, &resp.Diagnostics)
	got, err := r.api().Update(ctx, key, from, to)
	if err != nil {
		r.fail(&resp.Diagnostics, "update", strings.Join(key, "/"), err)
		return
	}
	resp.Diagnostics.Append(m.Flatten(ctx, got)...)
	r.finish(ctx, m, &planned, (*M)(prior), &resp.State, resp.Identity, &resp.Diagnostics)
	r.checkKept(ctx, promised, resp.State, &resp.Diagnostics)
	rememberConfigured(ctx, req.Config, resp.Private, &resp.Diagnostics)
}

// Delete implements resource.Resource. Deleting what is gone succeeds.
func (r *Resource[M, T, In, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	if r.restores {
		r.restore(ctx, req, resp)
		return
	}
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
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

// finish saves the model in the state and writes what takes calls of its own.
func (r *Resource[M, T, In, P]) finish(ctx context.Context, m P, planned, prior *M, state *tfsdk.State, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	if s, ok := any(m).(saver[M]); ok {
		if err := s.Save(ctx, r.data.Client, planned, prior); err != nil {
			r.fail(diags, "finish", "", err)
			if l, ok := any(m).(loader); ok {
				// What was reached is what the state should say; where that
				// cannot be read either, the next refresh will say it.
				_ = l.Load(ctx, r.data.Client, false)
			}
		}
	}
	diags.Append(state.Set(ctx, m)...)
	r.identify(ctx, r.keyOf(state.Raw, diags), identity)
	if o, ok := any(m).(owner); ok && prior == nil { // the plan knew of others
		r.data.own(r.typeName(), o.Owns(), diags)
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

// checkKept compares what was planned with what came back: a server that drops
// or changes what it was given should not pass for one that kept it.
func (r *Resource[M, T, In, P]) checkKept(ctx context.Context, plan tfsdk.Plan, state tfsdk.State, diags *diag.Diagnostics) {
	if diags.HasError() {
		return
	}
	for name := range r.schema.Attributes {
		var planned, kept attr.Value
		diags.Append(plan.GetAttribute(ctx, path.Root(name), &planned)...)
		diags.Append(state.GetAttribute(ctx, path.Root(name), &kept)...)
		if diags.HasError() {
			return
		}
		if v, err := planned.ToTerraformValue(ctx); err != nil || !v.IsFullyKnown() {
			continue
		}
		if !sameValue(ctx, planned, kept) {
			diags.AddAttributeError(path.Root(name), "Logto did not keep what it was given",
				fmt.Sprintf("Logto accepted the %s, but its %s is not what the configuration says. The state holds what Logto answered. "+
					"Change the configuration to a value that Logto keeps as it is.", r.typeName(), name))
		}
	}
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

// configuredKey is where the private state says which attributes the
// configuration set when it was last applied. See [Unset].
const configuredKey = "configured"

type privateState interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func rememberConfigured(ctx context.Context, config tfsdk.Config, private privateState, diags *diag.Diagnostics) {
	names, err := configuredNames(config.Raw, "")
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
		return
	}
	b, err := json.Marshal(names)
	if err != nil {
		diags.AddError("Could not save which attributes are configured", err.Error())
		return
	}
	diags.Append(private.SetKey(ctx, configuredKey, b)...)
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
