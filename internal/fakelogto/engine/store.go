// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"slices"
	"strings"
	"time"
)

// Store holds the rows of all collections. The server's mutex guards it.
type Store struct {
	tables map[*Collection]*table
	clock  uint64
	Now    func() time.Time
	undo   *[]func() // what atomically reverts, latest last; nil outside of it

	// State is what the API remembers beside its rows.
	State any
}

func newStore(collections []*Collection) *Store {
	db := &Store{tables: map[*Collection]*table{}, Now: time.Now}
	for _, c := range collections {
		db.table(c)
	}
	return db
}

func (db *Store) table(c *Collection) *table {
	if t, ok := db.tables[c]; ok {
		return t
	}
	t := &table{of: c, rows: map[string]*entry{}, indexes: map[string]map[string]*ordered{}}
	db.tables[c] = t
	for range c.Unique {
		t.uniques = append(t.uniques, map[string]*entry{})
	}
	for _, column := range c.Indexes {
		t.indexes[column] = map[string]*ordered{}
	}
	for _, r := range c.Refs {
		parent := db.table(r.To)
		parent.children = append(parent.children, child{t, r})
		t.indexes[strings.Join(r.Columns, ",")] = map[string]*ordered{}
		for _, column := range r.Columns {
			t.indexes[column] = map[string]*ordered{}
		}
	}
	return t
}

// Find returns the row with the key (its columns in order) and whether there is one.
func (db *Store) Find(c *Collection, key ...string) (Object, bool) {
	e, ok := db.table(c).rows[Joined(key)]
	if !ok {
		return nil, false
	}
	return e.row, true
}

// Exists reports whether there is a row with the key.
func (db *Store) Exists(c *Collection, key ...string) bool {
	_, ok := db.Find(c, key...)
	return ok
}

// Get returns the row with the ID, or entity.not_exists_with_id.
func (db *Store) Get(c *Collection, id string) (Object, error) {
	row, ok := db.Find(c, id)
	if !ok {
		return nil, NotExistsWithID(c.Name, id)
	}
	return row, nil
}

// All returns every row in the order of the heap: updated rows come last.
func (db *Store) All(c *Collection) []Object {
	return rowsOf(db.table(c).order.entries())
}

// Newest returns the rows of a collection by creation, latest first.
func (db *Store) Newest(c *Collection) []Object {
	entries := db.table(c).order.entries()
	slices.SortFunc(entries, func(a, b *entry) int {
		if a.born > b.born {
			return -1
		}
		return 1
	})
	return rowsOf(entries)
}

// Where returns the rows whose column has the value. Columns of refs and indexes
// are looked up, others scanned.
func (db *Store) Where(c *Collection, column, value string) []Object {
	t := db.table(c)
	if index, ok := t.indexes[column]; ok {
		return rowsOf(index[value].entries())
	}
	return Filter(db.All(c), func(row Object) bool { return row.Str(column) == value })
}

// Count returns len(where(…)) without visiting the rows of an indexed column.
func (db *Store) Count(c *Collection, column, value string) int {
	if index, ok := db.table(c).indexes[column]; ok {
		if bucket := index[value]; bucket != nil {
			return bucket.live
		}
		return 0
	}
	return len(db.Where(c, column, value))
}

// First returns the only row of a collection that holds one at most.
func (db *Store) First(c *Collection) (Object, bool) {
	rows := db.All(c)
	if len(rows) == 0 {
		return nil, false
	}
	return rows[0], true
}

// FindUnique returns the row that has the values in the columns of a unique index.
func (db *Store) FindUnique(c *Collection, columns []string, values ...string) (Object, bool) {
	t := db.table(c)
	for i, u := range c.Unique {
		if slices.Equal(u.Columns, columns) {
			key := Joined(values)
			if u.Fold {
				key = strings.ToLower(key)
			}
			if e, ok := t.uniques[i][key]; ok {
				return e.row, true
			}
		}
	}
	return nil, false
}

// Insert adds a row. Columns left out get their default or null; an empty text
// becomes null, as Logto's SQL builder makes it.
func (db *Store) Insert(c *Collection, values Object) (Object, error) {
	row := make(Object, 0, len(c.Columns))
	for _, name := range c.Columns {
		row = append(row, Member{name, db.columnValue(c, name, values)})
	}
	t := db.table(c)
	key := keyOf(row, c.keyColumns())
	if err := db.validate(c, row); err != nil {
		return nil, err
	}
	if _, ok := t.rows[key]; ok {
		return nil, &Violation{Kind: UniqueViolated, Constraint: c.Name}
	}
	if err := t.uniqueOK(row, nil); err != nil {
		return nil, err
	}
	if err := db.refsOK(c, row, nil); err != nil {
		return nil, err
	}
	db.clock++
	db.put(t, &entry{row: row, key: key, born: db.clock})
	return row, nil
}

