// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestAttributePath(t *testing.T) {
	t.Parallel()
	attributes := map[string]schema.Attribute{
		"name":           schema.StringAttribute{},
		"redirect_uris":  schema.ListAttribute{ElementType: types.StringType},
		"scope_ids":      schema.SetAttribute{ElementType: types.StringType},
		"id_token_ttl":   schema.Int64Attribute{},
		"custom_data":    schema.StringAttribute{},
		"page_rules":     schema.ListAttribute{ElementType: types.StringType},
		"protected_app":  schema.SingleNestedAttribute{Attributes: map[string]schema.Attribute{"origin": schema.StringAttribute{}}},
		"primary_email":  schema.StringAttribute{},
		"logto_configs":  schema.SingleNestedAttribute{},
		"email_domains":  schema.SetAttribute{ElementType: types.StringType},
		"custom_content": schema.MapAttribute{ElementType: types.StringType},
	}
	for want, keys := range map[string][]any{
		"name":             {"name"},
		"redirect_uris[2]": {"oidcClientMetadata", "redirectUris", float64(2)},
		"redirect_uris":    {"oidcClientMetadata", "redirectUris"},
		"id_token_ttl":     {"customClientMetadata", "idTokenTtl"},
		"scope_ids":        {"scopeIds", float64(0)},
		"protected_app":    {"protectedAppMetadata", "protectedApp", "origin"},
		"":                 {"unknown", "thing"},
	} {
		got, ok := attributePath(keys, attributes)
		if ok != (want != "") || got.String() != want {
			t.Errorf("%v: %q, want %q", keys, got, want)
		}
	}
}
