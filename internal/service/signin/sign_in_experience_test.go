// SPDX-License-Identifier: MPL-2.0

package signin_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

const once = "a tenant always has it"

// Two policies are {} in a new tenant and {enabled: false} in one that had them
// on at some time.
var offTwice = []string{"captchaPolicy", "passwordExpiration"}

var signInLife = acctest.Lifecycle{
	Resource: "logto_sign_in_experience.test",
	// Logto rejects every sign-in while the captcha is on and nobody asks for one.
	Setup:   captchaLife.Minimal,
	Minimal: `resource "logto_sign_in_experience" "test" {}`,
	Full: `
resource "logto_sign_in_experience" "test" {
  color = {
    primary_color        = "#123456"
    is_dark_mode_enabled = true
    dark_primary_color   = "#abc"
  }
  branding = {
    logo_url      = "https://example.com/logo.png"
    dark_logo_url = ""
    favicon       = "https://example.com/favicon.ico"
    dark_favicon  = "data:image/png;base64,AAAA"
  }
  hide_logto_branding = false
  language_info = {
    auto_detect       = false
    fallback_language = "pt-BR"
  }
  terms_of_use_url      = "https://example.com/terms"
  privacy_policy_url    = "https://example.com/privacy"
  agree_to_terms_policy = "Manual"
  sign_in = {
    methods = [
      { identifier = "email", password = true, verification_code = false, is_password_primary = true },
      { identifier = "username", password = true, verification_code = false, is_password_primary = false },
    ]
  }
  sign_up = {
    identifiers           = ["username"]
    password              = true
    verify                = false
    secondary_identifiers = []
  }
  social_sign_in = {
    automatic_account_linking = true
    skip_required_identifiers = false
  }
  social_sign_in_connector_targets = []
  sign_in_mode                     = "SignIn"
  custom_css                       = "body { color: red }"
  custom_content                   = { "/sign-in" = "<b>Welcome</b>", "/register" = "" }
  custom_ui_assets                 = { id = "assets", created_at = "2026-01-31T12:00:00Z" }
  custom_ui_csp                    = { script_src = [], connect_src = [] }
  password_policy = {
    length          = { min = 10 }
    character_types = { min = 2 }
    rejects         = { pwned = false, words = ["logto", "acme"] }
  }
  mfa = {
    factors                          = ["WebAuthn", "Totp", "BackupCode"]
    policy                           = "PromptAtSignInAndSignUpMandatory"
    organization_required_mfa_policy = "Mandatory"
  }
  adaptive_mfa                 = { enabled = true }
  single_sign_on_enabled       = true
  support_email                = "help@example.com"
  support_website_url          = "https://example.com/help"
  unknown_session_redirect_url = "myapp://start"
  captcha_policy               = { enabled = true }
  sentinel_policy              = { max_attempts = 5, lockout_duration = 30 }
  email_blocklist_policy = {
    block_disposable_addresses = false
    block_subaddressing        = true
    custom_allowlist           = ["jane@example.com"]
    custom_blocklist           = ["@example.com", "@*.example.org"]
  }
  verification_code_policy = { expiration_duration = 300, max_retry_attempts = 3 }
  forgot_password_methods  = ["*"]
  passkey_sign_in          = { enabled = true, show_passkey_button = true, allow_autofill = false }
  sign_up_profile_fields   = []
  password_expiration      = { enabled = false }
  username_policy = {
    case_sensitive = false
    min_length     = 3
    max_length     = 30
    allowed_chars  = { uppercase = false }
  }
  depends_on = [logto_captcha_provider.test]
}`,
	FullChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_sign_in_experience.test", tfjsonpath.New("password_policy"), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"length":          knownvalue.ObjectExact(map[string]knownvalue.Check{"min": knownvalue.Int64Exact(10), "max": knownvalue.Int64Exact(256)}),
			"character_types": knownvalue.ObjectExact(map[string]knownvalue.Check{"min": knownvalue.Int64Exact(2)}),
			"rejects": knownvalue.ObjectExact(map[string]knownvalue.Check{"pwned": knownvalue.Bool(false), "repetition_and_sequence": knownvalue.Bool(true),
				"user_info": knownvalue.Bool(true), "words": knownvalue.SetSizeExact(2)}),
		})),
	},
	Path:      "/api/sign-in-exp",
	Since:     "1.41",
	ReadOnly:  offTwice,
	Change:    map[string]any{"termsOfUseUrl": "https://example.com/other", "mfa": map[string]any{"factors": []string{}, "policy": "UserControlled"}, "customContent": map[string]any{}},
	Permanent: once,
	NoDrift: map[string]string{
		"custom_ui_assets.id":         "a part of a tenant setting, which Terraform manages as a whole while it is set",
		"custom_ui_assets.created_at": "a part of a tenant setting, which Terraform manages as a whole while it is set",
	},
	// The state has "" and [] where the configuration says so, and an import does not.
	OwnSettings: true,
	NotImported: []string{"branding.dark_logo_url", "sign_up.secondary_identifiers", "sign_up.secondary_identifiers.#", "custom_ui_csp.script_src.#", "custom_ui_csp.connect_src.#"},
}

