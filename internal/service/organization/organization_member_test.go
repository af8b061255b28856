// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
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

// company is an organization, the roles of template, a user and an application.
const company = template + `
resource "logto_organization" "test" {
  name = "{name}"
}
resource "logto_user" "test" {
  username = replace("{name}", "-", "_")
}
resource "logto_application" "test" {
  name = "{name}"
  type = "MachineToMachine"
}
`

const plainMember = `
resource "logto_organization_member" "test" {
  organization_id = logto_organization.test.id
  user_id         = logto_user.test.id
}`

var memberLife = acctest.Lifecycle{
	Resource: "logto_organization_member.test",
	Setup:    company,
	Minimal:  plainMember,
	Full: strings.Replace(plainMember, "\n}", `
  role_ids        = [logto_organization_role.member.id, logto_organization_role.admin.id]
}`, 1),
	FullChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_organization_member.test", tfjsonpath.New("role_ids"), knownvalue.SetSizeExact(2)),
	},
	Remove:   "DELETE /api/organizations/{organization_id}/users/{user_id}",
	Parent:   "/api/organizations/{organization_id}",
	ImportID: "{organization_id}/{user_id}",
}

func TestAccOrganizationMember(t *testing.T) { memberLife.Run(t) }

func TestAccOrganizationMember_faults(t *testing.T) { memberLife.Faults(t) }

// Roles of a member and of an application: given, put right when others change
// them, imported, taken away by [], and left alone when they are left out. Of an
// application Logto refuses to set none at all, so they go one by one.
func TestAccOrganizationMember_roles(t *testing.T) {
	t.Parallel()
	for kind, c := range map[string]struct{ member, body, path, roles, other string }{
		"user": {plainMember, "userIds", "users", "logto_organization_role.member.id, logto_organization_role.admin.id", "member"},
		"application": {plainApplication, "applicationIds", "applications",
			"logto_organization_role.machine.id, logto_organization_role.machine2.id", "machine"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			target := acctest.Start(t)
			setup := company + "resource \"logto_organization_role\" \"machine2\" {\n  name = \"{name} machine 2\"\n  type = \"MachineToMachine\"\n}\n"
			config := func(roles string) string { return setup + strings.Replace(c.member, "\n}", "\n"+roles+"\n}", 1) }
			both := config("role_ids = [" + c.roles + "]")
			address := "logto_organization_member.test"
			if kind == "application" {
				address = "logto_organization_application.test"
			}
			var at, organization, member, one string
			has := func(n int) resource.TestCheckFunc {
				return func(*terraform.State) error {
					if got := values(t, target, at, "id"); len(got) != n {
						return fmt.Errorf("the member has %d roles, not %d: %v", len(got), n, got)
					}
					return nil
				}
			}
			target.Test(t, resource.TestCase{Steps: []resource.TestStep{
				{Config: both, Check: func(s *terraform.State) error {
					a := s.RootModule().Resources[address].Primary.Attributes
					organization, member = a["organization_id"], a["user_id"]+a["application_id"]
					one = s.RootModule().Resources["logto_organization_role."+c.other].Primary.ID
					at = "/api/organizations/" + organization + "/" + c.path + "/" + member + "/roles"
					return has(2)(s)
				}},
				{Config: both, ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "organization_id",
					ImportStateIdFunc: func(*terraform.State) (string, error) { return organization + "/" + member, nil }},
				{PreConfig: func() { do(t, target, http.MethodDelete, at+"/"+one, nil) }, Config: both, Check: has(2)},
				{PreConfig: target.Reset, Config: config(""), Check: resource.ComposeTestCheckFunc(has(2),
					warned(target, "no longer sets role_ids", "stay in Logto", "role_ids = []"))},
				{PreConfig: func() { do(t, target, http.MethodDelete, at+"/"+one, nil) }, Config: config(""), ConfigPlanChecks: nothingTo},
				{Config: config("role_ids = []"), Check: has(0)},
				{ // a member that is one already is adopted, and its roles are those that are listed
					PreConfig: func() {
						// gone from the state and back at once
						do(t, target, http.MethodDelete, strings.TrimSuffix(at, "/roles"), nil)
					},
					Config: config("role_ids = [logto_organization_role." + c.other + ".id]"), Check: has(1),
				},
			}})
		})
	}
}

// Adding who is a member already is no error, and takes no roles away that are
// not managed.
func TestAccOrganizationMember_adopts(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var at string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: company, Check: func(s *terraform.State) error {
			of := func(address string) string { return s.RootModule().Resources[address].Primary.ID }
			organization, user := of("logto_organization.test"), of("logto_user.test")
			at = "/api/organizations/" + organization + "/users/" + user + "/roles"
			do(t, target, http.MethodPost, "/api/organizations/"+organization+"/users", map[string]any{"userIds": []string{user}})
			do(t, target, http.MethodPost, at, map[string]any{"organizationRoleIds": []string{of("logto_organization_role.admin")}})
			return nil
		}},
		{Config: company + plainMember, Check: func(*terraform.State) error {
			if got := values(t, target, at, "id"); len(got) != 1 {
				return fmt.Errorf("the member has %v", got)
			}
			return nil
		}},
	}})
}

