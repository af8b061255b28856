// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"maps"
	"slices"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

func TestParseVersion(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		"Terraform v1.11.4\non linux_amd64\n":                      "Terraform 1.11.4",
		"OpenTofu v1.10.0-dev\r\non windows_amd64\n":               "OpenTofu 1.10.0-dev",
		"Terraform v1.8.0":                                         "Terraform 1.8.0",
		"\nWarning: something\n\nOpenTofu v1.12.6\non linux_amd64": "OpenTofu 1.12.6",
		"terragrunt version v0.50.0\n":                             "",
		"":                                                         "",
		"Usage: terraform [global options] <subcommand>\n":         "",
	} {
		cli, err := parseVersion(answer, "x", "")
		if (err != nil) != (want == "") {
			t.Errorf("%q: error %v", answer, err)
		}
		if err == nil && cli.String() != want {
			t.Errorf("%q is taken for %s, not %s", answer, cli, want)
		}
	}
}

func TestEnvironmentLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	got := environment([]string{"PATH=/bin", "LOGTO_ENDPOINT=https://real.example.com", "TF_DATA_DIR=x", "TF_CLI_ARGS=-lock=false", "EMPTY=", "A=b=c"})
	want := map[string]string{"PATH": "/bin", "EMPTY": "", "A": "b=c"}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	cost := Cost{Operations: count([]fakelogto.Call{
		{Method: "DELETE", Path: "/api/roles/a", Operation: "DELETE /api/roles/{id}"},
		{Method: "GET", Path: "/api/roles/a", Operation: "GET /api/roles/{id}"},
		{Method: "GET", Path: "/api/roles/b", Operation: "GET /api/roles/{id}"},
		{Method: "POST", Path: "/api/roles", Operation: "POST /api/roles"},
		{Method: "GET", Path: "/api/nothing"}, // Logto has no such operation
	})}
	other := Cost{Operations: count([]fakelogto.Call{{Method: "GET", Path: "/api/roles", Operation: "GET /api/roles"}})}
	want := []string{"GET /api/nothing", "POST /api/roles", "GET /api/roles", "GET /api/roles/{id}", "DELETE /api/roles/{id}"}
	if got := OperationNames(cost, other); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := cost.CallsOf("GET /api/roles/{id}"); got != 2 {
		t.Errorf("%d calls instead of 2", got)
	}
	if got := cost.CallsOf("PUT /api/roles"); got != 0 {
		t.Errorf("%d calls instead of none", got)
	}
}