func TestAccSignInExperience(t *testing.T) { signInLife.Run(t) }

func TestAccSignInExperience_faults(t *testing.T) { signInLife.Faults(t) }

// alone runs tests of what a real tenant has once one after another.
func alone(t *testing.T) *acctest.Target {
	t.Helper()
	if os.Getenv("LOGTO_ENDPOINT") == "" {
		t.Parallel()
	}
	return acctest.Start(t)
}

// has checks keys of an API object, against JSON.
func has(t *testing.T, target *acctest.Target, path string, want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		object := target.Get(t, path)
		for key, text := range want {
			var v any
			if err := json.Unmarshal([]byte(target.Expand(text)), &v); err != nil {
				return err
			}
			if diff := cmp.Diff(off(v), off(object[key])); diff != "" {
				return fmt.Errorf("%s of %s (-want +got):\n%s", key, path, diff)
			}
		}
		return nil
	}
}

// off makes {enabled: false} of {}.
func off(v any) any {
	if o, ok := v.(map[string]any); ok && len(o) == 0 {
		return map[string]any{"enabled": false}
	}
	return v
}

// Every attribute is set once alone, and gone from the configuration with the
// next one: then the tenant has the default of a new one again.
func TestAccSignInExperience_eachAttribute(t *testing.T) {
	target := captcha(t)
	target.Do(t, http.MethodPut, "/api/captcha-provider", captchaWith("siteKey", "site"))
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/captcha-provider", nil) })
	social(t, target)
	field(t, target)
	cases := []struct{ hcl, key, set, unset string }{
		{`color = { primary_color = "#111" }`, "color", `{"primaryColor":"#111","isDarkModeEnabled":false,"darkPrimaryColor":"#8768F8"}`, `{"primaryColor":"#6139F6","isDarkModeEnabled":false,"darkPrimaryColor":"#8768F8"}`},
		{`branding = { favicon = "https://example.com/f.ico", logo_url = "" }`, "branding", `{"darkLogoUrl":"https://logto.io/logo-dark.svg","favicon":"https://example.com/f.ico"}`, `{"logoUrl":"https://logto.io/logo.svg","darkLogoUrl":"https://logto.io/logo-dark.svg"}`},
		{`hide_logto_branding = false`, "hideLogtoBranding", `false`, `false`},
		{`language_info = { fallback_language = "fr" }`, "languageInfo", `{"autoDetect":true,"fallbackLanguage":"fr"}`, `{"autoDetect":true,"fallbackLanguage":"en"}`},
		{`terms_of_use_url = "https://example.com/t"`, "termsOfUseUrl", `"https://example.com/t"`, `null`},
		{`privacy_policy_url = "https://example.com/p"`, "privacyPolicyUrl", `"https://example.com/p"`, `null`},
		{`agree_to_terms_policy = "ManualRegistrationOnly"`, "agreeToTermsPolicy", `"ManualRegistrationOnly"`, `"Automatic"`},
		{`sign_in = { methods = [] }`, "signIn", `{"methods":[]}`, `{"methods":[{"identifier":"username","password":true,"verificationCode":false,"isPasswordPrimary":true}]}`},
		{`sign_up = { identifiers = [], password = false }`, "signUp", `{"identifiers":[],"password":false,"verify":false}`, `{"identifiers":["username"],"password":true,"verify":false}`},
		{`social_sign_in = { automatic_account_linking = true }`, "socialSignIn", `{"automaticAccountLinking":true}`, `{}`},
		{`social_sign_in_connector_targets = ["{name}-2", "{name}-1"]`, "socialSignInConnectorTargets", `["{name}-2","{name}-1"]`, `[]`},
		{`sign_in_mode = "Register"`, "signInMode", `"Register"`, `"SignInAndRegister"`},
		{`custom_css = "a {}"`, "customCss", `"a {}"`, `null`},
		{`custom_content = { "/a" = "b" }`, "customContent", `{"/a":"b"}`, `{}`},
		{`custom_ui_assets = { id = "x", created_at = "1970-01-01T00:00:01Z" }`, "customUiAssets", `{"id":"x","createdAt":1000}`, `null`},
		{`custom_ui_csp = { script_src = [] }`, "customUiCsp", `{}`, `{}`},
		{`password_policy = { length = { max = 20 }, rejects = { words = ["a"] } }`, "passwordPolicy", `{"length":{"min":8,"max":20},"rejects":{"pwned":true,"repetitionAndSequence":true,"userInfo":true,"words":["a"]}}`, `{}`},
		{`mfa = { factors = ["Totp"], policy = "Mandatory" }`, "mfa", `{"factors":["Totp"],"policy":"Mandatory"}`, `{"factors":[],"policy":"UserControlled"}`},
		{`adaptive_mfa = { enabled = false }`, "adaptiveMfa", `{"enabled":false}`, `{}`},
		{`single_sign_on_enabled = true`, "singleSignOnEnabled", `true`, `false`},
		{`support_email = "a@example.com"`, "supportEmail", `"a@example.com"`, `null`},
		{`support_website_url = "https://example.com"`, "supportWebsiteUrl", `"https://example.com"`, `null`},
		{`unknown_session_redirect_url = "app://x"`, "unknownSessionRedirectUrl", `"app://x"`, `null`},
		{`captcha_policy = { enabled = true }`, "captchaPolicy", `{"enabled":true}`, `{}`},
		{`sentinel_policy = { max_attempts = 7 }`, "sentinelPolicy", `{"maxAttempts":7}`, `{}`},
		{`email_blocklist_policy = { custom_blocklist = ["@b.example", "@a.example"] }`, "emailBlocklistPolicy", `{"customBlocklist":["@a.example","@b.example"]}`, `{}`},
		{`verification_code_policy = { expiration_duration = 60 }`, "verificationCodePolicy", `{"expirationDuration":60}`, `{}`},
		{`forgot_password_methods = ["*"]`, "forgotPasswordMethods", `null`, `[]`},
		{`passkey_sign_in = { enabled = true }`, "passkeySignIn", `{"enabled":true}`, `{}`},
		{`sign_up_profile_fields = [replace("{name}", "-", "")]`, "signUpProfileFields", `[{"name":"` + fieldName(target) + `"}]`, `null`},
		{`password_expiration = { enabled = false }`, "passwordExpiration", `{"enabled":false}`, `{"enabled":false}`},
		{`username_policy = { min_length = 2, allowed_chars = { numbers = false } }`, "usernamePolicy", `{"caseSensitive":true,"minLength":2,"maxLength":128,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":false,"underscore":true}}`,
			`{"caseSensitive":true,"minLength":1,"maxLength":128,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":true,"underscore":true}}`},
	}
	cases = slices.DeleteFunc(cases, func(c struct{ hcl, key, set, unset string }) bool {
		return !target.AtLeast(t, since.OfSetting("/api/sign-in-exp", c.key))
	})
	var steps []resource.TestStep
	want := map[string]string{}                    // what an attribute that is no more configured must be
	for together := range slices.Chunk(cases, 3) { // a step for each would take a minute
		var hcl []string
		now := maps.Clone(want)
		for _, c := range together {
			hcl, now[c.key] = append(hcl, c.hcl), c.set
			want[c.key] = c.unset
		}
		steps = append(steps, resource.TestStep{
			Config: fmt.Sprintf("resource \"logto_sign_in_experience\" \"test\" {\n  %s\n}", strings.Join(hcl, "\n  ")),
			Check:  has(t, target, "/api/sign-in-exp", now),
		})
	}
	steps = append(steps, resource.TestStep{Config: `resource "logto_sign_in_experience" "test" {}`, Check: has(t, target, "/api/sign-in-exp", want)})
	target.Test(t, resource.TestCase{Steps: steps})
}

