// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"net/url"
)

// Role is a set of permissions of API resources that users or machine-to-machine
// applications can be given.
type Role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Type        string `json:"type"`
	IsDefault   bool   `json:"isDefault"`
}

// RoleInput is what can be written of a [Role]. Scopes are linked by
// [Client.RoleScopes]: a create that names a wrong one leaves the role behind.
type RoleInput struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Type        string `json:"type,omitempty"`
	IsDefault   *bool  `json:"isDefault,omitempty"`
}

// Roles are the tenant's roles: /roles.
func (c *Client) Roles() *Collection[Role, RoleInput] {
	all := listing{path: path("roles"), paged: true}
	src := &source{listing: all, index: byID}
	return &Collection[Role, RoleInput]{
		c:      c,
		path:   func([]string) string { return path("roles") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(in RoleInput) url.Values { return ExactSearch("name", in.Name) },
		same:   func(in RoleInput, r *Role) bool { return in.Name == r.Name && in.Description == r.Description },
	}
}

// RoleScopes link roles to scopes of API resources: /roles/{id}/scopes.
func (c *Client) RoleScopes() *Links {
	at := func(role string) string { return path("roles", role, "scopes") }
	return &Links{
		c:       c,
		path:    at,
		list:    func(role string) listing { return listing{path: at(role)} },
		body:    func(scopes []string) any { return map[string]any{"scopeIds": scopes} },
		present: "role.scope_exists",
	}
}

// ExactSearch is the search for objects whose field has that very value.
func ExactSearch(field, value string) url.Values {
	return url.Values{"search." + field: {value}, "mode." + field: {"exact"}, "isCaseSensitive": {"true"}}
}
