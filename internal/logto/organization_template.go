// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
)

// OrganizationScope is something that one may do in an organization.
type OrganizationScope struct {
	ID string `json:"id"`
	OrganizationScopeInput
}

// OrganizationScopeInput is what can be written of an [OrganizationScope].
type OrganizationScopeInput struct {
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
}

// OrganizationScopes are the scopes of the organization template: /organization-scopes.
func (c *Client) OrganizationScopes() *Collection[OrganizationScope, OrganizationScopeInput] {
	all := listing{path: path("organization-scopes")}
	src := &source{listing: all, index: byID}
	return &Collection[OrganizationScope, OrganizationScopeInput]{
		c:      c,
		path:   func([]string) string { return all.path },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(in OrganizationScopeInput) url.Values { return FuzzySearch(in.Name) },
		same:   func(in OrganizationScopeInput, s *OrganizationScope) bool { return holds(s.OrganizationScopeInput, in) },
	}
}

// OrganizationRole is a set of scopes that members have in an organization.
type OrganizationRole struct {
	ID string `json:"id"`
	OrganizationRoleInput
	Scopes         []ObjectRef `json:"scopes"`         // of the organization template; nil unless read from a list
	ResourceScopes []ObjectRef `json:"resourceScopes"` // of API resources; nil unless read from a list
}

// ObjectRef is an object as another one mentions it.
type ObjectRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// IDs are the ids of those objects.
func IDs(of []ObjectRef) []string {
	ids := make([]string, len(of))
	for i, n := range of {
		ids[i] = n.ID
	}
	return ids
}

// OrganizationRoleInput is what can be written of an [OrganizationRole] besides
// its scopes. The API would change the type of a role in use, and leave it with
// members that cannot have it.
type OrganizationRoleInput struct {
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
	Type        string  `json:"type,omitempty"`
}

// organizationRoles is the list of all organization roles, which alone carries
// their scopes.
var organizationRoles = &source{listing: listing{path: path("organization-roles"), paged: true}, index: byID, atOnce: true}

// OrganizationRoles are the roles of the organization template: /organization-roles.
func (c *Client) OrganizationRoles() *Collection[OrganizationRole, OrganizationRoleInput] {
	return &Collection[OrganizationRole, OrganizationRoleInput]{
		c:      c,
		path:   func([]string) string { return organizationRoles.path },
		list:   func([]string) listing { return organizationRoles.listing },
		source: func(k Key) (*source, string) { return organizationRoles, k.ID() },
		search: func(in OrganizationRoleInput) url.Values { return FuzzySearch(in.Name) },
		same:   func(in OrganizationRoleInput, r *OrganizationRole) bool { return holds(r.OrganizationRoleInput, in) },
	}
}

// OrganizationRoleTypes are the types of organization roles under their ids, without those
// roles that do not exist. It calls GET /organization-roles.
func (c *Client) OrganizationRoleTypes(ctx context.Context, ids []string) (map[string]string, error) {
	known := map[string]string{}
	for _, id := range ids {
		switch kind, err := c.organizationRoleType(ctx, id); {
		case err == nil:
			known[id] = kind
		case !IsNotFound(err):
			return nil, err
		}
	}
	return known, nil
}

// organizationRoleType is the type of an organization role: from
// GET /organization-roles, once for a role, since it does not change.
func (c *Client) organizationRoleType(ctx context.Context, id string) (string, error) {
	if t, ok := c.roleTypes.Load(id); ok {
		return t.(string), nil //nolint:forcetypeassert // nothing else is stored
	}
	known, err := c.all(ctx, organizationRoles)
	if err != nil {
		return "", err
	}
	for key, element := range known {
		var r OrganizationRole
		if err := json.Unmarshal(element, &r); err != nil {
			return "", err
		}
		c.roleTypes.Store(key, r.Type)
	}
	if t, ok := c.roleTypes.Load(id); ok {
		return t.(string), nil //nolint:forcetypeassert // as above
	}
	r, err := c.OrganizationRoles().Get(ctx, Key{id})
	if err != nil {
		return "", err
	}
	return r.Type, nil
}

// OrganizationRoleScopes link organization roles to scopes of the organization
// template: /organization-roles/{id}/scopes.
func (c *Client) OrganizationRoleScopes() *Links {
	return c.organizationRoleLinks("scopes", "organizationScopeIds", "scopes")
}

// OrganizationRoleResourceScopes link organization roles to scopes of API
// resources: /organization-roles/{id}/resource-scopes.
func (c *Client) OrganizationRoleResourceScopes() *Links {
	return c.organizationRoleLinks("resource-scopes", "scopeIds", "resourceScopes")
}

