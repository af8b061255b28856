// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// CompactJSONType is the type of a JSON object from which Logto removes empty values
// (null, "", {} and []) at any depth, also in lists. Two texts are equal if they differ
// only in empty values. Errors do not show the text, which can contain secrets.
type CompactJSONType = textType[CompactJSON]

// CompactJSON is a value of [CompactJSONType].
type CompactJSON struct{ basetypes.StringValue }

// CompactJSONNull is no object.
var CompactJSONNull = CompactJSON{types.StringNull()}

// NewCompactJSONValue is what the API answered.
func NewCompactJSONValue(raw json.RawMessage) CompactJSON {
	return CompactJSON{JSONValue(raw).StringValue}
}

// JSON is the object as Logto keeps it; nil when it is null or unknown.
func (p CompactJSON) JSON() json.RawMessage {
	if p.IsNull() || p.IsUnknown() {
		return nil
	}
	v, err := decodeJSON(p.ValueString())
	if err != nil {
		return json.RawMessage(p.ValueString())
	}
	kept, _ := prune(v)
	out, err := json.Marshal(kept)
	if err != nil { // what was decoded can be encoded
		return json.RawMessage(p.ValueString())
	}
	return out
}

// String does not show the text, which may hold secrets: the framework logs it.
func (p CompactJSON) String() string { return hidden(p.StringValue) }

// Type implements attr.Value.
func (CompactJSON) Type(context.Context) attr.Type { return CompactJSONType{} }

// Equal implements attr.Value.
func (p CompactJSON) Equal(o attr.Value) bool {
	other, ok := o.(CompactJSON)
	return ok && p.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals implements basetypes.StringValuableWithSemanticEquals.
func (p CompactJSON) StringSemanticEquals(_ context.Context, o basetypes.StringValuable) (bool, diag.Diagnostics) {
	other, ok := o.(CompactJSON)
	return ok && p.same(other), nil
}

func (p CompactJSON) same(other CompactJSON) bool {
	a, b := p.JSON(), other.JSON()
	return a != nil && bytes.Equal(a, b)
}

// ValidateAttribute implements xattr.ValidateableAttribute.
func (p CompactJSON) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if p.IsNull() || p.IsUnknown() {
		return
	}
	v, err := decodeJSON(p.ValueString())
	if _, isObject := v.(map[string]any); err != nil || !isObject {
		resp.Diagnostics.AddAttributeError(req.Path, InvalidValue,
			fmt.Sprintf("Attribute %s must be a JSON object, such as jsonencode({ key = \"value\" }).", req.Path))
	}
}

func decodeJSON(text string) (any, error) {
	var v any
	err := json.Unmarshal([]byte(text), &v)
	return v, err
}

// prune drops empty values. The second result is false when nothing is left.
func prune(v any) (any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, false
	case string:
		return v, v != ""
	case map[string]any:
		out := map[string]any{}
		for k, inner := range v {
			if kept, ok := prune(inner); ok {
				out[k] = kept
			}
		}
		return out, len(out) > 0
	case []any:
		out := []any{}
		for _, inner := range v {
			if kept, ok := prune(inner); ok {
				out = append(out, kept)
			}
		}
		return out, len(out) > 0
	}
	return v, true
}
