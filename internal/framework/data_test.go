// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestOwnershipWarning(t *testing.T) {
	t.Parallel()
	whole := LinkClaim{Links: "scopes of the role", Parent: "r1", All: true, Attribute: "scope_ids"}
	single := LinkClaim{Links: "scopes of the role", Parent: "r1"}
	other := LinkClaim{Links: "scopes of the role", Parent: "r2"}
	unknown := LinkClaim{Links: "scopes of the role"}
	for name, c := range map[string]struct {
		owned []LinkClaim
		warns int
	}{
		"whole then single":      {[]LinkClaim{whole, single}, 1},
		"single then whole":      {[]LinkClaim{single, whole}, 1},
		"one warning for many":   {[]LinkClaim{whole, single, single, whole}, 1},
		"singles only":           {[]LinkClaim{single, single}, 0},
		"different parents":      {[]LinkClaim{whole, other}, 0},
		"parents not known yet":  {[]LinkClaim{whole, unknown}, 0},
		"whole twice, the same":  {[]LinkClaim{whole, whole}, 0},
		"unknown parents do not": {[]LinkClaim{unknown, unknown}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			data := NewProviderData(nil)
			for _, o := range c.owned {
				typeName := "logto_role_scope"
				if o.All {
					typeName = "logto_role"
				}
				data.own(typeName, []LinkClaim{o}, &diags)
			}
			if diags.WarningsCount() != c.warns {
				t.Fatalf("%d warnings, want %d: %v", diags.WarningsCount(), c.warns, diags)
			}
			for _, d := range diags {
				if !strings.Contains(d.Detail(), "logto_role.scope_ids") || !strings.Contains(d.Detail(), "logto_role_scope") {
					t.Errorf("does not name both: %s", d.Detail())
				}
			}
		})
	}
}

// What only an import brought into the state is nobody's.
func TestOwnedByConfiguration(t *testing.T) {
	t.Parallel()
	s := schema.Schema{Attributes: map[string]schema.Attribute{"role_ids": schema.SetAttribute{ElementType: types.StringType, Optional: true}}}
	kind := s.Type().TerraformType(t.Context())
	for _, c := range []struct {
		value any
		want  int
	}{{nil, 1}, {[]tftypes.Value{}, 2}, {tftypes.UnknownValue, 2}} {
		config := tfsdk.Config{Schema: s, Raw: tftypes.NewValue(kind, map[string]tftypes.Value{
			"role_ids": tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, c.value)})}
		var diags diag.Diagnostics
		owned := ownedBy(t.Context(), config, []LinkClaim{{Parent: "a", All: true, Attribute: "role_ids"}, {Parent: "a"}}, &diags)
		if len(owned) != c.want || diags.HasError() {
			t.Errorf("%v: %v, %v", c.value, owned, diags)
		}
	}
}

func TestWeight(t *testing.T) {
	t.Parallel()
	text := tftypes.NewValue(tftypes.String, "0123456789")
	object := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String, "b": tftypes.Bool, "c": tftypes.List{ElementType: tftypes.String}}}, map[string]tftypes.Value{
		"a": text, "b": tftypes.NewValue(tftypes.Bool, nil), "c": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{text, text})})
	if got, want := weight(object), 5*800+200+3*4*10; got != want {
		t.Errorf("%d, want %d", got, want)
	}
}
