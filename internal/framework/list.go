// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// List is the list resource, for terraform query: the objects of one parent
// where the objects have parents, otherwise all of them.
func (o *Definition[M, T, In, P]) List(description string) list.ListResource {
	return &listResource[M, T, In, P]{Definition: o, description: description}
}

type listResource[M, T, In any, P Model[M, T, In]] struct {
	*Definition[M, T, In, P]
	description string
	data        *ProviderData
}

func (l *listResource[M, T, In, P]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.typeName()
}

func (l *listResource[M, T, In, P]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, parent := range l.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(l.schema.Attributes[parent]), Required: true}
	}
	resp.Schema = schema.Schema{MarkdownDescription: l.description, Attributes: attributes}
}

func (l *listResource[M, T, In, P]) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	l.data, _ = req.ProviderData.(*ProviderData)
}

func (l *listResource[M, T, In, P]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var diags diag.Diagnostics
	if !isConfigured(l.data, &diags) {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	var parents []string
	for _, parent := range l.parents() {
		var v types.String
		diags.Append(req.Config.GetAttribute(ctx, path.Root(parent), &v)...)
		parents = append(parents, v.ValueString())
	}
	models, diags := l.find(ctx, l.data, parents)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(yield func(list.ListResult) bool) {
		for i, m := range models {
			if req.Limit > 0 && int64(i) >= req.Limit || !yield(l.result(ctx, req, m)) {
				return
			}
		}
	}
}

// ModelWithIsBuiltIn tells of an object that every tenant has and that is to be left alone.
type ModelWithIsBuiltIn interface{ IsBuiltIn() bool }

// find is the objects below the parents but those that are built in or that the
// provider needs itself.
func (l *listResource[M, T, In, P]) find(ctx context.Context, data *ProviderData, parents []string) (models []P, diags diag.Diagnostics) {
	objects, err := l.access(data.Client).Search(ctx, parents, nil)
	if err != nil {
		data.fail(&diags, failure{verb: "list", typeName: l.typeName(), id: strings.Join(parents, "/")}, err)
	}
	for i := range objects {
		m := l.blank(ctx, &diags)
		diags.Append(m.Flatten(ctx, &objects[i])...)
		if b, ok := any(m).(ModelWithIsBuiltIn); ok && b.IsBuiltIn() {
			continue
		}
		if g, ok := any(m).(ModelWithGuardDelete); ok && g.GuardDelete(ctx, data.Client) != "" {
			continue // Terraform's own credentials are not for a configuration to manage
		}
		models = append(models, m)
	}
	return models, diags
}

// found is the object of a model.
func (l *listResource[M, T, In, P]) found(ctx context.Context, m P, diags *diag.Diagnostics) ListedObject {
	f := ListedObject{State: tfsdk.State{Schema: l.schema}}
	diags.Append(f.State.Set(ctx, m)...)
	f.Key = l.keyOf(f.State.Raw, diags)
	if t, ok := any(m).(ModelWithDisplayName); ok {
		f.Title = t.DisplayName()
	}
	return f
}

func (l *listResource[M, T, In, P]) result(ctx context.Context, req list.ListRequest, m P) list.ListResult {
	result := req.NewListResult(ctx)
	if load, ok := any(m).(ModelWithAfterRead); ok && req.IncludeResource {
		if err := load.AfterRead(ctx, l.data.Client, true); err != nil {
			l.data.fail(&result.Diagnostics, failure{verb: "read", typeName: l.typeName()}, err)
		}
	}
	found := l.found(ctx, m, &result.Diagnostics)
	l.identify(ctx, found.Key, result.Identity)
	if result.DisplayName = found.Title; found.Title == "" {
		result.DisplayName = found.ImportID()
	}
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, m)...)
	}
	return result
}

// Lister is a list resource for what is no Terraform.
type Lister interface {
	// TypeName is the Terraform type of the objects.
	TypeName() string
	// Key names the attributes that say which object it is, and Parents those of
	// them that say what it is listed under.
	Key() []string
	Parents() []string
	// OwnedElsewhere reports whether an object is one of those that an attribute of
	// another type manages as a whole set.
	OwnedElsewhere(context.Context) bool
	// Find returns the objects below the parents.
	Find(ctx context.Context, c *logto.Client, parents []string) ([]ListedObject, diag.Diagnostics)
}

// ListedObject is an object that a [Lister] found.
type ListedObject struct {
	Key   logto.Key
	Title string // for people; empty when only the key says which object it is
	// State is what the list says of the object.
	State tfsdk.State
}

// ImportID is by what the object is imported.
func (f ListedObject) ImportID() string { return strings.Join(f.Key, "/") }

// TypeName implements [Lister].
func (l *listResource[M, T, In, P]) TypeName() string { return l.typeName() }

// Key implements [Lister].
func (l *listResource[M, T, In, P]) Key() []string { return l.key }

// Parents implements [Lister].
func (l *listResource[M, T, In, P]) Parents() []string { return l.parents() }

// OwnedElsewhere implements [Lister].
func (l *listResource[M, T, In, P]) OwnedElsewhere(ctx context.Context) bool {
	o, ok := any(l.blank(ctx, &diag.Diagnostics{})).(ModelWithLinkClaims)
	return ok && slices.ContainsFunc(o.LinkClaims(), func(owned LinkClaim) bool { return !owned.All })
}

// Find implements [Lister].
func (l *listResource[M, T, In, P]) Find(ctx context.Context, c *logto.Client, parents []string) ([]ListedObject, diag.Diagnostics) {
	models, diags := l.find(ctx, NewProviderData(c), parents)
	found := make([]ListedObject, len(models))
	for i, m := range models {
		found[i] = l.found(ctx, m, &diags)
	}
	return found, diags
}
