// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

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

// Every recipe is applied, changes nothing when it is planned again, and passes its own tests, which
// need no Logto.
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
			f := newFolder(t, acctest.StartMemory(t), exampleFolder(t, name), nil)
			f.apply(t)
			if out := f.run(t, "test"); !strings.Contains(out, "1 passed, 0 failed") {
				t.Error(out)
			}
		})
		if !strings.Contains(guide, `"examples/`+name+`/main.tf"`) {
			t.Errorf("the guide does not show %s", name)
		}
	}
}

// The module of organizations passes its own tests.
func TestAccModuleTests(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.8.0", "1.8.0") {
		t.Skip("mock_provider needs Terraform 1.7 or OpenTofu 1.8")
	}
	f := newFolder(t, acctest.StartMemory(t), exampleFolder(t, "modules/organizations"), nil)
	if out := f.run(t, "test"); !strings.Contains(out, "1 passed, 0 failed") {
		t.Error(out)
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
