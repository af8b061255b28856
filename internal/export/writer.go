// SPDX-License-Identifier: MPL-2.0

package export

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// writer makes configuration of objects. It knows schemas, and no type but those of filled.
type writer struct {
	references  map[string]reference // by type, attribute and value
	secrets     variables
	plain       bool            // secrets go into the state
	hasDefault  map[string]bool // types of which an object goes to whatever is new
	usedBuiltIn map[*instance]bool
	unresolved  map[string]bool // attributes with IDs of what is not in the configuration
}

// reference is an expression for the value of an attribute.
type reference struct {
	code string
	of   *instance
}

func newWriter(managed, builtIn []*instance, plain bool) *writer {
	w := &writer{references: map[string]reference{}, plain: plain, hasDefault: map[string]bool{}, usedBuiltIn: map[*instance]bool{}, unresolved: map[string]bool{}}
	for _, i := range builtIn {
		w.index(i, "data."+i.address())
	}
	for _, i := range managed {
		w.index(i, i.address())
		var isDefault bool
		if v := i.state["is_default"]; v.IsKnown() && !v.IsNull() && v.As(&isDefault) == nil && isDefault {
			w.hasDefault[i.kind.TypeName()] = true
		}
	}
	return w
}

// index makes the texts of an object known to those who may refer to them.
func (w *writer) index(i *instance, address string) {
	for name, v := range i.state {
		if s, ok := stringOf(v); ok {
			w.references[i.kind.TypeName()+" "+name+" "+s] = reference{address + "." + name, i}
		}
		if _, ok := i.kind.Attributes()[name].(schema.MapNestedAttribute); !ok {
			continue
		}
		for key, element := range members(v) {
			for inner, v := range members(element) {
				if s, ok := stringOf(v); ok {
					w.references[i.kind.TypeName()+" "+name+"."+inner+" "+s] = reference{fmt.Sprintf("%s.%s[%s].%s", address, name, quote(key), inner), i}
				}
			}
		}
	}
}

func stringOf(v tftypes.Value) (s string, ok bool) {
	if v.IsNull() || !v.IsKnown() || !v.Type().Is(tftypes.String) || v.As(&s) != nil {
		return "", false
	}
	return s, true
}

// refer is what stands for a value of an attribute: a reference to what has it, or the
// value.
func (w *writer) refer(at place, targets validators.References, s string) expression {
	for _, t := range targets {
		attribute := t.Attribute
		if t.Map != "" {
			attribute = t.Map + "." + t.Attribute
		}
		if r, ok := w.references[t.TypeName()+" "+attribute+" "+s]; ok && r.of != at.object {
			if r.of.Omission == framework.BuiltIn {
				w.usedBuiltIn[r.of] = true
			} else {
				at.uses[r.of] = true
			}
			return code(r.code)
		}
	}
	if len(targets) > 0 && targets[0].Attribute == "id" {
		w.unresolved[at.object.address()+"."+strings.Join(at.path, ".")] = true
	}
	return text(s)
}

// unresolvedAttributes are those with IDs of what is not in the configuration.
func (w *writer) unresolvedAttributes() []string { return slices.Sorted(maps.Keys(w.unresolved)) }

// place is where an attribute is.
type place struct {
	object *instance
	path   []string
	uses   map[*instance]bool // what the object refers to
	// versions are the paths of the versions of write-only attributes that are written.
	versions *[]string
}

func (p place) in(name string) place {
	p.path = append(slices.Clone(p.path), name)
	return p
}

// resource is the configuration of an object, what it refers to, and the versions of its
// write-only attributes.
func (w *writer) resource(i *instance) (body object, uses map[*instance]bool, versions []string, err error) {
	at := place{object: i, uses: map[*instance]bool{}, versions: &versions}
	body, err = w.attributes(at, i.kind.Attributes(), i.state)
	return body, at.uses, versions, err
}

