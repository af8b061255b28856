// SPDX-License-Identifier: MPL-2.0

package engine

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

// Object is a JSON object that remembers the order of its keys: rows answer in
// column order, free maps in the order of PostgreSQL's jsonb.
//
// The values are nil, bool, float64, string, object and []any. An object is
// never changed once it is stored: with, without and merge copy it, so rows may
// be handed out and encoded without holding the lock.
type Object []Member

// Member is a key of an object and its value.
type Member = struct {
	Key   string
	Value any
}

// Get returns the value of a key, nil when it is absent.
func (o Object) Get(key string) any {
	for i := range o {
		if o[i].Key == key {
			return o[i].Value
		}
	}
	return nil
}

// Has reports whether there is a key, also when its value is null.
func (o Object) Has(key string) bool {
	return slices.ContainsFunc(o, func(m Member) bool { return m.Key == key })
}

// Str returns a string member, "" when it is absent or null.
func (o Object) Str(key string) string {
	s, _ := o.Get(key).(string)
	return s
}

// Flag returns a boolean member, false when it is absent or null.
func (o Object) Flag(key string) bool {
	b, _ := o.Get(key).(bool)
	return b
}

// Num returns a number member, 0 when it is absent or null.
func (o Object) Num(key string) float64 {
	n, _ := o.Get(key).(float64)
	return n
}

// Obj returns an object member, nil when it is absent or null.
func (o Object) Obj(key string) Object {
	v, _ := o.Get(key).(Object)
	return v
}

// List returns an array member, nil when it is absent or null.
func (o Object) List(key string) []any {
	v, _ := o.Get(key).([]any)
	return v
}

// Strs returns the strings of an array member.
func (o Object) Strs(key string) []string {
	list := o.List(key)
	out := make([]string, 0, len(list))
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// With returns a copy in which key has the value; a new key comes last.
func (o Object) With(key string, value any) Object {
	out := make(Object, len(o), len(o)+1)
	copy(out, o)
	for i := range out {
		if out[i].Key == key {
			out[i].Value = value
			return out
		}
	}
	return append(out, Member{key, value})
}

// Merge returns a copy with the members of changes put over it (jsonb's ||).
func (o Object) Merge(changes Object) Object {
	out := slices.Clone(o)
	for _, m := range changes {
		if i := slices.IndexFunc(out, func(x Member) bool { return x.Key == m.Key }); i >= 0 {
			out[i].Value = m.Value
			continue
		}
		out = append(out, m)
	}
	return out
}

// Without returns a copy that lacks the keys.
func (o Object) Without(keys ...string) Object {
	out := make(Object, 0, len(o))
	for _, m := range o {
		if !slices.Contains(keys, m.Key) {
			out = append(out, m)
		}
	}
	return out
}

// Pick returns a copy with the keys alone, in their order; those that are absent are left out.
func (o Object) Pick(keys ...string) Object {
	out := make(Object, 0, len(keys))
	for _, key := range keys {
		if o.Has(key) {
			out = append(out, Member{key, o.Get(key)})
		}
	}
	return out
}

// PickEach picks the keys of every row.
func PickEach(rows []Object, keys ...string) []Object {
	return Map(rows, func(row Object) Object { return row.Pick(keys...) })
}

// Column returns one string column of the rows.
func Column(rows []Object, key string) []string {
	return Map(rows, func(row Object) string { return row.Str(key) })
}

// Map returns what f makes of each element.
func Map[In, Out any](in []In, f func(In) Out) []Out {
	out := make([]Out, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

// Filter returns the elements to keep.
func Filter[T any](in []T, keep func(T) bool) []T {
	out := make([]T, 0, len(in))
	for _, v := range in {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

// Distinct drops repeated strings; the first of each stays.
func Distinct(in []string) []string {
	seen := make(map[string]bool, len(in))
	return Filter(in, func(s string) bool {
		if seen[s] {
			return false
		}
		seen[s] = true
		return true
	})
}

// ToSet makes a set of strings for many lookups.
func ToSet(in []string) map[string]bool {
	out := make(map[string]bool, len(in))
	for _, s := range in {
		out[s] = true
	}
	return out
}

// ToList makes a JSON array of strings.
func ToList(in []string) []any {
	return Map(in, func(s string) any { return s })
}

// JSONB orders the keys of a value as PostgreSQL's jsonb does, at every level:
// shorter keys first, then by bytes.
func JSONB(v any) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for i, m := range v {
			out[i] = Member{m.Key, JSONB(m.Value)}
		}
		slices.SortFunc(out, func(a, b Member) int {
			return cmp.Or(cmp.Compare(len(a.Key), len(b.Key)), strings.Compare(a.Key, b.Key))
		})
		return out
	case []any:
		return Map(v, JSONB)
	}
	return v
}

// hasNUL reports whether a string inside v holds U+0000, which PostgreSQL refuses.
func hasNUL(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.IndexByte(v, 0) >= 0
	case Object:
		return slices.ContainsFunc(v, func(m Member) bool { return hasNUL(m.Key) || hasNUL(m.Value) })
	case []any:
		return slices.ContainsFunc(v, hasNUL)
	}
	return false
}

// DecodeJSON reads one JSON value. Numbers become float64 as in JavaScript; of
// repeated keys the last value counts.
func DecodeJSON(data []byte) (any, error) {
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
	out := Object{}
	at := map[string]int{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		if key == "__proto__" {
			return nil, &Error{Status: 400, Message: "__proto__ is no key that an object may have."}
		}
		v, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		if i, ok := at[key]; ok {
			out[i].Value = v
			continue
		}
		at[key] = len(out)
		out = append(out, Member{key, v})
	}
	_, err := d.Token()
	return out, err
}

// AppendJSON writes a value as JSON.
func AppendJSON(b []byte, v any) []byte {
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
	case Object:
		b = append(b, '{')
		for i, m := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(b, m.Key)
			b = append(b, ':')
			b = AppendJSON(b, m.Value)
		}
		return append(b, '}')
	case []any:
		return appendArray(b, v)
	case []Object:
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
		b = AppendJSON(b, v)
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
