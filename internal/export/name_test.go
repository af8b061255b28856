// SPDX-License-Identifier: MPL-2.0

package export

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
	logtoprovider "github.com/logto-community/terraform-provider-logto/internal/provider"
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

func TestWithoutStutter(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"clerk_role", "role", "clerk"}, {"orders_api", "api_resource", "orders"}, {"web_app", "application", "web"},
		{"acme_organizations", "organization", "acme"}, {"role", "role", "role"}, {"acme_acme_member", "organization_member", "acme"},
		{"logto_management_api_access", "role", "management_api_access"}, {"role_2", "role", "role_2"},
	} {
		if got := withoutStutter(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

// Of objects with one name those that are the same in two tenants get the same one,
// whatever their IDs are.
func TestMakeUnique(t *testing.T) {
	t.Parallel()
	roles, ok := newTenant(logtoprovider.Areas(), nil).kindOf("logto_role")
	if !ok {
		t.Fatal("no roles")
	}
	role := func(id, name, description string) *instance {
		return &instance{kind: roles, name: name, ListedObject: framework.ListedObject{Key: logto.Key{id}}, state: map[string]tftypes.Value{
			"id": tftypes.NewValue(tftypes.String, id), "description": tftypes.NewValue(tftypes.String, description)}}
	}
	// y refers to the second of those that are the same.
	refer := func(id string, objects ...*instance) []*instance {
		objects[1].state["scope_ids"] = tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{tftypes.NewValue(tftypes.String, id)})
		return objects
	}
	for _, objects := range [][]*instance{
		refer("a", role("d", "a", "x"), role("e", "a_2", "y"), role("c", "b", "z"), role("b", "a", "w"), role("a", "a", "x")),
		refer("5", role("1", "a", "x"), role("2", "a_2", "y"), role("3", "b", "z"), role("4", "a", "w"), role("5", "a", "x")),
	} {
		makeUnique(objects, contents(objects))
		var got []string
		for _, o := range objects {
			d, _ := stringOf(o.state["description"])
			if o.Key.ID() == "a" || o.Key.ID() == "5" {
				d += "!"
			}
			got = append(got, d+" "+o.name)
		}
		if want := []string{"w a", "x a_3", "x! a_4", "y a_2", "z b"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Objects that are the same in themselves are told apart by what else refers to those that
// refer to them, as organizations by their members.
func TestContents_ofMembers(t *testing.T) {
	t.Parallel()
	tenant := newTenant(logtoprovider.Areas(), nil)
	object := func(typeName string, key logto.Key, state map[string]string) *instance {
		k, ok := tenant.kindOf(typeName)
		if !ok {
			t.Fatal(typeName)
		}
		i := &instance{kind: k, ListedObject: framework.ListedObject{Key: key}, state: map[string]tftypes.Value{}}
		for name, v := range state {
			i.state[name] = tftypes.NewValue(tftypes.String, v)
		}
		return i
	}
	of := func(ann, bob, first, second string) (content [2]string) {
		objects := []*instance{
			object("logto_organization", logto.Key{first}, map[string]string{"id": first, "name": "Same"}),
			object("logto_organization", logto.Key{second}, map[string]string{"id": second, "name": "Same"}),
			object("logto_user", logto.Key{ann}, map[string]string{"id": ann, "username": "ann"}),
			object("logto_user", logto.Key{bob}, map[string]string{"id": bob, "username": "bob"}),
			object("logto_organization_member", logto.Key{first, ann}, map[string]string{"organization_id": first, "user_id": ann}),
			object("logto_organization_member", logto.Key{second, bob}, map[string]string{"organization_id": second, "user_id": bob}),
		}
		all := contents(objects)
		return [2]string{all[objects[0]], all[objects[1]]}
	}
	here, there := of("u1", "u2", "o1", "o2"), of("u9", "u3", "o8", "o4")
	if here != there || here[0] == here[1] {
		t.Errorf("%q, in another tenant %q", here, there)
	}
}
