// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// aroundEach runs a check on the Logto of a version and on the one before it.
func aroundEach(t *testing.T, version, before string, check func(t *testing.T, s *engine.Server, old bool)) {
	t.Helper()
	for _, v := range []string{version, before} {
		t.Run(v, func(t *testing.T) {
			t.Parallel()
			check(t, older(v), since.Older(v, version))
		})
	}
}

func TestOlderApplicationSecret(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.42", "1.41", func(t *testing.T, s *engine.Server, old bool) {
		id := made(t, s, "/api/applications", body{"name": "a", "type": machineApp}, 200)
		role := made(t, s, "/api/roles", body{"name": "r", "description": "d", "type": machineRole}, 200)
		must(t, s, "POST", "/api/roles/"+role+"/applications", body{"applicationIds": []string{id}}, 201)
		shown := must(t, s, "GET", "/api/applications/"+id, nil, 200).str("secret")
		_, list := s.Do("GET", "/api/roles/"+role+"/applications", nil)
		if got := strings.HasPrefix(shown, "#internal:"); got != old || docs(list)[0].str("secret") != shown {
			t.Errorf("secret %q, in the list %q", shown, docs(list)[0].str("secret"))
		}
		refused(t, s, "DELETE", "/api/applications/"+id+"/legacy-secret", nil, 400, "application.no_legacy_secret_found")
	})
	aroundEach(t, "1.40", "1.39", func(t *testing.T, s *engine.Server, old bool) {
		code := "entity.not_exists_with_id"
		if old {
			code = "entity.relation_foreign_key_not_found"
		}
		refused(t, s, "POST", "/api/applications/nope/secrets", body{"name": "n"}, 404, code)
	})
}

func TestOlderApplicationRoles(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.41", "1.40", func(t *testing.T, s *engine.Server, old bool) {
		app := made(t, s, "/api/applications", body{"name": "a", "type": machineApp}, 200)
		role := made(t, s, "/api/roles", body{"name": "r", "description": "d", "type": machineRole}, 200)
		path, add := "/api/applications/"+app+"/roles", body{"roleIds": []string{role}}
		status, answer := s.Do("POST", path, add)
		if _, isText := answer.(string); status != 201 || isText != old {
			t.Errorf("%d %v", status, answer)
		}
		if old {
			refused(t, s, "POST", path, add, 422, "application.role_exists")
			return
		}
		must(t, s, "POST", path, add, 201)
	})
}

func TestOlderOrganizations(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.41", "1.40", func(t *testing.T, s *engine.Server, old bool) {
		refused(t, s, "POST", "/api/organization-roles", body{"name": "r", "organizationScopeIds": []string{"nope"}},
			422, "entity.relation_foreign_key_not_found")
		if _, list := s.Do("GET", "/api/organization-roles", nil); len(docs(list)) == 1 != old {
			t.Errorf("roles after the failure: %v", list)
		}
	})
	for version, before := range map[string]string{"1.40": "1.39", "1.39": "1.38"} {
		aroundEach(t, version, before, func(t *testing.T, s *engine.Server, _ bool) {
			user := made(t, s, "/api/users", body{"username": "u"}, 200)
			path := "/api/organizations/" + made(t, s, "/api/organizations", body{"name": "o"}, 201) + "/users"
			status, answer := s.Do("POST", path, body{"userIds": []string{user}})
			if _, isText := answer.(string); status != 201 || isText != s.Before("1.39") {
				t.Errorf("%d %v", status, answer)
			}
			if twice := (body{"userIds": []string{user, user}}); s.Before("1.40") {
				refused(t, s, "PUT", path, twice, 422, "entity.unique_integrity_violation")
			} else {
				must(t, s, "PUT", path, twice, 204)
			}
		})
	}
}

func TestOlderUsers(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.38", "1.37", func(t *testing.T, s *engine.Server, old bool) {
		user := "/api/users/" + made(t, s, "/api/users", body{"username": "u", "password": "p"}, 200)
		if got := must(t, s, "GET", user+"?includePasswordHash=true", nil, 200); (got["passwordDigest"] == nil) != old {
			t.Errorf("digest %v", got["passwordDigest"])
		}
		status := map[bool]int{true: 400, false: 200}[old]
		must(t, s, "PATCH", user+"/logto-configs", body{"mfa": body{"skipped": true}}, status)
		must(t, s, "PATCH", user+"/logto-configs", body{
			"mfa": body{"skipped": true, "skipMfaOnSignIn": true}, "passkeySignIn": body{"skipped": true},
		}, 200)
		mfa := body{"factors": []string{}, "policy": "UserControlled"}
		if got := must(t, s, "PATCH", signInPath, body{"mfa": mfa}, 200).sub("adaptiveMfa"); (len(got) == 0) != old {
			t.Errorf("adaptive MFA %v", got)
		}
		code := map[bool]string{true: "entity.not_exists", false: "entity.not_exists_with_id"}[old]
		refused(t, s, "PATCH", "/api/resources/nope/is-default", body{"isDefault": false}, 404, code)
	})
}

