// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// Every example is applied, must then have an empty plan, and is destroyed again. Names are those of the page, so each has
// a Logto in memory of its own.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	files := slices.Concat(examples(t, "resources/*/*.tf"), examples(t, "data-sources/*/*.tf"), examples(t, "ephemeral-resources/*/*.tf"))
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "import-") {
			continue // tested with the resource
		}
		t.Run(filepath.ToSlash(strings.TrimPrefix(file, root)), func(t *testing.T) {
			t.Parallel()
			if name == "ephemeral-resource.tf" && !acctest.AtLeast(t, "1.10.0", "1.11.0") {
				t.Skip("ephemeral resources need Terraform 1.10 or OpenTofu 1.11")
			}
			example := strings.ReplaceAll(read(t, file), "${path.module}", folderOf(t, file))
			if strings.Contains(example, "_wo_version") && !acctest.AtLeast(t, "1.11.0", "1.11.0") {
				t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
			}
			target := acctest.StartMemory(t)
			fakelogto.BecomeCloud(target.Server) // some examples are for Logto Cloud only
			steps := []resource.TestStep{{Config: example}}
			if name == "resource.tf" {
				steps = append(steps, importOf(t, filepath.Dir(file), example))
			}
			target.Test(t, resource.TestCase{Steps: steps})
		})
	}
}

// folderOf is the folder of an example, for files beside it.
func folderOf(t *testing.T, file string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(dir)
}

// The configurations of the README and of the guide for beginners.
func TestAccGettingStarted(t *testing.T) {
	t.Parallel()
	readme := regexp.MustCompile("(?s)```terraform\n(.*?)```").FindStringSubmatch(read(t, root+"README.md"))
	if readme == nil {
		t.Fatal("README.md has no configuration")
	}
	for name, example := range map[string]string{
		"README":          readme[1],
		"index":           read(t, root+filepath.FromSlash("examples/provider/provider.tf")),
		"getting started": read(t, root+filepath.FromSlash("examples/getting-started/main.tf")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target := acctest.StartMemory(t)
			// The test brings the provider and where it comes from.
			_, body, found := strings.Cut(example, `provider "logto" {}`)
			if !found {
				t.Fatal("no provider block")
			}
			_, body, _ = strings.Cut(body, "\n")
			target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: body}}})
		})
	}
}

// importOf imports what the example made, by an ID of the form that the import examples show.
func importOf(t *testing.T, dir, example string) resource.TestStep {
	t.Helper()
	address, key := importFormOf(t, dir)
	return resource.TestStep{
		Config: example, ResourceName: address, ImportState: true, ImportStateVerify: true,
		ImportStateVerifyIdentifierAttribute: key[len(key)-1],
		// The status of a domain goes on by itself, and Logto does not know what was uploaded.
		ImportStateVerifyIgnore: []string{"status", "source", "source_hash"},
		ImportStateIdFunc: func(s *terraform.State) (string, error) {
			made := s.RootModule().Resources[address]
			if made == nil {
				return "", errors.New("resource.tf makes no " + address)
			}
			return importID(key, made), nil
		},
	}
}

// importFormOf is what the import examples of a type import, and the attributes that an import ID is made of.
func importFormOf(t *testing.T, dir string) (address string, key []string) {
	t.Helper()
	command := strings.Fields(read(t, filepath.Join(dir, "import.sh")))
	byID := read(t, filepath.Join(dir, "import-by-string-id.tf"))
	identity := read(t, filepath.Join(dir, "import-by-identity.tf"))
	address, id := command[2], command[3]

	for file, text := range map[string]string{"import-by-string-id.tf": byID, "import-by-identity.tf": identity} {
		if !strings.Contains(text, "to = "+address+"\n") {
			t.Errorf("%s does not import to %s, as import.sh does", file, address)
		}
	}
	if !strings.Contains(byID, fmt.Sprintf("id = %q", id)) {
		t.Errorf("import-by-string-id.tf has not the ID %s that import.sh has", id)
	}
	attributeOf := map[string]string{}
	for _, m := range regexp.MustCompile(`(\w+) += "([^"]+)"`).FindAllStringSubmatch(identity, -1) {
		attributeOf[m[2]] = m[1]
	}
	for _, part := range strings.SplitN(id, "/", len(attributeOf)) { // the last one can have slashes
		key = append(key, attributeOf[part])
	}
	if len(key) != len(attributeOf) {
		t.Errorf("the import ID %s has %d parts, the identity %d attributes", id, len(key), len(attributeOf))
	}
	return address, key
}

// importID is the import ID of a resource in the state.
func importID(key []string, r *terraform.ResourceState) string {
	parts := make([]string, len(key))
	for i, attribute := range key {
		parts[i] = r.Primary.Attributes[attribute]
	}
	return strings.Join(parts, "/")
}

// root is where the repository is, seen from this package.
var root = filepath.FromSlash("../../../")

func examples(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(root + filepath.FromSlash("examples/"+pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples %s: %v", pattern, err)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
