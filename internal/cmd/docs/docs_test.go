// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// stub is a provider server that knows its schemas and nothing else.
type stub struct {
	tfprotov6.ProviderServer
	schemas    *tfprotov6.GetProviderSchemaResponse
	identities *tfprotov6.GetResourceIdentitySchemasResponse
}

func (s stub) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schemas, nil
}

func (s stub) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return s.identities, nil
}

func thing(attributes ...*tfprotov6.SchemaAttribute) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: attributes}}
}

// The JSON that this test wants is what Terraform 1.16 prints for such a provider, which leaves the version of an action
// out.
func TestDescribe(t *testing.T) {
	t.Parallel()
	resource := thing(
		&tfprotov6.SchemaAttribute{Name: "name", Type: tftypes.String, Required: true, Description: "*Name*.", DescriptionKind: tfprotov6.StringKindMarkdown},
		&tfprotov6.SchemaAttribute{Name: "ids", Type: tftypes.Set{ElementType: tftypes.String}, Optional: true, Computed: true, Deprecated: true},
		&tfprotov6.SchemaAttribute{Name: "password", Type: tftypes.String, Optional: true, Sensitive: true, WriteOnly: true},
		&tfprotov6.SchemaAttribute{Name: "scopes", Optional: true, NestedType: &tfprotov6.SchemaObject{
			Nesting:    tfprotov6.SchemaObjectNestingModeMap,
			Attributes: []*tfprotov6.SchemaAttribute{{Name: "id", Type: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.Number}}, Computed: true}},
		}},
	)
	resource.Version = 2
	resource.Block.BlockTypes = []*tfprotov6.SchemaNestedBlock{{
		TypeName: "wait", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: 1,
		Block: &tfprotov6.SchemaBlock{Description: "How long."},
	}}

	described, err := describe(t.Context(), stub{
		schemas: &tfprotov6.GetProviderSchemaResponse{
			Provider:                 thing(&tfprotov6.SchemaAttribute{Name: "endpoint", Type: tftypes.String, Optional: true}),
			ResourceSchemas:          map[string]*tfprotov6.Schema{"x_thing": resource},
			DataSourceSchemas:        map[string]*tfprotov6.Schema{"x_things": thing()},
			EphemeralResourceSchemas: map[string]*tfprotov6.Schema{"x_token": thing()},
			ListResourceSchemas:      map[string]*tfprotov6.Schema{"x_thing": thing()},
			ActionSchemas:            map[string]*tfprotov6.ActionSchema{"x_rotate": {Schema: thing()}},
			Functions: map[string]*tfprotov6.Function{"f": {
				Summary:           "Does f.",
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "a", Type: tftypes.Bool, AllowNullValue: true}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "more", Type: tftypes.String},
				Return:            &tfprotov6.FunctionReturn{Type: tftypes.String},
			}},
		},
		identities: &tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{
			"x_thing": {Version: 1, IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{Name: "id", Type: tftypes.String, RequiredForImport: true, Description: "ID."}}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := encode("x", described)
	if err != nil {
		t.Fatal(err)
	}
	const empty = `{"version": 0, "block": {"description_kind": "plain"}}`
	const want = `{"format_version": "1.0", "provider_schemas": {"x": {
		"provider": {"version": 0, "block": {"attributes": {"endpoint": {"type": "string", "description_kind": "plain", "optional": true}}, "description_kind": "plain"}},
		"resource_schemas": {"x_thing": {"version": 2, "block": {
			"attributes": {
				"name": {"type": "string", "description": "*Name*.", "description_kind": "markdown", "required": true},
				"ids": {"type": ["set", "string"], "description_kind": "plain", "deprecated": true, "optional": true, "computed": true},
				"password": {"type": "string", "description_kind": "plain", "optional": true, "sensitive": true, "write_only": true},
				"scopes": {"description_kind": "plain", "optional": true, "nested_type": {"nesting_mode": "map", "attributes": {
					"id": {"type": ["object", {"a": "number"}], "description_kind": "plain", "computed": true}}}}
			},
			"block_types": {"wait": {"nesting_mode": "list", "max_items": 1, "block": {"description": "How long.", "description_kind": "plain"}}},
			"description_kind": "plain"}}},
		"data_source_schemas": {"x_things": ` + empty + `},
		"ephemeral_resource_schemas": {"x_token": ` + empty + `},
		"list_resource_schemas": {"x_thing": ` + empty + `},
		"action_schemas": {"x_rotate": ` + empty + `},
		"functions": {"f": {"summary": "Does f.", "return_type": "string",
			"parameters": [{"name": "a", "is_nullable": true, "type": "bool"}], "variadic_parameter": {"name": "more", "type": "string"}}},
		"resource_identity_schemas": {"x_thing": {"version": 1, "attributes": {"id": {"type": "string", "description": "ID.", "required_for_import": true}}}}
	}}}`
	if diff := cmp.Diff(decode(t, want), decode(t, string(encoded))); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
}

