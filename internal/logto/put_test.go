// SPDX-License-Identifier: MPL-2.0

package logto_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// An object that is made by PUT is adopted when no answer to the PUT arrives, and only
// then: what another has put there meanwhile is not taken for it.
func TestPutWithoutAnswer(t *testing.T) {
	t.Parallel()
	calls := map[string]struct {
		path   string
		create func(*logto.Client) error
		others any
	}{
		"script": {
			path: "/api/configs/jwt-customizer/access-token",
			create: func(c *logto.Client) error {
				return second(c.JWTCustomizers().Create(t.Context(), logto.Key{"access-token"}, logto.ScriptInput{Script: "const getCustomJwtClaims = async () => ({});"}))
			},
			others: map[string]any{"script": "const getCustomJwtClaims = async () => ({ other: 1 });"},
		},
		"phrases": {
			path: "/api/custom-phrases/sv-SE",
			create: func(c *logto.Client) error {
				return second(c.CustomPhrases().Create(t.Context(), logto.Key{"sv-SE"}, logto.CustomPhraseInput{Translation: json.RawMessage(`{"action":{"sign_in":"Logga in"}}`)}))
			},
			others: map[string]any{"action": map[string]any{"sign_in": "Fel"}},
		},
		"email template": {
			path: "/api/email-templates",
			create: func(c *logto.Client) error {
				return second(c.EmailTemplates().Create(t.Context(), logto.Key{"sv", "SignIn"}, logto.EmailTemplateDetails{Subject: "s", Content: "c"}))
			},
			others: map[string]any{"templates": []any{map[string]any{"languageTag": "sv", "templateType": "SignIn", "details": map[string]any{"subject": "s", "content": "other"}}}},
		},
	}
	for name, call := range calls {
		t.Run(name+" lost", func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			s.Inject(fakelogto.Fault{Method: http.MethodPut, Path: call.path, Drop: fakelogto.DropAfter})
			if err := call.create(connect(t, s)); err != nil {
				t.Errorf("%v, want it to be found", err)
			}
		})
		t.Run(name+" of another", func(t *testing.T) {
			t.Parallel()
			s := fakelogto.Start(t)
			s.Inject(fakelogto.Fault{Method: http.MethodPut, Path: call.path, Answer: func(fakelogto.Answer) fakelogto.Answer {
				s.Do(http.MethodPut, call.path, call.others)
				return fakelogto.Answer{Status: http.StatusServiceUnavailable}
			}})
			if err := call.create(connect(t, s)); err == nil {
				t.Error("what another has put there was taken for it")
			}
		})
	}
}

// A kind that is not known before the apply can be any text.
func TestScopeOfNoKind(t *testing.T) {
	t.Parallel()
	s := fakelogto.Start(t)
	if _, err := connect(t, s).OrganizationRoleScopesOfAnyKind().Create(t.Context(), logto.Key{"r", "s"}, "nonsense"); err == nil || !strings.Contains(err.Error(), `"organization"`) {
		t.Errorf("%v, want an error that says which kinds there are", err)
	}
	if calls := s.Calls(); len(calls) > 0 {
		t.Errorf("it made the calls %v", calls)
	}
}
