// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// actionExamples are the calls with which the actions of the examples do their work. made creates what an
// example has the ID of, and returns that ID. refused is a part of the error where the Logto in memory cannot do it.
var actionExamples = map[string]struct {
	call, id, refused string
	made              func(*testing.T, *acctest.Target) string
}{
	"clear_sentinel_activities": {call: "POST /api/sentinel-activities/delete"},
	"delete_legacy_application_secret": {call: "DELETE /api/applications/{id}/legacy-secret", id: "a1b2c3d4e5f6g7h8i9j0k",
		made: creates("/api/applications", map[string]any{"name": "Importer", "type": "MachineToMachine", "oidcClientMetadata": map[string]any{"redirectUris": []any{}, "postLogoutRedirectUris": []any{}}})},
	"delete_oidc_key": {call: "DELETE /api/configs/oidc/private-keys/{id}", id: "k1a2b3c4d5e6f7g8h9i0j",
		made: func(t *testing.T, target *acctest.Target) string {
			t.Helper()
			_, answer := target.Do(t, http.MethodPost, "/api/configs/oidc/private-keys/rotate", nil)
			return answer.([]any)[1].(map[string]any)["id"].(string)
		}},
	"delete_vault_secret": {call: "DELETE /api/secrets/v1b2c3d4e5f6g7h8i9j0k"},
	"expire_user_password": {call: "PATCH /api/users/{id}/password/expiration", id: "u1a2b3c4d5e6", made: jane,
		refused: "password_expiration_not_enabled"}, // by the sign-in experience
	"reset_user_mfa": {call: "DELETE /api/users/{id}/mfa-verifications/", id: "u1a2b3c4d5e6", made: func(t *testing.T, target *acctest.Target) string {
		t.Helper()
		id := jane(t, target)
		target.Do(t, http.MethodPost, "/api/users/"+id+"/mfa-verifications", map[string]any{"type": "Totp"})
		return id
	}},
	"revoke_one_time_token": {call: "PUT /api/one-time-tokens/{id}/status", id: "t1a2b3c4d5e6f7g8h9i0j",
		made: creates("/api/one-time-tokens", map[string]any{"email": "jane@example.com"})},
	"revoke_user_sessions": {call: "GET /api/users/{id}/sessions", id: "u1a2b3c4d5e6", made: jane},
	"rotate_hook_signing_key": {call: "PATCH /api/hooks/{id}/signing-key", id: "h1a2b3c4d5e6f7g8h9i0j",
		made: creates("/api/hooks", map[string]any{"name": "Users", "events": []string{"User.Created"}, "config": map[string]any{"url": "https://hooks.example.com"}})},
	"rotate_oidc_keys":             {call: "POST /api/configs/oidc/private-keys/rotate"},
	"send_organization_invitation": {call: "POST /api/organization-invitations/", refused: "connector"},
	"set_invitation_status": {call: "PUT /api/organization-invitations/{id}/status", id: "i1a2b3c4d5e6f7g8h9i0j", made: func(t *testing.T, target *acctest.Target) string {
		t.Helper()
		acme := creates("/api/organizations", map[string]any{"name": "Acme"})(t, target)
		return creates("/api/organization-invitations", map[string]any{"organizationId": acme, "invitee": "jane@example.com", "expiresAt": 4102444800000})(t, target)
	}},
	"test_action":    {call: "POST /api/configs/actions/test"},
	"test_connector": {call: "POST /api/connectors/", refused: "connector"},
	"test_hook": {call: "POST /api/hooks/{id}/test", id: "h1a2b3c4d5e6f7g8h9i0j", refused: "hook.",
		made: creates("/api/hooks", map[string]any{"name": "Users", "events": []string{"User.Created"}, "config": map[string]any{"url": "http://127.0.0.1:1"}})},
	"test_jwt_customizer": {call: "POST /api/configs/jwt-customizer/test"},
}

// creates returns what creates an object at a path, and returns its ID.
func creates(path string, body map[string]any) func(*testing.T, *acctest.Target) string {
	return func(t *testing.T, target *acctest.Target) string {
		t.Helper()
		status, answer := target.Do(t, http.MethodPost, path, body)
		object, ok := answer.(map[string]any)
		if !ok || status/100 != 2 {
			t.Fatalf("POST %s: HTTP %d, %v", path, status, answer)
		}
		return object["id"].(string)
	}
}

func jane(t *testing.T, target *acctest.Target) string {
	t.Helper()
	return creates("/api/users", map[string]any{"username": "jane"})(t, target)
}

// The command that each example of an action names invokes it, and Logto gets its call.
func TestAccActionExamples(t *testing.T) {
	t.Parallel()
	for _, file := range examples(t, "actions/*/action.tf") {
		name := strings.TrimPrefix(filepath.Base(filepath.Dir(file)), "logto_")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !acctest.AtLeast(t, "1.14.0", "") {
				t.Skip("actions need Terraform 1.14; OpenTofu does not have them")
			}
			example, ok := actionExamples[name]
			if !ok {
				t.Fatal("actionExamples does not say which call the action makes: add a line for it")
			}
			text, target := read(t, file), acctest.StartMemory(t)
			command := regexp.MustCompile(`(?m)^# terraform (apply -invoke=\S+)$`).FindStringSubmatch(text)
			if command == nil {
				t.Fatal("no comment of the example names the command, as # terraform apply -invoke=action.logto_test_hook.users")
			}
			id := ""
			if example.made != nil {
				id = example.made(t, target)
				text = strings.ReplaceAll(text, example.id, id)
			}
			f := newFolder(t, target, map[string]string{"versions.tf": withProvider, "main.tf": text}, nil)
			f.run(t, "apply", "-auto-approve") // what the action refers to
			target.Reset()
			out, err := f.try(t, append(strings.Fields(command[1]), "-auto-approve")...)
			if (err != nil) != (example.refused != "") || !strings.Contains(out, example.refused) {
				t.Errorf("%v\n%s", err, out)
			}
			want := strings.ReplaceAll(example.call, "{id}", id)
			if calls := strings.Join(target.Calls(), "\n"); !strings.Contains(calls, want) {
				t.Errorf("Logto got no %s:\n%s\n%s", want, calls, out)
			}
		})
	}
}
