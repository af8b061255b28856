// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const (
	customizerScript = "const getCustomJwtClaims = async () => ({ a: 1 });"
	ownScript        = "a script of somebody else is not replaced"
)

// Settings that do not do what they seem to do are warned of.
func TestAccSetting_warnings(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	warns := func(want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if got := strings.Join(target.Warnings(), "\n"); want == "" && got != "" || !strings.Contains(got, want) {
				return fmt.Errorf("warned of %q, not of %q", got, want)
			}
			return nil
		}
	}
	action := func(kind, more string) string {
		return fmt.Sprintf("resource \"logto_action\" \"test\" {\n  action_type = %q\n  script = \"x\"\n%s\n}", kind, more)
	}
	customizer := func(block bool) string {
		return fmt.Sprintf("resource \"logto_jwt_customizer\" \"test\" {\n  token_type = \"access-token\"\n  script = \"x\"\n  block_issuance_on_error = %t\n}", block)
	}
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{action("action.postSignIn", ""), "The action does not run"},
		{action("action.postSignIn", "  enabled = false"), ""},
		{action("action.postSignIn", "  enabled = true\n  on_execution_error = \"allow\""), ""},
		{action("action.postFirstFactorVerification", "  enabled = true\n  on_execution_error = \"allow\""), "refuses the sign-in all the same"},
		{customizer(true), "Logto issues tokens all the same"},
		{customizer(false), ""},
	} {
		steps = append(steps, resource.TestStep{PreConfig: target.Reset, Config: c.config, Check: warns(c.want)})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// What was left out of the configuration and set in the Console goes, also after an
// import.
func TestAccSetting_importIsEnforced(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	target.Do(t, http.MethodPut, "/api/configs/actions/action.postSignIn", map[string]any{"script": "x", "enabled": true, "onExecutionError": "allow",
		"environmentVariables": map[string]any{"A": "1"}, "contextSample": map[string]any{"a": 1}})
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
import {
  to = logto_action.test
  id = "action.postSignIn"
}
resource "logto_action" "test" {
  action_type = "action.postSignIn"
  script      = "x"
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_action.test", plancheck.ResourceActionUpdate)}},
		Check: func(*terraform.State) error {
			if diff := cmp.Diff(map[string]any{"script": "x"}, target.Get(t, "/api/configs/actions/action.postSignIn")); diff != "" {
				return fmt.Errorf("the action (-want +got):\n%s", diff)
			}
			return nil
		},
	}}})
}

func TestAccSetting_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: "resource \"logto_jwt_customizer\" \"test\" {\n  token_type = \"id-token\"\n  script     = \"x\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`client-credentials`)},
		{Config: "resource \"logto_action\" \"test\" {\n  action_type = \"postSignIn\"\n  script      = \"x\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`action\.postSignIn`)},
		{Config: "resource \"logto_jwt_customizer\" \"test\" {\n  token_type = \"access-token\"\n  script = \"x\"\n  token_sample = \"[]\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`token_sample\s+must\s+be\s+a\s+JSON\s+object`)},
		{Config: "resource \"logto_jwt_customizer\" \"test\" {\n  token_type = \"access-token\"\n  script = \"x\"\n  context_sample = \"null\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`context_sample\s+must\s+be\s+a\s+JSON\s+object`)},
		{Config: "resource \"logto_action\" \"test\" {\n  action_type = \"action.postSignIn\"\n  script = \"x\"\n  context_sample = \"null\"\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`context_sample\s+must\s+not\s+be\s+JSON's\s+null`)},
		{Config: "resource \"logto_oidc_session_config\" \"test\" {\n  ttl = 0\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`ttl`)},
		{Config: "resource \"logto_id_token_config\" \"test\" {\n  enabled_extended_claims = [\"email\"]\n}", PlanOnly: true, ExpectError: regexp.MustCompile(`custom_data`)},
		{Config: "resource \"logto_id_token_config\" \"test\" {\n  enabled_extended_claims = [\"customData\", \"role\"]\n}", PlanOnly: true, ExpectError: regexp.MustCompile(
			`Did\s+you\s+mean\s+"custom_data"\s+and\s+"roles"\?\s+2\s+elements\s+of\s+attribute\s+enabled_extended_claims\s+are\s+not\s+allowed`)},
	}})
}

func TestAccSetting_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
data "logto_oidc_keys" "private" {
  key_type = "private-keys"
}
data "logto_oidc_configuration" "this" {}
data "logto_audit_logs" "newest" {
  limit = 3
}
data "logto_system" "this" {}
data "logto_jwt_customizers" "all" {}
output "seen" {
  value = [
    length(data.logto_oidc_keys.private.oidc_keys) > 0,
    endswith(data.logto_oidc_configuration.this.issuer, "/oidc"),
    length(data.logto_audit_logs.newest.audit_logs) <= 3,
    data.logto_system.this.management_api_resource == "https://default.logto.app/api",
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("seen", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true), knownvalue.Bool(true)}))},
	}}})
}
