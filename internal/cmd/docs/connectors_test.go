// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// Every configuration of the guide is applied as it is in its folder, and changes nothing when it is
// planned again.
func TestAccGuideConnectors(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	guide := read(t, root+filepath.FromSlash("templates/guides/connectors.md.tmpl"))
	for _, m := range templateFile.FindAllStringSubmatch(guide, -1) {
		name := strings.TrimSuffix(strings.TrimPrefix(m[1], "examples/connectors/"), "/main.tf")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newFolder(t, acctest.StartMemory(t), exampleFolder(t, "connectors/"+name), nil).apply(t)
		})
	}
	for _, dir := range examples(t, "connectors/*/main.tf") {
		if path := filepath.ToSlash(strings.TrimPrefix(dir, root)); !strings.Contains(guide, path) {
			t.Errorf("the guide does not show %s", path)
		}
	}
}

// Every recipe is applied, and changes nothing when it is planned again.
func TestAccRecipes(t *testing.T) {
	t.Parallel()
	guide := read(t, root+filepath.FromSlash("templates/guides/sign-in-recipes.md.tmpl"))
	for _, main := range examples(t, "recipes/*/main.tf") {
		name := "recipes/" + filepath.Base(filepath.Dir(main))
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
				t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
			}
			newFolder(t, acctest.StartMemory(t), exampleFolder(t, name), nil).apply(t)
		})
		if !strings.Contains(guide, `"examples/`+name+`/main.tf"`) {
			t.Errorf("the guide does not show %s", name)
		}
	}
}

// The configurations that users copy have tests, which pass without a Logto. Those with ephemeral resources have none,
// because mock_provider has no ephemeral resources.
func TestAccExampleTests(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root+"examples"), ".", func(path string, d fs.DirEntry, err error) error {
		if name, found := strings.CutSuffix(path, "/tests/plan.tftest.hcl"); found {
			tested[name] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"getting-started", "tenant", "organizations", "modules/*", "promotion/module", "recipes/*", "enterprise-sso/*"} {
		for _, dir := range examples(t, pattern) {
			name := filepath.ToSlash(strings.TrimPrefix(dir, root+"examples"+string(filepath.Separator)))
			if !tested[name] {
				t.Errorf("examples/%s has no tests/plan.tftest.hcl", name)
			}
		}
	}
	for name := range tested {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
				t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
			}
			files := exampleFolder(t, name)
			if name == "organizations" { // which calls ../modules/organizations
				for file, text := range exampleFolder(t, "modules/organizations") {
					files["modules/organizations/"+file] = text
				}
				files["main.tf"] = strings.Replace(files["main.tf"], `"../modules/`, `"./modules/`, 1)
			}
			if regexp.MustCompile(`logto_api_resource\.\w+\.scopes`).MatchString(files["main.tf"]) && acctest.AtLeast(t, "", "0.0.0") {
				t.Skip("mock_provider of OpenTofu leaves computed attributes of nested objects null, as the IDs of the scopes of an API resource")
			}
			delete(files, "terraform.tfvars") // a test has its own variables
			f := newFolder(t, acctest.StartMemory(t), files, map[string]tfprotov6.ProviderServer{
				"okta/okta": newOkta("").server(), "hashicorp/azuread": newEntra().server(),
			})
			f.run(t, "get")
			if out := f.run(t, "test"); !regexp.MustCompile(`Success! [1-9]\d* passed, 0 failed`).MatchString(out) {
				t.Error(out)
			}
		})
	}
}

// exampleFolder is what a folder of the examples holds, with words for the variables that need a value.
func exampleFolder(t *testing.T, name string) map[string]string {
	t.Helper()
	files := map[string]string{}
	var all strings.Builder
	dir := root + filepath.FromSlash("examples/"+name)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		file, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(file)] = read(t, path)
		if strings.HasSuffix(path, ".tf") {
			all.WriteString("\n" + read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files["terraform.tfvars"] = variablesFor(all.String())
	return files
}
