// SPDX-License-Identifier: MPL-2.0

// Package framework turns a description of an object into Terraform types. What is
// the same for every type stands here once: configuration, create, read, update
// and delete, import, identity, diagnostics.
package framework

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Resource is a resource whose objects are those of an [API].
type Resource struct {
	*Definition
	data *ProviderData
}

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName()
	resp.ResourceBehavior.MutableIdentity = r.mutableIdentity
}

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.resourceSchema()
	if r.alwaysOne {
		resp.Schema.MarkdownDescription += " " + planmodifiers.AdoptsSays
	}
	if r.keyIsGiven() && !strings.Contains(resp.Schema.MarkdownDescription, planmodifiers.MovedSays) {
		resp.Schema.MarkdownDescription += " " + planmodifiers.MovedSays
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema.Attributes = map[string]identityschema.Attribute{}
	for _, k := range r.key {
		resp.IdentitySchema.Attributes[k] = identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       describe(r.schema().Attributes[k]),
		}
	}
}

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.data = configured(req.ProviderData, &resp.Diagnostics)
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	r.validate(ctx, req.Config, &resp.Diagnostics)
}

// validate checks what is known of a configuration.
func (r *Resource) validate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	checkElements(config, diags)
	if !diags.HasError() {
		validateConfig(ctx, r.objects.newModel(), config, diags)
	}
}

// validateConfig lets a model check the configuration, if it does.
func validateConfig(ctx context.Context, model any, config tfsdk.Config, diags *diag.Diagnostics) {
	v, ok := model.(ModelWithValidate)
	if !ok {
		return
	}
	diags.Append(config.Get(ctx, model)...)
	if !diags.HasError() {
		v.Validate(ctx, diags)
	}
}

// ImportState implements resource.ResourceWithImportState: by the parts of the
// key, joined by slashes, or by identity. See [planmodifiers.SplitImportID] for what may follow.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, versions := planmodifiers.SplitImportID(req.ID)
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
	if len(key) != len(r.key) || slices.Contains(key, "") || r.atMostOne && key.ID() != schemas.SingletonID {
		says := fmt.Sprintf("%q is not an import ID of this type. It has the form %s.", strings.Join(key, "/"), form)
		if r.atMostOne {
			says = fmt.Sprintf("A tenant has one %s. Use the import ID %s, and not %q.", r.typeName(), schemas.SingletonID, strings.Join(key, "/"))
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
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, planmodifiers.ImportedKey, []byte("true"))...)
}

