// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// aws is as much of the provider hashicorp/aws as the guides use: a secret, and its value, which is
// write-only.
type aws struct {
	mu     sync.Mutex
	values []string // that were stored, in their order
}

func newAWS() tfprotov6.ProviderServer { return (&aws{}).server() }

func (p *aws) server() tfprotov6.ProviderServer { return providerserver.NewProtocol6(p)() }

func (p *aws) stored() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.values
}

func (p *aws) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "aws"
}
func (p *aws) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (p *aws) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (p *aws) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (p *aws) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource {
			return &awsResource{name: "aws_secretsmanager_secret", attributes: map[string]schema.Attribute{
				"id": schema.StringAttribute{Computed: true}, "name": schema.StringAttribute{Required: true}}}
		},
		func() resource.Resource {
			return &awsResource{name: "aws_secretsmanager_secret_version", store: p, attributes: map[string]schema.Attribute{
				"id": schema.StringAttribute{Computed: true}, "secret_id": schema.StringAttribute{Required: true},
				"secret_string_wo":         schema.StringAttribute{Optional: true, Sensitive: true, WriteOnly: true},
				"secret_string_wo_version": schema.Int64Attribute{Optional: true}}}
		},
	}
}

// awsResource keeps what is planned. With a store it hands on the write-only value.
type awsResource struct {
	name       string
	attributes map[string]schema.Attribute
	store      *aws
}

func (r *awsResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.name
}

func (r *awsResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = r.attributes
}

func (r *awsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), "id")...)
	r.keep(ctx, req.Config.GetAttribute)
}

func (r *awsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), "id")...)
	r.keep(ctx, req.Config.GetAttribute)
}

func (r *awsResource) keep(ctx context.Context, get func(context.Context, path.Path, any) diag.Diagnostics) {
	if r.store == nil {
		return
	}
	var value types.String
	if get(ctx, path.Root("secret_string_wo"), &value).HasError() {
		return
	}
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	r.store.values = append(r.store.values, value.ValueString())
}

func (r *awsResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}
func (r *awsResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}
