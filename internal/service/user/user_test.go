// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"context"
	"crypto/sha1"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// words are the test's word as a username, which must not have its hyphen, and
// the end of a phone number of the test's own.
const words = `
locals {
  word  = replace("{name}", "-", "_")
  digits = parseint(substr(sha1("{name}"), 0, 6), 16) % 10000000 + 10000000
}`

var userLife = acctest.Lifecycle{
	Resource: "logto_user.test",
	Setup:    words,
	Minimal: `
resource "logto_user" "test" {
  username = local.word
}`,
	Full: `
resource "logto_user" "test" {
  username      = "${local.word}_full"
  primary_email = "Jane.${local.word}@Example.com"
  primary_phone = "4479${local.digits}"
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
	NoDrift: map[string]string{"password": notShown, "password_digest": notShown, "password_algorithm": notShown},
}

const notShown = "Logto does not show it"

func TestAccUser(t *testing.T) { userLife.Run(t) }

// managed is a user whose roles and settings are managed.
var managed = acctest.Lifecycle{
	Resource: "logto_user.test",
	Setup: words + `
resource "logto_role" "test" {
  count       = 3
  name        = "{name}-${count.index}"
  description = "A test role."
}`,
	Minimal: `
resource "logto_user" "test" {
  username = local.word
  role_ids = [logto_role.test[0].id, logto_role.test[1].id]
  logto_configs = {
    mfa_enabled = true
  }
}`,
	Full: `
resource "logto_user" "test" {
  username = local.word
  name     = "Full"
  role_ids = [logto_role.test[2].id, logto_role.test[1].id]
  logto_configs = {
    mfa_enabled             = false
    mfa_skipped             = true
    skip_mfa_on_sign_in     = true
    passkey_sign_in_skipped = true
  }
}`,
	Path:    "/api/users/{id}",
	Change:  map[string]any{"name": "changed"},
	Variant: true,
	Since:   "1.38", // has mfa_enabled
	// An import reads the settings that the configuration leaves out, too.
	NotImported: []string{"logto_configs.mfa_skipped", "logto_configs.skip_mfa_on_sign_in", "logto_configs.passkey_sign_in_skipped"},
}

func TestAccUser_managed(t *testing.T) { managed.Run(t) }

func TestAccUser_faults(t *testing.T) { managed.Faults(t) }

// Whatever a user is known by, a create whose answer is lost neither leaves one
// behind nor makes two. The tenant's newest users are no help where it has more
// than a page of others.
func TestAccUser_faultsByKey(t *testing.T) {
	t.Parallel()
	for name, attributes := range map[string]string{
		"email":   `primary_email = "jane@example.com"`,
		"phone":   `primary_phone = "4407911123456"`,
		"nothing": `name = "Jane"`,
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Lifecycle{
				Resource: "logto_user.test",
				Minimal:  "resource \"logto_user\" \"test\" {\n  " + attributes + "\n  password = \"a long word\"\n}",
			}.Faults(t)
		})
	}
}

// id notes the ID of the resource.
func id(address string, to *string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		*to = s.RootModule().Resources[address].Primary.ID
		return nil
	}
}

// nothingTo is the check that a plan has nothing to do.
var nothingTo = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// rolesOf are the ids of a user's roles.
func rolesOf(t *testing.T, target *acctest.Target, user string) (ids []string) {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/users/"+user+"/roles?page_size=100", nil)
	roles, ok := answer.([]any)
	if !ok {
		t.Fatalf("the roles of %s: %v", user, answer)
	}
	for _, r := range roles {
		ids = append(ids, r.(map[string]any)["id"].(string))
	}
	slices.Sort(ids)
	return ids
}

// The tenant's default roles, which new users get, and roles given in the Console
// are taken away where role_ids manages the roles, and by no PUT, which could
// fail half way. It runs alone because other tests' users would get the role.
func TestAccUser_defaultRoles(t *testing.T) { //nolint:paralleltest // see above
	target := acctest.Start(t)
	roles := words + `
resource "logto_role" "default" {
  name        = "{name} default"
  description = "A test role."
  is_default  = true
}
resource "logto_role" "wanted" {
  name        = "{name} wanted"
  description = "A test role."
}`
	user := func(roleIDs string) string {
		return roles + `
resource "logto_user" "test" {
  username   = local.word
  role_ids   = ` + roleIDs + `
  depends_on = [logto_role.default]
}`
	}
	var userID, wanted, byDefault string
	has := func(want ...*string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			var ids []string
			for _, w := range want {
				ids = append(ids, *w)
			}
			slices.Sort(ids)
			if got := rolesOf(t, target, userID); !slices.Equal(got, ids) {
				return fmt.Errorf("the user has the roles %v, not %v", got, ids)
			}
			if w := target.Writes(); slices.ContainsFunc(w, func(c string) bool { return strings.HasPrefix(c, "PUT ") }) {
				return fmt.Errorf("a PUT was used: %v", w)
			}
			return nil
		}
	}
	one := user("[logto_role.wanted.id]")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: one, Check: resource.ComposeTestCheckFunc(
			id("logto_user.test", &userID), id("logto_role.wanted", &wanted), id("logto_role.default", &byDefault), has(&wanted))},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPost, "/api/users/"+userID+"/roles", map[string]any{"roleIds": []string{byDefault}})
			},
			Config: one, Check: has(&wanted),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_user.test", plancheck.ResourceActionUpdate)}},
		},
		{Config: user("[]"), Check: has()},
		{Config: user("[logto_role.default.id, logto_role.wanted.id]"), Check: has(&wanted, &byDefault)},
		// No longer managed: they stay, and the plan says so.
		{PreConfig: target.Reset, Config: user("null"), Check: resource.ComposeTestCheckFunc(has(&wanted, &byDefault), func(*terraform.State) error {
			if w := strings.Join(target.Warnings(), "\n"); !strings.Contains(w, wanted) || !strings.Contains(w, "role_ids = []") {
				return fmt.Errorf("the warnings do not name the roles that stay: %s", w)
			}
			return nil
		})},
		// A new user with an empty set has none of them from the start.
		{Config: strings.NewReplacer(`"logto_user" "test"`, `"logto_user" "none"`, "= local.word", "= \"${local.word}_none\"").Replace(user("[]")),
			Check: resource.ComposeTestCheckFunc(id("logto_user.none", &userID), has())},
		// A new user without role_ids keeps what the tenant gives.
		{Config: strings.NewReplacer(`"logto_user" "test"`, `"logto_user" "other"`, "= local.word", "= \"${local.word}_other\"").Replace(user("null")),
			Check: resource.ComposeTestCheckFunc(id("logto_user.other", &userID), has(&byDefault))},
	}})
}

// What the API merges, cannot remove, stores otherwise or drops.
func TestAccUser_traps(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(attributes string) string {
		return words + "\nresource \"logto_user\" \"test\" {\n  username = local.word\n" + attributes + "\n}"
	}
	var user string
	step := func(attributes string, key string, want any) []resource.TestStep {
		return []resource.TestStep{
			{Config: config(attributes), Check: resource.ComposeTestCheckFunc(id("logto_user.test", &user), func(*terraform.State) error {
				if got := target.Get(t, "/api/users/"+user)[key]; fmt.Sprint(got) != fmt.Sprint(want) {
					return fmt.Errorf("%s is %v, want %v", key, got, want)
				}
				for _, w := range target.Writes() {
					if strings.HasSuffix(w, "/custom-data") || strings.HasSuffix(w, "/profile") {
						return fmt.Errorf("an endpoint that merges was used: %s", w)
					}
				}
				return nil
			})},
		}
	}
	object := func(pairs ...any) map[string]any {
		o := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			o[pairs[i].(string)] = pairs[i+1]
		}
		return o
	}
	target.Test(t, resource.TestCase{Steps: slices.Concat(
		// Keys of custom data come back in another order, and are removed.
		step(`custom_data = jsonencode({ limits = { zz = 1, a = 2 }, plan = "pro", n = null })`, "customData",
			object("limits", object("zz", 1, "a", 2), "plan", "pro", "n", nil)),
		step(`custom_data = jsonencode({ limits = { a = 2 } })`, "customData", object("limits", object("a", 2))),
		// Numbers are the same however they are spelled.
		step(`custom_data = "{ \"seats\": 1e2, \"price\": [2.0, 1.50] }"`, "customData", object("seats", 100, "price", []any{2, 1.5})),
		step(`custom_data = "{}"`, "customData", object()),
		// So are claims of the profile. An address without a value is none.
		step(`profile = { nickname = "N", given_name = "", address = { country = "FR", region = "IDF" } }`, "profile",
			object("nickname", "N", "givenName", "", "address", object("country", "FR", "region", "IDF"))),
		step(`profile = { nickname = "N", address = { country = "FR" } }`, "profile", object("nickname", "N", "address", object("country", "FR"))),
		step(`profile = { nickname = "N", address = {} }`, "profile", object("nickname", "N")),
		step(`profile = {}`, "profile", object()),
		step(`profile = { locale = "fr" }`, "profile", object("locale", "fr")),
		step(``, "profile", object()),
		step(`logto_configs = { mfa_skipped = true }`, "name", nil),
		step(`logto_configs = {}`, "name", nil),
		step(``, "name", nil),
		// The API makes nothing of an empty text.
		step(`name = ""`, "name", nil),
		step(`name = "Jane"`, "name", "Jane"),
		step(`name = ""`, "name", nil),
		step(`avatar = ""`, "avatar", nil),
		step(`primary_email = "{name}@example.com"`, "primaryEmail", target.Name+"@example.com"),
		step(`primary_email = ""`, "primaryEmail", nil),
		step("primary_email = \"{name}@example.com\"\n  primary_phone = \"\"", "primaryPhone", nil),
		// The 0 that is dialled before a number at home only is left out.
		step(`primary_phone = "44079${local.digits}"`, "primaryPhone", "4479"+digits(target)),
		[]resource.TestStep{{Config: config(`primary_phone = "4479${local.digits}"`), PlanOnly: true}},
		step(`primary_phone = "4479${local.digits}"`, "primaryPhone", "4479"+digits(target)),
		[]resource.TestStep{{Config: config(`primary_phone = "44079${local.digits}"`), PlanOnly: true}},
		step(``, "primaryPhone", nil),
	)})
}

// digits is local.digits.
func digits(target *acctest.Target) string {
	sum := sha1.Sum([]byte(target.Name))
	n := int(sum[0])<<16 | int(sum[1])<<8 | int(sum[2])
	return strconv.Itoa(n%10000000 + 10000000)
}

// A rename sends the name and nothing else, and leaves what the Console set.
func TestAccUser_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name string) string {
		return words + "\nresource \"logto_user\" \"test\" {\n  username = local.word\n  name = \"" + name + "\"\n}"
	}
	var user string
	var before map[string]any
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("Jane"), Check: id("logto_user.test", &user)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/users/"+user, map[string]any{"avatar": "https://example.com/a.png",
					"customData": map[string]any{"a": 1}, "profile": map[string]any{"nickname": "N"}})
				target.Do(t, http.MethodPatch, "/api/users/"+user+"/is-suspended", map[string]any{"isSuspended": true})
				before = target.Get(t, "/api/users/"+user)
				target.Reset()
			},
			Config: config("Jane Doe"),
			Check: func(*terraform.State) error {
				after := target.Get(t, "/api/users/"+user)
				if after["name"] != "Jane Doe" {
					return fmt.Errorf("the name is %v", after["name"])
				}
				for key := range before {
					if key != "name" && key != "updatedAt" && fmt.Sprint(before[key]) != fmt.Sprint(after[key]) {
						return fmt.Errorf("the rename changed %s from %v to %v", key, before[key], after[key])
					}
				}
				if w := target.Writes(); !slices.Equal(w, []string{"PATCH /api/users/" + user}) {
					return fmt.Errorf("the rename wrote %v", w)
				}
				return nil
			},
		},
	}})
}

// What the configuration never set of a user stays when it sets the rest, and goes
// when it no longer sets it: claims of the profile and of the address, and settings.
func TestAccUser_runTimeData(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	config := func(attributes string) string {
		return words + "\nresource \"logto_user\" \"test\" {\n  username = local.word\n" + attributes + "\n}"
	}
	var user string
	has := func(path string, want map[string]any) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if diff := cmp.Diff(want, target.Get(t, "/api/users/"+user+path)); diff != "" {
				return fmt.Errorf("%s (-want +got):\n%s", path, diff)
			}
			return nil
		}
	}
	settings := func(enabled any, mfaSkipped, skipMFA, passkeySkipped bool) map[string]any {
		mfa := map[string]any{"skipped": mfaSkipped, "skipMfaOnSignIn": skipMFA}
		if enabled != nil {
			mfa["enabled"] = enabled
		}
		return map[string]any{"mfa": mfa, "passkeySignIn": map[string]any{"skipped": passkeySkipped}}
	}
	profile := func(want map[string]any) resource.TestCheckFunc {
		return func(*terraform.State) error {
			if diff := cmp.Diff(want, target.Get(t, "/api/users/"+user)["profile"]); diff != "" {
				return fmt.Errorf("profile (-want +got):\n%s", diff)
			}
			return nil
		}
	}
	both := func(nickname, country string) string {
		return "profile = {\n  nickname = \"" + nickname + "\"\n  address = { country = \"" + country + "\" }\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(both("N", "FR")), Check: id("logto_user.test", &user)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/users/"+user+"/profile", map[string]any{"profile": map[string]any{
					"birthdate": "1990-12-31", "address": map[string]any{"country": "FR", "region": "IDF"}}})
				target.Do(t, http.MethodPatch, "/api/users/"+user+"/logto-configs", map[string]any{"passkeySignIn": map[string]any{"skipped": true}})
			},
			Config: config(both("N", "FR")), ConfigPlanChecks: nothingTo,
		},
		{Config: config(both("M", "DE")), Check: profile(map[string]any{"nickname": "M", "birthdate": "1990-12-31",
			"address": map[string]any{"country": "DE", "region": "IDF"}})},
		{Config: config(`profile = { nickname = "M" }`), Check: profile(map[string]any{"nickname": "M", "birthdate": "1990-12-31",
			"address": map[string]any{"region": "IDF"}})},
		{Config: config(``), Check: profile(map[string]any{"birthdate": "1990-12-31", "address": map[string]any{"region": "IDF"}})},
		{Config: config(`logto_configs = { mfa_enabled = true, mfa_skipped = true }`), Check: has("/logto-configs", settings(true, true, false, true))},
		{Config: config(`logto_configs = { skip_mfa_on_sign_in = true }`), Check: has("/logto-configs", settings(true, false, true, true))},
		{Config: config(``), Check: has("/logto-configs", settings(true, false, false, true))},
	}})
}

// Somebody changes what the plan does not, between plan and apply: the apply goes
// through and leaves that alone.
func TestAccUser_changedMeanwhile(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(nickname string) string {
		return words + "\nresource \"logto_user\" \"test\" {\n  username = \"${local.word}_" + nickname + "\"\n  profile = { nickname = \"" + nickname + "\" }\n}"
	}
	var user string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("a"), Check: id("logto_user.test", &user)},
		{
			Config: config("b"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{meanwhile(func() {
				target.Do(t, http.MethodPatch, "/api/users/"+user, map[string]any{"name": "Ann A.", "avatar": "https://example.com/a.png",
					"customData": map[string]any{"plan": "pro"}, "profile": map[string]any{"nickname": "a", "birthdate": "1990-12-31"}})
				target.Do(t, http.MethodPatch, "/api/users/"+user+"/is-suspended", map[string]any{"isSuspended": true})
			})}},
			Check: func(*terraform.State) error {
				u := target.Get(t, "/api/users/"+user)
				for key, want := range map[string]any{"name": "Ann A.", "avatar": "https://example.com/a.png", "isSuspended": true,
					"customData": map[string]any{"plan": "pro"}, "profile": map[string]any{"nickname": "b", "birthdate": "1990-12-31"}} {
					if diff := cmp.Diff(want, u[key]); diff != "" {
						return fmt.Errorf("%s (-want +got):\n%s", key, diff)
					}
				}
				return nil
			},
		},
	}})
}

// meanwhile is what somebody does between a plan and its apply.
type meanwhile func()

func (do meanwhile) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	do()
}

// Users that exist already are refused, at the attribute that says why.
func TestAccUser_duplicates(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := words + `
resource "logto_user" "test" {
  username      = local.word
  primary_email = "Jane.${local.word}@Example.com"
  primary_phone = "4479${local.digits}"
}`
	twin := func(attribute, value string) resource.TestStep {
		return resource.TestStep{
			Config:      config + "\nresource \"logto_user\" \"twin\" {\n  " + attribute + " = " + value + "\n  depends_on = [logto_user.test]\n}",
			ExpectError: regexp.MustCompile(`(?s)` + attribute + ` = .*user\.` + strings.TrimPrefix(attribute, "primary_") + `_already_in_use.*import`),
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		twin("username", "local.word"),
		twin("primary_email", `"jane.${local.word}@EXAMPLE.com"`),
		twin("primary_phone", `"44079${local.digits}"`),
		{Config: config, PlanOnly: true},
	}})
}

func TestAccUser_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var steps []resource.TestStep
	for _, c := range []struct{ attributes, want string }{
		{`username = "1abc-d"`, `username must have letters`},
		{`username = "a` + strings.Repeat("b", 128) + `"`, `username must have at most 128`},
		{`primary_email = "jane"`, `primary_email must be an email`},
		{`primary_phone = "+447911123456"`, `primary_phone must have digits`},
		{`avatar = "jane.png"`, `avatar must be a URL`},
		{`name = "` + strings.Repeat("n", 129) + `"`, `name must have at most 128`},
		{`custom_data = "[]"`, `custom_data must be a JSON object`},
		{`custom_data = "{"`, `custom_data|Invalid JSON`},
		{`role_ids = [""]`, `role_ids`},
		{`role_ids = ["my role"]`, `role_ids must be an ID and not a name`},
		{`password = ""`, `password must not be empty`},
		{"password = \"a\"\n  password_digest = \"b\"\n  password_algorithm = \"MD5\"", `"password_digest" cannot be specified when "password"`},
		{`password_digest = "a"`, `password_algorithm`},
		{`password_algorithm = "MD5"`, `no digest of this algorithm`},
		{"password_digest = \"a\"\n  password_algorithm = \"md5\"", `Did you mean "MD5"\? The value of attribute password_algorithm is not allowed. Allowed values:`},
		{`password_wo_version = 1`, `password_wo`},
	} {
		steps = append(steps, resource.TestStep{PlanOnly: true, Config: "resource \"logto_user\" \"test\" {\n  " + c.attributes + "\n}",
			ExpectError: regexp.MustCompile(strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	for _, c := range []struct{ attributes, want string }{ // what only Logto knows
		{`primary_phone = "0"`, `primary_phone = "0".*user\.invalid_phone`},
		{"password_digest = \"a\"\n  password_algorithm = \"Legacy\"", `password_digest = .*password\.invalid_legacy_password_format`},
		{`role_ids = ["nope"]`, `role_ids = .*entity\.not_exists_with_id`},
	} {
		steps = append(steps, resource.TestStep{Config: "resource \"logto_user\" \"test\" {\n  " + c.attributes + "\n}",
			ExpectError: regexp.MustCompile(`(?s)` + c.want)})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

func TestAccUser_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.38")
	config := managed.Setup + `
resource "logto_user" "test" {
  username      = local.word
  primary_email = "Jane.${local.word}@Example.com"
  primary_phone = "4479${local.digits}"
  name          = "Jane {name}"
  password      = "a long word"
  role_ids      = [logto_role.test[0].id]
  logto_configs = { mfa_enabled = true }
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config + `
data "logto_user" "by_id" {
  id = logto_user.test.id
}
data "logto_user" "by_username" {
  username = logto_user.test.username
}
data "logto_user" "by_email" {
  primary_email = lower(logto_user.test.primary_email)
}
data "logto_user" "by_phone" {
  primary_phone = "44079${local.digits}"
  depends_on    = [logto_user.test]
}
data "logto_users" "found" {
  search     = "%jane {name}%"
  depends_on = [logto_user.test]
}
output "same" {
  value = [
    data.logto_user.by_id.name == logto_user.test.name,
    data.logto_user.by_id.role_ids == logto_user.test.role_ids,
    data.logto_user.by_id.logto_configs.mfa_enabled,
    data.logto_user.by_username.id == logto_user.test.id,
    data.logto_user.by_email.id == logto_user.test.id,
    data.logto_user.by_phone.id == logto_user.test.id,
    [for u in data.logto_users.found.users : u.id] == [logto_user.test.id],
  ]
}`,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same",
				knownvalue.ListExact(slices.Repeat([]knownvalue.Check{knownvalue.Bool(true)}, 7)))},
			Check: resource.ComposeTestCheckFunc(
				resource.TestCheckNoResourceAttr("data.logto_user.by_id", "password"),
				resource.TestCheckNoResourceAttr("data.logto_user.by_id", "password_algorithm")),
		},
		{Config: config + "\ndata \"logto_user\" \"none\" {\n  username = \"${local.word}_none\"\n}",
			ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+username`)},
		// A key may be sensitive, as an address is.
		{Config: config + "\nvariable \"secret\" {\n  default   = \"§@example.com\"\n  sensitive = true\n}\ndata \"logto_user\" \"none\" {\n  primary_email = var.secret\n}",
			ExpectError: regexp.MustCompile(`(?s)^[^§]*no\s+object\s+with\s+the\s+primary_email[^§]*$`)},
		{Config: config + "\ndata \"logto_user\" \"two\" {\n  username = \"a\"\n  id = \"b\"\n}",
			ExpectError: regexp.MustCompile(`Set exactly one of`)},
		{Config: config},
	}})
}

// A refresh of many users takes a handful of lists.
func TestAccUser_many(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := words + `
resource "logto_user" "test" {
  count    = 130
  username = "${local.word}_${count.index}"
}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{
			PreConfig:        target.Reset,
			Config:           config,
			ConfigPlanChecks: nothingTo,
			Check: func(*terraform.State) error {
				// Each of the plans reads a few users by themselves, up to ten while the
				// list is not there, and then the two pages.
				if calls := target.Calls(); len(calls) > 60 {
					return fmt.Errorf("%d calls: %s", len(calls), strings.Join(calls, ", "))
				}
				return nil
			},
		},
	}})
}

