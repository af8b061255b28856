// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

var update = flag.Bool("update", false, "write the schema snapshot anew")

// TestSchemaSnapshot fails when what users write and read changes, so that a
// breaking change is never made by accident. A wanted change is taken over with
// go test ./internal/provider -run TestSchemaSnapshot -update.
func TestSchemaSnapshot(t *testing.T) {
	t.Parallel()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	lines := attributeLines("provider", s.Provider.Block.Attributes)
	for name, r := range s.ResourceSchemas {
		lines = append(lines, attributeLines("resource "+name, r.Block.Attributes)...)
	}
	for name, d := range s.DataSourceSchemas {
		lines = append(lines, attributeLines("data "+name, d.Block.Attributes)...)
	}
	for name, e := range s.EphemeralResourceSchemas {
		lines = append(lines, attributeLines("ephemeral "+name, e.Block.Attributes)...)
	}
	for name, l := range s.ListResourceSchemas {
		lines = append(lines, "list "+name)
		lines = append(lines, attributeLines("list "+name, l.Block.Attributes)...)
	}
	for name, a := range s.ActionSchemas {
		lines = append(lines, "action "+name)
		lines = append(lines, attributeLines("action "+name, a.Schema.Block.Attributes)...)
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	file := filepath.Join("testdata", "schema.txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the schema is not that of the snapshot (-snapshot +now):\n%s", diff)
	}
}

func attributeLines(of string, attributes []*tfprotov6.SchemaAttribute) []string {
	var lines []string
	for _, a := range attributes {
		var is []string
		for word, holds := range map[string]bool{"required": a.Required, "optional": a.Optional, "computed": a.Computed,
			"sensitive": a.Sensitive, "write-only": a.WriteOnly, "deprecated": a.Deprecated} {
			if holds {
				is = append(is, word)
			}
		}
		slices.Sort(is)
		kind := ""
		if a.NestedType != nil {
			kind = strings.ToLower(a.NestedType.Nesting.String())
			lines = append(lines, attributeLines(of+"."+a.Name, a.NestedType.Attributes)...)
		} else {
			kind = strings.ToLower(strings.ReplaceAll(a.Type.String(), "tftypes.", ""))
		}
		lines = append(lines, fmt.Sprintf("%s.%s: %s, %s", of, a.Name, kind, strings.Join(is, ", ")))
	}
	return lines
}

// Every secret that a configuration gives can be given without it getting into
// the state.
func TestEverySecretHasAWriteOnlyTwin(t *testing.T) {
	t.Parallel()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range s.ResourceSchemas {
		writeOnly := map[string]bool{}
		for _, a := range r.Block.Attributes {
			writeOnly[a.Name] = a.WriteOnly
		}
		for _, a := range r.Block.Attributes {
			if a.Sensitive && (a.Optional || a.Required) && !a.WriteOnly && !writeOnly[a.Name+"_wo"] {
				t.Errorf("%s.%s is a secret without a write-only twin %s_wo", name, a.Name, a.Name)
			}
		}
	}
}
