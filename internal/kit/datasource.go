// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	rschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Lookup is a natural key by which a data source finds an object.
type Lookup struct {
	// Attribute is the attribute of the resource that must be equal.
	Attribute string
	// Query narrows the list on the server; nil reads all of it.
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
func ExactName(value string) url.Values { return logto.Exactly("name", value) }

// DataSource is the data source of one object, found by its id or by one of the
// lookups, or without either where a tenant has one. It has the attributes of
// the resource, without those that only a configuration knows.
func (o *Object[M, T, In, P]) DataSource(description string, lookups ...Lookup) datasource.DataSource {
	attributes := dataAttributes(o.readable())
	if o.single {
		return &dataSource[M, T, In, P]{Object: o, schema: schema.Schema{MarkdownDescription: description, Attributes: attributes}}
	}
	own := o.key[len(o.key)-1]
	choices := []string{own}
	for _, l := range lookups {
		choices = append(choices, l.Attribute)
	}
	for _, parent := range o.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(o.schema.Attributes[parent]), Required: true}
	}
	for _, name := range choices {
		also := ""
		if len(choices) > 1 {
			also = " Set exactly one of `" + strings.Join(choices, "`, `") + "`."
		}
		attributes[name] = schema.StringAttribute{MarkdownDescription: describe(o.schema.Attributes[name]) + also, Optional: len(choices) > 1, Required: len(choices) == 1, Computed: len(choices) > 1}
	}
	return &dataSource[M, T, In, P]{Object: o, lookups: lookups, choices: choices,
		schema: schema.Schema{MarkdownDescription: description, Attributes: attributes}}
}

type dataSource[M, T, In any, P Model[M, T, In]] struct {
	*Object[M, T, In, P]
	lookups []Lookup
	choices []string
	schema  schema.Schema
	data    *Data
}

func (d *dataSource[M, T, In, P]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName()
}

func (d *dataSource[M, T, In, P]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.schema
}

func (d *dataSource[M, T, In, P]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.data, _ = req.ProviderData.(*Data)
}

func (d *dataSource[M, T, In, P]) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	if d.single {
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

func (d *dataSource[M, T, In, P]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !isConfigured(d.data, &resp.Diagnostics) {
		return
	}
	key := d.keyOf(req.Config.Raw, &resp.Diagnostics)
	if d.single {
		key = logto.Key{SingletonID}
	}
	m := d.blank(ctx, &resp.Diagnostics)
	var err error
	if key.Own() != "" {
		var got *T
		if got, err = d.access(d.data.Client).Get(ctx, key); err == nil {
			resp.Diagnostics.Append(m.Flatten(ctx, got)...)
		}
	} else if m, err = d.find(ctx, key, req.Config, &resp.Diagnostics); m == nil && err == nil {
		return
	}
	if l, ok := any(m).(loader); ok && err == nil {
		err = l.Load(ctx, d.data.Client, true)
	}
	if err != nil {
		resp.State.Raw = req.Config.Raw
		d.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: d.typeName(), id: strings.Join(key, "/")}, err)
		return
	}
	for name, v := range d.project(ctx, m, slices.Collect(maps.Keys(d.schema.Attributes)), &resp.Diagnostics) {
		v = shown(ctx, d.schema.Attributes[name], v)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), v)...)
	}
}

