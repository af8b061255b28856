// SPDX-License-Identifier: MPL-2.0

package flex

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// Attributes have the names of the API's keys in snake_case, so nested objects
// need no translation of their own: [ExpandNested] and [FlattenNested] go by the names.

// ExpandNested fills out, a pointer to a type of the client, from an attribute with
// attributes in it. Null and unknown ones are left out; times become the API's
// milliseconds.
func ExpandNested(v attr.Value, out any, diags *diag.Diagnostics) {
	b, err := json.Marshal(plain(v))
	if err == nil {
		err = json.Unmarshal(b, out)
	}
	if err != nil {
		diags.AddError("Could not write a nested attribute", err.Error())
	}
}

// plain is v as encoding/json takes it; nil when it is null or unknown.
func plain(v attr.Value) any {
	if !IsGiven(v) {
		return nil
	}
	switch v := v.(type) {
	case customtypes.RFC3339:
		return customtypes.Milliseconds(v)
	case basetypes.StringValue:
		return v.ValueString()
	case basetypes.BoolValue:
		return v.ValueBool()
	case basetypes.Int64Value:
		return v.ValueInt64()
	case basetypes.ListValue:
		return plainElements(v.Elements())
	case basetypes.SetValue:
		elements := plainElements(v.Elements())
		slices.SortFunc(elements, func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return elements
	case basetypes.MapValue:
		object := map[string]any{}
		for key, inner := range v.Elements() {
			object[key] = plain(inner)
		}
		return object
	case basetypes.ObjectValue:
		object := map[string]any{}
		for name, inner := range v.Attributes() {
			if p := plain(inner); p != nil {
				object[camel(name)] = p
			}
		}
		return object
	}
	return nil // a test goes through all kinds
}

// distinct drops values that occur again.
func distinct(all []attr.Value) (values []attr.Value) {
	for _, v := range all {
		if !slices.ContainsFunc(values, v.Equal) {
			values = append(values, v)
		}
	}
	return values
}

func plainElements(elements []attr.Value) []any {
	out := make([]any, len(elements))
	for i, e := range elements {
		out[i] = plain(e)
	}
	return out
}

// FlattenNested is what the API answered, as a value of the attribute's type. was
// is what the attribute has. If the API stores an empty value as none, an attribute that
// was configured as empty stays empty.
func FlattenNested[V attr.Value](ctx context.Context, was V, answered any, diags *diag.Diagnostics) V {
	b, err := json.Marshal(answered)
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	var read any
	if err == nil {
		err = decoder.Decode(&read)
	}
	if err != nil {
		diags.AddError("Could not read a nested attribute", err.Error())
		return was
	}
	now, ok := ValueOf(ctx, was.Type(ctx), was, read).(V)
	if !ok {
		diags.AddError("Could not read a nested attribute", fmt.Sprintf("%s is not supported", was.Type(ctx)))
		return was
	}
	return now
}

// ValueOf is v, which was decoded from JSON, as a value of that type: null where
// v is none of its kind.
func ValueOf(ctx context.Context, kind attr.Type, was attr.Value, v any) attr.Value {
	if v == nil && isEmpty(was) {
		return was
	}
	switch kind.(type) {
	case customtypes.RFC3339Type:
		old, _ := was.(customtypes.RFC3339)
		return customtypes.TimeValue(old, whole(v))
	case customtypes.NormalizedType:
		raw, err := json.Marshal(v)
		if err != nil { // what was decoded can be encoded
			return customtypes.NewNormalizedNull()
		}
		return customtypes.JSONValue(raw)
	case basetypes.StringType:
		s, ok := v.(string)
		if !ok {
			return types.StringNull()
		}
		return types.StringValue(s)
	case basetypes.BoolType:
		b, ok := v.(bool)
		if !ok {
			return types.BoolNull()
		}
		return types.BoolValue(b)
	case basetypes.Int64Type:
		return types.Int64PointerValue(whole(v))
	}
	return collectionOf(ctx, kind, was, v)
}

// collectionOf is [ValueOf] for lists, sets, maps and objects.
func collectionOf(ctx context.Context, kind attr.Type, was attr.Value, v any) attr.Value {
	switch kind := kind.(type) {
	case basetypes.ListType:
		elements, ok := v.([]any)
		if !ok {
			return types.ListNull(kind.ElemType)
		}
		old, _ := was.(basetypes.ListValue)
		return types.ListValueMust(kind.ElemType, valuesOf(ctx, kind.ElemType, old.Elements(), elements))
	case basetypes.SetType:
		elements, ok := v.([]any)
		if !ok {
			return types.SetNull(kind.ElemType)
		}
		return types.SetValueMust(kind.ElemType, distinct(valuesOf(ctx, kind.ElemType, nil, elements)))
	case basetypes.MapType:
		object, ok := v.(map[string]any)
		if !ok {
			return types.MapNull(kind.ElemType)
		}
		elements := map[string]attr.Value{}
		for key, inner := range object {
			elements[key] = ValueOf(ctx, kind.ElemType, nil, inner)
		}
		return types.MapValueMust(kind.ElemType, elements)
	case basetypes.ObjectType:
		object, ok := v.(map[string]any)
		if !ok {
			return types.ObjectNull(kind.AttrTypes)
		}
		old, _ := was.(basetypes.ObjectValue)
		attributes := map[string]attr.Value{}
		for name, inner := range kind.AttrTypes {
			attributes[name] = ValueOf(ctx, inner, old.Attributes()[name], object[camel(name)])
		}
		return types.ObjectValueMust(kind.AttrTypes, attributes)
	}
	return nil // a test goes through all kinds
}

func valuesOf(ctx context.Context, kind attr.Type, was []attr.Value, elements []any) []attr.Value {
	out := make([]attr.Value, len(elements))
	for i, e := range elements {
		var old attr.Value
		if i < len(was) {
			old = was[i]
		}
		out[i] = ValueOf(ctx, kind, old, e)
	}
	return out
}

// whole is a number without its fraction; nil when v is no number.
func whole(v any) *int64 {
	number, ok := v.(json.Number)
	if !ok {
		return nil
	}
	f, err := number.Float64()
	if err != nil {
		return nil
	}
	n := int64(f)
	return &n
}

func isEmpty(v attr.Value) bool {
	if !IsGiven(v) {
		return false
	}
	switch v := v.(type) {
	case basetypes.StringValue:
		return v.ValueString() == ""
	case basetypes.ListValue:
		return len(v.Elements()) == 0
	case basetypes.SetValue:
		return len(v.Elements()) == 0
	case basetypes.MapValue:
		return len(v.Elements()) == 0
	}
	return false
}

// camel is the key of the API that has that Terraform name.
func camel(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words[1:] {
		first := []rune(w)
		if len(first) > 0 {
			first[0] = unicode.ToUpper(first[0])
		}
		words[i+1] = string(first)
	}
	return strings.Join(words, "")
}
