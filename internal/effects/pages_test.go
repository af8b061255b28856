// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// inside is the value under keys in what a page got.
func inside(body map[string]any, keys ...string) any {
	var value any = body
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// get is what a sign-in page gets of a path.
func get(t *testing.T, target *acctest.Target, path string) map[string]any {
	t.Helper()
	a := newBrowser(t, target).do(http.MethodGet, path, "", nil)
	if a.status != http.StatusOK {
		t.Errorf("GET %s: HTTP %d", path, a.status)
	}
	return a.body
}

// The sign-in page gets the custom phrases in their language, and Logto's own texts again
// when they are gone.
func TestAccEffects_phrases(t *testing.T) { //nolint:paralleltest // a tenant has one set of phrases in a language
	target := acctest.StartReal(t)
	phrases := func(text string) string {
		return "resource \"logto_custom_phrase\" \"test\" {\n  language_tag = \"nb-NO\"\n  translation = jsonencode({ action = { sign_in = \"" + text + "\" } })\n}\n"
	}
	shows := func(want string, same bool) resource.TestCheckFunc {
		return with(func(func(string, string) string) {
			page := get(t, target, "/api/.well-known/phrases?lng=nb-NO")
			if got := inside(page, "translation", "action", "sign_in"); (got == want) != same || got == nil {
				t.Errorf("action.sign_in is %v: want %q: %t", got, want, same)
			}
			if inside(page, "translation", "action", "create_account") == nil {
				t.Error("texts that the configuration leaves out are gone")
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: phrases("Logg inn {name}"), Check: shows("Logg inn "+target.Name, true)},
		{Config: phrases("Kom inn {name}"), Check: shows("Kom inn "+target.Name, true)},
		{Config: spa(""), Check: shows("Kom inn "+target.Name, false)},
	}})
}

// The sign-in page gets the branding of the tenant, of the application and of the
// organization for which a user signs in.
func TestAccEffects_branding(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	target.Keep(t, "/api/sign-in-exp")
	look := func(logo string) string {
		return spa("") + `
resource "logto_sign_in_experience" "test" {
  branding = { logo_url = "https://tenant.example.com/` + logo + `.png" }
}

resource "logto_application_sign_in_experience" "test" {
  application_id = logto_application.test.id
  branding       = { logo_url = "https://app.example.com/` + logo + `.png" }
}

resource "logto_organization" "test" {
  name     = "{name}"
  branding = { logo_url = "https://organization.example.com/` + logo + `.png" }
}
`
	}
	shows := func(logo string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			for query, host := range map[string]string{
				"": "tenant",
				"?appId=" + attribute("logto_application.test", "id"):           "app",
				"?organizationId=" + attribute("logto_organization.test", "id"): "organization",
			} {
				want := "https://" + host + ".example.com/" + logo + ".png"
				if got := inside(get(t, target, "/api/.well-known/sign-in-exp"+query), "branding", "logoUrl"); got != want {
					t.Errorf("the page of the %s has the logo %v, want %s", host, got, want)
				}
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: look("first"), Check: shows("first")},
		{Config: look("second"), Check: shows("second")},
	}})
}
