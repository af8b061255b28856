// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// issueAt is the code of the only issue of an answer, and where it stands.
func issueAt(answer doc) string {
	list, _ := answer.sub("data")["issues"].([]any)
	if len(list) != 1 {
		return ""
	}
	return issuesIn(answer)[0]
}

// What a real Logto answers to requests that are nearly right.
func TestStrictIssues(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		method, path string
		in           body
		issue        string
	}{
		"number for a type":    {"POST", "/api/organization-roles", body{"name": "r", "type": 5}, "invalid_enum_value at type"},
		"boolean for a type":   {"POST", "/api/organization-roles", body{"name": "r", "type": true}, "invalid_type at type"},
		"number for a mode":    {"PATCH", signInPath, body{"signInMode": 5}, "invalid_enum_value at signInMode"},
		"number for a field":   {"PATCH", "/api/account-center", body{"fields": body{"name": 1}}, "invalid_enum_value at fields.name"},
		"number for a tag":     {"PATCH", signInPath, body{"languageInfo": body{"autoDetect": true, "fallbackLanguage": 5}}, "custom at languageInfo.fallbackLanguage"},
		"no tag":               {"PATCH", signInPath, body{"languageInfo": body{"autoDetect": true}}, "custom at languageInfo.fallbackLanguage"},
		"number for a factor":  {"PATCH", signInPath, body{"mfa": body{"factors": []int{1}, "policy": "NoPrompt"}}, "invalid_enum_value at mfa.factors.0"},
		"number for a rotated": {"POST", configPath + "oidc/cookie-keys/rotate", body{"signingKeyAlgorithm": 1}, "invalid_enum_value at signingKeyAlgorithm"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := issueAt(must(t, NewServer(), tc.method, tc.path, tc.in, 400)); got != tc.issue {
				t.Errorf("%q, want %q", got, tc.issue)
			}
		})
	}
}

func TestStrictProfileFields(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const path = "/api/custom-profile-fields"
	field := body{"name": "f", "type": "Regex", "required": false, "config": body{"format": "a"}}
	must(t, s, "POST", path, field, 201)
	refused(t, s, "POST", path, field, 422, "custom_profile_fields.name_exists")
	field["label"] = strings.Repeat("x", 129) // the database looks at this first
	refused(t, s, "POST", path, field, 422, "entity.value_too_long")
	refused(t, s, "PUT", path+"/f", body{"type": "Regex", "required": false, "config": body{"format": ""}},
		400, "custom_profile_fields.invalid_regex_format")
}

func TestStrictSubjectToken(t *testing.T) {
	t.Parallel()
	s := NewServer()
	must(t, s, "POST", "/api/subject-tokens", body{"userId": ""}, 500)
	refused(t, s, "POST", "/api/subject-tokens", body{"userId": "nope"}, 404, "entity.relation_foreign_key_not_found")
}

func TestTimeWindows(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]map[string]int{
		"":                        {"1.43": 200, "1.41": 200},
		"start_time=-1":           {"1.43": 200, "1.41": 200},
		"start_time=":             {"1.43": 200, "1.41": 200},
		"start_time=x":            {"1.43": 400, "1.41": 400},
		"start_time=5&end_time=5": {"1.43": 200, "1.41": 400},
		"start_time=5&end_time=4": {"1.43": 400, "1.41": 400},
	} {
		for version, status := range want {
			for _, path := range []string{"/api/logs?", "/api/hooks/h/recent-logs?"} {
				if got, _ := older(version).Do("GET", path+query, nil); got != status {
					t.Errorf("%s %s%s: %d, want %d", version, path, query, got, status)
				}
			}
		}
	}
}

// A custom phrase is shown with all that it is.
func TestCustomPhraseShown(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const path = "/api/.well-known/phrases?lng=fr"
	if got := must(t, s, "GET", path, nil, 200); len(got) != 1 {
		t.Errorf("built-in: %d keys", len(got))
	}
	must(t, s, "PUT", "/api/custom-phrases/fr", body{"input": body{"username": "Nom"}}, 201)
	got := must(t, s, "GET", path, nil, 200)
	if got.str("languageTag") != "fr" || got.sub("translation").sub("input").str("username") != "Nom" {
		t.Errorf("%v %v", got["languageTag"], got.sub("translation")["input"])
	}
}

// issuesIn are the issues of an answer and where they stand, sorted.
func issuesIn(body map[string]any) []string {
	data, _ := body["data"].(map[string]any)
	list, _ := data["issues"].([]any)
	out := engine.Map(list, func(v any) string {
		issue, _ := v.(map[string]any)
		keys, _ := issue["path"].([]any)
		return fmt.Sprint(issue["code"]) + " at " + strings.Join(engine.Map(keys, func(key any) string { return fmt.Sprint(key) }), ".")
	})
	slices.Sort(out)
	return out
}
