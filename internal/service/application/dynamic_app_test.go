// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

var dynamicAppLife = acctest.Lifecycle{
	Resource: "logto_dynamic_app.test",
	Since:    "1.43",
	Setup:    consentSetup,
	Minimal:  `resource "logto_dynamic_app" "test" {}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_dynamic_app.test", tfjsonpath.New("enabled"), knownvalue.Bool(false)),
	},
	Full: `
resource "logto_dynamic_app" "test" {
  enabled                         = true
  user_scopes                     = ["email", "urn:logto:scope:organizations"]
  resource_scope_ids              = [logto_api_resource.test.scopes["write:x"].id]
  organization_scope_ids          = [logto_organization_scope.test.id]
  organization_resource_scope_ids = [logto_api_resource.test.scopes["read:x"].id]
}`,
	Path:   "/api/configs/cimd",
	Change: map[string]any{"enabled": false},
	Drift: map[string]acctest.Outside{
		"enabled":                         {Body: map[string]any{"enabled": false}},
		"user_scopes":                     {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"userScopes": []string{"address"}}},
		"resource_scope_ids":              {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"resourceScopes": []string{"{organization_resource_scope_ids.0}"}}},
		"organization_scope_ids":          {How: "DELETE /api/cimd/user-consent-scopes/organization-scopes/{organization_scope_ids.0}"},
		"organization_resource_scope_ids": {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"organizationResourceScopes": []string{"{resource_scope_ids.0}"}}},
	},
	Permanent: "every tenant has a dynamic app",
}

func TestAccDynamicApp(t *testing.T) { dynamicAppLife.Run(t) }

func TestAccDynamicApp_faults(t *testing.T) { dynamicAppLife.Faults(t) }

// An update that was carried out and whose answer was lost leaves nothing for the next
// plan to do. A destroy resets what it wrote all the same.
func TestAccDynamicApp_lostUpdate(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	full := consentSetup + dynamicAppLife.Full
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: consentSetup + dynamicAppLife.Minimal},
			{
				PreConfig: func() {
					target.Server.Inject(fakelogto.Fault{Method: http.MethodPatch, Path: "/api/configs/cimd", Drop: fakelogto.DropAfter})
				},
				Config: full, ExpectError: regexp.MustCompile(`PATCH /api/configs/cimd`),
			},
			{
				PreConfig:        target.Server.ClearFaults,
				Config:           full,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
		CheckDestroy: func(*terraform.State) error {
			if scopes := target.Get(t, "/api/cimd/user-consent-scopes"); len(scopes["userScopes"].([]any)) > 0 {
				return fmt.Errorf("destroy left %v", scopes)
			}
			return nil
		},
	})
}
