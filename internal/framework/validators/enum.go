// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Enum are the allowed values of an attribute: for its validator and for its
// description, so that the two cannot differ.
type Enum []string

// OneOf allows the words only.
func (w Enum) OneOf() validator.String { return OneOf(w...) }

// Contains reports whether s is one of the words.
func (w Enum) Contains(s string) bool { return slices.Contains(w, s) }

// String lists the words for a description: `a`, `b` or `c`.
func (w Enum) String() string {
	last := len(w) - 1
	if last == 0 {
		return "`" + w[0] + "`"
	}
	return "`" + strings.Join(w[:last], "`, `") + "` or `" + w[last] + "`"
}

// DidYouMean asks whether one of the words was meant, where s is a misspelling of
// it; "" otherwise.
func DidYouMean(s string, words []string) string {
	if near := nearest(s, words); near != "" {
		return fmt.Sprintf("Did you mean %q? ", near)
	}
	return ""
}

// OneOf allows those words. Its error begins with the nearest of them.
func OneOf(words ...string) validator.String {
	list := Enum(words)
	return stringFunc{says: "must be one of " + list.String(), allowed: list.Contains, refuse: func(s string) string {
		if near := nearest(s, words); near != "" {
			return fmt.Sprintf("is none of the allowed values. Did you mean %q? Allowed are: %s", near, list)
		}
		return fmt.Sprintf("is none of the allowed values: %s", list)
	}}
}

// nearest is the word that s is a misspelling of; "" when it is not like any.
func nearest(s string, words []string) string {
	best, distance := "", math.MaxInt
	for _, w := range words {
		d := levenshtein.Distance(strings.ToLower(s), strings.ToLower(w), nil)
		if d < distance {
			best, distance = w, d
		}
	}
	if distance > max(2, len(best)/3) {
		return ""
	}
	return best
}
