// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var accountCenterLife = acctest.Lifecycle{
	Resource: "logto_account_center.test",
	Minimal:  `resource "logto_account_center" "test" {}`,
	Full: `
resource "logto_account_center" "test" {
  enabled = true
  fields = {
    name        = "Edit"
    avatar      = "ReadOnly"
    profile     = "Edit"
    email       = "Edit"
    phone       = "Off"
    password    = "Edit"
    username    = "Edit"
    social      = "Edit"
    custom_data = "ReadOnly"
    mfa         = "Edit"
    passkey     = "Edit" # since 1.41
    session     = "Edit"
  }
  webauthn_related_origins = ["https://b.example.com", "https://a.example.com"]
  delete_account_url       = "https://example.com/delete" # since 1.39
  custom_css               = "body { color: red }" # since 1.39
  profile_fields           = []
}`,
	Path:      "/api/account-center",
	Change:    map[string]any{"enabled": false, "fields": map[string]any{"name": "Off"}, "webauthnRelatedOrigins": []string{}},
	Permanent: once,
}

func TestAccAccountCenter(t *testing.T) { accountCenterLife.Run(t) }

func TestAccAccountCenterFaults(t *testing.T) { accountCenterLife.Faults(t) }

func TestAccAccountCenterEachAttribute(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.41")
	target.Keep(t, "/api/account-center")
	field(t, target)
	config := func(more string) string { return "resource \"logto_account_center\" \"test\" {\n" + more + "\n}" }
	step := func(hcl string, want map[string]string) resource.TestStep {
		return resource.TestStep{Config: config(hcl), Check: has(t, target, "/api/account-center", want)}
	}
	target.Do(t, http.MethodPatch, "/api/account-center", map[string]any{"fields": map[string]any{"email": "ReadOnly"}})
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(`enabled = true`, map[string]string{"enabled": `true`}),
		step(`fields = { name = "Edit", mfa = "ReadOnly" }`, map[string]string{"enabled": `false`, "fields": `{"email":"ReadOnly","name":"Edit","mfa":"ReadOnly"}`}),
		step(`fields = { name = "Off" }`, map[string]string{"fields": `{"email":"ReadOnly","name":"Off"}`}),
		step(`webauthn_related_origins = ["https://x.example"]`, map[string]string{"fields": `{"email":"ReadOnly"}`, "webauthnRelatedOrigins": `["https://x.example"]`}),
		step(`delete_account_url = "https://example.com"`, map[string]string{"webauthnRelatedOrigins": `[]`, "deleteAccountUrl": `"https://example.com"`}),
		step(`custom_css = "a {}"`, map[string]string{"deleteAccountUrl": `null`, "customCss": `"a {}"`}),
		step(`profile_fields = ["`+fieldName(target)+`"]`, map[string]string{"customCss": `null`, "profileFields": `[{"name":"` + fieldName(target) + `"}]`}),
		step(``, map[string]string{"profileFields": `null`}),
		{Config: config(`delete_account_url = "app://x"`), PlanOnly: true, ExpectError: regexp.MustCompile(`must be an http or https URL`)},
		{Config: config(`webauthn_related_origins = ["https://app.example.com/path"]`), PlanOnly: true, ExpectError: regexp.MustCompile(`An element of webauthn_related_origins has a path`)},
		{Config: config(`fields = { name = "Write" }`), PlanOnly: true, ExpectError: regexp.MustCompile(`ReadOnly`)},
		{Config: config(`profile_fields = ["nothing"]`), ExpectError: noSuchField(t, target)},
		{Config: `data "logto_account_center" "test" {}`, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.logto_account_center.test", tfjsonpath.New("fields").AtMapKey("email"), knownvalue.StringExact("ReadOnly"))}},
	}})
}

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

func TestAccCaptchaProviderFaults(t *testing.T) { captchaLife.Faults(t) }

