// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/service/application"
)

const test = "logto_application.test"

var applicationLife = acctest.Lifecycle{
	Resource: test,
	Minimal: `
resource "logto_application" "test" {
  name = "{name}"
  type = "Traditional"
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(test, tfjsonpath.New("redirect_uris"), knownvalue.ListExact(nil)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("cors_allowed_origins"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("custom_data"), knownvalue.StringExact("{}")),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("is_third_party"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("id_token_ttl"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("role_ids"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("protected_app"), knownvalue.Null()),
	},
	Full: `
resource "logto_application" "test" {
  name                                = "{name} full"
  type                                = "Traditional"
  description                         = "A test application."
  redirect_uris                       = ["https://b.example.com/*", "https://a.example.com/callback", "com.example.app://callback"]
  post_logout_redirect_uris           = ["https://a.example.com"]
  backchannel_logout_uri              = "https://a.example.com/logout"
  backchannel_logout_session_required = true
  logo_uri                            = "https://a.example.com/logo.svg"
  cors_allowed_origins                = ["https://b.example.com", "https://a.example.com"]
  id_token_ttl                        = 600
  refresh_token_ttl                   = 86400
  refresh_token_ttl_in_days           = 30
  always_issue_refresh_token          = true
  rotate_refresh_token                = false
  allow_token_exchange                = true
  is_device_flow                      = false # since 1.38
  max_allowed_grants                  = 3 # since 1.38
  custom_data                         = jsonencode({ team = "shop", nested = { b = [1, null], a = 2.5 } })
}`,
	Path: "/api/applications/{id}",
	Change: map[string]any{
		"name": "changed", "customData": map[string]any{"mine": true}, "customClientMetadata": map[string]any{"idTokenTtl": 1},
		"oidcClientMetadata": map[string]any{"redirectUris": []string{}, "postLogoutRedirectUris": []string{"https://x.example.com"}},
	},
	Drift: map[string]acctest.Outside{
		"name":                                {Body: map[string]any{"name": "outside"}},
		"description":                         {Body: map[string]any{"description": "outside"}},
		"redirect_uris":                       oidcSetting("redirectUris", []string{"https://a.example.com/callback", "https://evil.example.com"}),
		"post_logout_redirect_uris":           oidcSetting("postLogoutRedirectUris", []string{"https://evil.example.com"}),
		"backchannel_logout_uri":              oidcSetting("backchannelLogoutUri", "https://evil.example.com"),
		"backchannel_logout_session_required": oidcSetting("backchannelLogoutSessionRequired", false),
		"logo_uri":                            oidcSetting("logoUri", "https://evil.example.com"),
		"cors_allowed_origins":                customSetting("corsAllowedOrigins", []string{"https://evil.example.com"}),
		"id_token_ttl":                        customSetting("idTokenTtl", 60),
		"refresh_token_ttl":                   customSetting("refreshTokenTtl", 60),
		"refresh_token_ttl_in_days":           customSetting("refreshTokenTtlInDays", 1),
		"always_issue_refresh_token":          customSetting("alwaysIssueRefreshToken", false),
		"rotate_refresh_token":                customSetting("rotateRefreshToken", true),
		"allow_token_exchange":                customSetting("allowTokenExchange", false),
		"max_allowed_grants":                  customSetting("maxAllowedGrants", 100),
	},
	NoDrift: map[string]string{
		"type": neverChanges, "is_third_party": neverChanges, "is_device_flow": neverChanges,
		"protected_app.sub_domain": onlyProtected, "protected_app.origin": onlyProtected, "protected_app.session_duration": onlyProtected,
		"protected_app.page_rules": onlyProtected, "protected_app.additional_scopes": onlyProtected,
	},
}

const (
	neverChanges  = "Logto does not change it"
	onlyProtected = "only applications of type Protected have it"
)

// oidcSetting changes one setting of the full application. Logto replaces the object
// that it is in.
func oidcSetting(key string, v any) acctest.Outside {
	settings := map[string]any{
		"redirectUris":           []string{"https://b.example.com/*", "https://a.example.com/callback", "com.example.app://callback"},
		"postLogoutRedirectUris": []string{"https://a.example.com"},
		"backchannelLogoutUri":   "https://a.example.com/logout", "backchannelLogoutSessionRequired": true, "logoUri": "https://a.example.com/logo.svg",
	}
	settings[key] = v
	return acctest.Outside{Body: map[string]any{"oidcClientMetadata": settings}}
}

// customSetting is like oidcSetting.
func customSetting(key string, v any) acctest.Outside {
	settings := map[string]any{
		"corsAllowedOrigins": []string{"https://b.example.com", "https://a.example.com"},
		"idTokenTtl":         600, "refreshTokenTtl": 86400, "refreshTokenTtlInDays": 30, "alwaysIssueRefreshToken": true, "rotateRefreshToken": false,
		"allowTokenExchange": true, "isDeviceFlow": false, "maxAllowedGrants": 3,
	}
	settings[key] = v
	return acctest.Outside{Body: map[string]any{"customClientMetadata": settings}}
}

func TestAccApplication(t *testing.T) { applicationLife.Run(t) }

func TestAccApplication_faults(t *testing.T) { applicationLife.Faults(t) }

// A create with all settings that gets no answer is found by them.
func TestAccApplication_fullFaults(t *testing.T) {
	acctest.Lifecycle{Resource: test, Minimal: applicationLife.Full}.Faults(t)
}

const machineRoles = `
resource "logto_role" "test" {
  count       = 3
  name        = "{name}-${count.index}"
  description = "A test role."
  type        = "MachineToMachine"
}
`

var machineLife = acctest.Lifecycle{
	Resource: test,
	Setup:    machineRoles,
	Minimal: `
resource "logto_application" "test" {
  name     = "{name}"
  type     = "MachineToMachine"
  role_ids = [logto_role.test[0].id, logto_role.test[1].id]
}`,
	Full: `
resource "logto_application" "test" {
  name     = "{name} full"
  type     = "MachineToMachine"
  role_ids = [logto_role.test[2].id, logto_role.test[1].id]
}`,
	Path:    "/api/applications/{id}",
	Change:  map[string]any{"name": "changed"},
	Variant: true,
}

func TestAccApplication_roleIDs(t *testing.T) { machineLife.Run(t) }

func TestAccApplication_roleIDsFaults(t *testing.T) { machineLife.Faults(t) }

// rolesOf are the ids of the roles that an application has, in order.
func rolesOf(t *testing.T, target *acctest.Target, app string) (ids []string) {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/applications/"+app+"/roles?page_size=100", nil)
	roles, _ := answer.([]any)
	for _, r := range roles {
		ids = append(ids, fmt.Sprint(r.(map[string]any)["id"]))
	}
	slices.Sort(ids)
	return ids
}

func idOf(s *terraform.State, address string) string {
	return s.RootModule().Resources[address].Primary.ID
}

func attribute(s *terraform.State, address, name string) string {
	return s.RootModule().Resources[address].Primary.Attributes[name]
}

// Roles that others give or take away are put right where role_ids manages
// them, and left alone where it does not.
func TestAccApplication_roleIDsDrift(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var app string
	var roles []string
	has := func(want func() []string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			wanted := slices.Sorted(slices.Values(want()))
			if got := rolesOf(t, target, app); !slices.Equal(got, wanted) {
				return fmt.Errorf("the application has the roles %v, not %v", got, wanted)
			}
			return nil
		}
	}
	managed := func(ids string) string {
		return machineRoles + "resource \"logto_application\" \"test\" {\n  name     = \"{name}\"\n  type     = \"MachineToMachine\"\n" + ids + "}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machineRoles + machineLife.Minimal, Check: func(s *terraform.State) error {
			app = idOf(s, test)
			for i := range 3 {
				roles = append(roles, idOf(s, fmt.Sprintf("logto_role.test.%d", i)))
			}
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodDelete, "/api/applications/"+app+"/roles/"+roles[0], nil)
				target.Do(t, http.MethodPost, "/api/applications/"+app+"/roles", map[string]any{"roleIds": []string{roles[2]}})
			},
			Config: machineRoles + machineLife.Minimal,
			Check:  has(func() []string { return roles[:2] }),
		},
		{PreConfig: target.Reset, Config: managed(""), Check: resource.ComposeTestCheckFunc(
			has(func() []string { return roles[:2] }), // not managed any more: they stay
			func(*terraform.State) error {
				warned := strings.Join(target.Warnings(), "\n")
				for _, want := range []string{"no longer managed", roles[0], roles[1], "role_ids = []"} {
					if !strings.Contains(warned, want) {
						return fmt.Errorf("nothing warns of %q: %s", want, warned)
					}
				}
				return nil
			})},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPost, "/api/applications/"+app+"/roles", map[string]any{"roleIds": []string{roles[2]}})
			},
			Config:           managed(""),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check:            has(func() []string { return roles }),
		},
		{Config: managed("  role_ids = []\n"), Check: has(func() []string { return nil })},
	}})
}

// An application can have more roles than the API gives in one page.
func TestAccApplication_manyRoles(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := `
resource "logto_role" "test" {
  count       = 101
  name        = "{name}-${count.index}"
  description = "A test role."
  type        = "MachineToMachine"
}
resource "logto_application" "test" {
  name     = "{name}"
  type     = "MachineToMachine"
  role_ids = logto_role.test[*].id
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(test, tfjsonpath.New("role_ids"), knownvalue.SetSizeExact(101))}},
	}})
}

