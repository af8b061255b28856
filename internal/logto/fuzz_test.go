// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	gopath "path"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// roundTrip is the network of a test.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

const fuzzSecret = "fuzz-app-secret"

// fuzzClient is a client that gets that answer to everything; to the token endpoint
// only if token is set, which is answered well otherwise.
func fuzzClient(tb testing.TB, token bool, status int, header http.Header, body []byte) *Client {
	tb.Helper()
	c, err := New(Config{Endpoint: "https://logto.example", AppID: "app", AppSecret: fuzzSecret})
	if err != nil {
		tb.Fatal(err)
	}
	c.wire = roundTrip(func(r *http.Request) (*http.Response, error) {
		if !token && r.URL.Path == tokenPath {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
				Body: io.NopCloser(strings.NewReader(`{"access_token":"t","token_type":"Bearer","expires_in":3600,"scope":"all"}`))}, nil
		}
		return &http.Response{StatusCode: status, Header: header.Clone(), Body: io.NopCloser(bytes.NewReader(body))}, nil
	})
	return c
}

// fuzzCalls are calls of each kind that the client makes, with the path that an error
// must name.
var fuzzCalls = []struct {
	path string
	call func(context.Context, *Client) error
}{
	{"/api/roles", func(ctx context.Context, c *Client) error { return only(c.Roles().Search(ctx, nil, nil)) }},
	{"/api/roles", func(ctx context.Context, c *Client) error {
		return only(c.Roles().Create(ctx, Key{""}, RoleInput{Name: "x", Description: "d"}))
	}},
	{"/api/roles/x", func(ctx context.Context, c *Client) error {
		return only(c.Roles().Update(ctx, Key{"x"}, RoleInput{Name: "x"}, RoleInput{Name: "y"}))
	}},
	{"/api/roles/x", func(ctx context.Context, c *Client) error { return c.Roles().Delete(ctx, Key{"x"}) }},
	{"/api/roles/x/scopes", func(ctx context.Context, c *Client) error { return c.RoleScopes().Set(ctx, "x", []string{"s"}) }},
	{"/api/roles/x/scopes", func(ctx context.Context, c *Client) error { return only(c.RoleScopes().Children(ctx, "x")) }},
	{"/api/applications", func(ctx context.Context, c *Client) error { return only(c.Applications().Get(ctx, Key{"x"})) }},
	{"/api/applications/x/secrets", func(ctx context.Context, c *Client) error {
		return only(c.ApplicationSecrets().Get(ctx, Key{"x", "n"}))
	}},
	{"/api/applications/x", func(ctx context.Context, c *Client) error { return only(c.AccessControls().Get(ctx, Key{"x"})) }},
	{"/api/applications/x/user-consent-scopes", func(ctx context.Context, c *Client) error {
		return only(c.ApplicationConsents().Get(ctx, Key{"x"}))
	}},
	{"/api/saml-applications/x", func(ctx context.Context, c *Client) error { return only(c.SAMLApplications().Get(ctx, Key{"x"})) }},
	{"/api/saml-applications/x", func(ctx context.Context, c *Client) error { return only(c.SAMLMetadata(ctx, "x")) }},
	{"/api/saml-applications/x/secrets", func(ctx context.Context, c *Client) error { return only(c.SAMLSecrets().Get(ctx, Key{"x", "y"})) }},
	{"/api/connectors", func(ctx context.Context, c *Client) error { return only(c.Connectors().Get(ctx, Key{"x"})) }},
	{"/api/connector-factories", func(ctx context.Context, c *Client) error { return only(c.ConnectorFactory(ctx, "x")) }},
	{"/api/sso-connectors", func(ctx context.Context, c *Client) error { return only(c.SSOConnectors().Get(ctx, Key{"x"})) }},
	{"/api/sso-connectors/x", func(ctx context.Context, c *Client) error {
		return only(c.SSOSigningKeys().Search(ctx, []string{"x"}, nil))
	}},
	{"/api/users", func(ctx context.Context, c *Client) error { return only(c.Users().Get(ctx, Key{"x"})) }},
	{"/api/users/x", func(ctx context.Context, c *Client) error { return only(c.UserConfigs(ctx, "x")) }},
	{"/api/users/x", func(ctx context.Context, c *Client) error { return only(c.MFAFactors(ctx, "x")) }},
	{"/api/users/x", func(ctx context.Context, c *Client) error { return only(c.UserIdentities().Get(ctx, Key{"x", "y"})) }},
	{"/api/users/x", func(ctx context.Context, c *Client) error {
		return only(c.PersonalAccessTokens().Get(ctx, Key{"x", "y"}))
	}},
	{"/api/organizations", func(ctx context.Context, c *Client) error { return only(c.Organizations().Get(ctx, Key{"x"})) }},
	{"/api/organizations/x/users", func(ctx context.Context, c *Client) error {
		return only(c.OrganizationMembers().Get(ctx, Key{"x", "y"}))
	}},
	{"/api/organization-roles", func(ctx context.Context, c *Client) error { return only(c.OrganizationRoleTypes(ctx, []string{"x"})) }},
	{"/api/organization-invitations", func(ctx context.Context, c *Client) error {
		return only(c.OrganizationInvitations().Get(ctx, Key{"x"}))
	}},
	{"/api/sign-in-exp", func(ctx context.Context, c *Client) error { return only(c.SignInExperience().Get(ctx, nil)) }},
	{"/api/sign-in-exp", func(ctx context.Context, c *Client) error {
		mode := "SignIn"
		return only(c.SignInExperience().Update(ctx, nil, SignInExperience{}, SignInExperience{SignInMode: &mode}))
	}},
	{"/api/account-center", func(ctx context.Context, c *Client) error { return only(c.AccountCenter().Get(ctx, nil)) }},
	{"/api/captcha-provider", func(ctx context.Context, c *Client) error { return only(c.CaptchaProvider().Get(ctx, nil)) }},
	{"/api/configs", func(ctx context.Context, c *Client) error {
		return only(c.JWTCustomizers().Get(ctx, Key{"access-token"}))
	}},
	{"/api/configs", func(ctx context.Context, c *Client) error { return only(c.IDTokenConfig().Get(ctx, nil)) }},
	{"/api/configs", func(ctx context.Context, c *Client) error { return only(c.OIDCKeys(ctx, "private-keys")) }},
	{"/api/custom-phrases", func(ctx context.Context, c *Client) error { return only(c.CustomPhrases().Get(ctx, Key{"sv"})) }},
	{"/api/email-templates", func(ctx context.Context, c *Client) error {
		return only(c.EmailTemplates().Get(ctx, Key{"en", "SignIn"}))
	}},
	{"/api/custom-profile-fields", func(ctx context.Context, c *Client) error { return only(c.ProfileFields().Get(ctx, Key{"x"})) }},
	{"/api/hooks", func(ctx context.Context, c *Client) error { return only(c.Hooks().Get(ctx, Key{"x"})) }},
	{"/api/domains", func(ctx context.Context, c *Client) error { return only(c.Domains().Get(ctx, Key{"x"})) }},
	{"/api/domains/x", func(ctx context.Context, c *Client) error { return only(c.DomainVerificationFiles(ctx, "x")) }},
	{"/api/logs", func(ctx context.Context, c *Client) error { return only(c.AuditLogs(ctx, nil, 10)) }},
	{"/api/", func(ctx context.Context, c *Client) error { return only(c.System(ctx)) }},
	{"/oidc/.well-known/openid-configuration", func(ctx context.Context, c *Client) error { return only(c.OIDCConfiguration(ctx)) }},
}

