// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"crypto/md5"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const password = "Eff3cts-0f-{name}!"

// passwordSignIn lets users of a real tenant sign in with username and password, until the
// test ends.
func passwordSignIn(t *testing.T, target *acctest.Target) {
	t.Helper()
	target.Keep(t, "/api/sign-in-exp")
	status, answer := target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{
		"signInMode":    "SignInAndRegister",
		"signUp":        map[string]any{"identifiers": []string{"username"}, "password": true, "verify": false},
		"signIn":        map[string]any{"methods": []any{map[string]any{"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true}}},
		"mfa":           map[string]any{"policy": "NoPrompt", "factors": []string{}},
		"captchaPolicy": map[string]any{"enabled": false},
	})
	if status != http.StatusOK {
		t.Fatalf("HTTP %d %v", status, answer)
	}
}

func spa(attributes string) string {
	return `
resource "logto_application" "test" {
  name                       = "{name}"
  type                       = "SPA"
  redirect_uris              = ["` + callback + `"]
  always_issue_refresh_token = true
` + attributes + `
}
`
}

func userWith(attributes string) string {
	return `
resource "logto_user" "test" {
  username = replace("{name}", "-", "_")
` + attributes + `
}
`
}

// username is that of the user above.
func username(target *acctest.Target) string { return strings.ReplaceAll(target.Name, "-", "_") }

// signsIn checks where a sign-in of the user ends.
func signsIn(t *testing.T, target *acctest.Target, check func(*browser, answer)) resource.TestCheckFunc {
	t.Helper()
	return with(func(attribute func(string, string) string) {
		b := newBrowser(t, target)
		check(b, b.signIn(attribute("logto_application.test", "id"), attribute("logto_user.test", "username"), target.Expand(password)))
	})
}

// A user signs in with the password that Terraform set, or whose digest it imported, and
// not while the user is suspended.
func TestAccEffects_signIn(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	ends := func(status int) resource.TestCheckFunc {
		return signsIn(t, target, func(b *browser, a answer) {
			if a.status != status {
				t.Errorf("HTTP %d %v, want %d", a.status, a.body, status)
			} else if status == http.StatusSeeOther {
				b.code(a)
			}
		})
	}
	digest := fmt.Sprintf("%x", md5.Sum([]byte(target.Expand(password))))
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa("") + userWith(`  password = "`+password+`"`), Check: ends(http.StatusSeeOther)},
		{Config: spa("") + userWith("  is_suspended = true\n  password = \""+password+`"`), Check: ends(http.StatusUnauthorized)},
		{Config: spa("") + userWith("  is_suspended = false\n  password = \"another-{name}-Passw0rd\""), Check: ends(http.StatusUnprocessableEntity)},
		{Config: spa("")},
		{Config: spa("") + userWith("  password_algorithm = \"MD5\"\n  password_digest = \""+digest+`"`), Check: ends(http.StatusSeeOther)},
	}})
}

// A refresh token of an SPA is replaced when it is used, unless rotate_refresh_token is
// false.
func TestAccEffects_refreshToken(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	passwordSignIn(t, target)
	user := userWith(`  password = "` + password + `"`)
	rotates := func(want bool) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b, id := newBrowser(t, target), attribute("logto_application.test", "id")
			code := b.code(b.signIn(id, attribute("logto_user.test", "username"), target.Expand(password)))
			first := b.token(url.Values{"grant_type": {"authorization_code"}, "client_id": {id}, "code": {code}, "redirect_uri": {callback}, "code_verifier": {verifier}})
			second := b.token(url.Values{"grant_type": {"refresh_token"}, "client_id": {id}, "refresh_token": {first.text("refresh_token")}})
			if first.text("refresh_token") == "" || second.status != http.StatusOK {
				t.Errorf("no refresh: HTTP %d %v, HTTP %d %v", first.status, first.body["error"], second.status, second.body["error"])
			}
			if got := second.text("refresh_token"); (got != "" && got != first.text("refresh_token")) != want {
				t.Errorf("rotated: %t, want %t", !want, want)
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa("") + user, Check: rotates(true)},
		{Config: spa("  rotate_refresh_token = false") + user, Check: rotates(false)},
	}})
}

