// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"strings"
)

// Error is an error answer of the Management API.
type Error struct {
	Status  int
	Code    string
	Message string
	Data    any
	details string
	text    bool // a text/plain answer, without the JSON body
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s", e.Status, e.Code) }

func (e *Error) body() any {
	if e.text {
		return PlainText(e.Message)
	}
	out := Object{}
	if e.Code != "" {
		out = append(out, Member{"code", e.Code})
	}
	if e.Data != nil {
		out = append(out, Member{"data", e.Data})
	}
	if e.details != "" {
		out = append(out, Member{"details", e.details})
	}
	return append(out, Member{"message", e.Message})
}

// Fail makes an error answer with one of Logto's codes and an optional data member.
// Codes stand in the source in full, so that a test of the provider can list them.
func Fail(status int, code string, data ...any) *Error {
	e := &Error{Status: status, Code: code, Message: messageOf(code)}
	if len(data) > 0 {
		e.Data = data[0]
	}
	return e
}

func messageOf(code string) string {
	switch code {
	case "auth.authorization_header_missing":
		return "The request has no Authorization header."
	case "auth.unauthorized":
		return "The access token is not valid."
	case "auth.forbidden":
		return "The access token does not allow this call."
	case "entity.not_found", "entity.not_exists":
		return "There is no such object."
	case "entity.invalid_input":
		return "The list of values is empty, or a value does not fit its column."
	case "entity.db_constraint_violated":
		return "A constraint of the database refuses the values."
	case "entity.relation_foreign_key_not_found":
		return "An object that the request refers to does not exist."
	case "entity.unique_integrity_violation":
		return "Such an object exists already."
	case "guard.invalid_pagination":
		return "The page or the page size is not valid."
	}
	words := strings.ReplaceAll(code[strings.LastIndexByte(code, '.')+1:], "_", " ")
	return "Logto refused the request: " + words + "."
}

// NotFound is the answer of DELETE and of look-ups that do not name the ID.
func NotFound() *Error { return Fail(404, "entity.not_found") }

// NotExistsWithID is the answer of look-ups by ID. The name is the plural, as "roles".
func NotExistsWithID(name, id string) *Error {
	e := Fail(404, "entity.not_exists_with_id")
	e.Message = fmt.Sprintf("The %s with ID `%s` does not exist.", name, id)
	return e
}

// NotExists is the answer of updates. The name is the singular, as "role".
func NotExists(singular string) *Error {
	e := Fail(404, "entity.not_exists")
	e.Message = fmt.Sprintf("The %s does not exist.", singular)
	return e
}

// EmptyValues is the answer to an update that changes nothing known.
func EmptyValues() *Error { return Fail(422, "entity.invalid_input") }

// InternalError is the bare 500 of everything that Logto does not handle.
func InternalError() *Error {
	return &Error{Status: 500, Message: "Internal server error."}
}

// InvalidRequest is request.invalid_input. The reason shows in the message only.
func InvalidRequest(status int, reason string) *Error {
	e := Fail(status, "request.invalid_input")
	e.Message = "The request is not valid: " + reason
	return e
}

// Violation is what the store finds wrong with a row. A group may answer it in
// its own way (see group.violations); plainViolation is the usual one.
type Violation struct {
	Kind       ViolationKind
	Constraint string // of a unique violation: "table" or "table.column"
	limit      int    // of valueTooLong
}

// ViolationKind says what a row violates.
type ViolationKind int

// What the database refuses.
const (
	UniqueViolated ViolationKind = iota
	foreignKeyMissing
	checkViolated
	valueTooLong
	badNumber
	badValue
)

func (v *Violation) Error() string { return fmt.Sprintf("violation %d of %s", v.Kind, v.Constraint) }

// PlainViolation answers a violation as the routes that are written by hand do:
// a unique violation that no route expected is a bare 500.
func PlainViolation(v *Violation) *Error {
	switch v.Kind {
	case foreignKeyMissing:
		return Fail(404, "entity.relation_foreign_key_not_found")
	case checkViolated:
		return Fail(422, "entity.db_constraint_violated")
	case valueTooLong:
		reason := fmt.Sprintf("value too long for type character varying(%d)", v.limit)
		return Fail(422, "entity.value_too_long", Object{{"message", reason}})
	case badNumber:
		return EmptyValues()
	case UniqueViolated, badValue:
	}
	return InternalError()
}

// SchemaViolation answers as the routes of organizations and their template do.
func SchemaViolation(v *Violation) *Error {
	switch v.Kind {
	case foreignKeyMissing:
		return Fail(422, "entity.relation_foreign_key_not_found")
	case UniqueViolated:
		return Fail(422, "entity.unique_integrity_violation")
	case checkViolated, valueTooLong, badNumber, badValue:
	}
	return PlainViolation(v)
}