// A rename changes the name. What the provider does not know, what is ignored, run-time
// data, the application's roles and its access as an admin stay.
func TestAccApplication_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name, more string) string {
		return machineRoles + fmt.Sprintf("resource \"logto_application\" \"test\" {\n  name = %q\n  type = \"MachineToMachine\"\n%s  lifecycle {\n    ignore_changes = [description, redirect_uris, id_token_ttl]\n  }\n}\n", name, more)
	}
	var at string
	var was map[string]any
	var roles []string
	// only checks that one PATCH was made and changed those keys only.
	only := func(keys ...string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if writes := target.Writes(); !slices.Equal(writes, []string{"PATCH " + at}) {
				return fmt.Errorf("the change took the writes %v", writes)
			}
			now := target.Get(t, at)
			before := maps.Clone(was)
			for _, k := range keys {
				delete(before, k)
				delete(now, k)
			}
			if diff := cmp.Diff(before, now); diff != "" {
				return fmt.Errorf("more than %v changed (-before +after):\n%s", keys, diff)
			}
			if got := rolesOf(t, target, was["id"].(string)); !slices.Equal(got, roles) {
				return fmt.Errorf("the application has the roles %v, not %v", got, roles)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("{name}", ""), Check: func(s *terraform.State) error {
			at = "/api/applications/" + idOf(s, test)
			roles = []string{idOf(s, "logto_role.test.0"), idOf(s, "logto_role.test.1")}
			slices.Sort(roles)
			return nil
		}},
		{
			PreConfig: func() {
				// By the Console: tenantId is a setting that this provider does not know.
				status, answer := target.Do(t, http.MethodPatch, at, map[string]any{
					"isAdmin": true, "description": "By the Console", "customData": map[string]any{"a": 1},
					"oidcClientMetadata":   map[string]any{"redirectUris": []string{"https://x.example.com"}, "postLogoutRedirectUris": []string{}},
					"customClientMetadata": map[string]any{"idTokenTtl": 60.5, "tenantId": "legacy"},
				})
				if status != http.StatusOK {
					t.Fatalf("HTTP %d, %v", status, answer)
				}
				target.Do(t, http.MethodPost, at+"/roles", map[string]any{"roleIds": roles})
				was = target.Get(t, at)
				if was["isAdmin"] != true {
					t.Fatalf("the application is no admin: %v", was)
				}
				target.Reset()
			},
			Config: config("{name} 2", ""),
			Check:  only("name"),
		},
		{ // a setting inside of an object that the server replaces whole
			PreConfig: func() { was = target.Get(t, at); target.Reset() },
			Config:    config("{name} 2", "  refresh_token_ttl_in_days = 5\n"),
			Check: func(s *terraform.State) error {
				if err := only("customClientMetadata")(s); err != nil {
					return err
				}
				want := maps.Clone(was["customClientMetadata"].(map[string]any))
				want["refreshTokenTtlInDays"] = 5.0
				if diff := cmp.Diff(want, target.Get(t, at)["customClientMetadata"]); diff != "" {
					return fmt.Errorf("more than one setting changed (-want +got):\n%s", diff)
				}
				return nil
			},
		},
		{ // and taken back: the key is gone, the others stay
			PreConfig: func() { target.Reset() },
			Config:    config("{name} 2", ""),
			Check: func(s *terraform.State) error {
				if err := only("customClientMetadata")(s); err != nil {
					return err
				}
				want := maps.Clone(was["customClientMetadata"].(map[string]any))
				delete(want, "refreshTokenTtlInDays")
				if diff := cmp.Diff(want, target.Get(t, at)["customClientMetadata"]); diff != "" {
					return fmt.Errorf("more than one setting changed (-want +got):\n%s", diff)
				}
				return nil
			},
		},
	}})
}

