// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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

// Says is the standard sentence.
func (r References) Says() string {
	examples := make([]string, len(r))
	for i, t := range r {
		examples[i] = "`" + t.Example() + "`"
	}
	return "For example " + strings.Join(examples, " or ") + "."
}

// Description implements validator.Describer.
func (r References) Description(ctx context.Context) string { return r.validator().Description(ctx) }

// MarkdownDescription implements validator.Describer.
func (r References) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// validator refuses what cannot be an ID, and tells users who wrote a name how to get
// one. Logto makes IDs of letters, digits and hyphens.
func (r References) validator() validator.String {
	if slices.ContainsFunc(r, func(t Target) bool { return t.Attribute != "id" }) {
		return NotEmpty()
	}
	return StringFunc(fmt.Sprintf("must be an ID and not a name: refer to it as in %s, or find it with the data source %s", r[0].Example(), r[0].TypeName()),
		func(s string) bool { return s != "" && !strings.ContainsAny(s, ": /\t\r\n") })
}

// ValidateString implements validator.String.
func (r References) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	r.validator().ValidateString(ctx, req, resp)
}

// ValidateSet implements validator.Set.
func (r References) ValidateSet(ctx context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	Each(r.validator()).ValidateSet(ctx, req, resp)
}

// ValidateList implements validator.List.
func (r References) ValidateList(ctx context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	Each(r.validator()).ValidateList(ctx, req, resp)
}
