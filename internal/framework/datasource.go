// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Lookup is a natural key by which a data source finds an object.
type Lookup struct {
	// Attribute is the attribute of the resource that must be equal.
	Attribute string
	// Query returns the filters that narrow the list on the server; nil reads all of it.
	Query func(value string) url.Values
	// Same compares an object's value with what is looked for; nil takes equal
	// values only.
	Same func(have, want string) bool
}

// matches reports whether v, an attribute of an object, is what is looked for.
func (l Lookup) matches(v attr.Value, want types.String) bool {
	if have, ok := v.(types.String); ok && l.Same != nil && !have.IsNull() {
		return l.Same(have.ValueString(), want.ValueString())
	}
	return v != nil && v.Equal(want)
}

// ExactName looks objects up by their name with the API's exact search.
func ExactName(value string) url.Values { return logto.ExactSearch("name", value) }

// DataSource is the data source of one object, found by its id or by one of the
// lookups, or without either where a tenant has one. It has the attributes of
// the resource, without those that only a configuration knows.
func (o *Definition) DataSource(description string, lookups ...Lookup) datasource.DataSource {
	d := &dataSource{Definition: o, lookups: lookups}
	if !o.atMostOne {
		d.choices = []string{o.key[len(o.key)-1]}
		for _, l := range lookups {
			d.choices = append(d.choices, l.Attribute)
		}
	}
	d.described = sync.OnceValue(func() schema.Schema {
		return schema.Schema{MarkdownDescription: description, Attributes: d.attributes()}
	})
	return d
}

type dataSource struct {
	*Definition
	lookups []Lookup
	choices []string
	// described is the schema of the data source.
	described func() schema.Schema
	data      *ProviderData
}

// attributes are those of the object, with the ones that say which it is.
func (d *dataSource) attributes() map[string]schema.Attribute {
	attributes := dataAttributes(d.readable())
	if d.atMostOne {
		return attributes
	}
	for _, parent := range d.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(d.schema().Attributes[parent]), Required: true}
	}
	for _, name := range d.choices {
		also := ""
		if len(d.choices) > 1 {
			also = " Set exactly one of `" + strings.Join(d.choices, "`, `") + "`."
		}
		attributes[name] = schema.StringAttribute{MarkdownDescription: describe(d.schema().Attributes[name]) + also,
			Optional: len(d.choices) > 1, Required: len(d.choices) == 1, Computed: len(d.choices) > 1}
	}
	return attributes
}

func (d *dataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName()
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.described()
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	if d.atMostOne {
		return
	}
	given := 0
	for _, name := range d.choices {
		var v types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &v)...)
		if v.IsUnknown() {
			return
		}
		if !v.IsNull() {
			given++
		}
	}
	if given != 1 {
		resp.Diagnostics.AddAttributeError(path.Root(d.choices[0]), "Which "+d.typeName()+" is not clear",
			"Set exactly one of: "+strings.Join(d.choices, ", ")+".")
	}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !isConfigured(d.data, &resp.Diagnostics) {
		return
	}
	key := d.keyOf(req.Config.Raw, &resp.Diagnostics)
	if d.atMostOne {
		key = logto.Key{schemas.SingletonID}
	}
	m := d.blank(ctx, &resp.Diagnostics)
	var err error
	if key.ID() != "" {
		var got any
		if got, err = d.objects.get(ctx, d.data.Client, key); err == nil {
			resp.Diagnostics.Append(d.objects.flatten(ctx, m, got)...)
		}
	} else if m, err = d.find(ctx, key, req.Config, &resp.Diagnostics); m == nil && err == nil {
		return
	}
	if l, ok := m.(ModelWithAfterRead); ok && err == nil {
		err = l.AfterRead(ctx, d.data.Client, ForDataSource)
	}
	if err != nil {
		resp.State.Raw = req.Config.Raw
		d.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: d.typeName(), id: strings.Join(key, "/")}, err)
		return
	}
	for name, v := range d.project(ctx, m, slices.Collect(maps.Keys(d.described().Attributes)), &resp.Diagnostics) {
		v = shown(ctx, d.described().Attributes[name], v)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), v)...)
	}
}

// find is the one object that has the value that the configuration asks for.
func (d *dataSource) find(ctx context.Context, key logto.Key, config tfsdk.Config, diags *diag.Diagnostics) (any, error) {
	for _, l := range d.lookups {
		var want types.String
		diags.Append(config.GetAttribute(ctx, path.Root(l.Attribute), &want)...)
		if want.IsNull() {
			continue
		}
		var filters url.Values
		if l.Query != nil {
			filters = l.Query(want.ValueString())
		}
		objects, err := d.objects.search(ctx, d.data.Client, key.Parents(), filters)
		if err != nil {
			return nil, err
		}
		var found []any
		for i := range objects {
			m := d.blank(ctx, diags)
			diags.Append(d.objects.flatten(ctx, m, objects[i])...)
			if l.matches(d.project(ctx, m, []string{l.Attribute}, diags)[l.Attribute], want) {
				found = append(found, m)
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		said := fmt.Sprintf("%d objects have the %s of the configuration. Set the %s instead.", len(found), l.Attribute, d.key[len(d.key)-1])
		if len(found) == 0 {
			said = fmt.Sprintf("There is no object with the %s of the configuration", l.Attribute) // which may be sensitive
			if parents := strings.Join(key.Parents(), "/"); parents != "" {
				said += ", or its " + strings.Join(d.parents(), "/") + " " + parents + " is wrong"
			}
			said += "."
		}
		diags.AddAttributeError(path.Root(l.Attribute), "Could not read the "+d.typeName(), said)
		return nil, nil
	}
	return nil, nil
}

// project reads attributes of a model by name.
func (o *Definition) project(ctx context.Context, m any, names []string, diags *diag.Diagnostics) map[string]attr.Value {
	whole := tfsdk.State{Schema: o.schema()}
	diags.Append(whole.Set(ctx, m)...)
	values := map[string]attr.Value{}
	for _, name := range names {
		var v attr.Value
		diags.Append(whole.GetAttribute(ctx, path.Root(name), &v)...)
		values[name] = v
	}
	return values
}
