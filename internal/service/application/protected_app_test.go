// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

func protected(name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(test, tfjsonpath.New("protected_app").AtMapKey(name), want)
}

var protectedLife = acctest.Lifecycle{
	Resource: test,
	Cloud:    true,
	Minimal: `
resource "logto_application" "test" {
  name = "{name}"
  type = "Protected"
  protected_app = {
    sub_domain = "{name}"
    origin     = "https://www.example.com"
  }
}`,
	MinimalChecks: []statecheck.StateCheck{
		protected("host", knownvalue.StringRegexp(regexp.MustCompile(`^tf-\w+\.`))),
		protected("session_duration", knownvalue.Int64Exact(1209600)),
		protected("page_rules", knownvalue.ListSizeExact(0)),
		protected("additional_scopes", knownvalue.SetSizeExact(0)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("redirect_uris"), knownvalue.ListSizeExact(1)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("logo_uri"), knownvalue.Null()),
	},
	Full: `
resource "logto_application" "test" {
  name         = "{name} full"
  type         = "Protected"
  logo_uri     = "https://www.example.com/logo.svg"
  id_token_ttl = 60
  protected_app = {
    sub_domain        = "{name}"
    origin            = "https://www2.example.com"
    session_duration  = 60
    page_rules        = [{ path = "^/b" }, { path = "^/a" }]
    additional_scopes = ["roles", "custom_data"]
  }
}`,
	Path:   "/api/applications/{id}",
	Change: map[string]any{"protectedAppMetadata": map[string]any{"origin": "https://else.example.com", "pageRules": []any{}}},
	Drift: map[string]acctest.Outside{
		"protected_app.origin":            protectedSetting("origin", "https://evil.example.com"),
		"protected_app.session_duration":  protectedSetting("sessionDuration", 1000000),
		"protected_app.page_rules":        protectedSetting("pageRules", []any{map[string]any{"path": "^/evil"}}),
		"protected_app.additional_scopes": protectedSetting("additionalScopes", []string{"identities"}),
	},
	Variant: true,
}

func protectedSetting(key string, v any) acctest.Outside {
	return acctest.Outside{Body: map[string]any{"protectedAppMetadata": map[string]any{key: v}}}
}

func TestAccApplication_protected(t *testing.T) { protectedLife.Run(t) }

func TestAccApplication_protectedFaults(t *testing.T) { protectedLife.Faults(t) }

// What a create does not take is written by a second call, which leaves Logto's
// own redirect URIs alone. When that call fails the application is known all the same.
func TestAccApplication_protectedFull(t *testing.T) {
	t.Parallel()
	target := acctest.StartCloud(t)
	full := []statecheck.StateCheck{
		protected("session_duration", knownvalue.Int64Exact(60)),
		protected("page_rules", knownvalue.ListSizeExact(2)),
		protected("additional_scopes", knownvalue.SetSizeExact(2)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("logo_uri"), knownvalue.NotNull()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("redirect_uris"), knownvalue.ListSizeExact(1)),
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			PreConfig: func() {
				target.Server.Inject(fakelogto.Fault{Method: http.MethodPatch, Path: "/api/applications/*", Status: http.StatusUnprocessableEntity, Times: 1})
			},
			Config: protectedLife.Full, ExpectError: regexp.MustCompile(`Could not finish the logto_application`),
		},
		{
			Config: protectedLife.Full, ConfigStateChecks: full,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(test, plancheck.ResourceActionDestroyBeforeCreate)}},
		},
	}})
}

// The redirect URIs that Logto derives may stand in the configuration, as Terraform generates it. No others may.
func TestAccApplicationProtected_redirectURIs(t *testing.T) {
	t.Parallel()
	target := acctest.StartCloud(t)
	config := func(uri string) string {
		return strings.Replace(protectedLife.Minimal, "  protected_app", `  redirect_uris = ["`+uri+`"]`+"\n  protected_app", 1)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: protectedLife.Minimal},
		{Config: config("https://{name}.protected.example/sign-in-callback"), PlanOnly: true},
		{Config: config("https://other.example.com/sign-in-callback"), PlanOnly: true, ExpectError: regexp.MustCompile(`cannot\s+be\s+set[\s\S]*Remove\s+redirect_uris`)},
	}})
}

// A self-hosted Logto has no protected applications, and says so.
func TestAccApplication_protectedOnOSS(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config:      protectedLife.Minimal,
		ExpectError: regexp.MustCompile(`(?s)Could not create the logto_application.*protected_app_not_configured.*Logto Cloud`),
	}}})
}
