// SPDX-License-Identifier: MPL-2.0

package role_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const api = `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes = {
    "read:x"  = { description = "Read" }
    "write:x" = {}
    "other:x" = {}
  }
}
`

var roleLife = acctest.Lifecycle{
	Resource: "logto_role.test",
	Setup:    api,
	Minimal: `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
}`,
	Full: `
resource "logto_role" "test" {
  name        = "{name}-full"
  description = "A full test role."
  type        = "User"
  is_default  = true
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_role.test", tfjsonpath.New("type"), knownvalue.StringExact("User")),
		statecheck.ExpectKnownValue("logto_role.test", tfjsonpath.New("is_default"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue("logto_role.test", tfjsonpath.New("scope_ids"), knownvalue.Null()),
	},
	Path:   "/api/roles/{id}",
	Change: map[string]any{"description": "changed"},
	Drift: map[string]acctest.Outside{
		"name":        {Body: map[string]any{"name": "{name}-outside"}},
		"description": {Body: map[string]any{"description": "outside"}},
		"is_default":  {Body: map[string]any{"isDefault": false}},
	},
	NoDrift: map[string]string{"type": "Logto does not change it"},
}

func TestAccRole(t *testing.T) { roleLife.Run(t) }

// withScopes is a role whose whole set of scopes is managed.
var withScopes = acctest.Lifecycle{
	Resource: "logto_role.test",
	Setup:    api,
	Minimal: `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
  scope_ids   = [logto_api_resource.test.scopes["read:x"].id, logto_api_resource.test.scopes["other:x"].id]
}`,
	Full: `
resource "logto_role" "test" {
  name        = "{name}-full"
  description = "A test role."
  scope_ids   = [for name in ["write:x", "read:x"] : logto_api_resource.test.scopes[name].id]
}`,
	Path:    "/api/roles/{id}",
	Change:  map[string]any{"description": "changed"},
	Variant: true,
}

func TestAccRole_scopeIDs(t *testing.T) { withScopes.Run(t) }

func TestAccRole_faults(t *testing.T) { withScopes.Faults(t) }

// Links that others make or break are put right where scope_ids manages them.
func TestAccRole_scopeIDsDrift(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var role, read, other string
	linked := func() (ids []string) {
		_, answer := target.Do(t, http.MethodGet, "/api/roles/"+role+"/scopes", nil)
		for _, s := range answer.([]any) {
			ids = append(ids, s.(map[string]any)["id"].(string))
		}
		slices.Sort(ids)
		return ids
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: api + withScopes.Minimal, Check: func(s *terraform.State) error {
			a := s.RootModule().Resources["logto_api_resource.test"].Primary.Attributes
			role, read, other = s.RootModule().Resources["logto_role.test"].Primary.ID, a["scopes.read:x.id"], a["scopes.other:x.id"]
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodDelete, "/api/roles/"+role+"/scopes/"+read, nil)
			},
			Config: api + withScopes.Minimal,
			Check: func(*terraform.State) error {
				want := []string{read, other}
				slices.Sort(want)
				if got := linked(); !slices.Equal(got, want) {
					return fmt.Errorf("the role has %v, not %v", got, want)
				}
				return nil
			},
		},
		{ // no longer managed: the links stay
			Config: api + roleLife.Minimal,
			Check: func(*terraform.State) error {
				if got := linked(); len(got) != 2 {
					return fmt.Errorf("the role has %v after scope_ids was left out", got)
				}
				return nil
			},
		},
		{Config: api + `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
  scope_ids   = []
}`, Check: func(*terraform.State) error {
			if got := linked(); len(got) != 0 {
				return fmt.Errorf("the role has %v, not nothing", got)
			}
			return nil
		}},
	}})
}

// A rename sends the name and nothing else, and leaves what the Console set where
// the configuration ignores it.
func TestAccRole_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name string) string {
		return `
resource "logto_role" "test" {
  name        = "` + name + `"
  description = "A test role."
  lifecycle { ignore_changes = [is_default] }
}`
	}
	var id string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("{name}"), Check: func(s *terraform.State) error {
			id = s.RootModule().Resources["logto_role.test"].Primary.ID
			return nil
		}},
		{
			PreConfig: func() { target.Do(t, http.MethodPatch, "/api/roles/"+id, map[string]any{"isDefault": true}) },
			Config:    config("{name}-2"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("logto_role.test", tfjsonpath.New("is_default"), knownvalue.Bool(true)),
			}},
			Check: func(*terraform.State) error {
				if o := target.Get(t, "/api/roles/"+id); o["isDefault"] != true {
					return fmt.Errorf("the rename took isDefault away: %v", o)
				}
				return nil
			},
		},
	}})
}

func TestAccRole_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "resource \"logto_role\" \"test\" {\n  name        = \"\"\n  description = \"x\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`Attribute name`)},
		{Config: "resource \"logto_role\" \"test\" {\n  name        = \"x\"\n  description = \"x\"\n  type        = \"Robot\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`MachineToMachine`)},
		{Config: "resource \"logto_role\" \"test\" {\n  name        = \"x\"\n  description = \"x\"\n  type        = \"MachineToMachine\"\n  is_default  = true\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`cannot be default`)},
		{Config: "resource \"logto_role\" \"test\" {\n  name        = \"x\"\n  description = \"x\"\n  scope_ids   = [\"read:orders\", \"write:orders\"]\n}", PlanOnly: true, ExpectError: regexp.MustCompile(
			`Each\s+element\s+of\s+attribute\s+scope_ids\s+must\s+be\s+an\s+ID\s+and\s+not\s+a\s+name:\s+refer\s+to\s+it\s+as\s+in\s+logto_api_resource\.example\.scopes\["read:orders"\]\.id`)},
		{Config: "resource \"logto_role_scope\" \"test\" {\n  role_id  = \"my role\"\n  scope_id = \"x\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(
			`role_id\s+must\s+be\s+an\s+ID\s+and\s+not\s+a\s+name:\s+refer\s+to\s+it\s+as\s+in\s+logto_role\.example\.id,\s+or\s+find\s+it\s+with\s+the\s+data\s+source\s+logto_role`)},
		{Config: roleLife.Minimal + `
resource "logto_role" "twin" {
  name        = logto_role.test.name
  description = "x"
  depends_on  = [logto_role.test]
}`, ExpectError: regexp.MustCompile(`role\.name_in_use`)},
	}})
}

func TestAccRole_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: api + withScopes.Minimal + `
data "logto_role" "by_name" {
  name = logto_role.test.name
}
data "logto_role" "by_id" {
  id = logto_role.test.id
}
data "logto_roles" "users" {
  type       = "User"
  depends_on = [logto_role.test]
}
resource "logto_role" "bare" {
  name        = "{name} bare"
  description = "x"
}
data "logto_role" "bare" {
  id = logto_role.bare.id
}
data "logto_roles" "found" {
  search     = upper("{name} BARE%")
  depends_on = [logto_role.test, logto_role.bare]
}
output "same" {
  value = [
    data.logto_role.by_name.id == logto_role.test.id,
    data.logto_role.by_id.scope_ids == logto_role.test.scope_ids,
    contains([for r in data.logto_roles.users.roles : r.id], logto_role.test.id),
    length(data.logto_role.bare.scope_ids) == 0,
    [for r in data.logto_roles.found.roles : r.id] == [logto_role.bare.id],
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true)}))},
	}}})
}