// What a create settles for good replaces the application, and a spelling of
// the same does not.
func TestAccApplication_replace(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	config := func(attributes string) string {
		return "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n" + attributes + "}\n"
	}
	step := func(attributes string, action plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{Config: config(attributes),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(test, action)}}}
	}
	const replace = plancheck.ResourceActionDestroyBeforeCreate
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step("  type = \"SPA\"\n", plancheck.ResourceActionCreate),
		step("  type = \"Native\"\n", replace),
		step("  type = \"Native\"\n  is_device_flow = false\n", plancheck.ResourceActionUpdate),
		step("  type = \"Native\"\n  is_device_flow = true\n", replace),
		step("  type = \"Native\"\n  is_device_flow = true\n  id_token_ttl = 60\n", plancheck.ResourceActionUpdate), // keeps isDeviceFlow
		step("  type = \"Native\"\n", replace),
		step("  type = \"Native\"\n  is_third_party = false\n", plancheck.ResourceActionNoop),
		step("  type = \"Native\"\n  is_third_party = true\n", replace),
		step("  type = \"Native\"\n", replace),
	}})
}

// Empty values are values: Logto keeps them, or takes them for nothing.
func TestAccApplication_empty(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(description string) string {
		return `
resource "logto_application" "test" {
  name                      = "{name}"
  type                      = "SPA"
  description               = "` + description + `"
  redirect_uris             = []
  post_logout_redirect_uris = []
  cors_allowed_origins      = []
  logo_uri                  = ""
  custom_data               = "{}"
}`
	}
	quiet := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("")},
		{Config: config(""), ConfigPlanChecks: quiet},
		{Config: config("something")},
		{Config: config(""), Check: func(s *terraform.State) error {
			if o := target.Get(t, "/api/applications/"+idOf(s, test)); o["description"] != nil {
				return fmt.Errorf("the description is %v", o["description"])
			}
			return nil
		}},
		{Config: config(""), ConfigPlanChecks: quiet},
	}})
}

// The same JSON in another order or spelling is no change.
func TestAccApplication_customData(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(data string) string {
		return "resource \"logto_application\" \"test\" {\n  name        = \"{name}\"\n  type        = \"SPA\"\n  custom_data = " + data + "\n}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`jsonencode({ long_key = 1, b = { z = [], a = null } })`)},
		{Config: config(`"{ \"b\": {\"a\": null, \"z\": []},\n \"long_key\": 1 }"`), PreConfig: target.Reset, Check: func(*terraform.State) error {
			if w := target.Writes(); len(w) > 0 {
				return fmt.Errorf("another spelling wrote %v", w)
			}
			return nil
		}},
		{Config: config(`jsonencode({ b = {} })`), Check: func(s *terraform.State) error {
			want := map[string]any{"b": map[string]any{}}
			if diff := cmp.Diff(want, target.Get(t, "/api/applications/"+idOf(s, test))["customData"]); diff != "" {
				return fmt.Errorf("custom data (-want +got):\n%s", diff)
			}
			return nil
		}},
	}})
}

