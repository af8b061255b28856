// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	tenantID = "default"
	idWidth  = 21 // of every column that holds an ID

	latestTime = 9.2e15 // about the last millisecond that PostgreSQL knows
)

// collection describes one table: what a row looks like and what the database
// checks. Relations are collections too, with a key of several columns.
type collection struct {
	name      string   // plural, as the error messages name it: "organization_roles"
	singular  string   // "organization_role"
	columns   []string // in the order of answers; tenantId, id, createdAt and updatedAt are filled in
	key       []string // default: id
	idLength  int      // default: 21
	defaults  object   // of columns that are not null when left out
	refs      []ref
	unique    []unique
	indexes   []string       // columns that where is asked for, besides those of refs
	checks    []check        // CHECK constraints
	maxLength map[string]int // varchar(n) columns without a limit in the API
	integers  []string       // bigint columns: fractions and larger numbers are refused
	touch     string         // a column that every update sets to the current time
}

// ref is a foreign key to the key of another collection. Deleting the parent
// deletes the row, or with setNull clears the columns.
type ref struct {
	columns []string
	to      *collection
	setNull bool
}

// refTo is a foreign key of one column.
func refTo(column string, to *collection) ref { return ref{columns: []string{column}, to: to} }

// unique is a unique index; rows with a null in one of the columns are left out.
// fold makes it blind to letter case.
type unique struct {
	columns []string
	fold    bool
}

// check is a CHECK constraint: false refuses the row.
type check func(db *store, row object) bool

// relation is the collection of a many-to-many relation whose key is all its foreign keys.
func relation(name string, refs ...ref) *collection {
	c := &collection{name: name, singular: strings.TrimSuffix(name, "s"), refs: refs}
	for _, r := range refs {
		for _, column := range r.columns {
			if !slices.Contains(c.columns, column) {
				c.columns = append(c.columns, column)
			}
		}
	}
	c.key = c.columns
	return c
}

func (c *collection) keyColumns() []string {
	if c.key == nil {
		return []string{"id"}
	}
	return c.key
}

// store holds the rows of all collections. The server's mutex guards it.
type store struct {
	tables map[*collection]*table
	clock  uint64
	now    func() time.Time
	undo   *[]func() // what atomically reverts, latest last; nil outside of it
}

type table struct {
	of       *collection
	rows     map[string]*entry
	order    ordered
	uniques  []map[string]*entry
	indexes  map[string]map[string]*ordered // by joined columns, then by joined values
	children []child
}

type child struct {
	table *table
	ref   ref
}

