// SPDX-License-Identifier: MPL-2.0

package export

import (
	"slices"
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func TestIdentifier(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Order import":              "order_import",
		"SignIn":                    "sign_in",
		"iOS":                       "ios",
		"read:orders":               "read_orders",
		"  -- Shop -- ":             "shop",
		"2nd shop":                  "role_2nd_shop",
		"日本 worker":                 "日本_worker",
		"!?":                        "role",
		"":                          "role",
		strings.Repeat("long ", 20): strings.TrimSuffix(strings.Repeat("long_", 10), "_"),
	} {
		if got := identifier(text, "role"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestMakeUnique(t *testing.T) {
	t.Parallel()
	object := func(id, name string) named {
		return named{ListedObject: framework.ListedObject{Key: logto.Key{id}}, name: name}
	}
	objects := []named{object("d", "a"), object("e", "a_2"), object("c", "b"), object("b", "a"), object("a", "a")}
	makeUnique(objects)
	var got []string
	for _, o := range objects {
		got = append(got, o.Key.ID()+" "+o.name)
	}
	if want := []string{"a a", "b a_3", "d a_4", "e a_2", "c b"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
