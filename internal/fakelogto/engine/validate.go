// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"math"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Schema checks one JSON value and returns what Logto keeps of it: known keys
// only, in the order of the schema. It reports like Zod: every issue, with its path.
type Schema interface {
	Check(v any, at Path, is *Issues) (any, Outcome)
}

type Path []any

func (p Path) At(key any) Path { return append(slices.Clip(p), key) }

// Issues collects what is wrong, each an object as Zod makes it.
type Issues []Object

// Outcome is Zod's parse status: a dirty value has issues but goes on to
// refinements, an aborted one does not.
type Outcome int

const (
	Good Outcome = iota
	Dirty
	Aborted
)

// Missing stands for JavaScript's undefined.
type Missing struct{}

func (is *Issues) Add(at Path, code, message string, more ...Member) {
	o := append(Object{{"code", code}}, more...)
	if at == nil {
		at = Path{}
	}
	*is = append(*is, append(o, Member{"path", []any(at)}, Member{"message", message}))
}

func (is *Issues) WrongType(at Path, expected string, v any) Outcome {
	return is.WrongTypeSaying(at, expected, kindOf(v))
}

func (is *Issues) WrongTypeSaying(at Path, expected, received string) Outcome {
	message := fmt.Sprintf("This is %s where %s is needed", received, expected)
	if received == "undefined" {
		message = "This is missing"
	}
	is.Add(at, "invalid_type", message, Member{"expected", expected}, Member{"received", received})
	return Aborted
}

func kindOf(v any) string {
	switch v.(type) {
	case Missing:
		return "undefined"
	case nil:
		return "null"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	case []any:
		return "array"
	}
	return "object"
}

// Parse checks v; part ("body", "query" or "params") goes into the message.
func Parse(s Schema, v any, part string) (any, *Error) {
	var is Issues
	out, result := s.Check(v, nil, &is)
	if result == Good {
		return out, nil
	}
	return nil, InvalidInput(is, part)
}

// InvalidInput is the answer to a part of the request that has issues.
func InvalidInput(is Issues, part string) *Error {
	e := Fail(400, "guard.invalid_input", Object{{"issues", []Object(is)}, {"name", "ZodError"}})
	e.Message = "The request " + part + " is invalid."
	lines := Map(is, func(issue Object) string {
		keys := Map(issue.List("path"), func(k any) string { return fmt.Sprint(k) })
		what := issue.Str("message")
		if issue.Str("code") == "invalid_type" {
			what = fmt.Sprintf("want %s, got %s", issue.Str("expected"), issue.Str("received"))
		}
		return fmt.Sprintf("At %q: (%s) %s", strings.Join(keys, "."), issue.Str("code"), what)
	})
	e.details = strings.Join(lines, "\n")
	return e
}

type StringSchema struct {
	minimum, maximum int // maximum 0: none
	rules            []stringRule
}

type stringRule struct {
	ok         func(string) bool
	validation string // of code invalid_string; "" makes a custom issue
	message    string
}

// String is a string of any length.
func String() StringSchema { return StringSchema{} }

// Text is a string of 1 to n characters; 0 is no upper limit.
func Text(n int) StringSchema { return StringSchema{minimum: 1, maximum: n} }

func (s StringSchema) Max(n int) StringSchema { s.maximum = n; return s }

// Matching is Zod's regex.
func (s StringSchema) Matching(re *regexp.Regexp) StringSchema {
	return s.Rule(re.MatchString, "regex", "Invalid")
}

// URL is Zod's url: whatever the WHATWG parser takes.
func (s StringSchema) URL() StringSchema { return s.Rule(IsURL, "url", "This is no URL") }

// Email is Zod's rule for addresses.
func (s StringSchema) Email() StringSchema {
	return s.Rule(func(text string) bool {
		return !strings.HasPrefix(text, ".") && !strings.Contains(text, "..") && emailPattern.MatchString(text)
	}, "email", "This is no email address")
}

// Where adds a refinement, a custom issue when it is false.
func (s StringSchema) Where(ok func(string) bool) StringSchema {
	return s.Rule(ok, "", "Invalid input")
}

// Rule adds a rule. The validation is that of the issue invalid_string; "" makes a custom issue.
func (s StringSchema) Rule(ok func(string) bool, validation, message string) StringSchema {
	s.rules = append(slices.Clone(s.rules), stringRule{ok, validation, message})
	return s
}

func (s StringSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	text, ok := v.(string)
	if !ok {
		return nil, is.WrongType(at, "string", v)
	}
	result := Good
	length := codeUnits(text)
	if length < s.minimum {
		is.tooSmall(at, "string", s.minimum, "This needs %d characters or more")
		result = Dirty
	}
	if s.maximum > 0 && length > s.maximum {
		is.TooBig(at, "string", s.maximum, "This has room for %d characters")
		result = Dirty
	}
	for _, r := range s.rules {
		if r.ok(text) {
			continue
		}
		result = Dirty
		if r.validation == "" {
			is.Add(at, "custom", r.message)
		} else {
			is.Add(at, "invalid_string", r.message, Member{"validation", r.validation})
		}
	}
	return text, result
}

