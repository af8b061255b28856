// SPDX-License-Identifier: MPL-2.0

package export

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// expression is a part of a configuration. hcl writes it for a line that begins with
// indent and has used so many columns.
type expression interface {
	hcl(indent string, used int) string
}

// maxColumns is where an object or a list of one line becomes one of several.
const maxColumns = 110

type (
	// code stands as it is: a number, a reference.
	code string
	// text is a string.
	text string
	// list is a list, or a set in the order in which it is written.
	list []expression
	// object is an object or a map.
	object []item
	// item is an attribute of an object.
	item struct {
		name  string
		value expression
	}
	// jsonText is a string that jsonencode makes of what is in it.
	jsonText struct{ expression }
)

func (c code) hcl(string, int) string { return string(c) }

func (t text) hcl(indent string, _ int) string {
	if s := string(t); strings.Count(strings.TrimSuffix(s, "\n"), "\n") > 0 && !strings.ContainsFunc(s, isControl) {
		if long := heredoc(s, indent); saysText(long, s) {
			return long
		}
	}
	return quote(string(t))
}

// isControl reports whether a character is better seen as an escape: a line end of another
// system, which git may change, or one that nobody sees.
func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// quote is a string in quotes.
func quote(s string) string { return string(hclwrite.TokensForValue(cty.StringVal(s)).Bytes()) }

// heredoc is a text of several lines, indented one step further than its line.
func heredoc(s, indent string) string {
	var b strings.Builder
	ended := strings.HasSuffix(s, "\n")
	if !ended {
		b.WriteString("chomp(")
	}
	b.WriteString("<<-EOT\n")
	escaped := strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strings.TrimSuffix(s, "\n"))
	for line := range strings.SplitSeq(escaped, "\n") {
		if line != "" {
			b.WriteString(indent + "  " + line)
		}
		b.WriteString("\n")
	}
	b.WriteString(indent + "EOT")
	if !ended {
		b.WriteString("\n" + indent + ")")
	}
	return b.String()
}

// saysText reports whether a heredoc is the text again, which it is not when all its
// lines begin with white space, or when a line is its end.
func saysText(written, s string) bool {
	parsed, diags := hclsyntax.ParseExpression([]byte(strings.TrimSuffix(strings.TrimPrefix(written, "chomp("), ")")+"\n"), "", hcl.InitialPos)
	if diags.HasErrors() {
		return false
	}
	v, diags := parsed.Value(nil)
	return !diags.HasErrors() && v.Type() == cty.String && strings.TrimSuffix(v.AsString(), "\n") == strings.TrimSuffix(s, "\n") &&
		!strings.HasSuffix(strings.TrimSuffix(s, "\n"), "\n")
}

func (l list) hcl(indent string, used int) string {
	parts := make([]string, len(l))
	for i, e := range l {
		parts[i] = inline(e)
	}
	if line := "[" + strings.Join(parts, ", ") + "]"; l.isFlat() && used+len(line) <= maxColumns || len(l) == 0 {
		return line
	}
	deeper := indent + "  "
	var b strings.Builder
	b.WriteString("[\n")
	for _, e := range l {
		b.WriteString(deeper + broken(e, deeper) + ",\n")
	}
	return b.String() + indent + "]"
}

// broken is an element of a list of several lines. It is no heredoc, behind which no
// comma can stand.
func broken(e expression, indent string) string {
	if t, ok := e.(text); ok {
		return quote(string(t))
	}
	return e.hcl(indent, len(indent))
}

// isFlat reports whether a list has no object in it.
func (l list) isFlat() bool {
	return !slices.ContainsFunc(l, func(e expression) bool { _, ok := e.(object); return ok })
}

// maxInline is how many attributes an object of one line has.
const maxInline = 3

func (o object) hcl(indent string, used int) string {
	if line := inline(o); len(o) == 0 || o.isSmall() && used+len(line) <= maxColumns {
		return line
	}
	deeper := indent + "  "
	var b strings.Builder
	b.WriteString("{\n")
	for _, i := range o {
		before := deeper + key(i.name) + " = "
		b.WriteString(before + i.value.hcl(deeper, len(before)) + "\n")
	}
	return b.String() + indent + "}"
}

// isSmall reports whether an object has few attributes, and no object or text of
// several lines in it.
func (o object) isSmall() bool {
	return len(o) <= maxInline && !slices.ContainsFunc(o, func(i item) bool {
		switch v := i.value.(type) {
		case object:
			return len(v) > 0
		case jsonText:
			return true
		case list:
			return !v.isFlat()
		case text:
			return strings.Contains(string(v), "\n")
		}
		return false
	})
}

// inline is an expression in one line.
func inline(e expression) string {
	switch e := e.(type) {
	case text:
		return quote(string(e))
	case list:
		parts := make([]string, len(e))
		for i, inner := range e {
			parts[i] = inline(inner)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case object:
		if len(e) == 0 {
			return "{}"
		}
		parts := make([]string, len(e))
		for i, inner := range e {
			parts[i] = key(inner.name) + " = " + inline(inner.value)
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case jsonText:
		return "jsonencode(" + inline(e.expression) + ")"
	}
	return e.hcl("", 0)
}

func (j jsonText) hcl(indent string, used int) string {
	return "jsonencode(" + j.expression.hcl(indent, used+len("jsonencode(")) + ")"
}

// keywords mean something else at the beginning of an object.
var keywords = []string{"for", "if", "in", "null", "true", "false"}

// key is the name of an attribute of an object.
func key(name string) string {
	if hclsyntax.ValidIdentifier(name) && !slices.Contains(keywords, name) {
		return name
	}
	return quote(name)
}

// jsonExpression is a JSON text as an expression. secret, if not nil, returns what
// stands for the value at a path, and nil for one that is no secret.
func jsonExpression(raw string, secret func(path []string, value string) expression) (expression, bool) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(raw)))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, false
	}
	return fromJSON(v, nil, secret), true
}

func fromJSON(v any, at []string, secret func([]string, string) expression) expression {
	switch v := v.(type) {
	case string:
		if secret != nil {
			if e := secret(at, v); e != nil {
				return e
			}
		}
		return text(v)
	case json.Number:
		return code(v.String())
	case bool:
		if v {
			return code("true")
		}
		return code("false")
	case []any:
		l := make(list, len(v))
		for i, e := range v {
			l[i] = fromJSON(e, at, secret)
		}
		return l
	case map[string]any:
		o := object{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			o = append(o, item{name, fromJSON(v[name], append(slices.Clone(at), name), secret)})
		}
		return o
	}
	return code("null")
}
