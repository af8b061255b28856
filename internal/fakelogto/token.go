// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	tokenPath     = "/oidc/token"
	discoveryPath = "/oidc/.well-known/openid-configuration"
)

// discovery is the part of the issuer's discovery document that names its URLs.
func discovery(endpoint string) reply {
	issuer := endpoint + "/oidc"
	return jsonReply(http.StatusOK, object{
		{"authorization_endpoint", issuer + "/auth"},
		{"end_session_endpoint", issuer + "/session/end"},
		{"issuer", issuer},
		{"jwks_uri", issuer + "/jwks"},
		{"token_endpoint", issuer + "/token"},
		{"userinfo_endpoint", issuer + "/me"},
	})
}

// accessToken is what the server remembers of a token that it issued.
type accessToken struct {
	clientID string
	audience string
	scopes   []string
	expires  time.Time
}

// SetTokenLifetime sets how long new tokens live, instead of their resource's
// accessTokenTtl (3600 s). With zero or less a token is expired when it is issued,
// though the answer promises an hour.
func (s *Server) SetTokenLifetime(d time.Duration) {
	s.auth.Lock()
	defer s.auth.Unlock()
	s.lifetime, s.lifetimeSet = d, true
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
		return "", fail(401, "auth.authorization_header_missing")
	}
	given, ok := strings.CutPrefix(header, "Bearer")
	if !ok {
		return "", fail(401, "auth.authorization_token_type_not_supported",
			object{{"supportedTypes", []any{"Bearer"}}})
	}
	s.auth.Lock()
	defer s.auth.Unlock()
	t, ok := s.tokens[strings.TrimSpace(given)]
	switch {
	case !ok && strings.HasPrefix(given, " "+tokenHeader()+"."):
		return "", unauthorized("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "JWSSignatureVerificationFailed")
	case !ok:
		return "", unauthorized("ERR_JWS_INVALID", "JWSInvalid")
	case t.audience != Resource:
		return "", unauthorized("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWTClaimValidationFailed")
	case !time.Now().Before(t.expires):
		return "", unauthorized("ERR_JWT_EXPIRED", "JWTExpired")
	case !slices.Contains(t.scopes, "all"):
		return "", fail(403, "auth.forbidden")
	}
	return t.clientID, nil
}

func unauthorized(code, name string) *apiError {
	return fail(401, "auth.unauthorized", object{{"code", code}, {"name", name}})
}

// token is POST /oidc/token for the client_credentials grant.
func (s *Server) token(r *http.Request, body []byte) reply {
	if r.Method != http.MethodPost {
		return oidcError(404, "invalid_request", r.Method+" of the token endpoint is not served")
	}
	var form []pair
	mediaType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if strings.TrimSpace(mediaType) == "application/x-www-form-urlencoded" {
		form = parseQuery(string(body))
	}
	id, secret, failed := clientOf(r, form)
	if failed != nil {
		return *failed
	}
	app, failed := s.authenticate(id, secret)
	if failed != nil {
		if failed.status == http.StatusUnauthorized {
			failed.header.Set("Www-Authenticate", `Basic realm="`+origin(r)+`/oidc", error="invalid_client"`)
		}
		return *failed
	}
	if organization := lookup(form, "organization_id"); organization != "" && !s.inOrganization(organization, id) {
		return oidcError(403, "access_denied", "the application is not in the organization")
	}
	switch grant := lookup(form, "grant_type"); grant {
	case "client_credentials":
	case "":
		return oidcError(400, "invalid_request", "missing required parameter 'grant_type'")
	case "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange":
		return oidcError(400, "invalid_request", "the application may not use the grant type")
	default:
		return oidcError(400, "unsupported_grant_type", "grant_type is not supported")
	}
	if app.str("type") != "MachineToMachine" {
		return oidcError(400, "invalid_request", "the application may not use the grant type")
	}
	return s.issue(app, lookupAll(form, "resource"), strings.Fields(lookup(form, "scope")))
}

// clientOf reads the credentials from the Authorization header or the body.
func clientOf(r *http.Request, form []pair) (id, secret string, failed *reply) {
	refuse := func(reason string) (string, string, *reply) {
		out := oidcError(400, "invalid_request", reason)
		return "", "", &out
	}
	header := r.Header.Get("Authorization")
	if header == "" {
		if id = lookup(form, "client_id"); id == "" {
			return refuse("the request does not say who asks")
		}
		return id, lookup(form, "client_secret"), nil
	}
	id, secret, ok := r.BasicAuth()
	switch {
	case !ok:
		return refuse("the Authorization header cannot be read")
	case secret == "":
		return refuse("the Authorization header has no secret")
	case lookup(form, "client_secret") != "":
		return refuse("the secret is given twice")
	}
	// RFC 6749 has both parts form-encoded inside of the Basic credentials.
	if decoded, err := url.QueryUnescape(id); err == nil {
		id = decoded
	}
	if decoded, err := url.QueryUnescape(secret); err == nil {
		secret = decoded
	}
	return id, secret, nil
}

// authenticate returns the application whose secret this is.
func (s *Server) authenticate(id, secret string) (app object, failed *reply) {
	s.data.Lock()
	defer s.data.Unlock()
	refuse := func(status int, code, reason string) (object, *reply) {
		out := oidcError(status, code, reason)
		return nil, &out
	}
	app, ok := s.db.find(applications, id)
	if !ok {
		return refuse(400, "invalid_client", "invalid client "+id)
	}
	if code, description := clientProblem(app); code != "" {
		return refuse(400, code, description)
	}
	for _, row := range s.db.where(applicationSecrets, "applicationId", id) {
		if row.str("value") != secret {
			continue
		}
		if expires, limited := row.get("expiresAt").(float64); limited && expires < s.db.millis() {
			return refuse(400, "invalid_request", "the secret has expired")
		}
		return app, nil
	}
	return refuse(401, "invalid_client", "the secret is not the application's")
}