// Roles of the wrong type, members that are none, organizations that are none.
func TestAccOrganizationMember_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: company + "resource \"logto_organization_member\" \"test\" {\n  organization_id = logto_organization.test.id\n  user_id = \"missing\"\n}",
			ExpectError: regexp.MustCompile(`entity\.relation_foreign_key_not_found`)},
		{Config: company + "resource \"logto_organization_member\" \"test\" {\n  organization_id = \"missing\"\n  user_id = logto_user.test.id\n}",
			ExpectError: regexp.MustCompile(`entity\.relation_foreign_key_not_found`)},
		{Config: company + `
resource "logto_application" "web" {
  name = "{name} web"
  type = "SPA"
}
resource "logto_organization_application" "test" {
  organization_id = logto_organization.test.id
  application_id  = logto_application.web.id
}`, ExpectError: regexp.MustCompile(`(?s)application_id.*entity\.db_constraint_violated.*Only applications of type\s+MachineToMachine`)},
		{Config: company + "resource \"logto_organization_member\" \"test\" {\n  organization_id = \"x\"\n  user_id = \"\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`user_id\s+must\s+be\s+an\s+ID`)},
		// What was made before the roles were refused is in the state: it goes with the destroy.
		{Config: company},
	}})
}

// Roles that only others can have are refused by the plan where they are known, and
// those that do not exist by the apply, before anything is written: of those the plan
// warns, because a destroy begins with a plan. Logto would take
// them for those who join just in time, of whom none then can, and for invitations,
// which nobody then can accept.
func TestAccOrganizationMember_roleTypes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, attribute, wrong string }{
		"member":       {plainMember, "role_ids", "machine"},
		"application":  {plainApplication, "role_ids", "member"},
		"invitation":   {invitation, "role_ids", "machine"},
		"just in time": {"resource \"logto_organization\" \"jit\" {\n  name = \"{name} jit\"\n}", "jit = {\n    role_ids", "machine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target := acctest.Start(t)
			with := func(role string) string {
				end := "]\n}"
				if strings.Contains(c.attribute, "{") {
					end = "]\n  }\n}"
				}
				return company + strings.Replace(c.config, "\n}", "\n  "+c.attribute+" = ["+role+end, 1)
			}
			attribute, _, _ := strings.Cut(c.attribute, " ")
			refused := func(says string) *regexp.Regexp { return regexp.MustCompile(`(?s)` + attribute + ` = .*` + says) }
			wrong := "logto_organization_role." + c.wrong + ".id"
			notMade := func(*terraform.State) error {
				for _, call := range target.Writes() {
					if strings.HasPrefix(call, "POST /api/organizations/") || strings.Contains(call, "invitations") {
						return fmt.Errorf("the role was refused after %s", call)
					}
				}
				return nil
			}
			target.Test(t, resource.TestCase{Steps: []resource.TestStep{
				{Config: with(wrong), ExpectError: refused(`is\s+of\s+type`)},
				{Config: company, Check: notMade},
				{Config: with(wrong), PlanOnly: true, ExpectError: refused(`is\s+of\s+type`)},
				{Config: with(`"missing"`), PlanOnly: true, ExpectNonEmptyPlan: true},
				{PreConfig: target.Reset, Config: with(`"missing"`), ExpectError: refused(`no\s+organization\s+role\s+missing`)},
				{Config: company, Check: resource.ComposeTestCheckFunc(notMade,
					warned(target, "no organization role missing", "An apply of this plan will fail"))},
			}})
		})
	}
}

// A member of an organization that is gone, of which the list says 200 [], is
// gone as well: nothing is planned but to add the member again.
func TestAccOrganizationMember_gone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": target.Name})
	user := newObject(t, target, "/api/users", map[string]any{})
	client := target.Client(t)
	members := client.OrganizationMembers()
	key := logto.Key{organization, user}
	if _, err := members.Create(t.Context(), key, struct{}{}); err != nil {
		t.Fatal(err)
	}
	if m, err := members.Get(t.Context(), key); err != nil || m.Roles == nil || len(m.Roles) > 0 {
		t.Errorf("a new member: %+v, %v", m, err)
	}
	if _, err := members.Search(t.Context(), []string{organization}, nil); err != nil {
		t.Error(err)
	}
	do(t, target, http.MethodDelete, "/api/organizations/"+organization, nil)
	client = target.Client(t)
	for kind, s := range map[string]*logto.Memberships{"users": client.OrganizationMembers(), "applications": client.OrganizationApplications()} {
		if _, err := s.Get(t.Context(), key); !logto.IsNotFound(err) {
			t.Errorf("a member among the %s: %v", kind, err)
		}
		if _, err := s.Search(t.Context(), key.Parents(), nil); !logto.IsNotFound(err) {
			t.Errorf("the %s of an organization that is gone: %v", kind, err)
		}
		if err := s.Delete(t.Context(), key); !logto.IsNotFound(err) {
			t.Errorf("the end of a membership among the %s: %v", kind, err)
		}
		if err := s.SetRoles(t.Context(), key, []string{}); !logto.IsNotFound(err) {
			t.Errorf("no roles among the %s: %v", kind, err)
		}
	}
}

