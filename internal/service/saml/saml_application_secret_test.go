// SPDX-License-Identifier: MPL-2.0

package saml_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const secret = "logto_saml_application_secret.test"

func samlSecret(name, more string) string {
	return "\nresource \"logto_saml_application_secret\" \"" + name + "\" {\n  application_id = logto_saml_application.test.id\n" + more + "\n}\n"
}

var secretLife = acctest.Lifecycle{
	Resource: secret,
	Scarce:   true,
	Setup:    minimal,
	Minimal:  samlSecret("test", "  life_span_in_years = 2"),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(secret, tfjsonpath.New("active"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue(secret, tfjsonpath.New("certificate"), knownvalue.StringRegexp(regexp.MustCompile(`^-----BEGIN CERTIFICATE-----\r\n`))),
		statecheck.ExpectKnownValue(secret, tfjsonpath.New("fingerprint_sha256"), knownvalue.StringRegexp(regexp.MustCompile(`^([0-9A-F]{2}:){31}[0-9A-F]{2}$`))),
		statecheck.ExpectKnownValue(secret, tfjsonpath.New("expires_at"), knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT.*Z$`))),
	},
	Full:     samlSecret("test", "  life_span_in_years = 2\n  active = true"),
	Find:     "/api/saml-applications/{application_id}/secrets id={id}",
	ChangeBy: "PATCH /api/saml-applications/{application_id}/secrets/{id}",
	Change:   map[string]any{"active": false},
	Drift:    map[string]acctest.Outside{"active": {Body: map[string]any{"active": false}}},
	NoDrift:  map[string]string{"life_span_in_years": "Logto does not change it"},
	Remove:   "DELETE /api/saml-applications/{application_id}/secrets/{id}",
	Parent:   "/api/saml-applications/{application_id}",
	ImportID: "{application_id}/{id}",
}

func TestAccSAMLApplicationSecret(t *testing.T) { secretLife.Run(t) }

func TestAccSAMLSecret_faults(t *testing.T) { secretLife.Faults(t) }

// actives are the ids of the active secrets of the application.
func actives(t *testing.T, target *acctest.Target, s *terraform.State) (ids []string) {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/saml-applications/"+s.RootModule().Resources[test].Primary.ID+"/secrets", nil)
	secrets, _ := answer.([]any)
	for _, v := range secrets {
		if o, _ := v.(map[string]any); o["active"] == true {
			ids = append(ids, fmt.Sprint(o["id"]))
		}
	}
	return ids
}

// The activity goes from key to key, in one apply and whichever is written first,
// and goes away with the active one.
func TestAccSAMLSecret_activity(t *testing.T) {
	target := start(t)
	two := func(first, second string) string {
		return minimal + samlSecret("first", "  life_span_in_years = 1\n  active = "+first) + samlSecret("second", "  life_span_in_years = 1\n  active = "+second)
	}
	active := func(name string) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			ids := actives(t, target, s)
			want := s.RootModule().Resources["logto_saml_application_secret."+name].Primary.ID
			if len(ids) != 1 || ids[0] != want {
				return fmt.Errorf("active are %v, not %s", ids, want)
			}
			return nil
		}
	}
	none := func(s *terraform.State) error {
		if ids := actives(t, target, s); len(ids) != 0 {
			return fmt.Errorf("active are %v", ids)
		}
		return nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: two("true", "false"), Check: active("first")},
		{Config: two("false", "true"), Check: active("second")},
		{Config: two("true", "false"), Check: active("first")},
		{Config: two("false", "false"), Check: none},
		{RefreshState: true, Check: resource.TestCheckNoResourceAttr(test, "certificate")},
		{Config: two("false", "true"), Check: active("second")},
		// The active one goes; the application's certificate with it.
		{Config: minimal + samlSecret("first", "  life_span_in_years = 1"), Check: none},
	}})
}

// Two keys that are both to be active are told of in the plan.
func TestAccSAMLSecret_twoActive(t *testing.T) {
	target := start(t)
	active := "  life_span_in_years = 1\n  active = true"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: minimal},
		{Config: minimal + samlSecret("first", active) + samlSecret("second", active), PlanOnly: true,
			ExpectError: regexp.MustCompile(`Two resources want to be the active key of the SAML\s+application`)},
	}})
}

// Another life span makes another key, and the new one is active.
func TestAccSAMLSecret_replaced(t *testing.T) {
	target := start(t)
	config := func(years string) string {
		return minimal + samlSecret("test", "  active = true\n  life_span_in_years = "+years+"\n  lifecycle {\n    create_before_destroy = true\n  }")
	}
	var ids []string
	note := func(s *terraform.State) error {
		ids = actives(t, target, s)
		if len(ids) != 1 || ids[0] != s.RootModule().Resources[secret].Primary.ID {
			return fmt.Errorf("active are %v", ids)
		}
		return nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("0"), PlanOnly: true, ExpectError: regexp.MustCompile(`life_span_in_years`)},
		{Config: config("1"), Check: note},
		{
			Config: config("30"), Check: note,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(secret, plancheck.ResourceActionCreateBeforeDestroy)}},
		},
	}})
}

// The key that Logto makes with the application is imported as what it is: active.
func TestAccSAMLSecret_firstKey(t *testing.T) {
	target := start(t)
	config := minimal + samlSecret("test", "  life_span_in_years = 3\n  active = true")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: minimal},
		{
			Config: config, ResourceName: secret, ImportState: true, ImportStatePersist: true,
			ImportStateIdFunc: func(s *terraform.State) (string, error) {
				return s.RootModule().Resources[test].Primary.ID + "/" + actives(t, target, s)[0], nil
			},
		},
		{
			Config:            config,
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(secret, tfjsonpath.New("active"), knownvalue.Bool(true))},
		},
	}})
}

func TestAccSAMLSecret_ofNothing(t *testing.T) {
	target := start(t)
	config := func(id string) string {
		return "resource \"logto_saml_application_secret\" \"test\" {\n  application_id = \"" + id + "\"\n  life_span_in_years = 1\n}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("nothing"), ExpectError: regexp.MustCompile(`(?s)Could not create.*entity\.relation_foreign_key_not_found`)},
		{
			Config: config("nothing"), ResourceName: secret, ImportState: true, ImportStateId: "nothing/nothing",
			ExpectError: regexp.MustCompile(`Cannot import non-existent remote object`),
		},
		{Config: config("nothing"), ResourceName: secret, ImportState: true, ImportStateId: "nothing", ExpectError: regexp.MustCompile(`application_id/id`)},
	}})
}

func TestAccSAMLSecret_list(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.StartMemory(t)
	_, answer := target.Do(t, http.MethodPost, "/api/saml-applications", map[string]any{"name": target.Name})
	app, _ := answer.(map[string]any)["id"].(string)
	for range 101 {
		target.Do(t, http.MethodPost, "/api/saml-applications/"+app+"/secrets", map[string]any{"lifeSpanInYears": 1})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true, Config: "list \"logto_saml_application_secret\" \"all\" {\n  provider         = logto\n  limit            = 1000\n  include_resource = true\n  config {\n    application_id = \"" + app + "\"\n  }\n}",
		QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLength("logto_saml_application_secret.all", 102)},
	}}})
}
