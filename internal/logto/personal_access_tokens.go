// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
)

// PersonalAccessToken lets a program act for a user.
type PersonalAccessToken struct {
	UserID string `json:"userId"`
	PersonalAccessTokenInput
	Value     string `json:"value"`
	CreatedAt int64  `json:"createdAt"` // milliseconds since 1970
}

// PersonalAccessTokenInput is what can be written of a [PersonalAccessToken]:
// the name, and on create its end.
type PersonalAccessTokenInput struct {
	Name      string `json:"name"`
	ExpiresAt *int64 `json:"expiresAt,omitempty"` // milliseconds since 1970, nil for never
}

// PersonalAccessTokens are tokens of users, known by their names:
// /users/{id}/personal-access-tokens. There is no GET of one of them.
func (c *Client) PersonalAccessTokens() *PersonalAccessTokens {
	at := func(parents []string) string { return path("users", parents[0], "personal-access-tokens") }
	list := func(parents []string) listing { return listing{path: at(parents), known: "name"} }
	return &PersonalAccessTokens{Collection[PersonalAccessToken, PersonalAccessTokenInput]{
		c:    c,
		path: at,
		list: list,
		get: func(ctx context.Context, k Key) (json.RawMessage, error) {
			return c.element(ctx, &source{listing: list(k.Parents()), index: byName}, k.ID())
		},
		same: func(in PersonalAccessTokenInput, t *PersonalAccessToken) bool {
			return holds(t.PersonalAccessTokenInput, in)
		},
		has:        []string{"name", "value"},
		parentKeys: []string{"userId"},
	}}
}

// PersonalAccessTokens is a collection whose key is a name that can change. Its
// names may hold a slash, so they travel in bodies.
type PersonalAccessTokens struct {
	Collection[PersonalAccessToken, PersonalAccessTokenInput]
}

// Update renames a token: PATCH /users/{id}/personal-access-tokens.
func (s *PersonalAccessTokens) Update(ctx context.Context, key Key, from, to PersonalAccessTokenInput) (*PersonalAccessToken, error) {
	if from.Name == to.Name {
		return s.Get(ctx, key)
	}
	return s.rename(ctx, key, to.Name, request{method: http.MethodPatch, path: s.path(key.Parents()),
		body: map[string]string{"currentName": key.ID(), "name": to.Name}})
}

// Delete deletes a token: POST /users/{id}/personal-access-tokens/delete.
func (s *PersonalAccessTokens) Delete(ctx context.Context, key Key) error {
	return s.c.do(ctx, request{method: http.MethodPost, path: s.path(key.Parents()) + path("delete"), body: map[string]string{"name": key.ID()}}, nil)
}
