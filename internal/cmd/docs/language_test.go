// SPDX-License-Identifier: MPL-2.0

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// refused are phrases that no description has, each with what to write instead. The
// glossary in CONTRIBUTING.md has the terms.
var refused = []struct{ phrase, instead string }{
	{`Without (a value|it\b|them\b)|[Ww]hen there is no value|no value as`, "If it is not set, …"},
	{`[Dd]oes as with|counts null|Logto's default|Default ` + "`", "Defaults to `…`."},
	{`same as none|counts as none`, "An empty string is the same as no value."},
	{`(?i)\b(people|somebody|someone|nobody|everybody|whoever)\b`, "users, or a user"},
	{`(?i)\bpictures?\b`, "logo or avatar"},
	{`(?i)\b(make|makes|made|making|anew)\b`, "create"},
	{`(?i)\b(takes?|taken|taking) (away|back|out)|\bgo(es)? away|\bgone\b`, "remove or revoke"},
	{`(?i)\b(gives?|giving|gave|given (to|by))\b`, "set, assign or provide"},
	{`(?i)\b(that call|for so many|at once what|in whatever case)\b`, "name what it is about"},
	{`(?i)\bbesides\b`, "in addition to"},
	{`(?i)\bof (your|its|their|one's) own\b`, "custom"},
	{`(?i)\b(has|have|had) to\b`, "must"},
	{`(?i)\bmay\b`, "can"},
	{`(?i)\b(as it is|as they are|leaves? .{0,30}alone)\b`, "does not change"},
	{`(?i)(without a trace|in (capital|small) letters|letters? of either case)`, "Terraform does not store it; in lower case"},
	{`\(RFC 3339\)|RFC 3339 form\b|PEM form\b`, "in RFC 3339 format"},
	{`(^|\. )(At (least|most) \S+( \S+)?|(Up to|Only for|Not for|Never|Required|In lower|One for|Also from|\d+ to \d+)\b[^.]*)\.`, "a sentence with subject and verb"},
	{`\bSince Logto\b`, "Logto … or later is required."},
	{`(?i)[a-z] any more\b|\bno longer there\b`, "no longer"},
	{`\x1f`, "planmodifiers.ForResource at the end of the description of a resource's attribute"},
}

// refusedInData are phrases that hold for a configuration only. The pages of data
// sources have them for arguments only.
var refusedInData = regexp.MustCompile(`Changing it replaces|replaces the (resource|application)|Link set|Run-time data|Tenant setting|` +
	`Terraform (manages|removes|clears|does not manage|creates)|Defaults to|The value must|It must|It is required|Refer to|instead\.|jsonencode`)

var code = regexp.MustCompile("`[^`]+`")

// Descriptions are plain standard English.
func TestLanguageOfDescriptions(t *testing.T) {
	t.Parallel()
	p, err := describe(t.Context(), providerserver.NewProtocol6(provider.New("test")())())
	if err != nil {
		t.Fatal(err)
	}
	phrases := make([]*regexp.Regexp, len(refused))
	for i, r := range refused {
		phrases[i] = regexp.MustCompile(r.phrase)
	}
	check := func(where, text string) {
		text = code.ReplaceAllString(text, "`…`")
		for i, phrase := range phrases {
			if found := phrase.FindString(text); found != "" {
				t.Errorf("%s says %q in %q\n  write: %s", where, found, text, refused[i].instead)
			}
		}
	}
	checkTexts("provider", p.Provider.Block, check)
	for kind, schemas := range map[string]map[string]schemaJSON{
		"resource": p.Resources, "data": p.DataSources, "ephemeral": p.EphemeralResources, "list": p.ListResources, "action": p.Actions,
	} {
		for name, s := range schemas {
			checkTexts(kind+" "+name, s.Block, check)
		}
	}
	for name, s := range p.DataSources {
		computedTexts("data "+name, s.Block.Attributes, func(where, text string) {
			if found := refusedInData.FindString(text); found != "" {
				t.Errorf("%s says %q, which holds for resources only: %q\n  write it with planmodifiers.ForResource", where, found, text)
			}
		})
	}
}

