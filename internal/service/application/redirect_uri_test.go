// SPDX-License-Identifier: MPL-2.0

package application

import (
	"testing"
)

// What the OpenID Connect endpoints of a real Logto answered, for each type.
func TestRedirectURIProblem(t *testing.T) {
	t.Parallel()
	const (
		fine     = ""
		fragment = "has a fragment, which begins with #"
	)
	for uri, want := range map[string]string{
		"https://a.example.com/cb":          fine,
		"https://a.example.com/cb#":         fine,
		"https://a.example.com/cb# ":        fine,
		"https://a.example.com/%23x":        fine,
		"https://a.example.com/cb#done":     fragment,
		"https://a.example.com/#/cb":        fragment,
		"com.example.app://cb#x":            fragment,
		"com.example.app://cb":              fine,
		"myapp:/cb":                         fine,
		"capacitor://localhost":             fine,
		"https://user:pass@a.example.com/b": fine,
		"javascript:alert(1)":               "has the scheme javascript:, to which Logto never redirects",
		" DATA:text/html,x":                 "has the scheme data:, to which Logto never redirects",
		"about:blank":                       "has the scheme about:, to which Logto never redirects",
		"":                                  fine, // not known yet
	} {
		if got := redirectURIProblem(uri); got != want {
			t.Errorf("%q: got %q, want %q", uri, got, want)
		}
	}
}

func TestWildcardProblem(t *testing.T) {
	t.Parallel()
	for uri, useless := range map[string]bool{
		"https://a.example.com/cb":    false,
		"https://*.example.com/cb":    false,
		"https://a-*.b.example.com":   false,
		"https://a.example.com/*":     false,
		"https://a.example.com:8443/": false,
		"https://*.com/cb":            true,
		"https://a.*.com/cb":          true,
		"https://example.*/cb":        true,
		"https://example.*:8443/cb":   true,
		"myapp://*/cb":                true,
		"myapp://*.b":                 true,
		"myapp:cb*":                   true,
		"myapp://*.b.c/cb":            false,
		"myapp://cb/*":                false,
	} {
		if got := wildcardProblem(uri); (got != "") != useless {
			t.Errorf("%q: got %q", uri, got)
		}
	}
}

func TestRedirectURIRisk(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind, uri string
		risky     bool
	}{
		{"SPA", "https://a.example.com/cb", false},
		{"SPA", "http://a.example.com/cb", false},
		{"SPA", "com.example.app://cb", true},
		{"Traditional", "myapp:/cb", true},
		{machineType, "myapp:/cb", true},
		{"Native", "com.example.app://cb", false},
		{"Native", "myapp:/cb", false},
		{"Native", "http://localhost:3000/cb", false},
		{"Native", "http://127.0.0.1/cb", false},
		{"Native", "http://[::1]:3000/cb", false},
		{"Native", "http://192.168.0.1/cb", true},
		{"Native", "https://a.example.com/cb", false},
		{"Native", "https://LOCALHOST/cb", true},
		{"Native", "https://[::1]:8443/cb", true},
		{"", "com.example.app://cb", false}, // not known yet
		{"SPA", "", false},
	} {
		if got := redirectURIRisk(tc.kind, tc.uri); (got != "") != tc.risky {
			t.Errorf("%s %q: got %q", tc.kind, tc.uri, got)
		}
	}
}
