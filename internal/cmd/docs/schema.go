// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The types below are the JSON of "terraform providers schema -json", as far as a page of documentation needs it.
type (
	schemasJSON struct {
		FormatVersion string                  `json:"format_version"`
		Providers     map[string]providerJSON `json:"provider_schemas"`
	}

	providerJSON struct {
		Provider           schemaJSON              `json:"provider"`
		Resources          map[string]schemaJSON   `json:"resource_schemas,omitempty"`
		DataSources        map[string]schemaJSON   `json:"data_source_schemas,omitempty"`
		EphemeralResources map[string]schemaJSON   `json:"ephemeral_resource_schemas,omitempty"`
		ListResources      map[string]schemaJSON   `json:"list_resource_schemas,omitempty"`
		Actions            map[string]schemaJSON   `json:"action_schemas,omitempty"`
		Functions          map[string]functionJSON `json:"functions,omitempty"`
		Identities         map[string]identityJSON `json:"resource_identity_schemas,omitempty"`
	}

	schemaJSON struct {
		Version int64     `json:"version"`
		Block   blockJSON `json:"block"`
	}

	blockJSON struct {
		Attributes      map[string]attributeJSON `json:"attributes,omitempty"`
		Blocks          map[string]nestedJSON    `json:"block_types,omitempty"`
		Description     string                   `json:"description,omitempty"`
		DescriptionKind string                   `json:"description_kind"`
		Deprecated      bool                     `json:"deprecated,omitempty"`
	}

	// nestedJSON is a nested block (with Block) or the type of a nested attribute (with Attributes).
	nestedJSON struct {
		Nesting    string                   `json:"nesting_mode"`
		Block      *blockJSON               `json:"block,omitempty"`
		Attributes map[string]attributeJSON `json:"attributes,omitempty"`
		MinItems   int64                    `json:"min_items,omitempty"`
		MaxItems   int64                    `json:"max_items,omitempty"`
	}

	attributeJSON struct {
		Type            tftypes.Type `json:"type,omitempty"`
		NestedType      *nestedJSON  `json:"nested_type,omitempty"`
		Description     string       `json:"description,omitempty"`
		DescriptionKind string       `json:"description_kind"`
		Deprecated      bool         `json:"deprecated,omitempty"`
		Required        bool         `json:"required,omitempty"`
		Optional        bool         `json:"optional,omitempty"`
		Computed        bool         `json:"computed,omitempty"`
		Sensitive       bool         `json:"sensitive,omitempty"`
		WriteOnly       bool         `json:"write_only,omitempty"`
	}

	identityJSON struct {
		Version    int64                            `json:"version"`
		Attributes map[string]identityAttributeJSON `json:"attributes"`
	}

	identityAttributeJSON struct {
		Type              tftypes.Type `json:"type"`
		Description       string       `json:"description,omitempty"`
		RequiredForImport bool         `json:"required_for_import,omitempty"`
		OptionalForImport bool         `json:"optional_for_import,omitempty"`
	}

	functionJSON struct {
		Description        string          `json:"description,omitempty"`
		Summary            string          `json:"summary,omitempty"`
		DeprecationMessage string          `json:"deprecation_message,omitempty"`
		ReturnType         tftypes.Type    `json:"return_type"`
		Parameters         []parameterJSON `json:"parameters,omitempty"`
		VariadicParameter  *parameterJSON  `json:"variadic_parameter,omitempty"`
	}

	parameterJSON struct {
		Name        string       `json:"name,omitempty"`
		Description string       `json:"description,omitempty"`
		IsNullable  bool         `json:"is_nullable,omitempty"`
		Type        tftypes.Type `json:"type"`
	}
)

// describe asks the provider for everything it offers. Terraform prints the kinds of types that its own version knows;
// this names them all, whichever Terraform is installed, or none.
func describe(ctx context.Context, server tfprotov6.ProviderServer) (providerJSON, error) {
	all, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return providerJSON{}, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return providerJSON{}, err
	}
	var failed error
	for _, d := range append(all.Diagnostics, identities.Diagnostics...) {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			failed = errors.Join(failed, fmt.Errorf("%s: %s", d.Summary, d.Detail))
		}
	}
	return providerJSON{
		Provider:           newSchema(all.Provider),
		Resources:          mapValues(all.ResourceSchemas, newSchema),
		DataSources:        mapValues(all.DataSourceSchemas, newSchema),
		EphemeralResources: mapValues(all.EphemeralResourceSchemas, newSchema),
		ListResources:      mapValues(all.ListResourceSchemas, newSchema),
		Actions:            mapValues(all.ActionSchemas, func(a *tfprotov6.ActionSchema) schemaJSON { return newSchema(a.Schema) }),
		Functions:          mapValues(all.Functions, newFunction),
		Identities:         mapValues(identities.IdentitySchemas, newIdentity),
	}, failed
}

