// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var identityLife = acctest.Lifecycle{
	Resource: "logto_user_identity.test",
	Setup:    userLife.Setup + userLife.Minimal,
	Minimal: `
resource "logto_user_identity" "test" {
  user_id          = logto_user.test.id
  target           = "github"
  provider_user_id = "{name}"
}`,
	Full: `
resource "logto_user_identity" "test" {
  user_id          = logto_user.test.id
  target           = "github"
  provider_user_id = "{name}-full"
  details          = jsonencode({ id = "full", raw = { a = [1, null] } })
}`,
	Path:   "/api/users/{user_id}/identities/{target}",
	Change: map[string]any{"userId": "changed outside"},
	Drift: map[string]acctest.Outside{"provider_user_id": {Body: map[string]any{"userId": "{name}-outside",
		"details": map[string]any{"id": "full", "raw": map[string]any{"a": []any{1, nil}}}}}},
	ChangeBy: "PUT /api/users/{user_id}/identities/{target}",
	Parent:   "/api/users/{user_id}",
	ImportID: "{user_id}/{target}",
}

func TestAccUserIdentity(t *testing.T) { identityLife.Run(t) }

func TestAccUserIdentity_faults(t *testing.T) { identityLife.Faults(t) }

// Logto writes all identities of a user at once: none of many is lost, or
// comes back when another is taken away.
func TestAccUserIdentity_many(t *testing.T) {
	t.Setenv("TF_CLI_ARGS_apply", "-parallelism=30")
	target := acctest.Start(t)
	config := func(old, fresh int) string {
		return identityLife.Setup + fmt.Sprintf(`
resource "logto_user_identity" "test" {
  count            = %d
  user_id          = logto_user.test.id
  target           = "target-${count.index}"
  provider_user_id = "{name}"
}
resource "logto_user_identity" "fresh" {
  count            = %d
  user_id          = logto_user.test.id
  target           = "fresh-${count.index}"
  provider_user_id = "{name}"
}`, old, fresh)
	}
	var user string
	has := func(want int) resource.TestCheckFunc {
		return resource.ComposeTestCheckFunc(id("logto_user.test", &user), func(*terraform.State) error {
			if got := target.Get(t, "/api/users/"+user)["identities"].(map[string]any); len(got) != want {
				return fmt.Errorf("the user has %d identities, not %d: %v", len(got), want, got)
			}
			return nil
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(20, 0), Check: has(20)},
		{PreConfig: target.Reset, Config: config(20, 0), ConfigPlanChecks: nothingTo},
		{Config: config(5, 20), Check: has(25)},
	}})
}

// An identity that is there already is not replaced without a word.
func TestAccUserIdentity_conflicts(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var user string
	twin := strings.NewReplacer("logto_user_identity\" \"test", "logto_user_identity\" \"twin", "logto_user.test.id", "logto_user.twin.id")
	other := "\nresource \"logto_user\" \"twin\" {\n  username = \"${local.word}_twin\"\n}\n"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: identityLife.Setup, Check: id("logto_user.test", &user)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPut, "/api/users/"+user+"/identities/github", map[string]any{"userId": target.Name + "-theirs"})
			},
			// A destroy begins with a plan, so it is a warning there.
			Config: identityLife.Setup + identityLife.Minimal, PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		{
			Config:      identityLife.Setup + identityLife.Minimal,
			ExpectError: regexp.MustCompile(`(?s)has an identity of this provider.*Import it as`),
		},
		{ // one of the same name is adopted
			PreConfig: func() {
				target.Do(t, http.MethodPut, "/api/users/"+user+"/identities/github", map[string]any{"userId": target.Name})
			},
			Config: identityLife.Setup + identityLife.Minimal,
		},
		{
			Config:      identityLife.Setup + identityLife.Minimal + other + twin.Replace(identityLife.Minimal),
			ExpectError: regexp.MustCompile(`(?s)provider_user_id.*user\.identity_already_in_use`),
		},
		{Config: identityLife.Setup + strings.Replace(identityLife.Minimal, `"{name}"`, `"x"`+"\n  details = \"[]\"", 1), PlanOnly: true,
			ExpectError: regexp.MustCompile(`details must\s+be\s+a\s+JSON\s+object`)},
		{Config: identityLife.Setup + identityLife.Minimal},
	}})
}

// An identity can be replaced, by one of another account too.
func TestAccUserIdentity_replaced(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(n string) string {
		return identityLife.Setup + `
resource "terraform_data" "test" {
  input = "` + n + `"
}
resource "logto_user_identity" "test" {
  user_id          = logto_user.test.id
  target           = "github"
  provider_user_id = "{name}-` + n + `"
  lifecycle {
    replace_triggered_by = [terraform_data.test]
  }
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("1")},
		{PreConfig: target.Reset, Config: config("2"), Check: func(*terraform.State) error {
			if w := target.Warnings(); len(w) > 0 {
				return fmt.Errorf("a replacement warns: %q", w)
			}
			return nil
		}, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction("logto_user_identity.test", plancheck.ResourceActionDestroyBeforeCreate)}}},
	}})
}
