// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var customDomainLife = acctest.Lifecycle{
	Resource: "logto_application_custom_domain.test",
	Cloud:    true,
	Setup: `
resource "logto_application" "test" {
  name = "{name}"
  type = "Protected"
  protected_app = {
    sub_domain = "{name}"
    origin     = "https://www.example.com"
  }
}
`,
	Minimal: `
resource "logto_application_custom_domain" "test" {
  application_id = logto_application.test.id
  domain         = "{name}.example.com"
}`,
	Find:        "/api/applications/{application_id}/protected-app-metadata/custom-domains domain={domain}",
	ReadOnly:    []string{"status"},
	NotImported: []string{"status"},
	Remove:      "DELETE /api/applications/{application_id}/protected-app-metadata/custom-domains/{domain}",
	ImportID:    "{application_id}/{domain}",
	NotAdopted:  "an application can have one domain, and Logto Cloud refuses a second one",
}

func TestAccApplicationCustomDomain(t *testing.T) { customDomainLife.Run(t) }

func TestAccApplicationCustomDomain_faults(t *testing.T) { customDomainLife.Faults(t) }

// A self-hosted Logto has no protected applications, and says so.
func TestAccApplicationCustomDomain_onOSS(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: spa + customDomainLife.Minimal, ExpectError: regexp.MustCompile(`(?s)protected_application_only.*Logto\s+Cloud`),
	}}})
}

// The domains of all protected applications are listed.
func TestAccApplicationCustomDomain_list(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.StartCloud(t)
	made := func(domain string) map[string]knownvalue.Check {
		app := newApplication(t, target, map[string]any{"name": domain, "type": "Protected",
			"protectedAppMetadata": map[string]any{"subDomain": domain, "origin": "https://www.example.com"}})
		target.Do(t, http.MethodPost, "/api/applications/"+app+"/protected-app-metadata/custom-domains", map[string]any{"domain": domain + ".example.com"})
		return map[string]knownvalue.Check{"application_id": knownvalue.StringExact(app), "domain": knownvalue.StringExact(domain + ".example.com")}
	}
	newApplication(t, target, map[string]any{"name": "none", "type": "SPA"})
	const list = "logto_application_custom_domain.all"
	first, second := made("shop"), made("blog")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: listAll("logto_application_custom_domain"),
		QueryResultChecks: []querycheck.QueryResultCheck{
			querycheck.ExpectLength(list, 2), querycheck.ExpectIdentity(list, first), querycheck.ExpectIdentity(list, second),
		},
	}}})
}
