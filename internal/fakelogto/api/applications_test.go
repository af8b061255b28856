// SPDX-License-Identifier: MPL-2.0

package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestSAMLApplications(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := ""
	for i := range 3 {
		app := must(t, s, "POST", "/api/saml-applications", map[string]any{"name": fmt.Sprint(i), "customData": map[string]any{"a": 1}}, 201)
		path = "/api/saml-applications/" + app.str("id")
	}
	// The limit comes before the body.
	if got := must(t, s, "POST", "/api/saml-applications", nil, 403); got.str("code") != "application.saml.reach_oss_limit" {
		t.Errorf("fourth application: %v", got)
	}
	got := must(t, s, "PATCH", path, map[string]any{"customData": map[string]any{"b": 2}, "entityId": ""}, 200)
	if fmt.Sprint(got["customData"]) != "map[a:1 b:2]" || got["entityId"] != nil {
		t.Errorf("updated %v", got)
	}
	must(t, s, "PATCH", path, map[string]any{"encryption": map[string]any{"encryptAssertion": true}}, 400)
	must(t, s, "DELETE", strings.Replace(path, "saml-", "", 1), nil, 400)
	must(t, s, "GET", "/api/saml-applications/"+AppID, nil, 422)

	status, text := s.Do("GET", path+"/metadata", nil)
	if status != 200 || !strings.Contains(fmt.Sprint(text), "/authn") {
		t.Errorf("metadata: %d %v", status, text)
	}
	_, list := s.Do("GET", path+"/secrets", nil)
	first := docs(list)[0]
	if block, _ := pem.Decode([]byte(strings.ReplaceAll(first.str("certificate"), "\r\n", "\n"))); block == nil {
		t.Errorf("certificate %q", first.str("certificate"))
	}
	if f := first.sub("fingerprints").sub("sha256"); strings.ReplaceAll(f.str("formatted"), ":", "") != f.str("unformatted") || len(f.str("unformatted")) != 64 {
		t.Errorf("fingerprints %v", f)
	}
	second := must(t, s, "POST", path+"/secrets", map[string]any{"lifeSpanInYears": 1}, 201)
	must(t, s, "PATCH", path+"/secrets/"+second.str("id"), map[string]any{"active": false}, 500) // as it is
	must(t, s, "DELETE", path+"/secrets/"+first.str("id"), nil, 400)
	must(t, s, "PATCH", path+"/secrets/"+second.str("id"), map[string]any{"active": true}, 200)
	must(t, s, "DELETE", path+"/secrets/"+first.str("id"), nil, 204)
	must(t, s, "PATCH", path+"/secrets/"+second.str("id"), map[string]any{"active": false}, 200)
	must(t, s, "GET", path+"/metadata", nil, 404)
	must(t, s, "POST", "/api/saml-applications/nobody/secrets", map[string]any{"lifeSpanInYears": 1}, 404)
	must(t, s, "POST", "/api/saml-applications/"+AppID+"/secrets", map[string]any{"lifeSpanInYears": 1}, 422)
	must(t, s, "DELETE", path, nil, 204)
}

func TestConsentScopes(t *testing.T) {
	t.Parallel()
	s := NewServer()
	app := must(t, s, "POST", "/api/applications", map[string]any{"name": "a", "type": "SPA", "isThirdParty": true}, 200)
	resource := must(t, s, "POST", "/api/resources", map[string]any{"name": "r", "indicator": "i"}, 201)
	var ids []string
	for _, name := range []string{"a", "b"} {
		scope := must(t, s, "POST", "/api/resources/"+resource.str("id")+"/scopes", map[string]any{"name": name}, 201)
		ids = append(ids, scope.str("id"))
	}
	path := "/api/applications/" + app.str("id") + "/user-consent-scopes"
	must(t, s, "POST", path, map[string]any{}, 201)
	must(t, s, "POST", path, map[string]any{"resourceScopes": ids, "organizationResourceScopes": []string{}}, 201)
	must(t, s, "POST", path, map[string]any{"resourceScopes": ids[:1], "userScopes": []string{"profile", "email"}}, 201)
	got := must(t, s, "GET", path, nil, 200)
	held := docs(got["resourceScopes"])
	if len(held) != 1 || len(docs(held[0]["scopes"])) != 2 || fmt.Sprint(got["userScopes"]) != "[email profile]" {
		t.Errorf("consent scopes %v", got)
	}
	must(t, s, "DELETE", path+"/user-scopes/profile", nil, 204)
	must(t, s, "DELETE", path+"/user-scopes/profile", nil, 404)
	must(t, s, "DELETE", path+"/scopes/profile", nil, 400)
	must(t, s, "DELETE", "/api/resources/"+resource.str("id"), nil, 204)
	if got := must(t, s, "GET", path, nil, 200); len(docs(got["resourceScopes"])) != 0 {
		t.Errorf("after the resource went: %v", got)
	}
}