func (is *Issues) tooSmall(at Path, kind string, n int, message string) {
	is.Add(at, "too_small", fmt.Sprintf(message, n), Member{"minimum", n}, Member{"type", kind},
		Member{"inclusive", true}, Member{"exact", false})
}

func (is *Issues) TooBig(at Path, kind string, n int, message string) {
	is.Add(at, "too_big", fmt.Sprintf(message, n), Member{"maximum", n}, Member{"type", kind},
		Member{"inclusive", true}, Member{"exact", false})
}

var emailPattern = regexp.MustCompile(`(?i)^[A-Z0-9_'+\-.]*[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$`)

type NumberSchema struct {
	whole            bool
	above            bool // zero itself is too small
	minimum, maximum *int
}

// Number is any number, integer one without a fraction.
func Number() NumberSchema { return NumberSchema{} }

func Integer() NumberSchema { return NumberSchema{whole: true} }

// Positive is Zod's: more than zero.
func (s NumberSchema) Positive() NumberSchema { s.above = true; return s }

func (s NumberSchema) Min(n int) NumberSchema { s.minimum = &n; return s }

func (s NumberSchema) Max(n int) NumberSchema { s.maximum = &n; return s }

func (s NumberSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	n, ok := v.(float64)
	if !ok {
		return nil, is.WrongType(at, "number", v)
	}
	result := Good
	if s.whole && n != math.Trunc(n) {
		is.WrongTypeSaying(at, "integer", "float")
		result = Dirty
	}
	if s.above && n <= 0 {
		is.Add(at, "too_small", "This has to be more than 0", Member{"minimum", 0}, Member{"type", "number"},
			Member{"inclusive", false}, Member{"exact", false})
		result = Dirty
	}
	if s.minimum != nil && n < float64(*s.minimum) {
		is.tooSmall(at, "number", *s.minimum, "This has to be %d or more")
		result = Dirty
	}
	if s.maximum != nil && n > float64(*s.maximum) {
		is.TooBig(at, "number", *s.maximum, "This has to be %d or less")
		result = Dirty
	}
	return n, result
}

type BooleanSchema struct{}

func Boolean() BooleanSchema { return BooleanSchema{} }

func (BooleanSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	b, ok := v.(bool)
	if !ok {
		return nil, is.WrongType(at, "boolean", v)
	}
	return b, Good
}

type EnumSchema struct {
	values []string
	native bool
}

// Enum is one of the strings.
func Enum(values ...string) EnumSchema { return EnumSchema{values: values} }

// NativeEnum is Zod's enum of a TypeScript enum: a number is of the right type,
// though never one of the values.
func NativeEnum(values ...string) EnumSchema { return EnumSchema{values, true} }

func (s EnumSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	quoted := Map(s.values, func(value string) string { return "'" + value + "'" })
	expected := strings.Join(quoted, " | ")
	text, isText := v.(string)
	if isText && slices.Contains(s.values, text) {
		return text, Good
	}
	if _, isNumber := v.(float64); !isText && !(s.native && isNumber) {
		return nil, is.WrongType(at, expected, v)
	}
	received := text
	if !isText {
		received = string(AppendJSON(nil, v))
	}
	message := fmt.Sprintf("'%s' is none of %s", received, expected)
	is.Add(at, "invalid_enum_value", message, Member{"received", v}, Member{"options", ToList(s.values)})
	return nil, Aborted
}

type LiteralSchema struct{ value any }

// Literal is exactly the string, number, boolean or null.
func Literal(value any) LiteralSchema { return LiteralSchema{value} }

func (s LiteralSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	switch v.(type) {
	case Object, []any:
	default:
		if v == s.value {
			return v, Good
		}
	}
	message := "This has to be " + string(AppendJSON(nil, s.value))
	more := []Member{{"expected", s.value}}
	if _, undefined := v.(Missing); !undefined {
		more = append(more, Member{"received", v})
	}
	is.Add(at, "invalid_literal", message, more...)
	return nil, Aborted
}

type AnySchema struct{}

// Anything keeps every value as it is.
func Anything() AnySchema { return AnySchema{} }

func (AnySchema) Check(v any, _ Path, _ *Issues) (any, Outcome) { return JSONB(v), Good }

type NullableSchema struct{ inner Schema }

func Nullable(s Schema) NullableSchema { return NullableSchema{s} }

