// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Paging says whether a list is cut into pages.
type Paging int

// The ways of a list to be paged.
const (
	neverPaged     Paging = iota
	OptionalPages         // only when page or page_size is given
	AlwaysPaged           // 20 rows without page_size
	defaultPerPage = 20
	maxPerPage     = 100
)

// Page is what a request asks for and, in total, what the list holds.
type Page struct {
	on            bool
	offset, limit float64
	Total         int
}

func parsePage(mode Paging, query []Pair) (Page, *Error) {
	if mode == neverPaged {
		return Page{}, nil
	}
	number, numberOK := pageNumber(query, "page", 1)
	size, sizeOK := pageNumber(query, "page_size", defaultPerPage)
	if !numberOK || !sizeOK || size > maxPerPage {
		return Page{}, Fail(400, "guard.invalid_pagination")
	}
	on := mode == AlwaysPaged || Lookup(query, "page") != "" || Lookup(query, "page_size") != ""
	return Page{on: on, offset: (number - 1) * size, limit: size}, nil
}

func pageNumber(query []Pair, key string, fallback float64) (float64, bool) {
	values := LookupAll(query, key)
	text := strings.Join(values, ",") // a repeated key is no number in JavaScript either
	if text == "" {
		return fallback, true
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return n, (err == nil || math.IsInf(n, 0)) && n > 0
}

// cut returns the rows of the page and notes the total.
func cut[T any](p *Page, rows []T) ([]T, error) {
	if !p.on {
		return rows, nil
	}
	p.Total = len(rows)
	// PostgreSQL's limit and offset are bigints.
	if p.limit != math.Trunc(p.limit) || p.offset != math.Trunc(p.offset) || p.offset >= math.MaxInt64 {
		return nil, &Violation{Kind: badNumber}
	}
	from := min(int(max(p.offset, 0)), len(rows))
	return rows[from:min(from+int(p.limit), len(rows))], nil
}

// links are the values of the Link header. Like Logto's they lack the /api prefix.
func (p *Page) links(base string, query []Pair) []string {
	pages := max(int(math.Ceil(float64(p.Total)/p.limit)), 1)
	current := int(math.Floor(p.offset/p.limit)) + 1
	link := func(number int, rel string) string {
		values := []string{}
		done := false
		for _, q := range query {
			value := q.value
			if q.key == "page" {
				value, done = strconv.Itoa(number), true
			}
			values = append(values, url.QueryEscape(q.key)+"="+url.QueryEscape(value))
		}
		if !done {
			values = append(values, "page="+strconv.Itoa(number))
		}
		return fmt.Sprintf(`<%s?%s>; rel="%s"`, base, strings.Join(values, "&"), rel)
	}
	out := []string{link(1, "first")}
	if current > 1 {
		out = append(out, link(current-1, "prev"))
	}
	out = append(out, link(pages, "last"))
	if current < pages {
		out = append(out, link(current+1, "next"))
	}
	return out
}

// Pair is one query parameter; the order counts.
type Pair struct{ key, value string }

// ParseQuery reads a query string, or a form.
func ParseQuery(raw string) []Pair {
	var out []Pair
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		out = append(out, Pair{unescapeQuery(key), unescapeQuery(value)})
	}
	return out
}

func unescapeQuery(s string) string {
	if out, err := url.QueryUnescape(s); err == nil {
		return out
	}
	return s
}

// Lookup returns the first value of a key, "" for none.
func Lookup(query []Pair, key string) string {
	for _, q := range query {
		if q.key == key {
			return q.value
		}
	}
	return ""
}

// LookupAll returns the values of a key.
func LookupAll(query []Pair, key string) []string {
	var out []string
	for _, q := range query {
		if q.key == key {
			out = append(out, q.value)
		}
	}
	return out
}

// IsTrue reads a flag of the query as Logto does: true, 1, yes and y in any case.
func IsTrue(s string) bool {
	return slices.Contains([]string{"1", "true", "y", "yes"}, strings.ToLower(s))
}

// Search is a parsed search.* query.
type Search struct {
	matches []func(Object) bool
	all     bool   // joint=and
	ID      string // the only condition is this ID, which the server made
}

// Keep reports whether a row fits.
func (s Search) Keep(row Object) bool {
	if len(s.matches) == 0 {
		return true
	}
	for _, match := range s.matches {
		if match(row) != s.all {
			return !s.all
		}
	}
	return s.all
}

// SearchError is a search that Logto refuses; a failure of the database itself is
// a bare 500.
type SearchError struct{ reason string }

func (e *SearchError) Error() string { return e.reason }

