// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// generator makes random configurations of a type. It takes values from the schema
// (words, limits, defaults), from the configurations that the lifecycle has, which are
// the only ones for references, and from lists of texts that have made trouble
// somewhere. What the provider's validation refuses, it does not use.
type generator struct {
	random *rand.Rand
	schema schema.Schema
	kind   tftypes.Type
	begin  []tftypes.Value // valid configurations
	known  map[string][]tftypes.Value
	valid  func(config tftypes.Value) bool
}

func newGenerator(random *rand.Rand, s schema.Schema, valid func(tftypes.Value) bool, begin ...tftypes.Value) *generator {
	g := &generator{random: random, schema: s, kind: begin[0].Type(), begin: begin, valid: valid, known: map[string][]tftypes.Value{}}
	for _, config := range begin {
		g.learn("", config)
	}
	return g
}

// learn notes the values of a configuration by attribute: "outer.inner", "name[]" for
// elements and "name{}" for keys.
func (g *generator) learn(name string, v tftypes.Value) {
	if v.IsNull() || !v.IsFullyKnown() {
		return
	}
	if !slices.ContainsFunc(g.known[name], v.Equal) {
		g.known[name] = append(g.known[name], v)
	}
	var list []tftypes.Value
	switch v.Type().(type) {
	case tftypes.Object:
		for _, inner := range slices.Sorted(maps.Keys(members(v))) {
			g.learn(strings.TrimPrefix(name+"."+inner, "."), members(v)[inner])
		}
	case tftypes.Map:
		for _, key := range slices.Sorted(maps.Keys(members(v))) {
			g.learn(name+"{}", tftypes.NewValue(tftypes.String, key))
			g.learn(name+"[]", members(v)[key])
		}
	case tftypes.List, tftypes.Set:
		if v.As(&list) == nil {
			for _, e := range list {
				g.learn(name+"[]", e)
			}
		}
	}
}

// config is a random configuration that the provider finds valid.
func (g *generator) config() tftypes.Value {
	config := pick(g.random, g.begin)
	names := slices.Sorted(maps.Keys(g.schema.Attributes))
	g.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		a := g.schema.Attributes[name]
		if !a.IsOptional() && !a.IsRequired() {
			continue
		}
		for range 4 {
			next := g.replaced(config, name, a)
			if !next.Equal(config) && g.valid(next) {
				config = next
				break
			}
		}
	}
	return config
}

// replaced is the configuration with another value of an attribute. A write-only one
// comes with its version. Now and then another one is left out, as there may only
// be one of the two.
func (g *generator) replaced(config tftypes.Value, name string, a schema.Attribute) tftypes.Value {
	v, _ := get(config, name)
	config = with(config, name, g.value(name, a, v.Type()))
	if _, versioned := g.schema.Attributes[name+"_version"]; versioned && a.IsWriteOnly() {
		config = with(config, name+"_version", tftypes.NewValue(tftypes.Number, 1+g.random.IntN(9)))
	}
	if g.random.IntN(3) == 0 {
		all := slices.Sorted(maps.Keys(members(config)))
		if other := pick(g.random, all); other != name && g.schema.Attributes[other].IsOptional() {
			v, _ := get(config, other)
			config = with(config, other, tftypes.NewValue(v.Type(), nil))
		}
	}
	return config
}

