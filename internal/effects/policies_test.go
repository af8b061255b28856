// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// experience is the sign-in experience with a policy.
func experience(attributes string) string {
	return "resource \"logto_sign_in_experience\" \"test\" {\n" + attributes + "\n}\n"
}

// refuses checks that Logto refused something with a code, or that a sign-in ended with a
// code for the application where there is none.
func refuses(b *browser, a answer, code string) {
	b.t.Helper()
	if code == "" {
		b.code(a)
	} else if got := a.text("code"); a.status < http.StatusBadRequest || got != code {
		b.t.Errorf("HTTP %d %s %q, want %s", a.status, a.location, got, code)
	}
}

// leaves deletes the users whose usernames or addresses contain the name of the test, when
// it ends: users who signed up are not Terraform's.
func leaves(t *testing.T, target *acctest.Target) {
	t.Helper()
	t.Cleanup(func() {
		for _, word := range []string{target.Name, strings.ReplaceAll(target.Name, "-", "_")} {
			_, found := target.Do(t, http.MethodGet, "/api/users?"+url.Values{"search": {"%" + word + "%"}}.Encode(), nil)
			users, _ := found.([]any)
			for _, user := range users {
				if status, answer := target.Do(t, http.MethodDelete, "/api/users/"+user.(map[string]any)["id"].(string), nil); status != http.StatusNoContent {
					t.Errorf("deleting a user: HTTP %d %v", status, answer)
				}
			}
		}
	})
}

// A user cannot sign up with a password that the policy rejects.
func TestAccEffects_passwordPolicy(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	leaves(t, target)
	policy := func(attributes string) string {
		return spa("") + experience("  password_policy = {\n    rejects = { pwned = false, words = [\"effects\"] }\n"+attributes+"\n  }")
	}
	signUps := 0
	signsUp := func(password, code string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b := newBrowser(t, target)
			signUps++
			username := strings.ReplaceAll(target.Name, "-", "_") + "_" + strings.Repeat("x", signUps)
			refuses(b, b.signUp(attribute("logto_application.test", "id"), username, password), code)
		})
	}
	const rejected = "password.rejected"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: policy("    length = { min = 12 }"), Check: resource.ComposeTestCheckFunc(signsUp("Tq9xvLm2rkw", rejected), signsUp("Tq9xvLm2rkwz", ""))},
		{Config: policy("    length = { min = 11 }\n    character_types = { min = 4 }"), Check: resource.ComposeTestCheckFunc(signsUp("Tq9xvLm2rkwz", rejected), signsUp("Tq9xvLm2rk!", ""))},
		{Config: policy(""), Check: resource.ComposeTestCheckFunc(signsUp("effectsT9", rejected), signsUp("Tq9xvLm2", ""))},
	}})
}

// A user without a factor can sign in, unless the policy makes one mandatory.
func TestAccEffects_mfaPolicy(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	mfa := func(factors, policy string) string {
		return spa("") + userWith(`  password = "`+password+`"`) + experience("  mfa = { factors = ["+factors+"], policy = \""+policy+"\" }")
	}
	ends := func(code string) resource.TestCheckFunc {
		return signsIn(t, target, func(b *browser, a answer) { refuses(b, a, code) })
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: mfa(`"Totp"`, "NoPrompt"), Check: ends("")},
		{Config: mfa(`"Totp"`, "PromptAtSignInAndSignUp"), Check: ends("user.suggest_mfa")},
		{Config: mfa(`"Totp"`, "Mandatory"), Check: ends("user.missing_mfa")},
		{Config: mfa(``, "Mandatory"), Check: ends("")},
	}})
}

// A user who enters too many wrong passwords cannot sign in with the right one either.
func TestAccEffects_lockout(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	lockout := func(attempts string) string {
		return spa("") + userWith(`  password = "`+password+`"`) + experience("  sentinel_policy = { max_attempts = "+attempts+", lockout_duration = 5 }")
	}
	const wrong, locked = "session.invalid_credentials", "session.verification_blocked_too_many_attempts"
	// tries signs in with wrong passwords, and then with the right one.
	tries := func(codes ...string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			app, username := attribute("logto_application.test", "id"), attribute("logto_user.test", "username")
			for i, code := range codes {
				b, secret := newBrowser(t, target), "wrong"
				if i == len(codes)-1 {
					secret = target.Expand(password)
				}
				refuses(b, b.signIn(app, username, secret), code)
			}
			target.Do(t, http.MethodPost, "/api/sentinel-activities/delete", map[string]any{"targetType": "User", "targets": []string{username}})
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: lockout("3"), Check: tries(wrong, wrong, "")},
		{Config: lockout("3"), Check: tries(wrong, wrong, locked, locked)},
		{Config: lockout("4"), Check: tries(wrong, wrong, wrong, "")},
	}})
}
