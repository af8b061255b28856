// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// A real tenant has one captcha provider, so these tests take turns, too. The
// provider of the tests goes; one that was there before would have to stay.
func captcha(t *testing.T) *acctest.Target {
	t.Helper()
	target := alone(t)
	if status, _ := target.Do(t, http.MethodGet, "/api/captcha-provider", nil); status != http.StatusNotFound {
		t.Skip("the tenant has a captcha provider")
	}
	target.Keep(t, "/api/sign-in-exp")
	return target
}

var captchaLife = acctest.Lifecycle{
	Resource: "logto_captcha_provider.test",
	Minimal: `
resource "logto_captcha_provider" "test" {
  type       = "Turnstile"
  site_key   = "site"
  secret_key = "secret"
}`,
	Full: `
resource "logto_captcha_provider" "test" {
  type       = "RecaptchaEnterprise"
  site_key   = "other-site"
  secret_key = "other-secret"
  project_id = "project"
  domain     = "www.recaptcha.net"
  mode       = "checkbox"
}`,
	Path:     "/api/captcha-provider",
	ReadOnly: []string{"id", "createdAt"},
	Change:   map[string]any{"config": map[string]any{"type": "Turnstile", "siteKey": "site", "secretKey": "changed"}},
	ChangeBy: "PUT /api/captcha-provider",
	Drift: map[string]acctest.Outside{
		"site_key":   {Body: captchaWith("siteKey", "outside")},
		"project_id": {Body: captchaWith("projectId", "outside")},
		"domain":     {Body: captchaWith("domain", "www.google.com")},
		"mode":       {Body: captchaWith("mode", "invisible")},
	},
	NoDrift: map[string]string{"type": "another type takes other attributes along"},
	Scarce:  true,
}

// captchaWith is the full provider with one setting changed.
func captchaWith(key string, value any) map[string]any {
	config := map[string]any{"type": "RecaptchaEnterprise", "siteKey": "other-site", "secretKey": "other-secret",
		"projectId": "project", "domain": "www.recaptcha.net", "mode": "checkbox"}
	config[key] = value
	return map[string]any{"config": config}
}

func TestAccCaptchaProvider(t *testing.T) { captchaLife.Run(t) }

func TestAccCaptchaProvider_faults(t *testing.T) { captchaLife.Faults(t) }

// The write-only secret is sent when its version changes, and with whatever else
// changes, and the state never has it.
func TestAccCaptchaProvider_writeOnly(t *testing.T) {
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform 1.11 or OpenTofu 1.11")
	}
	target := captcha(t)
	config := func(site, secret string, version int) string {
		return fmt.Sprintf("resource \"logto_captcha_provider\" \"test\" {\n type = \"Turnstile\"\n site_key = %q\n secret_key_wo = %q\n secret_key_wo_version = %d\n}", site, secret, version)
	}
	step := func(site, secret string, version int, want string) resource.TestStep {
		return resource.TestStep{
			Config: config(site, secret, version),
			Check: func(s *terraform.State) error {
				if text := fmt.Sprint(s); strings.Contains(text, "hidden") {
					return fmt.Errorf("the state has the secret: %s", text)
				}
				return has(t, target, "/api/captcha-provider", map[string]string{"config": want})(s)
			},
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step("a", "hidden-1", 1, `{"type":"Turnstile","siteKey":"a","secretKey":"hidden-1"}`),
		step("a", "hidden-2", 1, `{"type":"Turnstile","siteKey":"a","secretKey":"hidden-1"}`),
		step("a", "hidden-2", 2, `{"type":"Turnstile","siteKey":"a","secretKey":"hidden-2"}`),
		step("b", "hidden-2", 2, `{"type":"Turnstile","siteKey":"b","secretKey":"hidden-2"}`),
	}})
}

