// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

var terraformBlock = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// The configurations that stand in the text of a guide are formatted and valid, and all of them together
// are planned. What a guide refers to and does not show is in testdata/guides, in a file of its name.
func TestAccGuideSnippets(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob(root + filepath.FromSlash("templates/guides/*.md.tmpl"))
	if err != nil || len(guides) == 0 {
		t.Fatal(err)
	}
	for _, guide := range guides {
		name := strings.TrimSuffix(filepath.Base(guide), ".md.tmpl")
		snippets := terraformBlock.FindAllStringSubmatch(read(t, guide), -1)
		if len(snippets) == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
				t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
			}
			files := map[string]string{}
			for i, m := range snippets {
				if formatted := string(hclwrite.Format([]byte(m[1]))); formatted != m[1] {
					t.Errorf("not formatted:\n%s\nis\n%s", m[1], formatted)
				}
				files[fmt.Sprintf("snippet%d.tf", i)] = m[1]
			}
			fixture, err := os.ReadFile(filepath.Join("testdata", "guides", name+".tf"))
			if err == nil {
				files["fixture.tf"] = string(fixture)
			}
			if strings.Contains(read(t, guide), `"./module"`) {
				files["module/main.tf"] = read(t, root+filepath.FromSlash("examples/promotion/module/main.tf"))
			}
			target := acctest.StartMemory(t)
			fakelogto.BecomeCloud(target.Server)
			f := newFolder(t, target, nil, map[string]tfprotov6.ProviderServer{"hashicorp/aws": newAWS().server()})
			all := whole(t, files)
			for file, text := range all {
				f.write(t, file, text)
			}
			f.run(t, "get")
			f.run(t, "validate")
			if files["module/main.tf"] != "" {
				return // its tenants are those of the example, which has a test
			}
			for file, text := range all {
				f.write(t, file, without(t, text, "import", "removed", "provider"))
			}
			f.write(t, "provider.tf", target.Config(""))
			f.run(t, "plan")
		})
	}
}

// whole makes one configuration of snippets: each provider block but the first of its kind gets an
// alias, and one terraform block stands for all.
func whole(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	out := map[string]string{"versions.tf": "terraform {\n  required_providers {\n    logto = { source = \"logto-community/logto\" }\n    aws = { source = \"hashicorp/aws\" }\n  }\n}\n"}
	n := 0
	for file, text := range files {
		if strings.Contains(file, "/") {
			out[file] = text
			continue
		}
		parsed := parse(t, without(t, text, "terraform"))
		for _, block := range parsed.Body().Blocks() {
			if block.Type() == "provider" && block.Body().GetAttribute("alias") == nil {
				n++
				block.Body().SetAttributeRaw("alias", hclwrite.TokensForIdentifier(fmt.Sprintf("%q", fmt.Sprint("a", n))))
			}
		}
		out[file] = string(parsed.Bytes())
	}
	out["ca.pem"] = "" // a file that a snippet reads
	return out
}

// without is a configuration without blocks of some types, and without what chooses a provider.
func without(t *testing.T, text string, types ...string) string {
	t.Helper()
	parsed := parse(t, text)
	for _, block := range parsed.Body().Blocks() {
		for _, unwanted := range types {
			if block.Type() == unwanted {
				parsed.Body().RemoveBlock(block)
			}
			if unwanted == "provider" {
				block.Body().RemoveAttribute("provider")
			}
		}
	}
	return string(parsed.Bytes())
}

func parse(t *testing.T, text string) *hclwrite.File {
	t.Helper()
	parsed, diags := hclwrite.ParseConfig([]byte(text), "snippet.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return parsed
}