func decode(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDescribeFailsWithTheProvidersErrors(t *testing.T) {
	t.Parallel()
	_, err := describe(t.Context(), stub{
		schemas: &tfprotov6.GetProviderSchemaResponse{Diagnostics: []*tfprotov6.Diagnostic{
			{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Duplicate type", Detail: "logto_role stands twice."}}},
		identities: &tfprotov6.GetResourceIdentitySchemasResponse{},
	})
	if err == nil || !strings.Contains(err.Error(), "logto_role stands twice.") {
		t.Errorf("got error %v", err)
	}
}

// Everything that the provider offers has words for its page and a place in the menu.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	p, err := describe(t.Context(), providerserver.NewProtocol6(provider.New("test")())())
	if err != nil {
		t.Fatal(err)
	}
	checkBlock(t, "provider", p.Provider.Block)
	for kind, schemas := range map[string]map[string]schemaJSON{
		"resource": p.Resources, "data": p.DataSources, "ephemeral": p.EphemeralResources, "list": p.ListResources, "action": p.Actions,
	} {
		for name, s := range schemas {
			checkBlock(t, kind+" "+name, s.Block)
			if _, err := topicOf(strings.TrimPrefix(name, "logto_")); err != nil {
				t.Error(err)
			}
		}
	}
	for name, identity := range p.Identities {
		for attribute, a := range identity.Attributes {
			if a.Description == "" {
				t.Errorf("the identity of %s: %s has no description", name, attribute)
			}
		}
	}
}

// README names every resource and action, and the configuration of every type has an object of each resource.
func TestEverythingIsListed(t *testing.T) {
	t.Parallel()
	p, err := describe(t.Context(), providerserver.NewProtocol6(provider.New("test")())())
	if err != nil {
		t.Fatal(err)
	}
	readme, everyType := read(t, root+"README.md"), read(t, root+filepath.FromSlash("internal/export/testdata/every-type/main.tf"))
	for name := range p.Actions {
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("README.md does not name the action %s", name)
		}
	}
	// An export writes the set of links or scopes instead, and cannot read the files of sign-in pages.
	notExported := []string{"logto_api_resource_scope", "logto_application_redirect_uri", "logto_application_role", "logto_custom_ui_assets",
		"logto_organization_role_scope", "logto_role_scope", "logto_user_role"}
	for name := range p.Resources {
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the table of README.md does not name the resource %s", name)
		}
		if !strings.Contains(everyType, "resource \""+name+"\"") && !slices.Contains(notExported, name) {
			t.Errorf("internal/export/testdata/every-type/main.tf has no %s: add one, so that its export, import and list are tested", name)
		}
	}
}

func checkBlock(t *testing.T, where string, b blockJSON) {
	t.Helper()
	if b.Description == "" {
		t.Errorf("%s has no description", where)
	}
	checkAttributes(t, where, b.Attributes)
	for name, n := range b.Blocks {
		checkBlock(t, where+"."+name, *n.Block)
	}
}

func checkAttributes(t *testing.T, where string, attributes map[string]attributeJSON) {
	t.Helper()
	for name, a := range attributes {
		if a.Description == "" {
			t.Errorf("%s.%s has no description", where, name)
		}
		if a.NestedType != nil {
			checkAttributes(t, where+"."+name, a.NestedType.Attributes)
		}
	}
}

func TestCompareNamesEveryDifference(t *testing.T) {
	t.Parallel()
	have, want := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{
		filepath.Join(have, "same.md"): "a", filepath.Join(want, "same.md"): "a",
		filepath.Join(have, "stale.md"): "old", filepath.Join(want, "stale.md"): "new",
		filepath.Join(have, "gone.md"): "a", filepath.Join(want, "new.md"): "a",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := compare(have, want)
	if err == nil {
		t.Fatal("no error")
	}
	for _, line := range []string{"stale.md is out of date", "gone.md belongs to no", "new.md is missing"} {
		if !strings.Contains(err.Error(), line) {
			t.Errorf("%q does not say %q", err, line)
		}
	}
	if strings.Contains(err.Error(), "same.md") {
		t.Errorf("%q names a page that is up to date", err)
	}
	if err := compare(want, want); err != nil {
		t.Error(err)
	}
}