// attributes are those of an object that a configuration has: what it may set, and is
// not what it is anyway.
func (w *writer) attributes(at place, attributes map[string]schema.Attribute, values map[string]tftypes.Value) (object, error) {
	out := object{}
	for _, name := range w.order(at, attributes) {
		a, v, inner := attributes[name], values[name], at.in(name)
		switch {
		case v.IsNull() || !a.IsOptional() && !a.IsRequired() || a.IsWriteOnly() || strings.HasSuffix(name, "_wo_version"):
		case len(at.path) == 0 && slices.Contains(at.object.implied, name):
		case w.isEmptyAnyway(at, name, v):
		case a.IsSensitive():
			items, err := w.secret(inner, a, v)
			if err != nil {
				return nil, err
			}
			out = append(out, items...)
		default:
			left, err := isWhenLeftOut(a, v)
			if err != nil || left && !a.IsRequired() {
				if err != nil {
					return nil, err
				}
				continue
			}
			e, err := w.value(inner, a, v)
			if err != nil {
				return nil, err
			}
			if o, ok := e.(object); ok && len(o) == 0 && meansNothing(a) {
				continue
			}
			out = append(out, item{name, e})
		}
	}
	return out, nil
}

// order has what says which object it is first, then what is required, then the rest.
func (w *writer) order(at place, attributes map[string]schema.Attribute) []string {
	rank := func(name string) int {
		if k := slices.Index(at.object.kind.Key(), name); len(at.path) == 0 && k >= 0 {
			return k
		}
		switch a := attributes[name]; {
		case a.IsRequired() && strings.HasSuffix(name, "name"):
			return 10
		case a.IsRequired():
			return 11
		}
		return 12
	}
	return slices.SortedFunc(maps.Keys(attributes), func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
}

// isWhenLeftOut reports whether the attribute has that value without a configuration.
func isWhenLeftOut(a schema.Attribute, v tftypes.Value) (bool, error) {
	byDefault := framework.WhenLeftOut(a)
	if byDefault == nil {
		return false, nil
	}
	raw, err := byDefault.ToTerraformValue(context.Background())
	return err == nil && raw.Equal(v), err
}

// filled are the link sets of new objects into which Logto puts those of a type that have
// is_default.
var filled = map[string]string{"logto_user.role_ids": "logto_role"}

// isEmptyAnyway reports whether a link set is empty, as it is in a new object too.
func (w *writer) isEmptyAnyway(at place, name string, v tftypes.Value) bool {
	var links []tftypes.Value
	of, ok := filled[at.object.kind.TypeName()+"."+name]
	return ok && len(at.path) == 0 && v.As(&links) == nil && len(links) == 0 && !w.hasDefault[of]
}

// meansNothing reports whether an empty object says no more than none: its attributes
// are managed one by one, and there is always such an object.
func meansNothing(a schema.Attribute) bool {
	byDefault := framework.WhenLeftOut(a)
	return byDefault != nil && !byDefault.IsNull()
}

// value is what an attribute has.
func (w *writer) value(at place, a schema.Attribute, v tftypes.Value) (expression, error) {
	switch a := a.(type) {
	case schema.SingleNestedAttribute:
		return w.attributes(at, a.Attributes, members(v))
	case schema.MapNestedAttribute:
		out, elements := object{}, members(v)
		for _, key := range slices.Sorted(maps.Keys(elements)) {
			e, err := w.attributes(at.in(key), a.NestedObject.Attributes, members(elements[key]))
			if err != nil {
				return nil, err
			}
			out = append(out, item{key, e})
		}
		return out, nil
	case schema.ListNestedAttribute, schema.SetNestedAttribute:
		return w.elements(v, isSet(a), func(e tftypes.Value) (expression, error) {
			return w.attributes(at, nestedIn(a), members(e))
		})
	case schema.StringAttribute:
		s, _ := stringOf(v)
		if isJSON(a) {
			if e, ok := jsonExpression(s, nil); ok {
				return jsonText{e}, nil
			}
		}
		return w.refer(at, validators.ReferencesOf(a), s), nil
	}
	return w.simple(at, validators.ReferencesOf(a), v, isSet(a))
}

func isSet(a schema.Attribute) bool {
	switch a.(type) {
	case schema.SetAttribute, schema.SetNestedAttribute:
		return true
	}
	return false
}

// simple is a value without attributes in it.
func (w *writer) simple(at place, targets validators.References, v tftypes.Value, isSet bool) (expression, error) {
	switch {
	case v.IsNull():
		return code("null"), nil
	case v.Type().Is(tftypes.String):
		s, _ := stringOf(v)
		return w.refer(at, targets, s), nil
	case v.Type().Is(tftypes.Bool):
		var b bool
		err := v.As(&b)
		return code(fmt.Sprint(b)), err
	case v.Type().Is(tftypes.Number):
		n := new(big.Float)
		err := v.As(&n)
		return code(n.Text('f', -1)), err
	case v.Type().Is(tftypes.Map{}):
		out, elements := object{}, members(v)
		for _, key := range slices.Sorted(maps.Keys(elements)) {
			e, err := w.simple(at, targets, elements[key], false)
			if err != nil {
				return nil, err
			}
			out = append(out, item{key, e})
		}
		return out, nil
	}
	return w.elements(v, isSet, func(e tftypes.Value) (expression, error) { return w.simple(at, targets, e, false) })
}

// elements are those of a list, or of a set in the order in which they are written.
func (w *writer) elements(v tftypes.Value, isSet bool, each func(tftypes.Value) (expression, error)) (expression, error) {
	var elements []tftypes.Value
	if err := v.As(&elements); err != nil {
		return nil, err
	}
	out := make(list, len(elements))
	for i, e := range elements {
		var err error
		if out[i], err = each(e); err != nil {
			return nil, err
		}
	}
	if isSet {
		slices.SortFunc(out, func(a, b expression) int { return cmp.Compare(inline(a), inline(b)) })
	}
	return out, nil
}

// secret is an attribute that may be one, or its write-only twin: variables stand for
// what is secret.
func (w *writer) secret(at place, a schema.Attribute, v tftypes.Value) ([]item, error) {
	i, name := at.object, at.path[len(at.path)-1]
	hide := func(path []string, value string) expression {
		return w.secrets.add(i, path, value, nil)
	}
	var written expression
	hidden := len(w.secrets.all)
	switch s, isText := stringOf(v); {
	case isText && isJSON(a):
		settings, ok := jsonExpression(s, func(path []string, value string) expression {
			if isSecret(path, value) {
				return hide(path, value)
			}
			return nil
		})
		if written = (jsonText{settings}); !ok {
			written = hide([]string{name}, s)
		}
	case isText:
		written = hide([]string{name}, s)
	default:
		values, plain, elements := object{}, map[string]string{}, members(v)
		for _, key := range slices.Sorted(maps.Keys(elements)) {
			s, ok := stringOf(elements[key])
			if !ok {
				return nil, fmt.Errorf("%s has a secret %s of a kind that is not written", i.address(), name)
			}
			if plain[key] = s; !w.plain {
				values = append(values, item{key, hide([]string{key}, s)})
			}
		}
		// With a variable for each element, a CLI would see another sensitivity than that
		// of the whole attribute, and plan a change.
		if written = values; w.plain && len(plain) > 0 {
			written = w.secrets.add(i, []string{name}, "", plain)
		}
	}
	if w.plain || hidden == len(w.secrets.all) {
		return []item{{name, written}}, nil
	}
	*at.versions = append(*at.versions, strings.Join(at.path, ".")+"_wo_version")
	return []item{{name + "_wo", written}, {name + "_wo_version", code("1")}}, nil
}

// isJSON reports whether an attribute is JSON as text.
func isJSON(a schema.Attribute) bool {
	switch a.GetType().(type) {
	case customtypes.NormalizedType, customtypes.CompactJSONType:
		return true
	}
	return false
}
