// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// The token works during the run and is gone afterwards.
func TestAccEphemeralPersonalAccessToken(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	id := newUser(t, target)
	user := "user_id = \"" + id + "\"\n"
	gone := func(*terraform.State) error {
		_, answer := target.Do(t, http.MethodGet, "/api/users/"+id+"/personal-access-tokens", nil)
		if left, _ := answer.([]any); len(left) > 0 {
			return fmt.Errorf("tokens were left behind: %v", left)
		}
		if len(target.Writes()) < 2 {
			return fmt.Errorf("nothing was made and deleted: %v", target.Writes())
		}
		return nil
	}
	echoed(t, target,
		resource.TestStep{Config: echo("plain", "logto_personal_access_token", user), Check: gone, ConfigStateChecks: []statecheck.StateCheck{
			echoes("plain", "value", like(`^pat_`)), echoes("plain", "name", like(`^terraform-\w+$`)),
			echoes("plain", "expires_in", knownvalue.Int64Exact(3600)), echoes("plain", "expires_at", like(instant)),
		}},
		resource.TestStep{PreConfig: target.Reset, Config: echo("full", "logto_personal_access_token", user+"name = \"run/1\"\nexpires_in = 60"), Check: gone,
			ConfigStateChecks: []statecheck.StateCheck{echoes("full", "name", knownvalue.StringExact("run/1")), echoes("full", "expires_in", knownvalue.Int64Exact(60))}},
		resource.TestStep{Config: echo("bad", "logto_personal_access_token", `user_id = "nobody"`), ExpectError: regexp.MustCompile(`(?s)Could not open the logto_personal_access_token.*relation_foreign_key_not_found`)},
		resource.TestStep{Config: echo("bad", "logto_personal_access_token", user+"expires_in = 0"), ExpectError: regexp.MustCompile(`expires_in`)},
		resource.TestStep{Config: "locals {}"},
	)
}
