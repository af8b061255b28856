// SPDX-License-Identifier: MPL-2.0

package apiresource_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var apiResourceLife = acctest.Lifecycle{
	Resource: "logto_api_resource.test",
	Minimal: `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
}`,
	Full: `
resource "logto_api_resource" "test" {
  name             = "{name} full"
  indicator        = "https://{name}.example.com"
  access_token_ttl = 600
  is_default       = true
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_api_resource.test", tfjsonpath.New("access_token_ttl"), knownvalue.Int64Exact(3600)),
		statecheck.ExpectKnownValue("logto_api_resource.test", tfjsonpath.New("is_default"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue("logto_api_resource.test", tfjsonpath.New("scopes"), knownvalue.Null()),
	},
	Path:   "/api/resources/{id}",
	Change: map[string]any{"name": "changed", "accessTokenTtl": 60},
	Scarce: true, // a tenant has one default
	Drift: map[string]acctest.Outside{
		"name":             {Body: map[string]any{"name": "outside"}},
		"access_token_ttl": {Body: map[string]any{"accessTokenTtl": 61}},
		"is_default":       {How: "PATCH /api/resources/{id}/is-default", Body: map[string]any{"isDefault": false}},
	},
	NoDrift: map[string]string{"indicator": "Logto does not change it"},
}

func TestAccAPIResource(t *testing.T) { apiResourceLife.Run(t) }

func TestAccAPIResource_faults(t *testing.T) { withScopes.Faults(t) }

var withScopes = acctest.Lifecycle{
	Resource: "logto_api_resource.test",
	Minimal: `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes = {
    "read:x" = { description = "Read" }
    "drop:x" = {}
  }
}`,
	Full: `
resource "logto_api_resource" "test" {
  name       = "{name}"
  indicator  = "https://{name}.example.com"
  is_default = true
  scopes = {
    "read:x"  = { description = "Read more" }
    "write:x" = { description = "Write" }
    "drop:x"  = {}
  }
}`,
	Variant: true,
	Path:    "/api/resources/{id}",
	Change:  map[string]any{"name": "changed"},
	Scarce:  true, // a tenant has one default
}

func TestAccAPIResource_scopes(t *testing.T) { withScopes.Run(t) }

// A scope that is added, changed and deleted outside comes back as configured.
func TestAccAPIResource_scopesDrift(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := withScopes.Full
	var id string
	scope := func(name string) (string, any) {
		_, answer := target.Do(t, http.MethodGet, "/api/resources/"+id+"/scopes", nil)
		for _, s := range answer.([]any) {
			if s := s.(map[string]any); s["name"] == name {
				return s["id"].(string), s["description"]
			}
		}
		return "", nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: func(s *terraform.State) error {
			id = s.RootModule().Resources["logto_api_resource.test"].Primary.ID
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPost, "/api/resources/"+id+"/scopes", map[string]any{"name": "extra:x"})
				read, _ := scope("read:x")
				target.Do(t, http.MethodPatch, "/api/resources/"+id+"/scopes/"+read, map[string]any{"description": "changed"})
				write, _ := scope("write:x")
				target.Do(t, http.MethodDelete, "/api/resources/"+id+"/scopes/"+write, nil)
			},
			Config: config,
			Check: func(*terraform.State) error {
				if extra, _ := scope("extra:x"); extra != "" {
					return fmt.Errorf("a scope that nobody configured is still there")
				}
				if _, description := scope("read:x"); description != "Read more" {
					return fmt.Errorf("read:x is described as %v", description)
				}
				if write, _ := scope("write:x"); write == "" {
					return fmt.Errorf("write:x did not come back")
				}
				return nil
			},
		},
	}})
}

// No description is the same, said with nothing and with an empty text.
func TestAccAPIResource_scopeDescriptions(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var steps []resource.TestStep
	for _, description := range []string{`""`, `null`, `"Reads"`, `""`, `"Reads"`, `null`} {
		steps = append(steps, resource.TestStep{Config: `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes    = { "read:x" = { description = ` + description + ` } }
}
resource "logto_api_resource" "other" {
  name      = "{name} other"
  indicator = "https://{name}.other.example.com"
}
resource "logto_api_resource_scope" "test" {
  resource_id = logto_api_resource.other.id
  name        = "read:y"
  description = ` + description + `
}`, ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// More scopes than fit in a page are all read, and take no call each to plan.
func TestAccAPIResource_manyScopes(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes    = { for n in range(130) : "scope:${n}" => {} }
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig:        target.Reset,
			Config:           config,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				if calls := target.Calls(); len(calls) > 12 {
					return fmt.Errorf("%d calls: %s", len(calls), strings.Join(calls, ", "))
				}
				return nil
			},
		},
	}})
}

func TestAccAPIResource_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(attributes string) string {
		return "resource \"logto_api_resource\" \"test\" {\n" + attributes + "\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`name = ""` + "\n" + `indicator = "https://x"`), PlanOnly: true, ExpectError: regexp.MustCompile(`Attribute name`)},
		{Config: config(`name = "x"` + "\n" + `indicator = "https://x"` + "\n" + `scopes = { "a b" = {} }`), PlanOnly: true, ExpectError: regexp.MustCompile(`white\s+space`)},
		{Config: config(`name = "x"` + "\n" + `indicator = "https://x"` + "\n" + `access_token_ttl = 0`), PlanOnly: true, ExpectError: regexp.MustCompile(`access_token_ttl`)},
		{
			Config: withScopes.Minimal + strings.ReplaceAll(withScopes.Minimal, `"test"`, `"twin"`) + `