// entry is one row and its place. PostgreSQL gives an updated row a new place at
// the end of the table; so does seq.
type entry struct {
	row  object
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

func newStore(collections []*collection) *store {
	db := &store{tables: map[*collection]*table{}, now: time.Now}
	for _, c := range collections {
		db.table(c)
	}
	return db
}

func (db *store) table(c *collection) *table {
	if t, ok := db.tables[c]; ok {
		return t
	}
	t := &table{of: c, rows: map[string]*entry{}, indexes: map[string]map[string]*ordered{}}
	db.tables[c] = t
	for range c.unique {
		t.uniques = append(t.uniques, map[string]*entry{})
	}
	for _, column := range c.indexes {
		t.indexes[column] = map[string]*ordered{}
	}
	for _, r := range c.refs {
		parent := db.table(r.to)
		parent.children = append(parent.children, child{t, r})
		t.indexes[strings.Join(r.columns, ",")] = map[string]*ordered{}
		for _, column := range r.columns {
			t.indexes[column] = map[string]*ordered{}
		}
	}
	return t
}

// find returns the row with the key (its columns in order) and whether there is one.
func (db *store) find(c *collection, key ...string) (object, bool) {
	e, ok := db.table(c).rows[joined(key)]
	if !ok {
		return nil, false
	}
	return e.row, true
}

func (db *store) exists(c *collection, key ...string) bool {
	_, ok := db.find(c, key...)
	return ok
}

// get returns the row with the ID, or entity.not_exists_with_id.
func (db *store) get(c *collection, id string) (object, error) {
	row, ok := db.find(c, id)
	if !ok {
		return nil, notExistsWithID(c.name, id)
	}
	return row, nil
}

// all returns every row in the order of the heap: updated rows come last.
func (db *store) all(c *collection) []object {
	return rowsOf(db.table(c).order.entries())
}

// newest returns the rows of a collection by creation, latest first.
func (db *store) newest(c *collection) []object {
	entries := db.table(c).order.entries()
	slices.SortFunc(entries, func(a, b *entry) int {
		if a.born > b.born {
			return -1
		}
		return 1
	})
	return rowsOf(entries)
}

func rowsOf(entries []*entry) []object {
	return mapped(entries, func(e *entry) object { return e.row })
}

// where returns the rows whose column has the value. Columns of refs and indexes
// are looked up, others scanned.
func (db *store) where(c *collection, column, value string) []object {
	t := db.table(c)
	if index, ok := t.indexes[column]; ok {
		return rowsOf(index[value].entries())
	}
	return filtered(db.all(c), func(row object) bool { return row.str(column) == value })
}

// count returns len(where(…)) without visiting the rows of an indexed column.
func (db *store) count(c *collection, column, value string) int {
	if index, ok := db.table(c).indexes[column]; ok {
		if bucket := index[value]; bucket != nil {
			return bucket.live
		}
		return 0
	}
	return len(db.where(c, column, value))
}

// first returns the only row of a collection that holds one at most.
func (db *store) first(c *collection) (object, bool) {
	rows := db.all(c)
	if len(rows) == 0 {
		return nil, false
	}
	return rows[0], true
}

// findUnique returns the row that has the values in the columns of a unique index.
func (db *store) findUnique(c *collection, columns []string, values ...string) (object, bool) {
	t := db.table(c)
	for i, u := range c.unique {
		if slices.Equal(u.columns, columns) {
			key := joined(values)
			if u.fold {
				key = strings.ToLower(key)
			}
			if e, ok := t.uniques[i][key]; ok {
				return e.row, true
			}
		}
	}
	return nil, false
}

// insert adds a row. Columns left out get their default or null; an empty text
// becomes null, as Logto's SQL builder makes it.
func (db *store) insert(c *collection, values object) (object, error) {
	row := make(object, 0, len(c.columns))
	for _, name := range c.columns {
		row = append(row, member{name, db.columnValue(c, name, values)})
	}
	t := db.table(c)
	key := keyOf(row, c.keyColumns())
	if err := db.validate(c, row); err != nil {
		return nil, err
	}
	if _, ok := t.rows[key]; ok {
		return nil, &violation{kind: uniqueViolated, constraint: c.name}
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

// insertAll adds the rows or, when one is refused, none of them. No rows at all is
// entity.invalid_input, as an SQL statement without values is to Logto.
func (db *store) insertAll(c *collection, rows []object) error {
	if len(rows) == 0 {
		return emptyValues()
	}
	return db.atomically(func() error {
		for _, values := range rows {
			if _, err := db.insert(c, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// replace makes the rows the only ones whose column has the value, or changes
// nothing when one is refused. Rows that are there already stay, with what
// depends on them; the same row twice is a unique violation. The rows of a
// relation give all columns of its key.
func (db *store) replace(c *collection, column, value string, rows []object) error {
	return db.atomically(func() error {
		wanted := map[string]bool{}
		for _, row := range rows {
			if err := db.validate(c, row); err != nil {
				return err
			}
			key := keyOf(row, c.keyColumns())
			if wanted[key] {
				return &violation{kind: uniqueViolated, constraint: c.name}
			}
			wanted[key] = true
		}
		for _, row := range rows {
			if _, ok := db.table(c).rows[keyOf(row, c.keyColumns())]; ok {
				continue
			}
			if _, err := db.insert(c, row); err != nil {
				return err
			}
		}
		for _, row := range db.where(c, column, value) {
			if !wanted[keyOf(row, c.keyColumns())] {
				_ = db.remove(c, keyValues(row, c.keyColumns())...) // it was just listed
			}
		}
		return nil
	})
}

// atomically reverts what work did when it fails, like a transaction.
func (db *store) atomically(work func() error) error {
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

// put, drop and swap are the only ways to change a table.
func (db *store) put(t *table, e *entry) {
	t.rows[e.key] = e
	db.place(t, e)
	db.revertWith(func() { db.drop(t, e) })
}

func (db *store) drop(t *table, e *entry) {
	delete(t.rows, e.key)
	db.unplace(t, e)
	db.revertWith(func() { db.put(t, e) })
}

func (db *store) swap(t *table, e *entry, row object) {
	old := e.row
	delete(t.rows, e.key)
	db.unplace(t, e)
	e.row, e.key = row, keyOf(row, t.of.keyColumns())
	t.rows[e.key] = e
	db.place(t, e)
	db.revertWith(func() { db.swap(t, e, old) })
}

func (db *store) revertWith(f func()) {
	if db.undo != nil {
		*db.undo = append(*db.undo, f)
	}
}

func (db *store) columnValue(c *collection, name string, values object) any {
	if values.has(name) {
		if v := values.get(name); v != "" || !slices.Contains(c.keyColumns(), name) {
			return stored(name, v)
		}
		return ""
	}
	switch {
	case name == "tenantId":
		return tenantID
	case name == "id":
		length := c.idLength
		if length == 0 {
			length = idWidth
		}
		return newID(length)
	case c.defaults.has(name):
		return c.defaults.get(name)
	case name == "createdAt" || name == "updatedAt":
		return db.millis()
	}
	return nil
}

// stored is what the database makes of a value: an empty text is null, and times
// are whole milliseconds.
func stored(column string, v any) any {
	if v == "" {
		return nil
	}
	if n, ok := v.(float64); ok && isTime(column) {
		return math.Trunc(n)
	}
	return v
}

func isTime(column string) bool { return strings.HasSuffix(column, "At") }

// millis is the current time in Logto's unit, milliseconds since the epoch.
func (db *store) millis() float64 { return float64(db.now().UnixMilli()) }

// update changes columns of the row with the key. No columns at all is
// entity.invalid_input, a missing row entity.not_exists, in this order as in Logto.
func (db *store) update(c *collection, changes object, key ...string) (object, error) {
	if len(changes) == 0 {
		return nil, emptyValues()
	}
	t := db.table(c)
	e, ok := t.rows[joined(key)]
	if !ok {
		return nil, notExists(c.singular)
	}
	row := slices.Clone(e.row)
	for _, m := range changes {
		if m.key == "tenantId" && m.value != tenantID {
			return nil, &violation{kind: badValue}
		}
		if i := slices.IndexFunc(row, func(x member) bool { return x.key == m.key }); i >= 0 {
			row[i].value = stored(m.key, m.value)
		}
	}
	if c.touch != "" && !changes.has(c.touch) {
		row = row.with(c.touch, db.millis())
	}
	if err := db.validate(c, row); err != nil {
		return nil, err
	}
	newKey := keyOf(row, c.keyColumns())
	if _, taken := t.rows[newKey]; taken && newKey != e.key {
		return nil, &violation{kind: uniqueViolated, constraint: c.name}
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
func (db *store) renameChildren(t *table, old, row object) {
	for _, ch := range t.children {
		changes := object{}
		for i, column := range ch.ref.columns {
			changes = append(changes, member{column, row.get(t.of.keyColumns()[i])})
		}
		index := ch.table.indexes[strings.Join(ch.ref.columns, ",")]
		for _, e := range index[keyOf(old, t.of.keyColumns())].entries() {
			// Both ends exist, so nothing can refuse this.
			_, _ = db.update(ch.table.of, changes, strings.Split(e.key, "\x00")...)
		}
	}
}

// remove deletes the row with the key and what depends on it, or answers entity.not_found.
func (db *store) remove(c *collection, key ...string) error {
	t := db.table(c)
	e, ok := t.rows[joined(key)]
	if !ok {
		return notFound()
	}
	db.drop(t, e)
	for _, ch := range t.children {
		index := ch.table.indexes[strings.Join(ch.ref.columns, ",")]
		for _, dependent := range index[e.key].entries() {
			childKey := strings.Split(dependent.key, "\x00")
			if !ch.ref.setNull {
				_ = db.remove(ch.table.of, childKey...) // it was just listed
				continue
			}
			cleared := object{}
			for _, column := range ch.ref.columns {
				cleared = append(cleared, member{column, nil})
			}
			_, _ = db.update(ch.table.of, cleared, childKey...)
		}
	}
	return nil
}

// removeWhere deletes the rows whose column has the value.
func (db *store) removeWhere(c *collection, column, value string) {
	for _, row := range db.where(c, column, value) {
		_ = db.remove(c, keyValues(row, c.keyColumns())...) // it was just listed
	}
}

// link inserts the rows of a relation that do not exist yet: fixed columns and one
// value each of the last. It stops at the first violation; checks are made even on
// rows that exist.
func (db *store) link(c *collection, fixed object, column string, values []string) error {
	for _, value := range distinct(values) {
		row := fixed.with(column, value)
		if err := db.validate(c, row); err != nil {
			return err
		}
		if value == "" { // no null here: the text goes into the statement as it is
			return &violation{kind: foreignKeyMissing, constraint: c.name}
		}
		if db.exists(c, keyValues(row, c.keyColumns())...) {
			continue
		}
		if _, err := db.insert(c, row); err != nil {
			return err
		}
	}
	return nil
}

func (db *store) place(t *table, e *entry) {
	db.clock++
	e.seq = db.clock
	t.order.add(e)
	for i, u := range t.of.unique {
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

func (db *store) unplace(t *table, e *entry) {
	e.seq = 0
	t.order.drop()
	for i, u := range t.of.unique {
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

func (db *store) validate(c *collection, row object) error {
	for _, m := range row {
		n, isNumber := m.value.(float64)
		if hasNUL(m.value) || isNumber && isTime(m.key) && math.Abs(n) > latestTime {
			return &violation{kind: badValue}
		}
	}
	for _, name := range c.integers {
		n, _ := row.get(name).(float64)
		if n != math.Trunc(n) {
			return &violation{kind: badNumber}
		}
		if math.Abs(n) >= math.MaxInt64 {
			return &violation{kind: badValue}
		}
	}
	for name, limit := range c.maxLength {
		if utf8.RuneCountInString(row.str(name)) > limit {
			return &violation{kind: valueTooLong, limit: limit}
		}
	}
	for _, r := range c.refs {
		for _, name := range r.columns {
			if utf8.RuneCountInString(row.str(name)) > idWidth {
				return &violation{kind: valueTooLong, limit: idWidth}
			}
		}
	}
	for _, ok := range c.checks {
		if !ok(db, row) {
			return &violation{kind: checkViolated, constraint: c.name}
		}
	}
	return nil
}

func (t *table) uniqueOK(row object, self *entry) error {
	for i, u := range t.of.unique {
		key, ok := uniqueKey(u, row)
		if !ok {
			continue
		}
		if other := t.uniques[i][key]; other != nil && other != self {
			return &violation{kind: uniqueViolated, constraint: t.of.name + "." + strings.Join(u.columns, ",")}
		}
	}
	return nil
}

// refsOK checks the foreign keys of row that differ from those of old.
func (db *store) refsOK(c *collection, row, old object) error {
	for _, r := range c.refs {
		values := keyValues(row, r.columns)
		if slices.Equal(values, keyValues(old, r.columns)) && old != nil {
			continue
		}
		if slices.ContainsFunc(r.columns, func(column string) bool { return row.get(column) == nil }) {
			continue
		}
		if !db.exists(r.to, values...) {
			return &violation{kind: foreignKeyMissing, constraint: c.name}
		}
	}
	return nil
}

func uniqueKey(u unique, row object) (string, bool) {
	for _, column := range u.columns {
		if row.get(column) == nil {
			return "", false
		}
	}
	key := keyOf(row, u.columns)
	if u.fold {
		key = strings.ToLower(key)
	}
	return key, true
}

func keyOf(row object, columns []string) string { return joined(keyValues(row, columns)) }

func keyValues(row object, columns []string) []string {
	return mapped(columns, func(column string) string {
		switch v := row.get(column).(type) {
		case nil:
			return ""
		case string:
			return v
		default:
			return fmt.Sprint(v)
		}
	})
}

func joined(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values, "\x00")
}

// newID makes an ID as Logto does: lower-case letters and digits.
func newID(length int) string { return randomText(length, "0123456789abcdefghijklmnopqrstuvwxyz") }

// newSecret makes a secret as Logto does: letters and digits.
func newSecret(length int) string {
	return randomText(length, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

func randomText(length int, alphabet string) string {
	out := make([]byte, length)
	for i := range out {
		out[i] = alphabet[rand.IntN(len(alphabet))]
	}
	return string(out)
}
