// SPDX-License-Identifier: MPL-2.0

package organization_test

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
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var roleLife = acctest.Lifecycle{
	Resource: "logto_organization_role.test",
	Minimal: `
resource "logto_organization_role" "test" {
  name = "{name}"
}`,
	Full: `
resource "logto_organization_role" "test" {
  name        = "{name} full"
  description = "A full test role."
  type        = "User"
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_organization_role.test", tfjsonpath.New("type"), knownvalue.StringExact("User")),
		statecheck.ExpectKnownValue("logto_organization_role.test", tfjsonpath.New("scope_ids"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_organization_role.test", tfjsonpath.New("resource_scope_ids"), knownvalue.Null()),
	},
	Path:   "/api/organization-roles/{id}",
	Change: map[string]any{"description": "changed"},
	Drift: map[string]acctest.Outside{
		"name":        {Body: map[string]any{"name": "{name}-outside"}},
		"description": {Body: map[string]any{"description": "changed"}},
	},
	NoDrift: map[string]string{"type": "a role of another type is another role: the plan replaces it"},
}

func TestAccOrganizationRole(t *testing.T) { roleLife.Run(t) }

// Another type replaces the role: the API would change it and leave those who
// have the role with one that they cannot have.
func TestAccOrganizationRole_type(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(kind string) string {
		return "resource \"logto_organization_role\" \"test\" {\n  name = \"{name}\"\n  type = \"" + kind + "\"\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("User")},
		{Config: config("MachineToMachine"), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction("logto_organization_role.test", plancheck.ResourceActionDestroyBeforeCreate)}}},
	}})
}

// scopes are three of the organization template and two of an API resource.
const scopes = `
resource "logto_organization_scope" "test" {
  count = 3
  name  = "{name}:${count.index}"
}
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes    = { "read:x" = {}, "write:x" = {} }
}
`

// withScopes is a role whose whole sets of scopes are managed.
var withScopes = acctest.Lifecycle{
	Resource: "logto_organization_role.test",
	Setup:    scopes,
	Minimal: `
resource "logto_organization_role" "test" {
  name               = "{name}"
  scope_ids          = [logto_organization_scope.test[0].id, logto_organization_scope.test[1].id]
  resource_scope_ids = [logto_api_resource.test.scopes["read:x"].id]
}`,
	Full: `