func TestSignInExperienceOfApplication(t *testing.T) {
	t.Parallel()
	s := NewServer()
	path := "/api/applications/" + AppID + "/sign-in-experience"
	must(t, s, "GET", path, nil, 404)
	must(t, s, "PUT", path, map[string]any{"displayName": "n", "termsOfUseUrl": ""}, 201)
	got := must(t, s, "PUT", path, map[string]any{"color": map[string]any{"primaryColor": "#abc"}}, 200)
	if got.str("displayName") != "n" || got["termsOfUseUrl"] != nil || got.sub("color").str("primaryColor") != "#abc" {
		t.Errorf("sign-in experience %v", got)
	}
	must(t, s, "PUT", path, map[string]any{}, 422)
	must(t, s, "PUT", path, map[string]any{"privacyPolicyUrl": "nowhere"}, 400)
}

func TestHooks(t *testing.T) {
	t.Parallel()
	s := NewServer()
	must(t, s, "POST", "/api/hooks", map[string]any{"config": map[string]any{"url": ""}}, 400)
	hook := must(t, s, "POST", "/api/hooks", map[string]any{
		"events": []string{"Role.Created", "Role.Created"}, "config": map[string]any{"url": ""},
	}, 201)
	if hook["name"] != "" || fmt.Sprint(hook["events"]) != "[Role.Created]" || hook["enabled"] != true {
		t.Errorf("hook %v", hook)
	}
	path := "/api/hooks/" + hook.str("id")
	must(t, s, "PATCH", path, map[string]any{"id": "x"}, 422)
	must(t, s, "PATCH", path, map[string]any{"tenantId": "x"}, 500)
	if got := must(t, s, "PATCH", path+"/signing-key", nil, 200); got.str("signingKey") == hook.str("signingKey") {
		t.Error("the signing key did not change")
	}

	var signed bool
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		mac := hmac.New(sha256.New, []byte(must(t, s, "GET", path, nil, 200).str("signingKey"))) // the lock is free
		mac.Write(body)
		signed = r.Header.Get("Logto-Signature-Sha-256") == hex.EncodeToString(mac.Sum(nil)) && r.Header.Get("X-A") == "b"
		if r.URL.Path == "/bad" {
			w.WriteHeader(418)
		}
	}))
	t.Cleanup(target.Close)
	test := func(url string) map[string]any {
		return map[string]any{
			"events": []string{"PostSignIn"}, "config": map[string]any{"url": url, "headers": map[string]any{"x-a": "b"}},
		}
	}
	must(t, s, "POST", path+"/test", test(target.URL), 204)
	if !signed {
		t.Error("the test call was not signed or lacked its header")
	}
	if got := must(t, s, "POST", path+"/test", test(target.URL+"/bad"), 422); got.str("code") != "hook.endpoint_responded_with_error" {
		t.Errorf("refused test call: %v", got)
	}
	if got := must(t, s, "POST", path+"/test", test("::"), 422); got.str("code") != "hook.send_test_payload_failed" {
		t.Errorf("test call to nowhere: %v", got)
	}
	must(t, s, "GET", path+"/recent-logs?start_time=2&end_time=1", nil, 400)
	must(t, s, "DELETE", path, nil, 204)
	must(t, s, "GET", path+"/recent-logs", nil, 200)
}

func TestSmallGroups(t *testing.T) {
	t.Parallel()
	s := NewServer()
	files := func(items ...any) map[string]any { return map[string]any{"verificationFiles": items} }
	file := func(path, content, kind string) map[string]any {
		return map[string]any{"path": path, "content": content, "contentType": kind}
	}
	for _, c := range []struct {
		method, path string
		body         any
		status       int
	}{
		{"POST", "/api/domains", map[string]any{"domain": "a.com"}, 400},
		{"GET", "/api/domains/x", nil, 404},
		{"PUT", "/api/domains/x/verification-files", files(file("/a.txt", "x", "text/plain")), 404},
		{"PUT", "/api/domains/x/verification-files", files(file("/noext", "x", "text/plain")), 400},
		{"PUT", "/api/domains/x/verification-files", files(file("/a.json", "{", "application/json")), 400},
		{"PUT", "/api/domains/x/verification-files", files(file("/a.b", "1", "text/plain"), file("/a.b", "2", "text/plain")), 400},
		{"PUT", "/api/domains/x/verification-files", files(file("/.well-known/a/b", "[]", "application/json")), 404},
		{"GET", "/api/captcha-provider", nil, 404},
		{"PUT", "/api/captcha-provider", map[string]any{"config": map[string]any{"type": "Turnstile", "siteKey": "", "secretKey": ""}}, 200},
		{"PUT", "/api/captcha-provider", map[string]any{"config": map[string]any{"type": "X"}}, 400},
		{"GET", "/api/captcha-provider", nil, 200},
		{"DELETE", "/api/captcha-provider", nil, 204},
		{"DELETE", "/api/captcha-provider", nil, 204},
		{"GET", "/api/systems/application", nil, 501},
		{"DELETE", "/api/secrets/x", nil, 404},
		{"GET", "/api/applications/demo-app", nil, 200},
		{"DELETE", "/api/applications/demo-app", nil, 404},
		{"DELETE", "/api/applications/" + AppID + "/legacy-secret", nil, 400},
		{"GET", "/api/applications/" + AppID + "/protected-app-metadata/custom-domains", nil, 422},
	} {
		if status, got := s.Do(c.method, c.path, c.body); status != c.status {
			t.Errorf("%s %s %v: %d %v, want %d", c.method, c.path, c.body, status, got, c.status)
		}
	}
}