func (c *Client) organizationRoleLinks(kind, ids, carried string) *Links {
	at := func(role string) string { return path("organization-roles", role, kind) }
	return &Links{
		c:       c,
		path:    at,
		list:    func(role string) listing { return listing{path: at(role)} },
		body:    func(scopes []string) any { return map[string]any{ids: scopes} },
		put:     true,
		exists:  func(role string) string { return path("organization-roles", role) },
		carrier: organizationRoles,
		carried: carried,
	}
}

// The kinds of scope that an organization role can have.
const (
	ScopeOfOrganization = "organization" // of the organization template
	ScopeOfResource     = "resource"     // of an API resource
)

// OrganizationRoleScope says that an organization role has a scope of that kind.
type OrganizationRoleScope struct{ Role, Scope, Kind string }

// OrganizationRoleScopeLinks are the scopes of both kinds that organization
// roles have, under the key of the role's and the scope's id.
type OrganizationRoleScopeLinks struct {
	kinds []string
	links map[string]*Links // by kind
}

// OrganizationRoleScopesOfAnyKind are [Client.OrganizationRoleScopes] and
// [Client.OrganizationRoleResourceScopes] together.
func (c *Client) OrganizationRoleScopesOfAnyKind() *OrganizationRoleScopeLinks {
	return &OrganizationRoleScopeLinks{
		kinds: []string{ScopeOfOrganization, ScopeOfResource},
		links: map[string]*Links{ScopeOfOrganization: c.OrganizationRoleScopes(), ScopeOfResource: c.OrganizationRoleResourceScopes()},
	}
}

// Create adds a scope of that kind. It is no error when the role has it. It calls POST
// /organization-roles/{id}/scopes (or /resource-scopes).
func (l *OrganizationRoleScopeLinks) Create(ctx context.Context, key Key, kind string) (*OrganizationRoleScope, error) {
	_, err := l.links[kind].Create(ctx, key, struct{}{})
	if refused, ok := errors.AsType[*Error](err); ok && refused.Code == "entity.relation_foreign_key_not_found" {
		refused.Issues = []Issue{{Path: []any{"scopeId"}, Message: "There is no role " + key[0] + ", or no scope " + key[1] + " of the kind " + kind +
			". A scope of an API resource needs kind = \"" + ScopeOfResource + "\", one of the organization template does not."}}
	}
	if err != nil {
		return nil, err
	}
	return &OrganizationRoleScope{Role: key[0], Scope: key[1], Kind: kind}, nil
}

// Get finds out the kind; ids are unique among both. Absence in the list of the roles is
// confirmed by reading the role's own lists. It calls GET /organization-roles, GET
// /organization-roles/{id}/scopes and /resource-scopes.
func (l *OrganizationRoleScopeLinks) Get(ctx context.Context, key Key) (*OrganizationRoleScope, error) {
	for _, read := range []func(*Links) (map[string]json.RawMessage, error){
		func(links *Links) (map[string]json.RawMessage, error) { return links.known(ctx, key[0]) },
		func(links *Links) (map[string]json.RawMessage, error) {
			return links.c.fresh(ctx, links.source(key[0]))
		},
	} {
		for _, kind := range l.kinds {
			scopes, err := read(l.links[kind])
			if err != nil {
				return nil, err
			}
			if _, ok := scopes[key[1]]; ok {
				return &OrganizationRoleScope{Role: key[0], Scope: key[1], Kind: kind}, nil
			}
		}
	}
	return nil, notFound("GET /api" + l.links[ScopeOfOrganization].path(key[0]))
}

// Update does nothing: a link has nothing to update.
func (l *OrganizationRoleScopeLinks) Update(ctx context.Context, key Key, _, _ string) (*OrganizationRoleScope, error) {
	return l.Get(ctx, key)
}

// Delete removes the scope, of whichever kind it is. It calls DELETE
// /organization-roles/{id}/scopes/{scopeId} (or /resource-scopes/{scopeId}).
func (l *OrganizationRoleScopeLinks) Delete(ctx context.Context, key Key) error {
	for _, kind := range l.kinds {
		if err := l.links[kind].Delete(ctx, key); !IsNotFound(err) {
			return err
		}
	}
	return notFound("DELETE /api" + l.links[ScopeOfOrganization].path(key[0]) + path(key[1]))
}

// Search returns the scopes of both kinds of a role; there are no filters. It calls GET
// /organization-roles/{id}/scopes and /resource-scopes.
func (l *OrganizationRoleScopeLinks) Search(ctx context.Context, parents []string, _ url.Values) ([]OrganizationRoleScope, error) {
	var all []OrganizationRoleScope
	for _, kind := range l.kinds {
		scopes, err := l.links[kind].Children(ctx, parents[0])
		if err != nil {
			return nil, err
		}
		for _, s := range scopes {
			all = append(all, OrganizationRoleScope{Role: parents[0], Scope: s, Kind: kind})
		}
	}
	return all, nil
}
