// SPDX-License-Identifier: MPL-2.0

package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/export"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

const objects = `
resource "logto_api_resource" "orders" {
  name      = "Orders API"
  indicator = "https://{name}.example.com"
  scopes    = { "read:orders" = {}, "write:orders" = { description = "May write $${orders}" } }
}
resource "logto_role" "clerk" {
  name        = "{name} Clerk"
  description = "Reads"
  scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]
}
resource "logto_application" "site" {
  count         = 2
  name          = "{name} Site"
  type          = "SPA"
  redirect_uris = ["https://a.example.com/${count.index}"]
}
resource "logto_application" "worker" {
  name = "{name} 日本 worker"
  type = "MachineToMachine"
}
resource "logto_application_secret" "worker" {
  application_id = logto_application.worker.id
  name           = "nightly"
}
resource "logto_organization_role" "admin" {
  name = "{name} Admin"
}
resource "logto_user" "ada" {
  username = "ada_export"
}
`

// run runs the command for a tenant in memory.
func run(t *testing.T, target *acctest.Target, args ...string) (out, messages string, code int) {
	t.Helper()
	t.Setenv("LOGTO_ENDPOINT", target.Server.URL)
	t.Setenv("LOGTO_APP_ID", fakelogto.AppID)
	t.Setenv("LOGTO_APP_SECRET", fakelogto.AppSecret)
	var o, m bytes.Buffer
	code = export.Run(t.Context(), "test", args, &o, &m)
	return o.String(), m.String(), code
}

// What a tenant has is written with names that last, without users, without what
// is part of a whole set, and without what every tenant brings.
func TestAccExport(t *testing.T) {
	target := acctest.StartMemory(t)
	var out, again, people string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: objects},
		{Config: objects, PreConfig: func() {
			var messages string
			var code int
			if out, messages, code = run(t, target); code != 0 {
				t.Fatal(messages)
			}
			again, _, _ = run(t, target)
			people, _, _ = run(t, target, "-users", "-types", "logto_user, application")
		}, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	}})
	if out != again {
		t.Errorf("two exports differ:\n%s\n%s", out, again)
	}
	name := strings.ReplaceAll(target.Name, "-", "_")
	for _, want := range []string{
		"to = logto_api_resource.orders\n", "to = logto_role." + name + "_clerk\n", "to = logto_organization_role." + name + "_admin\n",
		"to = logto_application." + name + "_site\n", "to = logto_application." + name + "_site_2\n",
		"to = logto_sign_in_experience.this\n", `"write:orders" = {`, `"May write $${orders}"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, unwanted := range []string{"logto_user.", "logto_role_scope.", "logto_api_resource_scope.", "management_api_access"} {
		if strings.Contains(out, unwanted) {
			t.Errorf("%q in\n%s", unwanted, out)
		}
	}
	if !strings.Contains(people, "to = logto_user.") || !strings.Contains(people, "to = logto_application.") || strings.Contains(people, "to = logto_role.") {
		t.Errorf("-users -types wrote\n%s", people)
	}
}

func TestExportRefuses(t *testing.T) {
	target := acctest.StartMemory(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-types", "robot"}, "logto_robot is no type"},
		{[]string{"-types", "role_scope"}, "two owners"},
		{[]string{"all"}, "flags only"},
		{[]string{"-robots"}, "-robots"},
		{[]string{"-exclude", "robot.r2d2"}, "logto_robot is no type"},
	} {
		if out, messages, code := run(t, target, c.args...); code != 1 || out != "" || !strings.Contains(messages, c.want) {
			t.Errorf("%q: code %d, out %q, messages %q", c.args, code, out, messages)
		}
	}
	if out, messages, code := run(t, target, "-h"); code != 0 || out != "" || !strings.Contains(messages, "-out") {
		t.Errorf("-h: code %d, out %q, messages %q", code, out, messages)
	}
	target.Server.Inject(fakelogto.Fault{Method: "GET", Path: "/api/roles", Status: 403, Times: 1000})
	if out, messages, code := run(t, target); code != 1 || out != "" || messages == "" {
		t.Errorf("a failing list: code %d, out %q, messages %q", code, out, messages)
	}
}

// What is there already stays without -force; with it, files that an export made and that
// are no longer needed go, and those of a person do not.
func TestAccExport_folder(t *testing.T) {
	target := acctest.StartMemory(t)
	dir := t.TempDir()
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return ""
		}
		return string(b)
	}
	must := func(args ...string) string {
		t.Helper()
		out, messages, code := run(t, target, append(args, "-out", dir)...)
		if code != 0 || out != "" {
			t.Fatalf("%q: code %d, %s%s", args, code, out, messages)
		}
		return messages
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: objects},
		{Config: objects, PreConfig: func() {
			if messages := must(); !strings.Contains(messages, "logto_role: 1\n") || !strings.Contains(messages, "cd "+dir) || strings.Contains(messages, "secrets") {
				t.Errorf("the first export said\n%s", messages)
			}
			roles := read("roles.tf")
			if !strings.Contains(roles, `scope_ids   = [logto_api_resource.orders.scopes["read:orders"].id]`) {
				t.Errorf("roles.tf:\n%s", roles)
			}
			if _, messages, code := run(t, target, "-out", dir); code != 1 || !strings.Contains(messages, "roles.tf") || !strings.Contains(messages, "-force") {
				t.Errorf("the second export: code %d\n%s", code, messages)
			}
			if err := os.WriteFile(filepath.Join(dir, "mine.tf"), []byte("# mine\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if messages := must("-force", "-quiet", "-exclude", "role,application.*_site_*,application.*_site,organization_*"); messages != "" {
				t.Errorf("-quiet said\n%s", messages)
			}
			applications := read("applications.tf")
			if read("roles.tf") != "" || read("organizations.tf") != "" || read("mine.tf") != "# mine\n" ||
				strings.Contains(applications, "site") || !strings.Contains(applications, "worker") {
				t.Errorf("after -force -exclude: roles %q, organizations %q, applications\n%s", read("roles.tf"), read("organizations.tf"), applications)
			}
			// What belongs to what is excluded goes too, and the application of the provider is never there.
			secrets := must("-force", "-types", "application_secret", "-exclude", "application.*worker")
			if s := read("applications.tf"); s != "" {
				t.Errorf("secrets of an excluded application: %s\n%s", s, secrets)
			}
			if messages := must("-force", "-types", "role"); !strings.Contains(messages, "logto_role."+strings.ReplaceAll(target.Name, "-", "_")+"_clerk.scope_ids") {
				t.Errorf("nothing is said of IDs of what is not exported:\n%s", messages)
			}
		}},
	}})
}
