// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"slices"
	"strings"
)

type table struct {
	of       *Collection
	rows     map[string]*entry
	order    ordered
	uniques  []map[string]*entry
	indexes  map[string]map[string]*ordered // by joined columns, then by joined values
	children []child
}

type child struct {
	table *table
	ref   Ref
}

// entry is one row and its place. PostgreSQL gives an updated row a new place at
// the end of the table; so does seq.
type entry struct {
	row  Object
	key  string
	seq  uint64 // 0 once deleted
	born uint64
}

// ordered lists entries in the order of seq. Entries that moved or went leave a
// stale item behind; compacting is paid for by the changes.
type ordered struct {
	items []item
	live  int
}

type item struct {
	entry *entry
	seq   uint64
}

func (o *ordered) add(e *entry) {
	o.items = append(o.items, item{e, e.seq})
	o.live++
}

func (o *ordered) drop() {
	o.live--
	if len(o.items) > 2*o.live+32 {
		o.items = slices.DeleteFunc(o.items, func(i item) bool { return i.seq != i.entry.seq })
	}
}

func (o *ordered) entries() []*entry {
	if o == nil {
		return nil
	}
	out := make([]*entry, 0, o.live)
	for _, i := range o.items {
		if i.seq == i.entry.seq {
			out = append(out, i.entry)
		}
	}
	return out
}

func rowsOf(entries []*entry) []Object {
	return Map(entries, func(e *entry) Object { return e.row })
}

// put, drop and swap are the only ways to change a table.
func (db *Store) put(t *table, e *entry) {
	t.rows[e.key] = e
	db.place(t, e)
	db.revertWith(func() { db.drop(t, e) })
}

func (db *Store) drop(t *table, e *entry) {
	delete(t.rows, e.key)
	db.unplace(t, e)
	db.revertWith(func() { db.put(t, e) })
}

func (db *Store) swap(t *table, e *entry, row Object) {
	old := e.row
	delete(t.rows, e.key)
	db.unplace(t, e)
	e.row, e.key = row, keyOf(row, t.of.keyColumns())
	t.rows[e.key] = e
	db.place(t, e)
	db.revertWith(func() { db.swap(t, e, old) })
}

func (db *Store) revertWith(f func()) {
	if db.undo != nil {
		*db.undo = append(*db.undo, f)
	}
}

func (db *Store) place(t *table, e *entry) {
	db.clock++
	e.seq = db.clock
	t.order.add(e)
	for i, u := range t.of.Unique {
		if key, ok := uniqueKey(u, e.row); ok {
			t.uniques[i][key] = e
		}
	}
	for columns, index := range t.indexes {
		key := keyOf(e.row, strings.Split(columns, ","))
		if index[key] == nil {
			index[key] = &ordered{}
		}
		index[key].add(e)
	}
}

func (db *Store) unplace(t *table, e *entry) {
	e.seq = 0
	t.order.drop()
	for i, u := range t.of.Unique {
		if key, ok := uniqueKey(u, e.row); ok {
			delete(t.uniques[i], key)
		}
	}
	for columns, index := range t.indexes {
		key := keyOf(e.row, strings.Split(columns, ","))
		index[key].drop()
		if index[key].live == 0 {
			delete(index, key)
		}
	}
}

func (t *table) uniqueOK(row Object, self *entry) error {
	for i, u := range t.of.Unique {
		key, ok := uniqueKey(u, row)
		if !ok {
			continue
		}
		if other := t.uniques[i][key]; other != nil && other != self {
			return &Violation{Kind: UniqueViolated, Constraint: t.of.Name + "." + strings.Join(u.Columns, ",")}
		}
	}
	return nil
}

func uniqueKey(u Unique, row Object) (string, bool) {
	for _, column := range u.Columns {
		if row.Get(column) == nil {
			return "", false
		}
	}
	key := keyOf(row, u.Columns)
	if u.Fold {
		key = strings.ToLower(key)
	}
	return key, true
}

func keyOf(row Object, columns []string) string { return Joined(KeyValues(row, columns)) }

// KeyValues are the values of columns as texts, null being "".
func KeyValues(row Object, columns []string) []string {
	return Map(columns, func(column string) string {
		switch v := row.Get(column).(type) {
		case nil:
			return ""
		case string:
			return v
		default:
			return fmt.Sprint(v)
		}
	})
}

// Joined makes one text of the values of a key.
func Joined(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values, "\x00")
}
