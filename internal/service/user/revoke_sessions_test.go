// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// signedIn is a user in memory who has two sessions: one of an application of the
// tenant's own, and one of that and of a third-party application.
type signedIn struct {
	target       *acctest.Target
	user         string
	plain, mixed string // the sessions
}

func signIn(t *testing.T) signedIn {
	t.Helper()
	s := signedIn{target: acctest.StartMemory(t)} // to a real one, people sign in in a browser
	s.user = newUser(t, s.target)
	application := func(thirdParty bool) string {
		_, answer := s.target.Do(t, http.MethodPost, "/api/applications", map[string]any{"name": "App", "type": "Traditional", "isThirdParty": thirdParty,
			"oidcClientMetadata": map[string]any{"redirectUris": []string{}, "postLogoutRedirectUris": []string{}}})
		return answer.(map[string]any)["id"].(string)
	}
	own, other := application(false), application(true)
	session := func(applications ...string) string {
		id, err := fakelogto.SignIn(s.target.Server, s.user, applications...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	s.plain, s.mixed = session(own), session(own, other)
	return s
}

// revoke invokes the action and checks what it says and what is left.
func (s signedIn) revoke(t *testing.T, more map[string]any, wantProgress string, wantSessions, wantGrants int) {
	t.Helper()
	config := map[string]any{"user_id": s.user}
	maps.Copy(config, more)
	progress, errors := s.target.Invoke(t, "logto_revoke_user_sessions", config)
	if want := strings.ReplaceAll(wantProgress, "{user}", s.user); progress != want || errors != "" {
		t.Errorf("%v: progress %q, want %q, errors %q", more, progress, want, errors)
	}
	for kind, want := range map[string]int{"sessions": wantSessions, "grants": wantGrants} {
		left, _ := s.target.Get(t, "/api/users/"+s.user+"/"+kind)[kind].([]any)
		if len(left) != want {
			t.Errorf("%v: %d %s are left, want %d", more, len(left), kind, want)
		}
	}
}

func TestAccRevokeUserSessions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config           map[string]any
		progress         string
		sessions, grants int
	}{
		"sessions":             {nil, "Revoked 2 session(s) of the user {user}.", 0, 3},
		"sessions and all":     {map[string]any{"revoke_grants_target": "all"}, "Revoked 2 session(s) of the user {user}.", 0, 0},
		"sessions and own":     {map[string]any{"revoke_grants_target": "firstParty"}, "Revoked 2 session(s) of the user {user}.", 0, 1},
		"one session":          {map[string]any{"session_id": "mixed"}, "Revoked 1 session(s) of the user {user}.", 1, 3},
		"one session and all":  {map[string]any{"session_id": "mixed", "revoke_grants_target": "all"}, "Revoked 1 session(s) of the user {user}.", 1, 1},
		"one session and own":  {map[string]any{"session_id": "mixed", "revoke_grants_target": "firstParty"}, "Revoked 1 session(s) of the user {user}.", 1, 2},
		"a session that ended": {map[string]any{"session_id": "nothing"}, "Revoked 0 session(s) of the user {user}.", 2, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := signIn(t)
			if c.config["session_id"] == "mixed" {
				c.config["session_id"] = s.mixed
			}
			s.revoke(t, c.config, c.progress, c.sessions, c.grants)
		})
	}
}

// Grants outlive their sessions, and are revoked all the same.
func TestAccRevokeUserSessions_grants(t *testing.T) {
	t.Parallel()
	s := signIn(t)
	s.revoke(t, nil, "Revoked 2 session(s) of the user {user}.", 0, 3)
	s.revoke(t, map[string]any{"revoke_grants_target": "firstParty"}, "Revoked 0 session(s) of the user {user}.\nRevoked 2 grant(s) of other sessions.", 0, 1)
	s.revoke(t, map[string]any{"revoke_grants_target": "all"}, "Revoked 0 session(s) of the user {user}.\nRevoked 1 grant(s) of other sessions.", 0, 0)
	s.revoke(t, map[string]any{"revoke_grants_target": "all"}, "Revoked 0 session(s) of the user {user}.", 0, 0)
}

