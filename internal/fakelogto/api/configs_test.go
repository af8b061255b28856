// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const configPath = "/api/configs/"

func TestSigningKeys(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const keys = configPath + "oidc/private-keys"
	states := func(v any) (out string) {
		for _, k := range docs(v) {
			out += k.str("status") + " "
		}
		return out
	}
	rotate := func(in body, want string) []doc {
		t.Helper()
		_, got := s.Do("POST", keys+"/rotate", in)
		if states(got) != want {
			t.Errorf("rotated to %s, want %s", states(got), want)
		}
		return docs(got)
	}
	refused(t, s, "DELETE", keys+"/nope", nil, 422, "oidc.key_required")
	first := rotate(body{}, "Current Previous ")
	if second := rotate(body{"signingKeyAlgorithm": "RSA"}, "Current Previous "); second[1].str("id") != first[0].str("id") {
		t.Error("the oldest key stayed")
	}
	staged := rotate(body{"rotationGracePeriod": 60}, "Next Current Previous ")
	refused(t, s, "POST", keys+"/rotate", nil, 422, "oidc.invalid_request")
	refused(t, s, "DELETE", keys+"/"+staged[0].str("id"), nil, 422, "oidc.only_previous_key_can_be_deleted")
	refused(t, s, "DELETE", keys+"/nope", nil, 404, "oidc.key_not_found")
	if again := rotate(body{"rotationGracePeriod": 60}, "Next Current Previous "); again[0].str("id") == staged[0].str("id") {
		t.Error("the staged key stayed")
	}
	must(t, s, "DELETE", keys+"/"+staged[2].str("id"), nil, 204)

	later := time.Now().Add(2 * time.Minute)
	s.Locked(func(db *engine.Store) { db.Now = func() time.Time { return later } })
	if _, got := s.Do("GET", keys, nil); states(got) != "Current Previous " {
		t.Errorf("after the grace period %s", states(got))
	}
	refused(t, s, "POST", configPath+"oidc/cookie-keys/rotate", body{"rotationGracePeriod": 1}, 422, "oidc.invalid_request")
}

func TestScripts(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const jwt, action = configPath + "jwt-customizer/access-token", configPath + "actions/action.postSignIn"
	for path, code := range map[string]string{jwt: "access-token", action: "action.postSignIn"} {
		refused(t, s, "PATCH", path, body{"script": "x"}, 404, "entity.not_exists_with_id")
		must(t, s, "PUT", path, body{"script": "", "environmentVariables": body{"A": "1"}}, 201)
		got := must(t, s, "PUT", path, body{"script": "x"}, 200)
		if fmt.Sprint(got) != "map[script:x]" {
			t.Errorf("%s replaced by %v", code, got)
		}
	}
	// Only actions are updated in part.
	refused(t, s, "PATCH", jwt, body{"environmentVariables": body{}}, 400, "guard.invalid_input")
	must(t, s, "PATCH", action, body{"enabled": false}, 200)
	must(t, s, "DELETE", jwt, nil, 204)
	refused(t, s, "DELETE", jwt, nil, 404, "entity.not_found")
}

func TestRunScript(t *testing.T) {
	t.Parallel()
	in := engine.Object{{"event", engine.Object{{"user", engine.Object{{"id", "u"}}}, {"list", []any{1.0, 2.0}}}}}
	for _, c := range []struct {
		code, want string // the JSON of the result, "" for undefined, "!" for an error
	}{
		{`const f = async ({ event }) => ({ id: event.user.id, "two": event.list[1], ...event.user, no: undefined });`, `{"id":"u","two":2}`},
		{"async function f(all) { // comment\n return [all.event.user[\"id\"], 'q', `t`, true, null]; }", `["u","q","t",true,null]`},
		{`const f = async () => undefined;`, ""},
		{`const f = async () => {};`, ""},
		{`const f = async () => null;`, "null"},
		{`const f = ({ event }) => event.nobody.id;`, "!"},
		{`const f = () => nobody;`, "!"},
		{`const g = () => 1;`, "!"},
		{`syntax ((`, "!"},
		{``, "!"},
	} {
		value, defined, err := runScript(c.code, "f", in)
		got := ""
		switch {
		case err != nil:
			got = "!"
		case defined:
			got = string(engine.AppendJSON(nil, value))
		}
		if got != c.want {
			t.Errorf("%s: %s (%v), want %s", c.code, got, err, c.want)
		}
	}
}