func TestAccCaptchaProvider_invalid(t *testing.T) {
	target := alone(t)
	config := func(more string) string {
		return "resource \"logto_captcha_provider\" \"test\" {\n site_key = \"x\"\n" + more + "\n}"
	}
	invalid := func(more, want string) resource.TestStep {
		return resource.TestStep{Config: config(more), PlanOnly: true, ExpectError: regexp.MustCompile(want)}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("type = \"Turnstile\""), ExpectError: regexp.MustCompile(`Set\s+secret_key\s+or\s+secret_key_wo`)},
		invalid("type = \"Turnstile\"\n secret_key = \"a\"\n secret_key_wo = \"b\"\n secret_key_wo_version = 1", `secret_key`),
		invalid("type = \"Turnstile\"\n secret_key_wo = \"b\"", `secret_key_wo_version`),
		invalid("type = \"Turnstile\"\n secret_key = \"a\"\n project_id = \"p\"", `Leave\s+project_id\s+out`),
		invalid("type = \"RecaptchaEnterprise\"\n secret_key = \"a\"", `Set\s+project_id`),
		invalid("type = \"RecaptchaEnterprise\"\n secret_key = \"a\"\n project_id = \"p\"\n domain = \"https://www.recaptcha.net\"", `domain\s+must\s+be\s+the\s+name\s+of\s+a\s+host`),
		invalid("type = \"hCaptcha\"\n secret_key = \"a\"", `Turnstile`),
	}})
}

// An import reads the secret, so that a configuration that gives it openly, or
// leaves it out, plans nothing, and of another type nothing stays behind.
func TestAccCaptchaProvider_import(t *testing.T) {
	target := captcha(t)
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/captcha-provider", nil) })
	target.Do(t, http.MethodPut, "/api/captcha-provider", map[string]any{"config": map[string]any{"type": "RecaptchaEnterprise", "siteKey": "s", "secretKey": "k", "projectId": "p", "mode": "invisible"}})
	const adopt = `
import {
  to = logto_captcha_provider.test
  id = "default"
}`
	nothing := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_captcha_provider.test", plancheck.ResourceActionNoop)}}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: adopt + "\nresource \"logto_captcha_provider\" \"test\" {\n type = \"RecaptchaEnterprise\"\n site_key = \"s\"\n project_id = \"p\"\n mode = \"invisible\"\n}", ConfigPlanChecks: nothing},
		{Config: "resource \"logto_captcha_provider\" \"test\" {\n type = \"RecaptchaEnterprise\"\n site_key = \"other\"\n project_id = \"p\"\n mode = \"invisible\"\n}",
			Check: has(t, target, "/api/captcha-provider", map[string]string{"config": `{"type":"RecaptchaEnterprise","siteKey":"other","secretKey":"k","projectId":"p","mode":"invisible"}`})},
		{
			Config: `
resource "logto_captcha_provider" "test" {
  type       = "RecaptchaEnterprise"
  site_key   = "other"
  secret_key = "k"
  project_id = "p"
  mode       = "invisible"
}`,
			ConfigPlanChecks: nothing,
		},
		{Config: "resource \"logto_captcha_provider\" \"test\" {\n type = \"Turnstile\"\n site_key = \"s\"\n secret_key = \"k\"\n}",
			Check: has(t, target, "/api/captcha-provider", map[string]string{"config": `{"type":"Turnstile","siteKey":"s","secretKey":"k"}`})},
		{Config: `data "logto_captcha_provider" "test" {}`, ExpectError: regexp.MustCompile(`entity\.not_found`)},
	}})
}

// Destroy goes in an order in which the captcha is turned off before its
// provider goes.
func TestAccCaptchaProvider_withPolicy(t *testing.T) {
	target := captcha(t)
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{Config: captchaLife.Minimal + `
resource "logto_sign_in_experience" "test" {
  captcha_policy = { enabled = logto_captcha_provider.test.id == "default" }
}
data "logto_captcha_provider" "test" {
  depends_on = [logto_captcha_provider.test]
}`, Check: resource.ComposeTestCheckFunc(has(t, target, "/api/sign-in-exp", map[string]string{"captchaPolicy": `{"enabled":true}`}),
			resource.TestCheckResourceAttr("data.logto_captcha_provider.test", "site_key", "site"),
			resource.TestCheckNoResourceAttr("data.logto_captcha_provider.test", "secret_key"))}},
		CheckDestroy: has(t, target, "/api/sign-in-exp", map[string]string{"captchaPolicy": `{"enabled":false}`}),
	})
}
