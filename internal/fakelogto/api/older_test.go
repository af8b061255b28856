// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// older is a tenant of an older Logto.
func older(version string) *engine.Server {
	s := NewServer()
	s.BecomeOlder(version)
	return s
}

func TestOlderOperations(t *testing.T) {
	t.Parallel()
	newest := NewServer().Operations()
	names := func(operation string) string { // without those of parameters
		parts := strings.Split(operation, "/")
		for i := range parts {
			if strings.HasPrefix(parts[i], "{") {
				parts[i] = "{}"
			}
		}
		return strings.Join(parts, "/")
	}
	for _, o := range since.Operations() {
		if !slices.ContainsFunc(newest, func(n string) bool { return names(n) == names(o.Operation) }) {
			t.Errorf("%s is no operation", o.Operation)
		}
	}
	s := older("1.41")
	if got, want := len(s.Operations()), len(newest)-len(engine.Filter(since.Operations(), func(o since.Operation) bool {
		return since.Older("1.41", o.Since)
	})); got != want {
		t.Errorf("%d operations, want %d", got, want)
	}
	for _, c := range []struct {
		version, path string
		status        int
	}{
		{"1.43", "/api/configs/cimd", 200},
		{"1.42", "/api/configs/cimd", 404},
		{"1.42", "/api/configs/actions", 200},
		{"1.41", "/api/configs/actions", 404},
		{"1.38", "/api/configs/oidc/session", 200},
		{"1.37", "/api/configs/oidc/session", 400}, // which it takes for a type of keys
	} {
		status, answer := older(c.version).Do("GET", c.path, nil)
		if status != c.status || status == 404 && answer != "Not Found" {
			t.Errorf("%s of %s: %d %v, want %d", c.path, c.version, status, answer, c.status)
		}
	}
}

func TestOlderSettings(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.37", "1.39", "1.40", "1.41", "1.43"} {
		s := older(version)
		before := func(v string) bool { return since.Older(version, v) }
		shown := func(object doc, key string, want bool) {
			t.Helper()
			if _, ok := object[key]; ok != want {
				t.Errorf("%s: %s is shown: %t", version, key, ok)
			}
		}
		made := must(t, s, "POST", "/api/applications", body{"name": "a", "type": "Native",
			"customClientMetadata": body{"isDeviceFlow": true, "maxAllowedGrants": 3, "rotateRefreshToken": true}}, 200)
		shown(made.sub("customClientMetadata"), "isDeviceFlow", !before("1.38"))
		shown(made.sub("customClientMetadata"), "rotateRefreshToken", true)
		shown(made, "appLevelAccessControlEnabled", !before("1.40"))
		if version == "1.40" { // it shows the setting, and refuses to be given it
			refused(t, s, "PATCH", "/api/applications/"+made.str("id"), body{"appLevelAccessControlEnabled": false}, 400, "guard.invalid_input")
		}

		shown(must(t, s, "GET", signInPath, nil, 200), "usernamePolicy", !before("1.41"))
		shown(must(t, s, "GET", signInPath, nil, 200), "signUpProfileFields", !before("1.39"))
		if before("1.41") {
			refused(t, s, "PATCH", signInPath, body{"usernamePolicy": body{}, "signUpProfileFields": []any{}}, 422, "entity.invalid_input")
		}
		if before("1.39") {
			refused(t, s, "PUT", configPath+"jwt-customizer/access-token", body{"script": "s", "blockIssuanceOnError": true}, 400, "guard.invalid_input")
		}
		hook := body{"name": "h", "events": []string{"Message.RateLimited", "PostSignIn"}, "config": body{"url": "https://h.example"}}
		if before("1.41") {
			refused(t, s, "POST", "/api/hooks", hook, 400, "guard.invalid_input")
		} else {
			must(t, s, "POST", "/api/hooks", hook, 201)
		}
		must(t, s, "POST", "/api/users", body{"username": "u"}, 200)
		_, users := s.Do("GET", "/api/users", nil)
		shown(docs(users)[0], "cimdClientId", !before("1.43"))
	}
}

func TestOlderAnswers(t *testing.T) {
	t.Parallel()
	s := older("1.42")
	organization := made(t, s, "/api/organizations", body{"name": "o"}, 201)
	must(t, s, "PATCH", "/api/organizations/"+organization, body{"id": "renamed"}, 200)
	user := made(t, s, "/api/users", body{"username": "u"}, 200)
	must(t, s, "POST", "/api/organizations/renamed/users", body{"userIds": []string{user}}, 201)
	refused(t, s, "POST", "/api/organizations/renamed/users/"+user+"/roles", body{}, 422, "entity.invalid_input")
	refused(t, s, "PATCH", signInPath, body{"signUpProfileFields": []any{body{"name": "nope"}}}, 400,
		"custom_profile_fields.entity_not_exists_with_names")
	app := made(t, s, "/api/applications", body{"name": "a", "type": "SPA", "isThirdParty": true}, 200)
	consent := "/api/applications/" + app + "/user-consent-scopes"
	refused(t, s, "POST", consent, body{"resourceScopes": []any{}}, 422, "entity.invalid_input")
	refused(t, s, "POST", consent, body{"userScopes": []any{"urn:logto:scope:trusted_devices"}}, 400, "guard.invalid_input")
	connector := made(t, s, ssoPath, body{"connectorName": "n", "providerName": "SAML"}, 200)
	must(t, s, "GET", ssoPath+"/"+connector+"/signing-keys", nil, 404)
}
