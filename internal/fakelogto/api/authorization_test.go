// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// askedFor is the answer of the authorization endpoint: where to, or why not.
func askedFor(t *testing.T, s *engine.Server, query url.Values) string {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(s.URL + engine.AuthorizationPath + "?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusSeeOther {
		to, err := resp.Location()
		if err != nil {
			t.Fatal(err)
		}
		if reason := to.Query().Get("error_description"); reason != "" {
			return reason
		}
		return strings.TrimPrefix(to.String(), s.URL)
	}
	var body struct {
		Code        string `json:"code"`
		Description string `json:"error_description"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil || resp.StatusCode != http.StatusBadRequest {
		t.Fatalf("%d %v", resp.StatusCode, err)
	}
	return strings.TrimPrefix(body.Code, "oidc.") + ": " + body.Description
}

func signInQuery(client, uri string) url.Values {
	return url.Values{
		"client_id": {client}, "redirect_uri": {uri}, "response_type": {"code"}, "scope": {"openid"}, "state": {"x"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}
}

// What the Management API stores and the OIDC endpoints do not load makes every
// sign-in fail, also with the URIs that are good.
func TestApplicationsThatDoNotLoad(t *testing.T) {
	t.Parallel()
	s := started(t)
	const good = "https://good.example.com/cb"
	for name, tc := range map[string]struct {
		redirect, afterLogout []string
		more                  map[string]any
		want                  string // "" for the sign-in page
	}{
		"good":              {redirect: []string{good}},
		"none":              {want: "invalid_redirect_uri: redirect_uris is empty"},
		"fragment":          {redirect: []string{good, good + "#done"}, want: "invalid_redirect_uri: redirect_uris has a fragment"},
		"own fragment":      {redirect: []string{good, "app.example://cb#x"}, want: "invalid_redirect_uri: redirect_uris has a fragment"},
		"empty fragment":    {redirect: []string{good, good + "#"}},
		"logout fragment":   {redirect: []string{good}, afterLogout: []string{good + "#x"}, want: "invalid_client_metadata: post_logout_redirect_uris has a fragment"},
		"own scheme":        {redirect: []string{good, "com.example.app://cb", "myapp:/cb"}},
		"script":            {redirect: []string{good, "JavaScript:alert(1)"}, want: "invalid_redirect_uri: redirect_uris has the scheme javascript"},
		"http":              {redirect: []string{good, "http://a.example.com/cb"}},
		"logout call":       {redirect: []string{good}, more: map[string]any{"backchannelLogoutUri": "ftp://a.example.com"}, want: "invalid_client_metadata: backchannel_logout_uri is no web URL"},
		"no logo":           {redirect: []string{good}, more: map[string]any{"logoUri": ""}, want: "invalid_client_metadata: logo_uri is empty"},
		"relative logo":     {redirect: []string{good}, more: map[string]any{"logoUri": "/logo.png"}, want: "invalid_client_metadata: logo_uri is no web URL"},
		"logo":              {redirect: []string{good}, more: map[string]any{"logoUri": "https://a.example.com/logo.png"}},
		"useless wildcards": {redirect: []string{good, "https://*.com/cb"}},
	} {
		for _, kind := range []string{"SPA", "Native", "Traditional"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				metadata := map[string]any{"redirectUris": append([]string{}, tc.redirect...), "postLogoutRedirectUris": append([]string{}, tc.afterLogout...)}
				maps.Copy(metadata, tc.more)
				id := must(t, s, "POST", "/api/applications", map[string]any{"name": name, "type": kind, "oidcClientMetadata": metadata}, 200).str("id")
				want := tc.want
				if want == "" {
					want = "/sign-in?app_id=" + id
				}
				if got := askedFor(t, s, signInQuery(id, good)); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

func TestAuthorizationRequests(t *testing.T) {
	t.Parallel()
	s := started(t)
	app := func(kind string, custom map[string]any, uris ...string) string {
		if custom == nil {
			custom = map[string]any{}
		}
		return must(t, s, "POST", "/api/applications", map[string]any{
			"name": "a", "type": kind, "customClientMetadata": custom,
			"oidcClientMetadata": map[string]any{"redirectUris": append([]string{}, uris...), "postLogoutRedirectUris": []string{}},
		}, 200).str("id")
	}
	const cb = "https://a.example.com/cb"
	const mismatch = "invalid_redirect_uri: redirect_uri is not registered"
	const notAllowed = "the application may not use response_type"
	spa, two := app("SPA", nil, cb), app("SPA", nil, cb, cb+"2")
	wild := app("SPA", nil, "https://*.example.com/cb/*", "https://*.com/cb")
	native := app("Native", nil, "http://127.0.0.1/cb")
	for _, tc := range []struct{ client, uri, without, want string }{
		{"", cb, "", "invalid_request: missing required parameter 'client_id'"},
		{"nobody", cb, "", "invalid_client: invalid client nobody"},
		{spa, cb, "", "/sign-in?app_id=" + spa},
		{spa, "", "redirect_uri", "/sign-in?app_id=" + spa},
		{two, "", "redirect_uri", "invalid_request: missing required parameter 'redirect_uri'"},
		{spa, "https://A.example.com:443/cb", "", "/sign-in?app_id=" + spa},
		{spa, cb + "/", "", mismatch},
		{spa, cb, "response_type", "missing required parameter 'response_type'"},
		{spa, cb, "code_challenge", "code_challenge is missing"},
		{app("Traditional", nil, cb), cb, "code_challenge", "/sign-in"},
		{app(machineApp, nil, cb), cb, "", notAllowed},
		{app("Native", map[string]any{"isDeviceFlow": true}, cb), cb, "", notAllowed},
		{app("Native", map[string]any{"isDeviceFlow": true}), cb, "", mismatch},
		{wild, "https://b.example.com/cb/x/y", "", "/sign-in?app_id=" + wild},
		{wild, "https://b.c.example.com/cb/x", "", mismatch},
		{wild, "https://example.com/cb", "", mismatch},
		{wild, "https://*.example.com/cb/*", "", mismatch},
		{native, "http://127.0.0.1:49152/cb", "", "/sign-in?app_id=" + native},
		{native, "http://192.168.0.1:49152/cb", "", mismatch},
		{"demo-app", s.URL + "/demo-app", "", "/sign-in?app_id=demo-app"},
	} {
		query := signInQuery(tc.client, tc.uri)
		query.Del(tc.without)
		if got := askedFor(t, s, query); got != tc.want && !(tc.want == "/sign-in" && strings.HasPrefix(got, tc.want)) {
			t.Errorf("%s at %s without %q: got %s, want %s", tc.client, tc.uri, tc.without, got, tc.want)
		}
	}
}

// The Management API takes any text for an indicator; no token is issued for some.
func TestIndicatorsWithoutTokens(t *testing.T) {
	t.Parallel()
	s := started(t)
	const cb = "https://a.example.com/cb"
	app := must(t, s, "POST", "/api/applications", map[string]any{
		"name": "a", "type": "SPA",
		"oidcClientMetadata": map[string]any{"redirectUris": []string{cb}, "postLogoutRedirectUris": []string{}},
	}, 200).str("id")
	for indicator, want := range map[string]string{
		"https://api.example.com":    "/sign-in?app_id=" + app,
		"urn:orders":                 "/sign-in?app_id=" + app,
		"orders":                     "the indicator is no URI",
		"https://api.example.com#v1": "the indicator has a fragment",
		"https://api.example.com#":   "the indicator has a fragment",
	} {
		id := must(t, s, "POST", "/api/resources", map[string]any{"name": "r", "indicator": indicator}, 201).str("id")
		query := signInQuery(app, cb)
		query.Set("resource", indicator)
		if got := askedFor(t, s, query); got != want {
			t.Errorf("%s: got %s, want %s", indicator, got, want)
		}
		must(t, s, "PATCH", "/api/resources/"+id+"/is-default", map[string]any{"isDefault": true}, 200)
		resp, err := http.PostForm(s.URL+engine.TokenPath, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {AppID}, "client_secret": {AppSecret},
		})
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if refused := resp.StatusCode == http.StatusBadRequest; refused != strings.HasPrefix(want, "the indicator") {
			t.Errorf("%s as the default: %d", indicator, resp.StatusCode)
		}
	}
	query := signInQuery(app, cb)
	query.Set("resource", "https://nobody.example.com")
	if got := askedFor(t, s, query); got != "there is no such resource" {
		t.Errorf("unknown resource: %s", got)
	}
}

// The token endpoint does not load such an application either.
func TestTokenOfAnApplicationThatDoesNotLoad(t *testing.T) {
	t.Parallel()
	s := started(t)
	must(t, s, "PATCH", "/api/applications/"+AppID, map[string]any{
		"oidcClientMetadata": map[string]any{"redirectUris": []string{"https://a.example.com/#x"}, "postLogoutRedirectUris": []string{}},
	}, 200)
	resp, err := http.PostForm(s.URL+engine.TokenPath, url.Values{
		"grant_type": {"client_credentials"}, "client_id": {AppID}, "client_secret": {AppSecret}, "resource": {Resource},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(resp.StatusCode, " ", body["error_description"]); got != "400 redirect_uris has a fragment" {
		t.Errorf("got %s", got)
	}
}
