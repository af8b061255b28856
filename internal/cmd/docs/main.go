// SPDX-License-Identifier: MPL-2.0

// Command docs writes docs/ out of the provider's schemas, templates/ and examples/. With -check it writes nothing and
// fails when docs/ is not what it would write.
//
// The pages come from tfplugindocs. It is handed the schemas as a file, because the Terraform on PATH, which it would
// ask otherwise, leaves out the kinds of types that are newer than itself (list resources and actions before 1.14).
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// providerName is what the names of all types begin with.
const providerName = "logto"

func main() {
	check := flag.Bool("check", false, "compare docs/ with what would be written, and write nothing")
	flag.Parse()
	if err := run(context.Background(), *check); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

// run works in the root of the repository.
func run(ctx context.Context, check bool) error {
	stage, err := os.MkdirTemp("", "docs")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(stage) }()

	if err := render(ctx, stage); err != nil {
		return err
	}
	written := filepath.Join(stage, "docs")
	if check {
		return compare("docs", written)
	}
	if err := os.RemoveAll("docs"); err != nil {
		return err
	}
	return os.CopyFS("docs", os.DirFS(written))
}

// render leaves the finished pages in stage/docs.
func render(ctx context.Context, stage string) error {
	described, err := describe(ctx, providerserver.NewProtocol6(provider.New("docs")())())
	if err != nil {
		return err
	}
	if err := missingExamples(described); err != nil {
		return err
	}
	schemas, err := encode(providerName, described)
	if err != nil {
		return err
	}
	schemaFile := filepath.Join(stage, "schemas.json")
	if err := os.WriteFile(schemaFile, schemas, 0o644); err != nil {
		return err
	}
	for _, dir := range []string{"templates", "examples"} {
		if err := os.CopyFS(filepath.Join(stage, dir), os.DirFS(dir)); err != nil {
			return err
		}
	}

	common := []string{"--provider-dir", stage, "--provider-name", providerName, "--providers-schema", schemaFile}
	if err := tfplugindocs(ctx, "generate", append(common, "--rendered-provider-name", "Logto")); err != nil {
		return err
	}
	if err := setTopics(filepath.Join(stage, "docs")); err != nil {
		return err
	}
	if err := setFactories(filepath.Join(stage, "docs")); err != nil {
		return err
	}
	return tfplugindocs(ctx, "validate", common)
}

// tfplugindocs runs the tool at the version of internal/tools/go.mod. What it tells of its progress is left out.
func tfplugindocs(ctx context.Context, command string, args []string) error {
	args = append([]string{"tool", "-modfile=internal/tools/go.mod", "tfplugindocs", command}, args...)
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		lines := slices.DeleteFunc(strings.Split(stderr.String(), "\n"), func(line string) bool { return strings.Contains(line, "[DEBUG]") })
		return fmt.Errorf("tfplugindocs %s: %w\n%s", command, err, strings.Join(lines, "\n"))
	}
	return nil
}

// missingExamples names every type without the example files that its page shows.
func missingExamples(p providerJSON) error {
	var missing []string
	want := func(path ...string) {
		file := filepath.Join(append([]string{"examples"}, path...)...)
		if _, err := os.Stat(file); err != nil {
			missing = append(missing, file)
		}
	}
	want("provider", "provider.tf")
	for name := range p.Resources {
		want("resources", name, "resource.tf")
		want("resources", name, "import.sh")
		want("resources", name, "import-by-string-id.tf")
		if _, ok := p.Identities[name]; ok {
			want("resources", name, "import-by-identity.tf")
		}
	}
	for name := range p.DataSources {
		want("data-sources", name, "data-source.tf")
	}
	for name := range p.EphemeralResources {
		want("ephemeral-resources", name, "ephemeral-resource.tf")
	}
	for name := range p.ListResources {
		want("list-resources", name, "list-resource.tfquery.hcl")
	}
	for name := range p.Actions {
		want("actions", name, "action.tf")
	}
	for name := range p.Functions {
		want("functions", name, "function.tf")
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return fmt.Errorf("missing examples:\n  %s", strings.Join(missing, "\n  "))
}

// compare names every page that differs between the two trees or stands in one of them only.
func compare(have, want string) error {
	names := map[string]bool{}
	for _, root := range []string{have, want} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(root, path)
			names[name] = true
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	var stale []string
	for name := range names {
		old, errOld := os.ReadFile(filepath.Join(have, name))
		fresh, errFresh := os.ReadFile(filepath.Join(want, name))
		switch {
		case errOld != nil:
			stale = append(stale, name+" is missing")
		case errFresh != nil:
			stale = append(stale, name+" belongs to no type, guide or template")
		case !bytes.Equal(old, fresh):
			stale = append(stale, name+" is out of date")
		}
	}
	if len(stale) == 0 {
		return nil
	}
	slices.Sort(stale)
	return fmt.Errorf("docs/ is not what \"make generate\" writes:\n  %s", strings.Join(stale, "\n  "))
}