locals { order = logto_api_resource.test.id }`,
			ExpectError: regexp.MustCompile(`resource\.resource_identifier_in_use`),
		},
	}})
}

// An indicator for which Logto issues no token is refused where it is new. It stands
// in the way of no API resource that is there.
func TestAccAPIResource_indicatorWithoutTokens(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(indicator string) string {
		return "resource \"logto_api_resource\" \"test\" {\n  name = \"{name}\"\n  indicator = \"" + indicator + "\"\n}"
	}
	noURI := regexp.MustCompile(`indicator\s+is\s+not\s+an\s+absolute\s+URI`)
	_, made := target.Do(t, http.MethodPost, "/api/resources", map[string]any{"name": target.Name, "indicator": target.Name})
	id := made.(map[string]any)["id"].(string)
	adopted := strings.ReplaceAll(config("{name}"), `"test"`, `"there"`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("{name}"), PlanOnly: true, ExpectError: noURI},
		{Config: config("https://{name}.example.com#v1"), PlanOnly: true, ExpectError: regexp.MustCompile(`indicator\s+has\s+a\s+fragment`)},
		{Config: config("urn:{name}")},
		{Config: config("{name}"), PlanOnly: true, ExpectError: noURI},
		{Config: adopted + "\nimport {\n  to = logto_api_resource.there\n  id = \"" + id + "\"\n}"},
		{Config: strings.Replace(adopted, "\"{name}\"", "\"{name}-renamed\"", 1)},
	}})
}

func TestAccAPIResource_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: withScopes.Minimal + `
data "logto_api_resource" "by_indicator" {
  indicator  = logto_api_resource.test.indicator
}
data "logto_api_resource" "by_id" {
  id = logto_api_resource.test.id
}
data "logto_api_resource" "management" {
  id = "management-api"
}
data "logto_api_resources" "all" {
  depends_on = [logto_api_resource.test]
}
data "logto_api_resource_scope" "read" {
  resource_id = logto_api_resource.test.id
  name        = "read:x"
}
data "logto_api_resource_scopes" "all" {
  resource_id = logto_api_resource.test.id
}
output "same" {
  value = [
    data.logto_api_resource.by_indicator.scopes["read:x"].id == data.logto_api_resource_scope.read.id,
    data.logto_api_resource.by_id.name == logto_api_resource.test.name,
    contains(keys(data.logto_api_resource.management.scopes), "all"),
    contains([for r in data.logto_api_resources.all.api_resources : length(r.scopes) if r.id == logto_api_resource.test.id], 2),
    length(data.logto_api_resource_scopes.all.api_resource_scopes) == 2,
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact([]knownvalue.Check{
				knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true)})),
		},
	}}})
}

// The Management API is imported as others are, and stays when Terraform destroys it.
func TestAccAPIResource_managementAPI(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	_, answer := target.Do(t, http.MethodGet, "/api/resources/management-api/scopes", nil)
	scope := answer.([]any)[0].(map[string]any)
	there := target.Get(t, "/api/resources/management-api")
	config := fmt.Sprintf(`
import {
  to = logto_api_resource.test
  id = "management-api"
}
resource "logto_api_resource" "test" {
  name      = %q
  indicator = %q
}
import {
  to = logto_api_resource_scope.test
  id = "management-api/%s"
}
resource "logto_api_resource_scope" "test" {
  resource_id = logto_api_resource.test.id
  name        = %q
  description = %q
}
`, there["name"], there["indicator"], scope["id"], scope["name"], scope["description"])
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{Config: config}, {PreConfig: target.Reset, Config: config, Destroy: true}},
		CheckDestroy: func(*terraform.State) error {
			if got := strings.Join(target.Warnings(), "\n"); !strings.Contains(got, "The logto_api_resource stays in Logto") || !strings.Contains(got, "The logto_api_resource_scope stays in Logto") {
				return fmt.Errorf("warnings: %s", got)
			}
			if writes := target.Writes(); len(writes) > 0 {
				return fmt.Errorf("destroying it wrote: %v", writes)
			}
			return nil
		},
	})
}
