// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// APIResource is an API that tokens can be asked for.
type APIResource struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	Indicator      string  `json:"indicator"`
	AccessTokenTTL int64   `json:"accessTokenTtl"` // seconds
	IsDefault      bool    `json:"isDefault"`
	Scopes         []Scope `json:"scopes"` // nil unless it was read from a list
}

// APIResourceInput is what can be written of an [APIResource]. The indicator is
// ignored after the create; isDefault has a call of its own.
type APIResourceInput struct {
	Name           string `json:"name"`
	Indicator      string `json:"indicator"`
	AccessTokenTTL *int64 `json:"accessTokenTtl,omitempty"`
}

// Scope is a permission of an API resource.
type Scope struct {
	ID          string  `json:"id"`
	ResourceID  string  `json:"resourceId"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
}

// ScopeInput is what can be written of a [Scope].
type ScopeInput struct {
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
}

// apiResources is the one list that carries all API resources and all their
// scopes, under the keys resourceKey, scopesKey and scopeKey.
var apiResources = &source{
	listing: listing{path: path("resources"), query: url.Values{"includeScopes": {"true"}}},
	index: func(element json.RawMessage, put func(string, json.RawMessage)) error {
		var r struct {
			ID     string            `json:"id"`
			Scopes []json.RawMessage `json:"scopes"`
		}
		if err := json.Unmarshal(element, &r); err != nil {
			return err
		}
		put(resourceKey(r.ID), element)
		for _, s := range r.Scopes {
			put(scopeKey(r.ID, idOf(s)), s)
		}
		return nil
	},
}

func resourceKey(resource string) string { return resource }

func scopeKey(resource, scope string) string { return resource + "/" + scope }

// APIResources are the tenant's API resources: /resources.
func (c *Client) APIResources() *Collection[APIResource, APIResourceInput] {
	return &Collection[APIResource, APIResourceInput]{
		c:      c,
		path:   func([]string) string { return path("resources") },
		list:   func([]string) listing { return apiResources.listing },
		source: func(k Key) (*source, string) { return apiResources, resourceKey(k.ID()) },
		same: func(in APIResourceInput, r *APIResource) bool {
			return in.Indicator == r.Indicator && in.Name == r.Name
		},
		has:   []string{"name", "indicator"},
		keeps: []string{"name", "indicator"},
	}
}

// SetDefaultAPIResource makes an API resource the tenant's default one, whose
// predecessor stops being it, or ends that: PATCH /resources/{id}/is-default.
func (c *Client) SetDefaultAPIResource(ctx context.Context, id string, isDefault bool) error {
	return c.do(ctx, request{method: http.MethodPatch, path: path("resources", id, "is-default"), body: map[string]bool{"isDefault": isDefault}, is: map[string]string{"id": id}}, nil)
}

// Scopes are the scopes of API resources: /resources/{id}/scopes.
func (c *Client) Scopes() *Collection[Scope, ScopeInput] {
	at := func(parents []string) string { return path("resources", parents[0], "scopes") }
	return &Collection[Scope, ScopeInput]{
		c:      c,
		path:   at,
		list:   func(parents []string) listing { return listing{path: at(parents), paged: true} },
		source: func(k Key) (*source, string) { return apiResources, scopeKey(k[0], k.ID()) },
		// There is no GET of one scope.
		get: func(ctx context.Context, k Key) (json.RawMessage, error) {
			found, err := c.list(ctx, listing{path: at(k.Parents()), query: ExactSearch("id", k.ID())})
			if err != nil {
				return nil, err
			}
			for _, scope := range found {
				if idOf(scope) == k.ID() {
					return scope, nil
				}
			}
			if len(found) > 0 {
				return nil, c.unreadable(http.MethodGet, at(k.Parents()), errors.New("it is not the scope that was asked for"))
			}
			return nil, notFound("GET /api" + at(k.Parents()))
		},
		search:     func(in ScopeInput) url.Values { return ExactSearch("name", in.Name) },
		same:       func(in ScopeInput, s *Scope) bool { return in.Name == s.Name },
		parentKeys: []string{"resourceId"},
	}
}

// ScopesOf returns all scopes of an API resource, from the list of all of them:
// GET /resources?includeScopes=true.
func (c *Client) ScopesOf(ctx context.Context, resource string) ([]Scope, error) {
	known, err := c.all(ctx, apiResources)
	if err != nil {
		return nil, err
	}
	element, ok := known[resourceKey(resource)]
	if !ok {
		return nil, notFound("GET /api" + apiResources.path)
	}
	r, err := readAs(c, apiResources.path, element, new(APIResource))
	if err != nil {
		return nil, err
	}
	if r.Scopes == nil {
		return nil, c.unreadable(http.MethodGet, apiResources.path, errors.New("an API resource without scopes"))
	}
	return r.Scopes, nil
}
