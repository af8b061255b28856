// SPDX-License-Identifier: MPL-2.0

package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// madeBy is the first line of every file, by which a later export knows its own.
const madeBy = "# Written by terraform-provider-logto export."

// importsHead says what to do with import blocks.
const importsHead = madeBy + `
# It can be deleted after the apply. The configuration is in the other files: "terraform plan -generate-config-out" is
# not needed. Of import blocks alone, Terraform 1.16 generates none for providers outside hashicorp/
# (hashicorp/terraform#39144): use these files, or "terraform query -generate-config-out" with list blocks.
`

// file is one to write.
type file struct {
	name    string
	content string
	mode    fs.FileMode
}

// configuration is what a tenant is written as.
type configuration struct {
	files   []file
	writer  *writer
	objects int
}

// arrange writes the files of a configuration.
func arrange(version string, managed, builtIn []*instance, plain bool) (*configuration, error) {
	w := newWriter(managed, builtIn, plain)
	c := &configuration{writer: w}
	areas := map[string]*strings.Builder{}
	var imports strings.Builder
	for _, i := range managed {
		body, uses, versions, err := w.resource(i)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", i.address(), err)
		}
		if len(body) == 0 {
			continue // of a tenant that always has it, and with defaults only
		}
		if after := dependencies(i, managed, uses); len(after) > 0 {
			body = append(body, item{"depends_on", after})
		}
		area := i.kind.area
		if areas[area] == nil {
			areas[area] = &strings.Builder{}
		}
		areas[area].WriteString("\n" + block("resource", []string{i.kind.TypeName(), i.name}, body))
		imports.WriteString("\n" + block("import", nil, object{{"to", code(i.address())}, {"id", text(importID(i, versions))}}))
		c.objects++
	}
	for area, b := range areas {
		c.add(area+".tf", madeBy+"\n"+b.String())
	}
	c.add("imports.tf", importsHead+imports.String())
	c.add("versions.tf", madeBy+"\n\n"+versions(version, plain))
	c.addData()
	c.addVariables()
	slices.SortFunc(c.files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return c, c.check()
}

func (c *configuration) add(name, content string) {
	if strings.HasSuffix(name, ".tf") {
		content = string(hclwrite.Format([]byte(content)))
	}
	c.files = append(c.files, file{name, content, 0o644})
}

// check makes sure that the files can be read.
func (c *configuration) check() error {
	for _, f := range c.files {
		if !strings.HasSuffix(f.name, ".tf") {
			continue
		}
		if _, diags := hclsyntax.ParseConfig([]byte(f.content), f.name, hcl.InitialPos); diags.HasErrors() {
			return diags
		}
	}
	return nil
}

// block is a block with those attributes, the long ones behind the others.
func block(kind string, labels []string, body object) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, label := range labels {
		b.WriteString(" " + quote(label))
	}
	b.WriteString(" {\n")
	var long []string
	for _, i := range body {
		before := "  " + i.name + " = "
		line := before + i.value.hcl("  ", len(before)) + "\n"
		switch {
		case len(long) > 0 && strings.HasSuffix(i.name, "_wo_version") && strings.Contains(long[len(long)-1], strings.TrimSuffix(i.name, "_version")+" ="):
			long[len(long)-1] += line
		case i.name == "depends_on", strings.Contains(line, "<<-EOT"):
			long = append(long, "\n"+line) // with nothing to align
		case strings.Count(line, "\n") > 1:
			long = append(long, line)
		default:
			b.WriteString(line)
		}
	}
	return b.String() + strings.Join(long, "") + "}\n"
}

// importID is what imports an object: with the versions of its write-only attributes, so
// that the plan changes nothing and no secret comes into the state.
func importID(i *instance, versions []string) string {
	settings := make([]string, len(versions))
	for n, v := range versions {
		settings[n] = v + "=1"
	}
	if len(settings) == 0 {
		return i.ImportID()
	}
	return i.ImportID() + "?" + strings.Join(settings, "&")
}

// dependencies are what an object needs besides what it refers to.
func dependencies(i *instance, all []*instance, uses map[*instance]bool) (after list) {
	for _, d := range i.kind.Dependencies() {
		for _, other := range all {
			if other.kind.TypeName() != typeName(d.Type) || uses[other] {
				continue
			}
			if s, _ := stringOf(other.state[d.Attribute]); d.Attribute == "" || slices.Contains(d.Values, s) {
				after = append(after, code(other.address()))
			}
		}
	}
	return after
}

