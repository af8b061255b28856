// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// allTrue checks that the output "holds" is a list of so many true.
func allTrue(n int) []statecheck.StateCheck {
	want := make([]knownvalue.Check, n)
	for i := range want {
		want[i] = knownvalue.Bool(true)
	}
	return []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds", knownvalue.ListExact(want))}
}

func TestAccApplicationData(t *testing.T) {
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

func TestAccApplicationSecretData(t *testing.T) {
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

// More applications than one page has are all read.
func TestAccApplicationsMany(t *testing.T) {
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

func TestAccApplicationLists(t *testing.T) {
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
