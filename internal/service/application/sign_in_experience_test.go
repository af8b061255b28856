// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const signInTest = "logto_application_sign_in_experience.test"

func signIn(more string) string {
	return "resource \"logto_application_sign_in_experience\" \"test\" {\n  application_id = logto_application.test.id\n" + more + "\n}\n"
}

var signInLife = acctest.Lifecycle{
	Resource: signInTest,
	Setup:    spa,
	Minimal:  signIn(""),
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue(signInTest, tfjsonpath.New("display_name"), knownvalue.Null()),
		statecheck.ExpectKnownValue(signInTest, tfjsonpath.New("color").AtMapKey("primary_color"), knownvalue.Null()),
	},
	Full: signIn(`  display_name       = "{name}"
  custom_css         = "a { color: red }"
  terms_of_use_url   = "https://example.com/terms"
  privacy_policy_url = "https://example.com/privacy"
  branding = {
    logo_url      = "https://example.com/logo.png"
    dark_logo_url = "https://example.com/dark.png"
    favicon       = "https://example.com/favicon.ico"
    dark_favicon  = "https://example.com/dark.ico"
  }
  color = {
    primary_color        = "#5D34f2"
    is_dark_mode_enabled = true
    dark_primary_color   = "#fff"
  }`),
	Path:     "/api/applications/{application_id}/sign-in-experience",
	ChangeBy: "PUT /api/applications/{application_id}/sign-in-experience",
	Change:   map[string]any{"displayName": "changed", "color": map[string]any{}},
	Remove:   "DELETE /api/applications/{application_id}",
	ImportID: "{application_id}",
	Drift: map[string]acctest.Outside{
		"display_name":               {Body: map[string]any{"displayName": "outside"}},
		"custom_css":                 {Body: map[string]any{"customCss": "b { color: blue }"}},
		"terms_of_use_url":           {Body: map[string]any{"termsOfUseUrl": "https://evil.example.com"}},
		"privacy_policy_url":         {Body: map[string]any{"privacyPolicyUrl": "https://evil.example.com"}},
		"branding.logo_url":          signInBranding("logoUrl"),
		"branding.dark_logo_url":     signInBranding("darkLogoUrl"),
		"branding.favicon":           signInBranding("favicon"),
		"branding.dark_favicon":      signInBranding("darkFavicon"),
		"color.primary_color":        signInColor("primaryColor", "#000"),
		"color.is_dark_mode_enabled": signInColor("isDarkModeEnabled", false),
		"color.dark_primary_color":   signInColor("darkPrimaryColor", "#000"),
	},
}

// signInBranding changes one of the full set of URLs, which Logto replaces as a whole.
func signInBranding(key string) acctest.Outside {
	urls := map[string]any{"logoUrl": "https://example.com/logo.png", "darkLogoUrl": "https://example.com/dark.png",
		"favicon": "https://example.com/favicon.ico", "darkFavicon": "https://example.com/dark.ico"}
	urls[key] = "https://evil.example.com/"
	return acctest.Outside{Body: map[string]any{"branding": urls}}
}

// signInColor is like signInBranding.
func signInColor(key string, v any) acctest.Outside {
	colors := map[string]any{"primaryColor": "#5D34f2", "isDarkModeEnabled": true, "darkPrimaryColor": "#fff"}
	colors[key] = v
	return acctest.Outside{Body: map[string]any{"color": colors}}
}

func TestAccApplicationSignInExperience(t *testing.T) { signInLife.Run(t) }

func TestAccApplicationSignInExperience_faults(t *testing.T) { signInLife.Faults(t) }

// A create replaces what the Console set.
func TestAccApplicationSignInExperience_replaces(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	var path string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: spa + signIn("  terms_of_use_url = \"x\""), PlanOnly: true, ExpectError: regexp.MustCompile(`terms_of_use_url must be "" or\s+an http`)},
		{Config: spa + signIn("  color = { primary_color = \"red\" }"), PlanOnly: true, ExpectError: regexp.MustCompile(`color\.primary_color`)},
		{Config: spa, Check: func(s *terraform.State) error {
			path = "/api/applications/" + idOf(s, "logto_application.test") + "/sign-in-experience"
			return nil
		}},
		{
			PreConfig: func() {
				target.Do(t, http.MethodPut, path, map[string]any{"customCss": "theirs", "termsOfUseUrl": "https://theirs.example.com",
					"branding": map[string]any{"favicon": "https://theirs.example.com"}, "color": map[string]any{"primaryColor": "#000"}})
			},
			Config: spa + signIn("  display_name = \"ours\"\n  color = { dark_primary_color = \"#fff\" }"),
			Check: func(*terraform.State) error {
				o := target.Get(t, path)
				if diff := cmp.Diff(map[string]any{"darkPrimaryColor": "#fff"}, o["color"]); diff != "" || o["customCss"] != nil ||
					o["termsOfUseUrl"] != nil || o["displayName"] != "ours" || len(o["branding"].(map[string]any)) > 0 {
					return fmt.Errorf("not replaced: %v", o)
				}
				return nil
			},
		},
	}})
}
