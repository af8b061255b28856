// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"maps"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// standIn stands for another provider that the examples use: for as many of its resources and attributes as they
// need. It keeps what is planned.
type standIn struct {
	name      string
	resources map[string]standInType

	mu    sync.Mutex
	wrote []map[string]string // the texts of each resource that was written, write-only ones included
}

// standInType is a type of resource. Its attributes are names, with "*" behind a computed one, "[]" behind a list
// of texts, "#" behind a number and "!" behind a write-only text. Computed ones have the values of made, or a word.
type standInType struct {
	attributes string
	blocks     map[string]string
	made       map[string]string
}

// server serves the stand-in.
func (p *standIn) server() tfprotov6.ProviderServer { return providerserver.NewProtocol6(p)() }

// written are the texts of an attribute in all that was written.
func (p *standIn) written(attribute string) (values []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.wrote {
		if v, ok := r[attribute]; ok {
			values = append(values, v)
		}
	}
	return values
}

func (p *standIn) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = p.name
}
func (p *standIn) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (p *standIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (p *standIn) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (p *standIn) Resources(context.Context) (all []func() resource.Resource) {
	for name, r := range p.resources {
		all = append(all, func() resource.Resource { return &standInResource{p, p.name + "_" + name, r} })
	}
	return all
}

type standInResource struct {
	*standIn
	typeName string
	standInType
}

func (r *standInResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r *standInResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = standInAttributes("id* " + r.attributes)
	resp.Schema.Blocks = map[string]schema.Block{}
	for name, attributes := range r.blocks {
		if outer, inner, nested := strings.Cut(name, "."); nested {
			resp.Schema.Blocks[outer] = schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{
				Blocks: map[string]schema.Block{inner: schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: standInAttributes(attributes)}}}}}
			continue
		}
		resp.Schema.Blocks[name] = schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: standInAttributes(attributes)}}
	}
}

func standInAttributes(names string) map[string]schema.Attribute {
	out := map[string]schema.Attribute{}
	for name := range strings.FieldsSeq(names) {
		switch bare := strings.TrimRight(name, "*[]#!"); name[len(bare):] {
		case "*":
			out[bare] = schema.StringAttribute{Computed: true}
		case "[]":
			out[bare] = schema.ListAttribute{ElementType: types.StringType, Optional: true}
		case "#":
			out[bare] = schema.Int64Attribute{Optional: true}
		case "!":
			out[bare] = schema.StringAttribute{Optional: true, WriteOnly: true}
		default:
			out[bare] = schema.StringAttribute{Optional: true} // a bool is a text, too
		}
	}
	return out
}

func (r *standInResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.write(ctx, req.Plan, req.Config, &resp.State)
}

func (r *standInResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.write(ctx, req.Plan, req.Config, &resp.State)
}

func (r *standInResource) write(ctx context.Context, plan tfsdk.Plan, config tfsdk.Config, state *tfsdk.State) {
	state.Raw = plan.Raw
	wrote := map[string]string{}
	for name, a := range state.Schema.GetAttributes() {
		if a.IsComputed() {
			made, ok := r.made[name]
			if !ok {
				made = name
			}
			state.SetAttribute(ctx, path.Root(name), made)
		} else if a.GetType() == types.StringType {
			var v types.String
			config.GetAttribute(ctx, path.Root(name), &v)
			wrote[name] = v.ValueString()
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wrote = append(r.wrote, maps.Clone(wrote))
}

func (r *standInResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}
func (r *standInResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

// newAWS is as much of hashicorp/aws as the guides use.
func newAWS() *standIn {
	return &standIn{name: "aws", resources: map[string]standInType{
		"secretsmanager_secret":         {attributes: "name"},
		"secretsmanager_secret_version": {attributes: "secret_id secret_string_wo! secret_string_wo_version#"},
	}}
}

// newOkta is as much of okta/okta as the guide uses. Its applications have the metadata.
func newOkta(metadata string) *standIn {
	return &standIn{name: "okta", resources: map[string]standInType{
		"app_oauth": {attributes: "label type grant_types[] response_types[] redirect_uris[] client_id* client_secret*"},
		"app_saml": {
			attributes: "label sso_url recipient destination audience subject_name_id_template subject_name_id_format response_signed assertion_signed " +
				"signature_algorithm digest_algorithm authn_context_class_ref metadata*",
			blocks: map[string]string{"attribute_statements": "name values[]"},
			made:   map[string]string{"metadata": metadata},
		},
		"app_group_assignment": {attributes: "app_id group_id"},
	}}
}

// newEntra is as much of hashicorp/azuread as the guide uses.
func newEntra() *standIn {
	return &standIn{name: "azuread", resources: map[string]standInType{
		"application": {attributes: "display_name template_id identifier_uris[] client_id*",
			blocks: map[string]string{"web": "redirect_uris[]", "optional_claims.id_token": "name"}},
		"application_password":                        {attributes: "application_id value*"},
		"application_identifier_uri":                  {attributes: "application_id identifier_uri"},
		"service_principal":                           {attributes: "client_id use_existing preferred_single_sign_on_mode"},
		"service_principal_token_signing_certificate": {attributes: "service_principal_id"},
	}}
}