// find is the one object that has the value that the configuration asks for.
func (d *dataSource[M, T, In, P]) find(ctx context.Context, key logto.Key, config tfsdk.Config, diags *diag.Diagnostics) (P, error) {
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
		objects, err := d.access(d.data.Client).Search(ctx, key.Parents(), filters)
		if err != nil {
			return nil, err
		}
		var found []P
		for i := range objects {
			m := d.blank(ctx, diags)
			diags.Append(m.Flatten(ctx, &objects[i])...)
			if l.matches(d.project(ctx, m, []string{l.Attribute}, diags)[l.Attribute], want) {
				found = append(found, m)
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		said := fmt.Sprintf("%d objects have the %s %q. Give the %s instead.", len(found), l.Attribute, want.ValueString(), d.key[len(d.key)-1])
		if len(found) == 0 {
			said = fmt.Sprintf("There is no object with the %s %q", l.Attribute, want.ValueString())
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
func (o *Object[M, T, In, P]) project(ctx context.Context, m P, names []string, diags *diag.Diagnostics) map[string]attr.Value {
	whole := tfsdk.State{Schema: o.schema}
	diags.Append(whole.Set(ctx, m)...)
	values := map[string]attr.Value{}
	for _, name := range names {
		var v attr.Value
		diags.Append(whole.GetAttribute(ctx, path.Root(name), &v)...)
		values[name] = v
	}
	return values
}

// shown is what a data source has in an attribute: an empty collection where a
// resource has null for what it does not manage, because here nothing is managed.
// So it is for an object that has nothing but collections.
func shown(ctx context.Context, a schema.Attribute, v attr.Value) attr.Value {
	if v == nil || !v.IsNull() {
		return v
	}
	switch a := a.(type) {
	case schema.ListAttribute:
		return types.ListValueMust(a.ElementType, []attr.Value{})
	case schema.ListNestedAttribute:
		return types.ListValueMust(a.NestedObject.Type(), []attr.Value{})
	case schema.SetAttribute:
		return types.SetValueMust(a.ElementType, []attr.Value{})
	case schema.SetNestedAttribute:
		return types.SetValueMust(a.NestedObject.Type(), []attr.Value{})
	case schema.MapAttribute:
		return types.MapValueMust(a.ElementType, map[string]attr.Value{})
	case schema.MapNestedAttribute:
		return types.MapValueMust(a.NestedObject.Type(), map[string]attr.Value{})
	case schema.SingleNestedAttribute:
		kinds, values := map[string]attr.Type{}, map[string]attr.Value{}
		for name, inner := range a.Attributes {
			kinds[name] = inner.GetType()
			null, err := kinds[name].ValueFromTerraform(ctx, tftypes.NewValue(kinds[name].TerraformType(ctx), nil))
			if err != nil {
				return v
			}
			if values[name] = shown(ctx, inner, null); values[name].IsNull() {
				return v
			}
		}
		return types.ObjectValueMust(kinds, values)
	}
	return v
}

// Filter is an argument of a data source of many objects that the API filters by.
type Filter struct {
	Attribute   string
	Description string
	// Kind is what people give: a string when nil, a bool, or a set of strings.
	Kind attr.Type
	// Words, if any, are the allowed strings.
	Words Words
	// Query is what the API is asked for each value; nil filters here by the
	// equal value of the resource's attribute of that name.
	Query func(value string) url.Values
}

// Pattern is the filter of a list that the API searches. what says which columns
// are compared, as "roles whose name".
func Pattern(what string) Filter {
	return Filter{
		Attribute:   "search",
		Description: "Only " + what + " matches this pattern. Letter case does not matter; `%` stands for any characters, and `_` for one character.",
		Query:       func(v string) url.Values { return url.Values{"search": {v}} },
	}
}

func (f Filter) attribute() schema.Attribute {
	var checks []validator.String
	if len(f.Words) > 0 {
		checks = append(checks, f.Words.Validator())
	}
	switch f.Kind.(type) {
	case basetypes.BoolType:
		return schema.BoolAttribute{MarkdownDescription: f.Description, Optional: true}
	case basetypes.SetType:
		return schema.SetAttribute{MarkdownDescription: f.Description, Optional: true, ElementType: types.StringType,
			Validators: []validator.Set{setvalidator.SizeAtLeast(1), Each(checks...)}}
	}
	return schema.StringAttribute{MarkdownDescription: f.Description, Optional: true, Validators: checks}
}

// values are the strings that the API is asked for.
func (f Filter) values(ctx context.Context, given attr.Value, diags *diag.Diagnostics) []string {
	switch v := given.(type) {
	case types.Bool:
		return []string{strconv.FormatBool(v.ValueBool())}
	case types.Set:
		several, d := Strings(ctx, v)
		diags.Append(d...)
		return several
	case types.String:
		return []string{v.ValueString()}
	}
	return nil
}

// DataSources is the data source of all objects, in the attribute named plural,
// which is also the type's name.
func (o *Object[M, T, In, P]) DataSources(plural, description string, filters ...Filter) datasource.DataSource {
	element := dataAttributes(o.readable())
	for _, name := range o.alone {
		delete(element, name)
	}
	attributes := map[string]schema.Attribute{
		plural: schema.ListNestedAttribute{
			MarkdownDescription: "The objects, in no particular order.",
			Computed:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: element},
		},
	}
	for _, parent := range o.parents() {
		attributes[parent] = schema.StringAttribute{MarkdownDescription: describe(o.schema.Attributes[parent]), Required: true}
	}
	for _, f := range filters {
		attributes[f.Attribute] = f.attribute()
	}
	return &dataSources[M, T, In, P]{Object: o, plural: plural, filters: filters, element: element,
		schema: schema.Schema{MarkdownDescription: description, Attributes: attributes}}
}

type dataSources[M, T, In any, P Model[M, T, In]] struct {
	*Object[M, T, In, P]
	plural  string
	filters []Filter
	element map[string]schema.Attribute
	schema  schema.Schema
	data    *Data
}

func (d *dataSources[M, T, In, P]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "logto_" + d.plural
}

func (d *dataSources[M, T, In, P]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.schema
}

func (d *dataSources[M, T, In, P]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.data, _ = req.ProviderData.(*Data)
}

func (d *dataSources[M, T, In, P]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !isConfigured(d.data, &resp.Diagnostics) {
		return
	}
	var parents []string
	for _, parent := range d.parents() {
		var v types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(parent), &v)...)
		parents = append(parents, v.ValueString())
	}
	query, equal := url.Values{}, map[string]attr.Value{}
	for _, f := range d.filters {
		var given attr.Value
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(f.Attribute), &given)...)
		switch {
		case given == nil || given.IsNull():
		case f.Query == nil:
			equal[f.Attribute] = given
		default:
			for _, v := range f.values(ctx, given, &resp.Diagnostics) {
				for key, asked := range f.Query(v) {
					query[key] = append(query[key], asked...)
				}
			}
		}
	}
	objects, err := d.access(d.data.Client).Search(ctx, parents, query)
	resp.State.Raw = req.Config.Raw
	if err != nil {
		d.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: "logto_" + d.plural, id: strings.Join(parents, "/")}, err)
		return
	}
	names := slices.Collect(maps.Keys(d.element))
	elementType := schema.NestedAttributeObject{Attributes: d.element}.Type()
	kinds := map[string]attr.Type{}
	for name, a := range d.element {
		kinds[name] = a.GetType()
	}
	elements := []attr.Value{}
	for i := range objects {
		m := d.blank(ctx, &resp.Diagnostics)
		resp.Diagnostics.Append(m.Flatten(ctx, &objects[i])...)
		values := d.project(ctx, m, names, &resp.Diagnostics)
		fits := true
		for name, want := range equal {
			fits = fits && fmt.Sprint(values[name]) == fmt.Sprint(want)
		}
		if !fits {
			continue
		}
		for name, v := range values {
			values[name] = shown(ctx, d.element[name], v)
		}
		element, diags := types.ObjectValue(kinds, values)
		resp.Diagnostics.Append(diags...)
		elements = append(elements, element)
	}
	list, diags := types.ListValue(elementType, elements)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.plural), list)...)
}

