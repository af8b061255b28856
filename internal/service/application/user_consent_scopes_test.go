// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const consentSetup = `
resource "logto_application" "test" {
  name           = "{name}"
  type           = "SPA"
  is_third_party = true
}
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes = {
    "read:x"  = {}
    "write:x" = {}
  }
}
resource "logto_organization_scope" "test" {
  name = "{name}"
}
`

func consent(more string) string {
	return "resource \"logto_application_user_consent_scopes\" \"test\" {\n  application_id = logto_application.test.id\n" + more + "\n}\n"
}

var consentLife = acctest.Lifecycle{
	Resource: "logto_application_user_consent_scopes.test",
	Setup:    consentSetup,
	Minimal:  consent(""),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_application_user_consent_scopes.test", tfjsonpath.New("user_scopes"), knownvalue.SetSizeExact(0)),
		statecheck.ExpectKnownValue("logto_application_user_consent_scopes.test", tfjsonpath.New("resource_scope_ids"), knownvalue.SetSizeExact(0)),
	},
	Full: consent(`  user_scopes                     = ["email", "urn:logto:scope:organizations"]
  resource_scope_ids              = [logto_api_resource.test.scopes["write:x"].id]
  organization_scope_ids          = [logto_organization_scope.test.id]
  organization_resource_scope_ids = [logto_api_resource.test.scopes["read:x"].id]`),
	Path:     "/api/applications/{application_id}/user-consent-scopes",
	ChangeBy: "POST /api/applications/{application_id}/user-consent-scopes",
	Change:   map[string]any{"userScopes": []string{"address"}},
	Remove:   "DELETE /api/applications/{application_id}",
	ImportID: "{application_id}",
	Drift: map[string]acctest.Outside{
		"user_scopes":                     {Body: map[string]any{"userScopes": []string{"address"}}},
		"resource_scope_ids":              {Body: map[string]any{"resourceScopes": []string{"{organization_resource_scope_ids.0}"}}},
		"organization_scope_ids":          {How: "DELETE /api/applications/{application_id}/user-consent-scopes/organization-scopes/{organization_scope_ids.0}"},
		"organization_resource_scope_ids": {Body: map[string]any{"organizationResourceScopes": []string{"{resource_scope_ids.0}"}}},
	},
}

func TestAccApplicationUserConsentScopes(t *testing.T) { consentLife.Run(t) }

func TestAccApplicationUserConsentScopes_faults(t *testing.T) { consentLife.Faults(t) }

func TestAccApplicationUserConsentScopes_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + consent("  user_scopes = [\"nothing\"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`One element of attribute user_scopes is not allowed. Allowed values:\s+"profile"`)},
		{Config: spa + consent("  user_scopes = [\"profile\"]"), ExpectError: regexp.MustCompile(`(?s)third_party_application_only.*is_third_party`)},
		{Config: strings.Replace(spa, "{\n", "{\n  is_third_party = true\n", 1) + consent("  resource_scope_ids = [\"nothing\"]"), ExpectError: regexp.MustCompile(`(?s)resource_scope_ids = \[.*user_consent_scopes_not_found.*no such scopes: nothing`)},
	}})
}
