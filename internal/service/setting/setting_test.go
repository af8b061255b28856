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
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var customizerLife = acctest.Lifecycle{
	Resource: "logto_jwt_customizer.test",
	Minimal: `
resource "logto_jwt_customizer" "test" {
  token_type = "access-token"
  script     = "const getCustomJwtClaims = async () => ({});"
}`,
	Full: `
resource "logto_jwt_customizer" "test" {
  token_type              = "access-token"
  script                  = "` + customizerScript + `"
  block_issuance_on_error = true # since 1.39
  environment_variables   = { REGION = "eu" }
  token_sample            = jsonencode({ jti = "x" })
  context_sample          = jsonencode({ user = { id = "u" } })
}`,
	Path:   "/api/configs/jwt-customizer/{token_type}",
	Change: map[string]any{"script": "changed"},
	Drift: map[string]acctest.Outside{
		"script":                  {Body: map[string]any{"script": "outside"}},
		"block_issuance_on_error": {Body: map[string]any{"script": customizerScript, "blockIssuanceOnError": false}},
		"environment_variables":   {Body: map[string]any{"script": customizerScript, "environmentVariables": map[string]any{"REGION": "us"}}},
		"token_sample":            {Body: map[string]any{"script": customizerScript, "tokenSample": map[string]any{"jti": "y"}}},
		"context_sample":          {Body: map[string]any{"script": customizerScript, "contextSample": map[string]any{"user": map[string]any{"id": "v"}}}},
	},
	NotAdopted: ownScript,
	ImportID:   "{token_type}",
}

const (
	customizerScript = "const getCustomJwtClaims = async () => ({ a: 1 });"
	ownScript        = "a script of somebody else is not replaced"
)

func TestAccJWTCustomizer(t *testing.T) { customizerLife.Run(t) }

func TestAccJWTCustomizerFaults(t *testing.T) { customizerLife.Faults(t) }

var actionLife = acctest.Lifecycle{
	Resource: "logto_action.test",
	Minimal: `
resource "logto_action" "test" {
  action_type = "action.postSignIn"
  script      = "const runAction = async () => undefined;"
}`,
	Full: `
resource "logto_action" "test" {
  action_type           = "action.postSignIn"
  script                = "const runAction = async () => ({});"
  enabled               = false
  on_execution_error    = "allow"
  environment_variables = { REGION = "eu" }
  context_sample        = jsonencode({ user = { id = "u" } })
}`,
	Since:  "1.42",
	Path:   "/api/configs/actions/{action_type}",
	Change: map[string]any{"script": "changed"},
	Drift: map[string]acctest.Outside{
		"script":                {Body: map[string]any{"script": "outside"}},
		"enabled":               {Body: map[string]any{"enabled": true}},
		"on_execution_error":    {Body: map[string]any{"onExecutionError": "block"}},
		"environment_variables": {Body: map[string]any{"environmentVariables": map[string]any{"REGION": "us"}}},
		"context_sample":        {Body: map[string]any{"contextSample": map[string]any{"user": "v"}}},
	},
	NotAdopted: ownScript,
	ImportID:   "{action_type}",
}

func TestAccAction(t *testing.T) { actionLife.Run(t) }

func TestAccActionFaults(t *testing.T) { actionLife.Faults(t) }

var idTokenLife = acctest.Lifecycle{
	Resource:  "logto_id_token_config.test",
	Minimal:   `resource "logto_id_token_config" "test" {}`,
	Full:      "resource \"logto_id_token_config\" \"test\" {\n  enabled_extended_claims = [\"custom_data\", \"roles\"]\n}",
	Path:      "/api/configs/id-token",
	Change:    map[string]any{"enabledExtendedClaims": []string{"identities"}},
	ChangeBy:  "PUT /api/configs/id-token",
	Drift:     map[string]acctest.Outside{"enabled_extended_claims": {Body: map[string]any{"enabledExtendedClaims": []string{"identities", "roles"}}}},
	Permanent: "every tenant has a configuration of ID tokens",
}

func TestAccIDTokenConfig(t *testing.T) { idTokenLife.Run(t) }

func TestAccIDTokenConfigFaults(t *testing.T) { idTokenLife.Faults(t) }