func (s NullableSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if v == nil {
		return nil, Good
	}
	return s.inner.Check(v, at, is)
}

type OptionalSchema struct{ inner Schema }

func Optional(s Schema) OptionalSchema { return OptionalSchema{s} }

func (s OptionalSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if _, undefined := v.(Missing); undefined {
		return v, Good
	}
	return s.inner.Check(v, at, is)
}

type DefaultSchema struct {
	inner Schema
	value any
}

// WithDefault puts a value in the place of a missing one.
func WithDefault(s Schema, value any) DefaultSchema { return DefaultSchema{s, value} }

func (s DefaultSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if _, undefined := v.(Missing); undefined {
		return s.value, Good
	}
	return s.inner.Check(v, at, is)
}

// Field is a key of a shape and what its value may be.
type Field struct {
	key    string
	schema Schema
}

// Property is a field whose schema says what it is when the key is missing.
func Property(key string, s Schema) Field { return Field{key, s} }

// Required is a field whose key must be there.
func Required(key string, s Schema) Field { return Field{key, s} }

// Maybe is a field whose key may be missing.
func Maybe(key string, s Schema) Field { return Field{key, Optional(s)} }

// MaybeNull is what Logto makes of a nullable column in a create body.
func MaybeNull(key string, s Schema) Field { return Field{key, Optional(Nullable(s))} }

type Shape struct {
	Fields []Field
	strict bool
	extra  bool
}

// Fields is an object with known keys; unknown ones are dropped.
func Fields(list ...Field) Shape { return Shape{Fields: list} }

// Closed refuses unknown keys, open keeps them (Zod's strict and passthrough).
func (s Shape) Closed() Shape { s.strict = true; return s }

func (s Shape) Open() Shape { s.extra = true; return s }

// And adds fields; a field of the same key is replaced.
func (s Shape) And(list ...Field) Shape {
	out := slices.Clone(s.Fields)
	for _, f := range list {
		if i := slices.IndexFunc(out, func(x Field) bool { return x.key == f.key }); i >= 0 {
			out[i] = f
			continue
		}
		out = append(out, f)
	}
	s.Fields = out
	return s
}

func (s Shape) Only(keys ...string) Shape {
	s.Fields = Filter(s.Fields, func(f Field) bool { return slices.Contains(keys, f.key) })
	return s
}

func (s Shape) Except(keys ...string) Shape {
	s.Fields = Filter(s.Fields, func(f Field) bool { return !slices.Contains(keys, f.key) })
	return s
}

// Partial makes every field optional, as PATCH bodies are.
func (s Shape) Partial() Shape {
	s.Fields = Map(s.Fields, func(f Field) Field {
		switch inner := f.schema.(type) {
		case OptionalSchema:
			return f
		case DefaultSchema:
			return Field{f.key, Optional(inner.inner)}
		}
		return Field{f.key, Optional(f.schema)}
	})
	return s
}

func (s Shape) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	out := make(Object, 0, len(s.Fields))
	result := Good
	for _, f := range s.Fields {
		var value any = Missing{}
		if in.Has(f.key) {
			value = in.Get(f.key)
		}
		kept, how := f.schema.Check(value, at.At(f.key), is)
		result = max(result, how)
		if _, undefined := kept.(Missing); !undefined {
			out = append(out, Member{f.key, kept})
		}
	}
	if !s.strict && !s.extra {
		return out, result
	}
	known := func(m Member) bool {
		return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.key == m.Key })
	}
	unknown := Filter(in, func(m Member) bool { return !known(m) })
	if s.extra {
		return append(out, unknown...), result
	}
	if len(unknown) > 0 {
		keys := Map(unknown, func(m Member) any { return m.Key })
		message := "There are no such keys: " + fmt.Sprint(keys...)
		is.Add(at, "unrecognized_keys", message, Member{"keys", keys})
		result = max(result, Dirty)
	}
	return out, result
}

type RecordSchema struct{ values Schema }

// Record is an object with free keys; it is kept in the order of jsonb.
func Record(values Schema) RecordSchema { return RecordSchema{values} }

// JSONObject is a JSON object of any content, such as custom data.
func JSONObject() RecordSchema { return Record(Anything()) }

func (s RecordSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	out := make(Object, 0, len(in))
	result := Good
	for _, m := range in {
		kept, how := s.values.Check(m.Value, at.At(m.Key), is)
		result = max(result, how)
		out = append(out, Member{m.Key, kept})
	}
	return JSONB(out), result
}

type ArraySchema struct {
	items            Schema
	minimum, maximum int
}

func Array(items Schema) ArraySchema { return ArraySchema{items: items} }

// IDs is a list of IDs, which Logto only asks to be not empty.
func IDs() ArraySchema { return Array(Text(0)) }

func (s ArraySchema) NonEmpty() ArraySchema { s.minimum = 1; return s }

