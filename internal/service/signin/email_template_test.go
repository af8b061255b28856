// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

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

func TestAccEmailTemplate_faults(t *testing.T) { templateLife.Faults(t) }

func TestAccEmailTemplate_invalid(t *testing.T) {
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

func TestAccEmailTemplates_data(t *testing.T) {
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
func TestAccEmailTemplate_unknown(t *testing.T) {
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

// An email that brings a code and has no place for it gives a warning.
func TestAccEmailTemplate_withoutCode(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(kind, subject, content string) string {
		return fmt.Sprintf("resource \"logto_email_template\" \"test\" {\n  language_tag = %q\n  template_type = %q\n  subject = %q\n  content = %q\n}", "eo-EO", kind, subject, content)
	}
	step := func(config string, warned bool) resource.TestStep {
		return resource.TestStep{PreConfig: target.Reset, Config: config, Check: func(*terraform.State) error {
			if got := strings.Join(target.Warnings(), "\n"); strings.Contains(got, "The email has no verification code") != warned {
				return fmt.Errorf("warnings: %q, want one: %t", got, warned)
			}
			return nil
		}}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(config("SignIn", "Sign in", "Hello"), true),
		step(config("SignIn", "{{ code }} is your code", "Hello"), false),
		step(config("SignIn", "Sign in", "{{code}}"), false),
		step(config("OrganizationInvitation", "Join", "{{link}}"), false),
	}})
}
