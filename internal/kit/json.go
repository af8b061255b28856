// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// JSON is s as the API takes it: nil when it is null or unknown.
func JSON(s jsontypes.Normalized) json.RawMessage {
	if s.IsNull() || s.IsUnknown() {
		return nil
	}
	return json.RawMessage(s.ValueString())
}

// JSONValue is what the API answered, spelled as jsonencode does, with its keys
// in order; null when it answered nothing.
func JSONValue(raw json.RawMessage) jsontypes.Normalized {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // leaves numbers as they are
	var v any
	if err := decoder.Decode(&v); err != nil || v == nil {
		return jsontypes.NewNormalizedNull()
	}
	spelled, err := json.Marshal(v)
	if err != nil { // what was decoded can be encoded
		spelled = raw
	}
	return jsontypes.NewNormalizedValue(string(spelled))
}

// EmptyObject is the JSON object without keys.
var EmptyObject = jsontypes.NewNormalizedValue("{}")

// IsJSONObject allows JSON objects only. That the text is JSON at all is for
// the attribute's type to say.
func IsJSONObject() validator.String {
	return Rule("must be a JSON object, as jsonencode({ key = \"value\" }) gives", func(s string) bool {
		return !json.Valid([]byte(s)) || strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "{")
	})
}
