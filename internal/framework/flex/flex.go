// SPDX-License-Identifier: MPL-2.0

package flex

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringPointer is s as the API takes it: nil when it is null or unknown.
func StringPointer(s types.String) *string {
	if !IsGiven(s) {
		return nil
	}
	return s.ValueStringPointer()
}

// NonEmptyPointer is [StringPointer] for a text that the API stores as none when it is "".
func NonEmptyPointer(s types.String) *string {
	if s.ValueString() == "" {
		return nil
	}
	return StringPointer(s)
}

// NonEmptyValue is what the API answered for such a text: whichever of ""
// and nothing the configuration has stays. The Console stores "" where it clears a text.
func NonEmptyValue(was types.String, answered *string) types.String {
	switch {
	case answered != nil && *answered != "":
		return types.StringPointerValue(answered)
	case was.Equal(types.StringValue("")):
		return was
	}
	return types.StringNull()
}

// IsGiven reports whether an attribute is set to something that is known. Checks of
// what may not be there ask it, because a variable is unknown before the plan even
// where its value is null.
func IsGiven(v attr.Value) bool { return v != nil && !v.IsNull() && !v.IsUnknown() }

// BoolPointer is b as the API takes it: nil when it is null or unknown.
func BoolPointer(b types.Bool) *bool {
	if !IsGiven(b) {
		return nil
	}
	return b.ValueBoolPointer()
}

// Int64Pointer is n as the API takes it: nil when it is null or unknown.
func Int64Pointer(n types.Int64) *int64 {
	if !IsGiven(n) {
		return nil
	}
	return n.ValueInt64Pointer()
}

// StringSlice are the elements of a set or list of strings; nil when it is null or
// unknown, never nil otherwise.
func StringSlice(ctx context.Context, v interface {
	attr.Value
	ElementsAs(context.Context, any, bool) diag.Diagnostics
}) ([]string, diag.Diagnostics) {
	if !IsGiven(v) {
		return nil, nil
	}
	out := []string{}
	diags := v.ElementsAs(ctx, &out, false)
	return out, diags
}

// StringSet is a set of strings, empty for nil.
func StringSet(elements []string) types.Set {
	return types.SetValueMust(types.StringType, stringValues(elements))
}

// StringList is a list of strings, empty for nil.
func StringList(elements []string) types.List {
	return types.ListValueMust(types.StringType, stringValues(elements))
}

func stringValues(elements []string) []attr.Value {
	values := make([]attr.Value, len(elements))
	for i, e := range elements {
		values[i] = types.StringValue(e)
	}
	return values
}

// EmptySet and EmptyList have no elements; NullSet is null.
var (
	EmptySet  = StringSet(nil)
	EmptyList = StringList(nil)
	NullSet   = types.SetNull(types.StringType)
)

// Elements are the known elements of a set of strings, for [framework.LinkClaim].
func Elements(set types.Set) (ids []string) {
	for _, e := range set.Elements() {
		if s, ok := e.(types.String); ok && IsGiven(s) {
			ids = append(ids, s.ValueString())
		}
	}
	return ids
}

// LinksValue is a link set that a list of the parents returned: as after an import, null
// stands for no links.
func LinksValue(children []string) types.Set {
	if len(children) == 0 {
		return NullSet
	}
	return StringSet(children)
}
