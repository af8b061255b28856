// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Text is s as the API takes it: nil when it is null or unknown.
func Text(s types.String) *string {
	if !IsGiven(s) {
		return nil
	}
	return s.ValueStringPointer()
}

// TextOrNothing is [Text] for a text of which the API makes nothing when it is "".
func TextOrNothing(s types.String) *string {
	if s.ValueString() == "" {
		return nil
	}
	return Text(s)
}

// TextOrNothingValue is what the API answered for such a text: whichever of ""
// and nothing the configuration has stays.
func TextOrNothingValue(was types.String, answered *string) types.String {
	if answered == nil && was.Equal(types.StringValue("")) {
		return was
	}
	return types.StringPointerValue(answered)
}

// IsGiven reports whether an attribute is set to something that is known. Checks of
// what may not be there ask it, because a variable is unknown before the plan even
// where its value is null.
func IsGiven(v attr.Value) bool { return v != nil && !v.IsNull() && !v.IsUnknown() }

// Flag is b as the API takes it: nil when it is null or unknown.
func Flag(b types.Bool) *bool {
	if !IsGiven(b) {
		return nil
	}
	return b.ValueBoolPointer()
}

// Number is n as the API takes it: nil when it is null or unknown.
func Number(n types.Int64) *int64 {
	if !IsGiven(n) {
		return nil
	}
	return n.ValueInt64Pointer()
}

// Strings are the elements of a set or list of strings; nil when it is null or
// unknown, never nil otherwise.
func Strings(ctx context.Context, v interface {
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

// EmptySet and EmptyList are no strings at all.
var (
	EmptySet  = StringSet(nil)
	EmptyList = StringList(nil)
	NullSet   = types.SetNull(types.StringType)
)