// What Logto would refuse, or drop in silence, is refused by the plan, at the attribute.
func TestAccApplication_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var steps []resource.TestStep
	for _, c := range []struct{ attributes, want string }{
		{`type = "SAML"`, `SAML applications are\s+resources\s+of\s+type\s+logto_saml_application`},
		{`type = "Robot"`, `is not allowed[\s\S]*Allowed\s+values:\s+"Native"`},
		{`type = "spa"`, `Did\s+you\s+mean\s+"SPA"\?\s+The\s+value\s+of\s+attribute\s+type\s+is\s+not\s+allowed`},
		{"type = \"SPA\"\n redirect_uris = [\"https://ok.example.com\", \"/relative\"]", `redirect_uris\[1\]`},
		{"type = \"SPA\"\n redirect_uris = [\"https://ok.example.com\", null]", `redirect_uris = \[[\s\S]*An element is null|An element is null[\s\S]*redirect_uris = \[`},
		{"type = \"SPA\"\n post_logout_redirect_uris = [\"https://*\"]", `post_logout_redirect_uris\[0\]`},
		{"type = \"SPA\"\n backchannel_logout_uri = \"\"", `backchannel_logout_uri`},
		{"type = \"SPA\"\n cors_allowed_origins = [\"\"]", `cors_allowed_origins`},
		{"type = \"SPA\"\n cors_allowed_origins = [\"https://a.example.com\", \"https://a.example.com/path\"]", `cors_allowed_origins\[1\] has a\s+path`},
		{"type = \"SPA\"\n id_token_ttl = 0", `id_token_ttl`},
		{"type = \"SPA\"\n refresh_token_ttl_in_days = 181", `refresh_token_ttl_in_days`},
		{"type = \"SPA\"\n max_allowed_grants = 0", `max_allowed_grants`},
		{"type = \"SPA\"\n custom_data = \"[1]\"", `custom_data must be a JSON object`},
		{"type = \"SPA\"\n custom_data = \"{\"", `must be JSON, as`},
		{"type = \"MachineToMachine\"\n is_third_party = true", `cannot be third-party`},
		{"type = \"Traditional\"\n is_device_flow = true", `cannot use the\s+device flow`},
		{"type = \"Native\"\n is_third_party = true\n allow_token_exchange = true", `cannot exchange\s+tokens`},
		{"type = \"SPA\"\n role_ids = [\"x\"]", `cannot have roles`},
		{`type = "Protected"`, `needs protected_app`},
		{"type = \"SPA\"\n protected_app = {\n sub_domain = \"a\"\n origin = \"https://a.example.com\"\n }", `has no\s+protected_app`},
		{"type = \"Protected\"\n redirect_uris = []\n protected_app = {\n sub_domain = \"a\"\n origin = \"https://a.example.com\"\n }", `cannot\s+be\s+set`},
		{"type = \"Protected\"\n protected_app = {\n sub_domain = \"a\"\n origin = \"https://a.example.com/path\"\n }", `protected_app.origin has a path`},
		{"type = \"Protected\"\n protected_app = {\n sub_domain = \"a\"\n origin = \"a.example.com\"\n }", `protected_app.origin is no origin`},
		{"type = \"Protected\"\n protected_app = {\n sub_domain = \"-\"\n origin = \"https://a.example.com\"\n }", `protected_app.sub_domain`},
		{"type = \"Protected\"\n protected_app = {\n sub_domain = \"a\"\n origin = \"https://a.example.com\"\n additional_scopes = [\"Roles\", \"x\"]\n }", `Did\s+you\s+mean\s+"roles"\?\s+2\s+elements\s+of\s+attribute\s+protected_app.additional_scopes`},
	} {
		steps = append(steps, resource.TestStep{
			Config:   "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  " + c.attributes + "\n}\n",
			PlanOnly: true, ExpectError: regexp.MustCompile(c.want),
		})
	}
	// Attributes that are not known yet are no mistakes, nor is what is nothing.
	steps = append(steps, resource.TestStep{
		Config: `
variable "roles" {
  type    = set(string)
  default = null
}
resource "logto_application" "test" {
  name     = "{name}"
  type     = "SPA"
  role_ids = var.roles
}
resource "logto_application" "none" {
  name     = "{name}"
  type     = "SPA"
  role_ids = []
}`,
	}, resource.TestStep{
		Config: `
resource "terraform_data" "test" {
  input = "MachineToMachine"
}
resource "logto_application" "test" {
  name           = "{name}"
  type           = terraform_data.test.output
  is_device_flow = terraform_data.test.output == "Native"
  role_ids       = terraform_data.test.output == "MachineToMachine" ? [] : null
}`,
	}, resource.TestStep{
		Config: `
resource "terraform_data" "other" {
  input = null
}
resource "logto_application" "other" {
  name     = "{name}"
  type     = "MachineToMachine"
  role_ids = [terraform_data.other.id == "" ? "x" : null]
}`,
		ExpectError: regexp.MustCompile(`An element is null`),
	})
	target.Test(t, resource.TestCase{Steps: steps})
}

