// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// allTrue checks that the output "holds" is a list of so many true.
func allTrue(n int) []statecheck.StateCheck {
	return []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds",
		knownvalue.ListExact(slices.Repeat([]knownvalue.Check{knownvalue.Bool(true)}, n)))}
}

// What a sign-in leaves behind is in the data sources, and changes no plan of the resource.
func TestAccUserData_signIns(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := `
resource "logto_user" "test" {
  username = "jane"
  password = "a long word"
}
resource "logto_user" "new" {
  username = "new"
}
resource "logto_user_identity" "test" {
  user_id          = logto_user.test.id
  target           = "github"
  provider_user_id = "4711"
  details          = jsonencode({ name = "Jane" })
}
resource "logto_sso_connector" "test" {
  provider_name  = "OIDC"
  connector_name = "Acme"
}
resource "logto_application" "test" {
  name = "shop"
  type = "SPA"
}
`
	var user, connector, application string
	ids := func(s *terraform.State) error {
		for address, id := range map[string]*string{"logto_user.test": &user, "logto_sso_connector.test": &connector, "logto_application.test": &application} {
			*id = s.RootModule().Resources[address].Primary.ID
		}
		return nil
	}
	signIn := func() {
		if _, err := target.Server.SignIn(user, application); err != nil {
			t.Fatal(err)
		}
		if err := target.Server.SignInWithSSO(user, connector, "https://idp.example", "jane@acme", "Jane Doe"); err != nil {
			t.Fatal(err)
		}
		if status, answer := target.Do(t, http.MethodGet, "/api/users/"+user+"?includeSsoIdentities=true", nil); status != http.StatusOK {
			t.Fatal(fmt.Sprint(status, answer))
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: ids},
		{PreConfig: signIn, Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		{Config: config + `
data "logto_user" "test" {
  id         = logto_user.test.id
  depends_on = [logto_user_identity.test]
}
data "logto_user" "new" {
  id = logto_user.new.id
}
data "logto_users" "all" {
  depends_on = [logto_user_identity.test]
}
locals {
  jane = data.logto_user.test
  sso  = local.jane.sso_identities[0]
  all  = { for u in data.logto_users.all.users : u.username => u }
}
output "holds" {
  value = [
    local.jane.has_password,
    timecmp(local.jane.last_sign_in_at, local.jane.created_at) >= 0,
    timecmp(local.jane.updated_at, local.jane.created_at) >= 0,
    local.jane.created_at == logto_user.test.created_at,
    local.jane.application_id == null,
    local.jane.identities["github"].provider_user_id == "4711",
    jsondecode(local.jane.identities["github"].details).name == "Jane",
    length(local.jane.sso_identities) == 1,
    local.sso.sso_connector_id == logto_sso_connector.test.id,
    local.sso.issuer == "https://idp.example",
    local.sso.identity_id == "jane@acme",
    jsondecode(local.sso.detail).name == "Jane Doe",
    timecmp(local.sso.created_at, local.sso.updated_at) == 0,
    !data.logto_user.new.has_password,
    data.logto_user.new.last_sign_in_at == null,
    length(data.logto_user.new.identities) == 0,
    length(data.logto_user.new.sso_identities) == 0,
    local.all["jane"].last_sign_in_at == local.jane.last_sign_in_at,
    local.all["jane"].identities["github"].provider_user_id == "4711",
    local.all["new"].last_sign_in_at == null,
  ]
}`, ConfigStateChecks: allTrue(20)},
	}})
}
