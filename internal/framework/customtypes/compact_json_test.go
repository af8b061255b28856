// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestPruned(t *testing.T) {
	t.Parallel()
	value := func(s string) CompactJSON { return CompactJSON{types.StringValue(s)} }
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{`{"a":1,"b":"x"}`, `{ "b": "x", "a": 1.0 }`, true},
		{`{"a":1,"n":null,"s":"","o":{"x":{}},"l":["",null,[],{"y":""}]}`, `{"a":1}`, true},
		{`{"l":["",null,"a",{},[]]}`, `{"l":["a"]}`, true},
		{`{"a":false,"b":0}`, `{}`, false},
		{`{"a":null}`, `{}`, true},
		{`{"l":["a","b"]}`, `{"l":["b","a"]}`, false},
	} {
		if same, _ := value(c.a).StringSemanticEquals(t.Context(), value(c.b)); same != c.same {
			t.Errorf("%s and %s: same is %v", c.a, c.b, same)
		}
	}
	if got := string(value(`{"b":["",1],"a":null}`).JSON()); got != `{"b":[1]}` {
		t.Errorf("sent %s", got)
	}
	if CompactJSONNull.JSON() != nil || (CompactJSON{types.StringUnknown()}).JSON() != nil {
		t.Error("nothing is sent as something")
	}
	for _, bad := range []string{`secret`, `["secret"]`, `"secret"`, `null`, `{"a":"secret"`} {
		var resp xattr.ValidateAttributeResponse
		value(bad).ValidateAttribute(t.Context(), xattr.ValidateAttributeRequest{Path: path.Root("config")}, &resp)
		if !resp.Diagnostics.HasError() {
			t.Errorf("%s passed", bad)
			continue
		}
		if d := resp.Diagnostics[0]; strings.Contains(d.Detail(), "secret") || !strings.Contains(d.Detail(), "config") {
			t.Errorf("said %q", d.Detail())
		}
	}
}
