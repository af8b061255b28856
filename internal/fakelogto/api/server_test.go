// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// apiClient is a client of a server under test: no retries, one connection a call.
type apiClient struct {
	t      *testing.T
	s      *engine.Server
	client *http.Client
	token  string
}

type answer struct {
	status int
	header http.Header
	body   string
}

// started serves a new tenant over HTTP until the test ends.
func started(t *testing.T) *engine.Server {
	t.Helper()
	s := NewServer()
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func newClient(t *testing.T) *apiClient {
	t.Helper()
	a := &apiClient{t: t, s: started(t), client: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	a.login()
	return a
}

func (a *apiClient) login() { a.loginAs(AppID, AppSecret) }

func (a *apiClient) loginAs(id, secret string) {
	a.t.Helper()
	got := a.tokenCall(id, secret, url.Values{
		"grant_type": {"client_credentials"}, "resource": {Resource}, "scope": {"all"},
	})
	if got.status != http.StatusOK {
		a.t.Fatalf("token call: %d %s", got.status, got.body)
	}
	a.token = decode(a.t, got.body).str("access_token")
}

func (a *apiClient) tokenCall(id, secret string, form url.Values) answer {
	a.t.Helper()
	req, err := http.NewRequest(http.MethodPost, a.s.URL+"/oidc/token", strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if id != "" {
		req.SetBasicAuth(id, secret)
	}
	return a.do(req)
}

func (a *apiClient) do(req *http.Request) answer {
	a.t.Helper()
	resp, err := a.client.Do(req)
	if err != nil {
		return answer{}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

// call returns the zero answer when the connection was cut.
func (a *apiClient) call(method, path, body string) answer {
	a.t.Helper()
	req, err := http.NewRequest(method, a.s.URL+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return a.do(req)
}

// doc is an answer in JSON.
type doc map[string]any

func (d doc) str(key string) string { s, _ := d[key].(string); return s }

func (d doc) sub(key string) doc { o, _ := d[key].(map[string]any); return o }

// docs are the objects of a list.
func docs(v any) []doc {
	list, _ := v.([]any)
	return engine.Map(list, func(item any) doc { o, _ := item.(map[string]any); return o })
}

func decode(t *testing.T, body string) doc {
	t.Helper()
	var v doc
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%q is no JSON object: %v", body, err)
	}
	return v
}

// expect checks the status and, unless it is empty, the error code of an answer.
func expect(t *testing.T, what string, got answer, status int, code string) {
	t.Helper()
	if got.status != status {
		t.Fatalf("%s: status %d, want %d: %s", what, got.status, status, got.body)
	}
	if code == "" {
		return
	}
	if c := decode(t, got.body)["code"]; c != code {
		t.Fatalf("%s: code %v, want %s", what, c, code)
	}
}

// must calls the server in process and wants the status.
func must(t *testing.T, s *engine.Server, method, path string, body any, status int) doc {
	t.Helper()
	got, value := s.Do(method, path, body)
	if got != status {
		t.Fatalf("%s %s: %d %v, want %d", method, path, got, value, status)
	}
	out, _ := value.(map[string]any)
	return out
}

func TestTokenErrors(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	must(t, a.s, "POST", "/api/resources", map[string]any{"name": "r", "indicator": "https://r"}, 201)
	app := must(t, a.s, "POST", "/api/applications", map[string]any{"name": "a", "type": "MachineToMachine"}, 200).str("id")
	_, secrets := a.s.Do("GET", "/api/applications/"+app+"/secrets", nil)
	secret := docs(secrets)[0].str("value")

	grant := url.Values{"grant_type": {"client_credentials"}, "resource": {Resource}, "scope": {"all"}}
	with := func(key, value string) url.Values {
		out := url.Values{}
		maps.Copy(out, grant)
		out.Set(key, value)
		if value == "" {
			out.Del(key)
		}
		return out
	}
	inBody := with("client_id", AppID)
	inBody.Set("client_secret", AppSecret)
	for _, c := range []struct {
		name, id, secret string
		form             url.Values
		status           int
		wantError        string
	}{
		{"basic", AppID, AppSecret, grant, 200, ""},
		{"in the body", "", "", inBody, 200, ""},
		{"no client", "", "", grant, 400, "invalid_request"},
		{"unknown client", "nobody", AppSecret, grant, 400, "invalid_client"},
		{"bad secret", AppID, "x", grant, 401, "invalid_client"},
		{"empty secret", AppID, "", grant, 400, "invalid_request"},
		{"secret twice", AppID, AppSecret, inBody, 400, "invalid_request"},
		{"organization of others", AppID, AppSecret, with("organization_id", "x"), 403, "access_denied"},
		{"resource that is no URI", AppID, AppSecret, with("resource", "x"), 400, "invalid_target"},
		{"no grant type", AppID, AppSecret, with("grant_type", ""), 400, "invalid_request"},
		{"unknown grant type", AppID, AppSecret, with("grant_type", "x"), 400, "unsupported_grant_type"},
		{"grant type of users", AppID, AppSecret, with("grant_type", "refresh_token"), 400, "invalid_request"},
		{"unknown resource", AppID, AppSecret, with("resource", "https://x"), 400, "invalid_target"},
		{"no resource", AppID, AppSecret, with("resource", ""), 400, "invalid_target"},
	} {
		got := a.tokenCall(c.id, c.secret, c.form)
		if got.status != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, got.status, c.status, got.body)
		}
		if c.wantError != "" && decode(t, got.body)["error"] != c.wantError {
			t.Errorf("%s: %s, want error %s", c.name, got.body, c.wantError)
		}
	}

	got := a.tokenCall(app, secret, grant)
	expect(t, "app without a role", got, 200, "")
	answered := decode(t, got.body)
	if _, ok := answered["scope"]; ok {
		t.Errorf("an application without a role got a scope: %s", got.body)
	}
	a.token = answered.str("access_token")
	expect(t, "call without the scope", a.call("GET", "/api/roles", ""), 403, "auth.forbidden")
	if status, _ := a.s.Do("GET", "/api/roles", nil); status != 200 {
		t.Errorf("Do without a token: %d", status)
	}
}

func TestTokensEnd(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	expect(t, "valid", a.call("GET", "/api/roles", ""), 200, "")
	valid := a.token
	a.token = "nonsense"
	expect(t, "unknown", a.call("GET", "/api/roles", ""), 401, "auth.unauthorized")
	a.token = valid
	a.s.RevokeTokens()
	expect(t, "revoked", a.call("GET", "/api/roles", ""), 401, "auth.unauthorized")
	a.s.SetTokenLifetime(0)
	a.login()
	expect(t, "expired", a.call("GET", "/api/roles", ""), 401, "auth.unauthorized")
	a.s.SetTokenLifetime(time.Hour)
	a.login()
	expect(t, "fresh", a.call("GET", "/api/roles", ""), 200, "")

	req := httptest.NewRequest("GET", "/api/roles", nil)
	w := httptest.NewRecorder()
	a.s.ServeHTTP(w, req)
	if w.Code != 401 || !strings.Contains(w.Body.String(), "auth.authorization_header_missing") {
		t.Errorf("without a header: %d %s", w.Code, w.Body)
	}
	expect(t, "anonymous", a.call("GET", "/api/status", ""), 204, "")
}

const roleJSON = `{"name":"n","description":"d"}`

func TestFaults(t *testing.T) {
	t.Parallel()
	roleCount := func(a *apiClient) int {
		_, list := a.s.Do("GET", "/api/roles?search.name=n", nil)
		return len(docs(list))
	}
	for _, c := range []struct {
		name   string
		fault  engine.Fault
		status int // 0: the connection was cut
		made   int
	}{
		{"instead", engine.Fault{Method: "POST", Path: "/api/roles", Status: 503}, 503, 0},
		{"bare 500", engine.Fault{Status: 500}, 500, 0},
		{"after", engine.Fault{Path: "/api/*", Status: 502, After: true}, 502, 1},
		{"drop before", engine.Fault{Drop: engine.DropBefore}, 0, 0},
		{"drop after", engine.Fault{Drop: engine.DropAfter}, 0, 1},
		{"other method", engine.Fault{Method: "GET", Status: 500}, 200, 1},
		{"other path", engine.Fault{Path: "/api/roles/*", Status: 500}, 200, 1},
		{"skipped", engine.Fault{Status: 500, Skip: 1}, 200, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newClient(t)
			a.s.Inject(c.fault)
			expect(t, "faulty call", a.call("POST", "/api/roles", roleJSON), c.status, "")
			if n := roleCount(a); n != c.made {
				t.Errorf("%d roles were made, want %d", n, c.made)
			}
			if calls := a.s.Calls(); len(calls) != 1 || calls[0].Status != c.status {
				t.Errorf("calls %v, want one with status %d", calls, c.status)
			}
			a.s.ClearFaults()
			expect(t, "after ClearFaults", a.call("GET", "/api/roles", ""), 200, "")
		})
	}
}

// A fault that revokes the tokens leaves the call to be refused as Logto does, once.
func TestRevokingFault(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	a.s.Inject(engine.Fault{Method: "POST", Path: "/api/roles", Times: 1, Revoke: true})
	expect(t, "call of no fault", a.call("GET", "/api/roles", ""), 200, "")
	expect(t, "call whose token dies", a.call("POST", "/api/roles", roleJSON), 401, "auth.unauthorized")
	if n := a.s.Hits(); n != 1 {
		t.Errorf("%d hits, want 1", n)
	}
	a.login()
	expect(t, "with another token", a.call("POST", "/api/roles", roleJSON), 200, "")
}

// A snapshot puts back what was changed, made and removed since, again and again.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	_, made := a.s.Do("POST", "/api/roles", map[string]any{"name": "kept", "description": "d"})
	id := made.(map[string]any)["id"].(string)
	_, before := a.s.Do("GET", "/api/roles", nil)
	rows := a.s.Rows()
	restore := a.s.Snapshot()
	for _, change := range []func(){
		func() { a.s.Do("PATCH", "/api/roles/"+id, map[string]any{"name": "changed"}) },
		func() { a.s.Do("DELETE", "/api/roles/"+id, nil) },
		func() { a.s.Do("POST", "/api/roles", map[string]any{"name": "another", "description": "d"}) },
	} {
		change()
		restore()
		if _, after := a.s.Do("GET", "/api/roles", nil); !reflect.DeepEqual(before, after) {
			t.Errorf("before %v, after %v", before, after)
		}
		if now := a.s.Rows(); !maps.Equal(rows, now) {
			t.Errorf("rows %v, want %v", now, rows)
		}
	}
	// What a name or a parent is looked up by is put back as well.
	if status, _ := a.s.Do("POST", "/api/roles", map[string]any{"name": "kept", "description": "d"}); status != 422 {
		t.Errorf("a second role of the name: HTTP %d, want 422", status)
	}
}

func TestFaultsInOrder(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	a.s.Inject(engine.Fault{Path: "/api/roles", Skip: 1, Times: 2, Status: 429, Header: http.Header{"retry-after": {"7"}}})
	a.s.Inject(engine.Fault{Path: "/api/roles", Times: 1, Status: 503, Body: `{"code":"x"}`})
	var got []int
	var after string
	for range 5 {
		out := a.call("GET", "/api/roles", "")
		got = append(got, out.status)
		if out.status == 429 {
			after = out.header.Get("Retry-After")
		}
	}
	if want := []int{503, 429, 429, 200, 200}; !slices.Equal(got, want) {
		t.Errorf("statuses %v, want %v", got, want)
	}
	if after != "7" {
		t.Errorf("Retry-After %q, want 7", after)
	}
	a.s.Inject(engine.Fault{Path: "/oidc/token", Times: 1, Status: 503})
	out := a.tokenCall(AppID, AppSecret, url.Values{"grant_type": {"client_credentials"}, "resource": {Resource}})
	expect(t, "token", out, 503, "")
}

// A connection cannot be taken out of HTTP/2: only the stream is to fail.
func TestDropOverHTTP2(t *testing.T) {
	t.Parallel()
	s := NewServer()
	hs := httptest.NewUnstartedServer(s)
	hs.EnableHTTP2 = true
	hs.StartTLS()
	t.Cleanup(hs.Close)
	s.Inject(engine.Fault{Drop: engine.DropBefore, Times: 1})
	resp, err := hs.Client().Post(hs.URL+"/api/roles", "application/json", strings.NewReader(roleJSON))
	if err == nil {
		defer resp.Body.Close()
		t.Fatalf("answered %d over %s", resp.StatusCode, resp.Proto)
	}
	resp, err = hs.Client().Get(hs.URL + "/api/status")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.ProtoMajor != 2 || resp.StatusCode != 204 {
		t.Errorf("then: %d over %s", resp.StatusCode, resp.Proto)
	}
}

func TestCounting(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	if a.s.Tokens() != 1 || len(a.s.Calls()) != 0 {
		t.Errorf("after the login: %d tokens, calls %v", a.s.Tokens(), a.s.Calls())
	}
	id := decode(t, a.call("POST", "/api/roles", roleJSON).body).str("id")
	a.call("GET", "/api/roles/"+id, "")
	a.call("HEAD", "/api/roles/"+id+"/", "")
	a.call("DELETE", "/api/roles/"+id, "")
	a.call("GET", "/api/nothing", "")
	a.s.Do("GET", "/api/roles", nil)
	want := []engine.Call{
		{Method: "POST", Path: "/api/roles", Operation: "POST /api/roles", Status: 200},
		{Method: "GET", Path: "/api/roles/" + id, Operation: "GET /api/roles/{id}", Status: 200},
		{Method: "HEAD", Path: "/api/roles/" + id + "/", Operation: "GET /api/roles/{id}", Status: 200},
		{Method: "DELETE", Path: "/api/roles/" + id, Operation: "DELETE /api/roles/{id}", Status: 204},
		{Method: "GET", Path: "/api/nothing", Operation: "", Status: 404},
	}
	if got := a.s.Calls(); !slices.Equal(got, want) {
		t.Errorf("calls\n%v, want\n%v", got, want)
	}
	if got := a.s.Writes(); len(got) != 2 || got[0].Method != "POST" || got[1].Method != "DELETE" {
		t.Errorf("writes %v", got)
	}
	if n := a.s.Connections(); n != 6 { // keep-alive is off
		t.Errorf("%d connections, want 6", n)
	}
	a.s.ResetCalls()
	if len(a.s.Calls()) != 0 || a.s.Tokens() != 0 {
		t.Error("ResetCalls left something")
	}
	if !slices.Contains(a.s.Operations(), "DELETE /api/roles/{id}/scopes/{scopeId}") {
		t.Errorf("operations %v", a.s.Operations())
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	a.s.SetRateLimit(2, time.Hour)
	for range 2 {
		expect(t, "within", a.call("GET", "/api/roles", ""), 200, "")
	}
	got := a.call("GET", "/api/roles", "")
	expect(t, "beyond", got, 429, "")
	if s := got.header.Get("Retry-After"); s == "" || s == "0" {
		t.Errorf("Retry-After %q", s)
	}
	a.login() // tokens are not limited
	a.s.SetRateLimit(0, 0)
	a.s.SetLatency(time.Microsecond)
	expect(t, "lifted", a.call("GET", "/api/roles", ""), 200, "")
}

func TestProtocol(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string // in the body
	}{
		{"unknown route", "GET", "/api/nothing", "", 404, "Not Found"},
		{"unknown verb", "PUT", "/api/roles", "{}", 405, "Method Not Allowed"},
		{"large body", "POST", "/api/roles", `{"name":"` + strings.Repeat("x", engine.MaxBody) + `"}`, 404, "Not Found"},
		{"broken JSON", "POST", "/api/roles", `{"name":`, 400, `"message"`},
		{"scalar", "POST", "/api/roles", `"x"`, 400, "no JSON object"},
		{"array", "POST", "/api/roles", `[]`, 400, `"received":"array"`},
		{"prototype", "POST", "/api/roles", `{"a":{"__proto__":1}}`, 400, "__proto__ is no key"},
		{"NUL", "POST", "/api/roles", `{"name":"a\u0000","description":"d"}`, 500, "Internal server error."},
		{"no such column value", "POST", "/api/resources", `{"name":"a","indicator":"i","accessTokenTtl":1.5}`, 422, "entity.invalid_input"},
	} {
		got := a.call(c.method, c.path, c.body)
		if got.status != c.status || !strings.Contains(got.body, c.want) {
			t.Errorf("%s: %d %.200s, want %d and %s", c.name, got.status, got.body, c.status, c.want)
		}
	}
	got := a.call("GET", "/api/resources/management-api", "")
	req, err := http.NewRequest("GET", a.s.URL+"/api/resources/management-api", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	req.Header.Set("If-None-Match", got.header.Get("Etag"))
	expect(t, "unchanged", a.do(req), 304, "")
	want := `{"tenantId":"default","id":"management-api","name":"Logto Management API",` +
		`"indicator":"https://default.logto.app/api","isDefault":false,"accessTokenTtl":3600}`
	if got.body != want {
		t.Errorf("body %s, want %s", got.body, want)
	}
}

func TestValidation(t *testing.T) {
	t.Parallel()
	s := NewServer()
	body := map[string]any{"type": "Foo", "description": 1, "customClientMetadata": map[string]any{"refreshTokenTtlInDays": 181}}
	got := must(t, s, "POST", "/api/applications", body, 400)
	var seen []string
	for _, o := range docs(got.sub("data")["issues"]) {
		seen = append(seen, fmt.Sprint(o["code"], o["path"]))
	}
	want := []string{
		"invalid_type[name]", "invalid_type[description]", "invalid_enum_value[type]",
		"too_big[customClientMetadata refreshTokenTtlInDays]",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("issues %v, want %v", seen, want)
	}
	if !strings.HasPrefix(got.str("details"), `At "name": (invalid_type) want string, got undefined`) {
		t.Errorf("details %q", got["details"])
	}
}

func TestRedirectURIs(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]bool{
		"https://a.example.com/cb": true, "http://localhost:3000": true, "https://*.example.com/*/cb": true,
		"com.app://cb": true, "myapp:/x": true, "a1+b://x": true, "My.App://x": true, "https://*.com": true,
		"https://user:pw@a.com": true, "https://a.com/#x": true, "https://[::1]/cb": true,
		" https://a.com": true, "http://1.2.3.4": true, "http://256.1.1.1": false, "http://a.com:99999": false,
		"": false, "nope": false, "/cb": false, "https://*": false, "https://a.com:*/": false, "https://a.com/?x=*": false,
		"https://u@*.a.com/": false, "https://[::1]/*": false, "https://a.com/../x": false, "https://a.com/%2e/x": false,
		"1app://x": false, "a_b://x": false, "ht*p://a.com": false,
	} {
		if got := isRedirectURI(uri); got != want {
			t.Errorf("%q: %v, want %v", uri, got, want)
		}
	}
}

func TestPaging(t *testing.T) {
	t.Parallel()
	a := newClient(t)
	id := must(t, a.s, "POST", "/api/resources", map[string]any{"name": "r", "indicator": "i"}, 201).str("id")
	for i := range 45 {
		must(t, a.s, "POST", "/api/resources/"+id+"/scopes", map[string]any{"name": fmt.Sprintf("s%02d", i)}, 201)
	}
	list := "/api/resources/" + id + "/scopes"
	length := func(got answer) int {
		var rows []any
		if err := json.Unmarshal([]byte(got.body), &rows); err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	for query, want := range map[string]int{
		"": 20, "?page=3": 5, "?page=4": 0, "?page_size=100": 45, "?page=2&page_size=30": 15, "?page=&page_size=": 20,
		"?page=1.5": 20, "?search.name=s0%25": 10, "?search.name=s_1&page_size=2": 2, "?search.name=s": 0,
		"?search.name=S01&search.name=s02&mode.name=exact": 2, "?search.name=S01&mode=exact&isCaseSensitive=true": 0,
		"?search.name=%5Es0[12]$&mode.name=posix": 2, "?search.name=s0(1|2)&mode.name=similar_to&isCaseSensitive=true": 2,
		"?search.name=s01&search.id=x": 1, "?search.name=s01&search.id=x&joint=and": 0,
	} {
		got := a.call("GET", list+query, "")
		expect(t, query, got, 200, "")
		if n := length(got); n != want {
			t.Errorf("%s: %d rows, want %d", query, n, want)
		}
	}
	for query, code := range map[string]string{
		"?page=0": "guard.invalid_pagination", "?page_size=101": "guard.invalid_pagination", "?page=x": "guard.invalid_pagination",
		"?search.foo=x": "request.invalid_input", "?search=": "request.invalid_input", "?search=x&mode=y": "request.invalid_input",
		"?search=x&search=y": "request.invalid_input", "?search=x&mode=similar_to": "request.invalid_input",
	} {
		expect(t, query, a.call("GET", list+query, ""), 400, code)
	}
	expect(t, "fraction", a.call("GET", list+"?page_size=1.5", ""), 422, "entity.invalid_input")
	expect(t, "bad search of applications", a.call("GET", "/api/applications?search.foo=x", ""), 500, "")

	got := a.call("GET", list+"?page=2&search=s%25", "")
	if n := got.header.Get("Total-Number"); n != "45" {
		t.Errorf("Total-Number %q, want 45", n)
	}
	var links []string
	for _, rel := range []struct{ name, page string }{{"first", "1"}, {"prev", "1"}, {"last", "3"}, {"next", "3"}} {
		links = append(links, fmt.Sprintf(`<%s/resources/%s/scopes?page=%s&search=s%%25>; rel="%s"`, a.s.URL, id, rel.page, rel.name))
	}
	if !slices.Equal(got.header["Link"], links) {
		t.Errorf("links %q, want %q", got.header["Link"], links)
	}
	if got := a.call("GET", "/api/resources", ""); got.header.Get("Total-Number") != "" || length(got) != 2 {
		t.Errorf("optional paging: %v %s", got.header, got.body)
	}
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	s := NewServer()
	resource := must(t, s, "POST", "/api/resources", map[string]any{"name": "r", "indicator": "i"}, 201).str("id")
	scope := must(t, s, "POST", "/api/resources/"+resource+"/scopes", map[string]any{"name": "s"}, 201).str("id")
	role := must(t, s, "POST", "/api/roles", map[string]any{
		"name": "n", "description": "d", "type": "MachineToMachine", "scopeIds": []string{scope},
	}, 200).str("id")
	app := must(t, s, "POST", "/api/applications", map[string]any{
		"name": "a", "type": "MachineToMachine", "description": "", "customData": map[string]any{"bb": 1, "a": 1.0},
	}, 200)
	if app["description"] != nil {
		t.Errorf("an empty description is %v, want null", app["description"])
	}
	path := "/api/applications/" + app.str("id")
	must(t, s, "POST", path+"/roles", map[string]any{"roleIds": []string{role, role}}, 201)
	must(t, s, "POST", path+"/secrets", map[string]any{"name": "a/b"}, 201)
	must(t, s, "POST", path+"/secrets", map[string]any{"name": "a/b"}, 422)
	must(t, s, "PATCH", path+"/secrets/a%2Fb", map[string]any{"name": "c"}, 200)
	must(t, s, "PATCH", path, map[string]any{"isAdmin": true}, 200)
	if got := must(t, s, "GET", path, nil, 200); got["isAdmin"] != true {
		t.Errorf("isAdmin is %v", got["isAdmin"])
	}
	must(t, s, "PUT", path+"/roles", map[string]any{"roleIds": []string{}}, 422) // yet all roles are gone
	if got := must(t, s, "GET", path, nil, 200); got["isAdmin"] != false {
		t.Errorf("isAdmin is %v after all roles were removed", got["isAdmin"])
	}

	must(t, s, "DELETE", "/api/resources/"+resource, nil, 204)
	if _, held := s.Do("GET", "/api/roles/"+role+"/scopes", nil); len(docs(held)) != 0 {
		t.Errorf("scopes of a deleted resource: %v", held)
	}
	must(t, s, "DELETE", path, nil, 204)
	must(t, s, "DELETE", path, nil, 404)
	must(t, s, "GET", path+"/secrets", nil, 404)
}

func TestAccessControlIsTransactional(t *testing.T) {
	t.Parallel()
	s := NewServer()
	user := must(t, s, "POST", "/api/users", map[string]any{}, 200).str("id")
	path := "/api/applications/" + AppID + "/access-control"
	rules := func(users, roles []string) map[string]any {
		return map[string]any{
			"userIds": users, "userRoleIds": roles, "organizationIds": []string{}, "organizationRoleRules": []string{},
		}
	}
	must(t, s, "PUT", path, rules([]string{user, user}, []string{}), 200)
	must(t, s, "PUT", path, rules([]string{}, []string{"nobody"}), 404)
	if got := must(t, s, "GET", path, nil, 200)["userIds"]; fmt.Sprint(got) != "["+user+"]" {
		t.Errorf("users %v, want [%s]", got, user)
	}
}

// Handlers run one at a time, whoever calls; go test -race looks at the rest.
func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	s := NewServer()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				s.Do("POST", "/api/roles", map[string]any{"name": fmt.Sprintf("r%d-%d", i, j), "description": "d"})
				s.Do("GET", "/api/roles?page_size=100", nil)
				s.Do("PATCH", "/api/resources/management-api/is-default", map[string]any{"isDefault": j%2 == 0})
			}
		})
	}
	wg.Wait()
	if got := must(t, s, "GET", "/api/roles/admin-role", nil, 200); got["type"] != "MachineToMachine" {
		t.Errorf("admin role %v", got)
	}
	_, list := s.Do("GET", "/api/roles?page_size=100&page=2", nil)
	if n := len(docs(list)); n != 61 { // 8×20 and the access role
		t.Errorf("%d roles on page 2, want 61", n)
	}
}