// A role that does not exist is named, and the application is not lost.
func TestAccApplication_unknownRole(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(roles string) string {
		return "resource \"logto_application\" \"test\" {\n  name     = \"{name}\"\n  type     = \"MachineToMachine\"\n  role_ids = " + roles + "\n}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`["nowhere"]`), ExpectError: regexp.MustCompile(`(?s)Could not finish the logto_application.*nowhere`)},
		{Config: config(`[]`)},
		{Config: config(`[]`), Check: func(*terraform.State) error {
			_, answer := target.Do(t, http.MethodGet, target.Expand("/api/applications?search.name={name}&mode.name=exact"), nil)
			if found, _ := answer.([]any); len(found) != 1 {
				return fmt.Errorf("there are %d applications of that name", len(found))
			}
			return nil
		}},
	}})
}

// A SAML application is not imported as another.
func TestAccApplication_SAML(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var id string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: applicationLife.Minimal},
		{
			PreConfig: func() {
				status, answer := target.Do(t, http.MethodPost, "/api/saml-applications", map[string]any{"name": target.Name + "-saml"})
				if status != http.StatusCreated {
					t.Fatalf("HTTP %d, %v", status, answer)
				}
				id = answer.(map[string]any)["id"].(string)
				t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/saml-applications/"+id, nil) })
			},
			Config: applicationLife.Minimal, ResourceName: test, ImportState: true,
			ImportStateIdFunc: func(*terraform.State) (string, error) { return id, nil },
			ExpectError:       regexp.MustCompile(`logto_saml_application`),
		},
		{Config: applicationLife.Minimal + `
data "logto_applications" "all" {
  depends_on = [logto_application.test]
}
output "holds" {
  value = [
    contains(data.logto_applications.all.applications[*].id, logto_application.test.id),
    !contains(data.logto_applications.all.applications[*].type, "SAML"),
  ]
}`, ConfigStateChecks: allTrue(2)},
	}})
}

// What an import finds and the configuration does not say is put right. What replaces
// the application is no change when the configuration says it.
func TestAccApplication_importWithSettings(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.5.0", "1.6.0") {
		t.Skip("needs import blocks")
	}
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	id := newApplication(t, target, map[string]any{
		"name": target.Name, "type": "Native", "isThirdParty": true, "description": "By the Console",
		"customClientMetadata": map[string]any{"isDeviceFlow": true, "idTokenTtl": 60}, "customData": map[string]any{"theirs": true},
	})
	config := func(more string) string {
		return `
import {
  to = logto_application.test
  id = "` + id + `"
}
resource "logto_application" "test" {
  name = "{name}"
  type = "Native"
` + more + `}`
	}
	const settled = "  is_third_party = true\n  is_device_flow = true\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: config(""), PlanOnly: true, ExpectNonEmptyPlan: true,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(test, plancheck.ResourceActionDestroyBeforeCreate),
			}},
		},
		{
			Config: config(settled),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(test, plancheck.ResourceActionUpdate),
				plancheck.ExpectKnownValue(test, tfjsonpath.New("description"), knownvalue.Null()),
				plancheck.ExpectKnownValue(test, tfjsonpath.New("id_token_ttl"), knownvalue.Null()),
				plancheck.ExpectKnownValue(test, tfjsonpath.New("custom_data"), knownvalue.StringExact(`{"theirs":true}`)),
			}},
			Check: func(*terraform.State) error {
				o := target.Get(t, "/api/applications/"+id)
				if diff := cmp.Diff(map[string]any{"isDeviceFlow": true}, o["customClientMetadata"]); diff != "" || o["description"] != nil || o["isThirdParty"] != true {
					return fmt.Errorf("Logto has %v", o)
				}
				return nil
			},
		},
	}})
}

// newApplication makes an application outside Terraform for the time of the test.
func newApplication(t *testing.T, target *acctest.Target, body map[string]any) string {
	t.Helper()
	status, answer := target.Do(t, http.MethodPost, "/api/applications", body)
	app, _ := answer.(map[string]any)
	if status != http.StatusOK {
		t.Fatalf("POST /api/applications: HTTP %d, %v", status, answer)
	}
	id := fmt.Sprint(app["id"])
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/applications/"+id, nil) })
	return id
}