// InsertAll adds the rows or, when one is refused, none of them. No rows at all is
// entity.invalid_input, as an SQL statement without values is to Logto.
func (db *Store) InsertAll(c *Collection, rows []Object) error {
	if len(rows) == 0 {
		return EmptyValues()
	}
	return db.Atomically(func() error {
		for _, values := range rows {
			if _, err := db.Insert(c, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// Replace makes the rows the only ones whose column has the value, or changes
// nothing when one is refused. Rows that are there already stay, with what
// depends on them; the same row twice is a unique violation. The rows of a
// relation give all columns of its key.
func (db *Store) Replace(c *Collection, column, value string, rows []Object) error {
	return db.Atomically(func() error {
		wanted := map[string]bool{}
		for _, row := range rows {
			if err := db.validate(c, row); err != nil {
				return err
			}
			key := keyOf(row, c.keyColumns())
			if wanted[key] {
				return &Violation{Kind: UniqueViolated, Constraint: c.Name}
			}
			wanted[key] = true
		}
		for _, row := range rows {
			if _, ok := db.table(c).rows[keyOf(row, c.keyColumns())]; ok {
				continue
			}
			if _, err := db.Insert(c, row); err != nil {
				return err
			}
		}
		for _, row := range db.Where(c, column, value) {
			if !wanted[keyOf(row, c.keyColumns())] {
				_ = db.Remove(c, KeyValues(row, c.keyColumns())...) // it was just listed
			}
		}
		return nil
	})
}

// Atomically reverts what work did when it fails, like a transaction.
func (db *Store) Atomically(work func() error) error {
	outer := db.undo
	var log []func()
	db.undo = &log
	err := work()
	db.undo = nil
	if err != nil {
		for _, revert := range slices.Backward(log) {
			revert()
		}
		log = nil
	}
	if db.undo = outer; outer != nil {
		*outer = append(*outer, log...)
	}
	return err
}

// Update changes columns of the row with the key. No columns at all is
// entity.invalid_input, a missing row entity.not_exists, in this order as in Logto.
func (db *Store) Update(c *Collection, changes Object, key ...string) (Object, error) {
	if len(changes) == 0 {
		return nil, EmptyValues()
	}
	t := db.table(c)
	e, ok := t.rows[Joined(key)]
	if !ok {
		return nil, NotExists(c.Singular)
	}
	row := slices.Clone(e.row)
	for _, m := range changes {
		if m.Key == "tenantId" && m.Value != TenantID {
			return nil, &Violation{Kind: badValue}
		}
		if i := slices.IndexFunc(row, func(x Member) bool { return x.Key == m.Key }); i >= 0 {
			row[i].Value = stored(m.Key, m.Value)
		}
	}
	if c.Touch != "" && !changes.Has(c.Touch) {
		row = row.With(c.Touch, db.Millis())
	}
	if err := db.validate(c, row); err != nil {
		return nil, err
	}
	newKey := keyOf(row, c.keyColumns())
	if _, taken := t.rows[newKey]; taken && newKey != e.key {
		return nil, &Violation{Kind: UniqueViolated, Constraint: c.Name}
	}
	if err := t.uniqueOK(row, e); err != nil {
		return nil, err
	}
	if err := db.refsOK(c, row, e.row); err != nil {
		return nil, err
	}
	old, renamed := e.row, newKey != e.key
	db.swap(t, e, row)
	if renamed {
		db.renameChildren(t, old, row)
	}
	return row, nil
}

// renameChildren makes the rows that refer to a row follow its new key.
func (db *Store) renameChildren(t *table, old, row Object) {
	for _, ch := range t.children {
		changes := Object{}
		for i, column := range ch.ref.Columns {
			changes = append(changes, Member{column, row.Get(t.of.keyColumns()[i])})
		}
		index := ch.table.indexes[strings.Join(ch.ref.Columns, ",")]
		for _, e := range index[keyOf(old, t.of.keyColumns())].entries() {
			// Both ends exist, so nothing can refuse this.
			_, _ = db.Update(ch.table.of, changes, strings.Split(e.key, "\x00")...)
		}
	}
}

// Remove deletes the row with the key and what depends on it, or answers entity.not_found.
func (db *Store) Remove(c *Collection, key ...string) error {
	t := db.table(c)
	e, ok := t.rows[Joined(key)]
	if !ok {
		return NotFound()
	}
	db.drop(t, e)
	for _, ch := range t.children {
		index := ch.table.indexes[strings.Join(ch.ref.Columns, ",")]
		for _, dependent := range index[e.key].entries() {
			childKey := strings.Split(dependent.key, "\x00")
			if !ch.ref.setNull {
				_ = db.Remove(ch.table.of, childKey...) // it was just listed
				continue
			}
			cleared := Object{}
			for _, column := range ch.ref.Columns {
				cleared = append(cleared, Member{column, nil})
			}
			_, _ = db.Update(ch.table.of, cleared, childKey...)
		}
	}
	return nil
}

// RemoveWhere deletes the rows whose column has the value.
func (db *Store) RemoveWhere(c *Collection, column, value string) {
	for _, row := range db.Where(c, column, value) {
		_ = db.Remove(c, KeyValues(row, c.keyColumns())...) // it was just listed
	}
}

// Link inserts the rows of a relation that do not exist yet: fixed columns and one
// value each of the last. It stops at the first violation; checks are made even on
// rows that exist.
func (db *Store) Link(c *Collection, fixed Object, column string, values []string) error {
	for _, value := range Distinct(values) {
		row := fixed.With(column, value)
		if err := db.validate(c, row); err != nil {
			return err
		}
		if value == "" { // no null here: the text goes into the statement as it is
			return &Violation{Kind: foreignKeyMissing, Constraint: c.Name}
		}
		if db.Exists(c, KeyValues(row, c.keyColumns())...) {
			continue
		}
		if _, err := db.Insert(c, row); err != nil {
			return err
		}
	}
	return nil
}

// Seed inserts rows of a fresh tenant, which nothing can refuse.
func Seed(db *Store, c *Collection, rows ...Object) {
	for _, row := range rows {
		_, _ = db.Insert(c, row)
	}
}
