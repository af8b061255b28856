// SPDX-License-Identifier: MPL-2.0

package role_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccRoleHolders_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := `
locals {
  word = replace("{name}", "-", "_")
}
resource "logto_role" "user" {
  name        = "{name}"
  description = "x"
}
resource "logto_role" "machine" {
  name        = "{name} machine"
  description = "x"
  type        = "MachineToMachine"
}
resource "logto_user" "test" {
  count         = 101 # more than one page
  username      = "${local.word}_${count.index}"
  name          = "Holder ${count.index}"
  primary_email = "${local.word}.${count.index}@example.com"
  avatar        = "https://example.com/${count.index}.png"
  is_suspended  = count.index == 1
  role_ids      = [logto_role.user.id]
}
resource "logto_application" "test" {
  name     = "{name}"
  type     = "MachineToMachine"
  role_ids = [logto_role.machine.id]
}
data "logto_role_users" "all" {
  role_id    = logto_role.user.id
  depends_on = [logto_user.test]
}
data "logto_role_users" "found" {
  role_id    = logto_role.user.id
  search     = upper("holder 7_")
  depends_on = [logto_user.test]
}
data "logto_role_users" "none" {
  role_id    = logto_role.machine.id
  depends_on = [logto_user.test]
}
data "logto_role_applications" "all" {
  role_id    = logto_role.machine.id
  depends_on = [logto_application.test]
}
data "logto_role_applications" "none" {
  role_id    = logto_role.user.id
  depends_on = [logto_application.test]
}
locals {
  one = one([for u in data.logto_role_users.all.role_users : u if u.user_id == logto_user.test[1].id])
}
output "holds" {
  value = [
    toset(data.logto_role_users.all.role_users[*].user_id) == toset(logto_user.test[*].id),
    local.one.role_id == logto_role.user.id && local.one.is_suspended && local.one.primary_phone == null,
    local.one.name == "Holder 1" && local.one.username == logto_user.test[1].username,
    local.one.primary_email == logto_user.test[1].primary_email && local.one.avatar == logto_user.test[1].avatar,
    length(data.logto_role_users.found.role_users) == 10,
    length(data.logto_role_users.none.role_users) == 0,
    one(data.logto_role_applications.all.role_applications).application_id == logto_application.test.id,
    one(data.logto_role_applications.all.role_applications).name == logto_application.test.name,
    length(data.logto_role_applications.none.role_applications) == 0,
  ]
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds",
			knownvalue.ListExact(slices.Repeat([]knownvalue.Check{knownvalue.Bool(true)}, 9)))}},
		{Config: "data \"logto_role_users\" \"none\" {\n  role_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_exists_with_id`)},
		{Config: "data \"logto_role_applications\" \"none\" {\n  role_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_exists_with_id`)},
	}})
}
