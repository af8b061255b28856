// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// Filter is an argument of a data source of many objects that the API filters by.
type Filter struct {
	Attribute   string
	Description string
	// Kind is what people give: a string when nil, a bool, or a set of strings.
	Kind attr.Type
	// Enum, if any, are the allowed strings.
	Enum validators.Enum
	// CustomDataSource is what the API is asked for each value; nil filters here by the
	// equal value of the resource's attribute of that name.
	Query func(value string) url.Values
	// Fits, if any, checks what the API answered once more, where an older Logto takes
	// no such filter: whether an object, as its attributes, fits a value.
	Fits func(object map[string]attr.Value, value string) bool
}

// SearchFilter is the filter of a list that the API searches. what says which columns
// are compared, as "roles whose name".
func SearchFilter(what string) Filter {
	return Filter{
		Attribute:   "search",
		Description: "Only " + what + " matches this pattern. Letter case does not matter; `%` stands for any characters, and `_` for one character.",
		Query:       func(v string) url.Values { return url.Values{"search": {v}} },
	}
}

func (f Filter) attribute() schema.Attribute {
	var checks []validator.String
	if len(f.Enum) > 0 {
		checks = append(checks, f.Enum.OneOf())
	}
	switch f.Kind.(type) {
	case basetypes.BoolType:
		return schema.BoolAttribute{MarkdownDescription: f.Description, Optional: true}
	case basetypes.SetType:
		return schema.SetAttribute{MarkdownDescription: f.Description, Optional: true, ElementType: types.StringType,
			Validators: []validator.Set{setvalidator.SizeAtLeast(1), validators.Each(checks...)}}
	}
	return schema.StringAttribute{MarkdownDescription: f.Description, Optional: true, Validators: checks}
}

// values are the strings that the API is asked for.
func (f Filter) values(ctx context.Context, given attr.Value, diags *diag.Diagnostics) []string {
	switch v := given.(type) {
	case types.Bool:
		return []string{strconv.FormatBool(v.ValueBool())}
	case types.Set:
		several, d := flex.StringSlice(ctx, v)
		diags.Append(d...)
		return several
	case types.String:
		return []string{v.ValueString()}
	}
	return nil
}

// PluralDataSource is the data source of all objects, in the attribute named plural,
// which is also the type's name.
func (o *Definition) PluralDataSource(plural, description string, filters ...Filter) datasource.DataSource {
	d := &pluralDataSource{Definition: o, plural: plural, filters: filters}
	d.element = sync.OnceValue(func() map[string]schema.Attribute {
		element := dataAttributes(o.readable())
		for _, name := range o.omittedFromPlural {
			delete(element, name)
		}
		return element
	})
	d.described = sync.OnceValue(func() schema.Schema {
		return schema.Schema{MarkdownDescription: description, Attributes: d.attributes()}
	})
	return d
}

type pluralDataSource struct {
	*Definition
	plural  string
	filters []Filter
	// element are the attributes of an object in the list.
	element func() map[string]schema.Attribute
	// described is the schema of the data source.
	described func() schema.Schema
	data      *ProviderData
}

func (d *pluralDataSource) attributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		d.plural: schema.ListNestedAttribute{
			MarkdownDescription: "The objects, in no particular order.",
			Computed:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: d.element()},
		},
	}
	for _, parent := range d.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(d.schema().Attributes[parent]), Required: true}
	}
	for _, f := range d.filters {
		attributes[f.Attribute] = f.attribute()
	}
	return attributes
}

func (d *pluralDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "logto_" + d.plural
}

func (d *pluralDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.described()
}

