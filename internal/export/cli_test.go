// SPDX-License-Identifier: MPL-2.0

package export_test

import (
	"os"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

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

// From what is exported the CLI writes a configuration that changes nothing.
func TestAccExportedIsWhatThereIs(t *testing.T) {
	target := acctest.StartMemory(t)
	s, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	tenant, err := s.Workspace(t.Context(), target.Server, os.DirFS("../../examples/tenant"))
	if err != nil {
		t.Fatal(err)
	}
	if err := tenant.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	imports, messages, code := run(t, target)
	if code != 0 {
		t.Fatal(messages)
	}
	w, err := s.Workspace(t.Context(), target.Server, fstest.MapFS{"main.tf": {Data: []byte(provider)}, "imports.tf": {Data: []byte(imports)}})
	if err != nil {
		t.Fatal(err)
	}
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
	if _, err := w.Plan(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, w.Printed())
	}
	plan, err := w.Planned(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, c := range plan.ResourceChanges {
		kinds[c.Type] = true
		if !slices.Equal(c.Change.Actions, tfjson.Actions{tfjson.ActionNoop}) || c.Change.Importing == nil {
			t.Errorf("%s: %v", c.Address, c.Change.Actions)
		}
	}
	if len(kinds) < 15 {
		t.Errorf("objects of %d types only: %v", len(kinds), kinds)
	}
	if err := w.ApplyPlanned(t.Context()); err != nil {
		t.Fatal(err)
	}
	if changes, err := w.Plan(t.Context()); changes || err != nil {
		t.Errorf("changes after the import: %v\n%s", err, w.Printed())
	}
}
