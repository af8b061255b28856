// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// The keys of config of every connector factory. What else the page says of a factory is
// what Logto reports.
//
//go:embed factories.json
var factoriesJSON []byte

// factory is a connector factory with the keys of its config.
type factory struct {
	ID   string       `json:"id"`
	Keys []factoryKey `json:"keys"`

	reported reportedFactory
	version  string // of Logto that has it first, empty for the oldest
}

// factoryKey is a key of config. "a.b" is the key b of the object a, "a[].b" of each object of the
// list a, and "a.*.b" of each object of the map a.
type factoryKey struct {
	Key      string `json:"key"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
	Secret   bool   `json:"secret"`
	Default  any    `json:"default"`
	Values   []any  `json:"values"`
	Meaning  string `json:"meaning"`
	Example  any    `json:"example"` // nil if the example leaves it out
}

// reportedFactory is what Logto reports of a factory (GET /api/connector-factories).
type reportedFactory struct {
	ID              string            `json:"id"`
	Type            string            `json:"type"`
	Target          string            `json:"target"`
	Platform        string            `json:"platform"`
	Name            map[string]string `json:"name"`
	IsStandard      bool              `json:"isStandard"`
	HasTokenStorage bool              `json:"isTokenStorageSupported"`
	FormItems       []formItem        `json:"formItems"`
}

// formItem is what Logto reports of a key of config.
type formItem struct {
	Key         string `json:"key"`
	Required    bool   `json:"required"`
	SelectItems []struct {
		Value any `json:"value"`
	} `json:"selectItems"`
}

// factories are all connector factories, by type and name.
func factories() ([]factory, error) {
	var all []factory
	if err := json.Unmarshal(factoriesJSON, &all); err != nil {
		return nil, fmt.Errorf("factories.json: %w", err)
	}
	newest, err := reportedFactories(since.Newest)
	if err != nil {
		return nil, err
	}
	if len(newest) != len(all) {
		return nil, fmt.Errorf("factories.json has %d factories, Logto has %d", len(all), len(newest))
	}
	for i, f := range all {
		reported, ok := newest[f.ID]
		if !ok {
			return nil, fmt.Errorf("factories.json: Logto has no factory %s", f.ID)
		}
		all[i].reported = reported
	}
	// The version that has a factory first is found from the newest down to the oldest.
	for minor := minorOf(since.Newest) - 1; minor >= minorOf(since.Oldest); minor-- {
		older, err := reportedFactories(fmt.Sprintf("1.%d", minor))
		if err != nil {
			return nil, err
		}
		for i, f := range all {
			if _, ok := older[f.ID]; !ok && f.version == "" {
				all[i].version = fmt.Sprintf("1.%d", minor+1)
			}
		}
	}
	slices.SortFunc(all, func(a, b factory) int {
		return strings.Compare(a.reported.Type+strings.ToLower(a.name()), b.reported.Type+strings.ToLower(b.name()))
	})
	return all, nil
}

func minorOf(version string) (minor int) {
	_, _ = fmt.Sscanf(version, "1.%d", &minor)
	return minor
}

// reportedFactories are the factories of a version of Logto by ID.
func reportedFactories(version string) (map[string]reportedFactory, error) {
	server := fakelogto.NewServer()
	server.BecomeOlder(version)
	status, answer := server.Do(http.MethodGet, "/api/connector-factories", nil)
	encoded, err := json.Marshal(answer)
	if err != nil || status != http.StatusOK {
		return nil, fmt.Errorf("connector factories: HTTP %d, %w", status, err)
	}
	var list []reportedFactory
	if err := json.Unmarshal(encoded, &list); err != nil {
		return nil, err
	}
	byID := map[string]reportedFactory{}
	for _, f := range list {
		byID[f.ID] = f
	}
	return byID, nil
}

func (f factory) name() string {
	name := f.reported.Name["en"]
	if f.reported.Platform == "Native" {
		name += " (native)"
	}
	return name
}

// localName is the name of the resource in the example.
func (f factory) localName() string {
	switch {
	case f.reported.IsStandard:
		return "acme"
	case f.reported.Type == "Social":
		return strings.ReplaceAll(strings.TrimSuffix(f.ID, "-universal"), "-", "_")
	}
	return strings.ToLower(f.reported.Type)
}

// example is a resource with the required keys and those that nearly everybody sets.
func (f factory) example() string {
	var b strings.Builder
	fmt.Fprintf(&b, "resource \"logto_connector\" %q {\nconnector_id = %q\n", f.localName(), f.ID)
	if f.reported.IsStandard {
		fmt.Fprintf(&b, "target = %q\nname = { en = %q }\n", "acme", "Acme")
	}
	b.WriteString("\nconfig_wo = jsonencode({\n" + exampleObject(f.Keys, "") + "})\nconfig_wo_version = 1\n}\n")
	return string(hclwrite.Format([]byte(b.String())))
}

// exampleObject are the keys below a prefix that have an example, as HCL.
func exampleObject(keys []factoryKey, prefix string) string {
	var b strings.Builder
	for _, k := range keys {
		name, ok := strings.CutPrefix(k.Key, prefix)
		if !ok || strings.ContainsAny(name, ".[") {
			continue
		}
		below := func(infix string) string { return exampleObject(keys, k.Key+infix) }
		switch {
		case k.Secret && k.Example != nil:
			fmt.Fprintf(&b, "%s = var.%s\n", name, variableName(name))
		case k.Example != nil:
			fmt.Fprintf(&b, "%s = %s\n", name, literal(k.Example))
		case below("[].") != "":
			usages, _ := json.Marshal(usagesOf(keys, k.Key))
			fmt.Fprintf(&b, "%s = [for usage in %s : {\n%s}]\n", name, strings.ReplaceAll(string(usages), ",", ", "), below("[]."))
		case below(".*.") != "":
			fmt.Fprintf(&b, "%s = {\nGeneric = {\n%s}\n}\n", name, below(".*."))
		case k.Required && k.Type == "object":
			fmt.Fprintf(&b, "%s = {\n%s}\n", name, below("."))
		}
	}
	return b.String()
}

// usagesOf are the usages for which the templates of the example are.
func usagesOf(keys []factoryKey, list string) []any {
	i := slices.IndexFunc(keys, func(k factoryKey) bool { return k.Key == list+"[].usageType" })
	if i < 0 {
		return nil
	}
	usages, _ := keys[i].Example.([]any)
	return usages
}

// literal is a value of the example as HCL. The list of usages stands for the one of the loop.
func literal(v any) string {
	if _, ok := v.([]any); ok {
		return "usage"
	}
	encoded, _ := json.Marshal(v)
	text := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(encoded))
	return text
}

// variableName is a key of config as the name of a variable.
func variableName(key string) string {
	var b strings.Builder
	for i, r := range key {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// markdown is the section of a factory.
func (f factory) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n`connector_id = %q`", f.name(), f.ID)
	if f.reported.Type == "Social" {
		fmt.Fprintf(&b, ", platform `%s`, target %s", f.reported.Platform, f.target())
		if f.reported.HasTokenStorage {
			b.WriteString(", can store tokens (`enable_token_storage`)")
		}
	}
	if f.version != "" {
		fmt.Fprintf(&b, ", from Logto %s on", f.version)
	}
	b.WriteString("\n\n| Key | Type | Required | Meaning |\n|---|---|---|---|\n")
	for _, k := range f.Keys {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.Key, k.kind(), k.required(), k.meaning())
	}
	b.WriteString("\n```terraform\n" + f.example() + "```\n\n")
	return b.String()
}

// target is the target of the connectors of a factory.
func (f factory) target() string {
	switch {
	case f.reported.Type != "Social":
		return ""
	case f.reported.IsStandard:
		return "of your choice"
	}
	return "`" + f.reported.Target + "`"
}

// anchor is what a heading is linked by.
func anchor(heading string) string {
	return strings.ReplaceAll(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' || r == '-' {
			return unicode.ToLower(r)
		}
		return -1
	}, heading), " ", "-")
}

func (k factoryKey) kind() string {
	if k.Secret {
		return k.Type + ", **secret**"
	}
	return k.Type
}

func (k factoryKey) required() string {
	if k.Required {
		return "yes"
	}
	return ""
}

func (k factoryKey) meaning() string {
	meaning := k.Meaning
	switch {
	case len(k.Values) == 1:
		meaning += " Its only value is " + codeList(k.Values) + "."
	case len(k.Values) > 1:
		meaning += " The value must be one of " + codeList(k.Values) + "."
	}
	if k.Default != nil {
		meaning += fmt.Sprintf(" Defaults to `%v`.", k.Default)
	}
	return meaning
}

func codeList(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprintf("`%v`", v)
	}
	return strings.Join(words, ", ")
}

// factoriesPlace is what the page of the factories has in their place, because the templates of
// pages would read {{code}} as theirs.
const factoriesPlace = "<!-- factories -->\n"

// setFactories fills in the page of the connector factories.
func setFactories(docs string) error {
	all, err := factories()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("| Factory | `connector_id` | Type | Target |\n|---|---|---|---|\n")
	for _, f := range all {
		fmt.Fprintf(&b, "| [%s](#%s) | `%s` | %s | %s |\n", f.name(), anchor(f.name()), f.ID, f.reported.Type, f.target())
	}
	b.WriteByte('\n')
	for _, kind := range []struct{ name, title string }{{"Email", "Email"}, {"Sms", "SMS"}, {"Social", "Social sign-in"}} {
		fmt.Fprintf(&b, "## %s\n\n", kind.title)
		for _, f := range all {
			if f.reported.Type == kind.name {
				b.WriteString(f.markdown())
			}
		}
	}
	page := filepath.Join(docs, "guides", "connector-factories.md")
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, after, found := strings.Cut(string(text), factoriesPlace)
	if !found {
		return fmt.Errorf("%s has no place for the factories", page)
	}
	return os.WriteFile(page, []byte(before+strings.TrimSpace(b.String())+"\n"+after), 0o644)
}
