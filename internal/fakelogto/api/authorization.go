// SPDX-License-Identifier: MPL-2.0

package api

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// authorization is GET /oidc/auth as far as the browser's first step goes: a redirect
// to the sign-in page, one back to the application with an error, or a refusal.
func authorization(s *engine.Server, r *http.Request) engine.Reply {
	query := engine.ParseQuery(r.URL.RawQuery)
	issuer := engine.Origin(r) + "/oidc"
	refuse := func(code, description string) engine.Reply {
		body := engine.Object{
			{"code", "oidc." + code}, {"message", "The authorization endpoint answered: " + description + "."},
			{"error", code}, {"error_description", description},
		}
		if state := engine.Lookup(query, "state"); state != "" {
			body = append(body, engine.Member{"state", state})
		}
		return engine.JSONReply(http.StatusBadRequest, append(body, engine.Member{"iss", issuer}))
	}
	id := engine.Lookup(query, "client_id")
	if id == "" {
		return refuse("invalid_request", "missing required parameter 'client_id'")
	}
	app, ok := client(s, id, engine.Origin(r))
	if !ok {
		return refuse("invalid_client", "invalid client "+id)
	}
	if code, description := clientProblem(app); code != "" {
		return refuse(code, description)
	}
	registered := app.Obj("oidcClientMetadata").Strs("redirectUris")
	target := engine.Lookup(query, "redirect_uri")
	if target == "" && len(registered) == 1 {
		target = registered[0]
	}
	if target == "" {
		return refuse("invalid_request", "missing required parameter 'redirect_uri'")
	}
	if !redirectAllowed(target, registered, app.Str("type") == "Native") {
		return refuse("invalid_redirect_uri", "redirect_uri is not registered")
	}
	if code, description := requestProblem(s, app, query); code != "" {
		back := url.Values{"error": {code}, "error_description": {description}, "iss": {issuer}}
		if state := engine.Lookup(query, "state"); state != "" {
			back.Set("state", state)
		}
		return redirect(withQuery(href(target), back))
	}
	return redirect("/sign-in?app_id=" + url.QueryEscape(id))
}

// withQuery adds parameters to those that a URL has.
func withQuery(to string, more url.Values) string {
	to, fragment, hasFragment := strings.Cut(to, "#")
	sign := "?"
	if strings.Contains(to, "?") {
		sign = "&"
	}
	to += sign + more.Encode()
	if hasFragment {
		to += "#" + fragment
	}
	return to
}

func redirect(to string) engine.Reply {
	out := engine.Plain(http.StatusSeeOther, "Redirecting to "+to+".")
	out.Header.Set("Location", to)
	return out
}

// client returns an application with the redirect URIs that the OIDC endpoints see.
func client(s *engine.Server, id, endpoint string) (app engine.Object, ok bool) {
	s.Locked(func(db *engine.Store) { app, ok = clientIn(db, id, endpoint) })
	return app, ok
}

func clientIn(db *engine.Store, id, endpoint string) (engine.Object, bool) {
	own := func(app engine.Object, uri string) engine.Object {
		return app.With("oidcClientMetadata", engine.Object{{"redirectUris", []any{uri}}, {"postLogoutRedirectUris", []any{uri}}})
	}
	if app, ok := builtInApplication(id); ok {
		path := "/" + strings.TrimSuffix(id, "-center")
		return own(app, endpoint+path), true
	}
	app, ok := db.Find(applications, id)
	if ok && app.Str("type") == samlApp {
		app = own(app, endpoint+"/api/saml-applications/"+id+"/callback")
	}
	return app, ok
}

// forbiddenSchemes run or show what they hold in the browser itself.
var forbiddenSchemes = []string{"javascript:", "vbscript:", "data:", "blob:", "file:", "about:"}

// clientProblem is why the OIDC endpoints do not load an application, "" when they
// do. The Management API stores such applications without a word.
func clientProblem(app engine.Object) (code, description string) {
	metadata := app.Obj("oidcClientMetadata")
	logo, hasLogo := metadata.Get("logoUri").(string)
	logout, hasLogout := metadata.Get("backchannelLogoutUri").(string)
	switch {
	case hasLogo && logo == "":
		return "invalid_client_metadata", "logo_uri is empty"
	case hasLogout && !isWebURL(logout):
		return "invalid_client_metadata", "backchannel_logout_uri is no web URL"
	case hasLogo && !isWebURL(logo):
		return "invalid_client_metadata", "logo_uri is no web URL"
	}
	if problem := redirectProblem(metadata.Strs("postLogoutRedirectUris")); problem != "" {
		return "invalid_client_metadata", "post_logout_redirect_uris " + problem
	}
	uris := metadata.Strs("redirectUris")
	if problem := redirectProblem(uris); problem != "" {
		return "invalid_redirect_uri", "redirect_uris " + problem
	}
	if len(uris) == 0 && signsIn(app) {
		return "invalid_redirect_uri", "redirect_uris is empty"
	}
	return "", ""
}

