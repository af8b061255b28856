// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// AccessError is why the Management API cannot be used: the provider's
// configuration, what stands between, or the server. It hits every call, so it is
// told in full once: see [Client.FirstReport].
type AccessError struct {
	// Attribute is the provider's attribute at fault, as "app_secret"; empty when
	// the configuration is not, or not for sure.
	Attribute string
	// Problem continues "the provider's <attribute>", or is a sentence without a
	// full stop when there is no attribute.
	Problem string
	Advice  string // sentences
	Err     error  // what the server or the network said, if it said anything
}

// Summary says in a few words what kind of problem it is.
func (e *AccessError) Summary() string {
	if e.Attribute == "" {
		return "Logto cannot be used"
	}
	return "Wrong provider configuration: " + e.Attribute
}

// Short is the problem in one sentence, without advice.
func (e *AccessError) Short() string {
	if e.Attribute == "" {
		return e.Problem
	}
	return "the provider's " + e.Attribute + " " + e.Problem
}

func (e *AccessError) Error() string {
	s := e.Short() + ". " + e.Advice
	if e.Err != nil {
		s += "\n\n" + plainly(e.Err)
	}
	return s
}

func (e *AccessError) Unwrap() error { return e.Err }

// FirstReport is true once for each error, for the first caller that is about to
// tell a person of it.
func (c *Client) FirstReport(e *AccessError) bool {
	_, told := c.reported.LoadOrStore(e.Short(), true)
	return !told
}

const indicators = "For Logto Cloud the Management API's indicator is https://<tenant-id>.logto.app/api, also behind a custom domain; for a self-hosted Logto it is https://default.logto.app/api."

// denied turns an answer of the Management API that has nothing to do with the
// call itself into an AccessError; nil for any other.
func (c *Client) denied(e *Error) *AccessError {
	switch {
	case e.Status == http.StatusForbidden && e.Code == "auth.forbidden":
		return missingRole(e)
	case e.Status != http.StatusUnauthorized || !strings.HasPrefix(e.Code, "auth."):
		return nil
	case c.served.Load():
		return &AccessError{Problem: "Logto at " + c.Endpoint() + " refuses the access token, although it accepted one earlier in this run",
			Advice: "The token was renewed once and refused again. Look at whether the application, its role or Logto's signing keys changed, and apply again.", Err: e}
	}
	var said struct {
		Code string `json:"code"` // of the library that checks tokens
	}
	_ = json.Unmarshal(e.Data, &said) // without it the reason is not known
	if said.Code != "ERR_JWT_CLAIM_VALIDATION_FAILED" {
		return &AccessError{Problem: strings.TrimSuffix("Logto at "+c.Endpoint()+" refuses the access token that it has just issued: "+word(said.Code), ": "),
			Advice: "The token was renewed once and refused again. Look into Logto's log, at its signing keys and at the clock of its machine, and at what stands between.", Err: e}
	}
	return &AccessError{Attribute: "resource", Problem: "is \"" + Printable(c.cfg.Resource) + "\", for which the Management API at " + c.Endpoint() + " accepts no token",
		Advice: "The access token was refused even after it was renewed. " + indicators, Err: e}
}

func missingRole(err error) *AccessError {
	return &AccessError{Attribute: "app_id", Problem: "names an application that cannot call the Management API",
		Advice: "Assign the machine-to-machine application a role that has the Management API's permission \"all\" (in the Console: Applications > the application > Roles > \"Logto Management API access\").", Err: err}
}

// noToken says why the token endpoint gave no access token.
func (c *Client) noToken(err error) *AccessError {
	at := "POST " + c.tokenURL()
	if refused, ok := errors.AsType[*Error](err); ok {
		return c.tokenRefused(at, refused)
	}
	if wrong, ok := errors.AsType[*AnswerError](err); ok {
		return &AccessError{Problem: fmt.Sprintf("%s was answered with %s (HTTP %d) and with no access token", at, wrong.Problem, wrong.Status),
			Advice: notLogto}
	}
	problem := plainly(err)
	told := &AccessError{Attribute: "endpoint", Problem: "is \"" + c.Endpoint() + "\", which cannot be reached: " + problem,
		Advice: "Check the URL, the port and the network, and that Logto is running there."}
	_, badCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	switch {
	case c.served.Load() || !c.tokens.first():
		return &AccessError{Problem: at + " failed: " + problem, Advice: "Logto answered earlier in this run, so the configuration is right. Apply again when it answers."}
	case unknown:
		told.Attribute, told.Problem = "ca_certificate", "does not cover the certificate of "+c.Endpoint()+": "+problem
		told.Advice = "Set it to the certificate of the authority that signed the server's certificate."
	case badCertificate:
		told.Problem = "is \"" + c.Endpoint() + "\", whose certificate is not valid: " + problem
		told.Advice = "Correct the certificate at the server, or use the host name for which it was issued."
	case errors.Is(err, http.ErrSchemeMismatch):
		told.Advice = "Write http://" + c.base.Host + c.base.EscapedPath() + ", or have the server speak https."
	case problem == speaksTLS:
		told.Advice = c.writeHTTPS()
	}
	return told
}

func (c *Client) writeHTTPS() string {
	return "Write https://" + c.base.Host + c.base.EscapedPath() + "."
}

const notLogto = "Something before Logto answers in its place, such as a gateway, a proxy or a sign-in page, or the provider's endpoint is not the URL of a Logto. Open the URL from this machine to see who answers."