var sessionLife = acctest.Lifecycle{
	Resource:  "logto_oidc_session_config.test",
	Minimal:   `resource "logto_oidc_session_config" "test" {}`,
	Full:      "resource \"logto_oidc_session_config\" \"test\" {\n  ttl = 3600\n}",
	Since:     "1.38",
	Path:      "/api/configs/oidc/session",
	Change:    map[string]any{"ttl": 60},
	Drift:     map[string]acctest.Outside{"ttl": {Body: map[string]any{"ttl": 61}}},
	Permanent: "every tenant has a configuration of sessions",
}

func TestAccOIDCSessionConfig(t *testing.T) { sessionLife.Run(t) }

func TestAccOIDCSessionConfigFaults(t *testing.T) { sessionLife.Faults(t) }

// Write-only variables reach Logto and not the state, and are written again
// only when their version changes.
func TestAccJWTCustomizerWriteOnly(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	target := acctest.Start(t)
	config := func(script, value string, version int) string {
		return fmt.Sprintf(`
resource "logto_jwt_customizer" "test" {
  token_type                       = "client-credentials"
  script                           = %q
  environment_variables_wo         = { KEY = %q }
  environment_variables_wo_version = %d
}`, script, value, version)
	}
	has := func(want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			o := target.Get(t, "/api/configs/jwt-customizer/client-credentials")
			if got := fmt.Sprint(o["environmentVariables"]); got != want {
				return fmt.Errorf("the variables are %s, not %s", got, want)
			}
			return nil
		}
	}
	hidden := []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_jwt_customizer.test", tfjsonpath.New("environment_variables"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_jwt_customizer.test", tfjsonpath.New("environment_variables_wo"), knownvalue.Null()),
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("a", "one", 1), ConfigStateChecks: hidden, Check: has("map[KEY:one]")},
		{Config: config("b", "two", 1), ConfigStateChecks: hidden, Check: has("map[KEY:one]")},
		{Config: config("b", "two", 2), ConfigStateChecks: hidden, Check: has("map[KEY:two]")},
		{Config: `
resource "logto_jwt_customizer" "test" {
  token_type = "client-credentials"
  script     = "b"
}`, Check: has("<nil>")},
	}})
}

// A customizer that somebody else made is not taken over.
func TestAccJWTCustomizerExists(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	target.Do(t, http.MethodPut, "/api/configs/jwt-customizer/access-token", map[string]any{"script": "theirs"})
	target.Do(t, http.MethodPut, "/api/configs/actions/action.postSignIn", map[string]any{"script": "theirs"})
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: customizerLife.Minimal, ExpectError: regexp.MustCompile(`(?s)token_type\s+=.*has\s+a\s+script\s+for\s+access-token\s+already`)},
		{Config: actionLife.Minimal, ExpectError: regexp.MustCompile(`(?s)action_type\s+=.*has\s+a\s+script\s+for\s+action.postSignIn\s+already`)},
	}})
}

// A script that denies tokens to the provider itself does not stay: only the Console
// could remove it.
func TestAccJWTCustomizer_deniesOwnToken(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	const fine, denies = "const getCustomJwtClaims = async () => ({});", "const getCustomJwtClaims = async ({ api }) => { return api.denyAccess(); };"
	config := func(script string) string {
		return fmt.Sprintf("resource \"logto_jwt_customizer\" \"test\" {\n  token_type = \"client-credentials\"\n  script = %q\n}", script)
	}
	const path = "/api/configs/jwt-customizer/client-credentials"
	refused := regexp.MustCompile(`(?s)script\s+=.*lose\s+its\s+access`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(denies), ExpectError: refused},
		{PreConfig: func() {
			if status, _ := target.Do(t, http.MethodGet, path, nil); status != http.StatusNotFound {
				t.Errorf("the script that denied the token was not removed: HTTP %d", status)
			}
		}, Config: config(fine)},
		{Config: config(denies), ExpectError: refused},
		{Config: config(fine), Check: func(*terraform.State) error {
			if got := target.Get(t, path)["script"]; got != fine {
				return fmt.Errorf("the script is %v", got)
			}
			return nil
		}},
	}})
}

// Settings that do not do what they seem to do are warned of.
func TestAccSettingWarnings(t *testing.T) {
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
func TestAccSettingImportIsEnforced(t *testing.T) {
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

func TestAccSettingInvalid(t *testing.T) {
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

func TestAccSettingData(t *testing.T) {
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
