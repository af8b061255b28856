// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// experience is the sign-in experience with a policy.
func experience(attributes string) string {
	return "resource \"logto_sign_in_experience\" \"test\" {\n" + attributes + "\n}\n"
}

// outcome checks that Logto refused a sign-in with an error code, or that it let the user
// in where that is "".
func outcome(b *browser, a answer, code string) {
	b.t.Helper()
	if code == "" {
		b.code(a)
	} else if got := a.text("code"); a.status < http.StatusBadRequest || got != code {
		b.t.Errorf("HTTP %d %s %q, want %s", a.status, a.location, got, code)
	}
}

// removeUsers deletes the users who signed up in a test when it ends: Terraform does not
// know them. Their usernames or addresses contain its name, in which _ stands for any
// character.
func removeUsers(t *testing.T, target *acctest.Target) {
	t.Helper()
	t.Cleanup(func() {
		_, found := target.Do(t, http.MethodGet, "/api/users?"+url.Values{"search": {"%" + username(target) + "%"}}.Encode(), nil)
		for _, user := range found.([]any) {
			if status, answer := target.Do(t, http.MethodDelete, "/api/users/"+user.(map[string]any)["id"].(string), nil); status != http.StatusNoContent {
				t.Errorf("deleting a user: HTTP %d %v", status, answer)
			}
		}
	})
}

// A user cannot sign up with a password that the policy rejects.
func TestAccEffects_passwordPolicy(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	removeUsers(t, target)
	policy := func(attributes string) string {
		return spa("") + experience("  password_policy = {\n    rejects = { pwned = false, words = [\"effects\"] }\n"+attributes+"\n  }")
	}
	signUps := 0
	signsUp := func(password, code string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b := newBrowser(t, target)
			signUps++
			outcome(b, b.signUp(attribute("logto_application.test", "id"), fmt.Sprintf("%s_%d", username(target), signUps), password), code)
		})
	}
	const rejected = "password.rejected"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: policy("    length = { min = 12 }"), Check: resource.ComposeTestCheckFunc(signsUp("Tq9xvLm2rkw", rejected), signsUp("Tq9xvLm2rkwz", ""))},
		{Config: policy("    length = { min = 11 }\n    character_types = { min = 4 }"), Check: resource.ComposeTestCheckFunc(signsUp("Tq9xvLm2rkwz", rejected), signsUp("Tq9xvLm2rk!", ""))},
		{Config: policy(""), Check: resource.ComposeTestCheckFunc(signsUp("effectsT9", rejected), signsUp("Tq9xvLm2", ""))},
	}})
}

// A user without a factor can sign in, unless the policy asks for one or makes it mandatory.
func TestAccEffects_mfaPolicy(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	mfa := func(factors, policy string) string {
		return spa("") + userWith(`  password = "`+password+`"`) + experience("  mfa = { factors = ["+factors+"], policy = \""+policy+"\" }")
	}
	ends := func(code string) resource.TestCheckFunc {
		return signsIn(t, target, func(b *browser, a answer) { outcome(b, a, code) })
	}
	asks, demands := "user.suggest_mfa", "user.missing_mfa"
	if !target.AtLeast(t, "1.38") {
		asks = demands // a page then offers to skip it
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: mfa(`"Totp"`, "NoPrompt"), Check: ends("")},
		{Config: mfa(`"Totp"`, "PromptAtSignInAndSignUp"), Check: ends(asks)},
		{Config: mfa(`"Totp"`, "Mandatory"), Check: ends(demands)},
		{Config: mfa(``, "Mandatory"), Check: ends("")},
	}})
}

// totp is the code that an authenticator app shows now, or so many codes later.
func totp(t *testing.T, secret string, later uint64) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(time.Now().Unix()/30)+later))
	sum := mac.Sum(nil)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[len(sum)-1]&15:])&0x7fffffff%1e6)
}

// A user with a factor must use it while it is a factor of the tenant, and needs backup
// codes if they are one as well.
func TestAccEffects_mfaFactor(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	mfa := func(factors string) string {
		return spa("") + userWith(`  password = "`+password+`"`) + experience("  mfa = { factors = ["+factors+"], policy = \"Mandatory\" }")
	}
	var secret string
	var used uint64 // codes: each works once, and Logto takes the next one a little early
	sets := with(func(attribute func(string, string) string) {
		status, made := target.Do(t, http.MethodPost, "/api/users/"+attribute("logto_user.test", "id")+"/mfa-verifications", map[string]any{"type": "Totp"})
		if secret, _ = made.(map[string]any)["secret"].(string); status != http.StatusOK || secret == "" {
			t.Fatalf("no factor: HTTP %d", status)
		}
	})
	// ends checks where a sign-in ends with the password, and then with the code as well.
	ends := func(first, second string) resource.TestCheckFunc {
		return signsIn(t, target, func(b *browser, a answer) {
			if outcome(b, a, first); first == "" {
				return
			}
			if verified := b.experience(http.MethodPost, "/verification/totp/verify", map[string]any{"code": totp(t, secret, used)}); verified.status != http.StatusOK {
				t.Errorf("the code: HTTP %d %v", verified.status, verified.body)
			}
			used++
			outcome(b, b.submit(), second)
		})
	}
	const required = "session.mfa.require_mfa_verification"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: mfa(`"Totp"`), Check: resource.ComposeTestCheckFunc(sets, ends(required, ""))},
		{Config: mfa(`"Totp", "BackupCode"`), Check: ends(required, "session.mfa.backup_code_required")},
		{Config: mfa(""), Check: ends("", "")},
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
				outcome(b, b.signIn(app, username, secret), code)
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
