// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// The types of the framework's own modules for JSON and times show a value in
// their errors, and their values show themselves to the log. Values of these types
// do neither, because people may give secrets in them.

// NormalizedType is the type of JSON text. Two texts are equal if they have the same
// value: white space, the order of keys and the spelling of numbers do not count.
type NormalizedType = textType[Normalized]

// Normalized is a value of [NormalizedType].
type Normalized struct{ basetypes.StringValue }

// NewNormalizedNull is no text.
func NewNormalizedNull() Normalized { return Normalized{types.StringNull()} }

// NewNormalizedValue is that text.
func NewNormalizedValue(text string) Normalized { return Normalized{types.StringValue(text)} }

// String implements attr.Value.
func (n Normalized) String() string { return hidden(n.StringValue) }

// Type implements attr.Value.
func (Normalized) Type(context.Context) attr.Type { return NormalizedType{} }

// Equal implements attr.Value.
func (n Normalized) Equal(o attr.Value) bool {
	other, ok := o.(Normalized)
	return ok && n.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (n Normalized) StringSemanticEquals(_ context.Context, o basetypes.StringValuable) (bool, diag.Diagnostics) {
	other, ok := o.(Normalized)
	return ok && sameJSON(n.ValueString(), other.ValueString()), nil
}

// ValidateAttribute implements xattr.ValidateableAttribute.
func (n Normalized) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if !n.IsNull() && !n.IsUnknown() && !json.Valid([]byte(n.ValueString())) {
		resp.Diagnostics.AddAttributeError(req.Path, InvalidValue, fmt.Sprintf("Attribute %s must be JSON, as jsonencode writes it.", req.Path))
	}
}

// RFC3339Type is the type of times in RFC 3339 format. Two texts are equal if they are
// the same time, to the millisecond.
type RFC3339Type = textType[RFC3339]

// RFC3339 is a value of [RFC3339Type].
type RFC3339 struct{ basetypes.StringValue }

// NewRFC3339Null is no time.
func NewRFC3339Null() RFC3339 { return RFC3339{types.StringNull()} }

// NewRFC3339Value is that time in UTC.
func NewRFC3339Value(t time.Time) RFC3339 {
	return RFC3339{types.StringValue(t.UTC().Format(time.RFC3339Nano))}
}

// String implements attr.Value.
func (t RFC3339) String() string { return hidden(t.StringValue) }

// Type implements attr.Value.
func (RFC3339) Type(context.Context) attr.Type { return RFC3339Type{} }

// Equal implements attr.Value.
func (t RFC3339) Equal(o attr.Value) bool {
	other, ok := o.(RFC3339)
	return ok && t.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (t RFC3339) StringSemanticEquals(_ context.Context, o basetypes.StringValuable) (bool, diag.Diagnostics) {
	other, ok := o.(RFC3339)
	a, known := Instant(t.StringValue)
	b, alsoKnown := Instant(other.StringValue)
	return ok && known && alsoKnown && a.UnixMilli() == b.UnixMilli(), nil
}

// ValidateAttribute implements xattr.ValidateableAttribute.
func (t RFC3339) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if _, ok := Instant(t.StringValue); !t.IsNull() && !t.IsUnknown() && !ok {
		resp.Diagnostics.AddAttributeError(req.Path, InvalidValue,
			fmt.Sprintf("Attribute %s must be a time in RFC 3339 format, such as 2030-01-31T00:00:00Z.", req.Path))
	}
}

// hidden says whether a value is null, unknown or known, and does not show it.
func hidden(s basetypes.StringValue) string {
	if s.IsNull() || s.IsUnknown() {
		return s.String()
	}
	return "(value not shown)"
}

// The validators of this package show no value: people may have declared it
// sensitive, and the log of a pipeline is read by many.

// InvalidValue is the summary of their errors.
const InvalidValue = "Invalid attribute value"
