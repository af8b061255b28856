// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"fmt"
	"strings"
)

// apiError is an error answer of the Management API.
type apiError struct {
	status  int
	code    string
	message string
	data    any
	details string
	text    bool // a text/plain answer, without the JSON body
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.status, e.code) }

func (e *apiError) body() any {
	if e.text {
		return text(e.message)
	}
	out := object{}
	if e.code != "" {
		out = append(out, member{"code", e.code})
	}
	if e.data != nil {
		out = append(out, member{"data", e.data})
	}
	if e.details != "" {
		out = append(out, member{"details", e.details})
	}
	return append(out, member{"message", e.message})
}

// fail makes an error answer with one of Logto's codes and an optional data member.
// Codes stand in the source in full, so that a test of the provider can list them.
func fail(status int, code string, data ...any) *apiError {
	e := &apiError{status: status, code: code, message: messageOf(code)}
	if len(data) > 0 {
		e.data = data[0]
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

// notFound is the answer of DELETE and of look-ups that do not name the ID.
func notFound() *apiError { return fail(404, "entity.not_found") }

// notExistsWithID is the answer of look-ups by ID. The name is the plural, as "roles".
func notExistsWithID(name, id string) *apiError {
	e := fail(404, "entity.not_exists_with_id")
	e.message = fmt.Sprintf("The %s with ID `%s` does not exist.", name, id)
	return e
}

// notExists is the answer of updates. The name is the singular, as "role".
func notExists(singular string) *apiError {
	e := fail(404, "entity.not_exists")
	e.message = fmt.Sprintf("The %s does not exist.", singular)
	return e
}

// emptyValues is the answer to an update that changes nothing known.
func emptyValues() *apiError { return fail(422, "entity.invalid_input") }

// internal is the bare 500 of everything that Logto does not handle.
func internal() *apiError {
	return &apiError{status: 500, message: "Internal server error."}
}

// invalidRequest is request.invalid_input. The reason shows in the message only.
func invalidRequest(status int, reason string) *apiError {
	e := fail(status, "request.invalid_input")
	e.message = "The request is not valid: " + reason
	return e
}

// violation is what the store finds wrong with a row. A group may answer it in
// its own way (see group.violations); plainViolation is the usual one.
type violation struct {
	kind       violationKind
	constraint string // of a unique violation: "table" or "table.column"
	limit      int    // of valueTooLong
}

type violationKind int

const (
	uniqueViolated violationKind = iota
	foreignKeyMissing
	checkViolated
	valueTooLong
	badNumber
	badValue
)

func (v *violation) Error() string { return fmt.Sprintf("violation %d of %s", v.kind, v.constraint) }

// plainViolation answers a violation as the routes that are written by hand do:
// a unique violation that no route expected is a bare 500.
func plainViolation(v *violation) *apiError {
	switch v.kind {
	case foreignKeyMissing:
		return fail(404, "entity.relation_foreign_key_not_found")
	case checkViolated:
		return fail(422, "entity.db_constraint_violated")
	case valueTooLong:
		reason := fmt.Sprintf("value too long for type character varying(%d)", v.limit)
		return fail(422, "entity.value_too_long", object{{"message", reason}})
	case badNumber:
		return emptyValues()
	case uniqueViolated, badValue:
	}
	return internal()
}

// schemaViolation answers as the routes of organizations and their template do.
func schemaViolation(v *violation) *apiError {
	switch v.kind {
	case foreignKeyMissing:
		return fail(422, "entity.relation_foreign_key_not_found")
	case uniqueViolated:
		return fail(422, "entity.unique_integrity_violation")
	case checkViolated, valueTooLong, badNumber, badValue:
	}
	return plainViolation(v)
}