// The plan's rule for redirect URIs is the server's.
func TestAccApplication_redirectURIs(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	for uri, want := range map[string]bool{
		"https://a.example.com/callback": true,
		"http://localhost:3000":          true,
		"HTTP://A.com":                   true,
		" https://a.com":                 true,
		"https://a.com/a b":              true,
		"https://a.com/#fragment":        true,
		"http://[::1]:3000/cb":           true,
		"https://user:pw@a.com":          true,
		"https://*.com":                  true,
		"https://*.a.com/*/cb":           true,
		"http:a.com":                     true,
		"com.example.app://callback":     true,
		"myapp:/x":                       true,
		"a1+b://x":                       true,
		"My.App://x":                     true,
		"javascript:alert(1)":            true,
		"myapp://*/x":                    true,
		"com.app://../x":                 true,
		"":                               false,
		"/relative":                      false,
		"a.com/cb":                       false,
		"https://":                       false,
		"http://a.com:port":              false,
		"http://a.com:99999":             false,
		"http://a b.com":                 false,
		"http://[::1":                    false,
		"http://a.com:80:80":             false,
		"https://*":                      false,
		"http*://a.com":                  false,
		"https://a.com:*/":               false,
		"https://a.com/?q=*":             false,
		"https://a.com/#*":               false,
		"https://user@*.a.com":           false,
		"https://[::1]/*":                false,
		"https://a.com/./b":              false,
		"https://a.com/b/..":             false,
		"https://a.com/%2E%2e/b":         false,
		"1app://x":                       false,
		"a_b://x":                        false,
		"a..b://x":                       false,
	} {
		if got := application.IsRedirectURI(uri); got != want {
			t.Errorf("the plan says %v of %q", got, uri)
		}
		status, answer := target.Do(t, http.MethodPost, "/api/applications", map[string]any{
			"name": target.Name, "type": "SPA", "oidcClientMetadata": map[string]any{"redirectUris": []string{uri}, "postLogoutRedirectUris": []string{}},
		})
		if app, ok := answer.(map[string]any); ok && status == http.StatusOK {
			target.Do(t, http.MethodDelete, "/api/applications/"+fmt.Sprint(app["id"]), nil)
		}
		if got := status == http.StatusOK; got != want {
			t.Errorf("Logto says %v of %q", got, uri)
		}
	}
}

// What is there already stands in the way of nothing: it is warned of, and the
// destroy goes through. The value, which may be sensitive, is in no message.
func TestAccApplication_metadataThatIsThere(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(more string) string {
		return `
variable "secret_path" {
  sensitive = true
  default   = "HIDDEN#x"
}
resource "logto_application" "test" {
  name          = "{name}"
  type          = "SPA"
  redirect_uris = [` + more + `]
}`
	}
	var id string
	const fine, bad = `"https://a.example.com/cb"`, `"https://a.example.com/cb", "https://a.example.com/${var.secret_path}"`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(fine), Check: func(s *terraform.State) error {
			id = idOf(s, test)
			return nil
		}},
		{Config: config(bad), PlanOnly: true, ExpectError: regexp.MustCompile(`redirect_uris\[1\] has a\s+fragment`)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/applications/"+id, map[string]any{
					"oidcClientMetadata": map[string]any{
						"redirectUris": []string{"https://a.example.com/cb", "https://a.example.com/HIDDEN#x"}, "postLogoutRedirectUris": []string{},
					},
				})
				target.Reset()
			},
			Config: config(bad),
			Check: func(*terraform.State) error {
				warned := strings.Join(target.Warnings(), "\n")
				if !strings.Contains(warned, "redirect_uris[1] has a fragment") || strings.Contains(warned, "HIDDEN") {
					return fmt.Errorf("warnings: %s", warned)
				}
				return nil
			},
		},
	}})
}

const spa = `
resource "logto_application" "test" {
  name = "{name}"
  type = "SPA"
}
`

// The Console stores an empty list of origins where nobody gave one: that is no change.
func TestAccApplication_emptyOrigins(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var id string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa, Check: func(s *terraform.State) error {
			id = idOf(s, test)
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/applications/"+id, map[string]any{"customClientMetadata": map[string]any{"corsAllowedOrigins": []string{}}})
			},
			Config: spa, PlanOnly: true,
		},
		{Config: strings.Replace(spa, "SPA\"", "SPA\"\n  cors_allowed_origins = []", 1), Check: resource.TestCheckResourceAttr(test, "cors_allowed_origins.#", "0")},
		{Config: spa},
	}})
}

// Sets that are the content of their own resource are enforced: left out is [], and
// the plan says what goes.
func TestAccApplication_setsLeftOut(t *testing.T) {
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

func listAll(kind string) string {
	return "list \"" + kind + "\" \"all\" {\n  provider         = logto\n  include_resource = true\n  limit            = 1000\n}\n"
}

// What is set for applications is listed where something is set: not of an
// application that was left alone, nor of one whose settings were cleared.
func TestAccApplication_settingLists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.Start(t)
	made := func(thirdParty bool) string {
		return newApplication(t, target, map[string]any{"name": target.Name, "type": "SPA", "isThirdParty": thirdParty})
	}
	set, cleared, blank := made(true), made(true), made(false)
	for _, app := range []string{set, cleared} {
		at := "/api/applications/" + app
		target.Do(t, http.MethodPost, at+"/user-consent-scopes", map[string]any{"userScopes": []string{"email"}})
		target.Do(t, http.MethodPut, at+"/sign-in-experience", map[string]any{"color": map[string]any{"isDarkModeEnabled": false}})
	}
	target.Do(t, http.MethodDelete, "/api/applications/"+cleared+"/user-consent-scopes/user-scopes/email", nil)
	target.Do(t, http.MethodPut, "/api/applications/"+cleared+"/sign-in-experience", map[string]any{"color": map[string]any{}})
	_, answer := target.Do(t, http.MethodPost, "/api/users", map[string]any{"name": target.Name})
	user, _ := answer.(map[string]any)["id"].(string)
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/users/"+user, nil) })
	target.Do(t, http.MethodPut, "/api/applications/"+set+"/access-control", map[string]any{
		"userIds": []string{user}, "userRoleIds": []string{}, "organizationIds": []string{}, "organizationRoleRules": []any{}})

	const access, signIn, consent = "logto_application_access_control", "logto_application_sign_in_experience", "logto_application_user_consent_scopes"
	var checks []querycheck.QueryResultCheck
	identity := func(app string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"application_id": knownvalue.StringExact(app)}
	}
	for kind, want := range map[string]querycheck.KnownValueCheck{
		access:  {Path: tfjsonpath.New("user_ids"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(user)})},
		signIn:  {Path: tfjsonpath.New("color").AtMapKey("is_dark_mode_enabled"), KnownValue: knownvalue.Bool(false)},
		consent: {Path: tfjsonpath.New("user_scopes"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("email")})},
	} {
		checks = append(checks,
			querycheck.ExpectResourceKnownValues(kind+".all", queryfilter.ByResourceIdentity(identity(set)), []querycheck.KnownValueCheck{want}),
			querycheck.ExpectNoIdentity(kind+".all", identity(cleared)), querycheck.ExpectNoIdentity(kind+".all", identity(blank)))
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: listAll(access) + listAll(signIn) + listAll(consent), QueryResultChecks: checks,
	}}})
}

