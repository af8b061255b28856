// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// tofuBlock is the configuration of the guide for OpenTofu that has a text.
func tofuBlock(t *testing.T, text string) string {
	t.Helper()
	if !acctest.AtLeast(t, "", "1.11.0") {
		t.Skip("the configurations of this guide need OpenTofu 1.11: set TF_ACC_TERRAFORM_PATH")
	}
	for _, m := range regexp.MustCompile("(?s)```hcl\n(.*?)```").FindAllStringSubmatch(read(t, root+filepath.FromSlash("templates/guides/opentofu.md.tmpl")), -1) {
		if strings.Contains(m[1], text) {
			return m[1]
		}
	}
	t.Fatalf("the guide has no configuration with %q", text)
	return ""
}

// OpenTofu encrypts a state that exists with the configuration of the guide, secrets included, and reads it again.
func TestAccGuideOpenTofuEncryption(t *testing.T) {
	t.Parallel()
	encryption, migration := tofuBlock(t, "key_provider"), tofuBlock(t, `method "unencrypted"`)
	const strict = "    state {\n      method = method.aes_gcm.state\n    }\n"
	if !strings.Contains(encryption, strict) {
		t.Fatal("the guide has another block state")
	}
	target := acctest.StartMemory(t)
	f := newFolder(t, target, map[string]string{"main.tf": withProvider + `
resource "logto_application" "importer" {
  name = "Importer"
  type = "MachineToMachine"
}

resource "logto_application_secret" "importer" {
  application_id = logto_application.importer.id
  name           = "nightly"
}

output "application_id" {
  value = logto_application.importer.id
}
`}, nil)
	f.apply(t) // without encryption
	f.env = append(f.env, "TF_VAR_state_passphrase=correct horse battery staple")
	f.write(t, "encryption.tf", encryption)
	if out, err := f.try(t, "plan"); err == nil {
		t.Errorf("the guide says that the migration needs another block:\n%s", out)
	}
	f.write(t, "encryption.tf", strings.Replace(encryption, strict, migration, 1))
	f.apply(t)
	f.write(t, "encryption.tf", encryption)
	f.apply(t)
	id := strings.Trim(strings.TrimSpace(f.run(t, "output", "-json", "application_id")), `"`)
	secret := secretsOf(t, target, id)["nightly"]
	state := read(t, filepath.Join(f.dir, "terraform.tfstate"))
	if secret == "" || strings.Contains(state, secret) || strings.Contains(state, id) || !strings.Contains(state, "encrypted_data") {
		t.Errorf("the state is not encrypted: the secret of %s is %q\n%s", id, secret, state)
	}
}

// One provider block with for_each applies the module to each of the tenants, and removes one of them as the guide says.
func TestAccGuideOpenTofuTenants(t *testing.T) {
	t.Parallel()
	tenants := tofuBlock(t, "for_each = var.tenants")
	targets := map[string]*acctest.Target{"development": acctest.StartMemory(t), "production": acctest.StartMemory(t)}
	const versions = "terraform {\n  required_providers {\n    logto = { source = \"logto-community/logto\" }\n  }\n}\n"
	// The CLI starts a provider for each tenant, and so needs a real one.
	sh, err := openSandbox(t).Shell(targets["production"].Server, fstest.MapFS{
		"main.tf":        {Data: []byte(versions + tenants)},
		"module/main.tf": {Data: []byte(versions + "resource \"logto_api_resource\" \"orders\" {\n  name      = \"Orders\"\n  indicator = \"https://orders.example.com\"\n}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	apply := func(names string, managed map[string]bool, want string) {
		t.Helper()
		values := map[string]any{}
		for name := range managed {
			values[name] = map[string]any{"endpoint": targets[name].Server.URL, "app_id": fakelogto.AppID, "app_secret": fakelogto.AppSecret, "managed": managed[name]}
		}
		encoded, err := json.Marshal(map[string]any{"tenants": values})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(sh.Dir, "terraform.tfvars.json"), encoded, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := sh.Run(t.Context(), "terraform init\nterraform apply -auto-approve\nterraform plan -detailed-exitcode")
		if err != nil || !strings.Contains(out, want) || strings.Contains(out, "for_each matches module") {
			t.Errorf("%s: %v, want %q\n%s", names, err, want, out)
		}
	}
	apply("both tenants", map[string]bool{"development": true, "production": true}, "2 added, 0 changed, 0 destroyed")
	for name, target := range targets {
		if writes := target.Server.Writes(); len(writes) != 1 {
			t.Errorf("%s: %v", name, writes)
		}
	}
	apply("one not managed", map[string]bool{"development": false, "production": true}, "0 added, 0 changed, 1 destroyed")
	apply("one removed", map[string]bool{"production": true}, "0 added, 0 changed, 0 destroyed")
}

// OpenTofu takes over the state of Terraform, and Terraform takes it back, without a change. A file whose name ends in
// .tofu hides the file with the blocks that OpenTofu does not know.
func TestAccGuideOpenTofuFromTerraform(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "", "1.8.0") {
		t.Skip("the CLI under test is not OpenTofu: set TF_ACC_TERRAFORM_PATH")
	}
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("there is no terraform on PATH whose state OpenTofu could take over")
	}
	f := newFolder(t, acctest.StartMemory(t), map[string]string{"main.tf": withProvider + `
resource "logto_role" "clerk" {
  name        = "Clerk"
  description = "Sees orders"
}

output "name" {
  value = logto_role.clerk.name
}
`}, nil)
	with := func(cli string, args ...string) {
		t.Helper()
		if out, err := f.tryWith(t, cli, args...); err != nil {
			t.Fatalf("%s %v: %v\n%s", cli, args, err, out)
		}
	}
	with(terraform, "apply", "-auto-approve")
	f.write(t, "actions.tf", "action \"logto_clear_sentinel_activities\" \"jane\" {\n  config {\n    target_type = \"User\"\n    targets     = [\"jane@example.com\"]\n  }\n}\n")
	if out, err := f.try(t, "plan"); err == nil || !strings.Contains(out, `Blocks of type "action" are not expected here`) {
		t.Errorf("the guide says that OpenTofu refuses actions: %v\n%s", err, out)
	}
	f.write(t, "actions.tofu", "")
	f.run(t, "plan", "-detailed-exitcode")
	f.write(t, "main.tf", strings.Replace(read(t, filepath.Join(f.dir, "main.tf")), "logto_role.clerk.name\n", "\"changed\"\n", 1))
	f.apply(t)                                                            // so that the state is written
	if err := os.Remove(filepath.Join(f.dir, "actions.tf")); err != nil { // for a Terraform before 1.14
		t.Fatal(err)
	}
	back := regexp.MustCompile(`terraform (state replace-provider .*)\n`).FindStringSubmatch(read(t, root+filepath.FromSlash("templates/guides/opentofu.md.tmpl")))
	with(terraform, strings.Fields(back[1])...)
	with(terraform, "plan", "-detailed-exitcode")
}
