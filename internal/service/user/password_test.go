// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func withPassword(attributes string) string {
	return words + "\nresource \"logto_user\" \"test\" {\n  username = local.word\n" + attributes + "\n}"
}

// signsIn checks that a user has that password, and that the last apply set it
// in so many calls of its own.
func signsIn(t *testing.T, target *acctest.Target, user *string, password string, sets int) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		if err := id("logto_user.test", user)(s); err != nil {
			return err
		}
		calls := 0
		for _, w := range target.Writes() {
			if strings.HasSuffix(w, "/password") {
				calls++
			}
		}
		if calls != sets {
			return fmt.Errorf("the password was set in %d calls, not %d: %v", calls, sets, target.Writes())
		}
		if status, answer := target.Do(t, http.MethodPost, "/api/users/"+*user+"/password/verify", map[string]any{"password": password}); status != http.StatusNoContent {
			return fmt.Errorf("the password is not %q: HTTP %d, %v", password, status, answer)
		}
		return nil
	}
}

var updates = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_user.test", plancheck.ResourceActionUpdate)}}

func TestAccUser_password(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var user string
	first, second := withPassword(`password = "first-word-1"`), withPassword(`password = "second-word-2"`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: first, Check: signsIn(t, target, &user, "first-word-1", 0)},
		{PreConfig: target.Reset, Config: second, ConfigPlanChecks: updates, Check: signsIn(t, target, &user, "second-word-2", 1)},
		// Anything else leaves it, and so does taking it out.
		{PreConfig: target.Reset, Config: withPassword(`name = "Jane"` + "\n" + `password = "second-word-2"`), Check: signsIn(t, target, &user, "second-word-2", 0)},
		{PreConfig: target.Reset, Config: withPassword(`name = "Jane"`), Check: signsIn(t, target, &user, "second-word-2", 0)},
		{PreConfig: target.Reset, Config: first, Check: signsIn(t, target, &user, "first-word-1", 1)},
		{ // an import knows no password, and the configuration's is set then
			Config: first, ResourceName: "logto_user.test", ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"password"},
		},
	}})
}

// nowhere fails when a secret is in the state.
func nowhere(secrets ...string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		for _, secret := range secrets {
			if strings.Contains(s.String(), secret) {
				return fmt.Errorf("the state has %q", secret)
			}
		}
		return nil
	}
}

// With the write-only twin the password is never in the state, and is set when
// the version changes and not before.
func TestAccUser_passwordWriteOnly(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("needs write-only attributes")
	}
	target := acctest.Start(t)
	var user string
	config := func(password string, version int, more string) string {
		return withPassword(fmt.Sprintf("  password_wo = %q\n  password_wo_version = %d\n%s", password, version, more))
	}
	secret := nowhere("first-word-1", "second-word-2")
	both := func(password string, sets int) resource.TestCheckFunc {
		return resource.ComposeTestCheckFunc(signsIn(t, target, &user, password, sets), secret)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("first-word-1", 1, ""), Check: both("first-word-1", 0)},
		{Config: config("second-word-2", 1, ""), PlanOnly: true},
		{PreConfig: target.Reset, Config: config("second-word-2", 1, `name = "Jane"`), Check: both("first-word-1", 0)},
		{PreConfig: target.Reset, Config: config("second-word-2", 2, `name = "Jane"`), ConfigPlanChecks: updates, Check: both("second-word-2", 1)},
		{PreConfig: target.Reset, Config: withPassword(`password = "third-word-3"`), Check: signsIn(t, target, &user, "third-word-3", 1)},
		{PreConfig: target.Reset, Config: config("first-word-1", 1, ""), Check: resource.ComposeTestCheckFunc(both("first-word-1", 1), nowhere("third-word-3"))},
		{Config: withPassword(`password_wo = "x"`), PlanOnly: true, ExpectError: regexp.MustCompile(`password_wo_version`)},
		{Config: config("first-word-1", 1, `password = "x"`), PlanOnly: true, ExpectError: regexp.MustCompile(`cannot\s+be\s+specified\s+when`)},
		{Config: config("first-word-1", 1, "")},
	}})
}

