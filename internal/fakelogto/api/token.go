// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// discovery is the part of the issuer's discovery document that names its URLs.
func discovery(endpoint string) engine.Reply {
	issuer := endpoint + "/oidc"
	return engine.JSONReply(http.StatusOK, engine.Object{
		{"authorization_endpoint", issuer + "/auth"},
		{"end_session_endpoint", issuer + "/session/end"},
		{"issuer", issuer},
		{"jwks_uri", issuer + "/jwks"},
		{"token_endpoint", issuer + "/token"},
		{"userinfo_endpoint", issuer + "/me"},
	})
}

// token is POST /oidc/token for the client_credentials grant.
func token(s *engine.Server, r *http.Request, body []byte) engine.Reply {
	if r.Method != http.MethodPost {
		return oidcError(404, "invalid_request", r.Method+" of the token endpoint is not served")
	}
	var form []engine.Pair
	mediaType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if strings.TrimSpace(mediaType) == "application/x-www-form-urlencoded" {
		form = engine.ParseQuery(string(body))
	}
	id, secret, failed := clientOf(r, form)
	if failed != nil {
		return *failed
	}
	app, failed := authenticate(s, id, secret)
	if failed != nil {
		if failed.Status == http.StatusUnauthorized {
			failed.Header.Set("Www-Authenticate", `Basic realm="`+engine.Origin(r)+`/oidc", error="invalid_client"`)
		}
		return *failed
	}
	if organization := engine.Lookup(form, "organization_id"); organization != "" && !inOrganization(s, organization, id) {
		return oidcError(403, "access_denied", "the application is not in the organization")
	}
	switch grant := engine.Lookup(form, "grant_type"); grant {
	case "client_credentials":
	case "":
		return oidcError(400, "invalid_request", "missing required parameter 'grant_type'")
	case "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange":
		return oidcError(400, "invalid_request", "the application may not use the grant type")
	default:
		return oidcError(400, "unsupported_grant_type", "grant_type is not supported")
	}
	if app.Str("type") != "MachineToMachine" {
		return oidcError(400, "invalid_request", "the application may not use the grant type")
	}
	return issue(s, app, engine.LookupAll(form, "resource"), strings.Fields(engine.Lookup(form, "scope")))
}