// Every page links the page of Logto's documentation that explains its concept.
func TestSeeAlso(t *testing.T) {
	t.Parallel()
	page := regexp.MustCompile(`^[a-z0-9-]+(/[a-z0-9-]+)*$`)
	for _, topic := range topics {
		if topic.concept == "" || !page.MatchString(topic.path) {
			t.Errorf("%s links no page of Logto's documentation", topic.prefix)
		}
	}
}

func checkTexts(where string, b blockJSON, check func(where, text string)) {
	check(where, b.Description)
	for _, n := range b.Blocks {
		checkTexts(where, *n.Block, check)
	}
	everyAttribute(where, b.Attributes, func(where string, a attributeJSON) { check(where, a.Description) })
}

func computedTexts(where string, attributes map[string]attributeJSON, check func(where, text string)) {
	everyAttribute(where, attributes, func(where string, a attributeJSON) {
		if !a.Optional && !a.Required {
			check(where, a.Description)
		}
	})
}

func everyAttribute(where string, attributes map[string]attributeJSON, do func(where string, a attributeJSON)) {
	for name, a := range attributes {
		do(where+"."+name, a)
		if a.NestedType != nil {
			everyAttribute(where+"."+name, a.NestedType.Attributes, do)
		}
	}
}

// Guides, README and the comments of the examples have the same language.
func TestLanguageOfGuides(t *testing.T) {
	t.Parallel()
	fence := regexp.MustCompile("(?s)```.*?```|https?://[^ )]+|" + "`[^`]+`")
	// Comments, and descriptions of variables and objects.
	comment := regexp.MustCompile(`(?m)^ *# (.*)$|\S # (.*)$|\bdescription += "(.*)"$|^ +description += <<-EOT\n((?s:.*?))\n +EOT$`)
	texts := map[string]string{}
	for _, pattern := range []string{"templates/*.tmpl", "templates/guides/*.tmpl", "README.md", "SECURITY.md", "examples/*/README.md", "examples/*/*/README.md"} {
		for _, file := range filesOf(t, pattern) {
			texts[file] = fence.ReplaceAllString(read(t, file), "…")
		}
	}
	for _, pattern := range []string{"examples/*/*.tf", "examples/*/*/*.tf"} {
		for _, file := range filesOf(t, pattern) {
			for _, m := range comment.FindAllStringSubmatch(read(t, file), -1) {
				texts[file] += fence.ReplaceAllString(strings.Join(m[1:], ""), "…") + "\n"
			}
		}
	}
	for i, r := range refused {
		phrase := regexp.MustCompile(r.phrase)
		for file, text := range texts {
			for _, at := range phrase.FindAllStringIndex(text, -1) {
				t.Errorf("%s says %q\n  write: %s", file, text[max(0, at[0]-30):min(len(text), at[1]+30)], refused[i].instead)
			}
		}
	}
}

func filesOf(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(root + filepath.FromSlash(pattern))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Errors and warnings have the same language.
func TestLanguageOfErrors(t *testing.T) {
	t.Parallel()
	phrases := make([]*regexp.Regexp, len(refused))
	for i, r := range refused {
		phrases[i] = regexp.MustCompile(r.phrase)
	}
	files := token.NewFileSet()
	for _, dir := range []string{"export", "framework", "logto", "provider", "service"} {
		err := filepath.WalkDir(root+filepath.FromSlash("internal/"+dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING || !strings.Contains(literal.Value, " ") {
					return true
				}
				text, err := strconv.Unquote(literal.Value)
				if err != nil || strings.Contains(text, "given_name family_name") { // names of claims
					return true
				}
				for i, phrase := range phrases {
					if found := phrase.FindString(code.ReplaceAllString(text, "`…`")); found != "" && found != planmodifiers.ForResourceMark {
						t.Errorf("%s says %q in %q\n  write: %s", files.Position(literal.Pos()), found, text, refused[i].instead)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
