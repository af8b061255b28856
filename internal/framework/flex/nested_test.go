// SPDX-License-Identifier: MPL-2.0

package flex

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

type nestedThing struct {
	LogoURL   string            `json:"logoUrl,omitempty"`
	IsOn      *bool             `json:"isOn,omitempty"`
	MaxLength *float64          `json:"maxLength,omitempty"`
	Words     []string          `json:"words,omitzero"`
	Factors   []string          `json:"factors,omitzero"`
	Content   map[string]string `json:"content,omitempty"`
	CreatedAt *int64            `json:"createdAt,omitempty"`
	Inner     *nestedThing      `json:"inner,omitempty"`
	Parts     []nestedThing     `json:"parts,omitzero"`
}

var (
	innerKind = map[string]attr.Type{"max_length": types.Int64Type, "logo_url": types.StringType}
	thingKind = map[string]attr.Type{
		"logo_url": types.StringType, "is_on": types.BoolType, "max_length": types.Int64Type,
		"words": types.ListType{ElemType: types.StringType}, "factors": types.SetType{ElemType: types.StringType},
		"content": types.MapType{ElemType: types.StringType}, "created_at": customtypes.RFC3339Type{},
		"inner": types.ObjectType{AttrTypes: innerKind},
		"parts": types.ListType{ElemType: types.ObjectType{AttrTypes: innerKind}},
	}
)

// thing is an object of thingKind with those attributes and null ones.
func thing(with map[string]attr.Value) types.Object {
	values := map[string]attr.Value{}
	for name, kind := range thingKind {
		values[name] = ValueOf(context.Background(), kind, nil, nil)
		if v, ok := with[name]; ok {
			values[name] = v
		}
	}
	return types.ObjectValueMust(thingKind, values)
}

func inner(length int64, logo types.String) types.Object {
	return types.ObjectValueMust(innerKind, map[string]attr.Value{"max_length": types.Int64Value(length), "logo_url": logo})
}

func TestNested(t *testing.T) {
	t.Parallel()
	on, length, at := true, 3.0, int64(1767225600000)
	strings := func(s ...string) []attr.Value { return stringValues(s) }
	full := thing(map[string]attr.Value{
		"logo_url": types.StringValue("https://x"), "is_on": types.BoolValue(true), "max_length": types.Int64Value(3),
		"words": StringList([]string{"b", "a"}), "factors": types.SetValueMust(types.StringType, strings("b", "a")),
		"content":    types.MapValueMust(types.StringType, map[string]attr.Value{"/snake_case": types.StringValue("x")}),
		"created_at": customtypes.RFC3339{StringValue: types.StringValue("2026-01-01T01:00:00+01:00")},
		"inner":      inner(3, types.StringNull()),
		"parts":      types.ListValueMust(types.ObjectType{AttrTypes: innerKind}, []attr.Value{inner(3, types.StringValue("https://y"))}),
	})
	api := nestedThing{
		LogoURL: "https://x", IsOn: &on, MaxLength: &length, Words: []string{"b", "a"}, Factors: []string{"a", "b"},
		Content: map[string]string{"/snake_case": "x"}, CreatedAt: &at, Inner: &nestedThing{MaxLength: &length},
		Parts: []nestedThing{{MaxLength: &length, LogoURL: "https://y"}},
	}
	var diags diag.Diagnostics
	var got nestedThing
	ExpandNested(full, &got, &diags)
	if diff := cmp.Diff(api, got); diff != "" || diags.HasError() {
		t.Errorf("written (-want +got): %s %v", diff, diags)
	}
	if back := FlattenNested(t.Context(), full, api, &diags); !back.Equal(full) || diags.HasError() {
		t.Errorf("read %s, want %s %v", back, full, diags)
	}
}

func TestNestedNothing(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	var got nestedThing
	ExpandNested(thing(map[string]attr.Value{"logo_url": types.StringUnknown(), "words": types.ListUnknown(types.StringType)}), &got, &diags)
	if diff := cmp.Diff(nestedThing{}, got); diff != "" {
		t.Errorf("unknown and null attributes are written: %s", diff)
	}
	var whole *nestedThing
	ExpandNested(types.ObjectUnknown(thingKind), &whole, &diags)
	if whole != nil {
		t.Errorf("an unknown object is written: %v", whole)
	}
	// What is configured as empty, and dropped by the API, stays as it is.
	empty := map[string]attr.Value{"logo_url": types.StringValue(""), "words": EmptyList, "factors": EmptySet,
		"content": types.MapValueMust(types.StringType, map[string]attr.Value{})}
	if back := FlattenNested(t.Context(), thing(empty), nestedThing{}, &diags); !back.Equal(thing(empty)) {
		t.Errorf("read %s", back)
	}
	if back := FlattenNested(t.Context(), thing(nil), nestedThing{}, &diags); !back.Equal(thing(nil)) {
		t.Errorf("read %s", back)
	}
	if back := FlattenNested(t.Context(), thing(nil), nil, &diags); !back.IsNull() {
		t.Errorf("read %s of nothing", back)
	}
	// A newer server may answer what this provider does not expect.
	odd := map[string]any{"logoUrl": 1, "isOn": "x", "maxLength": 1.5, "words": map[string]any{}, "factors": []any{"a", "a"}, "new": true}
	want := thing(map[string]attr.Value{"max_length": types.Int64Value(1), "factors": StringSet([]string{"a"})})
	if back := FlattenNested(t.Context(), thing(nil), odd, &diags); !back.Equal(want) || diags.HasError() {
		t.Errorf("read %s %v", back, diags)
	}
}

// JSON of any kind is shown as text.
func TestNestedJSON(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	was := types.MapNull(customtypes.NormalizedType{})
	answered := map[string]any{"object": map[string]any{"b": 1.5, "a": "x"}, "text": "x", "none": nil}
	want := types.MapValueMust(customtypes.NormalizedType{}, map[string]attr.Value{
		"object": customtypes.NewNormalizedValue(`{"a":"x","b":1.5}`), "text": customtypes.NewNormalizedValue(`"x"`), "none": customtypes.NewNormalizedNull()})
	if got := FlattenNested(t.Context(), was, answered, &diags); !got.Equal(want) || diags.HasError() {
		t.Errorf("read %s, want %s %v", got, want, diags)
	}
}
