// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const spa = `
resource "logto_application" "test" {
  name = "{name}"
  type = "SPA"
}
`

const accessSetup = spa + `
resource "logto_user" "test" {
  name = "{name}"
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "x"
}
resource "logto_organization" "test" {
  count = 2
  name  = "{name}"
}
resource "logto_organization_role" "test" {
  name = "{name}"
}
`

const accessTest = "logto_application_access_control.test"

func access(more string) string {
	return "resource \"logto_application_access_control\" \"test\" {\n  application_id = logto_application.test.id\n" + more + "\n}\n"
}

var accessLife = acctest.Lifecycle{
	Resource: accessTest,
	Setup:    accessSetup,
	Minimal:  access("  enabled = false"),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(accessTest, tfjsonpath.New("user_ids"), knownvalue.SetSizeExact(0)),
		statecheck.ExpectKnownValue(accessTest, tfjsonpath.New("organization_role_rules"), knownvalue.SetSizeExact(0)),
	},
	Full: access(`  enabled          = true
  user_ids         = [logto_user.test.id]
  user_role_ids    = [logto_role.test.id]
  organization_ids = [logto_organization.test[0].id]
  organization_role_rules = [{
    organization_id       = logto_organization.test[1].id
    organization_role_ids = [logto_organization_role.test.id]
  }]`),
	Since:    "1.41",
	Path:     "/api/applications/{application_id}/access-control",
	ChangeBy: "PATCH /api/applications/{application_id}",
	Change:   map[string]any{"appLevelAccessControlEnabled": false},
	Remove:   "DELETE /api/applications/{application_id}",
	ImportID: "{application_id}",
	Drift: map[string]acctest.Outside{
		"enabled":                 {Body: map[string]any{"appLevelAccessControlEnabled": false}},
		"user_ids":                accessRule("userIds", []string{}),
		"user_role_ids":           accessRule("userRoleIds", []string{}),
		"organization_ids":        accessRule("organizationIds", []string{"{organization_role_rules.0.organization_id}"}),
		"organization_role_rules": accessRule("organizationRoleRules", []any{}),
	},
}

// accessRule changes one of the full set of rules, which Logto replaces as a whole.
func accessRule(key string, v any) acctest.Outside {
	rules := map[string]any{"userIds": []string{"{user_ids.0}"}, "userRoleIds": []string{"{user_role_ids.0}"}, "organizationIds": []string{"{organization_ids.0}"},
		"organizationRoleRules": []any{map[string]any{"organizationId": "{organization_role_rules.0.organization_id}",
			"organizationRoleIds": []string{"{organization_role_rules.0.organization_role_ids.0}"}}}}
	rules[key] = v
	return acctest.Outside{How: "PUT /api/applications/{application_id}/access-control", Body: rules}
}

func TestAccApplicationAccessControl(t *testing.T) { accessLife.Run(t) }

func TestAccApplicationAccessControlFaults(t *testing.T) { accessLife.Faults(t) }

func TestAccApplicationAccessControlInvalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	rule := "{ organization_id = \"o\", organization_role_ids = [\"r\"] }"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + access("  enabled = true"), PlanOnly: true, ExpectError: regexp.MustCompile(`There is no rule`)},
		{Config: spa + access("  enabled = true\n  organization_role_rules = ["+rule+","+strings.Replace(rule, `["r"]`, `["s"]`, 1)+"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`Two rules for one organization`)},
		{Config: spa + access("  enabled = true\n  organization_role_rules = ["+strings.Replace(rule, `"r"`, "", 1)+"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`at\s+least\s+1`)},
		{Config: spa + access("  enabled = true\n  user_ids = [\"nobody\"]"), ExpectError: regexp.MustCompile(`entity\.relation_foreign_key_not_found`)},
	}})
}

// Where Logto lacks the operation, the error says so.
func TestAccApplicationAccessControl_olderLogto(t *testing.T) {
	t.Parallel()
	target := acctest.StartOlder(t, "1.40")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + access("  enabled = false"), ExpectError: regexp.MustCompile(`needs\s+Logto\s+1\.41\s+or\s+later`)},
	}})
}

// The flag of a SAML application is set where those are.
func TestAccApplicationAccessControlSAML(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	config := func(more string) string {
		return `
