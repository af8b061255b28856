// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// List is the list resource, for terraform query: the objects of one parent
// where the objects have parents, otherwise all of them.
func (o *Definition) List(description string) list.ListResource {
	return &listResource{Definition: o, description: description}
}

type listResource struct {
	*Definition
	description string
	data        *ProviderData
}

func (l *listResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.typeName()
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, parent := range l.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(l.schema().Attributes[parent]), Required: true}
	}
	resp.Schema = schema.Schema{MarkdownDescription: l.description, Attributes: attributes}
}

func (l *listResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
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
	models, omissions, diags := l.find(ctx, l.data, parents)
	if diags.HasError() || len(models) == 0 && len(diags) > 0 {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(yield func(list.ListResult) bool) {
		var told int64
		for i, m := range models {
			if omissions[i] != Managed {
				continue
			}
			if req.Limit > 0 && told >= req.Limit || !yield(l.result(ctx, req, m)) {
				return
			}
			told++
		}
	}
}

// find is the objects below the parents, and for each why it is not to be managed.
func (l *listResource) find(ctx context.Context, data *ProviderData, parents []string) (models []any, omissions []Omission, diags diag.Diagnostics) {
	objects, err := l.objects.search(ctx, data.Client, parents, nil)
	if version, lacks := logto.LacksOperation(err); lacks {
		diags.AddWarning("This Logto has no "+l.typeName(), "It is too old for it: it needs Logto "+version+" or later.")
	} else if err != nil {
		data.fail(&diags, failure{verb: "list", typeName: l.typeName(), id: strings.Join(parents, "/")}, err)
	}
	for i := range objects {
		m := l.blank(ctx, &diags)
		diags.Append(l.objects.flatten(ctx, m, objects[i])...)
		omission := Managed
		if b, ok := m.(ModelWithIsBuiltIn); ok && b.IsBuiltIn() {
			omission = BuiltIn
		} else if g, ok := m.(ModelWithGuardDelete); ok {
			why, err := g.GuardDelete(ctx, data.Client)
			if err != nil {
				data.fail(&diags, failure{verb: "list", typeName: l.typeName(), id: strings.Join(parents, "/")}, err)
			} else if why != "" {
				omission = OwnAccess
			}
		}
		models, omissions = append(models, m), append(omissions, omission)
	}
	return models, omissions, diags
}

func (l *listResource) result(ctx context.Context, req list.ListRequest, m any) list.ListResult {
	result := req.NewListResult(ctx)
	if load, ok := m.(ModelWithAfterRead); ok && req.IncludeResource {
		if err := load.AfterRead(ctx, l.data.Client, ForList); err != nil {
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
