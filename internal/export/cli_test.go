// SPDX-License-Identifier: MPL-2.0

package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

const provider = `terraform {
  required_providers {
    logto = { source = "logto-community/logto" }
  }
}
`

func openSandbox(t *testing.T) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func workspace(t *testing.T, s *sandbox.Sandbox, target *acctest.Target, files fs.FS) *sandbox.Workspace {
	t.Helper()
	w, err := s.Workspace(t.Context(), target.Server, files)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func apply(t *testing.T, w *sandbox.Workspace) {
	t.Helper()
	if err := w.Apply(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, w.Printed())
	}
}

// noChanges fails unless a plan changes nothing.
func noChanges(t *testing.T, w *sandbox.Workspace) {
	t.Helper()
	if changes, err := w.Plan(t.Context()); changes || err != nil {
		t.Errorf("changes: %v\n%s", err, w.Printed())
	}
}

// onlyImports fails unless the plan imports everything and changes nothing. It returns the
// number of objects of each type.
func onlyImports(t *testing.T, w *sandbox.Workspace) map[string]int {
	t.Helper()
	if _, err := w.Plan(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, w.Printed())
	}
	plan, err := w.Planned(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]int{}
	for _, c := range plan.ResourceChanges {
		if c.Mode == tfjson.DataResourceMode {
			continue
		}
		types[c.Type]++
		if !slices.Equal(c.Change.Actions, tfjson.Actions{tfjson.ActionNoop}) || c.Change.Importing == nil {
			t.Errorf("%s: %v\nbefore %v\nafter  %v", c.Address, c.Change.Actions, c.Change.Before, c.Change.After)
		}
	}
	return types
}

// exported is what the command writes for a tenant, with the example of the secrets as
// their values unless it wrote these.
func exported(t *testing.T, target *acctest.Target, args ...string) (files fstest.MapFS, messages string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	_, messages, code := run(t, target, append(args, "-out", dir)...)
	if code != 0 {
		t.Fatal(messages)
	}
	files = fstest.MapFS{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: content}
	}
	if example, ok := files["terraform.tfvars.example"]; ok && files["terraform.tfvars"] == nil {
		files["terraform.tfvars"] = example
	}
	return files, messages
}

// without are the files but those.
func without(files fstest.MapFS, names ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range files {
		if !slices.Contains(names, name) {
			out[name] = f
		}
	}
	return out
}

// texts are the files for a comparison.
func texts(files fstest.MapFS) map[string]string {
	out := map[string]string{}
	for name, f := range files {
		out[name] = string(f.Data)
	}
	return out
}

