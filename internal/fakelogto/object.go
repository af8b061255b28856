// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// object is a JSON object that remembers the order of its keys: rows answer in
// column order, free maps in the order of PostgreSQL's jsonb.
//
// The values are nil, bool, float64, string, object and []any. An object is
// never changed once it is stored: with, without and merge copy it, so rows may
// be handed out and encoded without holding the lock.
type object []member

type member struct {
	key   string
	value any
}

// get returns the value of a key, nil when it is absent.
func (o object) get(key string) any {
	for i := range o {
		if o[i].key == key {
			return o[i].value
		}
	}
	return nil
}

func (o object) has(key string) bool {
	return slices.ContainsFunc(o, func(m member) bool { return m.key == key })
}

// str returns a string member, "" when it is absent or null.
func (o object) str(key string) string {
	s, _ := o.get(key).(string)
	return s
}

func (o object) flag(key string) bool {
	b, _ := o.get(key).(bool)
	return b
}

func (o object) num(key string) float64 {
	n, _ := o.get(key).(float64)
	return n
}

func (o object) obj(key string) object {
	v, _ := o.get(key).(object)
	return v
}

func (o object) list(key string) []any {
	v, _ := o.get(key).([]any)
	return v
}

// strs returns the strings of an array member.
func (o object) strs(key string) []string {
	list := o.list(key)
	out := make([]string, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// with returns a copy in which key has the value; a new key comes last.
func (o object) with(key string, value any) object {
	out := make(object, len(o), len(o)+1)
	copy(out, o)
	for i := range out {
		if out[i].key == key {
			out[i].value = value
			return out
		}
	}
	return append(out, member{key, value})
}

// merge returns a copy with the members of changes put over it (jsonb's ||).
func (o object) merge(changes object) object {
	out := slices.Clone(o)
	for _, m := range changes {
		if i := slices.IndexFunc(out, func(x member) bool { return x.key == m.key }); i >= 0 {
			out[i].value = m.value
			continue
		}
		out = append(out, m)
	}
	return out
}

func (o object) without(keys ...string) object {
	out := make(object, 0, len(o))
	for _, m := range o {
		if !slices.Contains(keys, m.key) {
			out = append(out, m)
		}
	}
	return out
}

func (o object) pick(keys ...string) object {
	out := make(object, 0, len(keys))
	for _, key := range keys {
		if o.has(key) {
			out = append(out, member{key, o.get(key)})
		}
	}
	return out
}

// pickEach picks the keys of every row.
func pickEach(rows []object, keys ...string) []object {
	return mapped(rows, func(row object) object { return row.pick(keys...) })
}

// column returns one string column of the rows.
func column(rows []object, key string) []string {
	return mapped(rows, func(row object) string { return row.str(key) })
}

func mapped[In, Out any](in []In, f func(In) Out) []Out {
	out := make([]Out, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

func filtered[T any](in []T, keep func(T) bool) []T {
	out := make([]T, 0, len(in))
	for _, v := range in {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

// distinct drops repeated strings; the first of each stays.
func distinct(in []string) []string {
	seen := make(map[string]bool, len(in))
	return filtered(in, func(s string) bool {
		if seen[s] {
			return false
		}
		seen[s] = true
		return true
	})
}

// toSet makes a set of strings for many lookups.
func toSet(in []string) map[string]bool {
	out := make(map[string]bool, len(in))
	for _, s := range in {
		out[s] = true
	}
	return out
}

// toList makes a JSON array of strings.
func toList(in []string) []any {
	return mapped(in, func(s string) any { return s })
}

// jsonb orders the keys of a value as PostgreSQL's jsonb does, at every level:
// shorter keys first, then by bytes.
func jsonb(v any) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for i, m := range v {
			out[i] = member{m.key, jsonb(m.value)}
		}
		slices.SortFunc(out, func(a, b member) int {
			return cmp.Or(cmp.Compare(len(a.key), len(b.key)), strings.Compare(a.key, b.key))
		})
		return out
	case []any:
		return mapped(v, jsonb)
	}
	return v
}

// hasNUL reports whether a string inside v holds U+0000, which PostgreSQL refuses.
func hasNUL(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.IndexByte(v, 0) >= 0
	case object:
		return slices.ContainsFunc(v, func(m member) bool { return hasNUL(m.key) || hasNUL(m.value) })
	case []any:
		return slices.ContainsFunc(v, hasNUL)
	}
	return false
}

// decodeJSON reads one JSON value. Numbers become float64 as in JavaScript; of
// repeated keys the last value counts.
func decodeJSON(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	v, err := decodeValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("unexpected text after the JSON value")
	}
	return v, nil
}

func decodeValue(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return decodeObject(d)
		}
		list := []any{}
		for d.More() {
			v, err := decodeValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	case float64:
		if token == 0 {
			return 0.0, nil // -0 is stored as 0
		}
		return token, nil
	default:
		return token, nil
	}
}

func decodeObject(d *json.Decoder) (any, error) {
	out := object{}
	at := map[string]int{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		if key == "__proto__" {
			return nil, &apiError{status: 400, message: "__proto__ is no key that an object may have."}
		}
		v, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		if i, ok := at[key]; ok {
			out[i].value = v
			continue
		}
		at[key] = len(out)
		out = append(out, member{key, v})
	}
	_, err := d.Token()
	return out, err
}

// appendJSON writes a value as JSON.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case string:
		return appendString(b, v)
	case float64:
		return appendNumber(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, m.key)
			b = append(b, ':')
			b = appendJSON(b, m.value)
		}
		return append(b, '}')
	case []any:
		return appendArray(b, v)
	case []object:
		return appendArray(b, v)
	case []string:
		return appendArray(b, v)
	}
	return appendString(b, fmt.Sprint(v))
}

func appendArray[T any](b []byte, list []T) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, v)
	}
	return append(b, ']')
}

func appendNumber(b []byte, n float64) []byte {
	if math.Abs(n) < 1e15 && n == math.Trunc(n) {
		return strconv.AppendInt(b, int64(n), 10)
	}
	text, err := json.Marshal(n)
	if err != nil {
		return append(b, "null"...) // as JSON.stringify does with NaN and infinities
	}
	return append(b, text...)
}

func appendString(b []byte, s string) []byte {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			plain = false
			break
		}
	}
	if plain {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return append(b, `""`...)
	}
	return append(b, bytes.TrimRight(buf.Bytes(), "\n")...)
}

// encodeAny and plainJSON are for Do, which speaks plain Go values.
func encodeAny(v any) ([]byte, error) { return json.Marshal(v) }

func plainJSON(data []byte) (any, error) {
	var v any
	err := json.Unmarshal(data, &v)
	return v, err
}
