// SPDX-License-Identifier: MPL-2.0

package apiresource

import (
	"strings"
	"testing"
)

func TestIndicatorProblem(t *testing.T) {
	t.Parallel()
	for indicator, want := range map[string]string{
		"https://api.example.com": "", "https://api.example.com/v1/": "", "urn:orders": "", "api:orders": "", "HTTPS://API": "", "http:api": "",
		"orders":                     "absolute URI",
		"/api":                       "absolute URI",
		"api.example.com":            "absolute URI",
		"https://":                   "absolute URI",
		"https://?x":                 "absolute URI",
		"1st:orders":                 "absolute URI",
		"https://api.example.com#v1": "fragment",
		"urn:orders#":                "fragment",
		organizationResource:         "organization template",
	} {
		if got := indicatorProblem(indicator); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", indicator, got, want)
		}
	}
}
