// SPDX-License-Identifier: MPL-2.0

package application

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	uriScheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	ownScheme = regexp.MustCompile(`^[a-z][0-9+a-z-]*(\.[0-9+a-z-]+)*:$`)
	dotInPath = regexp.MustCompile(`^(?i:\.|\.\.|%2e|%2e%2e)$`)
)

// isRedirectURI is Logto's rule for redirect URIs. Where it cannot tell, Logto
// shall say: it never refuses what Logto takes.
func isRedirectURI(uri string) bool {
	// As URLs are parsed: without what stands around them and without line breaks.
	trimmed := strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(uri, func(r rune) bool { return r <= ' ' }))
	scheme := strings.ToLower(uriScheme.FindString(trimmed))
	if scheme != "http:" && scheme != "https:" {
		return ownScheme.MatchString(scheme)
	}
	before, after, hasAuthority := strings.Cut(uri, "://")
	authority := after[:upTo(after, "#/?")]
	path := after[len(authority):]
	path, rest := path[:upTo(path, "#?")], path[upTo(path, "#?"):]
	if hasAuthority && slices.ContainsFunc(strings.Split(path, "/"), dotInPath.MatchString) {
		return false
	}
	if strings.Contains(uri, "*") && (!hasAuthority || strings.Contains(before+rest, "*") || !mayHoldWildcard(authority)) {
		return false
	}
	// An http URL has a host, however many slashes stand before it.
	located := strings.TrimLeft(trimmed[len(scheme):], `/\`)
	located = located[:upTo(located, `/\#?`)]
	return isHost(located[strings.LastIndex(located, "@")+1:])
}

// upTo is the index of the first of chars in s, or the end of s.
func upTo(s, chars string) int {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return i
	}
	return len(s)
}

// mayHoldWildcard is the rule for the authority of a URL with * in it.
func mayHoldWildcard(authority string) bool {
	if strings.Contains(authority, "@") || strings.HasPrefix(authority, "[") {
		return false
	}
	host, port, _ := strings.Cut(authority, ":")
	return !strings.Contains(port, "*") && (!strings.Contains(host, "*") || strings.Contains(host, "."))
}

func isHost(s string) bool {
	host, port := s, ""
	if strings.HasPrefix(s, "[") {
		_, after, ok := strings.Cut(s, "]")
		if !ok {
			return false
		}
		host, port = "ipv6", after
		if port != "" && port[0] != ':' {
			return false
		}
		port = strings.TrimPrefix(port, ":")
	} else if i := strings.LastIndex(s, ":"); i >= 0 {
		host, port = s[:i], s[i+1:]
	}
	if port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
	}
	return host != "" && !strings.ContainsAny(host, " <>^|:")
}
