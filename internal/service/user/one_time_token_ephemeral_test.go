// SPDX-License-Identifier: MPL-2.0

package user_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// echoed runs steps in which the provider "echo" shows what an ephemeral resource has.
func echoed(t *testing.T, target *acctest.Target, steps ...resource.TestStep) {
	t.Helper()
	if !acctest.AtLeast(t, "1.10.0", "1.11.0") {
		t.Skip("needs ephemeral resources")
	}
	factories := target.Providers()
	factories["echo"] = func() (tfprotov6.ProviderServer, error) { return echoprovider.NewProviderServer()() }
	target.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: steps})
}

// echo shows the ephemeral resource in the step of that name: what it saw once, it keeps.
func echo(step, kind, attributes string) string {
	return "\nephemeral \"" + kind + "\" \"test\" {\n" + attributes + "\n}\nprovider \"echo\" {\n  data = ephemeral." + kind + ".test\n}\nresource \"echo\" \"" + step + "\" {}\n"
}

func echoes(step, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("echo."+step, tfjsonpath.New("data").AtMapKey(attribute), want)
}

func like(pattern string) knownvalue.Check {
	return knownvalue.StringRegexp(regexp.MustCompile(pattern))
}

const instant = `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`

func TestAccEphemeralOneTimeToken(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.42")
	email := "Jane." + target.Name + "@example.com"
	tokens := func() []any {
		_, answer := target.Do(t, http.MethodGet, "/api/one-time-tokens?email="+email, nil)
		all, ok := answer.([]any)
		if !ok {
			t.Fatalf("the tokens of %s: %v", email, answer)
		}
		return all
	}
	t.Cleanup(func() {
		if !t.Failed() {
			for _, token := range tokens() {
				target.Do(t, http.MethodDelete, "/api/one-time-tokens/"+token.(map[string]any)["id"].(string), nil)
			}
		}
	})
	mail := fmt.Sprintf("email = %q\n", email)
	echoed(t, target,
		resource.TestStep{Config: echo("plain", "logto_one_time_token", mail), ConfigStateChecks: []statecheck.StateCheck{
			echoes("plain", "token", like(`^\w{32}$`)), echoes("plain", "expires_in", knownvalue.Int64Exact(600)), echoes("plain", "expires_at", like(instant)),
		}},
		resource.TestStep{
			Config:            echo("full", "logto_one_time_token", mail+"expires_in = 60\ninteraction_event = \"SignIn\"\njit_organization_ids = [\"a\"]"),
			ConfigStateChecks: []statecheck.StateCheck{echoes("full", "expires_in", knownvalue.Int64Exact(60))},
			Check: func(*terraform.State) error {
				for _, made := range tokens() {
					about := made.(map[string]any)["context"].(map[string]any)
					if about["interactionEvent"] == "SignIn" && fmt.Sprint(about["jitOrganizationIds"]) == "[a]" {
						return nil
					}
				}
				return fmt.Errorf("no token has the context: %v", tokens())
			},
		},
		resource.TestStep{Config: echo("bad", "logto_one_time_token", `email = "jane"`), ExpectError: regexp.MustCompile(`email must\s+be\s+an\s+email`)},
		resource.TestStep{Config: echo("bad", "logto_one_time_token", mail+"expires_in = 0"), ExpectError: regexp.MustCompile(`expires_in`)},
		resource.TestStep{Config: echo("bad", "logto_one_time_token", mail+`interaction_event = "Leave"`), ExpectError: regexp.MustCompile(`ForgotPassword`)},
		resource.TestStep{Config: "locals {}"},
	)
}

// newUser makes a user outside Terraform.
func newUser(t *testing.T, target *acctest.Target) string {
	t.Helper()
	_, answer := target.Do(t, http.MethodPost, "/api/users", map[string]any{"username": strings.ReplaceAll(target.Name, "-", "_")})
	made, ok := answer.(map[string]any)
	if !ok || made["id"] == nil {
		t.Fatalf("no user was made: %v", answer)
	}
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/users/"+made["id"].(string), nil) })
	return made["id"].(string)
}

// A token whose create or delete lost its answer is not left behind.
func TestAccEphemeralOneTimeToken_faults(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	id := newUser(t, target)
	for _, path := range []string{"/api/users/*/personal-access-tokens", "/api/users/*/personal-access-tokens/delete", "/api/one-time-tokens", "/api/subject-tokens"} {
		for _, f := range []fakelogto.Fault{{Drop: fakelogto.DropAfter}, {Status: http.StatusServiceUnavailable}} {
			f.Method, f.Path, f.Times = http.MethodPost, path, 1
			target.Server.Inject(f)
		}
	}
	before := target.Server.Rows()
	echoed(t, target,
		resource.TestStep{Config: echo("token", "logto_personal_access_token", "user_id = \""+id+"\"")},
		resource.TestStep{Config: echo("mail", "logto_one_time_token", `email = "jane@example.com"`)},
		resource.TestStep{Config: echo("subject", "logto_subject_token", "user_id = \""+id+"\"")},
	)
	after := target.Server.Rows()
	made := 1 // the one whose answer was lost is used
	for _, c := range target.Server.Calls() {
		if c.Operation == "POST /api/one-time-tokens" && c.Status == http.StatusCreated {
			made++
		}
	}
	if after["personal_access_tokens"] != before["personal_access_tokens"] || after["one_time_tokens"] != made {
		t.Errorf("before: %v, after: %v, one-time tokens in use: %d", before, after, made)
	}
}