// An empty claim, as the Console leaves them, is no difference after an import.
func TestAccUser_importEmptyClaims(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	id := newUser(t, target)
	if status, answer := target.Do(t, http.MethodPatch, "/api/users/"+id+"/profile", map[string]any{"profile": map[string]any{
		"nickname": "N", "familyName": "", "address": map[string]any{"formatted": ""}}}); status != http.StatusOK {
		t.Fatalf("PATCH profile: HTTP %d, %v", status, answer)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: "import {\n  to = logto_user.test\n  id = \"" + id + "\"\n}\nresource \"logto_user\" \"test\" {\n  profile = { nickname = \"N\", address = {} }\n}",
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction("logto_user.test", plancheck.ResourceActionNoop)}},
	}}})
}

// A password that could not be set is set by the next apply.
func TestAccUser_passwordFails(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := func(password string) string {
		return words + "\nresource \"logto_user\" \"test\" {\n  username = local.word\n  password = \"" + password + "\"\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("first Password 1")},
		{
			PreConfig: func() {
				target.Server.Inject(fakelogto.Fault{Method: http.MethodPatch, Path: "/api/users/*/password", Status: http.StatusInternalServerError, Times: 1})
			},
			Config: config("second Password 2"), ExpectError: regexp.MustCompile(`Could not finish the logto_user`),
		},
		{
			PreConfig: target.Reset, Config: config("second Password 2"),
			Check: func(*terraform.State) error {
				if writes := target.Writes(); len(writes) != 1 || !strings.HasSuffix(writes[0], "/password") {
					return fmt.Errorf("writes: %q", writes)
				}
				return nil
			},
		},
	}})
}

