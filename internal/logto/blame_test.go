// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{key: newKey(t)}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().AddDate(-2, 0, 0), NotAfter: time.Now().AddDate(2, 0, 0), KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &a.key.PublicKey, a.key)
	if err == nil {
		a.cert, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
}

// serve serves h on 127.0.0.1 with a certificate for the names, valid for the years
// from and to now.
func (a *authority) serve(t *testing.T, h http.Handler, from, to int, names ...string) string {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{SerialNumber: big.NewInt(2), DNSNames: names, NotBefore: time.Now().AddDate(from, 0, 0), NotAfter: time.Now().AddDate(to, 0, 0)}
	if len(names) == 0 {
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	hs := httptest.NewUnstartedServer(h)
	hs.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that fail
	hs.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	hs.StartTLS()
	t.Cleanup(hs.Close)
	return hs.URL
}

// Whatever keeps a token from coming is told as what it is, with the URL, and
// what does not pass is not tried again.
func TestBlame(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	known, stranger := newAuthority(t), newAuthority(t)
	plain := strings.TrimPrefix(s.URL, "http://")
	secure := strings.TrimPrefix(known.serve(t, s, -1, 1), "https://")
	for name, c := range map[string]struct {
		endpoint  string
		attribute string
		want      []string
	}{
		"right":              {"https://" + secure, "", nil},
		"expired":            {known.serve(t, s, -2, -1), "endpoint", []string{"expired on"}},
		"not yet valid":      {known.serve(t, s, 1, 2), "endpoint", []string{"valid from", "clock"}},
		"another name":       {known.serve(t, s, -1, 1, "elsewhere.example"), "endpoint", []string{"another name than 127.0.0.1"}},
		"unknown authority":  {stranger.serve(t, s, -1, 1), "ca_certificate", []string{"authority that this machine does not know"}},
		"https to http":      {"https://" + plain, "endpoint", []string{"begins with https, and the server speaks plain http", "Write http://" + plain}},
		"http to https":      {"http://" + secure, "endpoint", []string{"the server speaks https", "Write https://" + secure}},
		"nobody":             {"http://127.0.0.1:1", "endpoint", []string{"nothing listens there"}},
		"no such host":       {"http://nothing.invalid", "endpoint", []string{"no host nothing.invalid"}},
		"a path of no Logto": {s.URL + "/elsewhere", "endpoint", []string{"no Logto answers", "HTTP 404"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tries := 0
			client := connect(t, s, func(cfg *logto.Config) {
				cfg.Endpoint, cfg.CACertificates = c.endpoint, known.pem()
				cfg.Log = func(context.Context, logto.RequestLog) { tries++ }
			})
			err := client.Connect(t.Context())
			if c.want == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			denied, ok := errors.AsType[*logto.AccessError](err)
			if !ok || denied.Attribute != c.attribute || !strings.Contains(err.Error(), c.endpoint) {
				t.Fatalf("%v, want an error about %s that names %s", err, c.attribute, c.endpoint)
			}
			for _, text := range c.want {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("%v, want %q in it", err, text)
				}
			}
			if tries > 1 {
				t.Errorf("%d tries", tries)
			}
		})
	}
}

// What the token endpoint answers is told as what it is. Nothing of the body of a
// refusal is told but its code.
func TestBlameForAnswers(t *testing.T) {
	t.Parallel()
	json := http.Header{"Content-Type": {"application/json"}}
	for name, c := range map[string]struct {
		status    int
		body      string // JSON, or a web page
		attribute string
		tries     int
		want      string
	}{
		"ill":                      {500, `{"error":"server_error","error_description":"SECRET"}`, "", 6, "failure of the server"},
		"ill, of a gateway":        {502, "<html>SECRET</html>", "", 6, "failure of the server"},
		"ill, with any error":      {503, `{"error":"SECRET"}`, "", 6, "failure of the server"},
		"slow":                     {504, "", "", 6, "failure of the server"},
		"busy":                     {429, "", "", 6, "failure of the server"},
		"sign-in page":             {200, "<html>SECRET</html>", "", 1, "a web page"},
		"forbidden page":           {403, "<html>SECRET</html>", "endpoint", 1, "a web page"},
		"nothing":                  {200, "", "", 1, "nothing instead of an object"},
		"no token":                 {200, `{}`, "", 1, `without "access_token"`},
		"null":                     {200, `null`, "", 1, "null instead of an object"},
		"a token of two lines":     {200, `{"access_token":"a\nb"}`, "", 1, "an access token that is none"},
		"credentials":              {401, `{"code":"oidc.invalid_client","error":"invalid_client","error_description":"SECRET"}`, "app_id or app_secret", 1, "was refused"},
		"credentials, OAuth alone": {400, `{"error":"invalid_client","error_description":"SECRET"}`, "app_id or app_secret", 1, "was refused"},
		"401 of something else":    {401, "<html>SECRET</html>", "", 1, "this answer does not"},
		"indicator":                {400, `{"error":"invalid_target"}`, "resource", 1, "does not know"},
		"application":              {400, `{"error":"unauthorized_client"}`, "app_id", 1, "issues no token"},
		"expired secret":           {400, `{"error":"invalid_request","error_description":"SECRET has expired"}`, "app_id", 1, "secret that has not expired"},
		"role":                     {200, `{"access_token":"x","expires_in":3600}`, "app_id", 1, "cannot call the Management API"},
		"something new":            {400, `{"error":"brand_new","error_description":"SECRET"}`, "", 1, "oidc.brand_new"},
		"no Logto":                 {404, "", "endpoint", 1, "no Logto answers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			header := json
			if strings.HasPrefix(c.body, "<") {
				header = http.Header{"Content-Type": {"text/html"}}
			}
			s.Inject(fakelogto.Fault{Path: "/oidc/token", Answer: func(fakelogto.Answer) fakelogto.Answer {
				return fakelogto.Answer{Status: c.status, Header: header, Body: []byte(c.body)}
			}})
			client := connect(t, s)
			err := client.Connect(t.Context())
			denied, ok := errors.AsType[*logto.AccessError](err)
			if !ok || denied.Attribute != c.attribute || !strings.Contains(err.Error(), c.want) || c.attribute != "app_id" && !strings.Contains(err.Error(), s.URL) {
				t.Errorf("%v, want an error about %q that says %q and names %s", err, c.attribute, c.want, s.URL)
			}
			if strings.Contains(fmt.Sprint(err), "SECRET") {
				t.Errorf("%v shows the body", err)
			}
			if n := s.Tokens(); n != c.tries {
				t.Errorf("%d tries, want %d", n, c.tries)
			}
		})
	}
}