// The write-only secret is sent when its version changes, and with whatever else
// changes, and the state never has it.
func TestAccCaptchaProviderWriteOnly(t *testing.T) {
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

func TestAccCaptchaProviderInvalid(t *testing.T) {
	target := alone(t)
	config := func(more string) string {
		return "resource \"logto_captcha_provider\" \"test\" {\n site_key = \"x\"\n" + more + "\n}"
	}
	invalid := func(more, want string) resource.TestStep {
		return resource.TestStep{Config: config(more), PlanOnly: true, ExpectError: regexp.MustCompile(want)}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("type = \"Turnstile\""), ExpectError: regexp.MustCompile(`Give\s+secret_key\s+or\s+secret_key_wo`)},
		invalid("type = \"Turnstile\"\n secret_key = \"a\"\n secret_key_wo = \"b\"\n secret_key_wo_version = 1", `secret_key`),
		invalid("type = \"Turnstile\"\n secret_key_wo = \"b\"", `secret_key_wo_version`),
		invalid("type = \"Turnstile\"\n secret_key = \"a\"\n project_id = \"p\"", `Leave\s+project_id\s+out`),
		invalid("type = \"RecaptchaEnterprise\"\n secret_key = \"a\"", `Give\s+project_id`),
		invalid("type = \"RecaptchaEnterprise\"\n secret_key = \"a\"\n project_id = \"p\"\n domain = \"https://www.recaptcha.net\"", `domain\s+must\s+be\s+the\s+name\s+of\s+a\s+host`),
		invalid("type = \"hCaptcha\"\n secret_key = \"a\"", `Turnstile`),
	}})
}

// An import reads the secret, so that a configuration that gives it openly, or
// leaves it out, plans nothing, and of another type nothing stays behind.
func TestAccCaptchaProviderImport(t *testing.T) {
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
func TestAccCaptchaProviderWithPolicy(t *testing.T) {
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

var phraseLife = acctest.Lifecycle{
	Resource: "logto_custom_phrase.test",
	Minimal: `
resource "logto_custom_phrase" "test" {
  language_tag = "sv-SE"
  translation  = jsonencode({ action = { sign_in = "Logga in", nothing = "", next = "" }, input = {} })
}`,
	Full: `
resource "logto_custom_phrase" "test" {
  language_tag = "sv-SE"
  translation  = jsonencode({ input = { username = "Namn" }, action = { sign_in = "Kom in" } })
}`,
	Path:     "/api/custom-phrases/{language_tag}",
	Change:   map[string]any{"action": map[string]any{"sign_in": "Fel"}},
	ChangeBy: "PUT /api/custom-phrases/{language_tag}",
	ImportID: "{language_tag}",
	Drift: map[string]acctest.Outside{
		"translation": {Body: map[string]any{"action": map[string]any{"sign_in": "Fel"}}},
	},
	NotAdopted: "the language has texts already",
	ReadOnly:   []string{"id"},
	// The configuration may spell what an import cannot know.
	NotImported: []string{"translation"},
}

func TestAccCustomPhrase(t *testing.T) {
	life := phraseLife
	life.Minimal = strings.ReplaceAll(life.Minimal, `nothing = "", `, "")
	life.Run(t)
}

func TestAccCustomPhraseFaults(t *testing.T) {
	life := phraseLife
	life.Minimal = strings.ReplaceAll(life.Minimal, `nothing = "", `, "")
	life.Faults(t)
}

// A language that the sign-in experience falls back to cannot lose its texts;
// with a reference between the two everything happens in order.
func TestAccCustomPhraseFallback(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/is-IS", nil) })
	const phrase = `
resource "logto_custom_phrase" "test" {
  language_tag = "is-IS"
  translation  = jsonencode({ action = { sign_in = "Innskrá" } })
}`
	fallback := func(to string) string {
		return "\nresource \"logto_sign_in_experience\" \"test\" {\n  language_info = { fallback_language = " + to + " }\n}"
	}
	console := func(tag string) func() {
		return func() {
			target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"languageInfo": map[string]any{"autoDetect": true, "fallbackLanguage": tag}})
		}
	}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: phrase + fallback("logto_custom_phrase.test.language_tag"), Check: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"is-IS"}`})},
			{Config: phrase},
			{PreConfig: console("is-IS"), Config: `data "logto_custom_phrases" "all" {}`, ExpectError: regexp.MustCompile(`(?s)cannot_delete_default_language.*-target.*create_before_destroy`)},
			{PreConfig: console("en"), Config: phrase},
			{Config: phrase + fallback("logto_custom_phrase.test.language_tag")},
		},
		CheckDestroy: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"en"}`}),
	})
}

