// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// OneTimeToken lets whoever has it sign in once, as in a magic link.
type OneTimeToken struct {
	ID        string              `json:"id"`
	Email     string              `json:"email"`
	Token     string              `json:"token"`
	Context   OneTimeTokenContext `json:"context"`
	CreatedAt int64               `json:"createdAt"` // milliseconds since 1970
	ExpiresAt int64               `json:"expiresAt"` // milliseconds since 1970
}

// OneTimeTokenInput is what makes a [OneTimeToken].
type OneTimeTokenInput struct {
	Email     string              `json:"email"`
	ExpiresIn int64               `json:"expiresIn"` // seconds
	Context   OneTimeTokenContext `json:"context"`
}

// OneTimeTokenContext says what the token is for.
type OneTimeTokenContext struct {
	JITOrganizationIDs []string `json:"jitOrganizationIds,omitempty"`
	InteractionEvent   *string  `json:"interactionEvent,omitempty"`
}

// OneTimeTokens are the tenant's one-time tokens: /one-time-tokens. They cannot
// be updated.
func (c *Client) OneTimeTokens() *Collection[OneTimeToken, OneTimeTokenInput] {
	return &Collection[OneTimeToken, OneTimeTokenInput]{
		c:      c,
		path:   func([]string) string { return path("one-time-tokens") },
		list:   func([]string) listing { return listing{path: path("one-time-tokens")} },
		search: func(in OneTimeTokenInput) url.Values { return url.Values{"email": {in.Email}} },
		same: func(in OneTimeTokenInput, t *OneTimeToken) bool {
			return t.Email == in.Email && holds(t.Context, in.Context)
		},
		has:   []string{"email", "token"},
		keeps: []string{"email"},
	}
}

// SubjectToken stands for a user in a token exchange, to impersonate them.
type SubjectToken struct {
	Value     string `json:"subjectToken"`
	ExpiresIn int64  `json:"expiresIn"` // seconds
}

// CreateSubjectToken makes a subject token: POST /subject-tokens. One whose
// answer is lost cannot be found; it ends by itself.
func (c *Client) CreateSubjectToken(ctx context.Context, user string, tokenContext json.RawMessage) (*SubjectToken, error) {
	t := new(SubjectToken)
	body := struct {
		UserID  string          `json:"userId"`
		Context json.RawMessage `json:"context,omitempty"`
	}{user, tokenContext}
	return t, c.do(ctx, request{method: http.MethodPost, path: path("subject-tokens"), body: body, has: []string{"subjectToken"}}, t)
}