// social makes two social connectors.
func social(t *testing.T, target *acctest.Target) {
	t.Helper()
	for _, n := range []string{"1", "2"} {
		status, answer := target.Do(t, http.MethodPost, "/api/connectors", map[string]any{"connectorId": "oidc", "metadata": map[string]any{"target": target.Name + "-" + n}})
		if status != http.StatusOK {
			t.Fatalf("POST /api/connectors: HTTP %d, %v", status, answer)
		}
		t.Cleanup(func() {
			target.Do(t, http.MethodDelete, "/api/connectors/"+answer.(map[string]any)["id"].(string), nil)
		})
	}
}

func fieldName(target *acctest.Target) string {
	return regexp.MustCompile(`\W`).ReplaceAllString(target.Name, "")
}

// field makes a custom profile field.
func field(t *testing.T, target *acctest.Target) {
	t.Helper()
	status, answer := target.Do(t, http.MethodPost, "/api/custom-profile-fields", map[string]any{"name": fieldName(target), "type": "Text", "required": false})
	if status != http.StatusCreated {
		t.Fatalf("POST /api/custom-profile-fields: HTTP %d, %v", status, answer)
	}
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/custom-profile-fields/"+fieldName(target), nil) })
}

// What the Console set and the configuration does not say stays: when the
// resource adopts, changes, and is destroyed, inside nested objects too.
func TestAccSignInExperience_leavesAlone(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.41")
	target.Keep(t, "/api/sign-in-exp")
	target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{
		"branding":       map[string]any{"logoUrl": "https://example.com/console.png"},
		"customCss":      "console {}",
		"usernamePolicy": map[string]any{"caseSensitive": true, "minLength": 5, "maxLength": 50, "allowedChars": map[string]any{"lowercase": true, "uppercase": true, "numbers": true, "underscore": false}},
		"passwordPolicy": map[string]any{"length": map[string]any{"min": 12, "max": 40}},
		"sentinelPolicy": map[string]any{"maxAttempts": 1.5},
	})
	console := map[string]string{
		"branding":       `{"logoUrl":"https://example.com/console.png"}`,
		"customCss":      `"console {}"`,
		"usernamePolicy": `{"caseSensitive":true,"minLength":5,"maxLength":50,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":true,"underscore":false}}`,
		"passwordPolicy": `{"length":{"min":12,"max":40}}`,
		"sentinelPolicy": `{"maxAttempts":1.5}`,
	}
	with := func(other map[string]string) map[string]string {
		all := map[string]string{}
		for _, m := range []map[string]string{console, other} {
			maps.Copy(all, m)
		}
		return all
	}
	config := func(more string) string { return "resource \"logto_sign_in_experience\" \"test\" {\n" + more + "\n}" }
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{
			{
				PreConfig: target.Reset, Config: config(""),
				Check: func(*terraform.State) error {
					if writes := target.Writes(); len(writes) > 0 {
						return fmt.Errorf("adopting without a configuration wrote %v", writes)
					}
					return nil
				},
			},
			{Config: config(`branding = { favicon = "https://example.com/f.ico" }
  username_policy = { min_length = 6 }
  password_policy = { length = { min = 14 } }
  sentinel_policy = { lockout_duration = 5 }`), Check: has(t, target, "/api/sign-in-exp", with(map[string]string{
				"branding":       `{"logoUrl":"https://example.com/console.png","favicon":"https://example.com/f.ico"}`,
				"usernamePolicy": `{"caseSensitive":true,"minLength":6,"maxLength":50,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":true,"underscore":false}}`,
				"passwordPolicy": `{"length":{"min":14,"max":40}}`,
				"sentinelPolicy": `{"maxAttempts":1.5,"lockoutDuration":5}`,
			}))},
			{Config: config(`branding = {}
  username_policy = { min_length = 6 }`), Check: has(t, target, "/api/sign-in-exp", with(map[string]string{
				"usernamePolicy": `{"caseSensitive":true,"minLength":6,"maxLength":50,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":true,"underscore":false}}`,
				"passwordPolicy": `{"length":{"min":8,"max":40}}`, // min was configured, and is no more
			}))},
		},
		CheckDestroy: has(t, target, "/api/sign-in-exp", with(map[string]string{
			"usernamePolicy": `{"caseSensitive":true,"minLength":1,"maxLength":50,"allowedChars":{"lowercase":true,"uppercase":true,"numbers":true,"underscore":false}}`,
			"passwordPolicy": `{"length":{"min":8,"max":40}}`,
		})),
	})
}