// An export is imported without a change; it makes the same tenant again out of an empty
// one, whose export is the same.
func TestAccExport_roundTrip(t *testing.T) {
	s := openSandbox(t)
	withIssuer := func(t *testing.T, dir string) fstest.MapFS {
		t.Helper()
		files := fstest.MapFS{"terraform.tfvars": {Data: fmt.Appendf(nil, "issuer = %q\n", startIssuer(t))}}
		content, err := os.ReadFile(filepath.Join(dir, "main.tf"))
		if err != nil {
			t.Fatal(err)
		}
		files["main.tf"] = &fstest.MapFile{Data: content}
		return files
	}
	for name, c := range map[string]struct {
		source  fstest.MapFS
		args    []string
		objects int // at least
	}{
		"tenant":        {without(withIssuer(t, "../../examples/tenant"), "terraform.tfvars"), nil, 20},
		"every type":    {withIssuer(t, "testdata/every-type"), []string{"-users"}, 45},
		"state secrets": {withIssuer(t, "testdata/every-type"), []string{"-users", "-state-secrets"}, 45},
	} {
		t.Run(name, func(t *testing.T) {
			if !acctest.AtLeast(t, "1.11.0", "1.11.0") && name != "state secrets" {
				t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
			}
			from, to := acctest.StartCloud(t), acctest.StartCloud(t)
			apply(t, workspace(t, s, from, c.source))
			files, messages := exported(t, from, c.args...)
			if name != "tenant" {
				for file, want := range map[string]string{
					"sign_in.tf":      "depends_on = [logto_connector.email, logto_captcha_provider.this]",
					"applications.tf": "role_ids = [data.logto_role.management_api_access.id, logto_role.機械.id]",
					"roles.tf":        `data.logto_api_resource.management.scopes["all"].id`,
					"versions.tf":     "required_providers",
					"users.tf":        "role_ids      = []",
				} {
					if !strings.Contains(string(files[file].Data), want) {
						t.Errorf("%s has no %s:\n%s", file, want, files[file].Data)
					}
				}
			}

			imported := workspace(t, s, from, files)
			types := onlyImports(t, imported)
			n := 0
			for _, ofType := range types {
				n += ofType
			}
			if n < c.objects || !strings.Contains(messages, fmt.Sprintf("%d objects", n)) {
				t.Errorf("%d objects, %v\n%s", n, types, messages)
			}
			if err := imported.ApplyPlanned(t.Context()); err != nil {
				t.Fatalf("%v\n%s", err, imported.Printed())
			}
			state, err := imported.State(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if b, err := json.Marshal(state); err != nil || strings.Contains(string(b), "s3cr3t") != (name == "state secrets") {
				t.Errorf("the state has the wrong secrets: %v", err)
			}
			if err := imported.Write("imports.tf", ""); err != nil {
				t.Fatal(err)
			}
			noChanges(t, imported)

			made := workspace(t, s, to, without(files, "imports.tf"))
			apply(t, made)
			noChanges(t, made)
			again, _ := exported(t, to, c.args...)
			if diff := cmp.Diff(texts(without(files, "imports.tf")), texts(without(again, "imports.tf"))); diff != "" {
				t.Errorf("the export of the second tenant (-first +second):\n%s", diff)
			}
		})
	}
}

// From import blocks alone the CLI writes a configuration that changes nothing.
func TestAccExport_importBlocksAlone(t *testing.T) {
	target := acctest.StartMemory(t)
	s := openSandbox(t)
	apply(t, workspace(t, s, target, os.DirFS("../../examples/tenant")))
	imports, messages, code := run(t, target, "-quiet")
	if code != 0 || messages != "" {
		t.Fatal(messages)
	}
	w := workspace(t, s, target, fstest.MapFS{"main.tf": {Data: []byte(provider)}, "imports.tf": {Data: []byte(imports)}})
	if _, err := w.Plan(t.Context(), tfexec.GenerateConfigOut("generated.tf")); err != nil {
		t.Fatalf("%v\n%s\n%s", err, w.Printed(), imports)
	}
	// The CLI leaves out what may be secret, which a person then fills in.
	for attribute, value := range map[string]string{
		`"logto_jwt_customizer" "[a-z_]+" \{.*?environment_variables +=`: `{ REGION = "eu" }`,
		`"logto_hook" "passwords" \{.*?headers +=`:                       `{ Authorization = "Bearer replace me" }`,
	} {
		if err := w.Edit("generated.tf", regexp.MustCompile(`(?s)(`+attribute+`) null # sensitive`), "$1 "+value); err != nil {
			t.Fatal(err)
		}
	}
	if types := onlyImports(t, w); len(types) < 15 {
		t.Errorf("objects of %d types only: %v", len(types), types)
	}
	if err := w.ApplyPlanned(t.Context()); err != nil {
		t.Fatal(err)
	}
	noChanges(t, w)
}

// startIssuer starts an OpenID provider, as far as Logto looks when it is told of one.
func startIssuer(t *testing.T) string {
	t.Helper()
	var issuer *httptest.Server
	issuer = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		var b bytes.Buffer
		_ = json.NewEncoder(&b).Encode(map[string]string{"issuer": issuer.URL, "authorization_endpoint": issuer.URL, "token_endpoint": issuer.URL,
			"userinfo_endpoint": issuer.URL, "jwks_uri": issuer.URL})
		_, _ = w.Write(b.Bytes())
	}))
	t.Cleanup(issuer.Close)
	return issuer.URL
}
