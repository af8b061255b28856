// SPDX-License-Identifier: MPL-2.0

package fakelogto

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

// schema checks one JSON value and returns what Logto keeps of it: known keys
// only, in the order of the schema. It reports like Zod: every issue, with its path.
type schema interface {
	check(v any, at path, is *issues) (any, outcome)
}

type path []any

func (p path) at(key any) path { return append(slices.Clip(p), key) }

// issues collects what is wrong, each an object as Zod makes it.
type issues []object

// outcome is Zod's parse status: a dirty value has issues but goes on to
// refinements, an aborted one does not.
type outcome int

const (
	good outcome = iota
	dirty
	aborted
)

// missing stands for JavaScript's undefined.
type missing struct{}

func (is *issues) add(at path, code, message string, more ...member) {
	o := append(object{{"code", code}}, more...)
	if at == nil {
		at = path{}
	}
	*is = append(*is, append(o, member{"path", []any(at)}, member{"message", message}))
}

func (is *issues) wrongType(at path, expected string, v any) outcome {
	return is.wrongTypeSaying(at, expected, kindOf(v))
}

func (is *issues) wrongTypeSaying(at path, expected, received string) outcome {
	message := fmt.Sprintf("This is %s where %s is needed", received, expected)
	if received == "undefined" {
		message = "This is missing"
	}
	is.add(at, "invalid_type", message, member{"expected", expected}, member{"received", received})
	return aborted
}