// Access control keeps everybody out whom it does not list.
func TestAccEffects_accessControl(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	target.Needs(t, "1.41")
	passwordSignIn(t, target)
	config := func(attributes string) string {
		return spa("") + userWith(`  password = "`+password+`"`) + `
resource "logto_organization" "test" {
  name = "{name}"
}
resource "logto_application_access_control" "test" {
  application_id = logto_application.test.id
  enabled        = true
` + attributes + `
}`
	}
	gets := func(want bool) resource.TestCheckFunc {
		return signsIn(t, target, func(_ *browser, a answer) {
			u, err := url.Parse(a.location)
			if got := err == nil && u.Query().Get("code") != ""; got != want {
				t.Errorf("lets the user in: %t, want %t: HTTP %d %s %v", got, want, a.status, a.location, a.body)
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("  user_ids = [logto_user.test.id]"), Check: gets(true)},
		{Config: config("  organization_ids = [logto_organization.test.id]"), Check: gets(false)},
	}})
}

// An action of type postSignIn runs at the end of a sign-in if it is enabled. The one after
// the first factor does not run if the password is right.
func TestAccEffects_action(t *testing.T) { //nolint:paralleltest // a tenant has one action of a type
	target := acctest.StartReal(t)
	target.Needs(t, "1.42")
	passwordSignIn(t, target)
	user := userWith(`  password = "` + password + `"`)
	action := func(kind, attributes string) string {
		return fmt.Sprintf("resource \"logto_action\" \"test\" {\n  action_type = \"action.%s\"\n%s\n}\n", kind, attributes)
	}
	const fails = "  script = \"const runAction = async () => { throw new Error('x'); };\"\n"
	ends := func(status int) resource.TestCheckFunc {
		return signsIn(t, target, func(_ *browser, a answer) {
			if a.status != status {
				t.Errorf("HTTP %d %v, want %d", a.status, a.body, status)
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa("") + user + action("postSignIn", fails+"  enabled = false"), Check: ends(http.StatusSeeOther)},
		{Config: spa("") + user + action("postSignIn", fails+"  enabled = true"), Check: ends(http.StatusBadRequest)},
		{Config: spa("") + user + action("postSignIn", fails+"  enabled = true\n  on_execution_error = \"allow\""), Check: ends(http.StatusSeeOther)},
		{Config: spa("") + user + action("postFirstFactorVerification", fails+"  enabled = true"), Check: ends(http.StatusSeeOther)},
	}})
}

// An action creates a user whom Logto does not know yet, if the script accepts the password,
// and updates a user who signs in.
func TestAccEffects_actionUser(t *testing.T) { //nolint:paralleltest // a tenant has one action of a type
	target := acctest.StartReal(t)
	target.Needs(t, "1.42")
	passwordSignIn(t, target)
	removeUsers(t, target)
	action := func(kind, enabled, result string) string {
		return spa("") + `
resource "logto_action" "test" {
  action_type           = "action.` + kind + `"
  enabled               = ` + enabled + `
  environment_variables = { ACCEPTED = "` + password + `" }
  script                = "const runAction = async ({ event, environmentVariables }) => (` + result + `);"
}
`
	}
	const creates = "event.password === environmentVariables.ACCEPTED && !event.user ? { action: 'createUser', passwordVerified: true, user: { name: 'Made by an action' } } : undefined"
	const updates = "{ action: 'updateUser', user: { name: 'Changed by an action' } }"
	ends := func(password, code, name string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b := newBrowser(t, target)
			outcome(b, b.signIn(attribute("logto_application.test", "id"), username(target), target.Expand(password)), code)
			_, found := target.Do(t, http.MethodGet, "/api/users?"+url.Values{"search.username": {username(target)}}.Encode(), nil)
			var got any
			for _, user := range found.([]any) {
				got = user.(map[string]any)["name"]
			}
			if got == nil && name != "" || got != nil && got != name {
				t.Errorf("the user is %v, want %q", got, name)
			}
		})
	}
	const unknown = "session.invalid_credentials"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: action("postFirstFactorVerification", "false", creates), Check: ends(password, unknown, "")},
		{Config: action("postFirstFactorVerification", "true", creates), Check: resource.ComposeTestCheckFunc(
			ends("Not-th3-{name}", unknown, ""), ends(password, "", "Made by an action"),
		)},
		{Config: spa(""), Check: ends(password, "", "Made by an action")},
		{Config: action("postSignIn", "true", updates), Check: ends(password, "", "Changed by an action")},
	}})
}