// value is a random value of an attribute.
func (g *generator) value(name string, a schema.Attribute, kind tftypes.Type) tftypes.Value {
	if a.IsComputed() && !a.IsOptional() || a.IsOptional() && g.random.IntN(3) == 0 {
		return tftypes.NewValue(kind, nil)
	}
	known := g.known[name]
	if len(known) > 0 && g.random.IntN(3) == 0 {
		return pick(g.random, known)
	}
	switch a := a.(type) {
	case schema.BoolAttribute:
		return tftypes.NewValue(kind, g.random.IntN(2) == 0)
	case schema.Int64Attribute:
		return tftypes.NewValue(kind, g.number(a))
	case schema.StringAttribute:
		if len(validators.ReferencesOf(a)) > 0 {
			return g.oneOf(kind, known)
		}
		return tftypes.NewValue(kind, g.text(a.Validators, a.CustomType != nil && a.CustomType.Equal(customtypes.RFC3339Type{}), known))
	case schema.SetAttribute:
		return tftypes.NewValue(kind, g.elements(name, a, a.Validators, a.ElementType.TerraformType(context.Background())))
	case schema.ListAttribute:
		return tftypes.NewValue(kind, g.elements(name, a, a.Validators, a.ElementType.TerraformType(context.Background())))
	case schema.MapAttribute:
		return tftypes.NewValue(kind, g.mapped(name, a.Validators, a.ElementType.TerraformType(context.Background())))
	case schema.SingleNestedAttribute:
		return g.object(name, a.Attributes, kind)
	case schema.ListNestedAttribute:
		return tftypes.NewValue(kind, g.objects(name+"[]", a.NestedObject.Attributes, elementType(kind)))
	case schema.SetNestedAttribute:
		return tftypes.NewValue(kind, g.objects(name+"[]", a.NestedObject.Attributes, elementType(kind)))
	case schema.MapNestedAttribute:
		out := map[string]tftypes.Value{}
		for _, v := range g.objects(name+"[]", a.NestedObject.Attributes, elementType(kind)) {
			out[g.text(nil, false, g.known[name+"{}"])] = v
		}
		return tftypes.NewValue(kind, out)
	}
	return g.oneOf(kind, known)
}

func elementType(kind tftypes.Type) tftypes.Type {
	switch k := kind.(type) {
	case tftypes.List:
		return k.ElementType
	case tftypes.Set:
		return k.ElementType
	case tftypes.Map:
		return k.ElementType
	}
	return kind
}

// oneOf is one of the values, null when there is none.
func (g *generator) oneOf(kind tftypes.Type, values []tftypes.Value) tftypes.Value {
	if len(values) == 0 {
		return tftypes.NewValue(kind, nil)
	}
	return pick(g.random, values)
}

// object is an object with random attributes; half of them begin as a known one.
func (g *generator) object(name string, attributes map[string]schema.Attribute, kind tftypes.Type) tftypes.Value {
	values := map[string]tftypes.Value{}
	if known := g.known[name]; len(known) > 0 && g.random.IntN(2) == 0 {
		maps.Copy(values, members(pick(g.random, known)))
	}
	for inner, t := range kind.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // nested attributes are objects
		if _, ok := values[inner]; !ok {
			values[inner] = tftypes.NewValue(t, nil)
		}
	}
	for _, inner := range slices.Sorted(maps.Keys(attributes)) {
		if a := attributes[inner]; g.random.IntN(3) > 0 || a.IsRequired() && values[inner].IsNull() {
			values[inner] = g.value(name+"."+inner, a, values[inner].Type())
		}
	}
	return tftypes.NewValue(kind, values)
}

func (g *generator) objects(name string, attributes map[string]schema.Attribute, kind tftypes.Type) []tftypes.Value {
	out := []tftypes.Value{}
	for range g.random.IntN(4) {
		v := g.object(name, attributes, kind)
		for _, known := range g.known[name] {
			if g.random.IntN(2) == 0 {
				v = known
			}
		}
		if !slices.ContainsFunc(out, v.Equal) {
			out = append(out, v)
		}
	}
	return out
}

// elements are random elements of a set or a list.
func (g *generator) elements(name string, a schema.Attribute, checks any, kind tftypes.Type) []tftypes.Value {
	known, out := g.known[name+"[]"], []tftypes.Value{}
	fixed := len(validators.ReferencesOf(a)) > 0
	for range g.random.IntN(5) {
		var v tftypes.Value
		switch {
		case len(known) > 0 && (fixed || g.random.IntN(2) == 0):
			v = pick(g.random, known)
		case fixed || !kind.Is(tftypes.String):
			continue
		default:
			v = tftypes.NewValue(kind, g.text(eachOf(checks, false), false, nil))
		}
		if !slices.ContainsFunc(out, v.Equal) {
			out = append(out, v)
		}
	}
	return out
}

// mapped are random elements of a map of texts.
func (g *generator) mapped(name string, checks []validator.Map, kind tftypes.Type) map[string]tftypes.Value {
	out := map[string]tftypes.Value{}
	for range g.random.IntN(4) {
		key := g.text(eachOf(checks, true), false, g.known[name+"{}"])
		out[key] = tftypes.NewValue(kind, g.text(eachOf(checks, false), false, g.known[name+"[]"]))
	}
	return out
}

