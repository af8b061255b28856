// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// withProvider is a configuration of nothing but the provider.
const withProvider = `terraform {
  required_providers {
    logto = { source = "logto-community/logto" }
  }
}

provider "logto" {}
`

// needsQuery skips the test where the CLI has no command query.
func needsQuery(t *testing.T) {
	t.Helper()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("terraform query needs Terraform 1.14; OpenTofu does not have it")
	}
}

// The command that each list example names finds the objects of its type in a tenant that has every type. The
// configuration that it writes imports all of them, and changes nothing.
func TestAccListExamples(t *testing.T) {
	t.Parallel()
	needsQuery(t)
	target := acctest.StartCloud(t)
	state := everyType(t, target)
	for _, file := range examples(t, "list-resources/*/*.tfquery.hcl") {
		typeName := filepath.Base(filepath.Dir(file))
		t.Run(typeName, func(t *testing.T) {
			text := read(t, file)
			command := regexp.MustCompile(`(?m)^# terraform (query .*-generate-config-out=(\S+))$`).FindStringSubmatch(text)
			if command == nil {
				t.Fatal("no comment of the example names the command that writes a configuration, as # terraform query -generate-config-out=role.tf")
			}
			if m := regexp.MustCompile(`variable "(\w+)"`).FindStringSubmatch(text); m != nil {
				command[1] = strings.Replace(command[1], m[1]+"=…", m[1]+"="+parentOf(t, state, typeName, m[1]), 1)
			}
			f := newFolder(t, target, map[string]string{"versions.tf": withProvider, "example.tfquery.hcl": text}, nil)
			out := f.run(t, strings.Fields(command[1])...)
			for _, r := range state {
				name, ok := r.AttributeValues["name"].(string)
				if ok && r.Type == typeName && strings.Contains(out, fmt.Sprint(r.AttributeValues["id"])) && !strings.Contains(out, name) {
					t.Errorf("the list does not show the name %q: its model needs DisplayName\n%s", name, out)
				}
			}
			f.onlyImports(t, command[2])
		})
	}
}

// onlyImports fails the test unless the plan of a generated configuration imports all of it, and changes nothing. Maps
// that may hold secrets are not generated: the plan warns that it removes them, and the test does what the warning advises.
func (f *folder) onlyImports(t *testing.T, file string) {
	t.Helper()
	generated := read(t, filepath.Join(f.dir, file))
	out := f.run(t, "plan")
	secret := regexp.MustCompile(`(?m)^  (headers|environment_variables) += null # sensitive$`).FindStringSubmatch(generated)
	if secret != nil && strings.Contains(out, "Warning: What was imported is removed") {
		f.write(t, file, strings.Replace(generated, secret[0], "  lifecycle {\n    ignore_changes = ["+secret[1]+"]\n  }", 1))
		out = f.run(t, "plan")
	}
	n := strings.Count(generated, "\nimport {\n")
	want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", n)
	if n == 0 || !strings.Contains(out, want) {
		t.Errorf("the plan does not say %q:\n%s\n%s", want, out, generated)
	}
}

// everyType creates an object of every type, and returns them.
func everyType(t *testing.T, target *acctest.Target) []*tfjson.StateResource {
	t.Helper()
	f := newFolder(t, target, map[string]string{
		"main.tf":          read(t, root+filepath.FromSlash("internal/export/testdata/every-type/main.tf")),
		"provider.tf":      "provider \"logto\" {}\n",
		"terraform.tfvars": fmt.Sprintf("issuer = %q\n", startIssuer(t)),
	}, nil)
	f.run(t, "apply", "-auto-approve")
	var state tfjson.State
	if err := json.Unmarshal([]byte(f.run(t, "show", "-json")), &state); err != nil {
		t.Fatal(err)
	}
	return state.Values.RootModule.Resources
}

// parentOf is the ID below which a list example looks: the attribute of an object of the type, or the object whose links
// of this type stand in an attribute of its own.
func parentOf(t *testing.T, state []*tfjson.StateResource, typeName, attribute string) string {
	t.Helper()
	parents := map[string]string{
		"logto_api_resource_scope": "logto_api_resource.orders", "logto_application_role": "logto_application.worker",
		"logto_organization_role_scope": "logto_organization_role.admin", "logto_role_scope": "logto_role.clerk", "logto_user_role": "logto_user.jane",
	}
	for _, r := range state {
		if r.Type == typeName {
			return fmt.Sprint(r.AttributeValues[attribute])
		}
		if r.Address == parents[typeName] {
			return fmt.Sprint(r.AttributeValues["id"])
		}
	}
	t.Fatalf("no object of the type %s is in internal/export/testdata/every-type/main.tf", typeName)
	return ""
}

// The commands of the guide list the tenant of an example, and import what they found without a change.
func TestAccGuideImport(t *testing.T) {
	t.Parallel()
	needsQuery(t)
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	s := openSandbox(t)
	target := acctest.StartMemory(t)
	tenant, err := s.Workspace(t.Context(), target.Server, os.DirFS(root+filepath.FromSlash("examples/tenant")))
	if err != nil {
		t.Fatal(err)
	}
	if err := tenant.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	query := regexp.MustCompile("(?s)```hcl\n# (tenant.tfquery.hcl)\n(.*?)```").FindStringSubmatch(read(t, root+filepath.FromSlash("templates/guides/import.md.tmpl")))
	if query == nil {
		t.Fatal("the guide has no tenant.tfquery.hcl")
	}
	sh, err := s.Shell(target.Server, fstest.MapFS{"main.tf": {Data: []byte(withProvider)}, query[1]: {Data: []byte(query[2])}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := sh.Run(t.Context(), "terraform init\n"+strings.Join(commandsOf(t, "import"), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`[1-9]\d* to import, 0 to add, 0 to change, 0 to destroy`).MatchString(out) {
		t.Error(out)
	}
	if out, err := sh.Run(t.Context(), "terraform query -generate-config-out=generated.tf"); err == nil {
		t.Errorf("the file is overwritten, and the guide says that it is not:\n%s", out)
	}
}
