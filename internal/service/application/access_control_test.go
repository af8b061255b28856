// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const accessSetup = spa + `
resource "logto_user" "test" {
  name = "{name}"
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "x"
}
resource "logto_organization" "test" {
  count = 2
  name  = "{name}"
}
resource "logto_organization_role" "test" {
  name = "{name}"
}
`

const accessTest = "logto_application_access_control.test"

func access(more string) string {
	return "resource \"logto_application_access_control\" \"test\" {\n  application_id = logto_application.test.id\n" + more + "\n}\n"
}

var accessLife = acctest.Lifecycle{
	Resource: accessTest,
	Setup:    accessSetup,
	Minimal:  access("  enabled = false"),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(accessTest, tfjsonpath.New("user_ids"), knownvalue.SetSizeExact(0)),
		statecheck.ExpectKnownValue(accessTest, tfjsonpath.New("organization_role_rules"), knownvalue.SetSizeExact(0)),
	},
	Full: access(`  enabled          = true
  user_ids         = [logto_user.test.id]
  user_role_ids    = [logto_role.test.id]
  organization_ids = [logto_organization.test[0].id]
  organization_role_rules = [{
    organization_id       = logto_organization.test[1].id
    organization_role_ids = [logto_organization_role.test.id]
  }]`),
	Since:    "1.41",
	Path:     "/api/applications/{application_id}/access-control",
	ChangeBy: "PATCH /api/applications/{application_id}",
	Change:   map[string]any{"appLevelAccessControlEnabled": false},
	Remove:   "DELETE /api/applications/{application_id}",
	ImportID: "{application_id}",
	Drift: map[string]acctest.Outside{
		"enabled":                 {Body: map[string]any{"appLevelAccessControlEnabled": false}},
		"user_ids":                accessRule("userIds", []string{}),
		"user_role_ids":           accessRule("userRoleIds", []string{}),
		"organization_ids":        accessRule("organizationIds", []string{"{organization_role_rules.0.organization_id}"}),
		"organization_role_rules": accessRule("organizationRoleRules", []any{}),
	},
}

// accessRule changes one of the full set of rules, which Logto replaces as a whole.
func accessRule(key string, v any) acctest.Outside {
	rules := map[string]any{"userIds": []string{"{user_ids.0}"}, "userRoleIds": []string{"{user_role_ids.0}"}, "organizationIds": []string{"{organization_ids.0}"},
		"organizationRoleRules": []any{map[string]any{"organizationId": "{organization_role_rules.0.organization_id}",
			"organizationRoleIds": []string{"{organization_role_rules.0.organization_role_ids.0}"}}}}
	rules[key] = v
	return acctest.Outside{How: "PUT /api/applications/{application_id}/access-control", Body: rules}
}

func TestAccApplicationAccessControl(t *testing.T) { accessLife.Run(t) }

func TestAccApplicationAccessControl_faults(t *testing.T) { accessLife.Faults(t) }

func TestAccApplicationAccessControl_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	rule := "{ organization_id = \"o\", organization_role_ids = [\"r\"] }"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + access("  enabled = true"), PlanOnly: true, ExpectError: regexp.MustCompile(`There is no rule`)},
		{Config: spa + access("  enabled = true\n  organization_role_rules = ["+rule+","+strings.Replace(rule, `["r"]`, `["s"]`, 1)+"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`Two rules for one organization`)},
		{Config: spa + access("  enabled = true\n  organization_role_rules = ["+strings.Replace(rule, `"r"`, "", 1)+"]"), PlanOnly: true, ExpectError: regexp.MustCompile(`at\s+least\s+1`)},
		{Config: spa + access("  enabled = true\n  user_ids = [\"nobody\"]"), ExpectError: regexp.MustCompile(`entity\.relation_foreign_key_not_found`)},
	}})
}

// Where Logto lacks the operation, the error says so.
func TestAccApplicationAccessControl_olderLogto(t *testing.T) {
	t.Parallel()
	target := acctest.StartOlder(t, "1.40")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + access("  enabled = false"), ExpectError: regexp.MustCompile(`needs\s+Logto\s+1\.41\s+or\s+later`)},
	}})
}

// The flag of a SAML application is set where those are.
func TestAccApplicationAccessControl_SAML(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	config := func(more string) string {
		return `
resource "logto_saml_application" "test" {
  name = "{name}"
}
resource "logto_user" "test" {
  name = "{name}"
}
` + strings.Replace(access(more), "logto_application.test.id", "logto_saml_application.test.id", 1)
	}
	enabled := func(want bool) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			if got := target.Get(t, "/api/saml-applications/"+idOf(s, "logto_saml_application.test"))["appLevelAccessControlEnabled"]; got != want {
				return fmt.Errorf("enabled: %v", got)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("  enabled = true\n  user_ids = [logto_user.test.id]"), Check: enabled(true)},
		{Config: config("  enabled = false"), Check: enabled(false)},
	}})
}
