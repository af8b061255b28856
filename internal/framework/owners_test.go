// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// A parent that owns all its links, and a module that adds one of them to it:
// the apply that makes both warns, although its plan could not know the parent's
// id, and so does the next plan. The link alone does not.
func TestAccTwoOwners(t *testing.T) {
	t.Parallel()
	const apiScope = `
resource "logto_api_resource" "child" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes    = { read = {} }
}
`
	const role = `
resource "logto_role" "%s" {
  name        = "{name}"
  description = "Test"
  type        = "%s"
%s}
`
	for name, c := range map[string]struct {
		children, parent string // HCL; parent has the attribute for %s
		attribute, child string // of the parent, and the child's id
		link             string // the resource of one link, its attributes with the ids, and others
		linkAttributes   string
	}{
		"roles of a user": {
			children: fmt.Sprintf(role, "child", "User", ""),
			parent:   "resource \"logto_user\" \"parent\" {\n%s}", attribute: "role_ids", child: "logto_role.child.id",
			link: "logto_user_role", linkAttributes: "user_id = var.parent\n  role_id = var.child",
		},
		"roles of an application": {
			children: fmt.Sprintf(role, "child", "MachineToMachine", ""),
			parent:   "resource \"logto_application\" \"parent\" {\n  name = \"{name}\"\n  type = \"MachineToMachine\"\n%s}", attribute: "role_ids", child: "logto_role.child.id",
			link: "logto_application_role", linkAttributes: "application_id = var.parent\n  role_id = var.child",
		},
		"scopes of a role": {
			children: apiScope,
			parent:   fmt.Sprintf(role, "parent", "User", "%s"), attribute: "scope_ids", child: `logto_api_resource.child.scopes["read"].id`,
			link: "logto_role_scope", linkAttributes: "role_id = var.parent\n  scope_id = var.child",
		},
		"organization scopes of an organization role": {
			children: "resource \"logto_organization_scope\" \"child\" {\n  name = \"{name}\"\n}",
			parent:   "resource \"logto_organization_role\" \"parent\" {\n  name = \"{name}\"\n%s}", attribute: "scope_ids", child: "logto_organization_scope.child.id",
			link: "logto_organization_role_scope", linkAttributes: "role_id = var.parent\n  scope_id = var.child",
		},
		"API scopes of an organization role": {
			children: apiScope,
			parent:   "resource \"logto_organization_role\" \"parent\" {\n  name = \"{name}\"\n%s}", attribute: "resource_scope_ids", child: `logto_api_resource.child.scopes["read"].id`,
			link: "logto_organization_role_scope", linkAttributes: "role_id = var.parent\n  scope_id = var.child\n  kind = \"resource\"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target := acctest.Start(t)
			parent := strings.Fields(c.parent)[1]
			whole := strings.Trim(parent, `"`) + "." + c.attribute
			file := func(text string) (dir string) {
				dir = t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return dir
			}
			// The harness takes along no directories, so the module is elsewhere.
			files := func(attribute, module string) config.TestStepConfigFunc {
				source := file("variable \"parent\" {}\nvariable \"child\" {}\n" + module)
				return config.StaticDirectory(file(target.Config(fmt.Sprintf("%s\n"+c.parent+"\nmodule \"link\" {\n  source = %q\n  parent = %s.parent.id\n  child = %s\n}\n",
					c.children, attribute, filepath.ToSlash(source), strings.Trim(parent, `"`), c.child))))
			}
			owns := fmt.Sprintf("  %s = [%s]\n", c.attribute, c.child)
			one := fmt.Sprintf("resource %q \"this\" {\n  %s\n}\n", c.link, c.linkAttributes)
			warned := func(want bool) check {
				return func() error {
					got := strings.Join(target.Warnings(), "\n")
					if has := strings.Contains(got, "as a whole by "+whole+" and one by one by "+c.link+"."); has != want || !want && strings.Contains(got, "Two resources") {
						return fmt.Errorf("warns of %s and %s: %t, want %t: %s", whole, c.link, has, want, got)
					}
					return nil
				}
			}
			step := func(directory config.TestStepConfigFunc, want bool) resource.TestStep {
				applied := check(func() error {
					defer target.Reset() // what is warned of from here on comes with the next plan
					return warned(want)()
				})
				return resource.TestStep{PreConfig: target.Reset, ConfigDirectory: directory, ProtoV6ProviderFactories: target.Providers(),
					ConfigStateChecks: []statecheck.StateCheck{applied},
					ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{warned(want)}}}
			}
			single := files("", one)
			// To leave the one link to the parent destroys the link, which the plan says.
			dropped := check(func() error {
				if got := strings.Join(target.Warnings(), "\n"); !strings.Contains(got, "A link that another resource lists is destroyed") || !strings.Contains(got, whole+" lists one of the ") {
					return fmt.Errorf("does not warn of the link that is destroyed: %s", got)
				}
				return nil
			})
			resource.Test(t, resource.TestCase{Steps: []resource.TestStep{
				step(files(owns, one), true),
				{PreConfig: target.Reset, ConfigDirectory: files(owns, ""), ProtoV6ProviderFactories: target.Providers(), ExpectNonEmptyPlan: true,
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{dropped}}},
				step(single, false),
				{ConfigDirectory: single, ProtoV6ProviderFactories: target.Providers(), Destroy: true}, // the harness itself cannot where there are modules
			}})
			// From the one link to the parent, which then writes it: nothing is lost.
			silent := check(func() error {
				if got := target.Warnings(); len(got) > 0 {
					return fmt.Errorf("warnings: %v", got)
				}
				return nil
			})
			moved := files(owns, "")
			resource.Test(t, resource.TestCase{Steps: []resource.TestStep{
				step(single, false),
				{PreConfig: target.Reset, ConfigDirectory: moved, ProtoV6ProviderFactories: target.Providers(),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{silent}}},
				{ConfigDirectory: moved, ProtoV6ProviderFactories: target.Providers(), Destroy: true},
			}})
		})
	}
}

// A rename without a moved block, and what an index moves: the plan says that it
// destroys and creates one object, or nothing where no object of the key stays.
func TestAccRenamed(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	const around = `
resource "logto_user" "test" {
  name = "{name}"
}

resource "logto_role" "test" {
  count       = 2
  name        = "{name}${count.index}"
  description = "Test"
}
`
	link := func(name, roles string) string {
		return around + "resource \"logto_user_role\" \"" + name + "\" {\n  count   = length(" + roles + ")\n  user_id = logto_user.test.id\n  role_id = " + roles + "[count.index].id\n}\n"
	}
	warned := func(want string) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{check(func() error {
			if got := strings.Join(target.Warnings(), "\n"); !strings.HasPrefix(got, want) || want == "" && got != "" {
				return fmt.Errorf("warnings: %q, want %q", got, want)
			}
			return nil
		})}}
	}
	const renamed = "The plan destroys and creates one object: One resource of type logto_user_role is destroyed"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: link("one", "logto_role.test")},
		{PreConfig: target.Reset, Config: link("two", "logto_role.test"), ConfigPlanChecks: warned(renamed)},
		// The link that was the second becomes the first.
		{PreConfig: target.Reset, Config: link("two", "slice(logto_role.test, 1, 2)"), ConfigPlanChecks: warned(renamed)},
		{PreConfig: target.Reset, Config: around, ConfigPlanChecks: warned("")},
	}})
}

// check looks at what a plan or an apply has done, and not at what it says.
type check func() error

func (c check) CheckPlan(_ context.Context, _ plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = c()
}

func (c check) CheckState(_ context.Context, _ statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = c()
}
