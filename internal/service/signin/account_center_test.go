// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
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

func TestAccAccountCenter_faults(t *testing.T) { accountCenterLife.Faults(t) }

func TestAccAccountCenter_eachAttribute(t *testing.T) {
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
		{Config: config(`profile_fields = ["nothing"]`), ExpectError: regexp.MustCompile(`(?s)profile_fields = .*no\s+custom\s+profile\s+field\s+with\s+the\s+name\s+"nothing"`)},
		{Config: `data "logto_account_center" "test" {}`, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.logto_account_center.test", tfjsonpath.New("fields").AtMapKey("email"), knownvalue.StringExact("ReadOnly"))}},
	}})
}
