// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccEphemeralSubjectToken(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	user := "user_id = \"" + newUser(t, target) + "\"\n"
	echoed(t, target,
		resource.TestStep{Config: echo("plain", "logto_subject_token", user), ConfigStateChecks: []statecheck.StateCheck{
			echoes("plain", "subject_token", like(`^sub_`)), echoes("plain", "expires_at", like(instant)),
		}},
		resource.TestStep{Config: echo("full", "logto_subject_token", user+`context = jsonencode({ ticket = 42 })`),
			ConfigStateChecks: []statecheck.StateCheck{echoes("full", "subject_token", like(`^sub_`))}},
		resource.TestStep{Config: echo("bad", "logto_subject_token", `user_id = "nobody"`), ExpectError: regexp.MustCompile(`(?s)Could not open the logto_subject_token.*relation_foreign_key_not_found`)},
		resource.TestStep{Config: echo("bad", "logto_subject_token", user+`context = "[]"`), ExpectError: regexp.MustCompile(`context must\s+be\s+a\s+JSON\s+object`)},
		resource.TestStep{Config: "locals {}"},
	)
}