// Adaptive MFA that the Console turned on cannot stay without factors.
func TestAccSignInExperience_adaptiveGoes(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.38")
	target.Keep(t, "/api/sign-in-exp")
	target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{
		"mfa": map[string]any{"factors": []string{"Totp"}, "policy": "PromptOnlyAtSignInMandatory"}, "adaptiveMfa": map[string]any{"enabled": true}})
	target.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{Config: `
resource "logto_sign_in_experience" "test" {
  mfa = { factors = ["Totp"], policy = "PromptAtSignInAndSignUpMandatory" }
}`, Check: has(t, target, "/api/sign-in-exp", map[string]string{"adaptiveMfa": `{"enabled":true}`})}},
		CheckDestroy: has(t, target, "/api/sign-in-exp", map[string]string{"adaptiveMfa": `{"enabled":false}`, "mfa": `{"factors":[],"policy":"UserControlled"}`}),
	})
}

// What the configuration does not know yet, and what an older server does not
// have, is no reason to fail.
func TestAccSignInExperience_passwordExpiration(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.41")
	target.Keep(t, "/api/sign-in-exp")
	config := func(enabled, expiration string) string {
		return `
resource "terraform_data" "test" {
  input            = { enabled = ` + enabled + ` }
  triggers_replace = ` + enabled + `
}
resource "logto_sign_in_experience" "test" {
  password_expiration = ` + expiration + `
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("false", "null")},
		{Config: config("true", "terraform_data.test.id == \"\" ? { enabled = true } : { enabled = false }")},
		{Config: config("false", "terraform_data.test.id == \"\" ? null : { enabled = false }"), Check: has(t, target, "/api/sign-in-exp", map[string]string{"passwordExpiration": `{"enabled":false}`})},
		{Config: config("false", "null")},
	}})
}

// What is already as configured is adopted without a write.
func TestAccSignInExperience_adoptsEqual(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"customCss": "a {}", "mfa": map[string]any{"factors": []string{"WebAuthn", "Totp"}, "policy": "Mandatory"}})
	target.Reset()
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
resource "logto_sign_in_experience" "test" {
  custom_css = "a {}"
  color      = { primary_color = "#6139F6" }
}`,
		Check: func(*terraform.State) error {
			if writes := target.Writes(); len(writes) > 0 {
				return fmt.Errorf("wrote %v", writes)
			}
			return nil
		},
	}}})
}

