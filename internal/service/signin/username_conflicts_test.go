// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccUsernameCaseConflicts_data(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // counts all users
	none := "data \"logto_username_case_conflicts\" \"all\" {}\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "data \"logto_username_case_conflicts\" \"all\" {\n  limit = 101\n}", ExpectError: regexp.MustCompile(`limit`)},
		{Config: none + "output \"total\" {\n  value = data.logto_username_case_conflicts.all.total + length(data.logto_username_case_conflicts.all.username_case_conflicts)\n}",
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("total", knownvalue.Int64Exact(0))}},
		{Config: `
resource "logto_user" "test" {
  count    = 6
  username = ["jane", "Jane", "JANE", "bob", "Bob", "amy"][count.index]
}
data "logto_username_case_conflicts" "all" {
  depends_on = [logto_user.test]
}
data "logto_username_case_conflicts" "first" {
  limit      = 1
  depends_on = [logto_user.test]
}
output "holds" {
  value = [
    data.logto_username_case_conflicts.all.total == 2,
    data.logto_username_case_conflicts.all.username_case_conflicts[*].username == tolist(["bob", "jane"]),
    data.logto_username_case_conflicts.all.username_case_conflicts[1].user_ids == toset(slice(logto_user.test[*].id, 0, 3)),
    data.logto_username_case_conflicts.first.total == 2,
    data.logto_username_case_conflicts.first.username_case_conflicts[*].username == tolist(["bob"]),
  ]
}`, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds",
			knownvalue.ListExact(slices.Repeat([]knownvalue.Check{knownvalue.Bool(true)}, 5)))}},
	}})
}

// An older Logto has no such list, and the error says from when on it has.
func TestAccUsernameCaseConflictsData_older(t *testing.T) {
	t.Parallel()
	target := acctest.StartOlder(t, "1.40")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "data \"logto_username_case_conflicts\" \"all\" {}", ExpectError: regexp.MustCompile(`1\.41`)},
	}})
}
