// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// allTrue is the check that the output "holds" is n times true.
func allTrue(n int) []statecheck.StateCheck {
	checks := make([]knownvalue.Check, n)
	for i := range checks {
		checks[i] = knownvalue.Bool(true)
	}
	return []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("holds", knownvalue.ListExact(checks))}
}

// everything is one of each type, with all that it can have but an invitation's message.
const everything = scopes + `
resource "logto_organization_role" "member" {
  name               = "{name} member_100%"
  scope_ids          = [logto_organization_scope.test[0].id]
  resource_scope_ids = [logto_api_resource.test.scopes["read:x"].id]
}
resource "logto_organization_role" "machine" {
  name = "{name} machine"
  type = "MachineToMachine"
}
resource "logto_organization" "test" {
  name        = "{name} 100%_\\o/"
  custom_data = jsonencode({ a = 1 })
  branding    = { logo_url = "https://example.com/logo.png" }
  jit = {
    email_domains = ["{name}.example.com"]
    role_ids      = [logto_organization_role.member.id]
  }
}
resource "logto_user" "test" {
  count    = 2
  username = "${replace("{name}", "-", "_")}_${count.index}"
}
resource "logto_application" "test" {
  name = "{name}"
  type = "MachineToMachine"
}
resource "logto_organization_member" "test" {
  count           = 2
  organization_id = logto_organization.test.id
  user_id         = logto_user.test[count.index].id
  role_ids        = count.index == 0 ? [logto_organization_role.member.id] : []
}
resource "logto_organization_application" "test" {
  organization_id = logto_organization.test.id
  application_id  = logto_application.test.id
  role_ids        = [logto_organization_role.machine.id]
}
resource "logto_organization_invitation" "test" {
  invitee         = "{name}@example.com"
  organization_id = logto_organization.test.id
  expires_at      = "2099-01-31T00:00:00Z"
}
`

func TestAccOrganizationData(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: everything},
		{Config: everything + `
resource "logto_organization" "bare" {
  name = "Bare"
}
data "logto_organization" "bare" {
  id = logto_organization.bare.id
}
data "logto_organization" "by_id" {
  id = logto_organization.test.id
}
data "logto_organization" "by_name" {
  name = logto_organization.test.name
}
data "logto_organizations" "these" {
  search = upper(logto_organization.test.name)
}
data "logto_organizations" "none" {
  search = "{name} 100__"
}
data "logto_organization_scope" "by_id" {
  id = logto_organization_scope.test[0].id
}
data "logto_organization_scope" "by_name" {
  name = logto_organization_scope.test[1].name
}
data "logto_organization_scopes" "these" {
  search = "{name}:"
}
data "logto_organization_role" "by_id" {
  id = logto_organization_role.member.id
}
data "logto_organization_role" "by_name" {
  name = logto_organization_role.member.name
}
data "logto_organization_roles" "these" {
  search = "{name}"
}
data "logto_organization_roles" "machines" {
  search = "{name}"
  type   = "MachineToMachine"
}
data "logto_organization_members" "all" {
  organization_id = logto_organization.test.id
}
data "logto_organization_members" "with_role" {
  organization_id = logto_organization.test.id
  role_id         = logto_organization_role.member.id
}
data "logto_organization_members" "found" {
  organization_id = logto_organization.test.id
  search          = logto_user.test[1].username
}
data "logto_organization_applications" "all" {
  organization_id = logto_organization.test.id
  depends_on      = [logto_organization_application.test]
}
output "holds" {
  value = [
    one(data.logto_organization_applications.all.organization_applications).name == logto_application.test.name,
    length(data.logto_organization.bare.jit.role_ids) == 0,
    length(data.logto_organization.bare.jit.email_domains) == 0,
    length([for m in data.logto_organization_members.all.organization_members : m if length(m.role_ids) == 0]) == 1,
    data.logto_organization.by_id.jit.email_domains == logto_organization.test.jit.email_domains,
    data.logto_organization.by_id.jit.role_ids == logto_organization.test.jit.role_ids,
    data.logto_organization.by_name.id == logto_organization.test.id,
    data.logto_organization.by_name.custom_data == logto_organization.test.custom_data,
    data.logto_organization.by_name.branding.logo_url == "https://example.com/logo.png",
    [for o in data.logto_organizations.these.organizations : o.id] == [logto_organization.test.id],
    length(data.logto_organizations.none.organizations) == 0,
    data.logto_organization_scope.by_id.name == logto_organization_scope.test[0].name,
    data.logto_organization_scope.by_name.id == logto_organization_scope.test[1].id,
    length(data.logto_organization_scopes.these.organization_scopes) == 3,
    data.logto_organization_role.by_id.scope_ids == logto_organization_role.member.scope_ids,
    data.logto_organization_role.by_id.resource_scope_ids == logto_organization_role.member.resource_scope_ids,
    data.logto_organization_role.by_name.id == logto_organization_role.member.id,
    length(data.logto_organization_roles.these.organization_roles) == 2,
    alltrue([for r in data.logto_organization_roles.these.organization_roles : length(r.scope_ids) == (r.type == "User" ? 1 : 0)]),
    [for r in data.logto_organization_roles.machines.organization_roles : r.id] == [logto_organization_role.machine.id],
    length(data.logto_organization_members.all.organization_members) == 2,
    [for m in data.logto_organization_members.with_role.organization_members : m.user_id] == [logto_user.test[0].id],
    one(data.logto_organization_members.with_role.organization_members).role_ids == logto_organization_member.test[0].role_ids,
    [for m in data.logto_organization_members.found.organization_members : m.user_id] == [logto_user.test[1].id],
    one(data.logto_organization_members.found.organization_members).username == logto_user.test[1].username,
  ]
}`, ConfigStateChecks: allTrue(25)},
	}})
}

