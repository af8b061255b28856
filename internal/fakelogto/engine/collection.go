// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"slices"
	"strings"
)

// What every row has in common.
const (
	TenantID = "default"
	IDWidth  = 21 // of every column that holds an ID

	latestTime = 9.2e15 // about the last millisecond that PostgreSQL knows
)

// Collection describes one table: what a row looks like and what the database
// checks. Relations are collections too, with a key of several columns.
type Collection struct {
	Name      string   // plural, as the error messages name it: "organization_roles"
	Singular  string   // "organization_role"
	Columns   []string // in the order of answers; tenantId, id, createdAt and updatedAt are filled in
	Key       []string // default: id
	IDLength  int      // default: 21
	Defaults  Object   // of columns that are not null when left out
	Refs      []Ref
	Unique    []Unique
	Indexes   []string       // columns that where is asked for, besides those of refs
	Checks    []Check        // CHECK constraints
	MaxLength map[string]int // varchar(n) columns without a limit in the API
	Integers  []string       // bigint columns: fractions and larger numbers are refused
	Touch     string         // a column that every update sets to the current time
}

// Ref is a foreign key to the key of another collection. Deleting the parent
// deletes the row, or with setNull clears the columns.
type Ref struct {
	Columns []string
	To      *Collection
	setNull bool
}

// RefTo is a foreign key of one column.
func RefTo(column string, to *Collection) Ref { return Ref{Columns: []string{column}, To: to} }

// Unique is a unique index; rows with a null in one of the columns are left out.
// fold makes it blind to letter case.
type Unique struct {
	Columns []string
	Fold    bool
}

// Check is a CHECK constraint: false refuses the row.
type Check func(db *Store, row Object) bool

// Relation is the collection of a many-to-many relation whose key is all its foreign keys.
func Relation(name string, refs ...Ref) *Collection {
	c := &Collection{Name: name, Singular: strings.TrimSuffix(name, "s"), Refs: refs}
	for _, r := range refs {
		for _, column := range r.Columns {
			if !slices.Contains(c.Columns, column) {
				c.Columns = append(c.Columns, column)
			}
		}
	}
	c.Key = c.Columns
	return c
}

func (c *Collection) keyColumns() []string {
	if c.Key == nil {
		return []string{"id"}
	}
	return c.Key
}