// atOnce runs f with 0 to n-1, 50 at a time.
func atOnce(t *testing.T, n int, f func(int) error) {
	t.Helper()
	var wait sync.WaitGroup
	slots := make(chan struct{}, 50)
	for i := range n {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer wait.Done()
			if err := f(i); err != nil {
				t.Errorf("%d: %v", i, err)
			}
			<-slots
		}()
	}
	wait.Wait()
}

// Many links of one parent, 50 at a time: members and their roles, applications
// and theirs, scopes of a role, and the same domains over and over. The server
// never fails, nothing is refused, and no link is lost.
func TestAccOrganizationMember_races(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	client := target.Client(t)
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": target.Name})
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name})
	machine := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name + " machine", "type": "MachineToMachine"})
	const n = 60
	users, apps, scopes := make([]string, n), make([]string, n), make([]string, n)
	atOnce(t, n, func(i int) error {
		user, err := client.Users().Create(t.Context(), logto.Key{""}, logto.UserInput{})
		if err != nil {
			return err
		}
		users[i] = user.ID
		app, err := client.Applications().Create(t.Context(), logto.Key{""}, logto.ApplicationInput{Name: fmt.Sprint(target.Name, i), Type: "MachineToMachine",
			OIDCClientMetadata: logto.OIDCClientMetadata{RedirectURIs: []string{}, PostLogoutRedirectURIs: []string{}}})
		if err != nil {
			return err
		}
		apps[i] = app.ID
		scope, err := client.OrganizationScopes().Create(t.Context(), logto.Key{""}, logto.OrganizationScopeInput{Name: fmt.Sprint(target.Name, ":", i)})
		if err != nil {
			return err
		}
		scopes[i] = scope.ID
		return nil
	})
	if t.Failed() {
		return
	}
	defer atOnce(t, n, func(i int) error {
		for _, path := range []string{"/api/users/" + users[i], "/api/applications/" + apps[i], "/api/organization-scopes/" + scopes[i]} {
			target.Do(t, http.MethodDelete, path, nil)
		}
		return nil
	})
	roleScopes := client.OrganizationRoleScopesOfAnyKind()
	atOnce(t, 4*n, func(i int) error {
		key := func(of []string) logto.Key { return logto.Key{organization, of[i/4]} }
		join := func(s *logto.Memberships, key logto.Key, role string) error {
			if _, err := s.Create(t.Context(), key, struct{}{}); err != nil {
				return err
			}
			return s.SetRoles(t.Context(), key, []string{role})
		}
		switch i % 4 {
		case 0:
			return join(client.OrganizationMembers(), key(users), role)
		case 1:
			return join(client.OrganizationApplications(), key(apps), machine)
		case 2:
			_, err := roleScopes.Create(t.Context(), logto.Key{role, scopes[i/4]}, logto.ScopeOfOrganization)
			return err
		default:
			return client.OrganizationEmailDomains().Set(t.Context(), organization, []string{"a.example.com", "b.example.com"})
		}
	})
	for path, want := range map[string]int{"users": n, "applications": n, "jit/email-domains": 2} {
		if got := values(t, target, "/api/organizations/"+organization+"/"+path+"?page_size=100&page=1", "id"); len(got) != want {
			t.Errorf("%d %s, want %d", len(got), path, want)
		}
	}
	for path, wanted := range map[string]string{"users": role, "applications": machine} {
		for _, e := range do(t, target, http.MethodGet, "/api/organizations/"+organization+"/"+path+"?page_size=100&page=1", nil).([]any) { //nolint:forcetypeassert // it was a list above
			o, _ := e.(map[string]any)
			roles, _ := o["organizationRoles"].([]any)
			if len(roles) != 1 || !strings.Contains(fmt.Sprint(roles[0]), wanted) {
				t.Errorf("the member %v of the %s has the roles %v", o["id"], path, roles)
			}
		}
	}
	if got := values(t, target, "/api/organization-roles/"+role+"/scopes", "id"); !slices.Equal(got, slices.Sorted(slices.Values(scopes))) {
		t.Errorf("%d scopes, want %d", len(got), n)
	}
	atOnce(t, 3*n, func(i int) error {
		switch i % 3 {
		case 0:
			return client.OrganizationMembers().Delete(t.Context(), logto.Key{organization, users[i/3]})
		case 1:
			return client.OrganizationApplications().Delete(t.Context(), logto.Key{organization, apps[i/3]})
		default:
			return roleScopes.Delete(t.Context(), logto.Key{role, scopes[i/3]})
		}
	})
	for _, path := range []string{"/api/organizations/" + organization + "/users", "/api/organizations/" + organization + "/applications", "/api/organization-roles/" + role + "/scopes"} {
		if got := values(t, target, path, "id"); len(got) > 0 {
			t.Errorf("%s: %d are left", path, len(got))
		}
	}
	if failures := target.Failures(); len(failures) > 0 {
		t.Errorf("%d calls failed: %v", len(failures), failures)
	}
}

