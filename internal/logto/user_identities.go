// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// Identity is who a user is at a social provider.
type Identity struct {
	User, Target string // Target is the provider, as "github"
	IdentityBody
}

// IdentityBody is what can be written of an [Identity].
type IdentityBody struct {
	UserID  string          `json:"userId"`            // at the provider
	Details json.RawMessage `json:"details,omitempty"` // an object
}

// UserIdentities are the social identities of users: /users/{id}/identities/{target}.
type UserIdentities struct{ c *Client }

// UserIdentities are the social identities of users.
func (c *Client) UserIdentities() *UserIdentities { return &UserIdentities{c} }

func (s *UserIdentities) path(user string) string { return path("users", user, "identities") }

// Create links a user to an identity, in the place of one that has the same
// target: PUT /users/{id}/identities/{target}.
func (s *UserIdentities) Create(ctx context.Context, key Key, in IdentityBody) (*Identity, error) {
	// The API reads all identities, changes one and writes all.
	defer s.c.locks.lock(s.path(key[0]))()
	if err := checkSegments("target", key.ID()); err != nil {
		return nil, err
	}
	answer := map[string]IdentityBody{}
	r := request{method: http.MethodPut, path: s.path(key[0]) + path(key.ID()), body: in, has: []string{key.ID()}}
	if err := s.c.do(ctx, r, &answer); err != nil {
		return nil, err
	}
	if answer[key.ID()].UserID != in.UserID {
		return nil, s.c.unreadable(r.method, r.path, errors.New("it is not the identity that was written"))
	}
	return &Identity{User: key[0], Target: key.ID(), IdentityBody: answer[key.ID()]}, nil
}

// Get returns an identity: from the list of users, or
// GET /users/{id}/identities/{target}.
func (s *UserIdentities) Get(ctx context.Context, key Key) (*Identity, error) {
	object, err := s.c.read(ctx, users, identityKey(key[0], key.ID()), func(ctx context.Context) (json.RawMessage, error) {
		var answer struct {
			Identity json.RawMessage `json:"identity"`
		}
		err := s.c.do(ctx, request{method: http.MethodGet, path: s.path(key[0]) + path(key.ID()), has: []string{"identity"}}, &answer)
		return answer.Identity, err
	})
	if err != nil {
		return nil, err
	}
	body, err := readAs(s.c, s.path(key[0]), object, new(IdentityBody))
	if err == nil && body.UserID == "" {
		err = s.c.unreadable(http.MethodGet, s.path(key[0]), errors.New("an identity without userId"))
	}
	if err != nil {
		return nil, err
	}
	return &Identity{User: key[0], Target: key.ID(), IdentityBody: *body}, nil
}

// Update replaces an identity when it changes. It calls PUT
// /users/{id}/identities/{target}.
func (s *UserIdentities) Update(ctx context.Context, key Key, from, to IdentityBody) (*Identity, error) {
	if changes, err := diff(from, to); err != nil || len(changes) > 0 {
		return s.Create(ctx, key, to)
	}
	return s.Get(ctx, key)
}

// Delete takes an identity away: DELETE /users/{id}/identities/{target}.
func (s *UserIdentities) Delete(ctx context.Context, key Key) error {
	defer s.c.locks.lock(s.path(key[0]))()
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key[0]) + path(key.ID())}, nil)
}

// Search returns all identities of a user, by target; there are no filters. It calls GET
// /users/{id}.
func (s *UserIdentities) Search(ctx context.Context, parents []string, _ url.Values) ([]Identity, error) {
	user, err := s.c.Users().Get(ctx, Key{parents[0]})
	if err != nil {
		return nil, err
	}
	var all []Identity
	for _, target := range slices.Sorted(maps.Keys(user.Identities)) {
		all = append(all, Identity{User: parents[0], Target: target, IdentityBody: user.Identities[target]})
	}
	return all, nil
}

// SSOIdentity is who a user is at the identity provider of an enterprise connector.
type SSOIdentity struct {
	SSOConnectorID string          `json:"ssoConnectorId"`
	Issuer         string          `json:"issuer"`
	IdentityID     string          `json:"identityId"`       // at the identity provider
	Detail         json.RawMessage `json:"detail,omitempty"` // an object
	CreatedAt      int64           `json:"createdAt"`        // milliseconds since 1970
	UpdatedAt      int64           `json:"updatedAt"`        // milliseconds since 1970
}

// SSOIdentities are a user's identities at the identity providers of enterprise
// connectors, which only sign-ins make: GET /users/{id}?includeSsoIdentities=true.
func (c *Client) SSOIdentities(ctx context.Context, user string) ([]SSOIdentity, error) {
	var answer struct {
		Identities []SSOIdentity `json:"ssoIdentities"`
	}
	r := request{method: http.MethodGet, path: path("users", user), query: url.Values{"includeSsoIdentities": {"true"}},
		is: map[string]string{"id": user}, has: []string{"ssoIdentities"}}
	if err := c.do(ctx, r, &answer); err != nil {
		return nil, err
	}
	return append([]SSOIdentity{}, answer.Identities...), nil
}