func (s *Server) inOrganization(organizationID, applicationID string) bool {
	s.data.Lock()
	defer s.data.Unlock()
	return s.db.exists(organizationApplications, organizationID, applicationID)
}

func (s *Server) issue(app object, wanted, asked []string) reply {
	for _, indicator := range wanted {
		if problem := indicatorProblem(indicator); problem != "" {
			return oidcError(400, "invalid_target", problem)
		}
	}
	s.data.Lock()
	resource, ok := object(nil), true
	for _, indicator := range wanted {
		var found bool
		resource, found = s.db.findUnique(resources, []string{"indicator"}, indicator)
		ok = ok && found
	}
	if len(wanted) == 0 {
		ok = false
		for _, row := range s.db.all(resources) {
			if row.flag("isDefault") {
				resource, ok = row, true
			}
		}
	}
	var granted []string
	if ok {
		granted = grantedScopes(s.db, app.str("id"), resource.str("id"), asked)
	}
	denied := deniesTokens(s.db, app, granted)
	s.data.Unlock()
	switch {
	case !ok && len(wanted) > 0:
		return oidcError(400, "invalid_target", "there is no such resource")
	case !ok:
		return oidcError(400, "invalid_target", "resource and organization_id are missing")
	case indicatorProblem(resource.str("indicator")) != "": // the default one was not asked for
		return oidcError(400, "invalid_target", indicatorProblem(resource.str("indicator")))
	case len(wanted) > 1:
		return oidcError(400, "invalid_target", "there is more than one resource")
	}
	if denied {
		return oidcError(400, "access_denied", "the customizer denies the token")
	}
	s.auth.Lock()
	defer s.auth.Unlock()
	lifetime := time.Duration(resource.num("accessTokenTtl")) * time.Second
	promised := lifetime
	if s.lifetimeSet {
		lifetime, promised = s.lifetime, s.lifetime
		if lifetime <= 0 {
			promised = time.Hour
		}
	}
	now := time.Now()
	value := newToken(app.str("id"), resource.str("indicator"), granted, now.Add(promised))
	s.tokens[value] = accessToken{app.str("id"), resource.str("indicator"), granted, now.Add(lifetime)}
	answer := object{{"access_token", value}, {"expires_in", float64(promised / time.Second)}, {"token_type", "Bearer"}}
	if len(granted) > 0 {
		answer = append(answer, member{"scope", strings.Join(granted, " ")})
	}
	return jsonReply(200, answer)
}

// deniesTokens reports whether the customizer of client-credentials tokens calls
// api.denyAccess() for an application. Other failures of the script deny nothing.
func deniesTokens(db *store, app object, granted []string) bool {
	customizer := getConfig(db, jwtConfigKey("client-credentials"))
	if customizer == nil {
		return false
	}
	_, _, err := runScript(customizer.str("script"), "getCustomJwtClaims", object{
		{"token", object{{"kind", "ClientCredentials"}, {"clientId", app.str("id")}, {"scope", strings.Join(granted, " ")}}},
		{"context", object{{"application", app}}}, {"environmentVariables", customizer.get("environmentVariables")},
	})
	return errors.Is(err, errDenied)
}

// indicatorProblem is why no token is issued for a resource, "" when one may be.
// The Management API takes any text for an indicator.
func indicatorProblem(indicator string) string {
	switch {
	case !isURL(indicator):
		return "the indicator is no URI"
	case strings.Contains(indicator, "#"):
		return "the indicator has a fragment"
	}
	return ""
}

// grantedScopes are the asked scopes that the application's roles give it on the resource.
func grantedScopes(db *store, appID, resourceID string, asked []string) []string {
	var out []string
	for _, link := range db.where(applicationsRoles, "applicationId", appID) {
		for _, held := range db.where(rolesScopes, "roleId", link.str("roleId")) {
			scope, _ := db.find(scopes, held.str("scopeId"))
			if scope.str("resourceId") == resourceID {
				out = append(out, scope.str("name"))
			}
		}
	}
	return filtered(distinct(asked), func(name string) bool { return slices.Contains(out, name) })
}

// newToken looks like the JWT that Logto issues. Nothing reads it; the server
// knows its tokens by heart.
func newToken(clientID, audience string, scopes []string, expires time.Time) string {
	claims := object{
		{"sub", clientID}, {"client_id", clientID}, {"aud", audience}, {"jti", newSecret(21)},
		{"scope", strings.Join(scopes, " ")}, {"exp", float64(expires.Unix())},
	}
	return tokenHeader() + "." + tokenPart(claims) + "." + newSecret(128)
}

func tokenHeader() string { return tokenPart(object{{"alg", "ES384"}, {"typ", "at+jwt"}}) }

func tokenPart(v object) string { return base64.RawURLEncoding.EncodeToString(appendJSON(nil, v)) }

// oidcError is an error of the token endpoint, with Logto's code beside OAuth's error.
func oidcError(status int, code, description string) reply {
	return jsonReply(status, object{
		{"code", "oidc." + code},
		{"message", fmt.Sprintf("The token endpoint answered: %s.", description)},
		{"error", code},
		{"error_description", description},
	})
}

func jsonReply(status int, body any) reply {
	header := http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Cache-Control": {"no-store"}}
	return reply{status: status, header: header, body: appendJSON(nil, body)}
}