// encode writes the schemas of one provider the way "terraform providers schema -json" does.
func encode(name string, provider providerJSON) ([]byte, error) {
	return json.Marshal(schemasJSON{FormatVersion: "1.0", Providers: map[string]providerJSON{name: provider}})
}

func newSchema(s *tfprotov6.Schema) schemaJSON {
	if s == nil {
		return schemaJSON{Block: blockJSON{DescriptionKind: kindOf(tfprotov6.StringKindPlain)}}
	}
	return schemaJSON{Version: s.Version, Block: newBlock(s.Block)}
}

func newBlock(b *tfprotov6.SchemaBlock) blockJSON {
	blocks := map[string]nestedJSON{}
	for _, n := range b.BlockTypes {
		block := newBlock(n.Block)
		blocks[n.TypeName] = nestedJSON{Nesting: blockNesting[n.Nesting], Block: &block, MinItems: n.MinItems, MaxItems: n.MaxItems}
	}
	return blockJSON{
		Attributes:      newAttributes(b.Attributes),
		Blocks:          blocks,
		Description:     b.Description,
		DescriptionKind: kindOf(b.DescriptionKind),
		Deprecated:      b.Deprecated,
	}
}

func newAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]attributeJSON {
	out := make(map[string]attributeJSON, len(attributes))
	for _, a := range attributes {
		attribute := attributeJSON{
			Type:            a.Type,
			Description:     a.Description,
			DescriptionKind: kindOf(a.DescriptionKind),
			Deprecated:      a.Deprecated,
			Required:        a.Required,
			Optional:        a.Optional,
			Computed:        a.Computed,
			Sensitive:       a.Sensitive,
			WriteOnly:       a.WriteOnly,
		}
		if a.NestedType != nil {
			attribute.NestedType = &nestedJSON{
				Nesting:    objectNesting[a.NestedType.Nesting],
				Attributes: newAttributes(a.NestedType.Attributes),
			}
		}
		out[a.Name] = attribute
	}
	return out
}

func newIdentity(s *tfprotov6.ResourceIdentitySchema) identityJSON {
	out := identityJSON{Version: s.Version, Attributes: map[string]identityAttributeJSON{}}
	for _, a := range s.IdentityAttributes {
		out.Attributes[a.Name] = identityAttributeJSON{
			Type:              a.Type,
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}
	}
	return out
}

func newFunction(f *tfprotov6.Function) functionJSON {
	out := functionJSON{
		Description:        f.Description,
		Summary:            f.Summary,
		DeprecationMessage: f.DeprecationMessage,
		ReturnType:         f.Return.Type,
	}
	for _, p := range f.Parameters {
		out.Parameters = append(out.Parameters, newParameter(p))
	}
	if f.VariadicParameter != nil {
		variadic := newParameter(f.VariadicParameter)
		out.VariadicParameter = &variadic
	}
	return out
}

func newParameter(p *tfprotov6.FunctionParameter) parameterJSON {
	return parameterJSON{Name: p.Name, Description: p.Description, IsNullable: p.AllowNullValue, Type: p.Type}
}

func kindOf(kind tfprotov6.StringKind) string {
	if kind == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}

var blockNesting = map[tfprotov6.SchemaNestedBlockNestingMode]string{
	tfprotov6.SchemaNestedBlockNestingModeSingle: "single",
	tfprotov6.SchemaNestedBlockNestingModeList:   "list",
	tfprotov6.SchemaNestedBlockNestingModeSet:    "set",
	tfprotov6.SchemaNestedBlockNestingModeMap:    "map",
	tfprotov6.SchemaNestedBlockNestingModeGroup:  "group",
}

var objectNesting = map[tfprotov6.SchemaObjectNestingMode]string{
	tfprotov6.SchemaObjectNestingModeSingle: "single",
	tfprotov6.SchemaObjectNestingModeList:   "list",
	tfprotov6.SchemaObjectNestingModeSet:    "set",
	tfprotov6.SchemaObjectNestingModeMap:    "map",
}

func mapValues[K comparable, V, W any](in map[K]V, convert func(V) W) map[K]W {
	out := make(map[K]W, len(in))
	for k, v := range in {
		out[k] = convert(v)
	}
	return out
}
