// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/kit/kittest"
)

var userRoleLife = kittest.Lifecycle{
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

func TestAccUserRole(t *testing.T)       { userRoleLife.Run(t) }
func TestAccUserRoleFaults(t *testing.T) { userRoleLife.Faults(t) }

// Logto fails half of the calls that give roles to one user at once, and lists
// the roles of a user in pages: none of many is lost.
func TestAccUserRoleMany(t *testing.T) {
	t.Setenv("TF_CLI_ARGS_apply", "-parallelism=60")
	target := kittest.Start(t)
	config := words + `
resource "logto_user" "test" {
  username = local.word
}
resource "logto_role" "test" {
  count       = 110
  name        = "{name}-${count.index}"
  description = "A test role."
}
resource "logto_user_role" "test" {
  count   = 110
  user_id = logto_user.test.id
  role_id = logto_role.test[count.index].id
}`
	var user string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: resource.ComposeTestCheckFunc(id("logto_user.test", &user), func(*terraform.State) error {
			roles := 0
			for page := 1; page <= 2; page++ {
				_, answer := target.Do(t, http.MethodGet, fmt.Sprintf("/api/users/%s/roles?page_size=100&page=%d", user, page), nil)
				roles += len(answer.([]any))
			}
			if roles != 110 {
				return fmt.Errorf("the user has %d roles of 110", roles)
			}
			posts := 0
			for _, w := range target.Writes() {
				if w == "POST /api/users/"+user+"/roles" {
					posts++
				}
			}
			if posts != 110 {
				return fmt.Errorf("%d calls gave 110 roles: some failed", posts)
			}
			return nil
		})},
		{
			PreConfig: target.Reset, Config: config, ConfigPlanChecks: nothingTo,
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

func TestAccUserRoleInvalid(t *testing.T) {
	t.Parallel()
	target := kittest.Start(t)
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
		{Config: link("logto_user.test.id", "logto_role.machine.id"), ExpectError: regexp.MustCompile(`(?s)user\.invalid_role_type.*type\s+User\s+only`)},
		{Config: link(`"nobody"`, "logto_role.machine.id"), ExpectError: regexp.MustCompile(`entity\.not_found`)},
		{Config: link("logto_user.test.id", `"nothing"`), ExpectError: regexp.MustCompile(`entity\.not_exists_with_id`)},
		{Config: link("logto_user.test.id", `""`), PlanOnly: true, ExpectError: regexp.MustCompile(`role_id\s+string\s+length`)},
		{Config: strings.ReplaceAll(config, "{name}", "{name}-2")},
	}})
}
