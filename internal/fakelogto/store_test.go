// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

// parents and children are a small schema of their own.
func family() (parents, children *collection) {
	parents = &collection{
		name: "parents", singular: "parent", columns: []string{"id", "name"},
		unique: []unique{{columns: []string{"name"}, fold: true}},
	}
	children = &collection{
		name: "children", singular: "child", columns: []string{"id", "parentId", "godparentId", "name"},
		refs: []ref{refTo("parentId", parents), {columns: []string{"godparentId"}, to: parents, setNull: true}},
	}
	return parents, children
}

func TestStoreRefs(t *testing.T) {
	t.Parallel()
	parents, children := family()
	db := newStore([]*collection{parents, children})
	seeded(db, parents, object{{"id", "a"}, {"name", "A"}}, object{{"id", "b"}, {"name", "B"}})
	seeded(db, children,
		object{{"id", "1"}, {"parentId", "a"}, {"godparentId", "b"}},
		object{{"id", "2"}, {"parentId", "b"}, {"godparentId", "a"}})

	var v *violation
	if _, err := db.insert(children, object{{"parentId", "c"}}); !errors.As(err, &v) || v.kind != foreignKeyMissing {
		t.Errorf("missing parent: %v", err)
	}
	if _, err := db.insert(parents, object{{"name", "b"}}); !errors.As(err, &v) || v.kind != uniqueViolated {
		t.Errorf("name in other case: %v", err)
	}
	if _, err := db.update(parents, object{{"id", "z"}}, "a"); err != nil {
		t.Fatal(err)
	}
	if got := column(db.where(children, "parentId", "z"), "id"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("children of a renamed parent: %v", got)
	}
	if err := db.remove(parents, "b"); err != nil {
		t.Fatal(err)
	}
	left := db.all(children)
	if len(left) != 1 || left[0].str("id") != "1" || left[0].get("godparentId") != nil {
		t.Errorf("left after a parent went: %v", left)
	}
}

func TestStoreOrder(t *testing.T) {
	t.Parallel()
	parents, _ := family()
	db := newStore([]*collection{parents})
	for i := range 100 {
		seeded(db, parents, object{{"id", fmt.Sprintf("%03d", i)}, {"name", fmt.Sprint(i)}})
	}
	for range 50 { // often enough for stale places to be cleared away
		if _, err := db.update(parents, object{{"name", "x"}}, "007"); err != nil {
			t.Fatal(err)
		}
	}
	for i := 10; i < 100; i++ {
		if err := db.remove(parents, fmt.Sprintf("%03d", i)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"000", "001", "002", "003", "004", "005", "006", "008", "009", "007"}
	if got := column(db.all(parents), "id"); !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	slices.Sort(want)
	slices.Reverse(want)
	if got := column(db.newest(parents), "id"); !slices.Equal(got, want) {
		t.Errorf("newest %v, want %v", got, want)
	}
}

func TestStoreAtomically(t *testing.T) {
	t.Parallel()
	parents, children := family()
	db := newStore([]*collection{parents, children})
	seeded(db, parents, object{{"id", "a"}, {"name", "A"}}, object{{"id", "b"}, {"name", "B"}})
	seeded(db, children, object{{"id", "1"}, {"parentId", "a"}, {"godparentId", "b"}})
	stop := errors.New("stop")
	err := db.atomically(func() error {
		if err := db.remove(parents, "a"); err != nil {
			return err
		}
		if _, err := db.update(parents, object{{"id", "c"}}, "b"); err != nil {
			return err
		}
		if err := db.insertAll(parents, []object{{{"id", "d"}}, {{"id", "e"}}}); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	ids := column(db.all(parents), "id")
	slices.Sort(ids)
	if !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("parents %v, want [a b]", ids)
	}
	child, _ := db.find(children, "1")
	if child.str("parentId") != "a" || child.str("godparentId") != "b" {
		t.Errorf("child %v", child)
	}
	if db.count(children, "parentId", "a") != 1 {
		t.Error("the index lost the child")
	}
}

func TestStoreReplace(t *testing.T) {
	t.Parallel()
	parents, children := family()
	links := relation("links", refTo("parentId", parents), refTo("childId", children))
	db := newStore([]*collection{links})
	seeded(db, parents, object{{"id", "a"}})
	seeded(db, children, object{{"id", "1"}}, object{{"id", "2"}}, object{{"id", "3"}})
	link := func(ids ...string) []object {
		return mapped(ids, func(id string) object { return object{{"parentId", "a"}, {"childId", id}} })
	}
	held := func() []string {
		out := column(db.where(links, "parentId", "a"), "childId")
		slices.Sort(out)
		return out
	}
	for _, c := range []struct {
		ids  []string
		ok   bool
		want []string
	}{
		{[]string{"1", "2"}, true, []string{"1", "2"}},
		{[]string{"3", "9"}, false, []string{"1", "2"}},
		{[]string{"3", "3"}, false, []string{"1", "2"}},
		{[]string{"2", "3"}, true, []string{"2", "3"}},
		{nil, true, []string{}},
	} {
		if err := db.replace(links, "parentId", "a", link(c.ids...)); (err == nil) != c.ok {
			t.Errorf("%v: %v", c.ids, err)
		}
		if got := held(); !slices.Equal(got, c.want) {
			t.Errorf("%v: then %v, want %v", c.ids, got, c.want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"b":1,"a":2,"aa":3,"b":4}`:        `{"a":2,"b":4,"aa":3}`,
		`[1.0, -0.0, 1e2, 0.1, 1e-7, 1e21]`: `[1,0,100,0.1,1e-7,1e+21]`,
		`12345678901234567890`:              `12345678901234567000`,
		`"\u00e9<\u2028\"\\"`:               `"é<\u2028\"\\"`,
		`{"x":[{"d":1,"c":null}]}`:          `{"x":[{"c":null,"d":1}]}`,
	} {
		v, err := decodeJSON([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendJSON(nil, jsonb(v))); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
