// SPDX-License-Identifier: MPL-2.0

package export

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// plainKey is a key that needs no quotes.
var plainKey = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// block is the configuration of an object, and "" where it can be generated:
// OpenTofu, and Terraform before 1.10, write the keys of a map of objects, such
// as the names of scopes, without the quotes that some need.
func block(kind, name string, s tfsdk.State) (string, error) {
	whole, ok := s.Schema.(schema.Schema)
	if !ok {
		return "", nil
	}
	needed := false
	for attribute, a := range whole.Attributes {
		if _, isMap := a.(schema.MapNestedAttribute); !isMap {
			continue
		}
		at, _, err := tftypes.WalkAttributePath(s.Raw, tftypes.NewAttributePath().WithAttributeName(attribute))
		if err != nil {
			return "", err
		}
		var elements map[string]tftypes.Value
		if v, ok := at.(tftypes.Value); ok {
			err = v.As(&elements)
		}
		if err != nil {
			return "", err
		}
		for key := range elements {
			needed = needed || !plainKey.MatchString(key)
		}
	}
	if !needed {
		return "", nil
	}
	body, err := literal(s.Raw, whole.Attributes, "")
	return fmt.Sprintf("\nresource %q %q %s\n", kind, name, body), err
}

// literal is a value in the configuration language. Of an object that has
// attributes it is those that can be configured, in a map of such objects as well.
func literal(v tftypes.Value, attributes map[string]schema.Attribute, indent string) (text string, err error) {
	switch {
	case v.IsNull():
		return "null", nil
	case v.Type().Is(tftypes.String):
		err = v.As(&text)
		return quote(text), err
	case v.Type().Is(tftypes.Bool):
		var b bool
		err = v.As(&b)
		return fmt.Sprint(b), err
	case v.Type().Is(tftypes.Number):
		n := new(big.Float)
		err = v.As(&n)
		return n.Text('f', -1), err
	case v.Type().Is(tftypes.Object{}), v.Type().Is(tftypes.Map{}):
		return braces(v, attributes, indent)
	}
	var elements []tftypes.Value
	if err := v.As(&elements); err != nil {
		return "", err
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		if texts[i], err = literal(e, attributes, indent); err != nil {
			return "", err
		}
	}
	return "[" + strings.Join(texts, ", ") + "]", nil
}

// braces is the literal of an object or a map.
func braces(v tftypes.Value, attributes map[string]schema.Attribute, indent string) (string, error) {
	var values map[string]tftypes.Value
	if err := v.As(&values); err != nil {
		return "", err
	}
	var text strings.Builder
	text.WriteString("{\n")
	for _, key := range slices.Sorted(maps.Keys(values)) {
		inner := attributes
		if v.Type().Is(tftypes.Object{}) {
			a, known := attributes[key]
			if values[key].IsNull() || known && (!a.IsOptional() && !a.IsRequired() || a.IsSensitive()) {
				continue
			}
			inner = nil
			if nested, ok := a.(schema.MapNestedAttribute); ok {
				inner = nested.NestedObject.Attributes
			}
		}
		value, err := literal(values[key], inner, indent+"  ")
		if err != nil {
			return "", err
		}
		if !plainKey.MatchString(key) {
			key = quote(key)
		}
		text.WriteString(indent + "  " + key + " = " + value + "\n")
	}
	return text.String() + indent + "}", nil
}
