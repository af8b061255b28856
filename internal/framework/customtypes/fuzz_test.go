// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What is configured as JSON, and what Logto answers, are the same or not, either way
// round, and what is kept of them says what was answered.
func FuzzJSON(f *testing.F) {
	for _, s := range [][2]string{
		{`{}`, `{ }`}, {`{"a":1,"b":[1e2]}`, `{"b":[100.0],"a":1}`}, {`{"a":null}`, `{}`}, {`{"a":""}`, `{}`}, {`{"a":[{},null]}`, `{}`},
		{`1e400`, `1e401`}, {`-0`, `0`}, {`"\ud800"`, `"\ufffd"`}, {`[`, ``}, {`{"a":1}{}`, `{"a":1}`}, {`null`, `{}`}, {`{"a":12345678901234567890}`, `{"a":1.2345678901234567890e19}`},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, configured, answered string) {
		a, b := NewNormalizedValue(configured), NewNormalizedValue(answered)
		there, _ := a.StringSemanticEquals(t.Context(), b)
		back, _ := b.StringSemanticEquals(t.Context(), a)
		if there != back {
			t.Errorf("%q and %q are the same: %v, and the other way round: %v", configured, answered, there, back)
		}
		if !json.Valid([]byte(answered)) {
			return
		}
		if same, _ := b.StringSemanticEquals(t.Context(), b); !same {
			t.Errorf("%q is not the same as itself", answered)
		}
		kept := JSONPreserving(a, json.RawMessage(answered))
		if same, _ := kept.StringSemanticEquals(t.Context(), b); !same && !kept.IsNull() {
			t.Errorf("of %q, answered %q: %q", configured, answered, kept.ValueString())
		}
		compact := NewCompactJSONValue(json.RawMessage(answered))
		if sent := compact.JSON(); sent != nil && !json.Valid(sent) {
			t.Errorf("%q is sent as %q", answered, sent)
		} else if sent != nil {
			again := NewCompactJSONValue(sent).JSON()
			if string(again) != string(sent) && string(sent) != "null" {
				t.Errorf("%q is sent as %q, and that as %q", answered, sent, again)
			}
		}
	})
}

// A time is the same as itself, and as what Logto answers of it.
func FuzzTime(f *testing.F) {
	for _, s := range []string{"", "2024-02-28T12:30:00Z", "2024-02-28T12:30:00.1239+14:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-23:59", "2024-02-30T00:00:00Z", "2024-02-28t12:30:00z", "2024-12-31T23:59:60Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		given := RFC3339{types.StringValue(text)}
		ms := Milliseconds(given)
		if ms == nil {
			return
		}
		kept := TimeValue(given, ms)
		if kept.ValueString() != text {
			t.Errorf("%q became %q", text, kept.ValueString())
		}
		imported := TimeValue(NewRFC3339Null(), ms)
		if same, _ := given.StringSemanticEquals(t.Context(), imported); !same {
			t.Errorf("%q is imported as %q", text, imported.ValueString())
		}
		if at, ok := Instant(given.StringValue); !ok || at.UnixMilli() != *ms {
			t.Errorf("%q is %v, %d ms", text, at, *ms)
		}
		HasEnded(given, time.Now())
	})
}
