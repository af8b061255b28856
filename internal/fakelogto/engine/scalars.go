// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// StringSchema is a string with limits and rules.
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

// Max limits the length, in UTF-16 code units.
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

// Check implements [Schema].
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

var emailPattern = regexp.MustCompile(`(?i)^[A-Z0-9_'+\-.]*[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$`)

// NumberSchema is a number with limits.
type NumberSchema struct {
	whole            bool
	above            bool // zero itself is too small
	minimum, maximum *int
}

// Number is any number.
func Number() NumberSchema { return NumberSchema{} }

// Integer is a number without a fraction.
func Integer() NumberSchema { return NumberSchema{whole: true} }

// Positive is Zod's: more than zero.
func (s NumberSchema) Positive() NumberSchema { s.above = true; return s }

// Min is the least value.
func (s NumberSchema) Min(n int) NumberSchema { s.minimum = &n; return s }

// Max is the greatest value.
func (s NumberSchema) Max(n int) NumberSchema { s.maximum = &n; return s }

// Check implements [Schema].
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

type booleanSchema struct{}

// Boolean is true or false.
func Boolean() Schema { return booleanSchema{} }

func (booleanSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	b, ok := v.(bool)
	if !ok {
		return nil, is.WrongType(at, "boolean", v)
	}
	return b, Good
}

type enumSchema struct {
	values []string
	native bool
}

// Enum is one of the strings.
func Enum(values ...string) Schema { return enumSchema{values: values} }

// NativeEnum is Zod's enum of a TypeScript enum: a number is of the right type,
// though never one of the values.
func NativeEnum(values ...string) Schema { return enumSchema{values, true} }

func (s enumSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
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

type literalSchema struct{ value any }

// Literal is exactly the string, number, boolean or null.
func Literal(value any) Schema { return literalSchema{value} }

func (s literalSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
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

type anySchema struct{}

// Anything keeps every value as it is.
func Anything() Schema { return anySchema{} }

func (anySchema) Check(v any, _ Path, _ *Issues) (any, Outcome) { return JSONB(v), Good }
