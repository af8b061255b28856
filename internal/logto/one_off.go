// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
)

// These operations do something once and have no object of their own.

// MFAFactors are the ids of a user's factors of multi-factor authentication:
// GET /users/{id}/mfa-verifications. Of which kind they are is the value.
func (c *Client) MFAFactors(ctx context.Context, user string) (map[string]string, error) {
	var factors []struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	}
	if err := c.do(ctx, request{method: http.MethodGet, path: path("users", user, "mfa-verifications")}, &factors); err != nil {
		return nil, err
	}
	kinds := make(map[string]string, len(factors))
	for _, f := range factors {
		kinds[f.ID] = f.Type
	}
	return kinds, nil
}

// DeleteMFAFactor deletes a factor of a user: DELETE /users/{id}/mfa-verifications/{id}.
func (c *Client) DeleteMFAFactor(ctx context.Context, user, id string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: path("users", user, "mfa-verifications", id)}, nil)
}

// SetPasswordExpired makes a user's password expired or no longer so:
// PATCH /users/{id}/password/expiration.
func (c *Client) SetPasswordExpired(ctx context.Context, user string, expired bool) error {
	return c.do(ctx, request{method: http.MethodPatch, path: path("users", user, "password", "expiration"), body: map[string]bool{"isExpired": expired}}, nil)
}

// RevokeOneTimeToken revokes a one-time token: PUT /one-time-tokens/{id}/status.
func (c *Client) RevokeOneTimeToken(ctx context.Context, id string) error {
	return c.do(ctx, request{method: http.MethodPut, path: path("one-time-tokens", id, "status"), body: map[string]string{"status": "revoked"}}, nil)
}

// SetInvitationStatus ends a pending invitation: PUT /organization-invitations/{id}/status.
// user is who accepted it, and empty for another status.
func (c *Client) SetInvitationStatus(ctx context.Context, id, status, user string) error {
	body := map[string]string{"status": status}
	if user != "" {
		body["acceptedUserId"] = user
	}
	return c.do(ctx, request{method: http.MethodPut, path: path("organization-invitations", id, "status"), body: body}, nil)
}

// DeleteOIDCKey deletes a key of a type, as "private-keys": DELETE /configs/oidc/{type}/{id}.
func (c *Client) DeleteOIDCKey(ctx context.Context, kind, id string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: path("configs", "oidc", kind, id)}, nil)
}

// DeleteLegacySecret deletes the secret that an application has from the time before
// it could have several: DELETE /applications/{id}/legacy-secret.
func (c *Client) DeleteLegacySecret(ctx context.Context, application string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: path("applications", application, "legacy-secret")}, nil)
}

// JWTCustomizerTest is a run of the script of a JWT customizer that issues no token.
type JWTCustomizerTest struct {
	TokenType            string            `json:"tokenType"`
	Script               string            `json:"script"`
	Token                json.RawMessage   `json:"token"`
	Context              json.RawMessage   `json:"context"`
	EnvironmentVariables map[string]string `json:"environmentVariables,omitempty"`
}

// TestJWTCustomizer runs a script and returns the claims that it adds:
// POST /configs/jwt-customizer/test.
func (c *Client) TestJWTCustomizer(ctx context.Context, test JWTCustomizerTest) (json.RawMessage, error) {
	var claims json.RawMessage
	return claims, c.do(ctx, request{method: http.MethodPost, path: path("configs", "jwt-customizer", "test"), body: test}, &claims)
}

// ActionTest is a run of the script of an action that concerns no sign-in.
type ActionTest struct {
	ActionType           string            `json:"actionType"`
	Script               string            `json:"script"`
	Event                json.RawMessage   `json:"event"`
	EnvironmentVariables map[string]string `json:"environmentVariables,omitempty"`
}

// TestAction runs a script and returns its result, nil when it has none:
// POST /configs/actions/test.
func (c *Client) TestAction(ctx context.Context, test ActionTest) (json.RawMessage, error) {
	var result json.RawMessage
	return result, c.do(ctx, request{method: http.MethodPost, path: path("configs", "actions", "test"), body: test, noContent: true}, &result)
}