resource "logto_saml_application" "test" {
  name = "{name}"
}
resource "logto_user" "test" {
  name = "{name}"
}
` + strings.Replace(access(more), "logto_application.test.id", "logto_saml_application.test.id", 1)
	}
	enabled := func(want bool) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			if got := target.Get(t, "/api/saml-applications/"+idOf(s, "logto_saml_application.test"))["appLevelAccessControlEnabled"]; got != want {
				return fmt.Errorf("enabled: %v", got)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("  enabled = true\n  user_ids = [logto_user.test.id]"), Check: enabled(true)},
		{Config: config("  enabled = false"), Check: enabled(false)},
	}})
}

const signInTest = "logto_application_sign_in_experience.test"

func signIn(more string) string {
	return "resource \"logto_application_sign_in_experience\" \"test\" {\n  application_id = logto_application.test.id\n" + more + "\n}\n"
}

var signInLife = acctest.Lifecycle{
	Resource: signInTest,
	Setup:    spa,
	Minimal:  signIn(""),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(signInTest, tfjsonpath.New("display_name"), knownvalue.Null()),
		statecheck.ExpectKnownValue(signInTest, tfjsonpath.New("color").AtMapKey("primary_color"), knownvalue.Null()),
	},
	Full: signIn(`  display_name       = "{name}"
  custom_css         = "a { color: red }"
  terms_of_use_url   = "https://example.com/terms"
  privacy_policy_url = "https://example.com/privacy"
  branding = {
    logo_url      = "https://example.com/logo.png"
    dark_logo_url = "https://example.com/dark.png"
    favicon       = "https://example.com/favicon.ico"
    dark_favicon  = "https://example.com/dark.ico"
  }
  color = {
    primary_color        = "#5D34f2"
    is_dark_mode_enabled = true
    dark_primary_color   = "#fff"
  }`),
	Path:     "/api/applications/{application_id}/sign-in-experience",
	ChangeBy: "PUT /api/applications/{application_id}/sign-in-experience",
	Change:   map[string]any{"displayName": "changed", "color": map[string]any{}},
	Remove:   "DELETE /api/applications/{application_id}",
	ImportID: "{application_id}",
	Drift: map[string]acctest.Outside{
		"display_name":               {Body: map[string]any{"displayName": "outside"}},
		"custom_css":                 {Body: map[string]any{"customCss": "b { color: blue }"}},
		"terms_of_use_url":           {Body: map[string]any{"termsOfUseUrl": "https://evil.example.com"}},
		"privacy_policy_url":         {Body: map[string]any{"privacyPolicyUrl": "https://evil.example.com"}},
		"branding.logo_url":          signInBranding("logoUrl"),
		"branding.dark_logo_url":     signInBranding("darkLogoUrl"),
		"branding.favicon":           signInBranding("favicon"),
		"branding.dark_favicon":      signInBranding("darkFavicon"),
		"color.primary_color":        signInColor("primaryColor", "#000"),
		"color.is_dark_mode_enabled": signInColor("isDarkModeEnabled", false),
		"color.dark_primary_color":   signInColor("darkPrimaryColor", "#000"),
	},
}

// signInBranding changes one of the full set of URLs, which Logto replaces as a whole.
func signInBranding(key string) acctest.Outside {
	urls := map[string]any{"logoUrl": "https://example.com/logo.png", "darkLogoUrl": "https://example.com/dark.png",
		"favicon": "https://example.com/favicon.ico", "darkFavicon": "https://example.com/dark.ico"}
	urls[key] = "https://evil.example.com/"
	return acctest.Outside{Body: map[string]any{"branding": urls}}
}

// signInColor is like signInBranding.
func signInColor(key string, v any) acctest.Outside {
	colors := map[string]any{"primaryColor": "#5D34f2", "isDarkModeEnabled": true, "darkPrimaryColor": "#fff"}
	colors[key] = v
	return acctest.Outside{Body: map[string]any{"color": colors}}
}

func TestAccApplicationSignInExperience(t *testing.T) { signInLife.Run(t) }

func TestAccApplicationSignInExperienceFaults(t *testing.T) { signInLife.Faults(t) }

// A create replaces what the Console set.
func TestAccApplicationSignInExperienceReplaces(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var path string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + signIn("  terms_of_use_url = \"x\""), PlanOnly: true, ExpectError: regexp.MustCompile(`terms_of_use_url must be "" or\s+an http`)},
		{Config: spa + signIn("  color = { primary_color = \"red\" }"), PlanOnly: true, ExpectError: regexp.MustCompile(`color\.primary_color`)},
		{Config: spa, Check: func(s *terraform.State) error {
			path = "/api/applications/" + idOf(s, "logto_application.test") + "/sign-in-experience"
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPut, path, map[string]any{"customCss": "theirs", "termsOfUseUrl": "https://theirs.example.com",
					"branding": map[string]any{"favicon": "https://theirs.example.com"}, "color": map[string]any{"primaryColor": "#000"}})
			},
			Config: spa + signIn("  display_name = \"ours\"\n  color = { dark_primary_color = \"#fff\" }"),
			Check: func(*terraform.State) error {
				o := target.Get(t, path)
				if diff := cmp.Diff(map[string]any{"darkPrimaryColor": "#fff"}, o["color"]); diff != "" || o["customCss"] != nil ||
					o["termsOfUseUrl"] != nil || o["displayName"] != "ours" || len(o["branding"].(map[string]any)) > 0 {
					return fmt.Errorf("not replaced: %v", o)
				}
				return nil
			},
		},
	}})
}

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

func TestAccApplicationUserConsentScopesFaults(t *testing.T) { consentLife.Faults(t) }

func TestAccApplicationUserConsentScopesInvalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + consent("  user_scopes = [\"nothing\"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`One element of attribute user_scopes is not allowed. Allowed values:\s+"profile"`)},
		{Config: spa + consent("  user_scopes = [\"profile\"]"), ExpectError: regexp.MustCompile(`(?s)third_party_application_only.*is_third_party`)},
		{Config: strings.Replace(spa, "{\n", "{\n  is_third_party = true\n", 1) + consent("  resource_scope_ids = [\"nothing\"]"), ExpectError: regexp.MustCompile(`(?s)resource_scope_ids = \[.*no such scopes: nothing.*user_consent_scopes_not_found`)},
	}})
}

var customDomainLife = acctest.Lifecycle{
	Resource: "logto_application_custom_domain.test",
	Cloud:    true,
	Setup: `
resource "logto_application" "test" {
  name = "{name}"
  type = "Protected"
  protected_app = {
    sub_domain = "{name}"
    origin     = "https://www.example.com"
  }
}
`,
	Minimal: `
resource "logto_application_custom_domain" "test" {
  application_id = logto_application.test.id
  domain         = "{name}.example.com"
}`,
	Find:        "/api/applications/{application_id}/protected-app-metadata/custom-domains domain={domain}",
	ReadOnly:    []string{"status"},
	NotImported: []string{"status"},
	Remove:      "DELETE /api/applications/{application_id}/protected-app-metadata/custom-domains/{domain}",
	ImportID:    "{application_id}/{domain}",
	NotAdopted:  "an application can have one domain, and Logto Cloud refuses a second one",
}

func TestAccApplicationCustomDomain(t *testing.T) { customDomainLife.Run(t) }

func TestAccApplicationCustomDomainFaults(t *testing.T) { customDomainLife.Faults(t) }

// A self-hosted Logto has no protected applications, and says so.
func TestAccApplicationCustomDomainOnOSS(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: spa + customDomainLife.Minimal, ExpectError: regexp.MustCompile(`(?s)protected_application_only.*Logto\s+Cloud`),
	}}})
}

// Sets that are the content of their own resource are enforced: left out is [], and
// the plan says what goes.
func TestAccApplicationSetsLeftOut(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	const consentTest = "logto_application_user_consent_scopes.test"
	both := strings.Replace(accessSetup, `  type = "SPA"`, "  type = \"SPA\"\n  is_third_party = true", 1)
	var app string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: both + access("  enabled = true\n  user_ids = [logto_user.test.id]\n  user_role_ids = [logto_role.test.id]") + consent("  user_scopes = [\"email\"]"),
			Check: func(s *terraform.State) error { app = "/api/applications/" + idOf(s, test); return nil }},
		{
			Config: both + access("  enabled = true\n  user_ids = [logto_user.test.id]") + consent(""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue(accessTest, tfjsonpath.New("user_role_ids"), knownvalue.SetSizeExact(0)),
				plancheck.ExpectKnownValue(consentTest, tfjsonpath.New("user_scopes"), knownvalue.SetSizeExact(0)),
			}},
			Check: func(*terraform.State) error {
				rules, scopes := target.Get(t, app+"/access-control"), target.Get(t, app+"/user-consent-scopes")
				if len(rules["userRoleIds"].([]any)) > 0 || len(rules["userIds"].([]any)) != 1 || len(scopes["userScopes"].([]any)) > 0 {
					return fmt.Errorf("Logto has %v and %v", rules, scopes)
				}
				return nil
			},
		},
	}})
}
