// SPDX-License-Identifier: MPL-2.0

package export

import (
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// importBlock has the object of that ID imported as kind.name.
func importBlock(kind, name, id string) *hclwrite.Block {
	b := hclwrite.NewBlock("import", nil)
	b.Body().SetAttributeRaw("to", hclwrite.TokensForIdentifier(kind+"."+name))
	b.Body().SetAttributeValue("id", cty.StringVal(id))
	return b
}

// resourceBlock is the configuration of an object, and nil where the CLI can
// generate it: OpenTofu, and Terraform before 1.10, write the keys of a map of
// objects, such as the names of scopes, without the quotes that some need.
func resourceBlock(kind, name string, s tfsdk.State) (*hclwrite.Block, error) {
	whole, ok := s.Schema.(schema.Schema)
	if !ok {
		return nil, nil
	}
	var values map[string]tftypes.Value
	if err := s.Raw.As(&values); err != nil {
		return nil, err
	}
	needed := false
	for attribute, a := range whole.Attributes {
		if _, isMap := a.(schema.MapNestedAttribute); !isMap {
			continue
		}
		var elements map[string]tftypes.Value
		if err := values[attribute].As(&elements); err != nil {
			return nil, err
		}
		for key := range elements {
			needed = needed || !hclsyntax.ValidIdentifier(key)
		}
	}
	if !needed {
		return nil, nil
	}
	b := hclwrite.NewBlock("resource", []string{kind, name})
	for _, attribute := range slices.Sorted(maps.Keys(whole.Attributes)) {
		a := whole.Attributes[attribute]
		if !configurable(a, values[attribute]) {
			continue
		}
		v, err := value(values[attribute], a)
		if err != nil {
			return nil, err
		}
		b.Body().SetAttributeValue(attribute, v)
	}
	return b, nil
}

// configurable reports whether what an object has belongs into its configuration.
func configurable(a schema.Attribute, v tftypes.Value) bool {
	return !v.IsNull() && (a.IsOptional() || a.IsRequired()) && !a.IsSensitive()
}

// value is what an attribute, or a part of one, has. Of the objects in a map it is
// what can be configured.
func value(v tftypes.Value, a schema.Attribute) (cty.Value, error) {
	switch {
	case v.IsNull():
		return cty.NullVal(cty.DynamicPseudoType), nil
	case v.Type().Is(tftypes.String):
		var s string
		err := v.As(&s)
		return cty.StringVal(s), err
	case v.Type().Is(tftypes.Bool):
		var b bool
		err := v.As(&b)
		return cty.BoolVal(b), err
	case v.Type().Is(tftypes.Number):
		n := new(big.Float)
		err := v.As(&n)
		return cty.NumberVal(n), err
	case v.Type().Is(tftypes.Map{}), v.Type().Is(tftypes.Object{}):
		var elements map[string]tftypes.Value
		if err := v.As(&elements); err != nil {
			return cty.NilVal, err
		}
		attributes := map[string]schema.Attribute{}
		if m, ok := a.(schema.MapNestedAttribute); ok && v.Type().Is(tftypes.Object{}) {
			attributes = m.NestedObject.Attributes
		}
		values := map[string]cty.Value{}
		for key, e := range elements {
			if part, ok := attributes[key]; ok && !configurable(part, e) {
				continue
			}
			var err error
			if values[key], err = value(e, a); err != nil {
				return cty.NilVal, err
			}
		}
		return cty.ObjectVal(values), nil
	}
	var elements []tftypes.Value
	if err := v.As(&elements); err != nil {
		return cty.NilVal, err
	}
	values := make([]cty.Value, len(elements))
	for i, e := range elements {
		var err error
		if values[i], err = value(e, a); err != nil {
			return cty.NilVal, err
		}
	}
	return cty.TupleVal(values), nil
}
