// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"testing"
)

// Logto Cloud is known by its host, and behind another one by the indicator.
func TestWhoHasABudget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		endpoint, resource string
		want               bool
	}{
		{"https://acme.logto.app", "", true},
		{"https://auth.acme.example", "https://acme.logto.app/api", true},
		{"https://auth.acme.example", "https://default.logto.app/api", false},
		{"https://auth.acme.example", "https://acme.example/api", false},
		{"http://localhost:3001", "", false},
	} {
		client, err := New(Config{Endpoint: c.endpoint, AppID: "a", AppSecret: "s", Resource: c.resource})
		if err != nil {
			t.Fatal(err)
		}
		if got := client.budget.limiter != nil; got != c.want {
			t.Errorf("%s with %q: %v", c.endpoint, c.resource, got)
		}
	}
}
