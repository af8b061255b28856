// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const secret = "logto_application_secret.test"

const machine = `
resource "logto_application" "test" {
  name = "{name}"
  type = "MachineToMachine"
}
`

var secretLife = acctest.Lifecycle{
	Resource: secret,
	Setup:    machine,
	Minimal: `
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "a / b?c=ü"
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectSensitiveValue(secret, tfjsonpath.New("value")),
		statecheck.ExpectKnownValue(secret, tfjsonpath.New("expires_at"), knownvalue.Null()),
	},
	Full: `
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "renamed"
}`,
	Find:       "/api/applications/{application_id}/secrets name={name}",
	Remove:     "DELETE /api/applications/{application_id}/secrets/{name}",
	Parent:     "/api/applications/{application_id}",
	ImportID:   "{application_id}/{name}",
	NotAdopted: secretNotAdopted,
	NoDrift:    map[string]string{"expires_at": neverChanges},
}

const secretNotAdopted = "an application has one secret of a name, and its value cannot be chosen"

// Full replaces the secret, because its end is settled when it is made.
var endingSecretLife = acctest.Lifecycle{
	Resource: secret,
	Setup:    machine,
	Minimal: `
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "nightly"
}`,
	Full: `
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "nightly"
  expires_at     = "2099-12-31T23:59:59.5Z"
}`,
	Find:     "/api/applications/{application_id}/secrets name={name}",
	Remove:   "DELETE /api/applications/{application_id}/secrets/{name}",
	Parent:   "/api/applications/{application_id}",
	ImportID: "{application_id}/{name}",
	Replaces: true,
	Variant:  true, NotAdopted: secretNotAdopted,
}

func TestAccApplicationSecret(t *testing.T) { secretLife.Run(t) }

func TestAccApplicationSecret_faults(t *testing.T) { secretLife.Faults(t) }

func TestAccApplicationSecret_ending(t *testing.T) { endingSecretLife.Run(t) }

func TestAccApplicationSecret_endingFaults(t *testing.T) { endingSecretLife.Faults(t) }

// named is the API's secret of that name; nil when there is none.
func named(t *testing.T, target *acctest.Target, app, name string) map[string]any {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/applications/"+app+"/secrets", nil)
	secrets, _ := answer.([]any)
	for _, s := range secrets {
		if o, _ := s.(map[string]any); o["name"] == name {
			return o
		}
	}
	return nil
}

// Another name renames the secret: one PATCH, and the value stays.
func TestAccApplicationSecret_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	same := statecheck.CompareValue(compare.ValuesSame())
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machine + secretLife.Minimal, ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(secret, tfjsonpath.New("value"))}},
		{
			PreConfig:         target.Reset,
			Config:            machine + secretLife.Full,
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(secret, plancheck.ResourceActionUpdate)}},
			ConfigStateChecks: []statecheck.StateCheck{same.AddStateValue(secret, tfjsonpath.New("value"))},
			Check: func(s *terraform.State) error {
				if w := target.Writes(); len(w) != 1 || !strings.HasPrefix(w[0], "PATCH ") {
					return fmt.Errorf("the rename took the writes %v", w)
				}
				app := idOf(s, "logto_application.test")
				if o := named(t, target, app, "renamed"); o == nil || o["value"] != attribute(s, secret, "value") {
					return fmt.Errorf("Logto has %v", o)
				}
				return nil
			},
		},
	}})
}

// Logto makes a secret with the application, which is in the way of another of
// that name until it is imported.
func TestAccApplicationSecret_default(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name string) string {
		return machine + "resource \"logto_application_secret\" \"test\" {\n  application_id = logto_application.test.id\n  name           = " + fmt.Sprintf("%q", name) + "\n}\n"
	}
	var app, value string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machine, Check: func(s *terraform.State) error {
			app = idOf(s, "logto_application.test")
			value = named(t, target, app, "Default secret")["value"].(string)
			return nil
		}},
		{Config: config("Default secret"), ExpectError: regexp.MustCompile(`(?s)application\.secret_name_exists.*import it`)},
		{
			Config: config("Default secret"), ResourceName: secret, ImportState: true, ImportStatePersist: true,
			ImportStateIdFunc: func(*terraform.State) (string, error) { return app + "/Default secret", nil },
		},
		{
			Config:           config("main"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(secret, plancheck.ResourceActionUpdate)}},
			Check: func(s *terraform.State) error {
				if got := attribute(s, secret, "value"); got != value {
					return fmt.Errorf("the adopted secret has another value")
				}
				if named(t, target, app, "Default secret") != nil || named(t, target, app, "main") == nil {
					return fmt.Errorf("the secret was not renamed")
				}
				return nil
			},
		},
		{Config: machine, Check: func(*terraform.State) error {
			if named(t, target, app, "main") != nil {
				return fmt.Errorf("the secret is still there")
			}
			return nil
		}},
	}})
}

// The same time in another zone is the same; another time is another secret.
func TestAccApplicationSecret_expiry(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(end string) string {
		return machine + "resource \"logto_application_secret\" \"test\" {\n  application_id = logto_application.test.id\n  name           = \"nightly\"\n" + end + "}\n"
	}
	step := func(end string, action plancheck.ResourceActionType) resource.TestStep {
		return resource.TestStep{Config: config(end), PreConfig: target.Reset,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(secret, action)}}}
	}
	spelled := step("  expires_at = \"2099-01-01T02:00:00+02:00\"\n", plancheck.ResourceActionNoop)
	spelled.Check = func(*terraform.State) error {
		if w := target.Writes(); len(w) > 0 {
			return fmt.Errorf("another spelling of the time wrote %v", w)
		}
		return nil
	}
	first := step("  expires_at = \"2099-01-01T00:00:00Z\"\n", plancheck.ResourceActionCreate)
	first.Check = func(s *terraform.State) error {
		if o := named(t, target, idOf(s, "logto_application.test"), "nightly"); o["expiresAt"] != 4070908800000.0 {
			return fmt.Errorf("Logto has %v", o)
		}
		return nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		first,
		spelled,
		step("  expires_at = \"2099-01-01T02:00:00+02:00\"\n", plancheck.ResourceActionNoop),
		step("  expires_at = \"2098-01-01T00:00:00Z\"\n", plancheck.ResourceActionDestroyBeforeCreate),
		step("", plancheck.ResourceActionDestroyBeforeCreate),
	}})
}

func TestAccApplicationSecret_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(kind, attributes string) string {
		return "resource \"logto_application\" \"test\" {\n  name = \"{name}\"\n  type = \"" + kind + "\"\n}\n" +
			"resource \"logto_application_secret\" \"test\" {\n  application_id = logto_application.test.id\n  " + attributes + "\n}\n"
	}
	var steps []resource.TestStep
	for attributes, want := range map[string]string{
		`name = ""`: `name must have 1 to 256 characters`,
		"name = \"x\"\n  expires_at = \"tomorrow\"": `RFC 3339`,
		"name = \"x\"\n  value = \"mine\"":          `value`,
	} {
		steps = append(steps, resource.TestStep{Config: config("Traditional", attributes), PlanOnly: true, ExpectError: regexp.MustCompile(want)})
	}
	// That depends on the time, so a plan only warns, and a destroy goes through.
	steps = append(steps, resource.TestStep{Config: config("Traditional", "name = \"x\"\n  expires_at = \"2020-01-01T00:00:00Z\""), ExpectError: regexp.MustCompile(`The time is over`)})
	steps = append(steps, resource.TestStep{Config: config("SPA", `name = "x"`), ExpectError: regexp.MustCompile(`(?s)application_id .*db_constraint_violated.*Applications of this type\s+have no\s+secrets.*PKCE`)})
	target.Test(t, resource.TestCase{Steps: steps})
}

// All secrets of an application are read by one call.
func TestAccApplicationSecret_reads(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := machine + `
resource "logto_application_secret" "test" {
  count          = 8
  application_id = logto_application.test.id
  name           = "secret ${count.index}"
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: target.Reset, RefreshState: true,
			Check: func(s *terraform.State) error {
				at := "GET /api/applications/" + idOf(s, "logto_application.test") + "/secrets"
				calls := slices.DeleteFunc(target.Calls(), func(c string) bool { return c != at })
				// One for the refresh and one for the plan after it, which is another process of its own.
				if len(calls) > 2 {
					return fmt.Errorf("the refresh read the secrets %d times", len(calls))
				}
				return nil
			},
		},
	}})
}