func TestOlderTimeWindows(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.40", "1.39", func(t *testing.T, s *engine.Server, old bool) {
		for _, path := range []string{"/api/logs", "/api/hooks/h/recent-logs"} {
			status, _ := s.Do("GET", path+"?start_time=5&end_time=2", nil)
			if want := map[bool]int{true: 200, false: 400}[old]; status != want {
				t.Errorf("%s: %d, want %d", path, status, want)
			}
		}
		status := map[bool]int{true: 204, false: 404}[old]
		must(t, s, "DELETE", "/api/custom-profile-fields/nope", nil, status)
	})
}

func TestOlderSSO(t *testing.T) {
	t.Parallel()
	saml := func(config body) body {
		return body{"connectorName": "n", "providerName": "SAML", "config": config}
	}
	broken := saml(body{"metadata": "<bad"})
	must(t, older("1.41"), "POST", ssoPath, broken, 500)
	refused(t, older("1.40"), "POST", ssoPath, broken, 400, "connector.invalid_certificate")

	certificate, err := newCertificate(time.Now(), time.Now().AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	signing := body{"entityId": "e", "signInEndpoint": "https://a.example", "x509Certificate": certificate, "signAuthnRequest": true}
	refused(t, older("1.43"), "POST", ssoPath, saml(signing), 400, "single_sign_on.active_signing_key_required")
	for _, version := range []string{"1.42", "1.41"} {
		if config := must(t, older(version), "POST", ssoPath, saml(signing), 200).sub("config"); config["signAuthnRequest"] != nil {
			t.Errorf("%s stores %v", version, config)
		}
	}
	signing["signAuthnRequest"] = "yes"
	refused(t, older("1.42"), "POST", ssoPath, saml(signing), 400, "connector.invalid_config")
	must(t, older("1.41"), "POST", ssoPath, saml(signing), 200)
}

func TestOlderKeys(t *testing.T) {
	t.Parallel()
	aroundEach(t, "1.39", "1.38", func(t *testing.T, s *engine.Server, old bool) {
		const path = configPath + "oidc/private-keys"
		status, answer := s.Do("POST", path+"/rotate", body{})
		keys := docs(answer)
		if status != 200 || len(keys) != 2 || (keys[0]["status"] == nil) != old {
			t.Fatalf("%d %v", status, answer)
		}
		must(t, s, "DELETE", path+"/"+keys[0].str("id"), nil, map[bool]int{true: 204, false: 422}[old])
	})
}

func TestOlderRefusedValue(t *testing.T) {
	t.Parallel()
	s := older("1.42")
	app := made(t, s, "/api/applications", body{"name": "a", "type": "SPA", "isThirdParty": true}, 200)
	got := must(t, s, "POST", "/api/applications/"+app+"/user-consent-scopes",
		body{"userScopes": []string{"email", "urn:logto:scope:trusted_devices"}}, 400)
	issues, _ := got.sub("data")["issues"].([]any)
	at, _ := issues[0].(map[string]any)["path"].([]any)
	if !slices.Equal(at, []any{"userScopes", 1.0}) {
		t.Errorf("the issue is at %v", at)
	}
	both := must(t, s, "POST", "/api/applications/"+app+"/user-consent-scopes",
		body{"userScopes": []string{"urn:logto:scope:trusted_devices"}, "resourceScopes": 5}, 400)
	if got := issuesIn(both); !slices.Equal(got, []string{"invalid_enum_value at userScopes.0", "invalid_type at resourceScopes"}) {
		t.Errorf("issues %v", got)
	}
	must(t, older("1.38"), "PUT", configPath+"jwt-customizer/access-token", body{"script": "s", "blockIssuanceOnError": []any{}}, 400)
	for value, code := range map[any]string{true: "custom", "": "invalid_type"} {
		old := older("1.40")
		id := made(t, old, "/api/applications", body{"name": "a", "type": "SPA"}, 200)
		refusal := must(t, old, "PATCH", "/api/applications/"+id, body{"appLevelAccessControlEnabled": value}, 400)
		if got := issueAt(refusal); got != code+" at appLevelAccessControlEnabled" {
			t.Errorf("%v: %s", value, got)
		}
	}
	must(t, older("1.40"), "PATCH", signInPath, body{"signUpProfileFields": "x"}, 400)
	refused(t, older("1.40"), "PATCH", signInPath, body{"signUpProfileFields": []any{}}, 422, "entity.invalid_input")
}

func TestOlderFactories(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]int{"1.43": 49, "1.40": 48, "1.39": 45, "1.37": 44} {
		_, list := older(version).Do("GET", "/api/connector-factories", nil)
		if got := len(docs(list)); got != want {
			t.Errorf("%s has %d factories, want %d", version, got, want)
		}
	}
	aroundEach(t, "1.40", "1.39", func(t *testing.T, s *engine.Server, old bool) {
		in := body{"connectorId": "smsbao-sms"}
		if old {
			refused(t, s, "POST", connectorPath, in, 422, "connector.not_found_with_connector_id")
			return
		}
		must(t, s, "POST", connectorPath, in, 200)
	})
}
