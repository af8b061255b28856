// SPDX-License-Identifier: MPL-2.0

package saml_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

const test = "logto_saml_application.test"

// start is the start of a test that makes one SAML application at most. A real
// tenant allows three, so tests take turns there.
func start(t *testing.T) *acctest.Target {
	t.Helper()
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Parallel()
	}
	return acctest.Start(t)
}

var (
	pem    = knownvalue.StringRegexp(regexp.MustCompile(`^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\n$`))
	endsIn = func(end string) knownvalue.Check {
		return knownvalue.StringRegexp(regexp.MustCompile(`^http://.*` + end + `$`))
	}
	minimal = `
resource "logto_saml_application" "test" {
  name = "{name}"
}`
)

var samlLife = acctest.Lifecycle{
	Resource: test,
	Scarce:   true,
	Minimal:  minimal,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(test, tfjsonpath.New("description"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("entity_id"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("acs_url"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("encryption"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("attribute_mapping"), knownvalue.MapSizeExact(0)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("name_id_format"), knownvalue.StringExact("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("metadata_url"), endsIn(`/api/saml-applications/\w+/metadata`)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("sso_url"), endsIn(`/api/saml/\w+/authn`)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("idp_entity_id"), endsIn(`/saml/\w+`)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("certificate"), pem),
	},
	Full: `
resource "logto_saml_application" "test" {
  name           = "{name} full"
  description    = "A test application."
  entity_id      = "https://sp.example.com/metadata"
  name_id_format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
  acs_url = {
    url = "https://sp.example.com/acs"
  }
  attribute_mapping = {
    email = "mail"
    sub   = "id"
    name  = ""
  }
  encryption = {
    encrypt_assertion = true
    encrypt_then_sign = false
    certificate       = "` + spCertificate + `"
  }
}`,
	FullChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(test, tfjsonpath.New("acs_url").AtMapKey("binding"), knownvalue.StringExact("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST")),
	},
	Path: "/api/saml-applications/{id}",
	Change: map[string]any{"name": "changed", "entityId": nil, "attributeMapping": map[string]any{"email": "other"}, "encryption": nil,
		"acsUrl": map[string]any{"binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", "url": "https://other.example.com"}},
	Drift: map[string]acctest.Outside{
		"name":              {Body: map[string]any{"name": "outside"}},
		"description":       {Body: map[string]any{"description": "outside"}},
		"entity_id":         {Body: map[string]any{"entityId": "outside"}},
		"name_id_format":    {Body: map[string]any{"nameIdFormat": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"}},
		"attribute_mapping": {Body: map[string]any{"attributeMapping": map[string]any{"email": "outside"}}},
		"acs_url.url":       {Body: map[string]any{"acsUrl": map[string]any{"binding": post, "url": "https://evil.example.com/acs"}}},
		"acs_url.binding": {Body: map[string]any{"acsUrl": map[string]any{
			"binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", "url": "https://sp.example.com/acs"}}},
		"encryption.encrypt_assertion": encryptionSetting("encryptAssertion", false),
		"encryption.encrypt_then_sign": encryptionSetting("encryptThenSign", true),
		"encryption.certificate":       encryptionSetting("certificate", "outside"),
	},
}

const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"

// spCertificate is the certificate of a service provider, as HCL has it.
const spCertificate = `-----BEGIN CERTIFICATE-----\n` +
	`MIIBcjCCARegAwIBAgIUBXQY976lgJ1qr31v/m8Iy3hHMWQwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCc3AwIBcNMjYxMTI3MTAwMDM0WhgPMjEyNjExMDMxMDAwMzRa` +
	`MA0xCzAJBgNVBAMMAnNwMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnrZHTcroFxMjU4tDsq6eC2AJ31Fa/yCSFTgOJ8lAGwbrDQ7BteXIQGQpk0bhh4Zae0YULw0w` +
	`3uzqWq43SaI8lKNTMFEwHQYDVR0OBBYEFLZ6n4AIrN99ynhg3jglmm85oJZ0MB8GA1UdIwQYMBaAFLZ6n4AIrN99ynhg3jglmm85oJZ0MA8GA1UdEwEB/wQFMAMBAf8w` +
	`CgYIKoZIzj0EAwIDSQAwRgIhAIuoQhOdTmvtVixjw6Sx9Laq98FgR3rMMFAwrOlX4NgvAiEAlomG/mpd4a3EzM22uRlTkB/wz0RVk0BBFhYf6/QcKP4=` +
	`\n-----END CERTIFICATE-----\n`

// encryptionSetting changes one setting of the full encryption, which Logto replaces as a whole.
func encryptionSetting(key string, v any) acctest.Outside {
	settings := map[string]any{"encryptAssertion": true, "encryptThenSign": false, "certificate": strings.ReplaceAll(spCertificate, `\n`, "\n")}
	settings[key] = v
	return acctest.Outside{Body: map[string]any{"encryption": settings}}
}

func TestAccSAMLApplication(t *testing.T) { samlLife.Run(t) }

func TestAccSAMLApplication_faults(t *testing.T) { samlLife.Faults(t) }

func saml(more string) string {
	return "resource \"logto_saml_application\" \"test\" {\n  name = \"{name}\"\n" + more + "\n}\n"
}

func action(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(test, a)}}
}

// Keys of custom data are added and changed in place. Logto cannot remove one,
// so that replaces the application.
func TestAccSAMLApplication_customData(t *testing.T) {
	target := start(t)
	id := statecheck.CompareValue(compare.ValuesSame())
	same := func() []statecheck.StateCheck { // one for each step
		return []statecheck.StateCheck{id.AddStateValue(test, tfjsonpath.New("id"))}
	}
	data := func(json string) string { return saml("  custom_data = jsonencode(" + json + ")") }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: data("{ a = 1 }"), ConfigStateChecks: same()},
		{Config: data("{ a = { x = 1 }, b = 2 }"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), ConfigStateChecks: same()},
		{Config: data("{ a = { y = 1 }, b = null }"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), ConfigStateChecks: same()},
		{Config: data("{ b = null, a = { y = 1 } }"), PlanOnly: true},
		{Config: data("{ a = { y = 1 } }"), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate)},
		{Config: saml(""), ConfigPlanChecks: action(plancheck.ResourceActionDestroyBeforeCreate), ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(test, tfjsonpath.New("custom_data"), knownvalue.StringExact("{}")),
		}},
	}})
}