// The texts of a language that Logto brings itself can go while the sign-in
// experience falls back to it, and come again; another language can be changed
// for one more.
func TestAccCustomPhraseOfDefaultLanguage(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	t.Cleanup(func() {
		target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"languageInfo": map[string]any{"autoDetect": true, "fallbackLanguage": "fr"}})
		target.Do(t, http.MethodDelete, "/api/custom-phrases/en", nil)
	})
	phrase := func(tag string) string {
		return fmt.Sprintf(`
resource "logto_custom_phrase" "test" {
  language_tag = %q
  translation  = jsonencode({ action = { sign_in = "Log in", next = null } })
  lifecycle {
    create_before_destroy = true
  }
}`, tag)
	}
	const fallback = `
resource "logto_sign_in_experience" "test" {
  language_info = { fallback_language = logto_custom_phrase.test.language_tag }
}`
	texts := func(tag, want string) resource.TestCheckFunc {
		return has(t, target, "/api/custom-phrases/"+tag, map[string]string{"translation": want})
	}
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: phrase("en"), Check: texts("en", `{"action":{"sign_in":"Log in"}}`)},
			{Config: `data "logto_custom_phrases" "all" {}`, Check: texts("en", `{"enabled":false}`)},
			{Config: phrase("en"), Check: texts("en", `{"action":{"sign_in":"Log in"}}`)},
			{Config: phrase("is-IS") + fallback},
			{Config: phrase("da-DK") + fallback, Check: has(t, target, "/api/sign-in-exp", map[string]string{"languageInfo": `{"autoDetect":true,"fallbackLanguage":"da-DK"}`})},
			{Config: phrase("en") + fallback},
		},
		CheckDestroy: texts("en", `{"enabled":false}`),
	})
}

func TestAccCustomPhraseInvalid(t *testing.T) {
	target := alone(t)
	config := func(tag, translation string) string {
		return fmt.Sprintf("resource \"logto_custom_phrase\" \"test\" {\n  language_tag = %q\n  translation = %s\n}", tag, translation)
	}
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/nb-NO", nil) })
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("pt-br", `"{}"`), PlanOnly: true, ExpectError: regexp.MustCompile(`Did\s+you\s+mean\s+"pt-BR"\?\s+The\s+value\s+of\s+attribute\s+language_tag`)},
		{Config: config("nb-NO", `jsonencode({ action = { sign_in = 1 } })`), PlanOnly: true, ExpectError: regexp.MustCompile(`must\s+be\s+JSON\s+of\s+texts`)},
		{Config: config("nb-NO", `jsonencode(["x"])`), PlanOnly: true, ExpectError: regexp.MustCompile(`translation`)},
		{Config: config("nb-NO", `"{"`), PlanOnly: true, ExpectError: regexp.MustCompile(`translation`)},
		{Config: config("nb-NO", `jsonencode({ nonsense = "x" })`), ExpectError: regexp.MustCompile(`(?s)translation.*localization\.invalid_translation_structure`)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPut, "/api/custom-phrases/nb-NO", map[string]any{"action": map[string]any{"sign_in": "x"}})
			},
			Config: config("nb-NO", `jsonencode({ action = { sign_in = "y" } })`), ExpectError: regexp.MustCompile(`(?s)language_tag.*nb-NO\s+already`),
		},
		{
			PreConfig: func() { target.Do(t, http.MethodDelete, "/api/custom-phrases/nb-NO", nil) },
			Config:    config("nb-NO", `jsonencode({ action = { sign_in = "" } })`), Check: has(t, target, "/api/custom-phrases/nb-NO", map[string]string{"translation": `{"enabled":false}`}),
		},
	}})
}