// Whatever fails on the way, all sessions and grants are revoked.
func TestAccRevokeUserSessions_faults(t *testing.T) {
	t.Parallel()
	s := signIn(t)
	for _, path := range []string{"/api/users/*", "/api/users/*/sessions", "/api/users/*/sessions/*", "/api/users/*/grants", "/api/users/*/grants/*"} {
		for _, f := range []fakelogto.Fault{{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}}, {Status: http.StatusServiceUnavailable}, {Drop: fakelogto.DropAfter}} {
			f.Path, f.Times = path, 1
			s.target.Server.Inject(f)
		}
	}
	progress, errors := s.target.Invoke(t, "logto_revoke_user_sessions", map[string]any{"user_id": s.user, "revoke_grants_target": "all"})
	if errors != "" {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	for _, kind := range []string{"oidc_sessions", "oidc_grants"} {
		if left := s.target.Server.Rows()[kind]; left > 0 {
			t.Errorf("%d %s are left", left, kind)
		}
	}
}

func TestAccRevokeUserSessions_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	user := newUser(t, target)
	for _, c := range []struct {
		config map[string]any
		want   string
	}{
		{map[string]any{"user_id": "nobody"}, "entity.not_found"},
		{map[string]any{"user_id": "nobody", "session_id": "nothing"}, "entity.not_found"},
		{map[string]any{"user_id": user, "revoke_grants_target": "thirdParty"}, "revoke_grants_target"},
		{map[string]any{"user_id": user, "session_id": ""}, "session_id"},
		{map[string]any{"user_id": ""}, "user_id"},
		{map[string]any{}, "user_id"},
	} {
		if progress, errors := target.Invoke(t, "logto_revoke_user_sessions", c.config); !strings.Contains(errors, c.want) || progress != "" {
			t.Errorf("%v: progress %q, errors %q", c.config, progress, errors)
		}
	}
	progress, errors := target.Invoke(t, "logto_revoke_user_sessions", map[string]any{"user_id": user})
	if errors != "" || progress != "Revoked 0 session(s) of the user "+user+"." {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
}

// A session of somebody else stays.
func TestAccRevokeUserSessions_other(t *testing.T) {
	t.Parallel()
	s := signIn(t)
	_, answer := s.target.Do(t, http.MethodPost, "/api/users", map[string]any{"name": "Somebody else"})
	other, _ := answer.(map[string]any)["id"].(string)
	_, errors := s.target.Invoke(t, "logto_revoke_user_sessions", map[string]any{"user_id": other, "session_id": s.plain})
	if !strings.Contains(errors, "oidc.invalid_session_account_id") || !strings.Contains(errors, "session_id") {
		t.Errorf("errors %q", errors)
	}
	s.revoke(t, map[string]any{"session_id": "nothing"}, "Revoked 0 session(s) of the user {user}.", 2, 3)
}

// Terraform invokes the action when what triggers it changes.
func TestAccRevokeUserSessions_triggered(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("actions need Terraform 1.14")
	}
	s := signIn(t)
	config := func(version int) string {
		return `
action "logto_revoke_user_sessions" "test" {
  config {
    user_id = "` + s.user + `"
  }
}
resource "terraform_data" "test" {
  input = ` + strconv.Itoa(version) + `
  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.logto_revoke_user_sessions.test]
    }
  }
}`
	}
	rows := func(want int) {
		t.Helper()
		if got := s.target.Server.Rows()["oidc_sessions"]; got != want {
			t.Errorf("%d sessions, want %d", got, want)
		}
	}
	s.target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(1), PostApplyFunc: func() { rows(2) }},
		{Config: config(2), PostApplyFunc: func() { rows(0) }},
	}})
}
