// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
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

// The example that uses the module of organizations, with the module as it is.
// What people add in the Console stays, and a new customer is only added.
func TestAccOrganization_module(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	example := moduleExample(t)
	initech := strings.Replace(example, "    globex = {\n      name        = \"Globex\"", `    initech = {
      name = "Initech"
      jit  = { email_domains = ["{name}.initech.example.com"] }
    }
    globex = {
      name        = "Globex Corporation"`, 1)
	if initech == example {
		t.Fatal("the example has no Globex")
	}
	at := func(o map[string]any, key string) string {
		ids, _ := o["organization_ids"].(map[string]any)
		return fmt.Sprint("/api/organizations/", ids[key])
	}
	count := func(o map[string]any, key, of string, want int) error {
		if got := values(t, target, at(o, key)+"/"+of, "id"); len(got) != want {
			return fmt.Errorf("%s has %d %s, not %d", key, len(got), of, want)
		}
		return nil
	}
	guest := newObject(t, target, "/api/users", map[string]any{})
	steps := []resource.TestStep{
		{Config: example, ConfigStateChecks: []statecheck.StateCheck{outputCheck(func(o map[string]any) error {
			acme := target.Get(t, at(o, "acme"))
			if data, _ := acme["customData"].(map[string]any); data["seats"] != 250.0 || acme["isMfaRequired"] != true {
				return fmt.Errorf("ACME is %v", acme)
			}
			for _, c := range []struct {
				key, of string
				want    int
			}{
				{"acme", "jit/email-domains", 2}, {"acme", "jit/roles", 1}, {"acme", "users", 1}, {"acme", "applications", 2},
				{"globex", "jit/email-domains", 0}, {"globex", "users", 1}, {"globex", "applications", 1},
			} {
				if err := count(o, c.key, c.of, c.want); err != nil {
					return err
				}
			}
			// A member whom a customer invited, and a domain that support added by hand.
			do(t, target, http.MethodPost, at(o, "acme")+"/users", map[string]any{"userIds": []string{guest}})
			do(t, target, http.MethodPost, at(o, "globex")+"/jit/email-domains", map[string]any{"emailDomain": "globex.example.com"})
			return nil
		})}},
		{
			PreConfig: target.Reset,
			Config:    initech,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(`module.organizations.logto_organization.this["globex"]`, plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction(`module.organizations.logto_organization.this["initech"]`, plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction(`module.organizations.logto_organization_application.this["initech/sync"]`, plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction(`module.organizations.logto_organization.this["acme"]`, plancheck.ResourceActionNoop),
			}},
			ConfigStateChecks: []statecheck.StateCheck{outputCheck(func(o map[string]any) error {
				if err := count(o, "globex", "jit/email-domains", 1); err != nil {
					return err
				}
				if writes := target.Writes(); len(writes) != 5 { // a rename; an organization, its domain, its application and that one's role
					return fmt.Errorf("%d writes: %v", len(writes), writes)
				}
				return count(o, "acme", "users", 2)
			})},
		},
		{Config: initech, Destroy: true}, // the harness itself cannot where for_each is used
	}
	for i := range steps { // only a directory is searched for modules to install
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(target.Config(steps[i].Config)), 0o600); err != nil {
			t.Fatal(err)
		}
		steps[i].Config, steps[i].ConfigDirectory, steps[i].ProtoV6ProviderFactories = "", config.StaticDirectory(dir), target.Providers()
	}
	resource.Test(t, resource.TestCase{Steps: steps})
}

// outputCheck checks the outputs and, by what they say, the tenant.
type outputCheck func(map[string]any) error

func (check outputCheck) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	outputs := map[string]any{}
	for name, o := range req.State.Values.Outputs {
		outputs[name] = o.Value
	}
	resp.Error = check(outputs)
}

// moduleExample is the example's configuration without its provider block, which
// the test brings, and with names of the test's own.
func moduleExample(t *testing.T) string {
	t.Helper()
	examples := filepath.Join("..", "..", "..", "examples")
	example, err := os.ReadFile(filepath.Join(examples, "organizations", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, found := strings.Cut(string(example), "provider \"logto\" {}\n")
	if !found {
		t.Fatal("the example has no provider block")
	}
	// The module names the registry's provider; here it is the one under test.
	module := t.TempDir()
	files, err := filepath.Glob(filepath.Join(examples, "modules", "organizations", "*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the module has the files %v (%v)", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		under := strings.Replace(string(text), `"logto-community/logto"`, `"`+cmp.Or(os.Getenv("TF_ACC_PROVIDER_NAMESPACE"), "hashicorp")+`/logto"`, 1)
		if err := os.WriteFile(filepath.Join(module, filepath.Base(file)), []byte(under), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{
		`"../modules/organizations"`: fmt.Sprintf("%q", filepath.ToSlash(module)),
		`https://api.example.com`:    "https://{name}.example.com",
		`"Member"`:                   `"{name} Member"`,
		`"Administrator"`:            `"{name} Administrator"`,
		`"Directory sync"`:           `"{name} Directory sync"`,
		`"Billing"`:                  `"{name} Billing"`,
		`"invite:member"`:            `"{name}:invite"`,
		`"manage:billing"`:           `"{name}:billing"`,
		`"sync:directory"`:           `"{name}:sync"`,
		`@acme.`:                     "@{name}.acme.",
		`@globex.`:                   "@{name}.globex.",
	} {
		if !strings.Contains(body, from) {
			t.Fatalf("the example has no %s", from)
		}
		body = strings.ReplaceAll(body, from, to)
	}
	return body
}
