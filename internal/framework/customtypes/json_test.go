// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestJSONKept(t *testing.T) {
	t.Parallel()
	for was, c := range map[string]struct{ answered, want string }{
		`{ "b": 1.0, "a": [1e2] }`:      {`{"a":[100],"b":1}`, `{ "b": 1.0, "a": [1e2] }`},
		`{"a":1}`:                       {`{"a":2}`, `{"a":2}`},
		`{"a":"1"}`:                     {`{"a":1}`, `{"a":1}`},
		`{"a":null}`:                    {`{}`, `{}`},
		`{"a":12345678901234567890}`:    {`{"a":12345678901234567000}`, `{"a":12345678901234567000}`},
		`{"a":12345678901234567890 }`:   {`{"a":12345678901234567890}`, `{"a":12345678901234567890 }`},
		`{"a":1e999999999999}`:          {`{"a":0}`, `{"a":0}`},
		`no JSON, from another version`: {`{}`, `{}`},
	} {
		if got := JSONPreserving(NewNormalizedValue(was), json.RawMessage(c.answered)); got.ValueString() != c.want {
			t.Errorf("of %s, answered %s: %s, want %s", was, c.answered, got.ValueString(), c.want)
		}
	}
	if got := JSONPreserving(NewNormalizedNull(), nil); !got.IsNull() {
		t.Errorf("nothing became %s", got)
	}
	if got := JSONPreserving(Normalized{types.StringUnknown()}, json.RawMessage(`{}`)); got.ValueString() != "{}" {
		t.Errorf("what was unknown became %s", got)
	}
}
