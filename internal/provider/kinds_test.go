// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
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
