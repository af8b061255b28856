// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// byHand is what the descriptions of attributes must not say, because it is made
// from their schemas.
var byHand = regexp.MustCompile("Defaults? (none|is|what)|Default `|[Nn]ot managed|[Rr]oles that are not listed|Default no ")

// Every attribute says what it means to leave it out: it is of one of the kinds.
func TestEveryAttributeHasAKind(t *testing.T) {
	t.Parallel()
	for _, made := range provider.New("test")().Resources(t.Context()) {
		var meta resource.MetadataResponse
		var s resource.SchemaResponse
		r := made()
		r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "logto"}, &meta)
		r.Schema(t.Context(), resource.SchemaRequest{}, &s)
		everyAttribute(meta.TypeName, s.Schema.Attributes, func(name string, a schema.Attribute) {
			if planmodifiers.KindOf(a) == "" {
				t.Errorf("%s is optional and computed, and has neither a default nor a modifier of the framework that says what it is when it is left out", name)
			}
			if words := byHand.FindString(a.GetMarkdownDescription()); words != "" {
				t.Errorf("the description of %s says %q by hand", name, words)
			}
		})
	}
}

func everyAttribute(under string, attributes map[string]schema.Attribute, visit func(name string, a schema.Attribute)) {
	for name, a := range attributes {
		visit(under+"."+name, a)
		switch a := a.(type) {
		case schema.SingleNestedAttribute:
			everyAttribute(under+"."+name, a.Attributes, visit)
		case schema.ListNestedAttribute:
			everyAttribute(under+"."+name, a.NestedObject.Attributes, visit)
		case schema.SetNestedAttribute:
			everyAttribute(under+"."+name, a.NestedObject.Attributes, visit)
		case schema.MapNestedAttribute:
			everyAttribute(under+"."+name, a.NestedObject.Attributes, visit)
		}
	}
}

// foreignIDs are attributes whose names end like those of references, and which are IDs of
// what Logto has no object of, or that people choose.
var foreignIDs = []string{
	"logto_connector.connector_id", "logto_sso_connector.oidc.client_id", "logto_sso_connector.saml.entity_id",
	"logto_sso_connector_config.oidc.client_id", "logto_sso_connector_config.saml.entity_id", "logto_saml_application.entity_id",
	"logto_user_identity.provider_user_id", "logto_captcha_provider.project_id",
}

// Every attribute that has the ID of another object says of which type, and the types and
// attributes that it names are there. The documentation and the export rely on it.
func TestEveryReferenceIsDeclared(t *testing.T) {
	t.Parallel()
	types := map[string]map[string]schema.Attribute{}
	for _, made := range provider.New("test")().Resources(t.Context()) {
		var meta resource.MetadataResponse
		var s resource.SchemaResponse
		r := made()
		r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "logto"}, &meta)
		r.Schema(t.Context(), resource.SchemaRequest{}, &s)
		types[meta.TypeName] = s.Schema.Attributes
	}
	for typeName, attributes := range types {
		everyAttribute(typeName, attributes, func(name string, a schema.Attribute) {
			targets := validators.ReferencesOf(a)
			isID := strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_ids")
			if isID && (a.IsOptional() || a.IsRequired()) && len(targets) == 0 && !slices.Contains(foreignIDs, name) {
				t.Errorf("%s does not say to which type it refers: use schemas.ReferenceAttribute or validators.RefersTo", name)
			}
			for _, target := range targets {
				named := types[target.TypeName()]
				if target.Map != "" {
					if m, ok := named[target.Map].(schema.MapNestedAttribute); ok {
						named = m.NestedObject.Attributes
					}
				}
				if _, ok := named[target.Attribute]; !ok {
					t.Errorf("%s refers to %s, which is not there", name, target.Example())
				}
				if !strings.Contains(a.GetMarkdownDescription(), target.Example()) {
					t.Errorf("the description of %s does not name %s", name, target.Example())
				}
			}
		})
	}
}