// checkKey checks a part of an import ID as the same value is checked in a
// configuration.
func (r *Resource) checkKey(ctx context.Context, name, value string) diag.Diagnostics {
	var resp validator.StringResponse
	if a, ok := r.schema().Attributes[name].(schema.StringAttribute); ok {
		for _, v := range a.Validators {
			switch v.(type) {
			case validators.StringValidator, validators.References: // others look at the configuration around the value
				v.ValidateString(ctx, validator.StringRequest{Path: path.Root(name), ConfigValue: types.StringValue(value)}, &resp)
			}
		}
	}
	return resp.Diagnostics
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	m := r.objects.newModel()
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	defer r.remember(ctx, req.Config, &resp.State, resp.Private, &resp.Diagnostics)
	r.data.twins.write()
	planKey := r.keyOf(req.Plan.Raw, &resp.Diagnostics)
	defer r.data.run.lock(r.runKeys(planKey, m))()
	if r.alwaysOne {
		r.adopt(ctx, req, resp)
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	r.objects.checkWrite(ctx, r.data.Client, m, nil, &resp.Diagnostics)
	in, diags := r.objects.expand(ctx, m)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned := r.objects.copyOf(m)
	got, err := r.objects.create(ctx, r.data.Client, planKey, in)
	if err != nil {
		r.fail(&resp.Diagnostics, "create", "", err)
		if !logto.CreatedButUnread(err) {
			return
		}
	}
	resp.Diagnostics.Append(r.objects.flatten(ctx, m, got)...)
	// From here on the object exists, so whatever happens it is in the state.
	if err != nil {
		r.saveAnswer(ctx, m, &resp.State, resp.Identity, &resp.Diagnostics)
		return
	}
	r.finish(ctx, m, planned, nil, &resp.Diagnostics)
	r.settle(ctx, req.Plan, tfsdk.State{}, m, &resp.State, resp.Private, resp.Identity, &resp.Diagnostics)
	r.data.run.keep(r.runKeys(r.keyOf(resp.State.Raw, &resp.Diagnostics), m))
	if o, ok := m.(ModelWithLinkClaims); ok { // the plan did not know the parent's id
		r.data.own(r.typeName(), ownedBy(ctx, req.Config, o.LinkClaims(), &resp.Diagnostics), &resp.Diagnostics)
	}
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	// Terraform before 1.12 sends no identity, and the framework wants one even
	// of an object that is gone or was not read.
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
	r.identify(ctx, key, resp.Identity)
	if r.data == nil {
		return // not configured yet, as when its endpoint is unknown: the state stays
	}
	r.noteManaged(key)
	was := r.managed(ctx, req, &resp.Diagnostics)
	m := r.objects.newModel()
	resp.Diagnostics.Append(was.Get(ctx, m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	known := r.objects.copyOf(m)
	mark, diags := req.Private.GetKey(ctx, planmodifiers.ImportedKey)
	resp.Diagnostics.Append(diags...)
	purpose := ForRefresh
	if string(mark) == "true" {
		purpose = ForImport
	}
	got, err := r.objects.get(ctx, r.data.Client, key)
	if err == nil {
		resp.Diagnostics.Append(r.objects.flatten(ctx, m, got)...)
		if l, ok := m.(ModelWithAfterRead); ok {
			err = l.AfterRead(ctx, r.data.Client, purpose)
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
	if !reflect.DeepEqual(m, known) || !was.Raw.Equal(req.State.Raw) {
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
		r.keepLacked(ctx, planmodifiers.PrivateNames(ctx, req.Private, planmodifiers.LackedKey, &resp.Diagnostics), was.Raw, &resp.State, &resp.Diagnostics)
		if purpose == ForImport {
			resp.State.Raw = planmodifiers.WithoutWriteOnly(resp.State.Raw, was.Raw, &resp.Diagnostics)
		}
		r.identify(ctx, r.keyOf(resp.State.Raw, &resp.Diagnostics), resp.Identity)
	}
	if purpose == ForImport {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, planmodifiers.ImportedKey, []byte("false"))...)
	}
}

// Update implements resource.Resource.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	if r.alwaysOne && r.data != nil {
		defer r.data.run.lock(r.runKeys(logto.Key{schemas.SingletonID}, r.objects.newModel()))()
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
func (r *Resource) update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	m, prior := r.objects.newModel(), r.objects.newModel()
	resp.Diagnostics.Append(req.Plan.Get(ctx, m)...)
	resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	resp.Diagnostics.Append(r.takeWriteOnly(ctx, req.Config, m)...)
	r.objects.checkWrite(ctx, r.data.Client, m, prior, &resp.Diagnostics)
	to, diags := r.objects.expand(ctx, m)
	resp.Diagnostics.Append(diags...)
	from, diags := r.objects.expand(ctx, prior)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, key := r.objects.copyOf(m), r.keyOf(req.State.Raw, &resp.Diagnostics)
	if r.alwaysOne { // under a lock already
		r.noteSettings(req.Config, &resp.Diagnostics)
	} else {
		defer r.data.run.lock(r.runKeys(nil, m))()
	}
	r.data.run.keep(r.runKeys(nil, m))
	got, err := r.objects.update(ctx, r.data.Client, key, from, to)
	if err != nil {
		if logto.IsInDoubt(err) {
			r.rememberTried(ctx, req.Config, resp.Private, &resp.Diagnostics)
		}
		r.fail(&resp.Diagnostics, "update", strings.Join(key, "/"), err)
		return
	}
	resp.Diagnostics.Append(r.objects.flatten(ctx, m, got)...)
	r.finish(ctx, m, planned, prior, &resp.Diagnostics)
	r.settle(ctx, req.Plan, req.State, m, &resp.State, resp.Private, resp.Identity, &resp.Diagnostics)
	if resp.Diagnostics.HasError() { // of what came after the write
		r.rememberTried(ctx, req.Config, resp.Private, &resp.Diagnostics)
	}
}

// Delete implements resource.Resource. Deleting what is gone succeeds, and so does
// deleting what this run has made or adopted under the same key: that stays, and so
// does what the provider itself needs.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	m := r.objects.newModel()
	resp.Diagnostics.Append(req.State.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(r.data, &resp.Diagnostics) {
		return
	}
	key := r.keyOf(req.State.Raw, &resp.Diagnostics)
	if g, ok := m.(ModelWithGuardDelete); ok {
		why, err := g.GuardDelete(ctx, r.data.Client)
		if err != nil {
			r.fail(&resp.Diagnostics, "delete", strings.Join(key, "/"), err)
		}
		if err != nil || why != "" {
			return // the plan says why
		}
	}
	keys := r.runKeys(key, m)
	defer r.data.run.lock(keys)()
	if r.alwaysOne {
		r.restore(ctx, req, resp)
		return
	}
	if r.data.run.keeps(keys) {
		return
	}
	var err error
	if d, ok := m.(ModelWithBeforeDelete); ok {
		err = d.BeforeDelete(ctx, r.data.Client)
	}
	if err == nil {
		err = r.objects.delete(ctx, r.data.Client, key)
	}
	if err != nil && !logto.IsNotFound(err) {
		r.fail(&resp.Diagnostics, "delete", strings.Join(key, "/"), err)
	}
}
