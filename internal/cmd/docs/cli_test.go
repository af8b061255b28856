// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// folder is a directory in which the CLI is run with providers that the test itself serves:
// nothing is built, installed or started, so that a command costs little more than the CLI.
type folder struct {
	dir, provider string
	env           []string
}

// newFolder returns a directory with those files. Its provider logto talks to the target; others
// are those given, by their source.
func newFolder(t *testing.T, target *acctest.Target, files map[string]string, others map[string]tfprotov6.ProviderServer) *folder {
	t.Helper()
	logto, err := target.Providers()["logto"]()
	if err != nil {
		t.Fatal(err)
	}
	providers := map[string]tfprotov6.ProviderServer{"logto-community/logto": logto}
	maps.Copy(providers, others)
	reattach := map[string]any{}
	for source, server := range providers {
		reattach[source] = serve(t, source, server)
	}
	encoded, err := json.Marshal(reattach)
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{dir: t.TempDir(), provider: strings.TrimSpace(target.Config(""))}
	for name, text := range files {
		f.write(t, name, text)
	}
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "TF_") && !strings.HasPrefix(pair, "TOFU_") {
			f.env = append(f.env, pair)
		}
	}
	f.env = append(f.env, "TF_REATTACH_PROVIDERS="+string(encoded), "TF_INPUT=0", "CHECKPOINT_DISABLE=1")
	return f
}

// serve serves a provider until the test ends. It returns what the CLI must know to find it.
func serve(t *testing.T, source string, server tfprotov6.ProviderServer) map[string]any {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	started, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		failed <- tf6server.Serve("registry.terraform.io/"+source, func() tfprotov6.ProviderServer { return server },
			tf6server.WithDebug(ctx, started, closed), tf6server.WithoutLogStderrOverride(), tf6server.WithLoggingSink(t), tf6server.WithGoPluginLogger(hclog.NewNullLogger()))
	}()
	t.Cleanup(func() { stop(); <-closed })
	select {
	case c := <-started:
		return map[string]any{"Protocol": c.Protocol, "ProtocolVersion": c.ProtocolVersion, "Pid": c.Pid, "Test": true,
			"Addr": map[string]string{"Network": c.Addr.Network(), "String": c.Addr.String()}}
	case err := <-failed:
		t.Fatal(err)
		return nil
	}
}

// write writes a file. An empty provider block, which stands for the environment, gets the credentials
// of the target, because the provider has the environment of the test.
func (f *folder) write(t *testing.T, name, text string) {
	t.Helper()
	text = emptyProvider.ReplaceAllString(text, f.provider)
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// run runs the CLI and returns what it prints. The test fails when the CLI ends with another
// status than 0.
func (f *folder) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := f.try(t, args...)
	if err != nil {
		t.Fatalf("terraform %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// try runs the CLI and returns what it prints. The error is another status than 0.
func (f *folder) try(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if cli == "" {
		cli = "terraform"
	}
	return f.tryWith(t, cli, args...)
}

// tryWith is try with another CLI.
func (f *folder) tryWith(t *testing.T, cli string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), cli, append(args, "-no-color")...)
	cmd.Dir, cmd.Env = f.dir, f.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// apply applies the configuration, and fails the test when another plan then changes something.
func (f *folder) apply(t *testing.T, args ...string) {
	t.Helper()
	f.run(t, append([]string{"apply", "-auto-approve"}, args...)...)
	f.run(t, append([]string{"plan", "-detailed-exitcode"}, args...)...)
}

var (
	emptyProvider = regexp.MustCompile(`(?m)^provider "logto" \{\}`)
	templateFile  = regexp.MustCompile(`{{ tffile "([^"]+)" }}`)
)

// variablesFor sets every variable of a configuration that has no default to a word.
func variablesFor(config string) string {
	var lines []string
	for _, m := range regexp.MustCompile(`(?s)\nvariable "(\w+)" \{\n(.*?)\n\}`).FindAllStringSubmatch("\n"+config, -1) {
		if !strings.Contains(m[2], "default ") {
			lines = append(lines, m[1]+` = "replace-me"`)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
