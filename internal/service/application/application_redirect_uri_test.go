// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// site is an application that leaves its URIs to others.
const site = `
resource "logto_application" "test" {
  name                      = "{name}"
  type                      = "SPA"
  redirect_uris             = ["https://app.example.com/callback"]
  post_logout_redirect_uris = ["https://app.example.com"]
  rotate_refresh_token      = false
  lifecycle {
    ignore_changes = [redirect_uris, post_logout_redirect_uris, cors_allowed_origins]
  }
}
`

func uriLife(kind, uri string) acctest.Lifecycle {
	return acctest.Lifecycle{
		Resource: "logto_application_redirect_uri.test",
		Setup:    site,
		Minimal: fmt.Sprintf(`
resource "logto_application_redirect_uri" "test" {
  application_id = logto_application.test.id
  kind           = %q
  uri            = %q
}`, kind, uri),
		Path:   "/api/applications/{application_id}",
		Remove: "PATCH /api/applications/{application_id}",
		RemoveBody: map[string]any{
			"oidcClientMetadata":   map[string]any{"redirectUris": []string{"https://app.example.com/callback"}, "postLogoutRedirectUris": []string{"https://app.example.com"}},
			"customClientMetadata": map[string]any{"rotateRefreshToken": false},
		},
		Parent:   "/api/applications/{application_id}",
		ImportID: "{application_id}/{kind}/{uri}",
	}
}

const preview = "https://pr-42.preview.example.com/callback"

func TestAccApplicationRedirectURI(t *testing.T) { uriLife("sign_in", preview).Run(t) }

func TestAccApplicationRedirectURI_faults(t *testing.T) { uriLife("sign_in", preview).Faults(t) }

func TestAccApplicationRedirectURI_signOut(t *testing.T) {
	uriLife("sign_out", "https://pr-42.preview.example.com/?a=b/c").Run(t)
}

func TestAccApplicationRedirectURI_cors(t *testing.T) {
	uriLife("cors", "https://pr-42.preview.example.com").Run(t)
}

// metadataOf is what the application has of both objects around the lists.
func metadataOf(t *testing.T, target *acctest.Target, s *terraform.State) map[string]any {
	t.Helper()
	status, answer := target.Do(t, http.MethodGet, "/api/applications/"+idOf(s, test), nil)
	object, _ := answer.(map[string]any)
	if status != http.StatusOK {
		t.Fatalf("GET application: HTTP %d, %v", status, answer)
	}
	return map[string]any{"oidc": object["oidcClientMetadata"], "custom": object["customClientMetadata"]}
}

// Several URIs are added side by side; what else the application has stays, also what its
// resource changes in the same apply, and so do the others when some go.
func TestAccApplicationRedirectURI_additive(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(application string, count int) string {
		return application + fmt.Sprintf(`
resource "logto_application_redirect_uri" "test" {
  count          = %d
  application_id = logto_application.test.id
  kind           = ["sign_in", "sign_out", "cors"][count.index %% 3]
  uri            = "https://pr-${count.index}.example.com"
}`, count)
	}
	pr := func(numbers ...int) []any {
		uris := []any{}
		for _, n := range numbers {
			uris = append(uris, fmt.Sprintf("https://pr-%d.example.com", n))
		}
		return uris
	}
	has := func(backchannel any, signIn, signOut, cors []any) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			oidc := map[string]any{"redirectUris": append([]any{"https://app.example.com/callback"}, signIn...),
				"postLogoutRedirectUris": append([]any{"https://app.example.com"}, signOut...)}
			custom := map[string]any{"corsAllowedOrigins": cors, "rotateRefreshToken": false}
			if backchannel != nil {
				oidc["backchannelLogoutUri"], custom["idTokenTtl"] = backchannel, 60.0
			}
			sorted := cmp.Transformer("sorted", func(list []any) map[any]int {
				counts := map[any]int{}
				for _, v := range list {
					counts[v]++
				}
				return counts
			})
			if diff := cmp.Diff(map[string]any{"oidc": oidc, "custom": custom}, metadataOf(t, target, s), sorted); diff != "" {
				return fmt.Errorf("the application (-want +got):\n%s", diff)
			}
			return nil
		}
	}
	changed := strings.Replace(site, "  lifecycle", "  backchannel_logout_uri = \"https://app.example.com/logout\"\n  id_token_ttl = 60\n  lifecycle", 1)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(site, 3), Check: has(nil, pr(0), pr(1), pr(2))},
		{Config: config(changed, 9), Check: has("https://app.example.com/logout", pr(0, 3, 6), pr(1, 4, 7), pr(2, 5, 8))},
		{Config: config(changed, 4), Check: has("https://app.example.com/logout", pr(0, 3), pr(1), pr(2))},
	}})
}

// The plan that removes the URI again says which resource does, and what helps; no other
// plan warns.
func TestAccApplicationRedirectURI_undone(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	enforced := regexp.MustCompile(`(?s)  lifecycle \{.*?\n  \}\n`).ReplaceAllString(site, "")
	uri := uriLife("sign_in", preview).Minimal
	const undone = "A resource removes what another one manages"
	both := []string{undone, "redirect_uris no longer has " + preview, "Add redirect_uris to ignore_changes"}
	step := func(config string, action plancheck.ResourceActionType, wants ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig: target.Reset, Config: config, ExpectNonEmptyPlan: len(wants) > 0, // the URI is back with the next apply
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(test, action)}},
			Check: func(*terraform.State) error {
				warned := strings.Join(target.Warnings(), "\n")
				for _, want := range wants {
					if !strings.Contains(warned, want) {
						return fmt.Errorf("no warning %q in:\n%s", want, warned)
					}
				}
				if len(wants) == 0 && strings.Contains(warned, undone) {
					return fmt.Errorf("nothing is undone, and there is a warning:\n%s", warned)
				}
				return nil
			},
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(site+uri, plancheck.ResourceActionCreate),
		step(site+uri, plancheck.ResourceActionNoop),
		step(enforced+uri, plancheck.ResourceActionUpdate, both...),
		step(site+uri, plancheck.ResourceActionNoop),
		step(strings.Replace(enforced, "callback\"]", "callback\", \""+preview+"\"]", 1)+uri, plancheck.ResourceActionNoop),
		step(site, plancheck.ResourceActionNoop),
	}})
}

func TestAccApplicationRedirectURI_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(kind, uri string) string {
		return site + fmt.Sprintf("resource \"logto_application_redirect_uri\" \"test\" {\n  application_id = logto_application.test.id\n  kind = %q\n  uri = %q\n}", kind, uri)
	}
	var steps []resource.TestStep
	for _, c := range []struct{ kind, uri, want string }{
		{"signin", "https://a.example", `Did you mean "sign_in"`},
		{"sign_in", "", `uri`},
		{"sign_in", "no uri", `uri must be an http or https URL`},
		{"sign_in", "https://a.example/#x", `uri has a fragment`},
		{"sign_out", "https://*.com", `uri has \* in one of the last two parts`},
		{"cors", "https://a.example/path", `This origin has no effect`},
	} {
		steps = append(steps, resource.TestStep{Config: config(c.kind, c.uri), PlanOnly: true, ExpectError: regexp.MustCompile(strings.ReplaceAll(c.want, " ", `\s+`))})
	}
	steps = append(steps, resource.TestStep{
		Config:      "resource \"logto_application_redirect_uri\" \"test\" {\n  application_id = \"missing\"\n  kind = \"sign_in\"\n  uri = \"https://a.example\"\n}",
		ExpectError: regexp.MustCompile(`There is no such application`)})
	target.Test(t, resource.TestCase{Steps: steps})
}