// A social target without a connector is an error that says which, and nothing
// is written.
func TestAccSignInExperience_socialTargets(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	social(t, target)
	config := func(targets string) string {
		return "resource \"logto_sign_in_experience\" \"test\" {\n  social_sign_in_connector_targets = " + targets + "\n}"
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`["{name}-1", "{name}-none"]`), ExpectError: regexp.MustCompile(`(?s)social_sign_in_connector_targets\[?1?\]?.*No\s+social\s+connector\s+has\s+the\s+target\s+"` + target.Name + `-none"`)},
		{Config: config(`["{name}-2", "{name}-1"]`)},
		{Config: config(`["{name}-1", "{name}-2", "{name}-none"]`), ExpectError: regexp.MustCompile(`social_sign_in_connector_targets`)},
		{Config: config(`["{name}-1", "{name}-2"]`), Check: has(t, target, "/api/sign-in-exp", map[string]string{"socialSignInConnectorTargets": `["{name}-1","{name}-2"]`})},
	}})
}

func TestAccSignInExperience_invalid(t *testing.T) {
	target := alone(t)
	steps := []resource.TestStep{}
	for _, c := range []struct{ hcl, want string }{
		{`color = { primary_color = "red" }`, `color.primary_color must be a color`},
		{`branding = { logo_url = "logo.png" }`, `branding.logo_url must be a URL`},
		{`language_info = { fallback_language = "FR" }`, `Did you mean "fr"\? The value of attribute language_info.fallback_language`},
		{`mfa = { factors = ["totp", "webauthn"] }`, `Did you mean "Totp" and "WebAuthn"\? 2 elements of attribute mfa.factors are not allowed. Allowed values: "Totp", `},
		{`sign_up = { identifiers = ["Email", "username", "sms"] }`, `Did you mean "email"\? The elements 0 and 2 of attribute sign_up.identifiers are not allowed`},
		{`forgot_password_methods = ["emailVerificationCode"]`, `Did you mean "EmailVerificationCode"\? One element of attribute forgot_password_methods`},
		{`sign_in_mode = "sign-in"`, `Did you mean "SignIn"\? The value of attribute sign_in_mode`},
		{`terms_of_use_url = "no url"`, `terms_of_use_url must be a URL`},
		{`support_email = "nobody"`, `support_email must be an email address`},
		{`sign_up = { identifiers = ["email"], verify = false }`, `Users would not prove.*sign_up.verify:`},
		{`sign_up = { identifiers = [], secondary_identifiers = [{ identifier = "username" }] }`, `nothing that these come second to.*sign_up.secondary_identifiers:`},
		{`sign_up = { identifiers = ["email"], verify = true, secondary_identifiers = [{ identifier = "emailOrPhone", verify = true }] }`, `asked for the same twice`},
		{`sign_up = { identifiers = ["username"], verify = true, secondary_identifiers = [{ identifier = "phone" }] }`, `sign_up.secondary_identifiers\[0\]: Set verify = true for phone`},
		{`sign_up = { identifiers = ["username", "username"] }`, `is the same as element 0`},
		{`sign_in = { methods = [{ identifier = "username", password = false, verification_code = false, is_password_primary = true }] }`, `proves nothing`},
		{"sign_up = { verify = true, password = false }\n sign_in = { methods = [{ identifier = \"email\", password = true, verification_code = false, is_password_primary = true }] }", `Users without a password could not sign in`},
		{"mfa = { factors = [\"EmailVerificationCode\"] }\n sign_in = { methods = [{ identifier = \"email\", password = true, verification_code = true, is_password_primary = true }] }", `first and the second factor`},
		{`mfa = { factors = ["BackupCode"] }`, `Backup codes need another factor`},
		{"mfa = { factors = [] }\n adaptive_mfa = { enabled = true }", `Adaptive MFA needs a factor`},
		{"mfa = { factors = [\"Totp\"], policy = \"Mandatory\" }\n adaptive_mfa = { enabled = true }", `does not go with adaptive MFA`},
		{"mfa = { factors = [\"Totp\"], policy = \"PromptOnlyAtSignInMandatory\" }\n adaptive_mfa = { enabled = false }", `goes with adaptive MFA only`},
		{`username_policy = { min_length = 9, max_length = 3 }`, `No username is short enough`},
		{`username_policy = { allowed_chars = { lowercase = false, uppercase = false, underscore = false } }`, `No username is possible`},
		{`password_policy = { length = { min = 9, max = 3 } }`, `No password is short enough`},
		{`password_policy = { length = { min = 1, max = 2 }, character_types = { min = 3 } }`, `(?s)No password is short enough.*character_types\.min`},
		{`password_policy = { character_types = { min = 5 } }`, `character_types.min must be a whole number from 1 to 4`},
		{`password_expiration = { enabled = true }`, `Set valid_period_days`},
		{`password_expiration = { enabled = false, valid_period_days = 3 }`, `Passwords do not expire`},
		{"password_expiration = { enabled = true, valid_period_days = 3 }\n forgot_password_methods = []", `Users could not set a new password`},
		{`forgot_password_methods = ["*", "EmailVerificationCode"]`, `nothing else can stand beside it`},
		{`sign_up_profile_fields = ["*", "nickname"]`, `nothing else can stand beside it`},
		{`verification_code_policy = { expiration_duration = 59 }`, `from 60 to 3600`},
		{`sentinel_policy = { max_attempts = 0 }`, `at least 1`},
	} {
		steps = append(steps, resource.TestStep{
			Config: "resource \"logto_sign_in_experience\" \"test\" {\n " + c.hcl + "\n}", PlanOnly: true,
			ExpectError: regexp.MustCompile("(?s)" + regexp.MustCompile(` +`).ReplaceAllString(c.want, `\s+`)),
		})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// What the configuration leaves to the server counts when it changes the whole.
func TestAccSignInExperience_invalidTogether(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.41")
	target.Keep(t, "/api/sign-in-exp")
	config := func(more string) string { return "resource \"logto_sign_in_experience\" \"test\" {\n" + more + "\n}" }
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("")},
		{Config: config(`sign_up = { identifiers = ["email"] }`), ExpectError: regexp.MustCompile(`verify\s+=\s+true`)},
		{Config: config(`mfa = { factors = ["Totp"], policy = "PromptOnlyAtSignInMandatory" }`), ExpectError: regexp.MustCompile(`goes with adaptive MFA only`)},
		{Config: config(`adaptive_mfa = { enabled = true }`), ExpectError: regexp.MustCompile(`Adaptive\s+MFA\s+needs\s+a\s+factor`)},
		{Config: config("mfa = { factors = [\"Totp\"], policy = \"PromptOnlyAtSignInMandatory\" }\n adaptive_mfa = { enabled = true }")},
		{Config: config("mfa = { factors = [\"Totp\"] }"), Check: has(t, target, "/api/sign-in-exp", map[string]string{"adaptiveMfa": `{}`, "mfa": `{"factors":["Totp"],"policy":"UserControlled"}`})},
		// What only the server finds stands at the attribute, too.
		{Config: config(`hide_logto_branding = true`), ExpectError: regexp.MustCompile(`Only Logto Cloud supports it`)},
		{Config: config(`custom_ui_csp = { script_src = ["https://cdn.example.com"] }`), ExpectError: regexp.MustCompile(`Only Logto Cloud supports it`)},
		{Config: config(`language_info = { fallback_language = "fi" }`), ExpectError: regexp.MustCompile(`(?s)language_info.*logto_custom_phrase`)},
		{Config: config(`email_blocklist_policy = { custom_blocklist = ["nonsense"] }`), ExpectError: regexp.MustCompile(`(?s)email_blocklist_policy.*@example\.com`)},
		{Config: config(`sign_up_profile_fields = ["nothing"]`), ExpectError: regexp.MustCompile(`(?s)sign_up_profile_fields = .*no\s+custom\s+profile\s+field\s+with\s+the\s+name\s+"nothing"`)},
	}})
}

