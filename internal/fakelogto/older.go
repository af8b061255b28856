// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// BecomeOlder makes the tenant that of an older Logto, as "1.41": it lacks the
// operations and settings that package since names, and answers as Logto did before
// 1.43 where the answers differ. Call it before the first request.
func (s *Server) BecomeOlder(version string) {
	s.version = version
	all := s.router.routes
	s.router = &router{root: &node{}}
	for _, r := range all {
		method, path, _ := strings.Cut(r.operation, " ")
		if !s.before(since.OfOperation(method, path)) {
			s.router.add(path, r)
		}
	}
}

// before reports whether the tenant is of a Logto that is older than a version.
func (s *Server) before(version string) bool { return since.Older(s.version, version) }

// lacking are the settings of a path that the tenant's Logto does not take.
func (s *Server) lacking(path string) []since.Setting {
	if !s.before(since.Newest) {
		return nil
	}
	path = strings.TrimSuffix(path, "/")
	return filtered(since.Settings(), func(x since.Setting) bool { return s.before(x.Since) && x.At(path) })
}

// forOlder drops from a body what the tenant's Logto does not know, or refuses it.
func (c *call) forOlder(body any) (any, error) {
	var is issues
	for _, x := range c.server.lacking(c.path) {
		keys := strings.Split(x.Key, ".")
		held := valuesAt(body, keys)
		switch {
		case x.Values != nil:
			for _, v := range held {
				if text, ok := v.(string); ok && slices.Contains(x.Values, text) {
					is.add(mapped(keys, anyOf), "invalid_enum_value", "Unknown value", member{"received", v})
				}
			}
		case len(held) > 0 && x.Refused && (x.Shown == "" || !c.server.before(x.Shown)):
			is.add(nil, "unrecognized_keys", "Unknown key", member{"keys", []any{x.Key}})
		default:
			body = withoutAt(body, keys)
		}
	}
	if len(is) > 0 {
		return nil, invalidInput(is, "body")
	}
	return body, nil
}

// asOlder drops from an answer what the tenant's Logto does not show.
func (c *call) asOlder(answer reply) reply {
	lacking := filtered(c.server.lacking(c.path), func(x since.Setting) bool {
		return x.Values == nil && (x.Shown == "" || c.server.before(x.Shown))
	})
	if len(lacking) == 0 || answer.status >= 400 {
		return answer
	}
	v, err := decodeJSON(answer.body)
	if err != nil {
		return answer // which is no JSON
	}
	for _, x := range lacking {
		if x.Path == "" {
			v = withoutAnywhere(v, x.Key)
			continue
		}
		v = withoutAt(v, strings.Split(x.Key, "."))
	}
	answer.body = appendJSON(nil, v)
	return answer
}

func anyOf(s string) any { return s }

// valuesAt are the values at a path of keys; lists are passed through.
func valuesAt(v any, keys []string) []any {
	switch v := v.(type) {
	case []any:
		var out []any
		for _, item := range v {
			out = append(out, valuesAt(item, keys)...)
		}
		return out
	case object:
		if len(keys) > 0 && v.has(keys[0]) {
			return valuesAt(v.get(keys[0]), keys[1:])
		}
		return nil
	}
	if len(keys) > 0 {
		return nil
	}
	return []any{v}
}

// withoutAt drops a path of keys; lists are passed through.
func withoutAt(v any, keys []string) any {
	switch v := v.(type) {
	case []any:
		return mapped(v, func(item any) any { return withoutAt(item, keys) })
	case object:
		if len(keys) == 1 {
			return v.without(keys[0])
		}
		if v.has(keys[0]) {
			return v.with(keys[0], withoutAt(v.get(keys[0]), keys[1:]))
		}
	}
	return v
}

func withoutAnywhere(v any, key string) any {
	switch v := v.(type) {
	case []any:
		return mapped(v, func(item any) any { return withoutAnywhere(item, key) })
	case object:
		return object(mapped(v.without(key), func(m member) member { return member{m.key, withoutAnywhere(m.value, key)} }))
	}
	return v
}
