// SPDX-License-Identifier: MPL-2.0

package validators

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

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// Enum are the allowed values of an attribute: for its validator and for its
// description, so that the two cannot differ.
type Enum []string

// OneOf allows the words only. Its error begins with the word that was
// probably meant, and ends with all words. See [Each] for sets, lists and maps.
func (w Enum) OneOf() validator.String { return StringValidator{allowed: w.Contains, words: w} }

// OneOfWithNote is [Enum.OneOf] with a sentence about the values before the
// list of them.
func (w Enum) OneOfWithNote(note string) validator.String {
	return StringValidator{allowed: w.Contains, words: w, note: note}
}

// Check refuses a value of an attribute that is none of the words, where what is
// allowed depends on another attribute.
func (w Enum) Check(diags *diag.Diagnostics, at path.Path, value string) {
	var resp validator.StringResponse
	w.OneOf().ValidateString(context.Background(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(value)}, &resp)
	diags.Append(resp.Diagnostics...)
}

// OneOfAnyCase allows the words in any letter case.
func (w Enum) OneOfAnyCase() validator.String {
	return StringValidator{words: w, allowed: func(s string) bool {
		return slices.ContainsFunc(w, func(word string) bool { return strings.EqualFold(word, s) })
	}}
}

// Contains reports whether s is one of the words.
func (w Enum) Contains(s string) bool { return slices.Contains(w, s) }

// String lists the words for a description: `a`, `b` or `c`.
func (w Enum) String() string { return enumerate(w, "`", " or ") }

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
func (v StringValidator) refuseWords(diags *diag.Diagnostics, at path.Path, subject, noun string, wrong []string) {
	note := v.note
	if note != "" {
		note = " " + note
	}
	diags.AddAttributeError(Outermost(at), customtypes.InvalidValue, fmt.Sprintf("%s%s not allowed.%s Allowed %ss: %s.",
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