// What would keep everybody out, because an object is missing, is refused: a captcha
// that nobody can answer, and codes that nobody sends. What Logto turned off with the
// captcha provider stays off.
func TestAccSignInExperience_keepsEverybodyOut(t *testing.T) {
	target := captcha(t)
	config := func(more string) string { return "resource \"logto_sign_in_experience\" \"test\" {\n" + more + "\n}" }
	on := config(`captcha_policy = { enabled = true }`)
	noCaptcha := regexp.MustCompile(`(?s)captcha_policy = .*no\s+captcha\s+provider.*logto_captcha_provider`)
	steps := []resource.TestStep{
		{Config: on, ExpectError: noCaptcha},
		{Config: captchaLife.Minimal + "\n" + strings.Replace(on, "true }", "true }\n  depends_on = [logto_captcha_provider.test]", 1)},
		{Config: on, ExpectNonEmptyPlan: true},
		{Config: on, ExpectError: noCaptcha},
		{Config: config("captcha_policy = { enabled = false }"), Check: has(t, target, "/api/sign-in-exp", map[string]string{"captchaPolicy": `{"enabled":false}`})},
	}
	if target.AtLeast(t, "1.41") {
		for factor, kind := range map[string]string{"EmailVerificationCode": "Email", "PhoneVerificationCode": "Sms"} {
			steps = append(steps, resource.TestStep{Config: config(`mfa = { factors = ["Totp", "` + factor + `"] }`),
				ExpectError: regexp.MustCompile(`(?s)mfa = .*needs\s+a\s+connector\s+of\s+type\s+` + kind)})
		}
	}
	target.Test(t, resource.TestCase{Steps: append(steps, resource.TestStep{Config: config("")})})
}

