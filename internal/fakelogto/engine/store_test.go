// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

// parents and children are a small schema of their own.
func family() (parents, children *Collection) {
	parents = &Collection{
		Name: "parents", Singular: "parent", Columns: []string{"id", "name"},
		Unique: []Unique{{Columns: []string{"name"}, Fold: true}},
	}
	children = &Collection{
		Name: "children", Singular: "child", Columns: []string{"id", "parentId", "godparentId", "name"},
		Refs: []Ref{RefTo("parentId", parents), {Columns: []string{"godparentId"}, To: parents, setNull: true}},
	}
	return parents, children
}

func TestStoreRefs(t *testing.T) {
	t.Parallel()
	parents, children := family()
	db := newStore([]*Collection{parents, children})
	Seed(db, parents, Object{{"id", "a"}, {"name", "A"}}, Object{{"id", "b"}, {"name", "B"}})
	Seed(db, children,
		Object{{"id", "1"}, {"parentId", "a"}, {"godparentId", "b"}},
		Object{{"id", "2"}, {"parentId", "b"}, {"godparentId", "a"}})

	var v *Violation
	if _, err := db.Insert(children, Object{{"parentId", "c"}}); !errors.As(err, &v) || v.Kind != foreignKeyMissing {
		t.Errorf("missing parent: %v", err)
	}
	if _, err := db.Insert(parents, Object{{"name", "b"}}); !errors.As(err, &v) || v.Kind != UniqueViolated {
		t.Errorf("name in other case: %v", err)
	}
	if _, err := db.Update(parents, Object{{"id", "z"}}, "a"); err != nil {
		t.Fatal(err)
	}
	if got := Column(db.Where(children, "parentId", "z"), "id"); !slices.Equal(got, []string{"1"}) {
		t.Errorf("children of a renamed parent: %v", got)
	}
	if err := db.Remove(parents, "b"); err != nil {
		t.Fatal(err)
	}
	left := db.All(children)
	if len(left) != 1 || left[0].Str("id") != "1" || left[0].Get("godparentId") != nil {
		t.Errorf("left after a parent went: %v", left)
	}
}

func TestStoreOrder(t *testing.T) {
	t.Parallel()
	parents, _ := family()
	db := newStore([]*Collection{parents})
	for i := range 100 {
		Seed(db, parents, Object{{"id", fmt.Sprintf("%03d", i)}, {"name", fmt.Sprint(i)}})
	}
	for range 50 { // often enough for stale places to be cleared away
		if _, err := db.Update(parents, Object{{"name", "x"}}, "007"); err != nil {
			t.Fatal(err)
		}
	}
	for i := 10; i < 100; i++ {
		if err := db.Remove(parents, fmt.Sprintf("%03d", i)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"000", "001", "002", "003", "004", "005", "006", "008", "009", "007"}
	if got := Column(db.All(parents), "id"); !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	slices.Sort(want)
	slices.Reverse(want)
	if got := Column(db.Newest(parents), "id"); !slices.Equal(got, want) {
		t.Errorf("newest %v, want %v", got, want)
	}
}

func TestStoreAtomically(t *testing.T) {
	t.Parallel()
	parents, children := family()
	db := newStore([]*Collection{parents, children})
	Seed(db, parents, Object{{"id", "a"}, {"name", "A"}}, Object{{"id", "b"}, {"name", "B"}})
	Seed(db, children, Object{{"id", "1"}, {"parentId", "a"}, {"godparentId", "b"}})
	stop := errors.New("stop")
	err := db.Atomically(func() error {
		if err := db.Remove(parents, "a"); err != nil {
			return err
		}
		if _, err := db.Update(parents, Object{{"id", "c"}}, "b"); err != nil {
			return err
		}
		if err := db.InsertAll(parents, []Object{{{"id", "d"}}, {{"id", "e"}}}); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	ids := Column(db.All(parents), "id")
	slices.Sort(ids)
	if !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("parents %v, want [a b]", ids)
	}
	child, _ := db.Find(children, "1")
	if child.Str("parentId") != "a" || child.Str("godparentId") != "b" {
		t.Errorf("child %v", child)
	}
	if db.Count(children, "parentId", "a") != 1 {
		t.Error("the index lost the child")
	}
}

func TestStoreReplace(t *testing.T) {
	t.Parallel()
	parents, children := family()
	links := Relation("links", RefTo("parentId", parents), RefTo("childId", children))
	db := newStore([]*Collection{links})
	Seed(db, parents, Object{{"id", "a"}})
	Seed(db, children, Object{{"id", "1"}}, Object{{"id", "2"}}, Object{{"id", "3"}})
	link := func(ids ...string) []Object {
		return Map(ids, func(id string) Object { return Object{{"parentId", "a"}, {"childId", id}} })
	}
	held := func() []string {
		out := Column(db.Where(links, "parentId", "a"), "childId")
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
		if err := db.Replace(links, "parentId", "a", link(c.ids...)); (err == nil) != c.ok {
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
		v, err := DecodeJSON([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(AppendJSON(nil, JSONB(v))); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