// A digest is given at creation. That Logto makes another of it when the user
// first signs in is no difference.
func TestAccUser_digest(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	sum := func(password string) string {
		d := md5.Sum([]byte(password))
		return hex.EncodeToString(d[:])
	}
	config := func(digest string) string {
		return withPassword(fmt.Sprintf("  password_digest = %q\n  password_algorithm = \"MD5\"", digest))
	}
	algorithm := func(user string) any {
		return target.Get(t, "/api/users/"+user+"?includePasswordHash=true")["passwordAlgorithm"]
	}
	var user string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(sum("first-word-1")), Check: resource.ComposeTestCheckFunc(id("logto_user.test", &user), func(*terraform.State) error {
			if a := algorithm(user); a != "MD5" {
				return fmt.Errorf("the algorithm is %v", a)
			}
			return nil
		}, signsIn(t, target, &user, "first-word-1", 0))},
		{
			PreConfig: func() {
				if a := algorithm(user); a != "Argon2i" {
					t.Errorf("the algorithm is %v after signing in", a)
				}
			},
			Config: config(sum("first-word-1")), ConfigPlanChecks: nothingTo,
		},
		{Config: config(sum("second-word-2")), ExpectError: regexp.MustCompile(`(?s)password_digest.*digest of a password cannot be changed|digest of a password cannot be changed`)},
		{Config: strings.Replace(config(sum("first-word-1")), "MD5", "SHA1", 1), ExpectError: regexp.MustCompile(`digest of a password cannot be changed`)},
		// Without it the password stays; another one can follow.
		{PreConfig: target.Reset, Config: withPassword(""), Check: signsIn(t, target, &user, "first-word-1", 0)},
		{Config: config(sum("first-word-1")), ExpectError: regexp.MustCompile(`digest of a password cannot be changed`)},
		{PreConfig: target.Reset, Config: withPassword(`password = "second-word-2"`), Check: signsIn(t, target, &user, "second-word-2", 1)},
	}})
}

func TestAccUser_digestWriteOnly(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("needs write-only attributes")
	}
	target := acctest.Start(t)
	var user string
	config := func(password string) string {
		return withPassword(fmt.Sprintf("  password_digest_wo = jsonencode([\"sha256\", [\"salt\", \"@\"], sha256(\"salt%s\")])\n  password_algorithm = \"Legacy\"", password))
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("first-word-1"), Check: resource.ComposeTestCheckFunc(signsIn(t, target, &user, "first-word-1", 0), nowhere("salt"))},
		{Config: config("second-word-2"), PlanOnly: true},
	}})
}

// A password that a create took along when its answer was lost is not lost.
func TestAccUser_passwordFaults(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]acctest.Lifecycle{
		"password": {Minimal: withPassword(`password = "first-word-1"`), Full: withPassword("is_suspended = true\n" + `password = "second-word-2"`)},
		"digest":   {Minimal: withPassword(`password_digest = "5f4dcc3b5aa765d61d8327deb882cf99"` + "\n" + `password_algorithm = "MD5"`)},
	} {
		l.Resource = "logto_user.test"
		t.Run(name, func(t *testing.T) { l.Faults(t) })
	}
}

// Nothing of a password is in Terraform's log or in an error.
func TestAccUser_passwordNotTold(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	const secret = "told-to-nobody-7"
	twice := withPassword(`password = "`+secret+`"`) + strings.Replace(withPassword(`password = "`+secret+`"`), "\"test\"", "\"twin\"", 1)[len(words):]
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{Config: twice}},
		ErrorCheck: func(err error) error {
			if !strings.Contains(err.Error(), "username_already_in_use") {
				return err
			}
			if strings.Contains(err.Error(), secret) {
				return fmt.Errorf("the error tells the password: %w", err)
			}
			t.Log("refused without telling the password")
			return nil
		},
	})
	if calls := target.Calls(); !slices.Contains(calls, "POST /api/users") {
		t.Errorf("nothing was created: %v", calls)
	}
}
