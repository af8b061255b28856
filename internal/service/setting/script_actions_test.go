// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// invoked is an action with what it says, or a part of its error.
type invoked struct {
	config      map[string]any
	said, wrong string
}

func invoke(t *testing.T, target *acctest.Target, action string, cases map[string]invoked) {
	t.Helper()
	for name, c := range cases {
		progress, errors := target.Invoke(t, action, c.config)
		if progress != c.said || c.wrong == "" && errors != "" || !strings.Contains(errors, c.wrong) {
			t.Errorf("%s: progress %q, errors %q", name, progress, errors)
		}
	}
}

func TestAccTestJWTCustomizer(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // a self-hosted Logto runs scripts in workers of its own, which this machine may not have
	config := func(script string) map[string]any {
		return map[string]any{"token_type": "client-credentials", "script": script, "token": `{"clientId":"c"}`, "context": `{}`}
	}
	invoke(t, target, "logto_test_jwt_customizer", map[string]invoked{
		"claims": {config: config(`const getCustomJwtClaims = async ({ token }) => ({ client: token.clientId });`), said: `The script returned {"client":"c"}.`},
		"fails":  {config: config(`const getCustomJwtClaims = async () => { throw new Error('no'); };`), wrong: "jwt_customizer.general"},
	})
}

func TestAccTestAction(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // see TestAccTestJWTCustomizer
	config := func(script string) map[string]any {
		return map[string]any{"action_type": "action.postSignIn", "script": script, "event": `{"user":{"id":"u"}}`}
	}
	invoke(t, target, "logto_test_action", map[string]invoked{
		"result":  {config: config(`const runAction = async ({ event }) => ({ seen: event.user.id });`), said: `The script returned {"seen":"u"}.`},
		"nothing": {config: config(`const runAction = async () => {};`), said: "The script returned nothing."},
		"fails":   {config: config(`const runAction = async () => { throw new Error('no'); };`), wrong: "action.general"},
	})
}

func TestAccDeleteOIDCKey(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // tokens of a real tenant are not this test's to end
	_, answer := target.Do(t, http.MethodPost, "/api/configs/oidc/cookie-keys/rotate", nil)
	keys := answer.([]any)
	old, current := keys[1].(map[string]any)["id"], keys[0].(map[string]any)["id"]
	config := func(id any) map[string]any { return map[string]any{"key_type": "cookie-keys", "key_id": id} }
	invoke(t, target, "logto_delete_oidc_key", map[string]invoked{"the old key": {config: config(old)}})
	invoke(t, target, "logto_delete_oidc_key", map[string]invoked{"the last key": {config: config(current), wrong: "oidc.key_required"}})
	target.Do(t, http.MethodPost, "/api/configs/oidc/cookie-keys/rotate", nil)
	invoke(t, target, "logto_delete_oidc_key", map[string]invoked{"a key that is gone": {config: config(old), said: "It no longer existed."}})
}