// Factors that go take nothing along: without them Logto writes an adaptiveMfa
// that nobody asked for, unless it is given one.
func TestAccSignInExperience_factorsGo(t *testing.T) {
	target := alone(t)
	target.Needs(t, "1.38")
	target.Keep(t, "/api/sign-in-exp")
	config := func(more string) string { return "resource \"logto_sign_in_experience\" \"test\" {\n" + more + "\n}" }
	step := func(hcl, adaptive string) resource.TestStep {
		return resource.TestStep{Config: config(hcl), Check: func(*terraform.State) error {
			if diff := cmp.Diff(adaptive, fmt.Sprint(target.Get(t, "/api/sign-in-exp")["adaptiveMfa"])); diff != "" {
				return fmt.Errorf("adaptiveMfa (-want +got):\n%s", diff)
			}
			return nil
		}}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(`mfa = { factors = ["Totp"] }`, "map[]"),
		step(``, "map[]"),
		step("mfa = { factors = [\"Totp\"], policy = \"PromptOnlyAtSignInMandatory\" }\n adaptive_mfa = { enabled = true }", "map[enabled:true]"),
		step("mfa = { factors = [] }\n adaptive_mfa = { enabled = false }", "map[enabled:false]"),
		step(``, "map[]"),
	}})
}

