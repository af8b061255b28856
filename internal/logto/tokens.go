// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"time"
)

// TokenRequest asks for an access token of a machine-to-machine application.
type TokenRequest struct {
	// AppID and AppSecret are the application's credentials; the client's own
	// when both are empty.
	AppID, AppSecret string
	// Resource is the indicator of an API resource; the Management API's when empty.
	Resource string
	// Scopes are the scopes to ask for. What the application's roles do not
	// give is left out of the token without an error.
	Scopes []string
}

// AccessToken is a token that Logto issued.
type AccessToken struct {
	Value, Type string
	ExpiresAt   time.Time
	Scopes      []string // granted
}

// AccessToken gets an access token: POST /oidc/token with the client
// credentials grant. Its errors are *[Error], *[AnswerError] or a transport's.
func (c *Client) AccessToken(ctx context.Context, r TokenRequest) (*AccessToken, error) {
	if r.AppID == "" && r.AppSecret == "" {
		r.AppID, r.AppSecret = c.cfg.AppID, c.cfg.AppSecret
	}
	if r.Resource == "" {
		r.Resource = c.cfg.Resource
	}
	return c.requestToken(ctx, r, false)
}
