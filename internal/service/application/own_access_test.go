// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// own is what the provider under test signs in with.
type own struct{ app, name, secret, role string }

func ownAccess(t *testing.T, target *acctest.Target) own {
	t.Helper()
	o := own{app: cmp.Or(os.Getenv("LOGTO_APP_ID"), fakelogto.AppID)}
	value := cmp.Or(os.Getenv("LOGTO_APP_SECRET"), fakelogto.AppSecret)
	o.name = fmt.Sprint(target.Get(t, "/api/applications/"+o.app)["name"])
	_, answer := target.Do(t, http.MethodGet, "/api/applications/"+o.app+"/secrets", nil)
	for _, s := range answer.([]any) {
		if s := s.(map[string]any); s["value"] == value {
			o.secret = s["name"].(string)
		}
	}
	for _, role := range rolesOf(t, target, o.app) {
		if target.Get(t, "/api/roles/"+role)["name"] == "Logto Management API access" {
			o.role = role
		}
	}
	if o.secret == "" || o.role == "" {
		t.Fatalf("the application of the provider lacks something: %+v", o)
	}
	return o
}

// unharmed checks that the provider can still sign in.
func (o own) unharmed(t *testing.T, target *acctest.Target) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if now := ownAccess(t, target); now != o {
			return fmt.Errorf("the provider signs in with %+v, and did with %+v", now, o)
		}
		return nil
	}
}

func (o own) imported() string {
	block := func(to, id string) string { return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", to, id) }
	return block(test, o.app) + block(secret, o.app+"/"+o.secret) + block("logto_application_role.test", o.app+"/"+o.role)
}

func (o own) config(more string) string {
	return fmt.Sprintf(`
resource "logto_application" "test" {
  name = %q
  type = "MachineToMachine"
  %s
  lifecycle {
    ignore_changes = [description, custom_data]
  }
}
`, o.name, more)
}

func (o own) rest() string {
	return fmt.Sprintf(`
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = %q
}
resource "logto_application_role" "test" {
  application_id = logto_application.test.id
  role_id        = %q
}
`, o.secret, o.role)
}

// What the provider signs in with is never deleted: it only leaves the state, and the
// plan says so. Nor is it replaced, nor does it lose the role that it needs.
func TestAccApplication_ownAccess(t *testing.T) {
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Parallel() // a real tenant has one application of the provider
	}
	if !acctest.AtLeast(t, "1.5.0", "1.6.0") {
		t.Skip("needs import blocks")
	}
	target := acctest.Start(t)
	o := ownAccess(t, target)
	whole := o.config("") + o.rest()
	warned := func(times int) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			if got := strings.Count(strings.Join(target.Warnings(), "\n"), "stays in Logto"); got < times {
				return fmt.Errorf("%d warnings, not %d: %q", got, times, target.Warnings())
			}
			return o.unharmed(t, target)(s)
		}
	}
	others := machineRoles
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: o.imported() + whole},
			{Config: strings.Replace(whole, `type = "MachineToMachine"`, `type = "Traditional"`, 1), PlanOnly: true, ExpectError: regexp.MustCompile(`logto_application cannot be replaced`)},
			{Config: o.config("") + strings.Replace(o.rest(), "name  ", "expires_at = \"2099-01-01T00:00:00Z\"\n  name  ", 1), PlanOnly: true,
				ExpectError: regexp.MustCompile(`logto_application_secret cannot be replaced`)},
			{Config: o.config("role_ids = []") + o.rest(), ExpectError: regexp.MustCompile(`(?s)provider would lose its access.*role_ids`)},
			{PreConfig: target.Reset, Config: o.config(""), Check: warned(2)}, // the secret and the role
			{PreConfig: target.Reset, Config: others, Check: warned(1)},       // the application
			// Its other roles and secrets are like those of any application.
			{Config: others + fmt.Sprintf(`
resource "logto_application_role" "other" {
  application_id = %[1]q
  role_id        = logto_role.test[0].id
}
resource "logto_application_secret" "other" {
  application_id = %[1]q
  name           = "{name}"
}`, o.app)},
			{Config: others, Check: func(s *terraform.State) error {
				if ids := rolesOf(t, target, o.app); len(ids) != 1 {
					return fmt.Errorf("the application has the roles %v", ids)
				}
				if named(t, target, o.app, target.Name) != nil {
					return fmt.Errorf("the secret is still there")
				}
				return o.unharmed(t, target)(s)
			}},
			{Config: o.imported() + whole + others},
			// A destroy of the role leaves it.
			{Config: fmt.Sprintf("import {\n  to = logto_role.own\n  id = %q\n}\nresource \"logto_role\" \"own\" {\n  name        = %q\n  description = %q\n  type        = \"MachineToMachine\"\n  lifecycle {\n    ignore_changes = [name, description]\n  }\n}\n",
				o.role, "x", "x")},
			{PreConfig: target.Reset, Config: others, Check: warned(1)},
			{Config: o.imported() + whole + others},
		},
		CheckDestroy: o.unharmed(t, target),
	})
}

