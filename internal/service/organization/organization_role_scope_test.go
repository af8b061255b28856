// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func roleScopeLife(kind, list, scope string) acctest.Lifecycle {
	config := `
resource "logto_organization_role_scope" "test" {
  role_id  = logto_organization_role.test.id
  scope_id = ` + scope + `
  kind     = "` + kind + `"
}`
	return acctest.Lifecycle{
		Resource: "logto_organization_role_scope.test",
		Setup:    scopes + roleLife.Minimal,
		Minimal:  config,
		MinimalChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("logto_organization_role_scope.test", tfjsonpath.New("kind"), knownvalue.StringExact(kind)),
		},
		Find:     "/api/organization-roles/{role_id}/" + list + " id={scope_id}",
		Remove:   "DELETE /api/organization-roles/{role_id}/" + list + "/{scope_id}",
		Parent:   "/api/organization-roles/{role_id}",
		ImportID: "{role_id}/{scope_id}",
	}
}

var (
	ofOrganization = roleScopeLife("organization", "scopes", "logto_organization_scope.test[0].id")
	ofResource     = roleScopeLife("resource", "resource-scopes", `logto_api_resource.test.scopes["read:x"].id`)
)

func TestAccOrganizationRoleScope(t *testing.T) { ofOrganization.Run(t) }

func TestAccOrganizationRoleScope_faults(t *testing.T) { ofOrganization.Faults(t) }

func TestAccOrganizationRoleScope_ofResource(t *testing.T) { ofResource.Run(t) }

func TestAccOrganizationRoleScope_resourceScopeFaults(t *testing.T) { ofResource.Faults(t) }

// A link that is there already is adopted: 201 from Logto, and no error here.
// Scopes that others gave the role stay.
func TestAccOrganizationRoleScope_adopts(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	setup := scopes + roleLife.Minimal
	var role string
	var ids []string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: setup, Check: resource.ComposeTestCheckFunc(id("logto_organization_role.test", &role), func(s *terraform.State) error {
			for n := range 3 {
				ids = append(ids, s.RootModule().Resources[fmt.Sprintf("logto_organization_scope.test.%d", n)].Primary.ID)
			}
			return nil
		})},
		{
			PreConfig: func() {
				do(t, target, http.MethodPost, "/api/organization-roles/"+role+"/scopes", map[string]any{"organizationScopeIds": ids[:2]})
			},
			Config: setup + ofOrganization.Minimal,
		},
		{Config: setup, Check: expect(t, target, func() string { return "/api/organization-roles/" + role + "/scopes" }, "id",
			func(*terraform.State) []string { return ids[1:2] })},
	}})
}