func TestAccSignInExperience_data(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: `
resource "logto_sign_in_experience" "test" {
  custom_css = "a {}"
}
data "logto_sign_in_experience" "test" {
  depends_on = [logto_sign_in_experience.test]
}
output "same" {
  value = [
    data.logto_sign_in_experience.test.custom_css,
    data.logto_sign_in_experience.test.id,
    data.logto_sign_in_experience.test.username_policy == logto_sign_in_experience.test.username_policy,
  ]
}`,
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("a {}"), knownvalue.StringExact("default"), knownvalue.Bool(true)}))},
	}}})
}

// A tenant has one, so nothing else can be imported.
func TestAccSignInExperience_import(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	const config = `resource "logto_sign_in_experience" "test" {}`
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, ResourceName: "logto_sign_in_experience.test", ImportState: true, ImportStateId: "other", ExpectError: regexp.MustCompile(`Use\s+the\s+import\s+ID\s+default`)},
		{
			PreConfig: func() { target.Do(t, http.MethodPatch, "/api/sign-in-exp", map[string]any{"customCss": "x {}"}) },
			Config: `
import {
  to = logto_sign_in_experience.test
  id = "default"
}
resource "logto_sign_in_experience" "test" {
  custom_css = "x {}"
  color      = { primary_color = "#6139F6" }
}`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction("logto_sign_in_experience.test", plancheck.ResourceActionNoop)}},
		},
	}})
}

// A Logto that lacks settings takes their defaults, and of another value the error
// says which version it needs, also where nothing else is to be written.
func TestAccSignInExperience_olderLogto(t *testing.T) {
	t.Parallel()
	target := acctest.StartOlder(t, "1.37")
	config := func(settings string) string {
		return "resource \"logto_sign_in_experience\" \"test\" {\n  " + settings + "\n}"
	}
	defaults := config("custom_ui_csp = { script_src = [] }\n  password_expiration = { enabled = false }")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: defaults},
		{Config: config("username_policy = { min_length = 6 }"), ExpectError: regexp.MustCompile(`needs\s+Logto\s+1\.41\s+or\s+later`)},
		{Config: config("adaptive_mfa = { enabled = true }\n  mfa = { factors = [\"Totp\"], policy = \"PromptOnlyAtSignInMandatory\" }"), ExpectError: regexp.MustCompile(`needs\s+Logto\s+1\.38\s+or\s+later`)},
	}})
}

// Both lists together let nobody in but who is in one and not in the other.
func TestAccSignInExperience_allowlistWarning(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	step := func(lists, want string) resource.TestStep {
		return resource.TestStep{
			PreConfig: target.Reset,
			Config:    "resource \"logto_sign_in_experience\" \"test\" {\n  email_blocklist_policy = {\n    " + lists + "\n  }\n}",
			Check: func(*terraform.State) error {
				if got := strings.Join(target.Warnings(), "\n"); want == "" && got != "" || !strings.Contains(got, want) {
					return fmt.Errorf("the warnings are %q, want %q", got, want)
				}
				return nil
			},
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		step(`custom_allowlist = ["jane@example.com"]`, ""),
		step("custom_allowlist = [\"jane@example.com\"]\n    custom_blocklist = [\"@example.com\"]", "custom_allowlist is not a list of exceptions"),
	}})
}

// Two modules that each set a part of what a tenant has once keep their parts, and
// the one that goes takes only its own with it.
func TestAccSignInExperience_twoModules(t *testing.T) {
	target := alone(t)
	target.Keep(t, "/api/sign-in-exp")
	both := `
resource "logto_sign_in_experience" "look" {
  color      = { primary_color = "#123456" }
  custom_css = "a {}"
}
resource "logto_sign_in_experience" "rules" {
  password_policy = { length = { min = 12 } }
  support_email   = "help@example.com"
}`
	rules, _, _ := strings.Cut(both, "resource \"logto_sign_in_experience\" \"rules\"")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: both, Check: has(t, target, "/api/sign-in-exp", map[string]string{
			"customCss": `"a {}"`, "supportEmail": `"help@example.com"`, "passwordPolicy": `{"length":{"min":12,"max":256}}`,
		})},
		{Config: rules, Check: has(t, target, "/api/sign-in-exp", map[string]string{"customCss": `"a {}"`, "supportEmail": `null`, "passwordPolicy": `{}`})},
	}})
}
