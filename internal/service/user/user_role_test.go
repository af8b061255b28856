// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

var userRoleLife = acctest.Lifecycle{
	Resource: "logto_user_role.test",
	Setup: userLife.Setup + userLife.Minimal + `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
}`,
	Minimal: `
resource "logto_user_role" "test" {
  user_id = logto_user.test.id
  role_id = logto_role.test.id
}`,
	Find:     "/api/users/{user_id}/roles?page_size=100 id={role_id}",
	Remove:   "DELETE /api/users/{user_id}/roles/{role_id}",
	Parent:   "/api/users/{user_id}",
	ImportID: "{user_id}/{role_id}",
}

func TestAccUserRole(t *testing.T) { userRoleLife.Run(t) }

func TestAccUserRole_faults(t *testing.T) { userRoleLife.Faults(t) }

// links are the user and so many roles, each given to the user twice over.
func links(roles, times int) string {
	return words + fmt.Sprintf(`
resource "logto_user" "test" {
  username = local.word
}
resource "logto_role" "test" {
  count       = %d
  name        = "{name}-${count.index}"
  description = "A test role."
}
resource "logto_user_role" "test" {
  count   = length(logto_role.test) * %d
  user_id = logto_user.test.id
  role_id = logto_role.test[count.index %% length(logto_role.test)].id
}`, roles, times)
}

// hasRoles checks how many roles a user has, and that no call to give one
// failed: it would have been looked at what became of it.
func hasRoles(t *testing.T, target *acctest.Target, roles int) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		path := "/api/users/" + s.RootModule().Resources["logto_user.test"].Primary.ID + "/roles"
		has := 0
		for page := 1; page <= roles/100+1; page++ {
			_, answer := target.Do(t, http.MethodGet, fmt.Sprintf("%s?page_size=100&page=%d", path, page), nil)
			has += len(answer.([]any))
		}
		if has != roles {
			return fmt.Errorf("the user has %d roles of %d", has, roles)
		}
		if slices.Contains(target.Calls(), "GET "+path) {
			return fmt.Errorf("a call failed: %v", target.Calls())
		}
		return nil
	}
}

// Logto fails with a bare 500 where a role is given to a user twice at once:
// one user's roles are written one after another, and no call fails.
func TestAccUserRole_atOnce(t *testing.T) {
	t.Setenv("TF_CLI_ARGS_apply", "-parallelism=50")
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: links(5, 10), Check: hasRoles(t, target, 5)},
		{Config: links(5, 0)},
	}})
}

// More roles than fit in a page are all found, with a list for all of them.
func TestAccUserRole_many(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: links(110, 1), Check: hasRoles(t, target, 110)},
		{
			PreConfig: target.Reset, Config: links(110, 1), ConfigPlanChecks: nothingTo,
			Check: func(*terraform.State) error {
				lists := 0
				for _, c := range target.Calls() {
					if strings.HasSuffix(c, "/roles") && strings.HasPrefix(c, "GET /api/users/") {
						lists++
					}
				}
				if lists > 8 {
					return fmt.Errorf("the roles of one user were listed %d times", lists)
				}
				return nil
			},
		},
	}})
}

func TestAccUserRole_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := userLife.Setup + userLife.Minimal + `
resource "logto_role" "machine" {
  name        = "{name}"
  description = "A test role."
  type        = "MachineToMachine"
}`
	link := func(user, role string) string {
		return config + "\nresource \"logto_user_role\" \"test\" {\n  user_id = " + user + "\n  role_id = " + role + "\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: link("logto_user.test.id", "logto_role.machine.id"), ExpectError: regexp.MustCompile(`(?s)role_id = .*user\.invalid_role_type.*type\s+User\s+only`)},
		{Config: link(`"nobody"`, "logto_role.machine.id"), ExpectError: regexp.MustCompile(`entity\.not_found`)},
		{Config: link("logto_user.test.id", `"nothing"`), ExpectError: regexp.MustCompile(`(?s)role_id = .*entity\.not_exists_with_id`)},
		{Config: link("logto_user.test.id", `""`), PlanOnly: true, ExpectError: regexp.MustCompile(`role_id\s+must\s+be\s+an\s+ID`)},
		{Config: strings.ReplaceAll(config, "{name}", "{name}-2")},
	}})
}

// An update that was carried out to its end, and told of as an error, is remembered: what
// it configured is cleared when it is left out, although no later apply wrote anything.
func TestAccUser_errorAfterUpdate(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := func(attributes string) string {
		return words + `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
}
resource "logto_user" "test" {
  username = local.word
` + attributes + "\n}"
	}
	const full = "  role_ids    = [logto_role.test.id]\n  custom_data = jsonencode({ a = 1 })"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("  role_ids = []")},
		{
			PreConfig: func() {
				refused := fakelogto.Answer{Status: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"code":"x","message":"Refused."}`)}
				target.Server.Inject(fakelogto.Fault{Method: http.MethodPost, Path: "/api/users/*/roles", After: true,
					Answer: func(fakelogto.Answer) fakelogto.Answer { return refused }})
			},
			Config: config(full), ExpectError: regexp.MustCompile(`Refused`),
		},
		{
			PreConfig:        target.Server.ClearFaults,
			Config:           config(full),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		{
			Config: config("  role_ids = [logto_role.test.id]"),
			Check: func(s *terraform.State) error {
				user := target.Get(t, "/api/users/"+s.RootModule().Resources["logto_user.test"].Primary.ID)
				if data, _ := user["customData"].(map[string]any); len(data) > 0 {
					return fmt.Errorf("custom_data was left out, and the user has %v", data)
				}
				return nil
			},
		},
	}})
}
