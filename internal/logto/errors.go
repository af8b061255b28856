// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
)

// Error is an answer of the API outside 2xx.
type Error struct {
	Operation string // method and path, as "PATCH /roles/abc"
	Status    int
	RequestID string // by which the server's log knows the request; may be empty
	Code      string // Logto's code, as "role.name_in_use"; empty when the answer was not Logto's JSON
	Message   string
	Issues    []Issue         // what the request guard found, with paths
	Data      json.RawMessage // whatever else Logto said
}

// Issue is one finding of the API's request guard.
type Issue struct {
	Code    string `json:"code"`
	Path    []any  `json:"path"` // keys (string) and indexes (float64) into the request body
	Message string `json:"message"`
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Message == "" {
		b.WriteString(http.StatusText(e.Status))
	}
	b.WriteString(" (")
	if e.Code != "" {
		b.WriteString(e.Code + ", ")
	}
	fmt.Fprintf(&b, "HTTP %d to %s", e.Status, e.Operation)
	if e.RequestID != "" {
		b.WriteString(", request " + e.RequestID)
	}
	b.WriteString(")")
	for _, i := range e.Issues {
		keys := make([]string, len(i.Path))
		for n, k := range i.Path {
			keys[n] = fmt.Sprint(k)
		}
		fmt.Fprintf(&b, "\n- %s: %s", strings.Join(keys, "."), i.Message)
	}
	return b.String()
}

// InputError is what the client does not send, because the API would take it
// and do something else, or more, than what was asked for.
type InputError struct{ Issues []Issue }

func (e *InputError) Error() string {
	messages := make([]string, len(e.Issues))
	for i, issue := range e.Issues {
		messages[i] = issue.Message
	}
	return strings.Join(messages, "\n")
}

// maxBody is what Logto takes in one request. To more it answers 404.
const maxBody = 1 << 20

func newError(r request, size int, res *http.Response, data []byte) *Error {
	e := &Error{Operation: r.method + " " + r.path, Status: res.StatusCode, RequestID: res.Header.Get("Logto-Core-Request-Id")}
	if !isJSON(res.Header) {
		if size > maxBody && res.StatusCode == http.StatusNotFound {
			e.Message = fmt.Sprintf("Logto takes at most %d bytes in one request, and this one has %d", maxBody, size)
			return e
		}
		if len(data) <= 200 {
			e.Message = strings.TrimSpace(string(data))
		}
		return e
	}
	var answer struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
	}
	// An answer of another shape leaves what could be read of it.
	_ = json.Unmarshal(data, &answer)
	e.Code, e.Message, e.Data = answer.Code, answer.Message, answer.Data
	var guard struct {
		Issues []Issue `json:"issues"`
	}
	_ = json.Unmarshal(answer.Data, &guard)
	e.Issues = guard.Issues
	return e
}

func isJSON(h http.Header) bool {
	t, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && t == "application/json"
}

// goneCodes are the codes of a 404 that say that the object is not there.
// A 404 without one comes from elsewhere: a wrong path, an oversized body.
var goneCodes = map[string]bool{
	"entity.not_found":                           true,
	"entity.not_exists":                          true,
	"entity.not_exists_with_id":                  true,
	"user.identity_not_exist":                    true,
	"user.enterprise_sso_identity_not_exists":    true,
	"application.custom_domain_not_found":        true,
	"oidc.key_not_found":                         true,
	"oidc.session_not_found":                     true,
	"oidc.invalid_grant":                         true,
	"connector.not_found":                        true,
	"application.saml.secret_not_found":          true,
	"custom_profile_fields.entity_not_exists":    true,
	"session.verification_failed_user_not_found": true,
}

// IsNotFound reports whether err says that the object, or a parent of it, does
// not exist.
func IsNotFound(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Status == http.StatusNotFound && goneCodes[e.Code] ||
		e.Code == "organization.require_membership"
}

// HasCode reports whether err is an answer of the API with one of the codes.
func HasCode(err error, codes ...string) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return slices.Contains(codes, e.Code)
}

func hasStatus(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == status
}

// isTimeout reports whether a call got no answer within the configured time.
func isTimeout(err error) bool { return errors.Is(err, context.DeadlineExceeded) }

// notFound is the answer for an object that a list proved absent.
func notFound(operation string) error {
	return &Error{Operation: operation, Status: http.StatusNotFound, Code: "entity.not_found", Message: "The object does not exist."}
}

// transportError is a call that got no answer.
type transportError struct {
	op  string
	err error
}

func (e *transportError) Error() string { return e.op + ": " + e.err.Error() }
func (e *transportError) Unwrap() error { return e.err }

// isAmbiguous reports whether a write that failed with err may have been
// carried out: the answer was lost, a proxy answered in its stead, or the
// server failed without saying why.
func isAmbiguous(err error) bool {
	if e, ok := errors.AsType[*Error](err); ok {
		switch e.Status {
		case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		case http.StatusInternalServerError:
			return e.Code == ""
		}
		return false
	}
	var t *transportError
	return errors.As(err, &t) && !neverSent(err)
}

// neverSent reports whether the connection could not even be made.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// ConfigError is a failure that only another configuration can mend.
type ConfigError struct {
	Attribute string // the provider's attribute, as "app_secret"
	Problem   string // continues "The attribute …"
	Advice    string
	Err       error // what the server or the network said, if it said anything
}

func (e *ConfigError) Error() string {
	s := "the provider's " + e.Attribute + " " + e.Problem + ". " + e.Advice
	if e.Err != nil {
		s += "\n\n" + e.Err.Error()
	}
	return s
}

func (e *ConfigError) Unwrap() error { return e.Err }

// breaks remembers that nothing can succeed with this configuration, so that
// later calls fail at once.
func (c *Client) breaks(e *ConfigError) *ConfigError {
	c.broken.CompareAndSwap(nil, e)
	return c.broken.Load()
}

// FirstReport is true once, for the first caller that is about to tell a
// person that the configuration is wrong.
func (c *Client) FirstReport() bool { return c.reported.CompareAndSwap(false, true) }

// refusedAll turns the answers that every call would get into a ConfigError.
func (c *Client) refusedAll(e *Error) *ConfigError {
	switch {
	case e.Status == http.StatusForbidden && e.Code == "auth.forbidden":
		return c.breaks(missingRole(e))
	case e.Status == http.StatusUnauthorized:
		return c.breaks(&ConfigError{Attribute: "resource", Problem: "is not what this Logto's Management API accepts",
			Advice: "The access token was refused even after it was renewed. For Logto Cloud the indicator is https://<tenant-id>.logto.app/api, also behind a custom domain; for a self-hosted Logto it is https://default.logto.app/api.", Err: e})
	}
	return nil
}

func missingRole(err error) *ConfigError {
	return &ConfigError{Attribute: "app_id", Problem: "names an application that may not call the Management API",
		Advice: "Give the machine-to-machine application a role that has the Management API's permission \"all\" (in the Console: Applications > the application > Roles > \"Logto Management API access\").", Err: err}
}