var isRelease = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+`)

// versions is the file with what the configuration needs.
func versions(version string, plain bool) string {
	cli := ">= 1.11" // write-only attributes
	if plain {
		cli = ">= 1.8"
	}
	from := object{{"source", text("logto-community/logto")}}
	if isRelease.MatchString(version) {
		from = append(from, item{"version", text("~> " + isRelease.FindString(version))})
	}
	return "terraform {\n  required_version = " + quote(cli) + "\n\n  required_providers {\n    logto = " + from.hcl("    ", maxColumns) +
		"\n  }\n}\n\n# Reads LOGTO_ENDPOINT, LOGTO_APP_ID and LOGTO_APP_SECRET.\nprovider \"logto\" {}\n"
}

// addData adds what every tenant has and something refers to.
func (c *configuration) addData() {
	var b strings.Builder
	used := make([]*instance, 0, len(c.writer.usedBuiltIn))
	for i := range c.writer.usedBuiltIn {
		used = append(used, i)
	}
	slices.SortFunc(used, func(a, b *instance) int { return strings.Compare(a.address(), b.address()) })
	for _, i := range used {
		name, _ := stringOf(i.state["name"])
		b.WriteString("\n" + block("data", []string{i.kind.TypeName(), i.name}, object{{"name", text(name)}}))
	}
	if len(used) > 0 {
		c.add("data.tf", madeBy+"\n# What every tenant has.\n"+b.String())
	}
}

// addVariables adds the secrets that a person gives.
func (c *configuration) addVariables() {
	secrets := c.writer.secrets.sorted()
	if len(secrets) == 0 {
		return
	}
	var declared, example, values strings.Builder
	for _, v := range secrets {
		body := object{{"description", text("Secret of " + v.of + ": " + v.what + ".")}, {"type", code(v.kind())}, {"sensitive", code("true")}}
		if !c.writer.plain {
			body = append(body, item{"ephemeral", code("true")})
		}
		declared.WriteString("\n" + block("variable", []string{v.name}, body))
		fmt.Fprintf(&example, "\n# %s: %s\n%s = %s\n", v.of, v.what, v.name, inline(v.expression(func(string) string { return placeholder })))
		fmt.Fprintf(&values, "%s = %s\n", v.name, inline(v.expression(func(s string) string { return s })))
	}
	c.add("variables.tf", madeBy+"\n"+declared.String())
	c.add("terraform.tfvars.example", madeBy+"\n# Copy it to terraform.tfvars, which is not for a repository, and fill in the secrets.\n"+example.String())
	if c.writer.plain {
		c.files = append(c.files, file{"terraform.tfvars", madeBy + "\n# The secrets that Logto shows. This file is not for a repository.\n\n" + values.String(), 0o600})
	}
}

// placeholder stands for a secret in the example.
const placeholder = "replace me"

// save writes the files. An existing one is an error without force; with it, files of a
// former export that are no longer needed go.
func (c *configuration) save(dir string, force bool) error {
	var existing []string
	for _, f := range c.files {
		if _, err := os.Lstat(filepath.Join(dir, f.name)); err == nil {
			existing = append(existing, f.name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if len(existing) > 0 && !force {
		return fmt.Errorf("%s has files already that would be overwritten: %s. Use another folder, or -force", dir, strings.Join(existing, ", "))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if force {
		if err := c.removeStale(dir); err != nil {
			return err
		}
	}
	for _, f := range c.files {
		if err := os.WriteFile(filepath.Join(dir, f.name), []byte(f.content), f.mode); err != nil {
			return err
		}
	}
	return nil
}

// removeStale removes files that an export made and that this one does not.
func (c *configuration) removeStale(dir string) error {
	former, err := filepath.Glob(filepath.Join(dir, "*.tf"))
	if err != nil {
		return err
	}
	for _, name := range former {
		if slices.ContainsFunc(c.files, func(f file) bool { return f.name == filepath.Base(name) }) {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(string(content), madeBy+"\n") {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// importBlocks are the import blocks alone, for a CLI that generates the rest, with the
// resources that a CLI cannot generate.
func importBlocks(managed, builtIn []*instance) (string, error) {
	w := newWriter(managed, builtIn, true)
	var b, resources strings.Builder
	last := ""
	for _, i := range managed {
		if i.kind.TypeName() != last {
			last = i.kind.TypeName()
			b.WriteString("\n# " + last + "\n")
		}
		b.WriteString("\n" + block("import", nil, object{{"to", code(i.address())}, {"id", text(i.ImportID())}}))
		if !hasOddKeys(i) {
			continue
		}
		body, _, _, err := w.resource(i)
		if err != nil {
			return "", err
		}
		written := block("resource", []string{i.kind.TypeName(), i.name}, body)
		b.WriteString("\n" + written)
		resources.WriteString(written)
	}
	head := madeBy + " Next: terraform plan -generate-config-out=generated.tf\n" +
		"# Terraform 1.16 generates no configuration of import blocks for providers outside hashicorp/ (hashicorp/terraform#39144):\n" +
		"# there use \"terraform-provider-logto export -out DIR\", which writes the configuration as well.\n"
	if resources.Len() > 0 {
		head += "# Keep this file: it has resources of which no CLI generates the configuration.\n"
	}
	return string(hclwrite.Format([]byte(head + b.String()))), nil
}

// hasOddKeys reports whether an object has a map of objects with keys that need quotes:
// OpenTofu, and Terraform before 1.10, generate them without.
func hasOddKeys(i *instance) bool {
	for name, a := range i.kind.Attributes() {
		if _, isMap := a.(schema.MapNestedAttribute); !isMap {
			continue
		}
		for key := range members(i.state[name]) {
			if !hclsyntax.ValidIdentifier(key) {
				return true
			}
		}
	}
	return false
}
