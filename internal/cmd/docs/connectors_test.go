// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
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

// exampleFolder is what a folder of the examples holds, with words for the variables that need a value.
func exampleFolder(t *testing.T, name string) map[string]string {
	t.Helper()
	files := map[string]string{}
	var all strings.Builder
	dir := root + filepath.FromSlash("examples/"+name)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		files[e.Name()] = read(t, filepath.Join(dir, e.Name()))
		if strings.HasSuffix(e.Name(), ".tf") {
			all.WriteString("\n" + files[e.Name()])
		}
	}
	files["terraform.tfvars"] = variablesFor(all.String())
	return files
}