// ParseSearch reads search, search.<field>, mode[.<field>], joint and
// isCaseSensitive. The columns are those that may be searched, in camelCase.
func ParseSearch(query []Pair, columns ...string) (Search, error) {
	joint := Lookup(query, "joint")
	if joint == "" {
		joint = Lookup(query, "jointMode")
	}
	if joint != "" && joint != "or" && joint != "and" {
		return Search{}, &SearchError{"the joint mode is not valid"}
	}
	sensitive := IsTrue(Lookup(query, "isCaseSensitive"))
	modes, values, order, err := searchFields(query)
	if err != nil {
		return Search{}, err
	}
	out := Search{all: joint == "and"}
	for _, name := range order {
		mode := modes[name]
		if mode == "" {
			mode = modes[""]
		}
		if mode == "" {
			mode = "like"
		}
		match, err := fieldMatcher(mode, values[name], sensitive)
		if err != nil {
			return Search{}, err
		}
		searched := columns
		if name != "" {
			i := slices.IndexFunc(columns, func(column string) bool { return strings.ToLower(column) == name })
			if i < 0 {
				return Search{}, &SearchError{"the search field " + name + " is not valid"}
			}
			searched = columns[i : i+1]
		}
		out.matches = append(out.matches, func(row Object) bool {
			return slices.ContainsFunc(searched, func(column string) bool {
				text, ok := row.Get(column).(string)
				return ok && match(text)
			})
		})
		if name == "id" && mode == "exact" && len(values[name]) == 1 && len(order) == 1 {
			if out.ID = values[name][0]; !sensitive {
				out.ID = strings.ToLower(out.ID) // as generated IDs are
			}
		}
	}
	return out, nil
}

// searchFields are the modes and the values of the fields that are searched, and those
// fields in the order of the query; "" is any field.
func searchFields(query []Pair) (modes map[string]string, values map[string][]string, order []string, err error) {
	modes, values = map[string]string{}, map[string][]string{}
	for _, q := range query {
		isMode := strings.HasPrefix(q.key, "mode")
		if !isMode && !strings.HasPrefix(q.key, "search") {
			continue
		}
		name, err := searchField(q.key)
		if err != nil {
			return nil, nil, nil, err
		}
		if isMode {
			if !slices.Contains([]string{"exact", "like", "similar_to", "posix"}, q.value) {
				return nil, nil, nil, &SearchError{"the search mode is not valid"}
			}
			modes[name] = q.value
			continue
		}
		if _, ok := values[name]; !ok {
			order = append(order, name)
		}
		values[name] = append(values[name], q.value)
	}
	return modes, values, order, nil
}

// searchField takes "search.primary_email" and "search.primaryEmail" to "primaryemail".
func searchField(key string) (string, error) {
	parts := strings.Split(key, ".")
	if len(parts) > 2 {
		return "", &SearchError{"nested search fields are not supported"}
	}
	if len(parts) < 2 {
		return "", nil
	}
	return strings.ToLower(strings.ReplaceAll(parts[1], "_", "")), nil
}

func fieldMatcher(mode string, values []string, sensitive bool) (func(string) bool, error) {
	if mode != "exact" && len(values) != 1 {
		return nil, &SearchError{"only one search value is allowed unless the mode is exact"}
	}
	if slices.Contains(values, "") {
		return nil, &SearchError{"a search value cannot be empty"}
	}
	pattern := ""
	switch mode {
	case "exact":
		if sensitive {
			return func(s string) bool { return slices.Contains(values, s) }, nil
		}
		folded := Map(values, strings.ToLower)
		return func(s string) bool { return slices.Contains(folded, strings.ToLower(s)) }, nil
	case "similar_to":
		if !sensitive {
			return nil, &SearchError{"similar_to needs isCaseSensitive"}
		}
		pattern = likePattern(values[0], `.^$`)
	case "posix":
		pattern = values[0]
	default:
		pattern = likePattern(values[0], `.^$|()[]{}*+?`)
	}
	flags := "(?s)"
	if !sensitive {
		flags = "(?is)"
	}
	re, err := regexp.Compile(flags + pattern)
	if err != nil {
		return nil, InternalError()
	}
	return re.MatchString, nil
}

// likePattern turns an SQL pattern into an anchored regular expression in which
// the literal characters are quoted.
func likePattern(pattern, literal string) string {
	var b strings.Builder
	b.WriteString("^(?:")
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString(".*")
		case r == '_':
			b.WriteByte('.')
		case strings.ContainsRune(literal, r):
			b.WriteString(regexp.QuoteMeta(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString(")$")
	return b.String()
}

// Keyword reads the q parameter of the organization routes: a case-insensitive
// substring of one of the columns, with % and _ as wildcards.
func Keyword(q string, columns ...string) func(Object) bool {
	if q == "" {
		return func(Object) bool { return true }
	}
	match, err := fieldMatcher("like", []string{"%" + q + "%"}, false)
	return func(row Object) bool {
		return err == nil && slices.ContainsFunc(columns, func(column string) bool {
			text, ok := row.Get(column).(string)
			return ok && match(text)
		})
	}
}

// QueryHas reports whether the query has a key.
func (c *Context) QueryHas(key string) bool { return len(LookupAll(c.Query, key)) > 0 }

// ByText orders rows by a column.
func ByText(column string) func(a, b Object) int {
	return func(a, b Object) int { return cmp.Compare(a.Str(column), b.Str(column)) }
}