// eachOf are the checks of each element, or of each key, among the validators of a
// set, a list or a map.
func eachOf(of any, keys bool) (checks []validator.String) {
	look := func(v any) {
		if each, ok := v.(validators.EachElement); ok {
			if found, ofKeys := each.Checks(); ofKeys == keys {
				checks = append(checks, found...)
			}
		}
	}
	switch of := of.(type) {
	case []validator.Set:
		for _, v := range of {
			look(v)
		}
	case []validator.List:
		for _, v := range of {
			look(v)
		}
	case []validator.Map:
		for _, v := range of {
			look(v)
		}
	}
	return checks
}

// number is a number within the limits, often one of them or the default.
func (g *generator) number(a schema.Int64Attribute) int64 {
	least, most := int64(0), int64(1000)
	for _, v := range a.Validators {
		if limits, ok := v.(validators.Int64Range); ok {
			least, most = limits.Limits()
		}
	}
	least = max(least, min(most, 0)-1_000_000)
	most = min(most, max(least, 0)+1_000_000)
	switch n, ok := planmodifiers.DefaultOf(a).(types.Int64); g.random.IntN(4) {
	case 0:
		return least
	case 1:
		return most
	case 2:
		if ok && !n.IsNull() {
			return n.ValueInt64()
		}
	}
	return least + g.random.Int64N(most-least+1)
}

// oddTexts are texts of the kinds that attributes take, and odd ones. %x and %d are
// other numbers each time.
var oddTexts = []string{
	"", "x", "name %x", "Name %x", "n%x", "Ärger & Söhne %x", "🙂 %x", " padded ", "two\nlines", `<b class="x">'%x'</b>`, "null", "true", "0", "{{code}}", "${not} %{hcl}",
	"https://example.com", "https://example.com/", "https://example.com/%x?a=b#c", "https://EXAMPLE.com/Path", "http://localhost:3000/callback", "com.example.app://callback/%x",
	"https://a-%x.example.com", "n%x.example.com", "xn--bcher-kva.example", "#abc", "#A1b2C3", "someone-%x@example.com", "+4915112345678", "491511234", "en", "de", "pt-BR", "es-419",
	`{}`, `{"a":%d}`, `{"a":{"b":[1,null,"x"],"c":2.50},"é":"🙂"}`, `{"a":[],"b":{}}`, `{"n":null}`, "[]",
	"2099-01-01T00:00:00Z", "2099-06-01T12:30:00.125+02:00", "^[a-z]+$", "30s", "a { color: red; }", "Basic %x", "read:x%x", "/path/%x", "urn:example:%x",
}

// text is a random text that passes the checks: a word, where there are words, and
// else a known text or one of oddTexts, sometimes one as long as may be.
func (g *generator) text(checks []validator.String, isTime bool, known []tftypes.Value) string {
	most := 0
	for _, c := range checks {
		if v, ok := c.(validators.StringValidator); ok {
			if words := v.Words(); words != nil {
				return pick(g.random, words)
			}
			most = max(most, v.Most)
		}
	}
	var s string
	if len(known) > 0 && g.random.IntN(4) == 0 && pick(g.random, known).As(&s) == nil {
		return s
	}
	if most > 1 && g.random.IntN(6) == 0 {
		if s = strings.Repeat("x", most); g.random.IntN(2) == 0 {
			s = strings.Repeat("🙂", most/2)
		}
		if passes(s, checks) {
			return s
		}
	}
	for range 60 {
		s = strings.NewReplacer("%x", fmt.Sprintf("%08x", g.random.Uint32()), "%d", fmt.Sprint(g.random.IntN(1000))).Replace(pick(g.random, oddTexts))
		if passes(s, checks) && (!isTime || strings.HasPrefix(s, "2099-")) {
			break
		}
	}
	return s
}

func passes(s string, checks []validator.String) bool {
	for _, c := range checks {
		switch c.(type) {
		case validators.StringValidator, validators.References:
			var resp validator.StringResponse
			c.ValidateString(context.Background(), validator.StringRequest{Path: path.Root("x"), ConfigValue: types.StringValue(s)}, &resp)
			if resp.Diagnostics.HasError() {
				return false
			}
		}
	}
	return true
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }
