// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// Error is an answer outside 2xx. Its texts can be shown: see [Printable].
type Error struct {
	Operation string // method and path, as "PATCH /api/roles/abc", or the URL where not Logto answered
	Status    int
	RequestID string // by which the server's log knows the request; may be empty
	Code      string // Logto's code, as "role.name_in_use"; empty when the answer was not Logto's JSON
	Message   string
	Issues    []Issue         // what the request guard found, with paths
	Data      json.RawMessage // whatever else Logto said
	// Since is the version from which Logto takes what it refused; empty where no older
	// version is known to refuse it.
	Since string
	// Unrouted is set for a 404 as Logto answers to a path that it does not have.
	Unrouted bool

	Tries  int           // how often the call was sent
	Waited time.Duration // between those
	// RetryAfter is the wait that the server asked for, where it is longer than
	// the provider waits; 0 otherwise.
	RetryAfter time.Duration
}

// Issue is one finding of the API's request guard.
type Issue struct {
	Code    string `json:"code"`
	Path    []any  `json:"path"` // keys (string) and indexes (float64) into the request body
	Message string `json:"message"`

	Keys     []string `json:"keys"`     // that the guard does not know
	Received any      `json:"received"` // what is no value of an enum; never shown
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
	b.WriteString(effort(e.Tries, e.Waited) + ")")
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, "\nThe server asks for a wait of %s before the next call (Retry-After). The provider waits %s at the most, so it does not try again. Apply again later.",
			e.RetryAfter.Round(time.Second), patienceWithServer)
	}
	for _, i := range e.Issues {
		fmt.Fprintf(&b, "\n- %s: %s", i.at(), i.Message)
	}
	return b.String()
}

// at is the path of the value that is wrong: "config.templates[0].content".
func (i Issue) at() string {
	var b strings.Builder
	for n, k := range i.Path {
		switch {
		case isIndex(k):
			fmt.Fprintf(&b, "[%v]", k)
		case n > 0:
			fmt.Fprintf(&b, ".%v", k)
		default:
			fmt.Fprint(&b, k)
		}
	}
	return b.String()
}

func isIndex(key any) bool {
	_, ok := key.(float64)
	return ok
}

// effort says how often a call was sent and how long was waited between.
func effort(tries int, waited time.Duration) string {
	if tries < 2 {
		return ""
	}
	s := fmt.Sprintf(", %d tries", tries)
	if waited >= time.Second {
		s += " with " + waited.Round(time.Second).String() + " of waiting between them"
	}
	return s
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

// refused is the error for an answer outside 2xx.
func (x *exchange) refused(res *http.Response, data []byte) *Error {
	e := &Error{Operation: x.operation(), Status: res.StatusCode, RequestID: word(res.Header.Get("Logto-Core-Request-Id")),
		Tries: x.tries, Waited: x.waited, RetryAfter: x.asked}
	if !isJSON(res.Header) {
		e.Operation = x.method + " " + x.shown()
		e.Unrouted = res.StatusCode == http.StatusNotFound && mediaType(res.Header) == "text/plain" && string(data) == http.StatusText(res.StatusCode)
		e.Message = x.strange(res, data)
		return e
	}
	var answer struct {
		Code    string          `json:"code"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
		OAuth   string          `json:"error"` // of the token endpoint, beside Logto's own code
	}
	// An answer of another shape leaves what could be read of it.
	_ = json.Unmarshal(data, &answer)
	e.Code, e.Data = word(answer.Code), answer.Data
	if x.token {
		// What it says besides a code may repeat what it was sent.
		if e.Code == "" && oauthCode.MatchString(answer.OAuth) {
			e.Code = "oidc." + answer.OAuth
		}
		return e
	}
	e.Message = Printable(answer.Message)
	var guard struct {
		Issues []Issue `json:"issues"`
	}
	_ = json.Unmarshal(answer.Data, &guard)
	e.Issues = shownIssues(guard.Issues)
	e.Since = refusedBefore(x.name, e.Issues)
	return e
}

// refusedBefore is the version from which Logto takes what the request guard found in
// a request to a path, where older versions are known to refuse it.
func refusedBefore(path string, issues []Issue) (version string) {
	for _, s := range since.Settings() {
		if !s.Refused || !s.At(path) {
			continue
		}
		for _, i := range issues {
			value, _ := i.Received.(string)
			found := slices.Contains(s.Values, value)
			if s.Values == nil {
				found = slices.Contains(i.Keys, s.Key)
			}
			if found && (version == "" || since.Older(version, s.Since)) {
				version = s.Since
			}
		}
	}
	return version
}

var oauthCode = regexp.MustCompile(`^[a-z_]{1,40}$`)

// strange says what an answer outside 2xx is that is not Logto's JSON.
func (x *exchange) strange(res *http.Response, data []byte) string {
	switch to := res.Header.Get("Location"); {
	case len(x.body) > maxBody && res.StatusCode == http.StatusNotFound:
		return fmt.Sprintf("Logto takes at most %d bytes in one request, and this one has %d", maxBody, len(x.body))
	case res.StatusCode/100 == 3 && to != "":
		return "The answer is a redirect to " + redirectTarget(to) + ". Redirects are not followed, so that no secret goes to another place"
	case res.StatusCode == http.StatusBadRequest && x.client.base.Scheme == "http" && plainToTLS.Match(data):
		return speaksTLS
	case mediaType(res.Header) == "text/plain" && !x.token:
		return Printable(string(data))
	case len(bytes.TrimSpace(data)) == 0:
		return ""
	}
	return "The answer is " + content(res.Header, data) + ", which is not Logto's"
}

const speaksTLS = "the URL begins with http, and the server speaks https"

// plainToTLS is what servers answer to a request without TLS: those made with Go,
// nginx and Apache.
var plainToTLS = regexp.MustCompile(`(?i)HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|plain HTTP to an SSL-enabled server`)

// redirectTarget is where a redirect points, without what may be secret in it.
func redirectTarget(location string) string {
	u, err := url.Parse(location)
	if err != nil {
		return "something that is no URL"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return printable(u.String(), 200)
}

// shownIssues are issues whose texts can be shown, and not too many of them.
func shownIssues(issues []Issue) []Issue {
	const enough = 20
	issues = issues[:min(len(issues), enough)]
	for i := range issues {
		issues[i].Code, issues[i].Message = word(issues[i].Code), Printable(issues[i].withoutValue())
		for n, k := range issues[i].Path {
			switch k := k.(type) {
			case string:
				issues[i].Path[n] = printable(k, 100)
			case float64:
			default: // no key and no index
				issues[i].Path[n] = ""
			}
		}
	}
	return issues
}

// withoutValue is the message without the value that Logto repeats of what it was sent,
// which may be secret. Of a value of the wrong type it names the type only.
func (i Issue) withoutValue() string {
	value := fmt.Sprint(i.Received)
	if i.Received == nil || value == "" || i.Code == "invalid_type" {
		return i.Message
	}
	return strings.ReplaceAll(strings.ReplaceAll(i.Message, ", received '"+value+"'", ""), "'"+value+"'", "The value")
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

// LacksOperation returns the version from which Logto has the operation that err is the
// answer to, if it looks as if this Logto does not have it: see [since.Operation].
func LacksOperation(err error) (version string, lacks bool) {
	var e *Error
	if !errors.As(err, &e) {
		return "", false
	}
	method, where, _ := strings.Cut(e.Operation, " ")
	// A read that takes no input is not refused for what it was sent.
	taken := method == http.MethodGet && e.Status == http.StatusBadRequest && e.Code != ""
	if !e.Unrouted && !taken {
		return "", false // what answered may be no Logto
	}
	if i := strings.Index(where, "/api/"); i >= 0 {
		where, _, _ = strings.Cut(where[i:], "?")
		version = since.OfOperation(method, where)
	}
	return version, version != "" && version != since.Oldest
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
	op     string
	err    error
	sent   bool // it may have been carried out
	tries  int
	waited time.Duration
}

func (e *transportError) Error() string {
	s := e.op + ": " + plainly(e.err)
	if more := effort(e.tries, e.waited); more != "" {
		s += " (" + strings.TrimPrefix(more, ", ") + ")"
	}
	return s
}

func (e *transportError) Unwrap() error { return e.err }

// isAmbiguous reports whether a write that failed with err may have been
// carried out: the answer was lost or is no answer, a proxy answered in its
// stead, or the server failed without saying why.
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
	if _, ok := errors.AsType[*AnswerError](err); ok {
		return true
	}
	t, ok := errors.AsType[*transportError](err)
	return ok && t.sent
}

// IsInDoubt reports whether err is of a write that may have been carried out all the same.
func IsInDoubt(err error) bool { return isAmbiguous(err) }

// isFinal reports whether the server said that another try has no use for now.
func isFinal(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.RetryAfter > 0
}

// neverSent reports whether the connection could not even be made.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "dial" || op.Op == "proxyconnect")
}
