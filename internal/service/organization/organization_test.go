// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var organizationLife = acctest.Lifecycle{
	Resource: "logto_organization.test",
	Minimal: `
resource "logto_organization" "test" {
  name = "{name}"
}`,
	Full: `
resource "logto_organization" "test" {
  name            = "{name} full"
  description     = "A full test organization."
  custom_data     = jsonencode({ plan = "pro", limits = { seats = 3, trial = null } })
  is_mfa_required = true
  custom_css      = "body { color: red; }"
  branding = {
    logo_url      = "https://example.com/logo.png"
    dark_logo_url = "https://example.com/dark.png"
    favicon       = "https://example.com/favicon.ico"
    dark_favicon  = "https://example.com/dark.ico"
  }
  color = {
    primary_color        = "#5d34f2"
    is_dark_mode_enabled = true
    dark_primary_color   = "#75f"
  }
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("description"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("custom_data"), knownvalue.StringExact("{}")),
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("is_mfa_required"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("branding").AtMapKey("logo_url"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("color").AtMapKey("is_dark_mode_enabled"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("jit"), knownvalue.Null()),
	},
	Path: "/api/organizations/{id}",
	Change: map[string]any{"description": "changed", "customData": map[string]any{"plan": "free", "more": 1},
		"branding": map[string]any{"favicon": "https://example.com/other.ico"}, "color": map[string]any{}, "customCss": nil},
	Drift: map[string]acctest.Outside{
		"name":            {Body: map[string]any{"name": "changed"}},
		"description":     {Body: map[string]any{"description": "changed"}},
		"is_mfa_required": {Body: map[string]any{"isMfaRequired": false}},
	},
}

func TestAccOrganization(t *testing.T) { organizationLife.Run(t) }

func TestAccOrganization_faults(t *testing.T) { organizationLife.Faults(t) }

// template is two roles for users and one for machines.
const template = `
resource "logto_organization_role" "member" {
  name = "{name} member"
}
resource "logto_organization_role" "admin" {
  name = "{name} admin"
}
resource "logto_organization_role" "machine" {
  name = "{name} machine"
  type = "MachineToMachine"
}
`

// withJIT is an organization whose just-in-time settings are managed.
var withJIT = acctest.Lifecycle{
	Resource: "logto_organization.test",
	Setup:    template,
	Minimal: `
resource "logto_organization" "test" {
  name = "{name}"
  jit = {
    email_domains = ["{name}.example.com", "b.example.com"]
    role_ids      = [logto_organization_role.member.id]
  }
}`,
	Full: `
