// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// tokenSource keeps one access token for all calls: fetched at the first call,
// renewed before it expires, and once more when the API refuses it.
type tokenSource struct {
	client *Client
	turn   chan struct{} // is full while somebody uses what follows
	token  *AccessToken
	// renewAt is when to fetch another token, fetchedAt when this one was, and
	// refused whether it is in the place of one that the API refused.
	renewAt, fetchedAt time.Time
	refused            bool
	// failure is why there was no token a moment ago, for as long as until says:
	// so many callers do not wait for the same failure one after another.
	failure *AccessError
	until   time.Time
}

// failureLasts is for how long a failure to get a token counts for those who
// come after. It does not count for the whole run, because it may pass.
const failureLasts = 10 * time.Second

func newTokenSource(c *Client) *tokenSource {
	return &tokenSource{client: c, turn: make(chan struct{}, 1)}
}

// first reports whether no token was ever received. Callers have the turn.
func (s *tokenSource) first() bool { return s.token == nil }

// get returns a valid access token: POST /oidc/token unless there is one. Its
// errors are *[AccessError], or that ctx ended.
func (s *tokenSource) get(ctx context.Context) (string, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	now := time.Now()
	if s.token != nil && now.Before(s.renewAt) {
		return s.token.Value, nil
	}
	if now.Before(s.until) {
		return "", s.failure
	}
	token, err := s.fetch(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		failure, ok := errors.AsType[*AccessError](err)
		if !ok {
			failure = s.client.noToken(err)
		}
		s.failure, s.until = failure, time.Now().Add(failureLasts)
		return "", failure
	}
	s.token, s.fetchedAt = token, now
	lifetime := token.ExpiresAt.Sub(now)
	s.renewAt = now.Add(lifetime - min(time.Minute, lifetime/4))
	return token.Value, nil
}

func (s *tokenSource) fetch(ctx context.Context) (*AccessToken, error) {
	c := s.client
	token, err := c.requestToken(ctx, TokenRequest{AppID: c.cfg.AppID, AppSecret: c.cfg.AppSecret, Resource: c.cfg.Resource, Scopes: []string{"all"}}, s.first())
	if err != nil {
		return nil, err
	}
	if !slices.Contains(token.Scopes, "all") { // as Logto grants it to an application without the role
		return nil, missingRole(nil)
	}
	return token, nil
}

// drop forgets a token that the API refused, unless it was renewed already. It
// reports whether another try has a use: not when the token is itself a new one
// in the place of a refused one.
func (s *tokenSource) drop(token string) bool {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	if s.token == nil || s.token.Value != token {
		return true
	}
	if s.refused && time.Since(s.fetchedAt) < failureLasts {
		return false
	}
	s.renewAt, s.refused = time.Time{}, true
	return true
}

func (c *Client) tokenURL() string { return c.base.String() + tokenPath }

const tokenPath = "/oidc/token"

// requestToken gets an access token by the client credentials grant of OAuth 2.0
// (RFC 6749, section 4.4). The credentials travel in the header.
func (c *Client) requestToken(ctx context.Context, r TokenRequest, first bool) (*AccessToken, error) {
	x := c.newExchange(http.MethodPost, c.tokenURL())
	x.name, x.most, x.token, x.first = tokenPath, maxToken, true, first
	form := url.Values{"grant_type": {"client_credentials"}, "resource": {r.Resource}}
	if len(r.Scopes) > 0 {
		form.Set("scope", strings.Join(r.Scopes, " "))
	}
	x.body = []byte(form.Encode())
	x.header.Set("Content-Type", "application/x-www-form-urlencoded")
	x.header.Set("Accept", "application/json")
	x.header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(r.AppID)+":"+url.QueryEscape(r.AppSecret))))
	asked := time.Now()
	a, err := x.do(ctx)
	if err != nil {
		return nil, err
	}
	defer a.release()
	var granted struct {
		Value   string  `json:"access_token"`
		Type    string  `json:"token_type"`
		Seconds float64 `json:"expires_in"`
		Scope   string  `json:"scope"`
	}
	if err := a.decode(request{has: []string{"access_token"}}, &granted); err != nil {
		return nil, err
	}
	if strings.ContainsFunc(granted.Value, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, a.wrong("an access token that is none")
	}
	lifetime := time.Hour // what Logto grants when it does not say
	if longest := (365 * 24 * time.Hour).Seconds(); granted.Seconds > 0 && granted.Seconds < longest {
		lifetime = time.Duration(granted.Seconds * float64(time.Second))
	}
	return &AccessToken{Value: granted.Value, Type: granted.Type, ExpiresAt: asked.Add(lifetime), Scopes: strings.Fields(granted.Scope)}, nil
}
