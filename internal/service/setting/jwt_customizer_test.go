// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
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

func TestAccJWTCustomizer(t *testing.T) { customizerLife.Run(t) }

func TestAccJWTCustomizer_faults(t *testing.T) { customizerLife.Faults(t) }

// Write-only variables reach Logto and not the state, and are written again
// only when their version changes.
func TestAccJWTCustomizer_writeOnly(t *testing.T) {
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
func TestAccJWTCustomizer_exists(t *testing.T) {
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
