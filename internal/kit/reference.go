// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Target is an attribute of another type that a reference has the value of.
type Target struct {
	Type string // without the provider's prefix
	// Map is the map of objects that have the attribute, with the key of the example
	// in MapKey; empty for an attribute of the object itself.
	Map, MapKey string
	Attribute   string
}

// IDOf is the id of an object of that type, such as "role".
func IDOf(typeName string) Target { return Target{Type: typeName, Attribute: "id"} }

// AttributeOf is another attribute of an object of that type.
func AttributeOf(typeName, attribute string) Target {
	return Target{Type: typeName, Attribute: attribute}
}

// APIScope is the id of a scope of an API resource.
var APIScope = Target{Type: "api_resource", Map: "scopes", MapKey: "read:orders", Attribute: "id"}

// TypeName is the Terraform type.
func (t Target) TypeName() string { return "logto_" + t.Type }

// Example is an expression for documentation and errors.
func (t Target) Example() string {
	at := t.TypeName() + ".example."
	if t.Map != "" {
		at += fmt.Sprintf("%s[%q].", t.Map, t.MapKey)
	}
	return at + t.Attribute
}

// RefersTo is a validator for strings, and for sets and lists of strings, that have
// the value of one of the targets. It declares the reference, for the documentation
// and for the configuration that the export writes, and refuses what cannot be an ID
// where all targets are IDs.
func RefersTo(targets ...Target) References { return targets }

// References is the declaration of what an attribute refers to: see [RefersTo].
type References []Target

// ReferencesOf returns what an attribute refers to; nil when it declares nothing.
func ReferencesOf(a schema.Attribute) (found References) {
	find := func(validators any) {
		if r, ok := validators.(References); ok {
			found = append(found, r...)
		}
	}
	switch a := a.(type) {
	case schema.StringAttribute:
		for _, v := range a.Validators {
			find(v)
		}
	case schema.SetAttribute:
		for _, v := range a.Validators {
			find(v)
		}
	case schema.ListAttribute:
		for _, v := range a.Validators {
			find(v)
		}
	}
	return found
}

// says is the standard sentence.
func (r References) says() string {
	examples := make([]string, len(r))
	for i, t := range r {
		examples[i] = "`" + t.Example() + "`"
	}
	return "For example " + strings.Join(examples, " or ") + "."
}

// Description implements validator.Describer.
func (r References) Description(context.Context) string { return "value " + r.rule() }

// MarkdownDescription implements validator.Describer.
func (r References) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

func (r References) rule() string {
	return "must be an ID and not a name, such as " + r[0].Example() + "; the data source of that type finds an ID by its name"
}

// check refuses what cannot be an ID. Logto makes IDs of letters, digits and hyphens.
func (r References) check(at path.Path, s types.String, refuse func(at path.Path, says string)) {
	isOther := slices.ContainsFunc(r, func(t Target) bool { return t.Attribute != "id" })
	switch {
	case !IsGiven(s):
	case s.ValueString() == "":
		refuse(at, "must not be empty")
	case !isOther && strings.ContainsAny(s.ValueString(), ": /\t\r\n"):
		refuse(at, r.rule())
	}
}

// ValidateString implements validator.String.
func (r References) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	r.check(req.Path, req.ConfigValue, func(at path.Path, says string) { refuseValue(&resp.Diagnostics, at, says) })
}

// ValidateSet implements validator.Set.
func (r References) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	for _, e := range req.ConfigValue.Elements() {
		if s, ok := e.(types.String); ok {
			r.check(req.Path.AtSetValue(e), s, func(at path.Path, says string) { refuseValue(&resp.Diagnostics, at, says) })
		}
	}
}

// ValidateList implements validator.List.
func (r References) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	for i, e := range req.ConfigValue.Elements() {
		if s, ok := e.(types.String); ok {
			r.check(req.Path.AtListIndex(i), s, func(at path.Path, says string) { refuseValue(&resp.Diagnostics, at, says) })
		}
	}
}

// Reference is a required attribute with the value of one of the targets; another one
// replaces the resource.
func Reference(description string, to ...Target) schema.StringAttribute {
	checks := []validator.String{RefersTo(to...)}
	if len(to) == 0 {
		checks = []validator.String{stringvalidator.LengthAtLeast(1)}
	}
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}