// signsIn tells whether the application may use the authorization endpoint.
func signsIn(app engine.Object) bool {
	return app.Str("type") != machineApp && !app.Obj("customClientMetadata").Flag("isDeviceFlow")
}

func isWebURL(text string) bool {
	scheme := strings.ToLower(engine.SchemePattern.FindString(trimmedURL(text)))
	return (scheme == "http:" || scheme == "https:") && engine.IsURL(text)
}

func redirectProblem(uris []string) string {
	for _, uri := range uris {
		uri = trimmedURL(uri)
		if _, fragment, _ := strings.Cut(uri, "#"); fragment != "" {
			return "has a fragment"
		}
		scheme := strings.ToLower(engine.SchemePattern.FindString(uri))
		if slices.Contains(forbiddenSchemes, scheme) {
			return "has the scheme " + strings.TrimSuffix(scheme, ":")
		}
	}
	return ""
}

// requestProblem is an error that the application itself is told, "" for none.
func requestProblem(s *engine.Server, app engine.Object, query []engine.Pair) (code, description string) {
	public := app.Str("type") == "SPA" || app.Str("type") == "Native"
	switch kind := engine.Lookup(query, "response_type"); {
	case kind == "":
		return "invalid_request", "missing required parameter 'response_type'"
	case kind != "code":
		return "unsupported_response_type", "response_type is not supported"
	case !signsIn(app):
		return "invalid_request", "the application may not use response_type"
	case public && engine.Lookup(query, "code_challenge") == "":
		return "invalid_request", "code_challenge is missing"
	}
	for _, indicator := range engine.LookupAll(query, "resource") {
		if problem := indicatorProblem(indicator); problem != "" {
			return "invalid_target", problem
		}
		known := false
		s.Locked(func(db *engine.Store) { _, known = db.FindUnique(resources, []string{"indicator"}, indicator) })
		if !known {
			return "invalid_target", "there is no such resource"
		}
	}
	return "", ""
}

func trimmedURL(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
}

// href is a URL as it is compared: scheme and host in lower case, no default port,
// a path where there is a host.
func href(text string) string {
	u, err := url.Parse(trimmedURL(text))
	if err != nil || u.Opaque != "" || u.Scheme != "http" && u.Scheme != "https" {
		return trimmedURL(text)
	}
	u.Host = strings.ToLower(u.Host)
	if defaultPort := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; defaultPort != "" {
		u.Host = strings.TrimSuffix(u.Host, defaultPort)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

func redirectAllowed(target string, registered []string, native bool) bool {
	if strings.Contains(target, "*") {
		return false // no pattern is an address itself
	}
	matches := func(pattern string) bool {
		if strings.Contains(pattern, "*") {
			return wildcardMatches(pattern, target)
		}
		return href(pattern) == href(target)
	}
	if slices.ContainsFunc(registered, matches) {
		return true
	}
	u, err := url.Parse(target)
	if !native || err != nil || u.Scheme != "http" || !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname()) {
		return false
	}
	// An app on the device listens on any port that is free.
	anyPort := func(text string) string {
		v, err := url.Parse(text)
		if err != nil {
			return ""
		}
		v.Host = strings.TrimSuffix(v.Host, ":"+v.Port())
		return href(v.String())
	}
	return slices.ContainsFunc(registered, func(uri string) bool { return anyPort(uri) == anyPort(target) })
}

// wildcardMatches matches * in the path with anything and * in a label of the host
// with the rest of that label. The last two labels are taken literally.
func wildcardMatches(pattern, target string) bool {
	_, rest, ok := strings.Cut(pattern, "://")
	wanted, err := url.Parse(strings.ReplaceAll(href(pattern), "*", "wildcard"))
	actual, err2 := url.Parse(href(target))
	if !ok || err != nil || err2 != nil || actual.Scheme != wanted.Scheme || actual.Port() != wanted.Port() || actual.RawQuery != wanted.RawQuery {
		return false
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	host, _, _ := strings.Cut(authority, ":")
	path, _, _ := strings.Cut(rest[len(authority):], "?")
	labels, actualLabels := strings.Split(strings.ToLower(host), "."), strings.Split(actual.Hostname(), ".")
	if len(labels) != len(actualLabels) || strings.Contains(strings.Join(labels[max(0, len(labels)-2):], "."), "*") {
		return false
	}
	for i, label := range labels {
		if !starMatches(label, actualLabels[i], `[^.]+`) {
			return false
		}
	}
	if path == "" {
		path = "/"
	}
	return starMatches(path, actual.EscapedPath(), `.*`)
}

func starMatches(pattern, text, star string) bool {
	parts := engine.Map(strings.Split(pattern, "*"), regexp.QuoteMeta)
	re, err := regexp.Compile("^" + strings.Join(parts, star) + "$")
	return err == nil && re.MatchString(text)
}