// tokenRefused says what an answer of the token endpoint outside 2xx means.
func (c *Client) tokenRefused(at string, e *Error) *AccessError {
	switch e.Code {
	case "oidc.invalid_client":
		return &AccessError{Attribute: "app_id or app_secret", Problem: "was refused by Logto at " + c.Endpoint(),
			Advice: "Use the App ID and a secret of a machine-to-machine application of this tenant (in the Console: Applications > the application). Check that the secret has not expired and that the endpoint is that of the same tenant."}
	case "oidc.invalid_target":
		return &AccessError{Attribute: "resource", Problem: "is \"" + Printable(c.cfg.Resource) + "\", which Logto at " + c.Endpoint() + " does not know", Advice: indicators}
	case "oidc.unauthorized_client", "oidc.invalid_grant", "oidc.invalid_request":
		return &AccessError{Attribute: "app_id", Problem: "names an application to which Logto at " + c.Endpoint() + " issues no token",
			Advice: "Use a machine-to-machine application, with a secret that has not expired."}
	case tokenDenied:
		return &AccessError{Problem: "Logto at " + c.Endpoint() + " denies the application that the provider signs in with an access token",
			Advice: "The script of the JWT customizer for client-credentials tokens calls api.denyAccess() for it. Remove the script in the Console (Custom JWT > Machine-to-machine), or have it deny other applications only."}
	}
	if e.Message == speaksTLS {
		return &AccessError{Attribute: "endpoint", Problem: "is \"" + c.Endpoint() + "\": " + speaksTLS, Advice: c.writeHTTPS()}
	}
	said := fmt.Sprintf("%s was answered with HTTP %d", at, e.Status)
	if e.Code != "" {
		said += " (" + e.Code + ")"
	}
	said += effort(e.Tries, e.Waited)
	if e.Message != "" {
		said += ": " + e.Message
	}
	switch {
	case e.RetryAfter > 0:
		return &AccessError{Problem: said, Advice: fmt.Sprintf("The server asks for a wait of %s before the next call (Retry-After), and the provider waits %s at the most. Apply again later.", e.RetryAfter.Round(time.Second), patienceWithServer)}
	case e.Status >= http.StatusInternalServerError, e.Status == http.StatusTooManyRequests:
		return &AccessError{Problem: said, Advice: "That is a failure of the server, or of a gateway before it, and not of the configuration. Look into its log, and apply again when it is over."}
	case e.Status == http.StatusUnauthorized && e.Code == "":
		return &AccessError{Problem: said, Advice: "Logto says why it refuses credentials, and this answer does not. " + notLogto}
	case e.Code != "":
		return &AccessError{Problem: said, Advice: "Logto refused to issue an access token. Its log says why."}
	}
	return &AccessError{Attribute: "endpoint", Problem: "is \"" + c.Endpoint() + "\", where no Logto answers: " + said,
		Advice: "Set the URL of the tenant, without /api and without the Console's path."}
}

// malformedTLS is how net/http tells of an answer in TLS to a plain request.
const malformedTLS = `malformed HTTP response "\x15\x03`

// largeHeader is how net/http tells of headers larger than maxHeader.
const largeHeader = "server response headers exceeded"

// plainly says in plain words what an error of the network is.
func plainly(err error) string {
	if wrong, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return certificateProblem(wrong)
	}
	lookup, isLookup := errors.AsType[*net.DNSError](err)
	op, isOp := errors.AsType[*net.OpError](err)
	switch {
	case errors.Is(err, http.ErrSchemeMismatch):
		return "the URL begins with https, and the server speaks plain http"
	case strings.Contains(err.Error(), malformedTLS):
		return speaksTLS
	case isOp && op.Op == "proxyconnect":
		return "the proxy that the environment names cannot be reached: " + Printable(op.Err.Error())
	case isLookup && lookup.IsNotFound:
		return "there is no host " + printable(lookup.Name, 100)
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there (connection refused)"
	case isTimeout(err):
		return "no answer in time"
	case strings.Contains(err.Error(), largeHeader):
		return "the headers of the answer are larger than " + strconv.Itoa(maxHeader>>20) + " MB, which is more than the provider reads"
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return "the server closed the connection and did not answer"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection in the middle of its answer"
	case errors.Is(err, context.Canceled):
		return strings.ReplaceAll(Printable(err.Error()), "context canceled", "a person or another program ended the run")
	}
	return Printable(err.Error())
}

// certificateProblem tells the ways apart in which a certificate is not valid.
func certificateProblem(wrong *tls.CertificateVerificationError) string {
	const day = "2 January 2006"
	if name, ok := errors.AsType[x509.HostnameError](wrong.Err); ok {
		return "the certificate was issued for another name than " + printable(name.Host, 100)
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](wrong.Err); ok {
		return "the certificate was signed by an authority that this machine does not know"
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](wrong.Err); ok && invalid.Reason == x509.Expired && invalid.Cert != nil {
		if time.Now().Before(invalid.Cert.NotBefore) {
			return "the certificate is valid from " + invalid.Cert.NotBefore.Format(day) + " on only; is the clock of this machine right?"
		}
		return "the certificate expired on " + invalid.Cert.NotAfter.Format(day)
	}
	return "the certificate cannot be verified: " + Printable(wrong.Err.Error())
}
