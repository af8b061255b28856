// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// soon is a time shortly after the plan that creates what expires, and stays that.
const soon = `
resource "terraform_data" "soon" {
  input = timeadd(plantimestamp(), "15s")
  lifecycle {
    ignore_changes = [input]
  }
}
`

const expiresSoon = "  expires_at = terraform_data.soon.output"

// endsSoon waits until Logto refuses with an error what it granted until now.
func endsSoon(t *testing.T, ask func() answer, refusal string) {
	t.Helper()
	a := ask()
	for deadline := time.Now().Add(time.Minute); a.status == http.StatusOK && time.Now().Before(deadline); a = ask() {
		time.Sleep(500 * time.Millisecond)
	}
	if a.text("error") != refusal {
		t.Errorf("what has expired: HTTP %d %v, want %s", a.status, a.body["error"], refusal)
	}
}

// isGranted checks whether Logto grants a token.
func isGranted(t *testing.T, what string, a answer, want bool) {
	t.Helper()
	if (a.status == http.StatusOK) != want || want && a.text("access_token") == "" {
		t.Errorf("%s: HTTP %d %v, want a token: %t", what, a.status, a.body["error"], want)
	}
}

// An application can use a new secret beside the old one. A secret that is destroyed or
// has expired gets no token, and the other one still does.
func TestAccEffects_secretRotation(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	next := func(attributes string) string {
		return machineRole(`["read"]`) + `
resource "logto_application_secret" "next" {
  application_id = logto_application.test.id
  name           = "next"
` + attributes + `
}`
	}
	var id, secret string
	ask := func(secret string) answer {
		return b.token(url.Values{"grant_type": {"client_credentials"}, "resource": {target.Expand("https://{name}.example.com")}}, id, secret)
	}
	both := func(attribute func(string, string) string) {
		id, secret = attribute("logto_application.test", "id"), attribute("logto_application_secret.next", "value")
		isGranted(t, "the old secret", ask(attribute("logto_application_secret.test", "value")), true)
		isGranted(t, "the new secret", ask(secret), true)
	}
	one := func(attribute func(string, string) string) {
		isGranted(t, "the secret that is left", ask(attribute("logto_application_secret.test", "value")), true)
		isGranted(t, "the destroyed secret", ask(secret), false)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: next(""), Check: with(both)},
		{Config: machineRole(`["read"]`), Check: with(one)},
		{Config: next(expiresSoon) + soon, Check: with(func(attribute func(string, string) string) {
			both(attribute)
			endsSoon(t, func() answer { return ask(secret) }, "invalid_request")
			one(attribute)
		})},
	}})
}

// exchanger is an application and a user, who can read an API.
func exchanger(allowed bool) string {
	return spa(fmt.Sprintf("  allow_token_exchange = %t", allowed)) + userWith("  role_ids = [logto_role.test.id]") + `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes    = { read = {}, write = {} }
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "x"
  scope_ids   = [logto_api_resource.test.scopes["read"].id]
}
`
}

// exchange asks for an access token of a user.
func (b *browser) exchange(target *acctest.Target, app, token, kind string) answer {
	b.t.Helper()
	return b.token(url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "client_id": {app}, "subject_token": {token}, "subject_token_type": {kind},
		"resource": {target.Expand("https://{name}.example.com")}, "scope": {"read write"}})
}

// exchanges checks that an exchange gives a token of the user with the scopes of the user,
// or none.
func exchanges(t *testing.T, a answer, user string, want bool) {
	t.Helper()
	isGranted(t, "the exchange", a, want)
	if want && a.status == http.StatusOK {
		if found := claims(t, a.text("access_token")); found["sub"] != user || found["scope"] != "read" {
			t.Errorf("the token is for %v with scope %v, want %s with scope read", found["sub"], found["scope"], user)
		}
	}
}

// An application can act for a user with a subject token only if it can exchange tokens.
func TestAccEffects_impersonation(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	if !acctest.AtLeast(t, "1.10.0", "1.11.0") {
		t.Skip("needs ephemeral resources")
	}
	// The resource echo keeps in the state what it saw when it was created.
	token := func(step string) string {
		return `
ephemeral "logto_subject_token" "test" {
  user_id = logto_user.test.id
}
provider "echo" {
  data = ephemeral.logto_subject_token.test
}
resource "echo" "` + step + `" {}
`
	}
	acts := func(step string, want bool) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			a := b.exchange(target, attribute("logto_application.test", "id"), attribute("echo."+step, "data.subject_token"), "urn:ietf:params:oauth:token-type:access_token")
			exchanges(t, a, attribute("logto_user.test", "id"), want)
		})
	}
	providers := target.Providers()
	providers["echo"] = func() (tfprotov6.ProviderServer, error) { return echoprovider.NewProviderServer()() }
	target.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: exchanger(true) + token("first"), Check: acts("first", true)},
		{Config: exchanger(false) + token("second"), Check: acts("second", false)},
	}})
}

// A personal access token gets access tokens of its user until it is destroyed or expires,
// from applications that can exchange tokens.
func TestAccEffects_personalAccessToken(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	token := func(attributes string) string {
		return "resource \"logto_personal_access_token\" \"test\" {\n  user_id = logto_user.test.id\n  name = \"{name}\"\n" + attributes + "\n}\n"
	}
	var app, user, value string
	ask := func() answer {
		return b.exchange(target, app, value, "urn:logto:token-type:personal_access_token")
	}
	gets := func(want bool) func(func(string, string) string) {
		return func(attribute func(string, string) string) {
			app, user, value = attribute("logto_application.test", "id"), attribute("logto_user.test", "id"), attribute("logto_personal_access_token.test", "value")
			exchanges(t, ask(), user, want)
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: exchanger(true) + token(""), Check: with(gets(true))},
		{Config: exchanger(false) + token(""), Check: with(gets(false))},
		{Config: exchanger(true) + token(""), Check: with(gets(true))},
		{Config: exchanger(true), Check: with(func(func(string, string) string) { exchanges(t, ask(), user, false) })},
		{Config: exchanger(true) + token(expiresSoon) + soon, Check: with(func(attribute func(string, string) string) {
			gets(true)(attribute)
			endsSoon(t, ask, "invalid_grant")
		})},
	}})
}