func only[T any](_ T, err error) error { return err }

// Whatever answers a call, the client returns, and an error names the call and can be shown.
func FuzzAnswer(f *testing.F) {
	bodies := []string{
		``, `null`, `{}`, `[]`, `"OK"`, `[{}]`, `[null]`, `{"id":"x"}`, `{"id":"x","name":"x","description":"d"}`, `[{"id":"x","name":"n","value":"v"}]`,
		`{"id":"x","name`, `<html><body>Please sign in</body></html>`, `{"id":1,"name":{},"config":[]}`,
		`{"code":"entity.not_found","message":"gone"}`, `{"code":"guard.invalid_input","data":{"issues":[{"path":["a",0,{}],"code":"c","message":"\u001b[31m"}]}}`,
		`{"id":"x","unknown":{"deep":[1,null,true]},"type":"Unheard"}`, strings.Repeat("[", 20000), `{"error":"invalid_client"}`,
	}
	for i := range fuzzCalls {
		body := bodies[i%len(bodies)]
		f.Add(uint8(i), uint16(http.StatusOK), "application/json", "", []byte(body))
	}
	for i, status := range []uint16{201, 202, 204, 302, 304, 400, 401, 403, 404, 409, 422, 429, 500, 501, 502, 503} {
		f.Add(uint8(i), status, "application/json", "1", []byte(bodies[i]))
		f.Add(uint8(i), status, "text/html", "", []byte(bodies[11]))
	}
	f.Add(uint8(0), uint16(http.StatusOK), "application/json", "99999999999999999999", []byte(`[{"id":"x"}]`))
	f.Fuzz(func(t *testing.T, call uint8, status uint16, contentType, total string, body []byte) {
		header := http.Header{"Content-Type": {contentType}, "Location": {total}, "Retry-After": {total}}
		if total != "" {
			header.Set("Total-Number", total)
		}
		one := fuzzCalls[int(call)%len(fuzzCalls)]
		err := one.call(t.Context(), fuzzClient(t, false, 200+int(status)%400, header, body))
		checkError(t, err, one.path)
	})
}

