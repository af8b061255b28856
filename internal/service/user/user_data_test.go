// SPDX-License-Identifier: MPL-2.0

package user_test

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

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
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
		if _, err := fakelogto.SignIn(target.Server, user, application); err != nil {
			t.Fatal(err)
		}
		if err := fakelogto.SignInWithSSO(target.Server, user, connector, "https://idp.example", "jane@acme", "Jane Doe"); err != nil {
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

func TestAccUserOrganizations_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: `
resource "logto_user" "test" {
  count = 2
}
resource "logto_organization" "test" {
  name            = "{name}"
  description     = "Acme"
  custom_data     = jsonencode({ a = 1 })
  is_mfa_required = true
}
resource "logto_organization_role" "test" {
  name = "{name}"
}
resource "logto_organization_member" "test" {
  organization_id = logto_organization.test.id
  user_id         = logto_user.test[0].id
  role_ids        = [logto_organization_role.test.id]
}
data "logto_user_organizations" "test" {
  count      = 2
  user_id    = logto_user.test[count.index].id
  depends_on = [logto_organization_member.test]
}
locals {
  one = one(data.logto_user_organizations.test[0].user_organizations)
}
output "holds" {
  value = [
    local.one.user_id == logto_user.test[0].id && local.one.organization_id == logto_organization.test.id,
    local.one.name == "{name}" && local.one.description == "Acme" && local.one.is_mfa_required,
    jsondecode(local.one.custom_data).a == 1,
    local.one.role_ids == toset([logto_organization_role.test.id]),
    local.one.created_at == logto_organization.test.created_at,
    length(data.logto_user_organizations.test[1].user_organizations) == 0,
  ]
}`, ConfigStateChecks: allTrue(6)},
		{Config: "data \"logto_user_organizations\" \"none\" {\n  user_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_found`)},
	}})
}

func TestAccUserIdentities_data(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := `
resource "logto_user" "test" {}
resource "logto_sso_connector" "test" {
  provider_name  = "SAML"
  connector_name = "Acme"
}
resource "logto_user_identity" "test" {
  count            = 2
  user_id          = logto_user.test.id
  target           = ["google", "github"][count.index]
  provider_user_id = "at ${["google", "github"][count.index]}"
  details          = count.index == 1 ? jsonencode({ name = "Jane" }) : null
}
data "logto_user_identities" "test" {
  user_id    = logto_user.test.id
  depends_on = [logto_user_identity.test]
}
`
	holds := func(conditions string) string {
		return config + "locals {\n  it = data.logto_user_identities.test\n}\noutput \"holds\" {\n  value = [" + conditions + "\n  ]\n}"
	}
	social := `
    local.it.user_identities[*].target == tolist(["github", "google"]),
    local.it.user_identities[*].provider_user_id == tolist(["at github", "at google"]),
    jsondecode(local.it.user_identities[0].details).name == "Jane",
    local.it.user_identities[1].details == null,`
	var user, connector string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: holds(social + "\n    length(local.it.sso_identities) == 0,"), ConfigStateChecks: allTrue(5),
			Check: func(s *terraform.State) error {
				user, connector = s.RootModule().Resources["logto_user.test"].Primary.ID, s.RootModule().Resources["logto_sso_connector.test"].Primary.ID
				return nil
			},
		},
		{
			PreConfig: func() {
				if err := fakelogto.SignInWithSSO(target.Server, user, connector, "https://idp.example", "jane@acme", "Jane Doe"); err != nil {
					t.Fatal(err)
				}
			},
			Config: holds(social + `
    one(local.it.sso_identities).sso_connector_id == logto_sso_connector.test.id,
    one(local.it.sso_identities).issuer == "https://idp.example" && one(local.it.sso_identities).identity_id == "jane@acme",
    jsondecode(one(local.it.sso_identities).detail).name == "Jane Doe",
    timecmp(one(local.it.sso_identities).created_at, one(local.it.sso_identities).updated_at) == 0,`), ConfigStateChecks: allTrue(8),
		},
		{Config: "data \"logto_user_identities\" \"none\" {\n  user_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_found`)},
	}})
}

// The values of tokens are in no state.
func TestAccPersonalAccessTokens_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: `
resource "logto_user" "test" {
  count = 2
}
resource "logto_personal_access_token" "test" {
  count      = 2
  user_id    = logto_user.test[0].id
  name       = "token ${count.index}"
  expires_at = count.index == 1 ? "2099-01-31T00:00:00Z" : null
}
data "logto_personal_access_tokens" "test" {
  count      = 2
  user_id    = logto_user.test[count.index].id
  depends_on = [logto_personal_access_token.test]
}
locals {
  found = { for t in data.logto_personal_access_tokens.test[0].personal_access_tokens : t.name => t }
}
output "holds" {
  value = [
    toset(keys(local.found)) == toset(logto_personal_access_token.test[*].name),
    local.found["token 0"].expires_at == null && timecmp(local.found["token 1"].expires_at, "2099-01-31T00:00:00Z") == 0,
    local.found["token 1"].created_at == logto_personal_access_token.test[1].created_at,
    !can(local.found["token 0"].value),
    length(data.logto_personal_access_tokens.test[1].personal_access_tokens) == 0,
  ]
}`, ConfigStateChecks: allTrue(5)},
		{Config: "data \"logto_personal_access_tokens\" \"none\" {\n  user_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_found`)},
	}})
}
