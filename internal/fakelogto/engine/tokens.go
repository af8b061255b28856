// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The paths of what is beside the Management API.
const (
	TokenPath         = "/oidc/token"
	discoveryPath     = "/oidc/.well-known/openid-configuration"
	AuthorizationPath = "/oidc/auth"
)

// OIDC answers what is beside the Management API.
type OIDC struct {
	// Audience is what a token is for that the Management API takes.
	Audience string
	// Discovery answers GET /oidc/.well-known/openid-configuration of the server at an endpoint.
	Discovery func(endpoint string) Reply
	// Authorize answers GET /oidc/auth.
	Authorize func(s *Server, r *http.Request) Reply
	// Token answers /oidc/token.
	Token func(s *Server, r *http.Request, body []byte) Reply
}

// accessToken is what the server remembers of a token that it issued.
type accessToken struct {
	clientID string
	audience string
	scopes   []string
	expires  time.Time
}

// SetTokenLifetime sets how long new tokens live, instead of the lifetime that their resource
// has. With zero or less a token is expired when it is issued,
// though the answer promises an hour.
func (s *Server) SetTokenLifetime(d time.Duration) {
	s.auth.Lock()
	defer s.auth.Unlock()
	s.lifetime, s.lifetimeSet = d, true
}

// SetAudience changes what a token is for that the Management API takes.
func (s *Server) SetAudience(indicator string) {
	s.auth.Lock()
	defer s.auth.Unlock()
	s.oidc.Audience = indicator
}

// RevokeTokens makes all tokens issued so far invalid, as a rotated key does.
func (s *Server) RevokeTokens() {
	s.auth.Lock()
	defer s.auth.Unlock()
	s.tokens = map[string]accessToken{}
}

// authorize returns the client of a Management API token.
func (s *Server) authorize(header string) (string, error) {
	if header == "" {
		return "", Fail(401, "auth.authorization_header_missing")
	}
	given, ok := strings.CutPrefix(header, "Bearer")
	if !ok {
		return "", Fail(401, "auth.authorization_token_type_not_supported",
			Object{{"supportedTypes", []any{"Bearer"}}})
	}
	s.auth.Lock()
	defer s.auth.Unlock()
	t, ok := s.tokens[strings.TrimSpace(given)]
	switch {
	case !ok && strings.HasPrefix(given, " "+tokenHeader()+"."):
		return "", unauthorized("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "JWSSignatureVerificationFailed")
	case !ok:
		return "", unauthorized("ERR_JWS_INVALID", "JWSInvalid")
	case t.audience != s.oidc.Audience:
		return "", unauthorized("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWTClaimValidationFailed")
	case !time.Now().Before(t.expires):
		return "", unauthorized("ERR_JWT_EXPIRED", "JWTExpired")
	case !slices.Contains(t.scopes, "all"):
		return "", Fail(403, "auth.forbidden")
	}
	return t.clientID, nil
}

func unauthorized(code, name string) *Error {
	return Fail(401, "auth.unauthorized", Object{{"code", code}, {"name", name}})
}

// IssueToken makes a token. It is promised to live for the result, and lives that long
// unless SetTokenLifetime has it end at once.
func (s *Server) IssueToken(clientID, audience string, scopes []string, lifetime time.Duration) (value string, promised time.Duration) {
	s.auth.Lock()
	defer s.auth.Unlock()
	promised = lifetime
	if s.lifetimeSet {
		lifetime, promised = s.lifetime, s.lifetime
		if lifetime <= 0 {
			promised = time.Hour
		}
	}
	now := time.Now()
	value = newToken(clientID, audience, scopes, now.Add(promised))
	s.tokens[value] = accessToken{clientID, audience, scopes, now.Add(lifetime)}
	return value, promised
}

// newToken looks like the JWT that Logto issues. Nothing reads it; the server
// knows its tokens by heart.
func newToken(clientID, audience string, scopes []string, expires time.Time) string {
	claims := Object{
		{"sub", clientID}, {"client_id", clientID}, {"aud", audience}, {"jti", NewSecret(21)},
		{"scope", strings.Join(scopes, " ")}, {"exp", float64(expires.Unix())},
	}
	return tokenHeader() + "." + tokenPart(claims) + "." + NewSecret(128)
}

func tokenHeader() string { return tokenPart(Object{{"alg", "ES384"}, {"typ", "at+jwt"}}) }

func tokenPart(v Object) string { return base64.RawURLEncoding.EncodeToString(AppendJSON(nil, v)) }
