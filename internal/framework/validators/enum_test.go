// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func texts(values ...string) []attr.Value {
	out := make([]attr.Value, len(values))
	for i, v := range values {
		out[i] = types.StringValue(v)
	}
	return out
}

// A validator makes one error of all wrong elements. It names the values that were
// meant first, lists the allowed ones last, and shows none that was given.
func TestEach(t *testing.T) {
	t.Parallel()
	events := Enum{"User.Created", "User.Deleted", "Role.Created"}
	const list = `"User.Created", "User.Deleted", "Role.Created".`
	for name, tc := range map[string]struct {
		check validator.Describer
		given []attr.Value
		want  string
	}{
		"right":           {Each(events.OneOf()), texts("User.Created"), ""},
		"not known":       {Each(events.OneOf()), []attr.Value{types.StringUnknown(), types.StringNull()}, ""},
		"one":             {Each(events.OneOf()), texts("User.Created", "user.created"), `Did you mean "User.Created"? One element of attribute a is not allowed. Allowed values: ` + list},
		"several":         {Each(events.OneOf()), texts("USER_CREATED", "user.deletd", "x"), `Did you mean "User.Created" and "User.Deleted"? 3 elements of attribute a are not allowed. Allowed values: ` + list},
		"like none":       {Each(events.OneOf()), texts("nothing of this kind"), `One element of attribute a is not allowed. Allowed values: ` + list},
		"one key":         {EachKey(Enum{"en", "pt-BR"}.OneOfAnyCase()), texts("PT-br", "pt_BR"), `Did you mean "pt-BR"? One key of attribute a is not allowed. Allowed keys: "en", "pt-BR".`},
		"note":            {EachKey(Enum{"email"}.OneOfWithNote("The key is the claim.")), texts("mail"), `Did you mean "email"? One key of attribute a is not allowed. The key is the claim. Allowed keys: "email".`},
		"rule":            {Each(NotEmpty()), texts("", "x"), `Each element of attribute a must not be empty.`},
		"rule for IDs":    {Each(RefersTo(IDOf("role")).validator()), texts("my role", "your role", ""), `Each element of attribute a must be an ID and not a name: refer to it as in logto_role.example.id, or find it with the data source logto_role.`},
		"first rule only": {Each(NotEmpty(), Length(1, 3)), texts(""), `Each element of attribute a must not be empty.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := path.Root("a")
			var diags diag.Diagnostics
			each := tc.check.(EachElement)
			if each.keys {
				elements := map[string]attr.Value{}
				for _, v := range tc.given {
					elements[v.(types.String).ValueString()] = types.StringValue("x")
				}
				var resp validator.MapResponse
				each.ValidateMap(t.Context(), validator.MapRequest{Path: at, ConfigValue: types.MapValueMust(types.StringType, elements)}, &resp)
				diags = resp.Diagnostics
			} else {
				var resp validator.SetResponse
				each.ValidateSet(t.Context(), validator.SetRequest{Path: at, ConfigValue: types.SetValueMust(types.StringType, tc.given)}, &resp)
				diags = resp.Diagnostics
			}
			expectError(t, diags, tc.want)
		})
	}
}

// In a list the error says which elements are wrong.
func TestEach_list(t *testing.T) {
	t.Parallel()
	words := Enum{"username", "email", "phone"}
	for name, tc := range map[string]struct {
		check validator.List
		given []attr.Value
		want  string
	}{
		"one":          {Each(words.OneOf()), texts("username", "Email"), `Did you mean "email"? The value of attribute a[1] is not allowed. Allowed values: "username", "email", "phone".`},
		"several":      {Each(words.OneOf()), texts("Email", "username", "sms"), `Did you mean "email"? The elements 0 and 2 of attribute a are not allowed. Allowed values: "username", "email", "phone".`},
		"one rule":     {Each(NotEmpty()), texts("a", ""), `Attribute a[1] must not be empty.`},
		"several rule": {Each(NotEmpty()), texts("", "a", "", ""), `Each element of attribute a must not be empty. Wrong are the elements 0, 2 and 3.`},
		"length":       {Each(Length(1, 2)), texts("abc"), `Attribute a[0] must have 1 to 2 characters (UTF-16 code units: an emoji counts as two), and has 3.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.ListResponse
			tc.check.ValidateList(t.Context(), validator.ListRequest{Path: path.Root("a"), ConfigValue: types.ListValueMust(types.StringType, tc.given)}, &resp)
			expectError(t, resp.Diagnostics, tc.want)
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"MACHINE_TO_MACHINE": "MachineToMachine", "machine": "MachineToMachine", "spa": "SPA", "SP": "SPA", "web": "", "": "", "m": "", "Nativ": "Native",
	} {
		if got := nearest(s, []string{"Native", "SPA", "Traditional", "MachineToMachine"}); got != want {
			t.Errorf("%q is near %q, want %q", s, got, want)
		}
	}
}

// An element of a set is not in the path of an error: people may have declared it
// sensitive.
func TestWords_insideSet(t *testing.T) {
	t.Parallel()
	inner := types.ObjectValueMust(map[string]attr.Type{"type": types.StringType}, map[string]attr.Value{"type": types.StringValue("secret")})
	var resp validator.StringResponse
	Enum{"a", "b"}.OneOf().ValidateString(t.Context(), validator.StringRequest{
		Path: path.Root("rules").AtSetValue(inner).AtName("type"), ConfigValue: types.StringValue("secret"),
	}, &resp)
	expectError(t, resp.Diagnostics, `An element of attribute rules is not allowed. Allowed values: "a", "b".`)
}

// expectError expects one error with that text at the attribute, or none for "".
func expectError(t *testing.T, diags diag.Diagnostics, want string) {
	t.Helper()
	if want == "" && len(diags) == 0 {
		return
	}
	if len(diags) != 1 || diags[0].Detail() != want {
		t.Errorf("errors %v\nwant %q", diags, want)
	}
}
