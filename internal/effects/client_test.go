// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// answer is what Logto answered to a request.
type answer struct {
	status   int
	location string
	body     map[string]any
}

func (a answer) text(key string) string {
	s, _ := a.body[key].(string)
	return s
}

// browser is somebody who uses the applications of a tenant: it keeps cookies, and
// follows a redirect only when it is told to.
type browser struct {
	t        *testing.T
	endpoint string
	client   http.Client
	// cookies are the pairs of name and value. Their values are JSON at times, which
	// net/http/cookiejar does not keep.
	cookies map[string]string
}

func newBrowser(t *testing.T, target *acctest.Target) *browser {
	t.Helper()
	return &browser{t: t, endpoint: target.Endpoint(), cookies: map[string]string{}, client: http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (b *browser) do(method, address, contentType string, body []byte, credentials ...string) answer {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.endpoint + address
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, address, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Close = true
	req.Header.Set("Content-Type", contentType)
	if len(b.cookies) > 0 {
		req.Header.Set("Cookie", strings.Join(slices.Sorted(maps.Values(b.cookies)), "; "))
	}
	if len(credentials) == 2 {
		req.SetBasicAuth(credentials[0], credentials[1])
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	for _, set := range res.Header.Values("Set-Cookie") {
		pair, _, _ := strings.Cut(set, ";")
		name, value, _ := strings.Cut(pair, "=")
		if b.cookies[name] = pair; value == "" {
			delete(b.cookies, name)
		}
	}
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	a := answer{status: res.StatusCode, location: res.Header.Get("Location")}
	_ = json.Unmarshal(data, &a.body) // what is no object has no keys
	return a
}

// experience is a call of the API that the sign-in page uses.
func (b *browser) experience(method, path string, body any) answer {
	b.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(method, "/api/experience"+path, "application/json", data)
}

func (b *browser) token(form url.Values, credentials ...string) answer {
	b.t.Helper()
	return b.do(http.MethodPost, "/oidc/token", "application/x-www-form-urlencoded", []byte(form.Encode()), credentials...)
}

// authorize opens the sign-in page of an application that redirects to callback.
func (b *browser) authorize(app string) answer {
	b.t.Helper()
	return b.do(http.MethodGet, "/oidc/auth?"+url.Values{
		"client_id": {app}, "redirect_uri": {callback}, "response_type": {"code"}, "scope": {"openid offline_access"}, "prompt": {"login consent"},
		"state": {"x"}, "code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}.Encode(), "", nil)
}

const (
	callback = "https://effects.example.com/callback"
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // of the code challenge above
)

// signIn signs a user in to an application with a password, as far as it goes: the last
// answer is the redirect to the application with a code, or a refusal.
func (b *browser) signIn(app, username, password string) answer {
	b.t.Helper()
	if a := b.begin(app, "SignIn"); a.status != http.StatusNoContent {
		return a
	}
	return b.finish(b.experience(http.MethodPost, "/verification/password", identity(username, password)))
}

// signUp creates a user with a password, as signIn goes.
func (b *browser) signUp(app, username, password string) answer {
	b.t.Helper()
	if a := b.begin(app, "Register"); a.status != http.StatusNoContent {
		return a
	}
	return b.finish(b.experience(http.MethodPost, "/verification/new-password-identity", identity(username, password)))
}

func identity(username, password string) map[string]any {
	return map[string]any{"identifier": map[string]any{"type": "username", "value": username}, "password": password}
}

// begin opens the sign-in page of an application for an event.
func (b *browser) begin(app, event string) answer {
	b.t.Helper()
	if a := b.authorize(app); a.status != http.StatusSeeOther {
		return a
	}
	return b.experience(http.MethodPut, "", map[string]any{"interactionEvent": event})
}

// finish goes on from what verified the user.
func (b *browser) finish(verified answer) answer {
	b.t.Helper()
	if verified.status != http.StatusOK {
		return verified
	}
	if a := b.experience(http.MethodPost, "/identification", map[string]any{"verificationId": verified.text("verificationId")}); a.status >= http.StatusBadRequest {
		return a
	}
	return b.submit()
}

// submit ends a sign-in, when nothing is missing.
func (b *browser) submit() answer {
	b.t.Helper()
	a := b.experience(http.MethodPost, "/submit", map[string]any{})
	if a.status != http.StatusOK {
		return a
	}
	next := a.text("redirectTo")
	for range 6 { // the interaction, the consent, and back to the application
		if a = b.do(http.MethodGet, next, "", nil); a.location == "" || strings.HasPrefix(a.location, callback) {
			return a
		}
		next = a.location
		if strings.HasSuffix(strings.SplitN(next, "?", 2)[0], "/consent") {
			if a = b.do(http.MethodPost, "/api/interaction/consent", "application/json", []byte("{}")); a.status != http.StatusOK {
				return a
			}
			next = a.text("redirectTo")
		}
	}
	return a
}

// code is the authorization code with which a sign-in ended; the test fails if there is none.
func (b *browser) code(a answer) string {
	b.t.Helper()
	u, err := url.Parse(a.location)
	if err != nil || u.Query().Get("code") == "" {
		b.t.Fatalf("the sign-in gave no code: HTTP %d %s %v", a.status, a.location, a.body)
	}
	return u.Query().Get("code")
}

// claims are those of a JWT.
func claims(t *testing.T, token string) map[string]any {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("no JWT of three parts, but %d", len(parts))
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	found := map[string]any{}
	if err == nil {
		err = json.Unmarshal(data, &found)
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// with checks the effects of a configuration, with the attributes of its resources.
func with(check func(attribute func(address, name string) string)) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		var missing error
		check(func(address, name string) string {
			r := s.RootModule().Resources[address]
			if r == nil {
				missing = fmt.Errorf("no %s in the state", address)
				return ""
			}
			return r.Primary.Attributes[name]
		})
		return missing
	}
}