// allTrue checks that the output "holds" is a list of so many true.
func allTrue(n int) []statecheck.StateCheck {
	want := make([]knownvalue.Check, n)
	for i := range want {
		want[i] = knownvalue.Bool(true)
	}
	return []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds", knownvalue.ListExact(want))}
}

func TestAccApplication_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := machineRoles + machineLife.Minimal + `
resource "logto_application" "third" {
  name           = "{name} 100%_x"
  type           = "SPA"
  is_third_party = true
  custom_data    = jsonencode({ a = 1 })
}
resource "logto_application" "twin" {
  name = "{name} twin"
  type = "SPA"
}
data "logto_application" "by_id" {
  id = logto_application.test.id
}
data "logto_application" "by_name" {
  name = logto_application.third.name
}
data "logto_application" "preview" {
  id = "demo-app"
}
data "logto_applications" "all" {
  depends_on = [logto_application.test, logto_application.third, logto_application.twin]
}
data "logto_applications" "types" {
  types      = ["SPA", "MachineToMachine"]
  search     = "{name}"
  depends_on = [logto_application.test, logto_application.third, logto_application.twin]
}
data "logto_applications" "type" {
  types      = ["SPA"]
  search     = "{name}"
  depends_on = [logto_application.test, logto_application.third, logto_application.twin]
}
data "logto_applications" "third" {
  is_third_party = true
  search         = upper("{name}")
  depends_on     = [logto_application.test, logto_application.third, logto_application.twin]
}
data "logto_applications" "first" {
  is_third_party = false
  search         = "{name}"
  depends_on     = [logto_application.test, logto_application.third, logto_application.twin]
}
output "holds" {
  value = [
    data.logto_application.by_id.name == logto_application.test.name,
    data.logto_application.by_id.role_ids == logto_application.test.role_ids,
    data.logto_application.by_name.id == logto_application.third.id,
    jsondecode(data.logto_application.by_name.custom_data).a == 1,
    data.logto_application.preview.type == "SPA",
    data.logto_application.preview.created_at == null,
    data.logto_application.by_id.created_at == logto_application.test.created_at,
    length(setintersection(data.logto_applications.all.applications[*].id, [logto_application.test.id, logto_application.third.id, logto_application.twin.id])) == 3,
    toset(data.logto_applications.types.applications[*].id) == toset([logto_application.test.id, logto_application.third.id, logto_application.twin.id]),
    toset(data.logto_applications.type.applications[*].id) == toset([logto_application.third.id, logto_application.twin.id]),
    toset(data.logto_applications.third.applications[*].id) == toset([logto_application.third.id]),
    toset(data.logto_applications.first.applications[*].id) == toset([logto_application.test.id, logto_application.twin.id]),
  ]
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigStateChecks: allTrue(12)},
		{Config: config + `
resource "logto_application" "double" {
  name = logto_application.twin.name
  type = "SPA"
}
data "logto_application" "double" {
  name = logto_application.double.name
}`, ExpectError: regexp.MustCompile(`2 objects have the name`)},
		{Config: "data \"logto_application\" \"none\" {\n  name = \"{name} nothing\"\n}", ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+name`)},
		{Config: "data \"logto_application\" \"none\" {\n  id = \"nothing\"\n}", ExpectError: regexp.MustCompile(`(?s)entity\.not_exists_with_id.*Check the ID`)},
		{Config: "data \"logto_application\" \"none\" {\n}", ExpectError: regexp.MustCompile(`exactly one of: id, name`)},
		{Config: "data \"logto_applications\" \"none\" {\n  types = [\"SAML\"]\n}", ExpectError: regexp.MustCompile(`types`)},
		{Config: machine}, // for the destroy
	}})
}