// checkError fails unless an error names the call, and can be shown.
func checkError(t *testing.T, err error, path string) {
	t.Helper()
	if err == nil {
		return
	}
	text := err.Error()
	if !strings.Contains(text, path) {
		t.Errorf("the error does not name %s: %q", path, text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) }); i >= 0 {
		t.Errorf("the error cannot be shown (byte %d): %q", i, text)
	}
	if len(text) > 20_000 {
		t.Errorf("the error has %d bytes", len(text))
	}
	if strings.Contains(text, fuzzSecret) {
		t.Errorf("the error shows the secret: %q", text)
	}
}

// Whatever answers the token endpoint, there is a token that can be sent, or an error.
func FuzzToken(f *testing.F) {
	for _, body := range []string{``, `{}`, `[]`, `null`, `{"access_token":"t","scope":"all"}`, `{"access_token":"a\r\nb","scope":"all","expires_in":1e300}`,
		`{"access_token":"t","scope":"none","expires_in":-1}`, `{"access_token":{},"scope":"all"}`, `{"error":"invalid_client","error_description":"x"}`,
		`{"code":"oidc.invalid_target"}`, `<html></html>`, `{"error":"` + fuzzSecret + `"}`} {
		for _, status := range []uint16{0, 200, 201} {
			f.Add(status, "application/json", []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status uint16, contentType string, body []byte) {
		c := fuzzClient(t, true, 200+int(status)%400, http.Header{"Content-Type": {contentType}}, body)
		err := c.Connect(t.Context())
		if err != nil {
			if _, ok := errors.AsType[*AccessError](err); !ok {
				t.Errorf("%T, want an AccessError", err)
			}
			checkError(t, err, "")
			return
		}
		token, err := c.tokens.get(t.Context())
		if err != nil || token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("%q, %v", token, err)
		}
	})
}

// An endpoint is taken or refused, and no error shows a password in it.
func FuzzEndpoint(f *testing.F) {
	for _, s := range []string{"", "https://x.logto.app", "http://localhost:3001/", "https://a:hunter2@x", "https://[::1", "https://x/%zz", "//x", "https://x?y", "HTTPS://X/base/", "x\x00y", "https://ｘ.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, endpoint string) {
		c, err := New(Config{Endpoint: endpoint, AppID: "app", AppSecret: fuzzSecret})
		if err == nil {
			if u, err := url.Parse(c.Endpoint()); err != nil || u.Hostname() == "" || u.User != nil {
				t.Errorf("%q became %q: %v", endpoint, c.Endpoint(), err)
			}
			return
		}
		checkError(t, err, "")
		if u, perr := url.Parse(strings.TrimSpace(endpoint)); perr == nil && u.User != nil {
			if password, ok := u.User.Password(); ok && len(password) > 6 && strings.Contains(err.Error(), password) {
				t.Errorf("the error shows the password: %v", err)
			}
		}
	})
}

// A name that may be a segment of a path is the same segment after a gateway has
// cleaned the path.
func FuzzSegment(f *testing.F) {
	for _, s := range []string{"x", "", ".", "..", "a/../b", "%2e%2e", "%252e%252e", `..\x`, "a b", "ä", "%", "x%", "\x00", "a//b", "?", "#"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !IsSegment(s) {
			return
		}
		u, err := url.Parse("https://x" + path("roles", s))
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if rest, ok := strings.CutPrefix(u.Path, "/roles/"); !ok || rest != s {
			t.Errorf("%q became %q", s, u.Path)
		}
		if gopath.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") {
			t.Errorf("%q becomes %q where a gateway cleans it", u.Path, gopath.Clean(u.Path))
		}
	})
}

// Merging makes JSON of JSON, and keeps what neither side knows.
func FuzzMerge(f *testing.F) {
	for _, s := range [][3]string{
		{`{"a":1,"x":2}`, `{"a":1}`, `{"a":3}`},
		{`{"a":{"b":1,"x":[]}}`, `{"a":{"b":1}}`, `{"a":{}}`},
		{`{"l":[{"id":"1","x":2}]}`, `{"l":[{"id":"1"}]}`, `{"l":[{"id":"1","y":3},{"id":"2"}]}`},
		{`{}`, `{"a":null}`, `{"a":null}`}, {`{"a":[]}`, `{"a":{}}`, `{"a":"x"}`}, {`null`, `[]`, `{}`}, {`{"a":1e400}`, `{"a":1}`, `{"a":1.0}`},
	} {
		f.Add([]byte(s[0]), []byte(s[1]), []byte(s[2]))
	}
	f.Fuzz(func(t *testing.T, held, from, to []byte) {
		if !json.Valid(held) || !json.Valid(from) || !json.Valid(to) {
			return
		}
		m := &merger{}
		got := m.apply("", held, from, to)
		if !json.Valid(got) {
			t.Fatalf("%s", got)
		}
		if !isObject(held) || !isObject(from) || !isObject(to) {
			return
		}
		was, will, merged := members(from), members(to), members(got)
		for key, value := range members(held) {
			if was[key] == nil && will[key] == nil && !equalJSON(merged[key], value) {
				t.Errorf("%s: %s became %s", strconv.Quote(key), value, merged[key])
			}
		}
	})
}
