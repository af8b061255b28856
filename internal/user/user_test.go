// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/kit/kittest"
)

// userLife has usernames with the test's word: {name} has a hyphen, which they must not have.
var userLife = kittest.Lifecycle{
	Resource: "logto_user.test",
	Setup: `
locals { word = replace("{name}", "-", "_") }`,
	Minimal: `
resource "logto_user" "test" {
  username = local.word
}`,
	Full: `
resource "logto_user" "test" {
  username      = "${local.word}_full"
  primary_email = "Jane.${local.word}@Example.com"
  primary_phone = "4479${parseint(substr(sha1("{name}"), 0, 6), 16) % 10000000 + 10000000}"
  name          = "Jane Doe"
  avatar        = "https://example.com/jane.png"
  is_suspended  = true
  custom_data   = jsonencode({ plan = "pro", quotas = { seats = 3, trial = null } })
  profile = {
    family_name        = "Doe"
    given_name         = "Jane"
    middle_name        = "M."
    nickname           = "JD"
    preferred_username = "jane"
    profile            = "https://example.com/jane"
    website            = "https://jane.example.com"
    gender             = "female"
    birthdate          = "1990-12-31"
    zoneinfo           = "Europe/Paris"
    locale             = "fr-FR"
    address = {
      formatted      = "1 Rue A, 75001 Paris"
      street_address = "1 Rue A"
      locality       = "Paris"
      region         = "Ile-de-France"
      postal_code    = "75001"
      country        = "France"
    }
  }
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("is_suspended"), knownvalue.Bool(false)),
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("custom_data"), knownvalue.StringExact("{}")),
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("profile"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("primary_email"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("role_ids"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_user.test", tfjsonpath.New("logto_configs"), knownvalue.Null()),
	},
	Path: "/api/users/{id}",
	Change: map[string]any{"name": "changed", "avatar": nil, "customData": map[string]any{"plan": "free", "more": 1},
		"profile": map[string]any{"nickname": "changed"}},
}

func TestAccUser(t *testing.T) { userLife.Run(t) }
