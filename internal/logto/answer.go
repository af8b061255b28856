// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// AnswerError is an answer that is not one to what was asked: a web page, nothing
// at all, JSON of another kind, or another object. Nothing is known of what
// became of the call.
type AnswerError struct {
	Method, URL string
	Status      int
	Problem     string // continues "… was answered with"
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s %s was answered with %s (HTTP %d). Logto does not answer this call in this way, so the provider did not use the answer. "+
		"Perhaps a gateway, a proxy or a sign-in page between them answered", e.Method, e.URL, e.Problem, e.Status)
}

// answer is an answer within 2xx, in memory until it is released.
type answer struct {
	exchange *exchange
	header   http.Header
	status   int
	body     []byte
	release  func()
}

func (a *answer) wrong(problem string, values ...any) error {
	return a.exchange.wrong(a.status, fmt.Sprintf(problem, values...))
}

func (x *exchange) wrong(status int, problem string) *AnswerError {
	return &AnswerError{Method: x.method, URL: x.shown(), Status: status, Problem: problem}
}

// unreadable is the error for an answer whose object is not what it should be.
func (c *Client) unreadable(method, path string, err error) *AnswerError {
	return &AnswerError{Method: method, URL: c.base.String() + "/api" + path, Status: http.StatusOK, Problem: "an object that this provider cannot read: " + Printable(err.Error())}
}

// readAs takes an object that was read at path into t.
func readAs[T any](c *Client, path string, object json.RawMessage, t *T) (*T, error) {
	if err := json.Unmarshal(object, t); err != nil {
		return nil, c.unreadable(http.MethodGet, path, err)
	}
	return t, nil
}

// shown is the URL without the query, which may hold what is nobody's business.
func (x *exchange) shown() string { return x.client.base.String() + x.name }

// decode reads the answer to r into out: see [Client.do].
func (a *answer) decode(r request, out any) error {
	if out == nil {
		return a.done(r)
	}
	if r.noContent && a.status == http.StatusNoContent {
		return nil
	}
	list := wantsList(out)
	if err := a.expect(list, http.StatusOK, http.StatusCreated); err != nil {
		return err
	}
	if raw, ok := out.(*json.RawMessage); ok {
		if !json.Valid(a.body) {
			return a.wrong("JSON that breaks off or is none")
		}
		*raw = a.body
	} else if err := json.Unmarshal(a.body, out); err != nil {
		return a.wrong("JSON that this provider cannot read: %s", Printable(err.Error()))
	}
	if list || len(r.is) == 0 && len(r.has) == 0 {
		return nil
	}
	return a.about(r)
}

// wantsList reports whether out takes a JSON list.
func wantsList(out any) bool {
	if _, raw := out.(*json.RawMessage); raw {
		return false
	}
	return reflect.TypeOf(out).Elem().Kind() == reflect.Slice
}

// done is nil when the answer says that a call without a result was carried out:
// with no content, with the word for the status, or with JSON.
func (a *answer) done(r request) error {
	if a.status == http.StatusNoContent {
		return nil
	}
	if mediaType(a.header) == "text/plain" && a.statusIs(http.StatusOK, http.StatusCreated) && string(a.body) == http.StatusText(a.status) {
		return nil
	}
	if err := a.expect(len(a.body) > 0 && a.body[0] == '[', http.StatusOK, http.StatusCreated); err != nil {
		return err
	}
	if !json.Valid(a.body) {
		return a.wrong("JSON that breaks off or is none")
	}
	if len(r.is) == 0 && len(r.has) == 0 {
		return nil
	}
	return a.about(r)
}

func (a *answer) statusIs(statuses ...int) bool { return slices.Contains(statuses, a.status) }

// expect is an error unless the answer has one of the statuses and begins as the
// JSON of an object or a list does.
func (a *answer) expect(list bool, statuses ...int) error {
	kind, begins := "an object", byte('{')
	if list {
		kind, begins = "a list", '['
	}
	body := bytes.TrimLeft(a.body, " \t\r\n")
	switch {
	case !a.statusIs(statuses...):
		return a.wrong("this status instead of %d", statuses[0])
	case len(body) == 0:
		return a.wrong("nothing instead of %s in JSON", kind)
	case !isJSON(a.header):
		return a.wrong("%s instead of %s in JSON", content(a.header, a.body), kind)
	case body[0] != begins:
		return a.wrong("%s instead of %s", kindOf(body), kind)
	}
	return nil
}

// about is an error when the object in the answer is not the one that was asked for.
func (a *answer) about(r request) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(a.body, &object); err != nil {
		return a.wrong("JSON that this provider cannot read: %s", Printable(err.Error()))
	}
	if r.orEmpty && len(object) == 0 {
		return nil
	}
	for _, key := range r.has {
		if v := object[key]; len(v) == 0 || bytes.Equal(v, jsonNull) || string(v) == `""` {
			return a.wrong("an object without %q", key)
		}
	}
	for key, want := range r.is {
		var have string
		if v, ok := object[key]; !ok || json.Unmarshal(v, &have) != nil || have == "" {
			return a.wrong("an object without %q", key)
		}
		if have != want {
			return a.wrong("another object: its %s is %q and not %q", key, printable(have, 100), printable(want, 100))
		}
	}
	return nil
}

// kindOf says what JSON is.
func kindOf(body []byte) string {
	switch body[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 'n':
		return "null"
	}
	return "a bare value"
}

// content says what came instead of JSON, for people.
func content(h http.Header, body []byte) string {
	kind := mediaType(h)
	begins := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 100)]))
	if kind == htmlType || bytes.HasPrefix(begins, []byte("<!doctype html")) || bytes.HasPrefix(begins, []byte("<html")) {
		return "a web page (" + htmlType + ")"
	}
	if kind == "" {
		return "something without a content type"
	}
	return "content of the type " + kind
}

const htmlType = "text/html"

func isJSON(h http.Header) bool { return mediaType(h) == "application/json" }

// mediaType is the type of a body, without parameters; "" when it has none.
func mediaType(h http.Header) string {
	t, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return printable(strings.ToLower(t), 50)
}