var templateLife = acctest.Lifecycle{
	Resource: "logto_email_template.test",
	Minimal: `
resource "logto_email_template" "test" {
  language_tag  = "{name}"
  template_type = "SignIn"
  subject       = "Your code"
  content       = "It is {{code}}."
}`,
	Full: `
resource "logto_email_template" "test" {
  language_tag  = "{name}"
  template_type = "SignIn"
  subject       = ""
  content       = "<b>{{code}}</b>"
  content_type  = "text/html"
  reply_to      = "help@example.com"
  send_from     = "Example"
}`,
	Path:     "/api/email-templates/{id}",
	Change:   map[string]any{"subject": "Other"},
	ChangeBy: "PATCH /api/email-templates/{id}/details",
	ImportID: "{language_tag}/{template_type}",
	Drift: map[string]acctest.Outside{
		"subject":      {Body: map[string]any{"subject": "Outside"}},
		"content":      {Body: map[string]any{"content": "<i>{{code}}</i>"}},
		"content_type": {Body: map[string]any{"contentType": "text/plain"}},
		"reply_to":     {Body: map[string]any{"replyTo": "outside@example.com"}},
		"send_from":    {Body: map[string]any{"sendFrom": "Outside"}},
	},
	NotAdopted: "the language has a template of this type already",
}

func TestAccEmailTemplate(t *testing.T) { templateLife.Run(t) }

func TestAccEmailTemplateFaults(t *testing.T) { templateLife.Faults(t) }

func TestAccEmailTemplateInvalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	twin := strings.ReplaceAll(templateLife.Minimal, `"test" {`, "\"twin\" {\n  depends_on = [logto_email_template.test]")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: strings.Replace(templateLife.Minimal, "SignIn", "SignOut", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`OrganizationInvitation`)},
		{Config: strings.Replace(templateLife.Minimal, "{name}", "a/b", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`no\s+slash`)},
		{Config: strings.Replace(templateLife.Minimal, "{name}", "this-is-far-too-long", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`language_tag`)},
		{Config: strings.Replace(templateLife.Full, "text/html", "text/css", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`text/plain`)},
		{Config: templateLife.Minimal + twin, ExpectError: regexp.MustCompile(`(?s)template_type.*already`)},
	}})
}

func TestAccEmailTemplatesData(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: templateLife.Minimal + `
resource "logto_email_template" "other" {
  language_tag  = "{name}"
  template_type = "Register"
  subject       = "Welcome"
  content       = "{{code}}"
}
data "logto_email_templates" "language" {
  language_tag = "{name}"
  depends_on   = [logto_email_template.test, logto_email_template.other]
}
data "logto_email_templates" "type" {
  language_tag  = "{name}"
  template_type = "Register"
  depends_on    = [logto_email_template.test, logto_email_template.other]
}
data "logto_email_templates" "all" {
  depends_on = [logto_email_template.test, logto_email_template.other]
}
output "same" {
  value = [
    length(data.logto_email_templates.language.email_templates),
    data.logto_email_templates.type.email_templates[*].subject == tolist(["Welcome"]),
    length(data.logto_email_templates.all.email_templates) >= 2,
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same", knownvalue.TupleExact([]knownvalue.Check{
			knownvalue.Int64Exact(2), knownvalue.Bool(true), knownvalue.Bool(true)}))},
	}}})
}

// What does not fit the type is null in the end, though nobody knows it yet.
func TestAccNothingThatIsNotKnownYet(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := func(n string) string {
		return `
resource "terraform_data" "test" {
  triggers_replace = ` + n + `
}
resource "logto_captcha_provider" "test" {
  type       = "Turnstile"
  site_key   = "site ` + n + `"
  secret_key = "secret"
  project_id = terraform_data.test.id == "" ? "x" : null
  mode       = terraform_data.test.id == "" ? "checkbox" : null
}
resource "logto_custom_profile_field" "test" {
  name   = "test"
  type   = "Text"
  label  = "Label"
  config = { placeholder = "` + n + `", min_value = terraform_data.test.id == "" ? 1 : null }
}
resource "logto_sign_in_experience" "test" {
  adaptive_mfa = { enabled = terraform_data.test.id != "" }
  mfa          = { factors = ["Totp"], policy = ["PromptOnlyAtSignInMandatory", "PromptAtSignInAndSignUpMandatory"][` + n + `] }
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: config("0")}, {Config: config("1")}}})
}
