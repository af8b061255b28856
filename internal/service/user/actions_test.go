// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccResetUserMFA(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	user := newUser(t, target)
	path := "/api/users/" + user + "/mfa-verifications"
	factors := func() int {
		_, answer := target.Do(t, http.MethodGet, path, nil)
		return len(answer.([]any))
	}
	target.Do(t, http.MethodPost, path, map[string]any{"type": "Totp"})
	target.Do(t, http.MethodPost, path, map[string]any{"type": "BackupCode"})
	reset := func(config map[string]any, want string, left int) {
		t.Helper()
		config["user_id"] = user
		progress, errors := target.Invoke(t, "logto_reset_user_mfa", config)
		if progress != want || errors != "" {
			t.Errorf("progress %q, errors %q, want %q", progress, errors, want)
		}
		if n := factors(); n != left {
			t.Errorf("%d factors are left, want %d", n, left)
		}
	}
	reset(map[string]any{"factors": []any{"WebAuthn"}}, "Deleted 0 factor(s) of the user "+user+".", 2)
	reset(map[string]any{"factors": []any{"BackupCode"}}, "Deleted 1 factor(s) of the user "+user+".", 1)
	reset(map[string]any{}, "Deleted 1 factor(s) of the user "+user+".", 0)
	if _, errors := target.Invoke(t, "logto_reset_user_mfa", map[string]any{"user_id": "nobody"}); !strings.Contains(errors, "HTTP 404") {
		t.Errorf("a user who does not exist: %q", errors)
	}
}

func TestAccExpireUserPassword(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	if !target.AtLeast(t, "1.41") {
		t.Skip("needs Logto 1.41")
	}
	user := newUser(t, target)
	if progress, errors := target.Invoke(t, "logto_expire_user_password", map[string]any{"user_id": user, "is_expired": false}); progress != "The password of the user "+user+" is not expired." || errors != "" {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	if target.Server == nil {
		return // the sign-in experience of a real tenant is not this test's to change
	}
	if _, errors := target.Invoke(t, "logto_expire_user_password", map[string]any{"user_id": user}); !strings.Contains(errors, "password_expiration") {
		t.Errorf("without the policy: %q", errors)
	}
}

func TestAccRevokeOneTimeToken(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	_, answer := target.Do(t, http.MethodPost, "/api/one-time-tokens", map[string]any{"email": target.Name + "@example.com"})
	id := answer.(map[string]any)["id"].(string)
	if _, errors := target.Invoke(t, "logto_revoke_one_time_token", map[string]any{"token_id": id}); errors != "" {
		t.Error(errors)
	}
	if status := target.Get(t, "/api/one-time-tokens/"+id)["status"]; status != "revoked" {
		t.Errorf("the token is %v", status)
	}
	if progress, errors := target.Invoke(t, "logto_revoke_one_time_token", map[string]any{"token_id": "nothing"}); progress == "" || errors != "" {
		t.Errorf("a token that does not exist: progress %q, errors %q", progress, errors)
	}
}
