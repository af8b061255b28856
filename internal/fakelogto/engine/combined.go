// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"strings"
)

type nullableSchema struct{ inner Schema }

// Nullable also takes null.
func Nullable(s Schema) Schema { return nullableSchema{s} }

func (s nullableSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if v == nil {
		return nil, Good
	}
	return s.inner.Check(v, at, is)
}

type optionalSchema struct{ inner Schema }

// Optional also takes a missing value.
func Optional(s Schema) Schema { return optionalSchema{s} }

func (s optionalSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if _, undefined := v.(Missing); undefined {
		return v, Good
	}
	return s.inner.Check(v, at, is)
}

type defaultSchema struct {
	inner Schema
	value any
}

// WithDefault puts a value in the place of a missing one.
func WithDefault(s Schema, value any) Schema { return defaultSchema{s, value} }

func (s defaultSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	if _, undefined := v.(Missing); undefined {
		return s.value, Good
	}
	return s.inner.Check(v, at, is)
}

// Refinement looks at a value whose shape is right and reports more issues.
type Refinement func(v any, at Path, is *Issues)

type refinedSchema struct {
	inner Schema
	rule  Refinement
}

// Refine runs a rule after the schema, unless that aborted.
func Refine(s Schema, rule Refinement) Schema { return refinedSchema{s, rule} }

func (s refinedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	kept, result := s.inner.Check(v, at, is)
	if result == Aborted {
		return nil, Aborted
	}
	before := len(*is)
	s.rule(kept, at, is)
	if len(*is) > before {
		result = Dirty
	}
	return kept, result
}

type transformedSchema struct {
	inner Schema
	f     func(any) any
}

// Transform changes a good value.
func Transform(s Schema, f func(any) any) Schema { return transformedSchema{s, f} }

func (s transformedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	kept, result := s.inner.Check(v, at, is)
	if result != Good {
		return nil, result
	}
	return s.f(kept), Good
}

type unionSchema []Schema

// Union is the first option that fits.
func Union(options ...Schema) Schema { return unionSchema(options) }

func (s unionSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	var errs []any
	var dirtyValue any
	var dirtyIssues Issues
	for _, option := range s {
		var own Issues
		kept, result := option.Check(v, at, &own)
		if result == Good {
			return kept, Good
		}
		if result == Dirty && dirtyIssues == nil {
			dirtyValue, dirtyIssues = kept, own
		}
		errs = append(errs, Object{{"issues", []Object(own)}, {"name", "ZodError"}})
	}
	if dirtyIssues != nil {
		*is = append(*is, dirtyIssues...)
		return dirtyValue, Dirty
	}
	is.Add(at, "invalid_union", "Invalid input", Member{"unionErrors", errs})
	return nil, Aborted
}

// Variant is one of the shapes of an object, with the value of the key that tells them apart.
type Variant struct {
	tag   string
	shape Schema
}

type discriminatedSchema struct {
	key      string
	variants []Variant
}

// Case is the variant of a value.
func Case(tag string, shape Schema) Variant { return Variant{tag, shape} }

// Discriminated picks the variant by the value of one key.
func Discriminated(key string, variants ...Variant) Schema {
	return discriminatedSchema{key, variants}
}

func (s discriminatedSchema) Check(v any, at Path, is *Issues) (any, Outcome) {
	in, ok := v.(Object)
	if !ok {
		return nil, is.WrongType(at, "object", v)
	}
	for _, option := range s.variants {
		if in.Get(s.key) == any(option.tag) {
			return option.shape.Check(v, at, is)
		}
	}
	options := Map(s.variants, func(o Variant) any { return o.tag })
	quoted := Map(s.variants, func(o Variant) string { return "'" + o.tag + "'" })
	message := "This is none of " + strings.Join(quoted, " | ")
	is.Add(at.At(s.key), "invalid_union_discriminator", message, Member{"options", options})
	return nil, Aborted
}
