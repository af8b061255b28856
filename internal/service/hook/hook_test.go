// SPDX-License-Identifier: MPL-2.0

package hook_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const test = "logto_hook.test"

var hookLife = acctest.Lifecycle{
	Resource: test,
	Minimal: `
resource "logto_hook" "test" {
  name   = "{name}"
  events = ["User.Created"]
  url    = "https://example.com/hook"
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(test, tfjsonpath.New("enabled"), knownvalue.Bool(true)),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("headers"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("retries"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("event"), knownvalue.Null()),
		statecheck.ExpectKnownValue(test, tfjsonpath.New("signing_key"), knownvalue.StringRegexp(regexp.MustCompile(`^[0-9A-Za-z]{32}$`))),
		statecheck.ExpectSensitiveValue(test, tfjsonpath.New("signing_key")),
	},
	Full: `
resource "logto_hook" "test" {
  name    = "{name} full"
  events  = ["PostSignIn", "User.Deleted", "Identifier.Lockout"]
  url     = "http://example.com:8080/hook?x=1"
  enabled = false
  retries = 1
  headers = {
    Authorization = "Bearer 0123456789"
    X-Tenant      = "shop"
  }
}`,
	Path: "/api/hooks/{id}",
	Change: map[string]any{"name": "changed", "events": []string{"User.Created"}, "enabled": true,
		"config": map[string]any{"url": "https://example.org", "headers": map[string]any{"Mine": "1"}}},
	Drift: map[string]acctest.Outside{
		"name":    {Body: map[string]any{"name": "evil"}},
		"events":  {Body: map[string]any{"events": []string{"User.Created"}}},
		"enabled": {Body: map[string]any{"enabled": true}},
		"url":     settings("url", "https://evil.example"),
		"headers": settings("headers", map[string]any{"Authorization": "Bearer evil"}),
		"retries": settings("retries", 3),
	},
	NoDrift: map[string]string{"signing_key_rotation": "Logto knows nothing of it"},
}

// settings are those of Full of hookLife with another value of one key.
func settings(key string, value any) acctest.Outside {
	config := map[string]any{"url": "http://example.com:8080/hook?x=1", "retries": 1, "headers": map[string]any{"Authorization": "Bearer 0123456789", "X-Tenant": "shop"}}
	config[key] = value
	return acctest.Outside{Body: map[string]any{"config": config}}
}

func TestAccHook(t *testing.T) { hookLife.Run(t) }

func TestAccHook_faults(t *testing.T) { hookLife.Faults(t) }

// A create whose answer is lost is found by all that was asked for.
func TestAccHook_fullFaults(t *testing.T) {
	acctest.Lifecycle{Resource: test, Minimal: hookLife.Full}.Faults(t)
}

func hookConfig(more string) string {
	return "resource \"logto_hook\" \"test\" {\n  name   = \"{name}\"\n  events = [\"User.Created\"]\n" + more + "\n}\n"
}

const url = "  url = \"https://example.com/hook\"\n"

func attributes(s *terraform.State) map[string]string {
	return s.RootModule().Resources[test].Primary.Attributes
}

// Every event that the provider knows, Logto knows.
func TestAccHook_allEvents(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.42")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
resource "logto_hook" "test" {
  name   = "{name}"
  url    = "https://example.com/hook"
  events = [
    "PostRegister", "PostSignIn", "PostSignInAdaptiveMfaTriggered", "PostResetPassword",
    "User.Created", "User.Deleted", "User.Data.Updated", "User.SuspensionStatus.Updated",
    "Role.Created", "Role.Deleted", "Role.Data.Updated", "Role.Scopes.Updated",
    "Scope.Created", "Scope.Deleted", "Scope.Data.Updated",
    "Organization.Created", "Organization.Deleted", "Organization.Data.Updated", "Organization.Membership.Updated",
    "OrganizationRole.Created", "OrganizationRole.Deleted", "OrganizationRole.Data.Updated", "OrganizationRole.Scopes.Updated",
    "OrganizationScope.Created", "OrganizationScope.Deleted", "OrganizationScope.Data.Updated",
    "Identifier.Lockout", "Message.RateLimited", "Grant.LimitExceeded",
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(test, tfjsonpath.New("events"), knownvalue.SetSizeExact(29))},
	}}})
}

// A new text in signing_key_rotation makes a new key, and nothing else does.
func TestAccHook_rotation(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var key, id string
	keeps := func(s *terraform.State) error {
		if got := attributes(s)["signing_key"]; got != key {
			return errors.New("the key is another one")
		}
		return nil
	}
	rotation := func(text string) string { return hookConfig(url + "  signing_key_rotation = \"" + text + "\"\n") }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: hookConfig(url), Check: func(s *terraform.State) error {
			key, id = attributes(s)["signing_key"], attributes(s)["id"]
			return nil
		}},
		{PreConfig: target.Reset, Config: rotation("2026-01"), Check: func(s *terraform.State) error {
			if writes := target.Writes(); len(writes) > 0 {
				return fmt.Errorf("wrote %v", writes)
			}
			return keeps(s)
		}},
		{
			PreConfig: target.Reset, Config: rotation("2026-02"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(test, plancheck.ResourceActionUpdate), plancheck.ExpectUnknownValue(test, tfjsonpath.New("signing_key")),
			}},
			Check: func(s *terraform.State) error {
				now := attributes(s)["signing_key"]
				if want := []string{"PATCH /api/hooks/" + id + "/signing-key"}; !slices.Equal(target.Writes(), want) {
					return fmt.Errorf("wrote %v, want %v", target.Writes(), want)
				}
				if has := target.Get(t, "/api/hooks/"+id)["signingKey"]; now == key || has != now {
					return errors.New("the state does not have the new key")
				}
				key = now
				return nil
			},
		},
		{Config: hookConfig(url), Check: keeps},
		{ // rotated outside: the state follows
			PreConfig: func() { target.Do(t, http.MethodPatch, "/api/hooks/"+id+"/signing-key", nil) },
			Config:    hookConfig(url),
			Check: func(s *terraform.State) error {
				if attributes(s)["signing_key"] == key {
					return errors.New("the state still has the old key")
				}
				return nil
			},
		},
	}})
}

// A rotation that fails is still to be done.
func TestAccHook_rotationFails(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	rotation := func(text string) string { return hookConfig(url + "  signing_key_rotation = \"" + text + "\"\n") }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: rotation("1")},
		{
			PreConfig: func() {
				target.Server.Inject(faultOf(http.MethodPatch, "/api/hooks/*/signing-key", http.StatusUnprocessableEntity))
			},
			Config: rotation("2"), ExpectError: regexp.MustCompile(`Could not finish the logto_hook`),
		},
		{
			PreConfig: target.Server.ClearFaults, Config: rotation("2"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownValue(test, tfjsonpath.New("signing_key"))}},
		},
	}})
}

// Write-only headers reach Logto, stay there when something else changes, and
// never reach a plan or a state.
func TestAccHook_writeOnlyHeaders(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("needs write-only attributes")
	}
	target := acctest.Start(t)
	var id string
	const first, second = "write-only-first", "write-only-second"
	config := func(path, value, version string) string {
		return hookConfig("  url = \"https://example.com/" + path + "\"\n  headers_wo = { Authorization = \"" + value + "\" }\n  headers_wo_version = " + version + "\n")
	}
	has := func(want map[string]any) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			id = attributes(s)["id"]
			config, _ := target.Get(t, "/api/hooks/"+id)["config"].(map[string]any)
			headers, _ := config["headers"].(map[string]any)
			if fmt.Sprint(headers) != fmt.Sprint(want) {
				return fmt.Errorf("headers %v, want %v", headers, want)
			}
			for name, v := range attributes(s) {
				if strings.Contains(v, "write-only-") {
					return fmt.Errorf("%s is in the state", name)
				}
			}
			return nil
		}
	}
	noHeaders := statecheck.ExpectKnownValue(test, tfjsonpath.New("headers"), knownvalue.Null())
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("a", first, "1"), Check: has(map[string]any{"Authorization": first}), ConfigStateChecks: []statecheck.StateCheck{noHeaders}},
		// The URL changes, the version does not: what Logto has stays, even of others.
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/hooks/"+id, map[string]any{"config": map[string]any{"url": "https://example.com/a", "headers": map[string]any{"Authorization": first, "Theirs": "1"}}})
			},
			Config: config("b", second, "1"), Check: has(map[string]any{"Authorization": first, "Theirs": "1"}),
		},
		{Config: config("b", second, "2"), Check: has(map[string]any{"Authorization": second})},
		{ // an import cannot know the version, and sees the headers
			Config: config("b", second, "2"), ResourceName: test, ImportState: true, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"headers", "headers.%", "headers.Authorization", "headers_wo_version"},
		},
		{Config: hookConfig("  url = \"https://example.com/b\"\n"), Check: has(nil)},
		// From plain headers to write-only ones: they leave the state.
		{Config: hookConfig(url + "  headers = { Authorization = \"plain\" }\n"), Check: has(map[string]any{"Authorization": "plain"})},
		{Config: config("hook", "plain", "1"), Check: has(map[string]any{"Authorization": "plain"}), ConfigStateChecks: []statecheck.StateCheck{noHeaders}},
		{Config: hookConfig(url + "  headers = {}\n"), Check: has(nil)},
	}})
}

// An import reads the headers, which a configuration without them takes away: the
// plan says so. Write-only ones leave none in the state.
func TestAccHook_headersAfterImport(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	_, answer := target.Do(t, http.MethodPost, "/api/hooks", map[string]any{"name": target.Name, "events": []string{"User.Created"},
		"config": map[string]any{"url": "https://example.com/hook", "headers": map[string]any{"Authorization": "theirs"}}})
	id, _ := answer.(map[string]any)["id"].(string)
	steps := []resource.TestStep{
		{
			Config: hookConfig(url), ResourceName: test, ImportState: true, ImportStatePersist: true,
			ImportStateIdFunc: func(*terraform.State) (string, error) { return id, nil },
		},
		{PreConfig: target.Reset, Config: hookConfig(url), PlanOnly: true, ExpectNonEmptyPlan: true},
		{
			PreConfig: func() {
				if w := fmt.Sprint(target.Warnings()); !strings.Contains(w, "What was imported is removed") || strings.Contains(w, "theirs") {
					t.Errorf("warnings %s", w)
				}
			},
			Config:           hookConfig(url + "  headers = { Authorization = \"theirs\" }\n"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
	}
	if acctest.AtLeast(t, "1.11.0", "1.11.0") {
		steps = append(steps, resource.TestStep{
			Config:            hookConfig(url + "  headers_wo = { Authorization = \"ours\" }\n  headers_wo_version = 1\n"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(test, tfjsonpath.New("headers"), knownvalue.Null())},
		})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// A rename sends the name and nothing else, whatever somebody changed meanwhile;
// the next plan shows that.
func TestAccHook_rename(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var id string
	config := func(name string) string { return strings.Replace(hookConfig(url), "{name}", name, 1) }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("{name}"), Check: func(s *terraform.State) error {
			id = attributes(s)["id"]
			return nil
		}},
		{PreConfig: target.Reset, Config: config("{name}-2"), Check: func(*terraform.State) error {
			if want := []string{"PATCH /api/hooks/" + id}; !slices.Equal(target.Writes(), want) {
				return fmt.Errorf("wrote %v, want %v", target.Writes(), want)
			}
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/hooks/"+id, map[string]any{"enabled": false, "config": map[string]any{"url": "https://example.com/hook", "retries": 2, "headers": map[string]any{"A": "b"}}})
			},
			Config: config("{name}-2"),
			Check: func(*terraform.State) error {
				o := target.Get(t, "/api/hooks/"+id)
				config, _ := o["config"].(map[string]any)
				if o["enabled"] != true || config["retries"] != nil || config["headers"] != nil {
					return fmt.Errorf("what was changed outside is still there: %v", o)
				}
				return nil
			},
		},
	}})
}

// A hook with the one event of old versions of Logto is read, imported and changed.
func TestAccHook_legacy(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	_, answer := target.Do(t, http.MethodPost, "/api/hooks", map[string]any{"name": target.Name, "event": "PostSignIn", "config": map[string]any{"url": "https://example.com/hook", "retries": 1.5}})
	id, _ := answer.(map[string]any)["id"].(string)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: hookConfig(url), ResourceName: test, ImportState: true, ImportStatePersist: true,
			ImportStateIdFunc: func(*terraform.State) (string, error) { return id, nil },
		},
		{Config: hookConfig(url), ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(test, tfjsonpath.New("event"), knownvalue.StringExact("PostSignIn")),
			statecheck.ExpectKnownValue(test, tfjsonpath.New("events"), knownvalue.SetSizeExact(1)),
		}},
	}})
}

func TestAccHook_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{hookConfig(`  url = "example.com"`), `Attribute url must be an http or https URL`},
		{hookConfig(`  url = "ftp://example.com"`), `Attribute url must be an http or https URL`},
		{hookConfig(`  url = "https://"`), `Attribute url must be an http or https URL`},
		{hookConfig(url + `  retries = 4`), `Attribute retries must be a whole number from 0 to 3`},
		{hookConfig(url + `  headers = { "a b" = "c" }`), `name of an HTTP header`},
		{hookConfig(url + `  headers = { A = "a\nb" }`), `(?s)headers = .*value in headers has a character that no HTTP header can have`},
		{hookConfig(url + `  headers = { A = "€" }`), `(?s)headers = .*value in headers has a character`},
		{hookConfig(url + `  headers = { A = "b", Content-Length = "3" }`), `(?s)headers = .*headers has Content-Length, which`},
		{hookConfig(url + "  headers_wo = { A = \"€\" }\n  headers_wo_version = 1"), `(?s)headers_wo = .*value in headers_wo has a character`},
		{hookConfig(url + `  headers = { A = "b" }` + "\n  headers_wo = { A = \"b\" }\n  headers_wo_version = 1"), `(?s)headers_wo.*cannot be specified`},
		{hookConfig(url + `  headers_wo = { A = "b" }`), `headers_wo_version`},
		{strings.Replace(hookConfig(url), "User.Created", "User.Renamed", 1), `(?s)events.*Organization\.Membership\.Updated`},
		{strings.Replace(hookConfig(url), `"User.Created"`, `"user.created", "USER_DELETED"`, 1), `Did you mean "User.Created" and "User.Deleted"\? 2 elements of attribute events are not allowed. Allowed values: "PostRegister",`},
		{strings.Replace(hookConfig(url), `"User.Created"`, "", 1), `events set must contain at least 1`},
		{strings.Replace(hookConfig(url), "{name}", "", 1), `name must have 1 to 256 characters`},
	} {
		if strings.Contains(c.config, "headers_wo") && !acctest.AtLeast(t, "1.11.0", "1.11.0") {
			continue
		}
		steps = append(steps, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	// UTF-16 code units count, as Logto counts.
	steps = append(steps, resource.TestStep{Config: strings.Replace(hookConfig(url), "{name}", strings.Repeat("ü", 256), 1)})
	target.Test(t, resource.TestCase{Steps: steps})
}

// Headers that Logto has already are a warning, so that the webhook can be changed and
// destroyed.
func TestAccHook_headersThatAreThere(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var id string
	bad := hookConfig(url + `  headers = { A = "€" }`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: hookConfig(url + `  headers = { A = "ä", B = "b\n", C = "" }`), Check: func(s *terraform.State) error {
			id = s.RootModule().Resources[test].Primary.ID
			return nil
		}},
		{Config: bad, PlanOnly: true, ExpectError: regexp.MustCompile(`cannot\s+send\s+this\s+header`)},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPatch, "/api/hooks/"+id, map[string]any{"config": map[string]any{"url": "https://example.com/a", "headers": map[string]any{"A": "€"}}})
			},
			Config: bad, Check: func(*terraform.State) error {
				if got := strings.Join(target.Warnings(), "\n"); !strings.Contains(got, "Logto cannot send this header") || strings.Contains(got, "€") {
					return fmt.Errorf("warnings: %s", got)
				}
				return nil
			},
		},
	}})
}

func TestAccHook_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := hookLife.Full + `
data "logto_hook" "by_name" {
  name       = logto_hook.test.name
  depends_on = [logto_hook.test]
}
data "logto_hook" "by_id" {
  id = logto_hook.test.id
}
data "logto_hooks" "all" {
  depends_on = [logto_hook.test]
}
output "same" {
  value = [
    nonsensitive(data.logto_hook.by_name.signing_key == logto_hook.test.signing_key),
    data.logto_hook.by_id.url == logto_hook.test.url,
    length([for h in data.logto_hooks.all.hooks : h if h.id == logto_hook.test.id]) == 1,
    data.logto_hook.by_id.execution_stats == { request_count = 0, success_count = 0 },
    alltrue([for h in data.logto_hooks.all.hooks : h.execution_stats.request_count >= h.execution_stats.success_count]),
  ]
}
`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact(slices.Repeat([]knownvalue.Check{knownvalue.Bool(true)}, 5))),
		}},
		{Config: "data \"logto_hook\" \"none\" {\n  name = \"{name} none\"\n}", ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+name`)},
	}})
}

func TestAccHook_list(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.14.0", "") {
		t.Skip("list resources need Terraform 1.14")
	}
	target := acctest.StartMemory(t) // counts what is there
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: strings.Replace(hookConfig(url), "{\n", "{\n  count = 101\n", 1)},
		{
			Query: true, Config: "list \"logto_hook\" \"all\" {\n  provider         = logto\n  limit            = 1000\n  include_resource = true\n}",
			QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLength("logto_hook.all", 101)},
		},
	}})
}

// Many hooks are refreshed from one list.
func TestAccHook_reads(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := strings.Replace(hookConfig(url), "{\n", "{\n  count = 20\n", 1)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{PreConfig: target.Reset, Config: config, PlanOnly: true},
	}})
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		reads := 0
		for _, c := range target.Server.Calls() {
			if c.Method == http.MethodGet {
				reads++
			}
		}
		if reads > 30 {
			t.Errorf("%d reads in all of apply, plans and destroy of 20 hooks", reads)
		}
	}
}
