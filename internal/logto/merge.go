// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// merger makes the body of a write of an object whose nested objects the server
// replaces whole. People, and later versions of Logto, put keys into those that
// this client does not know, or that a configuration says nothing of: they stay.
type merger struct {
	c *Client
	// current is the GET of what the server has.
	current request
	// whole names parts that are written as they are: what a person owns whole,
	// as free JSON, and what the server merges by itself. A dot leads inside.
	whole []string
}

// merge returns patch with, in the place of each JSON object, what the server has
// of it with the changes since from. The server is asked only when there is such
// an object.
func (m *merger) merge(ctx context.Context, patch map[string]json.RawMessage, from any) (map[string]json.RawMessage, error) {
	if !m.hasObjects(patch) {
		return patch, nil
	}
	current, err := m.read(ctx)
	if err != nil {
		return nil, err
	}
	was, err := fields(from)
	if err != nil {
		return nil, err
	}
	merged := map[string]json.RawMessage{}
	for key, value := range patch {
		merged[key] = m.apply(key, current[key], was[key], value)
	}
	return merged, nil
}

// replacement is the whole object that the server has, with the changes between
// from and to, for a PUT of it. What the server makes by itself is left out.
func (m *merger) replacement(ctx context.Context, from, to any) (json.RawMessage, error) {
	current, err := m.read(ctx)
	if err != nil {
		return nil, err
	}
	for _, own := range []string{"tenantId", "id", "createdAt", "updatedAt"} {
		delete(current, own)
	}
	parts, err := encodedAll(current, from, to)
	if err != nil {
		return nil, err
	}
	return m.applyObject("", parts[0], parts[1], parts[2]), nil
}

// encodedAll is what the server has, and what is changed from and to, in JSON.
func encodedAll(current, from, to any) (parts [3]json.RawMessage, err error) {
	for i, v := range []any{current, from, to} {
		if parts[i], err = json.Marshal(v); err != nil {
			return parts, err
		}
	}
	return parts, nil
}

// read is what the server has; nothing where there is nothing yet.
func (m *merger) read(ctx context.Context) (map[string]json.RawMessage, error) {
	current := map[string]json.RawMessage{}
	if err := m.c.do(ctx, m.current, &current); err != nil && !IsNotFound(err) {
		return nil, err
	}
	return current, nil
}

// hasObjects reports whether one of the values is a JSON object to be merged.
func (m *merger) hasObjects(values map[string]json.RawMessage) bool {
	for key, value := range values {
		if isObject(value) && !slices.Contains(m.whole, key) {
			return true
		}
	}
	return false
}

// apply returns held with the changes between from and to. Objects are changed
// key by key at every depth, objects in lists as well where both lists know
// their elements by the same key; all else is replaced.
func (m *merger) apply(at string, held, from, to json.RawMessage) json.RawMessage {
	switch {
	case slices.Contains(m.whole, at):
	case isObject(held) && isObject(to):
		return m.applyObject(at, held, from, to)
	case isList(held) && isList(to):
		return m.applyList(at, held, from, to)
	}
	return to
}

func (m *merger) applyObject(at string, held, from, to json.RawMessage) json.RawMessage {
	out, was, will := members(held), members(from), members(to)
	inside := func(key string) string { return strings.TrimPrefix(at+"."+key, ".") }
	for key, value := range will {
		switch {
		case equalJSON(was[key], value): // whatever became of it meanwhile
		case bytes.Equal(value, jsonNull):
			delete(out, key)
		default:
			out[key] = m.apply(inside(key), out[key], was[key], value)
		}
	}
	for key, value := range was {
		if _, stays := will[key]; stays || bytes.Equal(value, jsonNull) {
			continue
		}
		// What is taken out goes, and leaves what was not its own.
		var left json.RawMessage
		if isObject(value) && isObject(out[key]) && !slices.Contains(m.whole, inside(key)) {
			left = m.applyObject(inside(key), out[key], value, noMembers)
		}
		if len(members(left)) > 0 {
			out[key] = left
		} else {
			delete(out, key)
		}
	}
	return encoded(out, to)
}