// More applications than one page has are all read.
func TestAccApplication_many(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // makes 120 of them
	for i := range 120 {
		newApplication(t, target, map[string]any{"name": fmt.Sprintf("%s-%d", target.Name, i), "type": "SPA"})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
data "logto_applications" "all" {
  search = "{name}-"
}
output "holds" {
  value = [length(data.logto_applications.all.applications) == 120]
}`, ConfigStateChecks: allTrue(1),
	}}})
}

func TestAccApplication_lists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("needs terraform query")
	}
	target := acctest.Start(t)
	app := newApplication(t, target, map[string]any{"name": target.Name, "type": "MachineToMachine"})
	id := map[string]knownvalue.Check{"id": knownvalue.StringExact(app)}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
  type        = "MachineToMachine"
}
resource "logto_application_role" "test" {
  application_id = "` + app + `"
  role_id        = logto_role.test.id
}`},
		{
			Query: true,
			Config: `
list "logto_application" "all" {
  provider         = logto
  include_resource = true
  limit            = 1000
}
list "logto_application_secret" "all" {
  provider = logto
  config {
    application_id = "` + app + `"
  }
}
list "logto_application_role" "all" {
  provider = logto
  config {
    application_id = "` + app + `"
  }
}`,
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectIdentity("logto_application.all", id),
				querycheck.ExpectResourceDisplayName("logto_application.all", queryfilter.ByResourceIdentity(id), knownvalue.StringExact(target.Name)),
				querycheck.ExpectResourceKnownValues("logto_application.all", queryfilter.ByResourceIdentity(id), []querycheck.KnownValueCheck{
					{Path: tfjsonpath.New("type"), KnownValue: knownvalue.StringExact("MachineToMachine")},
					{Path: tfjsonpath.New("role_ids"), KnownValue: knownvalue.SetSizeExact(1)},
				}),
				querycheck.ExpectLength("logto_application_secret.all", 1),
				querycheck.ExpectIdentity("logto_application_secret.all", map[string]knownvalue.Check{
					"application_id": knownvalue.StringExact(app), "name": knownvalue.StringExact("Default secret")}),
				querycheck.ExpectLength("logto_application_role.all", 1),
			},
		},
	}})
}

// A Logto that lacks a setting takes its default, and of another value the error says
// which version it needs.
func TestAccApplication_olderLogto(t *testing.T) {
	t.Parallel()
	target := acctest.StartOlder(t, "1.37")
	config := func(settings string) string {
		return "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  type = \"Native\"\n  " + settings + "\n}"
	}
	needs := regexp.MustCompile(`needs\s+Logto\s+1\.38\s+or\s+later`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("is_device_flow = false")},
		{Config: config(""), PlanOnly: true, ExpectNonEmptyPlan: true},
		{Config: config("max_allowed_grants = 3"), ExpectError: needs},
	}})
}

// A plan that creates what is there already under the same name, as after a run that
// was killed, says so. What the state has is no such thing, and nothing is asked where
// nothing is created.
func TestAccApplication_duplicate(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	left := leftOver(t, target)
	config := func(label string) string {
		return "resource \"logto_application\" \"" + label + "\" {\n  name = \"{name}\"\n  type = \"SPA\"\n}"
	}
	warned := func(want bool) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := strings.Join(target.Warnings(), "\n"); strings.Contains(got, left) != want || !want && got != "" {
				return fmt.Errorf("the warnings are %q", got)
			}
			return nil
		}
	}
	lists := func() (n int) {
		for _, c := range target.Calls() {
			if c == "GET /api/applications" {
				n++
			}
		}
		return n
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{PreConfig: target.Reset, Config: config("test"), Check: warned(true)},
		{PreConfig: target.Reset, Config: config("test"), Check: func(s *terraform.State) error {
			if n := lists(); n != 0 {
				return fmt.Errorf("%d lists were read, and nothing was created", n)
			}
			return warned(false)(s)
		}},
	}})
}

// The provider's own switch turns the warnings and their lists off.
func TestAccApplication_duplicateSilenced(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	leftOver(t, target)
	target.Settings = "warn_of_duplicates = false\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{PreConfig: target.Reset, Config: "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  type = \"SPA\"\n}", Check: func(*terraform.State) error {
			if w := target.Warnings(); len(w) > 0 {
				return fmt.Errorf("the warnings are %q", w)
			}
			return nil
		}},
	}})
}

// leftOver makes an application outside Terraform, and returns its ID.
func leftOver(t *testing.T, target *acctest.Target) string {
	t.Helper()
	_, answer := target.Do(t, http.MethodPost, "/api/applications", map[string]any{"name": target.Name, "type": "SPA"})
	object, _ := answer.(map[string]any)
	id, ok := object["id"].(string)
	if !ok {
		t.Fatalf("POST /api/applications: %v", answer)
	}
	return id
}

// The data sources of applications say whether access control is on.
func TestAccApplicationData_accessControl(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	if !target.AtLeast(t, "1.41") {
		t.Skip("needs Logto 1.41")
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: `
resource "logto_application" "test" {
  count = 2
  name  = "{name} ${count.index}"
  type  = "SPA"
}
resource "logto_application_access_control" "test" {
  application_id = logto_application.test[0].id
  enabled        = true
  user_role_ids  = [logto_role.test.id]
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "Lets in."
}
data "logto_application" "test" {
  id         = logto_application.test[0].id
  depends_on = [logto_application_access_control.test]
}
data "logto_applications" "all" {
  search     = "{name}"
  depends_on = [logto_application_access_control.test]
}
output "holds" {
  value = [
    data.logto_application.test.access_control_enabled,
    { for a in data.logto_applications.all.applications : a.id => a.access_control_enabled } == { (logto_application.test[0].id) = true, (logto_application.test[1].id) = false },
  ]
}`, ConfigStateChecks: allTrue(2)}}})
}
