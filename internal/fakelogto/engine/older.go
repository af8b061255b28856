// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"net/http"
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
		if !s.Before(since.OfOperation(method, path)) {
			s.router.add(path, r)
		}
	}
}

// Before reports whether the tenant is of a Logto that is older than a version.
func (s *Server) Before(version string) bool { return since.Older(s.version, version) }

// lacking are the settings of a path that the tenant's Logto does not take.
func (s *Server) lacking(path string) []since.Setting {
	if !s.Before(since.Newest) {
		return nil
	}
	path = strings.TrimSuffix(path, "/")
	return Filter(since.Settings(), func(x since.Setting) bool { return s.Before(x.Since) && x.At(path) })
}

// checkedEarlier names, by the setting, the version from which Logto checks the value
// of what it drops until it takes it. The group of the setting drops it.
func checkedEarlier() map[string]string {
	return map[string]string{
		"config.signAuthnRequest": "1.42", "config.requestSignatureAlgorithm": "1.42",
		"signUpProfileFields": "1.39", "profileFields": "1.40",
	}
}

// forOlder drops from a body what the tenant's Logto does not know. What that Logto
// refuses are the issues.
func (c *Context) forOlder(body any) (kept any, is Issues) {
	for _, x := range c.Server.lacking(c.Path) {
		keys := strings.Split(x.Key, ".")
		held := valuesAt(body, nil, keys)
		shown := x.Shown != "" && !c.Server.Before(x.Shown)
		checked, isChecked := checkedEarlier()[x.Key]
		switch {
		case isChecked && !c.Server.Before(checked):
			continue
		case x.Values != nil:
			for _, v := range held {
				if text, ok := v.value.(string); ok && slices.Contains(x.Values, text) {
					is.Add(v.at, "invalid_enum_value", "Unknown value", Member{"received", v.value})
				}
			}
			continue
		case len(held) == 0:
		case x.Refused && x.Shown == "":
			is.Add(nil, "unrecognized_keys", "Unknown key", Member{"keys", []any{x.Key}})
		case x.Refused && shown && c.Method == http.MethodPatch:
			if _, ok := held[0].value.(bool); !ok {
				continue // which is of the wrong type, too
			}
			is.Add(held[0].at, "custom", "This cannot be set")
		}
		body = withoutAt(body, keys)
	}
	return body, is
}

// asOlder drops from an answer what the tenant's Logto does not show.
func (c *Context) asOlder(answer Reply) Reply {
	lacking := Filter(c.Server.lacking(c.Path), func(x since.Setting) bool {
		return x.Values == nil && (x.Shown == "" || c.Server.Before(x.Shown))
	})
	if len(lacking) == 0 || answer.Status >= 400 {
		return answer
	}
	v, err := DecodeJSON(answer.Body)
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
	answer.Body = AppendJSON(nil, v)
	return answer
}

// located is a value of a body and where it stands.
type located struct {
	at    Path
	value any
}

// valuesAt are the values that a path of keys leads to. A list on the way is passed
// through, and so is one at the end that has elements.
func valuesAt(v any, at Path, keys []string) []located {
	switch v := v.(type) {
	case []any:
		if len(keys) == 0 && len(v) == 0 {
			break
		}
		var out []located
		for i, item := range v {
			out = append(out, valuesAt(item, at.At(i), keys)...)
		}
		return out
	case Object:
		if len(keys) == 0 {
			break
		}
		if !v.Has(keys[0]) {
			return nil
		}
		return valuesAt(v.Get(keys[0]), at.At(keys[0]), keys[1:])
	}
	if len(keys) > 0 {
		return nil
	}
	return []located{{at, v}}
}

// withoutAt drops a path of keys; lists are passed through.
func withoutAt(v any, keys []string) any {
	switch v := v.(type) {
	case []any:
		return Map(v, func(item any) any { return withoutAt(item, keys) })
	case Object:
		if len(keys) == 1 {
			return v.Without(keys[0])
		}
		if v.Has(keys[0]) {
			return v.With(keys[0], withoutAt(v.Get(keys[0]), keys[1:]))
		}
	}
	return v
}

func withoutAnywhere(v any, key string) any {
	switch v := v.(type) {
	case []any:
		return Map(v, func(item any) any { return withoutAnywhere(item, key) })
	case Object:
		return Object(Map(v.Without(key), func(m Member) Member { return Member{m.Key, withoutAnywhere(m.Value, key)} }))
	}
	return v
}
