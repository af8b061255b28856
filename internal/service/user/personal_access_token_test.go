// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var tokenLife = acctest.Lifecycle{
	Resource: "logto_personal_access_token.test",
	Setup:    userLife.Setup + userLife.Minimal,
	Minimal: `
resource "logto_personal_access_token" "test" {
  user_id = logto_user.test.id
  name    = "{name}"
}`,
	Full: `
resource "logto_personal_access_token" "test" {
  user_id    = logto_user.test.id
  name       = "delete/{name} ü"
  expires_at = "2040-06-01T12:00:00.125Z"
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_personal_access_token.test", tfjsonpath.New("value"), knownvalue.StringRegexp(regexp.MustCompile(`^pat_`))),
		statecheck.ExpectSensitiveValue("logto_personal_access_token.test", tfjsonpath.New("value")),
		statecheck.ExpectKnownValue("logto_personal_access_token.test", tfjsonpath.New("expires_at"), knownvalue.Null()),
	},
	Find:       "/api/users/{user_id}/personal-access-tokens name={name}",
	Remove:     "DELETE /api/users/{user_id}/personal-access-tokens/{name}",
	Parent:     "/api/users/{user_id}",
	ImportID:   "{user_id}/{name}",
	Replaces:   true,
	NoDrift:    map[string]string{"expires_at": "Logto does not change it"},
	NotAdopted: "names of tokens are unique, and each is a secret of its own",
}

func TestAccPersonalAccessToken(t *testing.T) { tokenLife.Run(t) }

func TestAccPersonalAccessToken_faults(t *testing.T) { tokenLife.Faults(t) }

func token(name, expiresAt string) string {
	expires := ""
	if expiresAt != "" {
		expires = fmt.Sprintf("\n  expires_at = %q", expiresAt)
	}
	return tokenLife.Setup + fmt.Sprintf("\nresource \"logto_personal_access_token\" \"test\" {\n  user_id = logto_user.test.id\n  name = %q%s\n}", name, expires)
}

// A rename keeps the token.
func TestAccPersonalAccessToken_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	const address = "logto_personal_access_token.test"
	same := statecheck.CompareValue(compare.ValuesSame())
	keeps := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{same.AddStateValue(address, tfjsonpath.New("value"))}
	}
	does := func(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
	}
	steps := []resource.TestStep{
		{Config: token("a/b", "2040-06-01T12:00:00Z"), ConfigStateChecks: keeps()},
		{Config: token("c/d", "2040-06-01T12:00:00Z"), ConfigStateChecks: keeps(), ConfigPlanChecks: does(plancheck.ResourceActionUpdate)},
		// The same time in other words is the same time.
		{Config: token("c/d", "2040-06-01T14:00:00+02:00"), ConfigStateChecks: keeps()},
	}
	if acctest.AtLeast(t, "1.12.0", "1.12.0") {
		steps = append(steps, resource.TestStep{Config: token("c/d", "2040-06-01T14:00:00+02:00"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValue(address, tfjsonpath.New("name"), knownvalue.StringExact("c/d"))}})
	}
	steps = append(steps, resource.TestStep{Config: token("c/d", "2041-06-01T12:00:00Z"), ConfigPlanChecks: does(plancheck.ResourceActionDestroyBeforeCreate)})
	target.Test(t, resource.TestCase{Steps: steps})
}

func TestAccPersonalAccessToken_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	good := token("a", "")
	over := regexp.MustCompile(`(?s)time\s+is\s+over.*expires_at = .*must\s+end\s+in\s+the\s+future`)
	var user string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: good, Check: id("logto_user.test", &user)},
		{Config: good + strings.ReplaceAll(good[len(tokenLife.Setup):], `"test"`, `"twin"`),
			ExpectError: regexp.MustCompile(`(?s)name = .*user\.personal_access_token_name_exists.*import`)},
		{Config: token("", ""), PlanOnly: true, ExpectError: regexp.MustCompile(`name\s+must\s+have\s+1\s+to\s+256`)},
		{Config: token(strings.Repeat("n", 257), ""), PlanOnly: true, ExpectError: regexp.MustCompile(`name\s+must\s+have\s+1\s+to\s+256`)},
		{Config: token("a", "tomorrow"), PlanOnly: true, ExpectError: regexp.MustCompile(`RFC\s*3339`)},
		// A token is not deleted for one that Logto would refuse. A destroy begins with a
		// plan, so it is a warning there.
		{Config: token("a", "2020-01-01T00:00:00Z"), PlanOnly: true, ExpectNonEmptyPlan: true},
		{Config: token("a", "2020-01-01T00:00:00Z"), ExpectError: over},
		{Config: good, PlanOnly: true},
		{
			PreConfig: func() {
				target.Do(t, http.MethodDelete, "/api/users/"+user+"/personal-access-tokens/a", nil)
			},
			Config: token("a", "2020-01-01T00:00:00Z"), PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		{Config: token("a", "2020-01-01T00:00:00Z"), ExpectError: over},
		{Config: good},
	}})
}