// describe is the description of an attribute without what holds for a resource only.
func describe(a rschema.Attribute) string {
	what, _, _ := strings.Cut(a.GetMarkdownDescription(), forResource)
	return what
}

// readable leaves out what says how a resource is to be handled.
func (o *Object[M, T, In, P]) readable() map[string]rschema.Attribute {
	to := maps.Clone(o.schema.Attributes)
	maps.DeleteFunc(to, func(name string, _ rschema.Attribute) bool { return slices.Contains(o.instructions, name) })
	return to
}

// dataAttributes are the attributes of a resource as a data source shows them:
// all computed, without those that the API never returns.
func dataAttributes(from map[string]rschema.Attribute) map[string]schema.Attribute {
	to := make(map[string]schema.Attribute, len(from))
	for name, a := range from {
		if a.IsWriteOnly() || a.IsSensitive() && (a.IsOptional() || a.IsRequired()) || strings.HasSuffix(name, "_wo_version") {
			continue
		}
		if converted := dataAttribute(a); converted != nil {
			to[name] = converted
		}
	}
	return to
}

func dataAttribute(from rschema.Attribute) schema.Attribute {
	text, sensitive := describe(from), from.IsSensitive()
	switch a := from.(type) {
	case rschema.StringAttribute:
		return schema.StringAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, CustomType: a.CustomType}
	case rschema.BoolAttribute:
		return schema.BoolAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.Int64Attribute:
		return schema.Int64Attribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.Float64Attribute:
		return schema.Float64Attribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true}
	case rschema.ListAttribute:
		return schema.ListAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.SetAttribute:
		return schema.SetAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.MapAttribute:
		return schema.MapAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, ElementType: a.ElementType}
	case rschema.SingleNestedAttribute:
		return schema.SingleNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true, Attributes: dataAttributes(a.Attributes)}
	case rschema.ListNestedAttribute:
		return schema.ListNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	case rschema.SetNestedAttribute:
		return schema.SetNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	case rschema.MapNestedAttribute:
		return schema.MapNestedAttribute{MarkdownDescription: text, Sensitive: sensitive, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: dataAttributes(a.NestedObject.Attributes)}}
	}
	return nil // the tests fail on a kind of attribute that is not converted
}
