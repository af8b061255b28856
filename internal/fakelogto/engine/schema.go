// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"slices"
	"strings"
)

// Schema checks one JSON value and returns what Logto keeps of it: known keys
// only, in the order of the schema. It reports like Zod: every issue, with its path.
type Schema interface {
	Check(v any, at Path, is *Issues) (any, Outcome)
}

// Path leads to a value: keys of objects and indexes of arrays.
type Path []any

// At is the path to a key of what p leads to.
func (p Path) At(key any) Path { return append(slices.Clip(p), key) }

// Issues collects what is wrong, each an object as Zod makes it.
type Issues []Object

// Outcome is Zod's parse status: a dirty value has issues but goes on to
// refinements, an aborted one does not.
type Outcome int

// The outcomes, from good to bad.
const (
	Good Outcome = iota
	Dirty
	Aborted
)

// Missing stands for JavaScript's undefined.
type Missing struct{}

// Add adds an issue of a code.
func (is *Issues) Add(at Path, code, message string, more ...Member) {
	o := append(Object{{"code", code}}, more...)
	if at == nil {
		at = Path{}
	}
	*is = append(*is, append(o, Member{"path", []any(at)}, Member{"message", message}))
}

// WrongType adds the issue that v is of another type.
func (is *Issues) WrongType(at Path, expected string, v any) Outcome {
	return is.WrongTypeSaying(at, expected, kindOf(v))
}

// WrongTypeSaying is WrongType with the name of the type that was received.
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

func (is *Issues) tooSmall(at Path, kind string, n int, message string) {
	is.Add(at, "too_small", fmt.Sprintf(message, n), Member{"minimum", n}, Member{"type", kind},
		Member{"inclusive", true}, Member{"exact", false})
}

// TooBig adds the issue that a value of a kind has more than n. The message has the verb %d.
func (is *Issues) TooBig(at Path, kind string, n int, message string) {
	is.Add(at, "too_big", fmt.Sprintf(message, n), Member{"maximum", n}, Member{"type", kind},
		Member{"inclusive", true}, Member{"exact", false})
}