// A token endpoint that failed for a moment is asked again, and does no harm.
func TestTokenEndpointThatFailsForAMoment(t *testing.T) {
	t.Parallel()
	for _, status := range []int{500, 502, 503, 504} {
		s := fakelogto.Start(t)
		s.Inject(fakelogto.Fault{Path: "/oidc/token", Status: status, Times: 2})
		if err := connect(t, s).Connect(t.Context()); err != nil {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// A refused token is told as what it is, and what others call goes on.
func TestRefusedAccess(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before    bool // whether a call succeeded before
		status    int
		code      string
		attribute string
		want      string
	}{
		"claims":     {false, 401, `auth.unauthorized","data":{"code":"ERR_JWT_CLAIM_VALIDATION_FAILED"},"x":"`, "resource", "accepts no token"},
		"401":        {false, 401, "auth.unauthorized", "", "has just issued"},
		"signature":  {false, 401, `auth.unauthorized","data":{"code":"ERR_JWS_SIGNATURE_VERIFICATION_FAILED"},"x":"`, "", "issued: ERR_JWS_SIGNATURE_VERIFICATION_FAILED"},
		"401 later":  {true, 401, "auth.unauthorized", "", "accepted one earlier"},
		"403":        {true, 403, "auth.forbidden", "app_id", "cannot call"},
		"not Logto":  {false, 401, "", "-", "HTTP 401"},
		"not access": {false, 403, "subscription.limit_exceeded", "-", "subscription.limit_exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			client := connect(t, s)
			if c.before {
				newRole(t, client, "before")
			}
			s.Inject(fakelogto.Fault{Path: "/api/roles", Status: c.status, Body: `{"code":"` + c.code + `"}`})
			for range 5 {
				_, err := client.Roles().Search(t.Context(), nil, nil)
				denied, ok := errors.AsType[*logto.AccessError](err)
				if ok != (c.attribute != "-") || ok && denied.Attribute != c.attribute || err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want an error about %q that says %q", err, c.attribute, c.want)
				}
			}
			if n := s.Tokens(); n > 2 {
				t.Errorf("%d tokens were fetched", n)
			}
			if _, err := client.Organizations().Search(t.Context(), nil, nil); err != nil {
				t.Errorf("a call that is answered: %v", err)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                                    "plain",
		"\x1b[2J\x1b[1;1HApply complete!\x07":      "[2J[1;1HApply complete!",
		"C1 \u009b31m and \u0085 next":             "C1 31m and   next",
		"turned \u202egnirts\u202c and \u2066x":    "turned gnirts and x",
		"hidden \u200b\u2060\ufefftext\U000e0041":  "hidden text",
		"one\r\ntwo\u2028three\tfour":              "one  two three four",
		"not \xff UTF-8":                           "not \ufffd UTF-8",
		"at http://bob:hunter2@host/x?y":           "at http://host/x?y",
		"at https://bob:hun@ter2@host and a@b.com": "at https://host and a@b.com",
		"Größe 😀 字":                                "Größe 😀 字",
		strings.Repeat("ä", 501):                   strings.Repeat("ä", 500) + "…",
	} {
		if got := logto.Printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if n := len(logto.Printable(strings.Repeat("x", 1<<20))); n > 510 {
		t.Errorf("%d bytes are left", n)
	}
}

// What Logto says in an error is shown without what could change a terminal.
func TestErrorsArePrintable(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	const evil = `\u001b[2J\u202e\n\nApply complete!`
	s.Inject(fakelogto.Fault{Method: "POST", Path: "/api/roles", Status: 422, Header: http.Header{"Logto-Core-Request-Id": {"a b\x1b"}}, Body: `{"code":"x.y` + evil + `","message":"` + evil +
		`","data":{"issues":[{"code":"` + evil + `","path":["` + evil + `",{"a":1}],"message":"` + evil + `"}]}}`})
	_, err := connect(t, s).Roles().Create(t.Context(), logto.Key{""}, logto.RoleInput{Name: "r", Description: "d"})
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\u202e") || strings.Contains(err.Error(), "\n\n") || !strings.Contains(err.Error(), "Apply complete!") {
		t.Errorf("%q", err)
	}
}

// An endpoint is checked without a network, and never shown with a password.
func TestEndpointIsNotShown(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]string{
		"http://bob:hun%ter2@127.0.0.1:4101": "is not a URL",
		"http://bob:hunter2@127.0.0.1:4101":  "has a user name or a password in it",
		"http://bob:hunter2@[::1":            "is not a URL",
		"bob:hunter2@host:3001":              "has no scheme",
		"ftp://bob:hunter2@host":             "has no http or https scheme",
		"http://":                            "has no host",
		"https://host?password=hunter2":      "has a query or a fragment",
		"localhost:3001":                     "write http://localhost:3001",
		"logto.example.com:8443/base":        "write https://logto.example.com:8443/base",
	} {
		_, err := logto.New(logto.Config{Endpoint: endpoint})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hun") {
			t.Errorf("%s: %v, want %q", endpoint, err, want)
		}
	}
}

func TestSentInClear(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]bool{
		"http://localhost:3001": false, "http://LOCALHOST.": false, "http://logto.localhost": false, "http://127.0.0.1:3001": false, "http://127.8.8.8": false, "http://[::1]:3001": false,
		"http://logto.example.com": true, "http://10.0.0.1": true, "http://host.docker.internal:3001": true, "http://localhost.example.com": true, "https://logto.example.com": false,
	} {
		c, err := logto.New(logto.Config{Endpoint: endpoint})
		if err != nil || c.SentInClear() != want {
			t.Errorf("%s: %v, want %v", endpoint, err, want)
		}
	}
}

