// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

func (db *Store) columnValue(c *Collection, name string, values Object) any {
	if values.Has(name) {
		if v := values.Get(name); v != "" || !slices.Contains(c.keyColumns(), name) {
			return stored(name, v)
		}
		return ""
	}
	switch {
	case name == "tenantId":
		return TenantID
	case name == "id":
		length := c.IDLength
		if length == 0 {
			length = IDWidth
		}
		return NewID(length)
	case c.Defaults.Has(name):
		return c.Defaults.Get(name)
	case name == "createdAt" || name == "updatedAt":
		return db.Millis()
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

// Millis is the current time in Logto's unit, milliseconds since the epoch.
func (db *Store) Millis() float64 { return float64(db.Now().UnixMilli()) }

func (db *Store) validate(c *Collection, row Object) error {
	for _, m := range row {
		n, isNumber := m.Value.(float64)
		if hasNUL(m.Value) || isNumber && isTime(m.Key) && math.Abs(n) > latestTime {
			return &Violation{Kind: badValue}
		}
	}
	for _, name := range c.Integers {
		n, _ := row.Get(name).(float64)
		if n != math.Trunc(n) {
			return &Violation{Kind: badNumber}
		}
		if math.Abs(n) >= math.MaxInt64 {
			return &Violation{Kind: badValue}
		}
	}
	for name, limit := range c.MaxLength {
		if utf8.RuneCountInString(row.Str(name)) > limit {
			return &Violation{Kind: valueTooLong, limit: limit}
		}
	}
	for _, r := range c.Refs {
		for _, name := range r.Columns {
			if utf8.RuneCountInString(row.Str(name)) > IDWidth {
				return &Violation{Kind: valueTooLong, limit: IDWidth}
			}
		}
	}
	for _, ok := range c.Checks {
		if !ok(db, row) {
			return &Violation{Kind: checkViolated, Constraint: c.Name}
		}
	}
	return nil
}

// refsOK checks the foreign keys of row that differ from those of old.
func (db *Store) refsOK(c *Collection, row, old Object) error {
	for _, r := range c.Refs {
		values := KeyValues(row, r.Columns)
		if slices.Equal(values, KeyValues(old, r.Columns)) && old != nil {
			continue
		}
		if slices.ContainsFunc(r.Columns, func(column string) bool { return row.Get(column) == nil }) {
			continue
		}
		if !db.Exists(r.To, values...) {
			return &Violation{Kind: foreignKeyMissing, Constraint: c.Name}
		}
	}
	return nil
}
