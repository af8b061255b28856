// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"net/http"
	"net/url"
)

// RevokeTargets are whose grants a revocation takes with it: those of all
// applications, or of those that are not third-party.
var RevokeTargets = []string{"all", firstParty}

const firstParty = "firstParty"

// UserSessions are the ids of a user's sessions: GET /users/{id}/sessions. A user
// who does not exist has none.
func (c *Client) UserSessions(ctx context.Context, user string) ([]string, error) {
	var answer struct {
		Sessions []struct {
			Payload struct {
				UID string `json:"uid"`
			} `json:"payload"`
		} `json:"sessions"`
	}
	if err := c.do(ctx, request{method: http.MethodGet, path: path("users", user, "sessions"), has: []string{"sessions"}}, &answer); err != nil {
		return nil, err
	}
	ids := make([]string, len(answer.Sessions))
	for i, s := range answer.Sessions {
		ids[i] = s.Payload.UID
	}
	return ids, nil
}

// RevokeUserSession ends a session of a user: DELETE /users/{id}/sessions/{id}.
// The grants that belong to it are revoked as grants, one of the [RevokeTargets],
// says; with "" they stay.
func (c *Client) RevokeUserSession(ctx context.Context, user, session, grants string) error {
	r := request{method: http.MethodDelete, path: path("users", user, "sessions", session)}
	if grants != "" {
		r.query = url.Values{"revokeGrantsTarget": {grants}}
	}
	return c.do(ctx, r, nil)
}

// UserGrants are the ids of a user's grants for one of the [RevokeTargets]:
// GET /users/{id}/grants. There are some whose session has ended.
func (c *Client) UserGrants(ctx context.Context, user, target string) ([]string, error) {
	r := request{method: http.MethodGet, path: path("users", user, "grants"), has: []string{"grants"}}
	if target == firstParty {
		r.query = url.Values{"appType": {firstParty}}
	}
	var answer struct {
		Grants []ObjectRef `json:"grants"`
	}
	if err := c.do(ctx, r, &answer); err != nil {
		return nil, err
	}
	return IDs(answer.Grants), nil
}

// RevokeUserGrant ends a grant of a user, and the tokens that came of it:
// DELETE /users/{id}/grants/{id}.
func (c *Client) RevokeUserGrant(ctx context.Context, user, grant string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: path("users", user, "grants", grant)}, nil)
}