// A refresh of 1,000 members in 50 organizations takes a list each.
func TestAccOrganizationMember_scale(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // makes 1,070 objects
	var users, organizations []string
	for range 20 {
		users = append(users, newObject(t, target, "/api/users", map[string]any{}))
	}
	for i := range 50 {
		o := newObject(t, target, "/api/organizations", map[string]any{"name": fmt.Sprint(target.Name, i)})
		do(t, target, http.MethodPost, "/api/organizations/"+o+"/users", map[string]any{"userIds": users})
		organizations = append(organizations, o)
	}
	client := target.Client(t)
	atOnce(t, 1000, func(i int) error {
		_, err := client.OrganizationMembers().Get(t.Context(), logto.Key{organizations[i%50], users[i/50]})
		return err
	})
	if calls := target.Calls(); len(calls) > 60 {
		t.Errorf("%d calls", len(calls))
	}
}

// An organization with more members than a page has is read by pages only when
// many of them are asked for, and then whole.
func TestAccOrganizationMember_many(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // makes 250 users
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": target.Name})
	var users []string
	for range 250 {
		users = append(users, newObject(t, target, "/api/users", map[string]any{}))
	}
	do(t, target, http.MethodPost, "/api/organizations/"+organization+"/users", map[string]any{"userIds": users})
	read := func(n int) int {
		client := target.Client(t)
		target.Reset()
		for _, user := range users[:n] {
			if _, err := client.OrganizationMembers().Get(t.Context(), logto.Key{organization, user}); err != nil {
				t.Fatal(err)
			}
		}
		return len(target.Calls())
	}
	if one := read(1); one != 2 {
		t.Errorf("%d calls for one member, want a page and the member", one)
	}
	if all := read(250); all > 8 {
		t.Errorf("%d calls for all members", all)
	}
	members, err := target.Client(t).OrganizationMembers().Search(t.Context(), []string{organization}, nil)
	if err != nil || len(members) != 250 {
		t.Errorf("the list has %d members (%v)", len(members), err)
	}
}

// A plan reads members and their roles from one list for each organization.
func TestAccOrganizationMember_plan(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := `
resource "logto_organization_role" "test" {
  name = "{name}"
}
resource "logto_organization" "test" {
  count = 4
  name  = "{name}-${count.index}"
}
resource "logto_user" "test" {
  count    = 10
  username = "${replace("{name}", "-", "_")}_${count.index}"
}
resource "logto_organization_member" "test" {
  count           = 40
  organization_id = logto_organization.test[count.index % 4].id
  user_id         = logto_user.test[floor(count.index / 4)].id
  role_ids        = [logto_organization_role.test.id]
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: target.Reset, Config: config, ConfigPlanChecks: nothingTo,
			Check: func(*terraform.State) error {
				lists := map[string]int{}
				for _, c := range target.Calls() {
					if strings.HasPrefix(c, "GET /api/organizations/") {
						lists[c]++
					}
				}
				for call, n := range lists {
					if regexp.MustCompile(`/users/.*/roles$`).MatchString(call) {
						return fmt.Errorf("a member was read by itself: %s", call)
					}
					if n > 3 { // the harness refreshes up to three times
						return fmt.Errorf("%d times %s", n, call)
					}
				}
				return nil
			},
		},
		{ // another role for one member is one write
			PreConfig: target.Reset,
			Config:    strings.Replace(config, "role_ids        = [", "role_ids        = count.index == 0 ? [] : [", 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("logto_organization_member.test[0]", plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("logto_organization_member.test[1]", plancheck.ResourceActionNoop)}},
			Check: func(*terraform.State) error {
				if writes := target.Writes(); len(writes) != 1 {
					return fmt.Errorf("%d writes: %v", len(writes), writes)
				}
				return nil
			},
		},
	}})
}