// What is not there, or there twice, or what a wrong organization would show as
// none, is an error that says so.
func TestAccOrganizationDataInvalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	twins := "resource \"logto_organization\" \"test\" {\n  count = 2\n  name = \"{name}\"\n}\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "data \"logto_organization\" \"test\" {\n  name = \"{name}\"\n}", ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+name`)},
		{Config: twins},
		{Config: twins + "data \"logto_organization\" \"test\" {\n  name = \"{name}\"\n}", ExpectError: regexp.MustCompile(`2 objects have the name`)},
		{Config: "data \"logto_organization\" \"test\" {\n  id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_exists_with_id`)},
		{Config: "data \"logto_organization_role\" \"test\" {\n  id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_found`)},
		{Config: "data \"logto_organization_scope\" \"test\" {\n}", ExpectError: regexp.MustCompile(`exactly one of`)},
		{Config: "data \"logto_organization_members\" \"test\" {\n  organization_id = \"missing\"\n}", ExpectError: regexp.MustCompile(`entity\.not_exists_with_id`)},
		{Config: twins},
	}})
}

func TestAccOrganizationLists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("needs terraform query")
	}
	target := acctest.Start(t)
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": target.Name, "description": "Listed"})
	scope := newObject(t, target, "/api/organization-scopes", map[string]any{"name": target.Name})
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name, "organizationScopeIds": []string{scope}})
	user := newObject(t, target, "/api/users", map[string]any{})
	app := newObject(t, target, "/api/applications", map[string]any{"name": target.Name, "type": "MachineToMachine"})
	invitation := newObject(t, target, "/api/organization-invitations", map[string]any{
		"invitee": target.Name + "@example.com", "organizationId": organization, "expiresAt": 4073500800000})
	at := "/api/organizations/" + organization
	do(t, target, http.MethodPost, at+"/users", map[string]any{"userIds": []string{user}})
	do(t, target, http.MethodPost, at+"/users/"+user+"/roles", map[string]any{"organizationRoleIds": []string{role}})
	do(t, target, http.MethodPost, at+"/applications", map[string]any{"applicationIds": []string{app}})
	do(t, target, http.MethodPut, at+"/jit/email-domains", map[string]any{"emailDomains": []string{"example.com"}})

	var config strings.Builder
	for name, parent := range map[string]string{
		"organization": "", "organization_scope": "", "organization_role": "", "organization_invitation": "",
		"organization_role_scope": "role_id = \"" + role + "\"",
		"organization_member":     "organization_id = \"" + organization + "\"", "organization_application": "organization_id = \"" + organization + "\"",
	} {
		if parent != "" {
			parent = "config {\n    " + parent + "\n  }"
		}
		fmt.Fprintf(&config, "list \"logto_%s\" \"all\" {\n  provider = logto\n  include_resource = true\n  limit = 10000\n  %s\n}\n", name, parent)
	}
	set := func(values ...string) knownvalue.Check {
		checks := []knownvalue.Check{}
		for _, v := range values {
			checks = append(checks, knownvalue.StringExact(v))
		}
		return knownvalue.SetExact(checks)
	}
	checks := []querycheck.QueryResultCheck{
		querycheck.ExpectLength("logto_organization_role_scope.all", 1),
		querycheck.ExpectLength("logto_organization_member.all", 1),
		querycheck.ExpectLength("logto_organization_application.all", 1),
	}
	for _, listed := range []struct {
		address, title string
		identity       map[string]string
		holds          querycheck.KnownValueCheck
	}{
		{"logto_organization.all", target.Name, map[string]string{"id": organization},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("jit").AtMapKey("email_domains"), KnownValue: set("example.com")}},
		{"logto_organization_scope.all", target.Name, map[string]string{"id": scope},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("name"), KnownValue: knownvalue.StringExact(target.Name)}},
		{"logto_organization_role.all", target.Name, map[string]string{"id": role},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("scope_ids"), KnownValue: set(scope)}},
		{"logto_organization_role.all", target.Name, map[string]string{"id": role}, // as an import has it
			querycheck.KnownValueCheck{Path: tfjsonpath.New("resource_scope_ids"), KnownValue: knownvalue.Null()}},
		{"logto_organization_role_scope.all", role + "/" + scope, map[string]string{"role_id": role, "scope_id": scope},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("kind"), KnownValue: knownvalue.StringExact("organization")}},
		{"logto_organization_member.all", organization + "/" + user, map[string]string{"organization_id": organization, "user_id": user},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("role_ids"), KnownValue: set(role)}},
		{"logto_organization_application.all", organization + "/" + app, map[string]string{"organization_id": organization, "application_id": app},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("role_ids"), KnownValue: knownvalue.Null()}},
		{"logto_organization_invitation.all", target.Name + "@example.com", map[string]string{"id": invitation},
			querycheck.KnownValueCheck{Path: tfjsonpath.New("expires_at"), KnownValue: knownvalue.StringExact("2099-01-31T00:00:00Z")}},
	} {
		identity := map[string]knownvalue.Check{}
		for k, v := range listed.identity {
			identity[k] = knownvalue.StringExact(v)
		}
		checks = append(checks,
			querycheck.ExpectIdentity(listed.address, identity),
			querycheck.ExpectResourceDisplayName(listed.address, queryfilter.ByResourceIdentity(identity), knownvalue.StringExact(listed.title)),
			querycheck.ExpectResourceKnownValues(listed.address, queryfilter.ByResourceIdentity(identity), []querycheck.KnownValueCheck{listed.holds}))
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Query: true, Config: config.String(), QueryResultChecks: checks}}})
}