// A secret that is gone is made anew.
func TestAccApplicationSecret_gone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var app string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machine + secretLife.Full, Check: func(s *terraform.State) error { app = idOf(s, "logto_application.test"); return nil }},
		{ // renamed by somebody else: that secret is theirs, and a new one is made
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/applications/"+app+"/secrets/renamed", map[string]any{"name": "theirs"})
			},
			Config:           machine + secretLife.Full,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(secret, plancheck.ResourceActionCreate)}},
			Check: func(*terraform.State) error {
				if named(t, target, app, "theirs") == nil {
					return fmt.Errorf("the renamed secret is gone")
				}
				return nil
			},
		},
	}})
}

// A secret that has ended stays as it is, however its end is spelled. Another
// application would need a new one.
func TestAccApplicationSecret_ended(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var app string
	const import0 = `
import {
  to = logto_application_secret.test
  id = "${logto_application.test.id}/ended"
}`
	ended := func(application, end string) string {
		return machine + strings.Replace(machine, `"test"`, `"other"`, 1) + `
resource "logto_application_secret" "test" {
  application_id = logto_application.` + application + `.id
  name           = "ended"
  expires_at     = "` + end + `"
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machine, Check: func(s *terraform.State) error { app = idOf(s, "logto_application.test"); return nil }},
		{
			PreConfig: func() { // the one way to get such a secret without waiting
				target.Do(t, http.MethodPost, "/api/applications/"+app+"/secrets", map[string]any{"name": "ended", "expiresAt": 0})
			},
			Config: ended("test", "1970-01-01T00:00:00Z") + import0,
		},
		{Config: ended("test", "1970-01-01T02:00:00+02:00"), Check: func(*terraform.State) error {
			if named(t, target, app, "ended") == nil {
				return fmt.Errorf("the secret is gone")
			}
			return nil
		}},
		{Config: ended("other", "1970-01-01T00:00:00Z"), ExpectError: regexp.MustCompile(`expires_at[\s\S]*The time is over|The time is over[\s\S]*expires_at`)},
		{ // a destroy begins with a plan, which makes it anew
			Config: ended("other", "1970-01-01T00:00:00Z"), Destroy: true,
			PreConfig: func() { target.Do(t, http.MethodDelete, "/api/applications/"+app+"/secrets/ended", nil) },
		},
	}})
}

// An import ID says both which application and which secret.
func TestAccApplicationSecret_importID(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var steps []resource.TestStep
	for _, id := range []string{"name", "/name", "application/"} {
		steps = append(steps, resource.TestStep{
			Config: machine + secretLife.Full, ResourceName: secret, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`not\s+an\s+import\s+ID[\s\S]*application_id/name`),
		})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

func TestAccApplicationSecret_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machine + secretLife.Minimal + `
data "logto_application_secret" "made" {
  application_id = logto_application.test.id
  name           = logto_application_secret.test.name
}
data "logto_application_secret" "default" {
  application_id = logto_application.test.id
  name           = "Default secret"
}
data "logto_application_secrets" "all" {
  application_id = logto_application_secret.test.application_id
}
output "holds" {
  value = [
    nonsensitive(data.logto_application_secret.made.value == logto_application_secret.test.value),
    nonsensitive(data.logto_application_secret.default.value) != "",
    toset(data.logto_application_secrets.all.application_secrets[*].name) == toset(["Default secret", logto_application_secret.test.name]),
  ]
}`, ConfigStateChecks: append(allTrue(3),
			statecheck.ExpectSensitiveValue("data.logto_application_secret.default", tfjsonpath.New("value")),
			statecheck.ExpectSensitiveValue("data.logto_application_secrets.all", tfjsonpath.New("application_secrets").AtSliceIndex(0).AtMapKey("value")))},
		{Config: machine + `
data "logto_application_secret" "none" {
  application_id = logto_application.test.id
  name           = "nothing"
}`, ExpectError: regexp.MustCompile(`entity\.not_found`)},
		{Config: machine}, // for the destroy
	}})
}