// clientOf reads the credentials from the Authorization header or the body.
func clientOf(r *http.Request, form []engine.Pair) (id, secret string, failed *engine.Reply) {
	refuse := func(reason string) (string, string, *engine.Reply) {
		out := oidcError(400, "invalid_request", reason)
		return "", "", &out
	}
	header := r.Header.Get("Authorization")
	if header == "" {
		if id = engine.Lookup(form, "client_id"); id == "" {
			return refuse("the request does not say who asks")
		}
		return id, engine.Lookup(form, "client_secret"), nil
	}
	id, secret, ok := r.BasicAuth()
	switch {
	case !ok:
		return refuse("the Authorization header cannot be read")
	case secret == "":
		return refuse("the Authorization header has no secret")
	case engine.Lookup(form, "client_secret") != "":
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
func authenticate(s *engine.Server, id, secret string) (app engine.Object, failed *engine.Reply) {
	s.Locked(func(db *engine.Store) { app, failed = authenticateIn(db, id, secret) })
	return app, failed
}

func authenticateIn(db *engine.Store, id, secret string) (app engine.Object, failed *engine.Reply) {
	refuse := func(status int, code, reason string) (engine.Object, *engine.Reply) {
		out := oidcError(status, code, reason)
		return nil, &out
	}
	app, ok := db.Find(applications, id)
	if !ok {
		return refuse(400, "invalid_client", "invalid client "+id)
	}
	if code, description := clientProblem(app); code != "" {
		return refuse(400, code, description)
	}
	for _, row := range db.Where(applicationSecrets, "applicationId", id) {
		if row.Str("value") != secret {
			continue
		}
		if expires, limited := row.Get("expiresAt").(float64); limited && expires < db.Millis() {
			return refuse(400, "invalid_request", "the secret has expired")
		}
		return app, nil
	}
	return refuse(401, "invalid_client", "the secret is not the application's")
}

func inOrganization(s *engine.Server, organizationID, applicationID string) (is bool) {
	s.Locked(func(db *engine.Store) { is = db.Exists(organizationApplications, organizationID, applicationID) })
	return is
}

// issue makes a token for the only resource that was wanted, or for the default one.
func issue(s *engine.Server, app engine.Object, wanted, asked []string) engine.Reply {
	for _, indicator := range wanted {
		if problem := indicatorProblem(indicator); problem != "" {
			return oidcError(400, "invalid_target", problem)
		}
	}
	var (
		resource engine.Object
		ok       bool
		granted  []string
		denied   bool
	)
	s.Locked(func(db *engine.Store) {
		if resource, ok = wantedResource(db, wanted); ok {
			granted = grantedScopes(db, app.Str("id"), resource.Str("id"), asked)
		}
		denied = deniesTokens(db, app, granted)
	})
	switch {
	case !ok && len(wanted) > 0:
		return oidcError(400, "invalid_target", "there is no such resource")
	case !ok:
		return oidcError(400, "invalid_target", "resource and organization_id are missing")
	case indicatorProblem(resource.Str("indicator")) != "": // the default one was not asked for
		return oidcError(400, "invalid_target", indicatorProblem(resource.Str("indicator")))
	case len(wanted) > 1:
		return oidcError(400, "invalid_target", "there is more than one resource")
	case denied:
		return oidcError(400, "access_denied", "the customizer denies the token")
	}
	lifetime := time.Duration(resource.Num("accessTokenTtl")) * time.Second
	value, promised := s.IssueToken(app.Str("id"), resource.Str("indicator"), granted, lifetime)
	answer := engine.Object{{"access_token", value}, {"expires_in", float64(promised / time.Second)}, {"token_type", "Bearer"}}
	if len(granted) > 0 {
		answer = append(answer, engine.Member{"scope", strings.Join(granted, " ")})
	}
	return engine.JSONReply(200, answer)
}

// wantedResource is the last of the wanted resources, or the default one when none is
// wanted. Without one of them ok is false.
func wantedResource(db *engine.Store, wanted []string) (resource engine.Object, ok bool) {
	for _, row := range db.All(resources) {
		if len(wanted) == 0 && row.Flag("isDefault") {
			return row, true
		}
	}
	ok = len(wanted) > 0
	for _, indicator := range wanted {
		var found bool
		resource, found = db.FindUnique(resources, []string{"indicator"}, indicator)
		ok = ok && found
	}
	return resource, ok
}

// deniesTokens reports whether the customizer of client-credentials tokens calls
// api.denyAccess() for an application. Other failures of the script deny nothing.
func deniesTokens(db *engine.Store, app engine.Object, granted []string) bool {
	customizer := getConfig(db, jwtConfigKey("client-credentials"))
	if customizer == nil {
		return false
	}
	_, _, err := runScript(customizer.Str("script"), "getCustomJwtClaims", engine.Object{
		{"token", engine.Object{{"kind", "ClientCredentials"}, {"clientId", app.Str("id")}, {"scope", strings.Join(granted, " ")}}},
		{"context", engine.Object{{"application", app}}}, {"environmentVariables", customizer.Get("environmentVariables")},
	})
	return errors.Is(err, errDenied)
}

// indicatorProblem is why no token is issued for a resource, "" when one may be.
// The Management API takes any text for an indicator.
func indicatorProblem(indicator string) string {
	switch {
	case !engine.IsURL(indicator):
		return "the indicator is no URI"
	case strings.Contains(indicator, "#"):
		return "the indicator has a fragment"
	}
	return ""
}

// grantedScopes are the asked scopes that the application's roles give it on the resource.
func grantedScopes(db *engine.Store, appID, resourceID string, asked []string) []string {
	var out []string
	for _, link := range db.Where(applicationsRoles, "applicationId", appID) {
		for _, held := range db.Where(rolesScopes, "roleId", link.Str("roleId")) {
			scope, _ := db.Find(scopes, held.Str("scopeId"))
			if scope.Str("resourceId") == resourceID {
				out = append(out, scope.Str("name"))
			}
		}
	}
	return engine.Filter(engine.Distinct(asked), func(name string) bool { return slices.Contains(out, name) })
}

// oidcError is an error of the token endpoint, with Logto's code beside OAuth's error.
func oidcError(status int, code, description string) engine.Reply {
	return engine.JSONReply(status, engine.Object{
		{"code", "oidc." + code},
		{"message", fmt.Sprintf("The token endpoint answered: %s.", description)},
		{"error", code},
		{"error_description", description},
	})
}