// A user may be made with names that are nothing.
func TestAccUser_ofNothing(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := "resource \"logto_user\" \"test\" {\n  username = \"\"\n  primary_email = \"\"\n  primary_phone = \"\"\n  name = \"\"\n}"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: config}}})
}

func TestAccUser_lists(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.Start(t)
	user := newUser(t, target)
	_, answer := target.Do(t, http.MethodPost, "/api/roles", map[string]any{"name": target.Name, "description": "A test role."})
	role := answer.(map[string]any)["id"].(string)
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/roles/"+role, nil) })
	for path, body := range map[string]any{
		"/roles":                  map[string]any{"roleIds": []string{role}},
		"/personal-access-tokens": map[string]any{"name": "a/b"},
	} {
		target.Do(t, http.MethodPost, "/api/users/"+user+path, body)
	}
	target.Do(t, http.MethodPut, "/api/users/"+user+"/identities/github", map[string]any{"userId": target.Name})
	target.Do(t, http.MethodPatch, "/api/users/"+user, map[string]any{"name": "Jane " + target.Name})
	target.Do(t, http.MethodPatch, "/api/users/"+user+"/logto-configs", map[string]any{"mfa": map[string]any{"enabled": true}})

	id := map[string]knownvalue.Check{"id": knownvalue.StringExact(user)}
	part := func(name, value string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"user_id": knownvalue.StringExact(user), name: knownvalue.StringExact(value)}
	}
	list := func(kind string) string {
		return "list \"logto_" + kind + "\" \"all\" {\n  provider = logto\n  include_resource = true\n  config {\n    user_id = \"" + user + "\"\n  }\n}\n"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Query: true,
		Config: "list \"logto_user\" \"all\" {\n  provider = logto\n  include_resource = true\n  limit = 1000\n}\n" +
			list("user_role") + list("user_identity") + list("personal_access_token"),
		QueryResultChecks: []querycheck.QueryResultCheck{
			querycheck.ExpectIdentity("logto_user.all", id),
			querycheck.ExpectResourceDisplayName("logto_user.all", queryfilter.ByResourceIdentity(id), knownvalue.StringExact("Jane "+target.Name)),
			querycheck.ExpectResourceKnownValues("logto_user.all", queryfilter.ByResourceIdentity(id), []querycheck.KnownValueCheck{
				{Path: tfjsonpath.New("role_ids"), KnownValue: knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(role)})},
				{Path: tfjsonpath.New("logto_configs").AtMapKey("mfa_enabled"), KnownValue: knownvalue.Bool(true)},
				{Path: tfjsonpath.New("password"), KnownValue: knownvalue.Null()},
			}),
			querycheck.ExpectLength("logto_user_role.all", 1),
			querycheck.ExpectIdentity("logto_user_role.all", part("role_id", role)),
			querycheck.ExpectLength("logto_user_identity.all", 1),
			querycheck.ExpectIdentity("logto_user_identity.all", part("target", "github")),
			querycheck.ExpectLength("logto_personal_access_token.all", 1),
			querycheck.ExpectIdentity("logto_personal_access_token.all", part("name", "a/b")),
		},
	}}})
}