func (d *pluralDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (d *pluralDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !isConfigured(d.data, &resp.Diagnostics) {
		return
	}
	var parents []string
	for _, parent := range d.parents() {
		var v types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(parent), &v)...)
		parents = append(parents, v.ValueString())
	}
	query, checks := d.wanted(ctx, req.Config, &resp.Diagnostics)
	objects, err := d.objects.search(ctx, d.data.Client, parents, query)
	resp.State.Raw = req.Config.Raw
	if err != nil {
		d.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: "logto_" + d.plural, id: strings.Join(parents, "/")}, err)
		return
	}
	size := 0
	elements := []tftypes.Value{} // and nothing else of each object, because there may be many
	for i := range objects {
		encoded, fits, err := d.encoded(ctx, objects[i], checks, &resp.Diagnostics)
		if err != nil {
			resp.Diagnostics.AddError("Could not read the logto_"+d.plural, err.Error())
			return
		}
		if !fits {
			continue
		}
		elements = append(elements, encoded)
		if size += weight(encoded); size > maxWeight {
			d.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: "logto_" + d.plural, id: strings.Join(parents, "/")},
				fmt.Errorf("the first %d of %d objects take more than %d MB of memory, which is more than the provider uses. Use filters", len(elements), len(objects), maxWeight>>20))
			return
		}
	}
	whole := map[string]tftypes.Value{}
	if err := req.Config.Raw.As(&whole); err != nil {
		resp.Diagnostics.AddError("Could not read the logto_"+d.plural, err.Error())
		return
	}
	whole[d.plural] = tftypes.NewValue(d.described().Attributes[d.plural].GetType().TerraformType(ctx), elements)
	resp.State.Raw = tftypes.NewValue(req.Config.Raw.Type(), whole)
}

// objectCheck reports whether an object, as its attributes, is one that is wanted.
type objectCheck func(object map[string]attr.Value) bool

// wanted are the filters of a configuration: what Logto is asked, and what is checked
// here, because Logto or an older one cannot be asked for it.
func (d *pluralDataSource) wanted(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (query url.Values, checks []objectCheck) {
	query = url.Values{}
	for _, f := range d.filters {
		var given attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(f.Attribute), &given)...)
		switch {
		case given == nil || given.IsNull():
		case f.Query == nil:
			checks = append(checks, func(object map[string]attr.Value) bool { return fmt.Sprint(object[f.Attribute]) == fmt.Sprint(given) })
		default:
			for _, v := range f.values(ctx, given, diags) {
				if f.Fits != nil {
					checks = append(checks, func(object map[string]attr.Value) bool { return f.Fits(object, v) })
				}
				for key, asked := range f.Query(v) {
					query[key] = append(query[key], asked...)
				}
			}
		}
	}
	return query, checks
}

// encoded is an object as an element of the list, unless a check fails.
func (d *pluralDataSource) encoded(ctx context.Context, object any, checks []objectCheck, diags *diag.Diagnostics) (element tftypes.Value, fits bool, err error) {
	m := d.blank(ctx, diags)
	diags.Append(d.objects.flatten(ctx, m, object)...)
	values := d.project(ctx, m, slices.Collect(maps.Keys(d.element())), diags)
	for _, fits := range checks {
		if !fits(values) {
			return tftypes.Value{}, false, nil
		}
	}
	kinds := map[string]attr.Type{}
	for name, v := range values {
		values[name] = shown(ctx, d.element()[name], v)
	}
	for name, a := range d.element() {
		kinds[name] = a.GetType()
	}
	whole, wrong := types.ObjectValue(kinds, values)
	diags.Append(wrong...)
	element, err = whole.ToTerraformValue(ctx)
	return element, true, err
}

// maxWeight is how much memory a list may take in all the forms in which the plugin
// framework has it before Terraform gets it, in bytes.
const maxWeight = 140 << 20

// weight is how much memory that is for a value: about what was measured.
func weight(v tftypes.Value) int {
	const null, value = 200, 800
	var text string
	var object map[string]tftypes.Value
	var list []tftypes.Value
	switch {
	case v.IsNull():
		return null
	case v.Type().Is(tftypes.String) && v.As(&text) == nil:
		return value + 4*len(text) // it is copied while it is encoded
	case v.As(&object) == nil:
	case v.As(&list) == nil:
	}
	total := value
	for _, inner := range object {
		total += weight(inner)
	}
	for _, inner := range list {
		total += weight(inner)
	}
	return total
}
