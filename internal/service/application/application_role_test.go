// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var roleLife = acctest.Lifecycle{
	Resource: "logto_application_role.test",
	Setup:    machine + machineRoles,
	Minimal: `
resource "logto_application_role" "test" {
  application_id = logto_application.test.id
  role_id        = logto_role.test[0].id
}`,
	Find:     "/api/applications/{application_id}/roles id={role_id}",
	Remove:   "DELETE /api/applications/{application_id}/roles/{role_id}",
	Parent:   "/api/applications/{application_id}",
	ImportID: "{application_id}/{role_id}",
}

func TestAccApplicationRole(t *testing.T) { roleLife.Run(t) }

func TestAccApplicationRole_faults(t *testing.T) { roleLife.Faults(t) }

// Several links to one application are made side by side, and each leaves the others alone.
func TestAccApplicationRole_additive(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	linked := func(count, want int) resource.TestStep {
		return resource.TestStep{
			Config: machine + machineRoles + fmt.Sprintf(`
resource "logto_application_role" "test" {
  count          = %d
  application_id = logto_application.test.id
  role_id        = logto_role.test[count.index].id
}`, count),
			Check: func(s *terraform.State) error {
				if got := rolesOf(t, target, idOf(s, test)); len(got) != want {
					return fmt.Errorf("the application has the roles %v", got)
				}
				return nil
			},
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{linked(3, 3), linked(1, 1)}})
}

func TestAccApplicationRole_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(kind, roleType string) string {
		return `
resource "logto_application" "test" {
  name = "{name}"
  type = "` + kind + `"
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
  type        = "` + roleType + `"
}
resource "logto_application_role" "test" {
  application_id = logto_application.test.id
  role_id        = logto_role.test.id
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("SPA", "MachineToMachine"), ExpectError: regexp.MustCompile(`(?s)application\.invalid_type.*Only\s+machine-to-machine`)},
		{Config: config("MachineToMachine", "User"), ExpectError: regexp.MustCompile(`(?s)application\.invalid_role_type.*type\s+MachineToMachine\s+only`)},
	}})
}