// Nor does the role lose the scope that it gives the provider, whole or by its link.
func TestAccOwnAccess_scope(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	o := ownAccess(t, target)
	_, answer := target.Do(t, http.MethodGet, "/api/roles/"+o.role+"/scopes", nil)
	scope := answer.([]any)[0].(map[string]any)["id"].(string)
	role := func(scopes string) string {
		return fmt.Sprintf("import {\n  to = logto_role.own\n  id = %q\n}\nresource \"logto_role\" \"own\" {\n  name        = \"x\"\n  description = \"x\"\n  type        = \"MachineToMachine\"\n"+
			"  scope_ids   = %s\n  lifecycle {\n    ignore_changes = [name, description]\n  }\n}\n", o.role, scopes)
	}
	link := fmt.Sprintf("import {\n  to = logto_role_scope.own\n  id = \"%[1]s/%[2]s\"\n}\nresource \"logto_role_scope\" \"own\" {\n  role_id  = %[1]q\n  scope_id = %[2]q\n}\n", o.role, scope)
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{Config: role(fmt.Sprintf("[%q]", scope))},
			{Config: role("[]"), ExpectError: regexp.MustCompile(`(?s)provider would lose its access.*scope_ids`)},
			{Config: link},
			{Config: "locals {}", Check: func(s *terraform.State) error {
				if _, left := target.Do(t, http.MethodGet, "/api/roles/"+o.role+"/scopes", nil); len(left.([]any)) != 1 {
					return fmt.Errorf("the role has the scopes %v", left)
				}
				return nil
			}},
		},
	})
}

// Lists, and what is exported of them, leave out what the provider signs in with.
func TestAccOwnAccess_lists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("needs terraform query")
	}
	target := acctest.Start(t)
	o := ownAccess(t, target)
	of := func(kind string) string {
		return "list \"" + kind + "\" \"own\" {\n  provider = logto\n  config {\n    application_id = \"" + o.app + "\"\n  }\n}\n"
	}
	keyed := func(keys ...string) map[string]knownvalue.Check {
		out := map[string]knownvalue.Check{}
		for i := 0; i < len(keys); i += 2 {
			out[keys[i]] = knownvalue.StringExact(keys[i+1])
		}
		return out
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: listAll("logto_application") + of("logto_application_secret") + of("logto_application_role"),
		QueryResultChecks: []querycheck.QueryResultCheck{
			querycheck.ExpectNoIdentity("logto_application.all", keyed("id", o.app)),
			querycheck.ExpectNoIdentity("logto_application_secret.own", keyed("application_id", o.app, "name", o.secret)),
			querycheck.ExpectNoIdentity("logto_application_role.own", keyed("application_id", o.app, "role_id", o.role)),
		},
	}}})
}
