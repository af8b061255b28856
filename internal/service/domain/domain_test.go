// SPDX-License-Identifier: MPL-2.0

package domain_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

const test = "logto_domain.test"

func domain(more string) string {
	return "resource \"logto_domain\" \"test\" {\n  domain = \"{name}.example.com\"\n" + more + "}\n"
}

var domainLife = acctest.Lifecycle{
	Resource:    test,
	Cloud:       true,
	LocalUpdate: "waits and their time are of the provider, and null files are not managed",
	Minimal:     domain(""),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(test, tfjsonpath.New("dns_records").AtSliceIndex(0).AtMapKey("type"), knownvalue.StringExact("CNAME")),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("error_message"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("verification_files"), knownvalue.ListSizeExact(0)),
	},
	Full: domain(`
  verification_files = [
    { path = "/google1.html", content = "google-site-verification: google1.html", content_type = "text/plain" },
    { path = "/.well-known/a/b", content = jsonencode({ a = 1 }), content_type = "application/json" },
  ]
  wait_until_active = true
  timeouts = {
    create = "5m"
    update = "90s"
  }
`),
	FullChecks:  []statecheck.StateCheck{statecheck.ExpectKnownValue(test, tfjsonpath.New("status"), knownvalue.StringExact("Active"))},
	Path:        "/api/domains/{id}",
	ReadOnly:    []string{"status"},
	OwnSettings: true,
	NotImported: []string{"status", "wait_until_active", "timeouts.%", "timeouts.create", "timeouts.update", "timeouts"},
	Drift: map[string]acctest.Outside{"verification_files": {How: "PUT /api/domains/{id}/verification-files",
		Body: map[string]any{"verificationFiles": []map[string]any{{"path": "/evil.html", "content": "evil", "contentType": "text/plain"}}}}},
	NoDrift: map[string]string{
		"domain":            "Logto does not change it",
		"wait_until_active": "Logto knows nothing of it",
		"timeouts.create":   "Logto knows nothing of it",
		"timeouts.update":   "Logto knows nothing of it",
	},
}

func TestAccDomain(t *testing.T) { domainLife.Run(t) }

func TestAccDomain_faults(t *testing.T) { domainLife.Faults(t) }

// A wait ends with what Logto says of the domain.
func TestAccDomain_waitFails(t *testing.T) {
	t.Parallel()
	target := acctest.StartCloud(t)
	fakelogto.HoldDomains(target.Server, "PendingVerification", "no such record")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: domain("")},
		{Config: domain("  wait_until_active = true\n  timeouts = { update = \"50ms\" }\n"), ExpectError: regexp.MustCompile(`(?s)PendingVerification:\s+no\s+such\s+record`)},
		{PreConfig: func() { fakelogto.HoldDomains(target.Server, "Error", "blocked") },
			Config: domain("  wait_until_active = true\n"), ExpectError: regexp.MustCompile(`(?s)status\s+Error:\s+blocked`)},
		{PreConfig: func() { fakelogto.HoldDomains(target.Server, "Active", "") },
			Config: domain("  wait_until_active = true\n")},
	}})
}

func TestAccDomain_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	file := func(path, content, kind string) string {
		return "{ path = \"" + path + "\", content = \"" + content + "\", content_type = \"" + kind + "\" }"
	}
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{strings.Replace(domain(""), "{name}.", "https://", 1), `domain must be the name of a host`},
		{domain("  timeouts = { create = \"soon\" }\n"), `timeouts.create must be a duration`},
		{domain("  verification_files = [" + file("/noext", "x", "text/plain") + "]\n"), `must be a file in the root`},
		{domain("  verification_files = [" + file("/a.txt", "x", "application/json") + "]\n"), `The content is not JSON`},
		{domain("  verification_files = [" + file("/a.txt", "x", "text/plain") + "," + file("/a.txt", "y", "text/plain") + "]\n"), `Two files have the same path`},
		{domain("  verification_files = [" + file("/a.txt", "x", "text/html") + "]\n"), `content_type`},
	} {
		steps = append(steps, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// A self-hosted Logto has no domains, and says so.
func TestAccDomain_onOSS(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: domain(""), ExpectError: regexp.MustCompile(`(?s)domain\.not_configured.*Logto\s+Cloud\s+only`)},
		{Config: "data \"logto_domains\" \"test\" {}\n", ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.logto_domains.test", tfjsonpath.New("domains"), knownvalue.ListSizeExact(0))}},
	}})
}

func TestAccDomain_data(t *testing.T) {
	t.Parallel()
	if os.Getenv("LOGTO_ENDPOINT") != "" {
		t.Skip("needs Logto Cloud")
	}
	target := acctest.StartCloud(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: domainLife.Full + `
data "logto_domain" "by_domain" {
  domain     = logto_domain.test.domain
  depends_on = [logto_domain.test]
}
data "logto_domains" "all" {
  depends_on = [logto_domain.test]
}
output "same" {
  value = [length(data.logto_domain.by_domain.verification_files) == 2, data.logto_domains.all.domains[0].id == logto_domain.test.id]
}`, ConfigStateChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact([]knownvalue.Check{knownvalue.Bool(true), knownvalue.Bool(true)}))}}}})
}
