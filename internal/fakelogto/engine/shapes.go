// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"fmt"
	"slices"
)

// Field is a key of a shape and what its value may be.
type Field struct {
	key    string
	schema Schema
}

// Property is a field whose schema says what it is when the key is missing.
func Property(key string, s Schema) Field { return Field{key, s} }

// Required is a field whose key must be there.
func Required(key string, s Schema) Field { return Field{key, s} }

// Maybe is a field whose key may be missing.
func Maybe(key string, s Schema) Field { return Field{key, Optional(s)} }

// MaybeNull is what Logto makes of a nullable column in a create body.
func MaybeNull(key string, s Schema) Field { return Field{key, Optional(Nullable(s))} }

// Shape is an object with known keys.
type Shape struct {
	Fields []Field
	strict bool
	extra  bool
}

// Fields is an object with known keys; unknown ones are dropped.
func Fields(list ...Field) Shape { return Shape{Fields: list} }

// Closed refuses unknown keys (Zod's strict).
func (s Shape) Closed() Shape { s.strict = true; return s }

// Open keeps unknown keys (Zod's passthrough).
func (s Shape) Open() Shape { s.extra = true; return s }

// And adds fields; a field of the same key is replaced.
func (s Shape) And(list ...Field) Shape {
	out := slices.Clone(s.Fields)
	for _, f := range list {
		if i := slices.IndexFunc(out, func(x Field) bool { return x.key == f.key }); i >= 0 {
			out[i] = f
			continue
		}
		out = append(out, f)
	}
	s.Fields = out
	return s
}

// Only keeps the fields of the keys.
func (s Shape) Only(keys ...string) Shape {
	s.Fields = Filter(s.Fields, func(f Field) bool { return slices.Contains(keys, f.key) })
	return s
}

// Except drops the fields of the keys.
func (s Shape) Except(keys ...string) Shape {
	s.Fields = Filter(s.Fields, func(f Field) bool { return !slices.Contains(keys, f.key) })
	return s
}

// Partial makes every field optional, as PATCH bodies are.
func (s Shape) Partial() Shape {
	s.Fields = Map(s.Fields, func(f Field) Field {
		switch inner := f.schema.(type) {
		case optionalSchema:
			return f
		case defaultSchema:
			return Field{f.key, Optional(inner.inner)}
		}
		return Field{f.key, Optional(f.schema)}
	})
	return s
}

// Check implements [Schema].
func (s Shape) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	out := make(Object, 0, len(s.Fields))
	result := Good
	for _, f := range s.Fields {
		var value any = Missing{}
		if in.Has(f.key) {
			value = in.Get(f.key)
		}
		kept, how := f.schema.Check(value, at.At(f.key), is)
		result = max(result, how)
		if _, undefined := kept.(Missing); !undefined {
			out = append(out, Member{f.key, kept})
		}
	}
	if !s.strict && !s.extra {
		return out, result
	}
	known := func(m Member) bool {
		return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.key == m.Key })
	}
	unknown := Filter(in, func(m Member) bool { return !known(m) })
	if s.extra {
		return append(out, unknown...), result
	}
	if len(unknown) > 0 {
		keys := Map(unknown, func(m Member) any { return m.Key })
		message := "There are no such keys: " + fmt.Sprint(keys...)
		is.Add(at, "unrecognized_keys", message, Member{"keys", keys})
		result = max(result, Dirty)
	}
	return out, result
}

type recordSchema struct{ values Schema }

// Record is an object with free keys; it is kept in the order of jsonb.
func Record(values Schema) Schema { return recordSchema{values} }

// JSONObject is a JSON object of any content, such as custom data.
func JSONObject() Schema { return Record(Anything()) }

func (s recordSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	out := make(Object, 0, len(in))
	result := Good
	for _, m := range in {
		kept, how := s.values.Check(m.Value, at.At(m.Key), is)
		result = max(result, how)
		out = append(out, Member{m.Key, kept})
	}
	return JSONB(out), result
}

// ArraySchema is a list with limits.
type ArraySchema struct {
	items            Schema
	minimum, maximum int
}

// Array is a list of such items.
func Array(items Schema) ArraySchema { return ArraySchema{items: items} }

// IDs is a list of IDs, which Logto only asks to be not empty.
func IDs() ArraySchema { return Array(Text(0)) }

// NonEmpty needs an item.
func (s ArraySchema) NonEmpty() ArraySchema { s.minimum = 1; return s }

// Max is the greatest number of items.
func (s ArraySchema) Max(n int) ArraySchema { s.maximum = n; return s }

// Check implements [Schema].
func (s ArraySchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.([]any)
	if !ok {
		return nil, is.WrongType(at, "array", v)
	}
	result := Good
	if len(in) < s.minimum {
		is.tooSmall(at, "array", s.minimum, "This needs %d elements or more")
		result = Dirty
	}
	if s.maximum > 0 && len(in) > s.maximum {
		is.TooBig(at, "array", s.maximum, "This has room for %d elements")
		result = Dirty
	}
	out := make([]any, 0, len(in))
	for i, item := range in {
		kept, how := s.items.Check(item, at.At(i), is)
		result = max(result, how)
		out = append(out, kept)
	}
	return out, result
}
