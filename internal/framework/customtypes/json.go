// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
)

// RawJSON is s as the API takes it: nil when it is null or unknown.
func RawJSON(s Normalized) json.RawMessage {
	if s.IsNull() || s.IsUnknown() {
		return nil
	}
	return json.RawMessage(s.ValueString())
}

// JSONValue is what the API answered, spelled as jsonencode does, with its keys
// in order; null when it answered nothing.
func JSONValue(raw json.RawMessage) Normalized {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // leaves numbers as they are
	var v any
	if err := decoder.Decode(&v); err != nil || v == nil {
		return NewNormalizedNull()
	}
	spelled, err := json.Marshal(v)
	if err != nil { // what was decoded can be encoded
		spelled = raw
	}
	return NewNormalizedValue(string(spelled))
}

// JSONPreserving is [JSONValue] for an attribute that the configuration can spell in
// another way: the value of the attribute stays if it is equal, for example with a number
// written as 1.0 or as 1e2.
func JSONPreserving(was Normalized, raw json.RawMessage) Normalized {
	now := JSONValue(raw)
	if was.Equal(now) { // which is so in most of a refresh, and saves reading both
		return was
	}
	if sameJSON(was.ValueString(), now.ValueString()) {
		return was
	}
	return now
}

func sameJSON(a, b string) bool {
	var values [2]any
	for i, s := range []string{a, b} {
		decoder := json.NewDecoder(strings.NewReader(s))
		decoder.UseNumber()
		if decoder.Decode(&values[i]) != nil {
			return false
		}
		values[i] = withNumbers(values[i])
	}
	return reflect.DeepEqual(values[0], values[1])
}

// withNumbers makes numbers of what a decoder left as text, but for those that
// are too large to be told apart from others.
func withNumbers(v any) any {
	const exact = 1 << 53
	switch v := v.(type) {
	case json.Number:
		if f, err := v.Float64(); err == nil && math.Abs(f) < exact {
			return f
		}
	case []any:
		for i := range v {
			v[i] = withNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = withNumbers(v[k])
		}
	}
	return v
}

// EmptyObject is the JSON object without keys.
var EmptyObject = NewNormalizedValue("{}")