// A text that has a meaning of its own in a URL is refused before a call, and so is
// an object that could not be deleted under its name.
func TestSegments(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	c := connect(t, s, func(cfg *logto.Config) { cfg.DirectReads = true })
	_, answer := s.Do("POST", "/api/applications", map[string]any{"name": "app", "type": "MachineToMachine"})
	app := answer.(map[string]any)["id"].(string)
	s.ResetCalls()
	for _, name := range []string{"", ".", "..", "../..", "x/..", "x/../..", `..\..`, "/x", "x/", "x//y", "%2e%2e", "%2E", "x%2F..", "%252e%252e"} {
		_, create := c.ApplicationSecrets().Create(t.Context(), logto.Key{app, ""}, logto.ApplicationSecretInput{Name: name})
		_, rename := c.ApplicationSecrets().Update(t.Context(), logto.Key{app, "x"}, logto.ApplicationSecretInput{Name: "x"}, logto.ApplicationSecretInput{Name: name})
		_, parent := c.ApplicationSecrets().Get(t.Context(), logto.Key{name, "x"})
		for what, err := range map[string]error{
			"create": create, "rename": rename, "parent": parent, "delete": c.ApplicationSecrets().Delete(t.Context(), logto.Key{app, name}),
			"get": second(c.Roles().Get(t.Context(), logto.Key{name})), "domain": second(c.OrganizationEmailDomains().Create(t.Context(), logto.Key{"x", name}, struct{}{})),
			"metadata": second(c.SAMLMetadata(t.Context(), name)), "identity": second(c.UserIdentities().Create(t.Context(), logto.Key{"u", name}, logto.IdentityBody{UserID: "x"})),
		} {
			if err == nil || logto.IsNotFound(err) {
				t.Errorf("%s %q: %v", what, name, err)
			}
		}
	}
	if calls := s.Calls(); len(calls) > 0 {
		t.Errorf("called %v", calls)
	}
	err := c.ApplicationSecrets().Delete(t.Context(), logto.Key{app, ".."})
	if err == nil || !strings.Contains(err.Error(), `part after "secrets"`) {
		t.Errorf("%v, want an error that says which part it is", err)
	}
	for _, name := range []string{"a b", "a/b", "ä", "a%b", "...", ".x", "x.", "a?b#c", "a;b,c", "%41", "a+b", "x\\y"} {
		if _, err := c.ApplicationSecrets().Create(t.Context(), logto.Key{app, ""}, logto.ApplicationSecretInput{Name: name}); err != nil {
			t.Errorf("create %q: %v", name, err)
		}
		if err := c.ApplicationSecrets().Delete(t.Context(), logto.Key{app, name}); err != nil {
			t.Errorf("delete %q: %v", name, err)
		}
	}
}
