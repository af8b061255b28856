// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Words are the allowed values of an attribute: for its validator and for its
// description, so that the two cannot differ.
type Words []string

// Validator allows the words only. Its error begins with the word that was
// probably meant, and ends with all words. See [Each] for sets, lists and maps.
func (w Words) Validator() validator.String { return stringFunc{allowed: w.Has, words: w} }

// ValidatorWithNote is [Words.Validator] with a sentence about the values before the
// list of them.
func (w Words) ValidatorWithNote(note string) validator.String {
	return stringFunc{allowed: w.Has, words: w, note: note}
}

// Check refuses a value of an attribute that is none of the words, where what is
// allowed depends on another attribute.
func (w Words) Check(diags *diag.Diagnostics, at path.Path, value string) {
	var resp validator.StringResponse
	w.Validator().ValidateString(context.Background(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(value)}, &resp)
	diags.Append(resp.Diagnostics...)
}

// AnyCase allows the words in any letter case.
func (w Words) AnyCase() validator.String {
	return stringFunc{words: w, allowed: func(s string) bool {
		return slices.ContainsFunc(w, func(word string) bool { return strings.EqualFold(word, s) })
	}}
}

// Has reports whether s is one of the words.
func (w Words) Has(s string) bool { return slices.Contains(w, s) }

// String lists the words for a description: `a`, `b` or `c`.
func (w Words) String() string { return enumerate(w, "`", " or ") }

// enumerate lists words, each in quotes, with a conjunction before the last.
func enumerate(words []string, quote, conjunction string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote + w + quote
	}
	last := len(quoted) - 1
	if last <= 0 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:last], ", ") + conjunction + quoted[last]
}

// refuseWords makes one error of all wrong values of an attribute. subject is its
// first part, with the verb: "The value of attribute type is".
func (v stringFunc) refuseWords(diags *diag.Diagnostics, at path.Path, subject, noun string, wrong []string) {
	note := v.note
	if note != "" {
		note = " " + note
	}
	diags.AddAttributeError(outermost(at), invalidValue, fmt.Sprintf("%s%s not allowed.%s Allowed %ss: %s.",
		DidYouMean(v.words, wrong...), subject, note, noun, enumerate(v.words, `"`, ", ")))
}

// DidYouMean asks whether those words were meant that the wrong values are
// misspellings of; it is "" when they resemble none. It ends with a space.
func DidYouMean(words []string, wrong ...string) string {
	meant := slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return !slices.ContainsFunc(wrong, func(s string) bool { return nearest(s, words) == word })
	})
	if len(meant) == 0 {
		return ""
	}
	return "Did you mean " + enumerate(meant, `"`, " and ") + "? "
}

// nearest is the word that s is a misspelling or a part of; "" when it is
// not like any. Letter case and punctuation do not count.
func nearest(s string, words []string) string {
	best, distance := "", math.MaxInt
	for _, w := range words {
		if d := levenshtein.Distance(bare(s), bare(w), nil); d < distance {
			best, distance = w, d
		}
	}
	if distance <= max(2, len(best)/3) && distance < len(bare(s)) {
		return best
	}
	if len(bare(s)) < 3 {
		return ""
	}
	for _, contains := range []func(s, part string) bool{strings.HasPrefix, strings.Contains} {
		if i := slices.IndexFunc(words, func(w string) bool { return contains(bare(w), bare(s)) }); i >= 0 {
			return words[i]
		}
	}
	return ""
}

// bare is the letters and digits of a text in lower case.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
