// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"unicode/utf16"
)

// answerable tells whether an answer may hold the row. The database counts the
// characters of a text, Logto's answers its UTF-16 code units, as JavaScript does:
// a text that is between the two is stored and then makes each answer with it a 500.
func (c *collection) answerable(row object) bool {
	for name, limit := range c.maxLength {
		if codeUnits(row.str(name)) > limit {
			return false
		}
	}
	return true
}

// answers returns the row, or the bare 500 when no answer may hold it.
func (c *collection) answers(row object, err error) (object, error) {
	if err == nil && !c.answerable(row) {
		return nil, internal()
	}
	return row, err
}

// answersAll is answers for a list: one row breaks the whole of it.
func (c *collection) answersAll(rows []object, err error) ([]object, error) {
	for _, row := range rows {
		if err == nil && !c.answerable(row) {
			return nil, internal()
		}
	}
	return rows, err
}

// codeUnits is the length of a text in JavaScript.
func codeUnits(text string) int { return len(utf16.Encode([]rune(text))) }
