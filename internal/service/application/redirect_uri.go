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

// isRedirectURI is Logto's rule for redirect URIs. It never refuses what Logto accepts:
// what it cannot decide, it leaves to Logto.
func isRedirectURI(uri string) bool {
	trimmed := trimURI(uri)
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
	return isHost(hostOf(trimmed, scheme))
}

// hostOf is the host of an http URL, with its port: it has one, however many slashes
// stand before it.
func hostOf(uri, scheme string) string {
	located := strings.TrimLeft(uri[len(scheme):], `/\`)
	located = located[:upTo(located, `/\#?`)]
	return located[strings.LastIndex(located, "@")+1:]
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

// forbiddenSchemes are the schemes of addresses that run or show their own content in the
// browser. Logto's OpenID Connect endpoints accept them for no application.
var forbiddenSchemes = []string{"javascript:", "vbscript:", "data:", "blob:", "file:", "about:"}

// loopbacks are the hosts that stand for the device itself.
var loopbacks = []string{"localhost", "127.0.0.1", "[::1]"}

// redirectURIProblem says why Logto's OpenID Connect endpoints do not accept an
// application of any type that has the URI, or is "". It continues "the URI …".
func redirectURIProblem(uri string) string {
	uri = trimURI(uri)
	if _, fragment, _ := strings.Cut(uri, "#"); fragment != "" {
		return "has a fragment, which begins with #"
	}
	if scheme := strings.ToLower(uriScheme.FindString(uri)); slices.Contains(forbiddenSchemes, scheme) {
		return "has the scheme " + scheme + ", to which Logto never redirects"
	}
	return ""
}

// wildcardProblem says why no address matches the URI, or is "".
func wildcardProblem(uri string) string {
	_, rest, ok := strings.Cut(uri, "://")
	if !strings.Contains(uri, "*") {
		return ""
	}
	if !ok {
		return "has * in what is no address of a host"
	}
	host, _, _ := strings.Cut(rest[:upTo(rest, "#/?")], ":")
	labels := strings.Split(host, ".")
	for _, last := range labels[max(0, len(labels)-2):] {
		if strings.Contains(last, "*") {
			return "has * in one of the last two parts of its host, which must be written out"
		}
	}
	return ""
}

// redirectURIRisk says why the library that Logto's OpenID Connect endpoints are
// made of would not accept an application of that type with the URI, or is "".
// Logto's own images have a modified library that does.
func redirectURIRisk(applicationType, uri string) string {
	uri = trimURI(uri)
	scheme := strings.ToLower(uriScheme.FindString(uri))
	isWeb := scheme == "http:" || scheme == "https:"
	if applicationType == "" || uri == "" {
		return ""
	}
	if applicationType != "Native" {
		if isWeb {
			return ""
		}
		return "has a custom scheme, and the application is not of type Native"
	}
	host := strings.ToLower(hostOf(uri, scheme))
	if i := strings.LastIndex(host, ":"); i > strings.LastIndex(host, "]") {
		host = host[:i]
	}
	switch isLoopback := slices.Contains(loopbacks, host); {
	case scheme == "http:" && !isLoopback:
		return "has the scheme http and another host than localhost, 127.0.0.1 or [::1], and the application is of type Native"
	case scheme == "https:" && isLoopback:
		return "has the scheme https and the host localhost, 127.0.0.1 or [::1], and the application is of type Native"
	}
	return ""
}

// trimURI is the URI as browsers parse it: without white space around it and without line
// breaks.
func trimURI(uri string) string {
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(uri, func(r rune) bool { return r <= ' ' }))
}

// isWebURI reports whether the URI is an http or https URL with a host.
func isWebURI(uri string) bool {
	uri = trimURI(uri)
	scheme := strings.ToLower(uriScheme.FindString(uri))
	return (scheme == "http:" || scheme == "https:") && isHost(hostOf(uri, scheme))
}
