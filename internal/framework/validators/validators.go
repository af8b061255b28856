// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// shownPath is the path, or the part of it that ends at a set: the path of an
// element of a set would show the element.
func shownPath(at path.Path) (shown path.Path, whole bool) {
	steps := at.Steps()
	end := slices.IndexFunc(steps, func(s path.PathStep) bool { _, ok := s.(path.PathStepElementKeyValue); return ok })
	if end < 0 {
		return at, true
	}
	for range steps[end:] {
		at = at.ParentPath()
	}
	return at, false
}

// StringFunc allows the strings that are allowed; says continues "the value …".
func StringFunc(says string, allowed func(string) bool) validator.String {
	return StringValidator{says: says, allowed: allowed}
}

// StringValidator is a validator for strings.
type StringValidator struct {
	says    string // continues "the value …"
	allowed func(string) bool
	but     func(string) string // what a wrong value is instead, which continues says; may be nil
	words   Enum                // the values, where they are few; says is "" then
	note    string              // a sentence about the words
	Least   int                 // the lengths that texts can have, where that is what it checks
	Most    int
}

// Description implements validator.Describer.
func (v StringValidator) Description(context.Context) string {
	if v.words != nil {
		return "value must be one of " + v.words.String()
	}
	return "value " + v.says
}

// MarkdownDescription implements validator.Describer.
func (v StringValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (v StringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	s := req.ConfigValue
	switch {
	case !flex.IsGiven(s) || v.allowed(s.ValueString()):
	case v.words != nil:
		shown, whole := shownPath(req.Path)
		subject := "The value"
		if !whole {
			subject = "An element"
		}
		v.refuseWords(&resp.Diagnostics, req.Path, subject+" of attribute "+shown.String()+" is", "value", []string{s.ValueString()})
	case v.but != nil:
		refuseValue(&resp.Diagnostics, req.Path, v.says+", and "+v.but(s.ValueString()))
	default:
		refuseValue(&resp.Diagnostics, req.Path, v.says)
	}
}

// Words are the allowed values where they are few, and nil otherwise.
func (v StringValidator) Words() Enum { return v.words }

// UTF16Length is the length of a text as Logto counts it: in UTF-16 code units, as
// JavaScript does. Most emoji count as two.
func UTF16Length(s string) int { return len(utf16.Encode([]rune(s))) }

// Length allows texts of that length; see [UTF16Length].
func Length(least, most int) validator.String {
	return lengthBetween(fmt.Sprintf("must have %d to %d characters (UTF-16 code units: an emoji counts as two)", least, most), least, most)
}

// LengthSays is the sentence of a description about [Length].
func LengthSays(least, most int) string {
	return fmt.Sprintf("The value must have %d to %d characters.", least, most)
}

// LengthAtMost allows texts of at most that length; see [UTF16Length].
func LengthAtMost(most int) validator.String {
	return lengthBetween(fmt.Sprintf("must have at most %d characters (UTF-16 code units: an emoji counts as two)", most), 0, most)
}

func lengthBetween(says string, least, most int) validator.String {
	return StringValidator{says: says, allowed: func(s string) bool { n := UTF16Length(s); return least <= n && n <= most },
		but: func(s string) string { return fmt.Sprintf("has %d", UTF16Length(s)) }, Least: least, Most: most}
}

// LengthLimit is the length that the texts of an attribute can have, if its schema has
// a limit; see [UTF16Length].
func LengthLimit(a schema.Attribute) (most int, limited bool) {
	text, ok := a.(schema.StringAttribute)
	if !ok {
		return 0, false
	}
	for _, v := range text.Validators {
		if f, ok := v.(StringValidator); ok && f.Most > 0 {
			return f.Most, true
		}
	}
	return 0, false
}

// Int64Between allows those whole numbers.
func Int64Between(least, most int64) validator.Int64 {
	return Int64Range{least, most, fmt.Sprintf("must be a whole number from %d to %d", least, most)}
}

// Int64AtLeast allows that whole number and larger ones.
func Int64AtLeast(least int64) validator.Int64 {
	return Int64Range{least, math.MaxInt64, fmt.Sprintf("must be at least %d", least)}
}

// Int64AtMost allows that whole number and smaller ones.
func Int64AtMost(most int64) validator.Int64 {
	return Int64Range{math.MinInt64, most, fmt.Sprintf("must be at most %d", most)}
}

// Int64Range allows the whole numbers of a range. Says is the end of its error.
type Int64Range struct {
	least, most int64
	Says        string
}

// Limits are the smallest and the largest number.
func (v Int64Range) Limits() (least, most int64) { return v.least, v.most }

// Description implements validator.Describer.
func (v Int64Range) Description(context.Context) string { return "value " + v.Says }

// MarkdownDescription implements validator.Describer.
func (v Int64Range) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateInt64 implements validator.Int64.
func (v Int64Range) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if n := req.ConfigValue; flex.IsGiven(n) && (n.ValueInt64() < v.least || n.ValueInt64() > v.most) {
		refuseValue(&resp.Diagnostics, req.Path, v.Says)
	}
}

// NotEmpty allows every string but "".
func NotEmpty() validator.String {
	return StringFunc("must not be empty", func(s string) bool { return s != "" })
}

// IsPathSegment allows texts that can be a segment of a path of the Management API, for
// what Logto stores and nobody could then change or delete.
func IsPathSegment() validator.String {
	return StringFunc(`must not be ".", ".." or begin or end with a slash, nor have such parts or two slashes in a row: `+logto.WhyNoSegment,
		func(s string) bool { return s == "" || logto.IsSegment(s) })
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
		if first := slices.IndexFunc(elements[:i], e.Equal); first >= 0 && flex.IsGiven(e) {
			refuseValue(&resp.Diagnostics, req.Path.AtListIndex(i), fmt.Sprintf("is the same as element %d; list each once", first))
		}
	}
}

// IsWebURL allows http and https URLs with a host.
func IsWebURL() validator.String {
	return StringFunc("must be an http or https URL, as https://example.com/path", isWebURL)
}

// IsWebURLOrNothing allows "" as well.
func IsWebURLOrNothing() validator.String {
	return StringFunc(`must be "" or an http or https URL, as https://example.com/path`, func(s string) bool { return s == "" || isWebURL(s) })
}

func isWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && !strings.ContainsAny(s, " \t\r\n")
}

var emailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)

// IsEmailAddress allows email addresses.
func IsEmailAddress() validator.String {
	return StringFunc("must be an email address", emailAddress.MatchString)
}

// IsEmailAddressOrNothing allows "" as well.
func IsEmailAddressOrNothing() validator.String {
	return StringFunc("must be an email address", func(s string) bool { return s == "" || emailAddress.MatchString(s) })
}

var hexColor = regexp.MustCompile(`^#([0-9A-Fa-f]{3}){1,2}$`)

// IsHexColor allows colors in hexadecimal digits.
func IsHexColor() validator.String {
	return StringFunc("must be a color in hexadecimal digits, such as #5d34f2", hexColor.MatchString)
}

var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// IsHostName allows names of hosts with a dot, in small letters.
func IsHostName() validator.String {
	return StringFunc("must be the name of a host in lower case, such as auth.example.com", hostName.MatchString)
}
