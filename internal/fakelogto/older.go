// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"crypto/sha256"
	"encoding/hex"
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
func (c *call) forOlder(body any) (kept any, is issues) {
	for _, x := range c.server.lacking(c.path) {
		keys := strings.Split(x.Key, ".")
		held := valuesAt(body, nil, keys)
		shown := x.Shown != "" && !c.server.before(x.Shown)
		checked, isChecked := checkedEarlier()[x.Key]
		switch {
		case isChecked && !c.server.before(checked):
			continue
		case x.Values != nil:
			for _, v := range held {
				if text, ok := v.value.(string); ok && slices.Contains(x.Values, text) {
					is.add(v.at, "invalid_enum_value", "Unknown value", member{"received", v.value})
				}
			}
			continue
		case len(held) == 0:
		case x.Refused && x.Shown == "":
			is.add(nil, "unrecognized_keys", "Unknown key", member{"keys", []any{x.Key}})
		case x.Refused && shown && c.method == http.MethodPatch:
			if _, ok := held[0].value.(bool); !ok {
				continue // which is of the wrong type, too
			}
			is.add(held[0].at, "custom", "This cannot be set")
		}
		body = withoutAt(body, keys)
	}
	return body, is
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

// located is a value of a body and where it stands.
type located struct {
	at    path
	value any
}

// valuesAt are the values that a path of keys leads to. A list on the way is passed
// through, and so is one at the end that has elements.
func valuesAt(v any, at path, keys []string) []located {
	switch v := v.(type) {
	case []any:
		if len(keys) == 0 && len(v) == 0 {
			break
		}
		var out []located
		for i, item := range v {
			out = append(out, valuesAt(item, at.at(i), keys)...)
		}
		return out
	case object:
		if len(keys) == 0 {
			break
		}
		if !v.has(keys[0]) {
			return nil
		}
		return valuesAt(v.get(keys[0]), at.at(keys[0]), keys[1:])
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

// internalSecret is the same for an application each time.
func internalSecret(applicationID string) string {
	sum := sha256.Sum256([]byte(applicationID))
	return "#internal:" + hex.EncodeToString(sum[:16])
}