resource "logto_organization_role" "test" {
  name               = "{name}"
  description        = "Full."
  scope_ids          = [for n in [2, 0] : logto_organization_scope.test[n].id]
  resource_scope_ids = [for s in logto_api_resource.test.scopes : s.id]
}`,
	Path:    "/api/organization-roles/{id}",
	Change:  map[string]any{"description": "changed"},
	Variant: true,
}

func TestAccOrganizationRole_scopeIDs(t *testing.T) { withScopes.Run(t) }

func TestAccOrganizationRole_faults(t *testing.T) { withScopes.Faults(t) }

// Scopes that others give or take are put right where they are managed as a
// whole; [] takes all; left out, they stay.
func TestAccOrganizationRole_scopeIDsDrift(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var role string
	at := func(kind string) func() string {
		return func() string { return "/api/organization-roles/" + role + "/" + kind }
	}
	organizationScopes := func(numbers ...int) func(*terraform.State) []string {
		return func(s *terraform.State) []string {
			ids := []string{}
			for _, n := range numbers {
				ids = append(ids, s.RootModule().Resources[fmt.Sprintf("logto_organization_scope.test.%d", n)].Primary.ID)
			}
			return ids
		}
	}
	apiScopes := func(names ...string) func(*terraform.State) []string {
		return func(s *terraform.State) []string {
			ids := []string{}
			for _, n := range names {
				ids = append(ids, s.RootModule().Resources["logto_api_resource.test"].Primary.Attributes["scopes."+n+".id"])
			}
			return ids
		}
	}
	bare := func(attributes string) string {
		return scopes + "resource \"logto_organization_role\" \"test\" {\n  name = \"{name}\"\n" + attributes + "\n}"
	}
	var other string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: scopes + withScopes.Minimal, Check: resource.ComposeTestCheckFunc(id("logto_organization_role.test", &role), func(s *terraform.State) error {
			other = organizationScopes(2)(s)[0]
			return nil
		})},
		{
			PreConfig: func() {
				do(t, target, http.MethodPost, at("scopes")(), map[string]any{"organizationScopeIds": []string{other}})
				do(t, target, http.MethodPut, at("resource-scopes")(), map[string]any{"scopeIds": []string{}})
			},
			Config: scopes + withScopes.Minimal,
			Check: resource.ComposeTestCheckFunc(
				expect(t, target, at("scopes"), "id", organizationScopes(0, 1)),
				expect(t, target, at("resource-scopes"), "id", apiScopes("read:x"))),
		},
		{Config: bare(""), Check: resource.ComposeTestCheckFunc(
			expect(t, target, at("scopes"), "id", organizationScopes(0, 1)),
			expect(t, target, at("resource-scopes"), "id", apiScopes("read:x")))},
		{Config: bare("scope_ids = []"), Check: resource.ComposeTestCheckFunc(
			expect(t, target, at("scopes"), "id", these()),
			expect(t, target, at("resource-scopes"), "id", apiScopes("read:x")))},
		{Config: bare("scope_ids = []\nresource_scope_ids = []"), Check: expect(t, target, at("resource-scopes"), "id", these())},
	}})
}

// PUT of no scopes to a role that is gone answers 204. It is an error all the
// same, and so is reading them.
func TestAccOrganizationRole_scopesGone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name})
	client := target.Client(t)
	for kind, links := range map[string]*logto.Links{"organization": client.OrganizationRoleScopes(), "resource": client.OrganizationRoleResourceScopes()} {
		if err := links.Set(t.Context(), role, []string{}); err != nil {
			t.Errorf("no %s scopes: %v", kind, err)
		}
	}
	do(t, target, http.MethodDelete, "/api/organization-roles/"+role, nil)
	for kind, links := range map[string]*logto.Links{"organization": client.OrganizationRoleScopes(), "resource": client.OrganizationRoleResourceScopes()} {
		if _, err := links.Children(t.Context(), role); !logto.IsNotFound(err) {
			t.Errorf("%s scopes of a role that is gone: %v", kind, err)
		}
		if err := links.Set(t.Context(), role, []string{}); !logto.IsNotFound(err) {
			t.Errorf("no %s scopes for a role that is gone: %v", kind, err)
		}
	}
}

// Names are unique: an object that exists is not taken over, and the error says what to do.
func TestAccOrganizationRole_templateInvalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	taken := func(says string) *regexp.Regexp {
		return regexp.MustCompile(`(?s)name = .*entity\.unique_integrity_violation.*` + says)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "resource \"logto_organization_scope\" \"test\" {\n  name = \"\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`name\s+must\s+have\s+1\s+to\s+128\s+characters`)},
		{Config: "resource \"logto_organization_role\" \"test\" {\n  name = \"\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`name\s+must\s+have\s+1\s+to\s+128\s+characters`)},
		{Config: "resource \"logto_organization_role\" \"test\" {\n  name = \"x\"\n  type = \"Robot\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`MachineToMachine`)},
		{Config: "resource \"logto_organization_role_scope\" \"test\" {\n  role_id  = \"x\"\n  scope_id = \"y\"\n  kind = \"other\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`organization`)},
		{Config: scopeLife.Minimal + "\nresource \"logto_organization_scope\" \"twin\" {\n  name = logto_organization_scope.test.name\n}", ExpectError: taken(`template\s+has\s+a\s+scope\s+of\s+this\s+name`)},
		{Config: roleLife.Minimal + "\nresource \"logto_organization_role\" \"twin\" {\n  name = logto_organization_role.test.name\n}", ExpectError: taken(`a\s+role\s+of\s+this\s+name`)},
		{Config: roleLife.Minimal + "\nresource \"logto_organization_role_scope\" \"test\" {\n  role_id  = logto_organization_role.test.id\n  scope_id = \"missing\"\n}",
			ExpectError: regexp.MustCompile(`(?s)scope_id = .*entity\.relation_foreign_key_not_found.*of\s+the\s+kind\s+organization`)},
		{Config: "resource \"logto_organization_role\" \"test\" {\n  name = \"{name}\"\n  scope_ids = [\"missing\"]\n}", ExpectError: regexp.MustCompile(`(?s)scope_ids = .*entity\.relation_foreign_key_not_found`)},
		{Config: "resource \"logto_organization_role\" \"test\" {\n  name = \"{name}\"\n  resource_scope_ids = [\"read:orders\"]\n}", PlanOnly: true,
			ExpectError: regexp.MustCompile(`resource_scope_ids\s+must\s+be\s+an\s+ID\s+and\s+not\s+a\s+name`)},
		{Config: scopeLife.Minimal},
	}})
}

// A role with more scopes than a page has, and more roles than one, are read
// whole, and from one list: a plan of 120 roles and their scopes takes 2 calls.
func TestAccOrganizationRole_many(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // makes 240 objects
	config := `
resource "logto_organization_scope" "test" {
  count = 120
  name  = "{name}:${count.index}"
}
resource "logto_organization_role" "test" {
  count     = 120
  name      = "{name}-${count.index}"
  scope_ids = count.index == 0 ? logto_organization_scope.test[*].id : [logto_organization_scope.test[count.index].id]
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: target.Reset, Config: config, ConfigPlanChecks: nothingTo,
			Check: func(*terraform.State) error {
				// The harness refreshes three times. Each takes the list of the scopes, after two
				// single reads, and the two pages of that of the roles, after as many.
				if calls := target.Calls(); len(calls) > 3*12 {
					return fmt.Errorf("%d calls: %v", len(calls), slices.Compact(slices.Sorted(slices.Values(calls))))
				}
				return nil
			},
		},
	}})
}
