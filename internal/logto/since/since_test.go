// SPDX-License-Identifier: MPL-2.0

package since

import (
	"testing"
)

func TestOfOperation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/api/configs/cimd", "1.43"},
		{"DELETE", "/api/sso-connectors/a/signing-keys/b", "1.43"},
		{"PUT", "/api/applications/{id}/access-control", "1.41"},
		{"POST", "/api/applications/{id}/access-control", Oldest},
		{"GET", "/api/applications", Oldest},
	} {
		if got := OfOperation(c.method, c.path); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, got, c.want)
		}
	}
}

func TestOfSetting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, key, value, want string }{
		{"/api/sign-in-exp", "usernamePolicy", "", "1.41"},
		{"/api/sign-in-exp", "branding", "", Oldest},
		{"/api/sign-in-exp", "mfa.policy", "PromptOnlyAtSignInMandatory", "1.38"},
		{"/api/sign-in-exp", "mfa.policy", "Mandatory", Oldest},
		{"/api/hooks", "events", "Grant.LimitExceeded", "1.42"},
		{"/api/applications", "customClientMetadata.isDeviceFlow", "", "1.38"},
		{"/api/applications/a", "customClientMetadata.isDeviceFlow", "", "1.38"},
		{"/api/applications/a/roles", "customClientMetadata.isDeviceFlow", "", Oldest},
		{"/api/users/a", "cimdClientId", "", "1.43"},
	} {
		if got := OfSetting(c.path, c.key, c.value); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.key, c.path, got, c.want)
		}
	}
}

func TestOlder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1.9", "1.43", true}, {"1.43", "1.43", false}, {"1.43.1", "1.43", false}, {"1.42.9", "1.43", true}, {"2.0", "1.43", false},
	} {
		if got := Older(c.a, c.b); got != c.want {
			t.Errorf("%s older than %s: %t", c.a, c.b, got)
		}
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	last := Newest
	for _, o := range Operations() {
		if Older(last, o.Since) || !Older(Oldest, o.Since) {
			t.Errorf("%s: %s is out of order, or every Logto has it", o.Operation, o.Since)
		}
		last = o.Since
	}
	last = Newest
	for _, s := range Settings() {
		if Older(last, s.Since) || !Older(Oldest, s.Since) || s.Shown != "" && !Older(s.Shown, s.Since) {
			t.Errorf("%s of %s: %s is out of order, or every Logto has it", s.Key, s.Path, s.Since)
		}
		last = s.Since
	}
}

func TestOfAttribute(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"is_device_flow": "1.38", "custom_ui_csp": "1.40", "sign_authn_request": "1.43", "block_issuance_on_error": "1.39", "mfa_enabled": "1.38",
		"name": Oldest, "enabled": Oldest, "status": Oldest,
	} {
		if got := OfAttribute(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
