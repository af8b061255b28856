// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccEphemeralApplicationSecret(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	app := newApplication(t, target, map[string]any{"name": target.Name, "type": "MachineToMachine"})
	value := named(t, target, app, "Default secret")["value"].(string)
	config := func(step, name string) string {
		return "ephemeral \"logto_application_secret\" \"test\" {\n  application_id = \"" + app + "\"\n  name           = \"" + name + "\"\n}\n" + echo(step, "ephemeral.logto_application_secret.test")
	}
	echoed(t, target,
		resource.TestStep{Config: config("one", "Default secret"), ConfigStateChecks: []statecheck.StateCheck{
			data("one", "value", knownvalue.StringExact(value)), data("one", "expires_at", knownvalue.Null()),
		}},
		resource.TestStep{Config: config("two", "nothing"), ExpectError: regexp.MustCompile(`(?s)Could not open the logto_application_secret.*entity\.not_found`)},
		resource.TestStep{Config: machine}, // for the destroy
	)
}

// A secret that the same run creates is read by its id, which is unknown until then, so
// that each rotation hands on the new value.
func TestAccEphemeralApplicationSecret_rotation(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(month string) string {
		return `
resource "logto_application" "test" {
  name = "{name}"
  type = "MachineToMachine"
}
resource "terraform_data" "month" {
  input = "` + month + `"
}
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "nightly-${terraform_data.month.input}"

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.month]
  }
}
ephemeral "logto_application_secret" "test" {
  id = logto_application_secret.test.id
}
` + echo("month"+month, "ephemeral.logto_application_secret.test")
	}
	handedOn := func(month string) []statecheck.StateCheck {
		return []statecheck.StateCheck{
			data("month"+month, "name", knownvalue.StringExact("nightly-"+month)),
			statecheck.CompareValuePairs("echo.month"+month, tfjsonpath.New("data").AtMapKey("value"),
				"logto_application_secret.test", tfjsonpath.New("value"), compare.ValuesSame()),
		}
	}
	echoed(t, target,
		resource.TestStep{Config: config("1"), ConfigStateChecks: handedOn("1")},
		resource.TestStep{Config: config("2"), ConfigStateChecks: handedOn("2")},
		resource.TestStep{Config: strings.Replace(config("2"), "  id = logto_application_secret.test.id", "  id   = logto_application_secret.test.id\n  name = \"x\"", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`Which secret is not clear`)},
		resource.TestStep{Config: machine}, // for the destroy
	)
}
