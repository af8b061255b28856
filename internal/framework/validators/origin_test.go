// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"testing"
)

func TestOriginProblem(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]string{
		"https://app.example.com":      "",
		"http://localhost:3000":        "",
		"http://[::1]:3000":            "",
		"capacitor://localhost":        "",
		"chrome-extension://abcdef":    "",
		"null":                         "",
		"*":                            "has a *, which is taken literally",
		"https://*.example.com":        "has a *, which is taken literally",
		"https://app.example.com/":     "has a path",
		"https://app.example.com/path": "has a path",
		"https://app.example.com?x":    "has a path",
		"https://App.example.com":      "has capital letters",
		"https://app.example.com:443":  "names the port that its scheme has anyway",
		"http://app.example.com:80":    "names the port that its scheme has anyway",
		"https://app.example.com:80":   "",
		"app.example.com":              "is no origin",
		"https://ä.example.com":        "is no origin", // browsers send xn--…
		"https://a@app.example.com":    "is no origin",
	} {
		if got := OriginProblem(origin); got != want {
			t.Errorf("%q: got %q, want %q", origin, got, want)
		}
	}
}