// Run-time data and what is ignored stay when something else changes, and a rename
// sends the name only.
func TestAccSAMLApplication_rename(t *testing.T) {
	target := start(t)
	var id string
	config := saml("  lifecycle {\n    ignore_changes = [entity_id, encryption]\n  }")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[test].Primary.ID
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/saml-applications/"+id, map[string]any{"entityId": "theirs", "customData": map[string]any{"theirs": true}, "encryption": map[string]any{}})
			},
			Config:           strings.Replace(config, "{name}", "{name}-2", 1),
			ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				if o := target.Get(t, "/api/saml-applications/"+id); o["entityId"] != "theirs" || fmt.Sprint(o["customData"]) != "map[theirs:true]" || o["encryption"] == nil {
					return fmt.Errorf("the rename changed more: %v", o)
				}
				return nil
			},
		},
	}})
}

// Settings that somebody makes outside are taken back once, and nothing else changes.
func TestAccSAMLApplication_setOutside(t *testing.T) {
	target := start(t)
	var id string
	config := saml("") + "output \"certificate\" {\n  value = logto_saml_application.test.certificate\n}\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[test].Primary.ID
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/saml-applications/"+id, map[string]any{
					"acsUrl": map[string]any{"binding": post, "url": "https://sp.example.com/acs"}, "encryption": map[string]any{"encryptAssertion": false}})
			},
			Config: config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(test, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(test, tfjsonpath.New("certificate"), pem),
				plancheck.ExpectKnownValue(test, tfjsonpath.New("acs_url"), knownvalue.Null()),
			}},
			Check: func(*terraform.State) error {
				if o := target.Get(t, "/api/saml-applications/"+id); o["acsUrl"] != nil || o["encryption"] != nil {
					return fmt.Errorf("Logto has %v", o)
				}
				return nil
			},
		},
	}})
}