resource "logto_organization" "test" {
  name        = "{name}"
  description = "Full."
  jit = {
    email_domains = ["a.example.com", "{name}.example.com"]
    role_ids      = [logto_organization_role.admin.id, logto_organization_role.member.id]
  }
}`,
	Path:    "/api/organizations/{id}",
	Change:  map[string]any{"description": "changed"},
	Variant: true,
}

func TestAccOrganization_JIT(t *testing.T) { withJIT.Run(t) }

func TestAccOrganization_JITFaults(t *testing.T) { withJIT.Faults(t) }

// meanwhile is what somebody does between a plan and its apply.
type meanwhile func()

func (do meanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	do()
}

func (do meanwhile) beforeApply() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{do}}
}

// warned is the check that the provider has warned since the target's last Reset, in
// one warning that has all of those parts.
func warned(target *acctest.Target, parts ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		warnings := target.Warnings()
		for _, w := range warnings {
			if !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(w, part) }) {
				return nil
			}
		}
		return fmt.Errorf("no warning has %q: %q", parts, warnings)
	}
}

// id notes the ID of the resource.
func id(address string, to *string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		*to = s.RootModule().Resources[address].Primary.ID
		return nil
	}
}

// nothingTo is the check that a plan has nothing to do.
var nothingTo = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// values are the values of a key in the list at the path, sorted.
func values(t *testing.T, target *acctest.Target, path, key string) []string {
	t.Helper()
	status, answer := target.Do(t, http.MethodGet, path, nil)
	elements, ok := answer.([]any)
	if status != http.StatusOK || !ok {
		t.Fatalf("GET %s: HTTP %d, %v", path, status, answer)
	}
	found := []string{}
	for _, e := range elements {
		o, _ := e.(map[string]any)
		found = append(found, fmt.Sprint(o[key]))
	}
	slices.Sort(found)
	return found
}

// expect is the check that a list has exactly those values.
func expect(t *testing.T, target *acctest.Target, path func() string, key string, want func(*terraform.State) []string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		wanted := slices.AppendSeq([]string{}, slices.Values(want(s)))
		slices.Sort(wanted)
		if diff := cmp.Diff(wanted, values(t, target, path(), key)); diff != "" {
			return fmt.Errorf("%s (-want +got):\n%s", path(), diff)
		}
		return nil
	}
}

func these(of ...string) func(*terraform.State) []string {
	return func(*terraform.State) []string { return of }
}

// do calls the API outside the provider; the test fails when it refuses.
func do(t *testing.T, target *acctest.Target, method, path string, body any) any {
	t.Helper()
	status, answer := target.Do(t, method, path, body)
	if status/100 != 2 {
		t.Fatalf("%s %s: HTTP %d, %v", method, path, status, answer)
	}
	return answer
}

// newObject makes an object outside the provider, and deletes it after the test.
func newObject(t *testing.T, target *acctest.Target, path string, body any) string {
	t.Helper()
	object, _ := do(t, target, http.MethodPost, path, body).(map[string]any)
	id, _ := object["id"].(string)
	if id == "" {
		t.Fatalf("POST %s made nothing: %v", path, object)
	}
	if target.Server == nil {
		t.Cleanup(func() { target.Do(t, http.MethodDelete, path+"/"+id, nil) })
	}
	return id
}

// Each of the three sets is managed by itself: what others change in one that
// is given is put right, one that is left out stays, and [] removes all.
func TestAccOrganization_JITSets(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	connector := newObject(t, target, "/api/sso-connectors", map[string]any{"providerName": "OIDC", "connectorName": target.Name})
	var organization string
	at := func(kind string) func() string {
		return func() string { return "/api/organizations/" + organization + "/jit/" + kind }
	}
	config := func(jit string) string {
		return template + "resource \"logto_organization\" \"test\" {\n  name = \"{name}\"\n  " + jit + "\n}"
	}
	role := func(names ...string) func(*terraform.State) []string {
		return func(s *terraform.State) []string {
			ids := []string{}
			for _, n := range names {
				ids = append(ids, s.RootModule().Resources["logto_organization_role."+n].Primary.ID)
			}
			return ids
		}
	}
	all := `jit = {
    email_domains     = ["a.example.com", "b.example.com"]
    role_ids          = [logto_organization_role.member.id]
    sso_connector_ids = ["` + connector + `"]
  }`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(all), Check: resource.ComposeTestCheckFunc(id("logto_organization.test", &organization),
			func(s *terraform.State) error {
				return expect(t, target, at("sso-connectors"), "id", these(connector))(s)
			})},
		{Config: config(all), ResourceName: "logto_organization.test", ImportState: true, ImportStateVerify: true},
		{
			PreConfig: func() {
				do(t, target, http.MethodPost, at("email-domains")(), map[string]any{"emailDomain": "console.example.com"})
				do(t, target, http.MethodDelete, at("email-domains")()+"/a.example.com", nil)
				do(t, target, http.MethodPut, at("roles")(), map[string]any{"organizationRoleIds": []string{}})
				do(t, target, http.MethodDelete, at("sso-connectors")()+"/"+connector, nil)
			},
			Config: config(all),
			Check: resource.ComposeTestCheckFunc(
				expect(t, target, at("email-domains"), "emailDomain", these("a.example.com", "b.example.com")),
				expect(t, target, at("roles"), "id", role("member")),
				expect(t, target, at("sso-connectors"), "id", these(connector)),
			),
		},
		{ // only the domains are managed from now on
			PreConfig: target.Reset,
			Config:    config(`jit = { email_domains = ["c.example.com"] }`),
			Check: resource.ComposeTestCheckFunc(
				warned(target, "no longer sets jit.role_ids", "stay in Logto", "jit.role_ids = []"),
				warned(target, "no longer sets jit.sso_connector_ids", connector),
				expect(t, target, at("email-domains"), "emailDomain", these("c.example.com")),
				expect(t, target, at("roles"), "id", role("member")),
				expect(t, target, at("sso-connectors"), "id", these(connector)),
			),
		},
		{
			PreConfig: func() {
				do(t, target, http.MethodPut, at("roles")(), map[string]any{"organizationRoleIds": []string{}})
			},
			Config:           config(`jit = { email_domains = ["c.example.com"] }`),
			ConfigPlanChecks: nothingTo,
		},
		{Config: config(`jit = { email_domains = [], sso_connector_ids = [] }`), Check: resource.ComposeTestCheckFunc(
			expect(t, target, at("email-domains"), "emailDomain", these()),
			expect(t, target, at("sso-connectors"), "id", these()),
		)},
		{ // nothing is managed: what others make stays
			PreConfig: func() {
				do(t, target, http.MethodPost, at("email-domains")(), map[string]any{"emailDomain": "console.example.com"})
				target.Reset()
			},
			Config: config(""),
			Check: resource.ComposeTestCheckFunc(expect(t, target, at("email-domains"), "emailDomain", these("console.example.com")),
				warned(target, "no longer sets jit.email_domains", "console.example.com")),
		},
	}})
}

// A role that was deleted by hand, and whose ID the configuration has, is warned of by
// the plan, so that a destroy goes through, and refused by the apply.
func TestAccOrganization_JITRoleGone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name})
	config := "resource \"logto_organization\" \"test\" {\n  name = \"{name}\"\n  jit = { role_ids = [\"" + role + "\"] }\n}"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig: func() { do(t, target, http.MethodDelete, "/api/organization-roles/"+role, nil) },
			Config:    config, PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		{PreConfig: target.Reset, Config: config, ExpectError: regexp.MustCompile(`(?s)jit = .*no\s+organization\s+role`)},
		{Config: strings.Replace(config, role, "", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`role_ids`)},
		{Config: strings.Replace(config, "\""+role+"\"", "", 1), Check: warned(target, "no organization role "+role)},
	}})
}

// The domains of an organization that is gone read as none: 200 []. That is no
// plan to write them again, but one to make the organization again.
func TestAccOrganization_JITGone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := "resource \"logto_organization\" \"test\" {\n  name = \"{name}\"\n  jit = { email_domains = [\"a.example.com\"] }\n}"
	var first, second string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: id("logto_organization.test", &first)},
		{
			PreConfig: func() { do(t, target, http.MethodDelete, "/api/organizations/"+first, nil) },
			Config:    config,
			Check: resource.ComposeTestCheckFunc(id("logto_organization.test", &second),
				expect(t, target, func() string { return "/api/organizations/" + second + "/jit/email-domains" }, "emailDomain", these("a.example.com"))),
		},
	}})
	client := target.Client(t)
	for kind, links := range map[string]*logto.Links{"domains": client.OrganizationEmailDomains(), "roles": client.OrganizationJITRoles(), "connectors": client.OrganizationSSOConnectors()} {
		if _, err := links.Children(t.Context(), first); !logto.IsNotFound(err) {
			t.Errorf("%s of an organization that is gone: %v", kind, err)
		}
		if err := links.Set(t.Context(), first, []string{}); !logto.IsNotFound(err) {
			t.Errorf("no %s for an organization that is gone: %v", kind, err)
		}
	}
}

// A rename sends the name and nothing else, leaves the run-time data that others have
// written, and never sends the id, which Logto would take.
func TestAccOrganization_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name string) string {
		return "resource \"logto_organization\" \"test\" {\n  name = \"" + name + "\"\n}"
	}
	var organization string
	console := map[string]any{"customCss": "a{}", "customData": map[string]any{"a": "b"},
		"branding": map[string]any{"favicon": "https://example.com/f.ico"}, "color": map[string]any{"primaryColor": "#fff"}}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("{name}"), Check: id("logto_organization.test", &organization)},
		{
			PreConfig: func() {
				do(t, target, http.MethodPatch, "/api/organizations/"+organization, console)
				do(t, target, http.MethodPut, "/api/organizations/"+organization+"/jit/email-domains", map[string]any{"emailDomains": []string{"a.example.com"}})
				target.Reset()
			},
			Config: config("{name}-2"),
			Check: func(s *terraform.State) error {
				if w := target.Writes(); !slices.Equal(w, []string{"PATCH /api/organizations/" + organization}) {
					return fmt.Errorf("the rename wrote %v", w)
				}
				o := target.Get(t, "/api/organizations/"+organization)
				for key, want := range console {
					if diff := cmp.Diff(want, o[key]); diff != "" {
						return fmt.Errorf("the rename changed %s (-want +got):\n%s", key, diff)
					}
				}
				if o["name"] != target.Name+"-2" {
					return fmt.Errorf("the name is %v", o["name"])
				}
				return expect(t, target, func() string { return "/api/organizations/" + organization + "/jit/email-domains" }, "emailDomain", these("a.example.com"))(s)
			},
		},
		{Config: config("{name}-2"), ResourceName: "logto_organization.test", ImportState: true, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"jit"}},
	}})
	in, err := json.Marshal(logto.Organization{ID: "x"}.OrganizationInput)
	if err != nil || strings.Contains(string(in), `"id"`) || strings.Contains(string(in), `"createdAt"`) {
		t.Errorf("an id can be sent: %s (%v)", in, err)
	}
}

// Branding and colors are replaced whole by the API. Members that were never
// configured stay all the same, and those that are configured no more go.
func TestAccOrganization_brandingKept(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(branding string) string {
		return "resource \"logto_organization\" \"test\" {\n  name = \"{name}\"\n" + branding + "\n}"
	}
	var organization string
	has := func(want map[string]any) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if diff := cmp.Diff(want, target.Get(t, "/api/organizations/"+organization)["branding"]); diff != "" {
				return fmt.Errorf("branding (-want +got):\n%s", diff)
			}
			return nil
		}
	}
	const logo, other, favicon = "https://example.com/logo.png", "https://example.com/other.png", "https://example.com/f.ico"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`branding = { logo_url = "` + logo + `" }`), Check: id("logto_organization.test", &organization)},
		{
			PreConfig: func() {
				do(t, target, http.MethodPatch, "/api/organizations/"+organization, map[string]any{"branding": map[string]any{"logoUrl": logo, "favicon": favicon}})
			},
			Config:           config(`branding = { logo_url = "` + logo + `" }`),
			ConfigPlanChecks: nothingTo,
		},
		{Config: config(`branding = { logo_url = "` + other + `" }`), Check: has(map[string]any{"logoUrl": other, "favicon": favicon})},
		{Config: config(`branding = { dark_logo_url = "` + logo + `" }`), Check: has(map[string]any{"darkLogoUrl": logo, "favicon": favicon})},
		{Config: config(``), Check: has(map[string]any{"favicon": favicon})},
		{Config: config(`branding = { favicon = "` + other + `" }`), Check: has(map[string]any{"favicon": other})},
		{Config: config(`branding = {}`), Check: has(map[string]any{})},
	}})
}

// Somebody changes what the plan does not, between plan and apply: the apply goes
// through and leaves that alone, in the look too, which Logto replaces whole.
func TestAccOrganization_changedMeanwhile(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(logo string) string {
		return "resource \"logto_organization\" \"test\" {\n  name = \"{name} " + logo + "\"\n" +
			"  branding = { logo_url = \"https://example.com/" + logo + "\" }\n  color = { primary_color = \"#000\" }\n}"
	}
	var organization string
	theirs := map[string]any{"customData": map[string]any{"plan": "pro"}, "customCss": "a{}",
		"color":    map[string]any{"primaryColor": "#000", "isDarkModeEnabled": true},
		"branding": map[string]any{"logoUrl": "https://example.com/1", "favicon": "https://example.com/f.ico"}}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("1"), Check: id("logto_organization.test", &organization)},
		{
			Config: config("2"),
			ConfigPlanChecks: meanwhile(func() {
				do(t, target, http.MethodPatch, "/api/organizations/"+organization, theirs)
			}).beforeApply(),
			Check: func(*terraform.State) error {
				want := maps.Clone(theirs)
				want["branding"] = map[string]any{"logoUrl": "https://example.com/2", "favicon": "https://example.com/f.ico"}
				o := target.Get(t, "/api/organizations/"+organization)
				for key := range want {
					if diff := cmp.Diff(want[key], o[key]); diff != "" {
						return fmt.Errorf("%s after the apply (-want +got):\n%s", key, diff)
					}
				}
				return nil
			},
		},
		{ // what is configured and was changed is put right
			PreConfig: func() {
				do(t, target, http.MethodPatch, "/api/organizations/"+organization, map[string]any{"description": "By hand", "isMfaRequired": true})
			},
			Config: config("2"),
			Check: func(*terraform.State) error {
				if o := target.Get(t, "/api/organizations/"+organization); o["description"] != nil || o["isMfaRequired"] != false {
					return fmt.Errorf("the drift stays: %v", o)
				}
				return nil
			},
		},
	}})
}

// Logto stores "" as null. Either spelling is kept in the state.
func TestAccOrganization_emptyTexts(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(text string) string {
		return "resource \"logto_organization\" \"test\" {\n  name        = \"{name}\"\n  description = " + text + "\n  custom_css  = " + text + "\n}\n" +
			"resource \"logto_organization_scope\" \"test\" {\n  name        = \"{name}\"\n  description = " + text + "\n}\n" +
			"resource \"logto_organization_role\" \"test\" {\n  name        = \"{name}\"\n  description = " + text + "\n}"
	}
	var organization, scope, role string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`""`)},
		{Config: config(`"x"`), Check: resource.ComposeTestCheckFunc(id("logto_organization.test", &organization),
			id("logto_organization_scope.test", &scope), id("logto_organization_role.test", &role))},
		{Config: config(`""`), Check: func(*terraform.State) error {
			for _, path := range []string{"/api/organizations/" + organization, "/api/organization-scopes/" + scope, "/api/organization-roles/" + role} {
				if o := target.Get(t, path); o["description"] != nil || o["customCss"] != nil {
					return fmt.Errorf("%s is not cleared: %v", path, o)
				}
			}
			return nil
		}},
		{Config: config(`null`), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownValue("logto_organization.test", tfjsonpath.New("description"), knownvalue.Null())}}},
	}})
}

func TestAccOrganization_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	steps := []resource.TestStep{}
	for attributes, message := range map[string]string{
		`name = ""`: `name\s+must\s+have\s+1\s+to\s+128\s+characters`,
		`description = "${join("", [for i in range(257) : "x"])}"`: `description\s+must\s+have\s+at\s+most\s+256`,
		`custom_data = "[]"`:                             `must be a JSON object`,
		`custom_data = "{"`:                              `JSON`,
		`branding = { logo_url = "logo.png" }`:           `branding\.logo_url\s+must be an http`,
		`color = { primary_color = "red" }`:              `hexadecimal`,
		`jit = { email_domains = ["Example.com"] }`:      `lower\s+case`,
		`jit = { email_domains = ["jane@example.com"] }`: `without @`,
		`jit = { email_domains = [""] }`:                 `email_domains\s+must\s+have\s+1\s+to\s+128`,
		`jit = { role_ids = ["my role"] }`:               `must\s+be\s+an\s+ID\s+and\s+not\s+a\s+name`,
		`jit = { role_ids = [""] }`:                      `must be an ID`,
	} {
		if !strings.HasPrefix(attributes, "name") {
			attributes = "name = \"x\"\n" + attributes
		}
		steps = append(steps, resource.TestStep{Config: "resource \"logto_organization\" \"test\" {\n" + attributes + "\n}", PlanOnly: true, ExpectError: regexp.MustCompile(message)})
	}
	target.Test(t, resource.TestCase{Steps: append(steps,
		resource.TestStep{Config: "resource \"logto_organization\" \"test\" {\n  name = \"{name}\"\n  jit = { sso_connector_ids = [\"missing\"] }\n}", ExpectError: regexp.MustCompile(`(?s)jit = .*entity\.relation_foreign_key_not_found`)},
	)})
}

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

func TestAccOrganization_data(t *testing.T) {
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
func TestAccOrganization_dataInvalid(t *testing.T) {
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

func TestAccOrganization_lists(t *testing.T) {
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
