// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var (
	nativeScheme = regexp.MustCompile(`^[a-z][\d+_a-z-]*(\.[\d+_a-z-]+)*:$`)
	dotSegment   = regexp.MustCompile(`(?i)^(\.|\.\.|%2e|%2e%2e)$`)
)

// isRedirectURI is Logto's rule for redirect URIs: http(s) URLs, in which * may
// stand in a host with a dot and in the path, or a scheme of a native app.
func isRedirectURI(uri string) bool {
	uri = strings.TrimSpace(uri)
	scheme := strings.ToLower(engine.SchemePattern.FindString(uri))
	if scheme == "" {
		return false
	}
	if scheme != "http:" && scheme != "https:" {
		return nativeScheme.MatchString(scheme) && engine.IsURL(uri)
	}
	_, rest, hasAuthority := strings.Cut(uri, "://")
	end := strings.IndexAny(rest, "#/?")
	if end < 0 {
		end = len(rest)
	}
	authority := rest[:end]
	path := rest[end:]
	query := ""
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path, query = path[:i], path[i:]
	}
	if hasAuthority && slices.ContainsFunc(strings.Split(path, "/"), dotSegment.MatchString) {
		return false
	}
	if !strings.Contains(uri, "*") {
		return engine.IsURL(uri)
	}
	host, port, hasPort := strings.Cut(authority, ":")
	switch {
	case !hasAuthority, strings.ContainsAny(authority, "@["), strings.Contains(query, "*"):
		return false
	case strings.Contains(host, "*") && !strings.Contains(host, "."):
		return false
	case hasPort && strings.Contains(port, "*"):
		return false
	}
	return engine.IsURL(strings.ReplaceAll(uri, "*", "wildcard"))
}
