// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"unicode/utf16"
)

// Answerable tells whether an answer may hold the row. The database counts the
// characters of a text, Logto's answers its UTF-16 code units, as JavaScript does:
// a text that is between the two is stored and then makes each answer with it a 500.
func (c *Collection) Answerable(row Object) bool {
	for name, limit := range c.MaxLength {
		if codeUnits(row.Str(name)) > limit {
			return false
		}
	}
	return true
}

// Answers returns the row, or the bare 500 when no answer may hold it.
func (c *Collection) Answers(row Object, err error) (Object, error) {
	if err == nil && !c.Answerable(row) {
		return nil, InternalError()
	}
	return row, err
}

// AnswersAll is answers for a list: one row breaks the whole of it.
func (c *Collection) AnswersAll(rows []Object, err error) ([]Object, error) {
	for _, row := range rows {
		if err == nil && !c.Answerable(row) {
			return nil, InternalError()
		}
	}
	return rows, err
}

// codeUnits is the length of a text in JavaScript.
func codeUnits(text string) int { return len(utf16.Encode([]rune(text))) }
