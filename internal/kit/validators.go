// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The validators of this package show no value: people may have declared it
// sensitive, and the log of a pipeline is read by many.

const invalidValue = "Invalid attribute value"

// refuseValue says which attribute is wrong, and how it must be. The path of an
// element of a set would show the element, so it ends at the set.
func refuseValue(diags *diag.Diagnostics, at path.Path, says string) {
	shown := at
	for i, step := range at.Steps() {
		if _, ok := step.(path.PathStepElementKeyValue); ok {
			shown = path.Empty()
			for _, s := range at.Steps()[:i] {
				shown = appendStep(shown, s)
			}
			break
		}
	}
	of := "Attribute "
	if !shown.Equal(at) {
		of = "An element of "
	}
	diags.AddAttributeError(outermost(at), invalidValue, fmt.Sprintf("%s%s %s.", of, shown, says))
}

func appendStep(to path.Path, step path.PathStep) path.Path {
	switch s := step.(type) {
	case path.PathStepAttributeName:
		return to.AtName(string(s))
	case path.PathStepElementKeyInt:
		return to.AtListIndex(int(s))
	case path.PathStepElementKeyString:
		return to.AtMapKey(string(s))
	}
	return to
}

// Rule allows the strings that are allowed; says continues "the value …".
func Rule(says string, allowed func(string) bool) validator.String {
	return stringFunc{says: says, allowed: allowed, refuse: func(string) string { return says }}
}

// stringFunc is a validator for strings. refuse says what is wrong with one.
type stringFunc struct {
	says    string
	allowed func(string) bool
	refuse  func(string) string
	most    int // the length that texts can have, where that is what it checks
}

// Description implements validator.Describer.
func (v stringFunc) Description(context.Context) string { return "value " + v.says }

// MarkdownDescription implements validator.Describer.
func (v stringFunc) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v stringFunc) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if s := req.ConfigValue; IsGiven(s) && !v.allowed(s.ValueString()) {
		refuseValue(&resp.Diagnostics, req.Path, v.refuse(s.ValueString()))
	}
}

// TextLength is the length of a text as Logto counts it: in UTF-16 code units, as
// JavaScript does. Most emoji count as two.
func TextLength(s string) int { return len(utf16.Encode([]rune(s))) }

// Length allows texts of that length; see [TextLength].
func Length(least, most int) validator.String {
	return textLength(fmt.Sprintf("must have %d to %d characters (UTF-16 code units: an emoji counts as two)", least, most), least, most)
}

// LengthAtMost allows texts of at most that length; see [TextLength].
func LengthAtMost(most int) validator.String {
	return textLength(fmt.Sprintf("must have at most %d characters (UTF-16 code units: an emoji counts as two)", most), 0, most)
}

func textLength(says string, least, most int) validator.String {
	return stringFunc{says: says, allowed: func(s string) bool { n := TextLength(s); return least <= n && n <= most },
		refuse: func(s string) string { return fmt.Sprintf("%s, and has %d", says, TextLength(s)) }, most: most}
}

// TextLimit is the length that the texts of an attribute can have, if its schema has
// a limit; see [TextLength].
func TextLimit(a schema.Attribute) (most int, limited bool) {
	text, ok := a.(schema.StringAttribute)
	if !ok {
		return 0, false
	}
	for _, v := range text.Validators {
		if f, ok := v.(stringFunc); ok && f.most > 0 {
			return f.most, true
		}
	}
	return 0, false
}

// OneOf allows those words. Its error begins with the nearest of them.
func OneOf(words ...string) validator.String {
	list := Words(words)
	return stringFunc{says: "must be one of " + list.String(), allowed: list.Has, refuse: func(s string) string {
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

// Int64Between allows those whole numbers.
func Int64Between(least, most int64) validator.Int64 {
	return int64Range{least, most, fmt.Sprintf("must be a whole number from %d to %d", least, most)}
}

// Int64AtLeast allows that whole number and larger ones.
func Int64AtLeast(least int64) validator.Int64 {
	return int64Range{least, math.MaxInt64, fmt.Sprintf("must be at least %d", least)}
}

// Int64AtMost allows that whole number and smaller ones.
func Int64AtMost(most int64) validator.Int64 {
	return int64Range{math.MinInt64, most, fmt.Sprintf("must be at most %d", most)}
}

type int64Range struct {
	least, most int64
	says        string
}

// Description implements validator.Describer.
func (v int64Range) Description(context.Context) string { return "value " + v.says }

// MarkdownDescription implements validator.Describer.
func (v int64Range) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateInt64 implements validator.Int64.
func (v int64Range) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if n := req.ConfigValue; IsGiven(n) && (n.ValueInt64() < v.least || n.ValueInt64() > v.most) {
		refuseValue(&resp.Diagnostics, req.Path, v.says)
	}
}

// UniqueValues allows lists without an element that stands in them twice.
func UniqueValues() validator.List { return uniqueValues{} }

type uniqueValues struct{}

// Description implements validator.Describer.
func (uniqueValues) Description(context.Context) string { return "each element stands in it once" }

// MarkdownDescription implements validator.Describer.
func (v uniqueValues) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateList implements validator.List.
func (uniqueValues) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	elements := req.ConfigValue.Elements()
	for i, e := range elements {
		if first := slices.IndexFunc(elements[:i], e.Equal); first >= 0 && IsGiven(e) {
			refuseValue(&resp.Diagnostics, req.Path.AtListIndex(i), fmt.Sprintf("is the same as element %d; list each once", first))
		}
	}
}

// IsWebURL allows http and https URLs with a host.
func IsWebURL() validator.String {
	return Rule("must be an http or https URL, as https://example.com/path", isWebURL)
}

// IsWebURLOrNothing allows "" besides.
func IsWebURLOrNothing() validator.String {
	return Rule(`must be "" or an http or https URL, as https://example.com/path`, func(s string) bool { return s == "" || isWebURL(s) })
}

func isWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && !strings.ContainsAny(s, " \t\r\n")
}

var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// IsHostName allows names of hosts with a dot, in small letters.
func IsHostName() validator.String {
	return Rule("must be the name of a host in small letters, as auth.example.com", hostName.MatchString)
}