func (s ArraySchema) Max(n int) ArraySchema { s.maximum = n; return s }

func (s ArraySchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.([]any)
	if !ok {
		return nil, is.WrongType(at, "array", v)
	}
	result := Good
	if len(in) < s.minimum {
		is.tooSmall(at, "array", s.minimum, "This needs %d elements or more")
		result = Dirty
	}
	if s.maximum > 0 && len(in) > s.maximum {
		is.TooBig(at, "array", s.maximum, "This has room for %d elements")
		result = Dirty
	}
	out := make([]any, 0, len(in))
	for i, item := range in {
		kept, how := s.items.Check(item, at.At(i), is)
		result = max(result, how)
		out = append(out, kept)
	}
	return out, result
}

// Refinement looks at a value whose shape is right and reports more issues.
type Refinement func(v any, at Path, is *Issues)

type RefinedSchema struct {
	inner Schema
	rule  Refinement
}

// Refine runs a rule after the schema, unless that aborted.
func Refine(s Schema, rule Refinement) RefinedSchema { return RefinedSchema{s, rule} }

func (s RefinedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	kept, result := s.inner.Check(v, at, is)
	if result == Aborted {
		return nil, Aborted
	}
	before := len(*is)
	s.rule(kept, at, is)
	if len(*is) > before {
		result = Dirty
	}
	return kept, result
}

type TransformedSchema struct {
	inner Schema
	f     func(any) any
}

// Transform changes a good value.
func Transform(s Schema, f func(any) any) TransformedSchema { return TransformedSchema{s, f} }

func (s TransformedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	kept, result := s.inner.Check(v, at, is)
	if result != Good {
		return nil, result
	}
	return s.f(kept), Good
}

type unionSchema []Schema

// Union is the first option that fits.
func Union(options ...Schema) unionSchema { return options }

func (s unionSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	var errs []any
	var dirtyValue any
	var dirtyIssues Issues
	for _, option := range s {
		var own Issues
		kept, result := option.Check(v, at, &own)
		if result == Good {
			return kept, Good
		}
		if result == Dirty && dirtyIssues == nil {
			dirtyValue, dirtyIssues = kept, own
		}
		errs = append(errs, Object{{"issues", []Object(own)}, {"name", "ZodError"}})
	}
	if dirtyIssues != nil {
		*is = append(*is, dirtyIssues...)
		return dirtyValue, Dirty
	}
	is.Add(at, "invalid_union", "Invalid input", Member{"unionErrors", errs})
	return nil, Aborted
}

// Variant is one of the shapes of an object, with the value of the key that tells them apart.
type Variant struct {
	tag   string
	shape Schema
}

type DiscriminatedSchema struct {
	key      string
	variants []Variant
}

// Case is the variant of a value.
func Case(tag string, shape Schema) Variant { return Variant{tag, shape} }

// Discriminated picks the variant by the value of one key.
func Discriminated(key string, variants ...Variant) DiscriminatedSchema {
	return DiscriminatedSchema{key, variants}
}

func (s DiscriminatedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	for _, option := range s.variants {
		if in.Get(s.key) == any(option.tag) {
			return option.shape.Check(v, at, is)
		}
	}
	options := Map(s.variants, func(o Variant) any { return o.tag })
	quoted := Map(s.variants, func(o Variant) string { return "'" + o.tag + "'" })
	message := "This is none of " + strings.Join(quoted, " | ")
	is.Add(at.At(s.key), "invalid_union_discriminator", message, Member{"options", options})
	return nil, Aborted
}

var SchemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// IsURL tells whether the WHATWG parser would take the text, as far as it matters here.
func IsURL(text string) bool {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	scheme := strings.ToLower(SchemePattern.FindString(text))
	switch scheme {
	case "":
		return false
	case "http:", "https:", "ws:", "wss:", "ftp:":
		rest := strings.TrimLeft(text[len(scheme):], `/\`)
		host, _, _ := strings.Cut(rest, "/")
		if i := strings.IndexAny(host, `?#\`); i >= 0 {
			host = host[:i]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
		u, err := url.Parse("http://" + strings.ReplaceAll(host, "*", "x"))
		return err == nil && isHost(u.Hostname()) && isPort(u.Port())
	}
	return true
}

func isPort(port string) bool {
	n, err := strconv.Atoi(port)
	return port == "" || err == nil && n <= math.MaxUint16
}

// isHost refuses what cannot be a host, such as a number at the end of what is no
// IPv4 address.
func isHost(host string) bool {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if _, err := strconv.Atoi(labels[len(labels)-1]); err == nil {
		_, err := netip.ParseAddr(strings.Join(labels, "."))
		return err == nil
	}
	return host != "" && !strings.ContainsAny(host, " <>^|%")
}