// applyList is to, with what held has besides in those elements that both have.
func (m *merger) applyList(at string, held, from, to json.RawMessage) json.RawMessage {
	var wanted []json.RawMessage
	if json.Unmarshal(to, &wanted) != nil {
		return to
	}
	for _, known := range []string{"id", "identifier", "name", "path", "value"} {
		has, was, will := byKey(held, known), byKey(from, known), byKey(to, known)
		if len(will) == 0 || len(will) != len(wanted) {
			continue
		}
		for i, element := range wanted {
			key, _ := knownAs(element, known)
			if old := has[key]; old != nil {
				wanted[i] = m.apply(at, old, was[key], element)
			}
		}
		return encoded(wanted, to)
	}
	return to
}

// byKey is the objects in a list under the texts that they have under that key;
// nothing when two have the same, or one has none.
func byKey(list json.RawMessage, known string) map[string]json.RawMessage {
	var elements []json.RawMessage
	_ = json.Unmarshal(list, &elements) // what is no list has no elements
	found := make(map[string]json.RawMessage, len(elements))
	for _, e := range elements {
		key, ok := knownAs(e, known)
		if !ok || found[key] != nil {
			return nil
		}
		found[key] = e
	}
	return found
}

// encoded is v in JSON, and otherwise where it cannot be encoded, which what was
// decoded always can.
func encoded(v any, otherwise json.RawMessage) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return otherwise
	}
	return b
}

var noMembers = json.RawMessage("{}")

// members is a JSON object key by key; empty for anything else.
func members(object json.RawMessage) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	if isObject(object) {
		_ = json.Unmarshal(object, &m) // an object without a readable key has none
	}
	return m
}

func isObject(v json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(v), []byte("{")) }

func isList(v json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(v), []byte("[")) }

var jsonNull = []byte("null")

// fields is v as a JSON object, key by key.
func fields(v any) (map[string]json.RawMessage, error) {
	if raw, ok := v.(json.RawMessage); ok && len(raw) == 0 {
		return map[string]json.RawMessage{}, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	m := map[string]json.RawMessage{}
	return m, json.Unmarshal(b, &m)
}

// diff is the keys of to whose value is another in from, and null for those
// that only from has.
func diff(from, to any) (map[string]json.RawMessage, error) {
	was, err := fields(from)
	if err != nil {
		return nil, err
	}
	will, err := fields(to)
	if err != nil {
		return nil, err
	}
	patch := map[string]json.RawMessage{}
	for k, v := range will {
		if old, ok := was[k]; !ok || !equalJSON(old, v) {
			patch[k] = v
		}
	}
	for k, v := range was {
		if _, ok := will[k]; !ok && !bytes.Equal(v, jsonNull) {
			patch[k] = jsonNull
		}
	}
	return patch, nil
}

// byVersion makes the values of from and to differ exactly when their versions
// do, if they have any: values with a version are not remembered.
func byVersion(was, will *int64, from, to *map[string]string) {
	switch {
	case was != nil && will != nil && *was == *will:
		*from, *to = nil, nil
	case was != nil || will != nil:
		*from = map[string]string{"": "whatever they are, they differ"}
	}
}

// holds reports whether have has every value that want says.
func holds(have, want any) bool {
	differs, err := diff(have, want)
	for _, v := range differs {
		if !bytes.Equal(v, jsonNull) {
			return false
		}
	}
	return err == nil
}

// equalJSON compares values, not spelling.
func equalJSON(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var ca, cb any
	if json.Unmarshal(a, &ca) != nil || json.Unmarshal(b, &cb) != nil {
		return false
	}
	na, _ := json.Marshal(ca) // what was decoded can be encoded
	nb, _ := json.Marshal(cb)
	return bytes.Equal(na, nb)
}