func TestAccSAMLApplication_invalid(t *testing.T) {
	target := start(t)
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{`acs_url = { url = "https://sp.example.com", binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" }`, `acs_url.binding must be urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST`},
		{`acs_url = { url = "javascript:alert(1)" }`, `acs_url.url must be an http or https URL`},
		{`attribute_mapping = { mail = "email" }`, `Did you mean "email"\? One key .* The key is the claim, and the value is the name of the SAML attribute at the service provider: { email = "mail" }. Allowed keys: "sub", "name"`},
		{`name_id_format = "persistent"`, `name_id_format`},
		{`encryption = { encrypt_assertion = true }`, `Assertions can be encrypted only when`},
		{`encryption = { encrypt_assertion = true, encrypt_then_sign = true }`, `encryption = .*encryption.certificate: Assertions .* only when certificate is given`},
		{`encryption = { encrypt_assertion = true, encrypt_then_sign = true, certificate = "abc" }`, `encryption.certificate must be an X.509 certificate in PEM format`},
		{`encryption = { encrypt_assertion = true, encrypt_then_sign = true, certificate = "` + strings.Replace(spCertificate, "MII", "MI", 1) + `" }`, `encryption.certificate must be an X.509 certificate in PEM format`},
		{`custom_data = "[]"`, `custom_data must be a JSON object`},
		{`entity_id = "` + strings.Repeat("x", 129) + `"`, `entity_id must have at most 128 characters`},
	} {
		steps = append(steps, resource.TestStep{Config: saml("  " + c.config), PlanOnly: true, ExpectError: regexp.MustCompile("(?s)" + strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	// What is not known yet is not checked.
	steps = append(steps, resource.TestStep{PlanOnly: true, ExpectNonEmptyPlan: true, Config: `
resource "terraform_data" "test" {
  input = "x"
}
` + saml("  encryption = { encrypt_assertion = true, encrypt_then_sign = true, certificate = terraform_data.test.output }\n  custom_data = terraform_data.test.output\n  entity_id = terraform_data.test.output")})
	target.Test(t, resource.TestCase{Steps: steps})
}

// The fourth SAML application of a self-hosted tenant is refused with advice.
func TestAccSAMLApplication_limit(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config:      strings.Replace(saml(""), "{\n", "{\n  count = 4\n", 1),
		ExpectError: regexp.MustCompile(`(?s)application\.saml\.reach_oss_limit.*allows\s+three`),
	}}})
}

// An application that was made and could not be read is in the state.
func TestAccSAMLApplication_unread(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	before := target.Server.Rows()["applications"]
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			PreConfig: func() {
				target.Server.Inject(fakelogto.Fault{Method: http.MethodGet, Path: "/api/saml-applications/*", Status: http.StatusInternalServerError, Times: 1})
			},
			Config: saml(""), ExpectError: regexp.MustCompile(`(?s)was\s+created.*could\s+not\s+be\s+read`),
		},
		{Config: saml(""), Check: func(*terraform.State) error {
			if n := target.Server.Rows()["applications"]; n != before+1 {
				return fmt.Errorf("%d applications, want %d", n, before+1)
			}
			return nil
		}},
	}})
}

// An application of another type is not one of SAML.
func TestAccSAMLApplication_otherType(t *testing.T) {
	target := start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  type = \"SPA\"\n}\n"},
		{
			Config: "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  type = \"SPA\"\n}\n" + saml(""), ResourceName: test, ImportState: true,
			ImportStateIdFunc: func(s *terraform.State) (string, error) {
				return s.RootModule().Resources["logto_application.test"].Primary.ID, nil
			},
			ExpectError: regexp.MustCompile(`(?s)saml_application_only.*Use\s+logto_application`),
		},
	}})
}

func TestAccSAMLApplication_data(t *testing.T) {
	target := start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: samlLife.Full + `
data "logto_saml_application" "by_name" {
  name       = logto_saml_application.test.name
  depends_on = [logto_saml_application.test]
}
data "logto_saml_application" "by_id" {
  id = logto_saml_application.test.id
}
output "same" {
  value = [
    for key in ["entity_id", "acs_url", "attribute_mapping", "encryption", "certificate", "sso_url", "metadata_url", "idp_entity_id", "name_id_format"] :
    key if data.logto_saml_application.by_name[key] != logto_saml_application.test[key] || data.logto_saml_application.by_id[key] != logto_saml_application.test[key]
  ]
}`, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same", knownvalue.ListSizeExact(0))}},
		{Config: "data \"logto_saml_application\" \"none\" {\n  name = \"{name} none\"\n}", ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+name`)},
	}})
}

func TestAccSAMLApplication_list(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.StartMemory(t) // counts what is there
	var id string
	list := func(kind, config string) string {
		return "list \"" + kind + "\" \"all\" {\n  provider         = logto\n  include_resource = true\n" + config + "}"
	}
	steps := []resource.TestStep{
		{Config: strings.Replace(saml(""), "{\n", "{\n  count = 2\n", 1) + "resource \"logto_application\" \"other\" {\n  name = \"{name}\"\n  type = \"SPA\"\n}\n", Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[test+".0"].Primary.ID
			return nil
		}},
		{
			Query: true, Config: list("logto_saml_application", ""),
			QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLength("logto_saml_application.all", 2)},
		},
	}
	target.Test(t, resource.TestCase{Steps: steps, CheckDestroy: func(*terraform.State) error {
		if id == "" {
			return errors.New("no application was made")
		}
		return nil
	}})
}