func kindOf(v any) string {
	switch v.(type) {
	case missing:
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

// parse checks v; part ("body", "query" or "params") goes into the message.
func parse(s schema, v any, part string) (any, *apiError) {
	var is issues
	out, result := s.check(v, nil, &is)
	if result == good {
		return out, nil
	}
	return nil, invalidInput(is, part)
}

// invalidInput is the answer to a part of the request that has issues.
func invalidInput(is issues, part string) *apiError {
	e := fail(400, "guard.invalid_input", object{{"issues", []object(is)}, {"name", "ZodError"}})
	e.message = "The request " + part + " is invalid."
	lines := mapped(is, func(issue object) string {
		keys := mapped(issue.list("path"), func(k any) string { return fmt.Sprint(k) })
		what := issue.str("message")
		if issue.str("code") == "invalid_type" {
			what = fmt.Sprintf("want %s, got %s", issue.str("expected"), issue.str("received"))
		}
		return fmt.Sprintf("At %q: (%s) %s", strings.Join(keys, "."), issue.str("code"), what)
	})
	e.details = strings.Join(lines, "\n")
	return e
}

type strSchema struct {
	minimum, maximum int // maximum 0: none
	rules            []strRule
}

type strRule struct {
	ok         func(string) bool
	validation string // of code invalid_string; "" makes a custom issue
	message    string
}

// str is a string of any length.
func str() strSchema { return strSchema{} }

// text1 is a string of 1 to n characters; 0 is no upper limit.
func text1(n int) strSchema { return strSchema{minimum: 1, maximum: n} }

func (s strSchema) max(n int) strSchema { s.maximum = n; return s }

// matching is Zod's regex.
func (s strSchema) matching(re *regexp.Regexp) strSchema {
	return s.rule(strRule{re.MatchString, "regex", "Invalid"})
}

// url is Zod's url: whatever the WHATWG parser takes.
func (s strSchema) url() strSchema { return s.rule(strRule{isURL, "url", "This is no URL"}) }

// where adds a refinement, a custom issue when it is false.
func (s strSchema) where(ok func(string) bool) strSchema {
	return s.rule(strRule{ok, "", "Invalid input"})
}

func (s strSchema) rule(r strRule) strSchema {
	s.rules = append(slices.Clone(s.rules), r)
	return s
}

func (s strSchema) check(v any, at path, is *issues) (any, outcome) {
	text, ok := v.(string)
	if !ok {
		return nil, is.wrongType(at, "string", v)
	}
	result := good
	length := codeUnits(text)
	if length < s.minimum {
		is.tooSmall(at, "string", s.minimum, "This needs %d characters or more")
		result = dirty
	}
	if s.maximum > 0 && length > s.maximum {
		is.tooBig(at, "string", s.maximum, "This has room for %d characters")
		result = dirty
	}
	for _, r := range s.rules {
		if r.ok(text) {
			continue
		}
		result = dirty
		if r.validation == "" {
			is.add(at, "custom", r.message)
		} else {
			is.add(at, "invalid_string", r.message, member{"validation", r.validation})
		}
	}
	return text, result
}

func (is *issues) tooSmall(at path, kind string, n int, message string) {
	is.add(at, "too_small", fmt.Sprintf(message, n), member{"minimum", n}, member{"type", kind},
		member{"inclusive", true}, member{"exact", false})
}

func (is *issues) tooBig(at path, kind string, n int, message string) {
	is.add(at, "too_big", fmt.Sprintf(message, n), member{"maximum", n}, member{"type", kind},
		member{"inclusive", true}, member{"exact", false})
}

type numSchema struct {
	whole            bool
	above            bool // zero itself is too small
	minimum, maximum *int
}

// num is any number, integer one without a fraction.
func num() numSchema { return numSchema{} }

func integer() numSchema { return numSchema{whole: true} }

// positive is Zod's: more than zero.
func (s numSchema) positive() numSchema { s.above = true; return s }

func (s numSchema) min(n int) numSchema { s.minimum = &n; return s }

func (s numSchema) max(n int) numSchema { s.maximum = &n; return s }

func (s numSchema) check(v any, at path, is *issues) (any, outcome) {
	n, ok := v.(float64)
	if !ok {
		return nil, is.wrongType(at, "number", v)
	}
	result := good
	if s.whole && n != math.Trunc(n) {
		is.wrongTypeSaying(at, "integer", "float")
		result = dirty
	}
	if s.above && n <= 0 {
		is.add(at, "too_small", "This has to be more than 0", member{"minimum", 0}, member{"type", "number"},
			member{"inclusive", false}, member{"exact", false})
		result = dirty
	}
	if s.minimum != nil && n < float64(*s.minimum) {
		is.tooSmall(at, "number", *s.minimum, "This has to be %d or more")
		result = dirty
	}
	if s.maximum != nil && n > float64(*s.maximum) {
		is.tooBig(at, "number", *s.maximum, "This has to be %d or less")
		result = dirty
	}
	return n, result
}

type boolSchema struct{}

func boolean() boolSchema { return boolSchema{} }

func (boolSchema) check(v any, at path, is *issues) (any, outcome) {
	b, ok := v.(bool)
	if !ok {
		return nil, is.wrongType(at, "boolean", v)
	}
	return b, good
}

type enumSchema struct {
	values []string
	native bool
}

// enum is one of the strings.
func enum(values ...string) enumSchema { return enumSchema{values: values} }

// nativeEnum is Zod's enum of a TypeScript enum: a number is of the right type,
// though never one of the values.
func nativeEnum(values ...string) enumSchema { return enumSchema{values, true} }

func (s enumSchema) check(v any, at path, is *issues) (any, outcome) {
	quoted := mapped(s.values, func(value string) string { return "'" + value + "'" })
	expected := strings.Join(quoted, " | ")
	text, isText := v.(string)
	if isText && slices.Contains(s.values, text) {
		return text, good
	}
	if _, isNumber := v.(float64); !isText && !(s.native && isNumber) {
		return nil, is.wrongType(at, expected, v)
	}
	received := text
	if !isText {
		received = string(appendJSON(nil, v))
	}
	message := fmt.Sprintf("'%s' is none of %s", received, expected)
	is.add(at, "invalid_enum_value", message, member{"received", v}, member{"options", toList(s.values)})
	return nil, aborted
}

type literalSchema struct{ value any }

// literal is exactly the string, number, boolean or null.
func literal(value any) literalSchema { return literalSchema{value} }

func (s literalSchema) check(v any, at path, is *issues) (any, outcome) {
	switch v.(type) {
	case object, []any:
	default:
		if v == s.value {
			return v, good
		}
	}
	message := "This has to be " + string(appendJSON(nil, s.value))
	more := []member{{"expected", s.value}}
	if _, undefined := v.(missing); !undefined {
		more = append(more, member{"received", v})
	}
	is.add(at, "invalid_literal", message, more...)
	return nil, aborted
}

type anySchema struct{}

// anything keeps every value as it is.
func anything() anySchema { return anySchema{} }

func (anySchema) check(v any, _ path, _ *issues) (any, outcome) { return jsonb(v), good }

type nullableSchema struct{ inner schema }

func nullable(s schema) nullableSchema { return nullableSchema{s} }

func (s nullableSchema) check(v any, at path, is *issues) (any, outcome) {
	if v == nil {
		return nil, good
	}
	return s.inner.check(v, at, is)
}

type optionalSchema struct{ inner schema }

func optional(s schema) optionalSchema { return optionalSchema{s} }

func (s optionalSchema) check(v any, at path, is *issues) (any, outcome) {
	if _, undefined := v.(missing); undefined {
		return v, good
	}
	return s.inner.check(v, at, is)
}

type defaultSchema struct {
	inner schema
	value any
}

// withDefault puts a value in the place of a missing one.
func withDefault(s schema, value any) defaultSchema { return defaultSchema{s, value} }

func (s defaultSchema) check(v any, at path, is *issues) (any, outcome) {
	if _, undefined := v.(missing); undefined {
		return s.value, good
	}
	return s.inner.check(v, at, is)
}

type field struct {
	key    string
	schema schema
}

// required and maybe are the fields of a shape; maybeNull is what Logto makes of a
// nullable column in a create body.
func required(key string, s schema) field { return field{key, s} }

func maybe(key string, s schema) field { return field{key, optional(s)} }

func maybeNull(key string, s schema) field { return field{key, optional(nullable(s))} }

type shape struct {
	fields []field
	strict bool
	extra  bool
}

// fields is an object with known keys; unknown ones are dropped.
func fields(list ...field) shape { return shape{fields: list} }

// closed refuses unknown keys, open keeps them (Zod's strict and passthrough).
func (s shape) closed() shape { s.strict = true; return s }

func (s shape) open() shape { s.extra = true; return s }

// and adds fields; a field of the same key is replaced.
func (s shape) and(list ...field) shape {
	out := slices.Clone(s.fields)
	for _, f := range list {
		if i := slices.IndexFunc(out, func(x field) bool { return x.key == f.key }); i >= 0 {
			out[i] = f
			continue
		}
		out = append(out, f)
	}
	s.fields = out
	return s
}

func (s shape) only(keys ...string) shape {
	s.fields = filtered(s.fields, func(f field) bool { return slices.Contains(keys, f.key) })
	return s
}

func (s shape) except(keys ...string) shape {
	s.fields = filtered(s.fields, func(f field) bool { return !slices.Contains(keys, f.key) })
	return s
}

// partial makes every field optional, as PATCH bodies are.
func (s shape) partial() shape {
	s.fields = mapped(s.fields, func(f field) field {
		switch inner := f.schema.(type) {
		case optionalSchema:
			return f
		case defaultSchema:
			return field{f.key, optional(inner.inner)}
		}
		return field{f.key, optional(f.schema)}
	})
	return s
}

func (s shape) check(v any, at path, is *issues) (any, outcome) {
	in, ok := v.(object)
	if !ok {
		return nil, is.wrongType(at, "object", v)
	}
	out := make(object, 0, len(s.fields))
	result := good
	for _, f := range s.fields {
		var value any = missing{}
		if in.has(f.key) {
			value = in.get(f.key)
		}
		kept, how := f.schema.check(value, at.at(f.key), is)
		result = max(result, how)
		if _, undefined := kept.(missing); !undefined {
			out = append(out, member{f.key, kept})
		}
	}
	if !s.strict && !s.extra {
		return out, result
	}
	known := func(m member) bool {
		return slices.ContainsFunc(s.fields, func(f field) bool { return f.key == m.key })
	}
	unknown := filtered(in, func(m member) bool { return !known(m) })
	if s.extra {
		return append(out, unknown...), result
	}
	if len(unknown) > 0 {
		keys := mapped(unknown, func(m member) any { return m.key })
		message := "There are no such keys: " + fmt.Sprint(keys...)
		is.add(at, "unrecognized_keys", message, member{"keys", keys})
		result = max(result, dirty)
	}
	return out, result
}

type recordSchema struct{ values schema }

// record is an object with free keys; it is kept in the order of jsonb.
func record(values schema) recordSchema { return recordSchema{values} }

// jsonObject is a JSON object of any content, such as custom data.
func jsonObject() recordSchema { return record(anything()) }

func (s recordSchema) check(v any, at path, is *issues) (any, outcome) {
	in, ok := v.(object)
	if !ok {
		return nil, is.wrongType(at, "object", v)
	}
	out := make(object, 0, len(in))
	result := good
	for _, m := range in {
		kept, how := s.values.check(m.value, at.at(m.key), is)
		result = max(result, how)
		out = append(out, member{m.key, kept})
	}
	return jsonb(out), result
}

type arraySchema struct {
	items            schema
	minimum, maximum int
}

func array(items schema) arraySchema { return arraySchema{items: items} }

// ids is a list of IDs, which Logto only asks to be not empty.
func ids() arraySchema { return array(text1(0)) }

func (s arraySchema) nonEmpty() arraySchema { s.minimum = 1; return s }

func (s arraySchema) max(n int) arraySchema { s.maximum = n; return s }

func (s arraySchema) check(v any, at path, is *issues) (any, outcome) {
	in, ok := v.([]any)
	if !ok {
		return nil, is.wrongType(at, "array", v)
	}
	result := good
	if len(in) < s.minimum {
		is.tooSmall(at, "array", s.minimum, "This needs %d elements or more")
		result = dirty
	}
	if s.maximum > 0 && len(in) > s.maximum {
		is.tooBig(at, "array", s.maximum, "This has room for %d elements")
		result = dirty
	}
	out := make([]any, 0, len(in))
	for i, item := range in {
		kept, how := s.items.check(item, at.at(i), is)
		result = max(result, how)
		out = append(out, kept)
	}
	return out, result
}

// refined looks at a value whose shape is right and reports more issues.
type refined func(v any, at path, is *issues)

type refinedAs struct {
	inner schema
	rule  refined
}

// refine runs a rule after the schema, unless that aborted.
func refine(s schema, rule refined) refinedAs { return refinedAs{s, rule} }

func (s refinedAs) check(v any, at path, is *issues) (any, outcome) {
	kept, result := s.inner.check(v, at, is)
	if result == aborted {
		return nil, aborted
	}
	before := len(*is)
	s.rule(kept, at, is)
	if len(*is) > before {
		result = dirty
	}
	return kept, result
}

type transformed struct {
	inner schema
	f     func(any) any
}

// transform changes a good value.
func transform(s schema, f func(any) any) transformed { return transformed{s, f} }

func (s transformed) check(v any, at path, is *issues) (any, outcome) {
	kept, result := s.inner.check(v, at, is)
	if result != good {
		return nil, result
	}
	return s.f(kept), good
}

type unionSchema []schema

// union is the first option that fits.
func union(options ...schema) unionSchema { return options }

func (s unionSchema) check(v any, at path, is *issues) (any, outcome) {
	var errs []any
	var dirtyValue any
	var dirtyIssues issues
	for _, option := range s {
		var own issues
		kept, result := option.check(v, at, &own)
		if result == good {
			return kept, good
		}
		if result == dirty && dirtyIssues == nil {
			dirtyValue, dirtyIssues = kept, own
		}
		errs = append(errs, object{{"issues", []object(own)}, {"name", "ZodError"}})
	}
	if dirtyIssues != nil {
		*is = append(*is, dirtyIssues...)
		return dirtyValue, dirty
	}
	is.add(at, "invalid_union", "Invalid input", member{"unionErrors", errs})
	return nil, aborted
}

type variant struct {
	tag   string
	shape schema
}

type discriminatedSchema struct {
	key      string
	variants []variant
}

// discriminated picks the variant by the value of one key.
func discriminated(key string, variants ...variant) discriminatedSchema {
	return discriminatedSchema{key, variants}
}

func (s discriminatedSchema) check(v any, at path, is *issues) (any, outcome) {
	in, ok := v.(object)
	if !ok {
		return nil, is.wrongType(at, "object", v)
	}
	for _, option := range s.variants {
		if in.get(s.key) == any(option.tag) {
			return option.shape.check(v, at, is)
		}
	}
	options := mapped(s.variants, func(o variant) any { return o.tag })
	quoted := mapped(s.variants, func(o variant) string { return "'" + o.tag + "'" })
	message := "This is none of " + strings.Join(quoted, " | ")
	is.add(at.at(s.key), "invalid_union_discriminator", message, member{"options", options})
	return nil, aborted
}

var schemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// isURL tells whether the WHATWG parser would take the text, as far as it matters here.
func isURL(text string) bool {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	scheme := strings.ToLower(schemePattern.FindString(text))
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
