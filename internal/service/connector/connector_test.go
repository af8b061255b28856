// SPDX-License-Identifier: MPL-2.0

package connector_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// endpoints are what an oauth2 connector needs besides its client.
const endpoints = `
locals {
  endpoints = {
    authorizationEndpoint = "https://idp.example/auth"
    tokenEndpoint         = "https://idp.example/token"
    userInfoEndpoint      = "https://idp.example/me"
  }
}
`

var connectorLife = acctest.Lifecycle{
	Resource: "logto_connector.test",
	Setup:    endpoints,
	Minimal: `
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  config       = jsonencode(merge(local.endpoints, { clientId = "id", clientSecret = "secret" }))
}`,
	Full: `
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  name         = { en = "Acme", fr = "Acme SA", "pt-BR" = "Acme Ltda" }
  logo         = "https://acme.example/logo.png"
  logo_dark    = "https://acme.example/dark.png"
  sync_profile = true
  config = jsonencode(merge(local.endpoints, {
    clientId = "id", clientSecret = "another", scope = "profile email", profileMap = { id = "sub", email = "mail" }, customConfig = { audience = "x" }
  }))
  enable_token_storage = false
  replace_existing     = true
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("name"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("type"), knownvalue.StringExact("Social")),
		statecheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("platform"), knownvalue.StringExact("Universal")),
		statecheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("is_standard"), knownvalue.Bool(true)),
		statecheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("sync_profile"), knownvalue.Bool(false)),
	},
	Path: "/api/connectors/{id}",
	Change: map[string]any{"syncProfile": false, "config": map[string]any{"authorizationEndpoint": "https://evil.example", "tokenEndpoint": "https://evil.example",
		"userInfoEndpoint": "https://evil.example", "clientId": "id", "clientSecret": "evil", "more": true}},
	Drift: map[string]acctest.Outside{
		"name":         metadata("name", map[string]any{"en": "Evil"}),
		"logo":         metadata("logo", "https://evil.example/logo.png"),
		"logo_dark":    metadata("logoDark", "https://evil.example/logo.png"),
		"sync_profile": {Body: map[string]any{"syncProfile": false}},
	},
	NoDrift: map[string]string{
		"connector_id":         "Logto does not change it",
		"enable_token_storage": "it is true only with SECRET_VAULT_KEK",
		"replace_existing":     "Logto knows nothing of it",
	},
}

// metadata is what Full of connectorLife has of its own, with another value of one key.
func metadata(key string, value any) acctest.Outside {
	own := map[string]any{"target": "{name}", "name": map[string]any{"en": "Acme", "fr": "Acme SA", "pt-BR": "Acme Ltda"},
		"logo": "https://acme.example/logo.png", "logoDark": "https://acme.example/dark.png"}
	own[key] = value
	return acctest.Outside{Body: map[string]any{"metadata": own}}
}

func TestAccConnector(t *testing.T) { connectorLife.Run(t) }

func TestAccConnector_faults(t *testing.T) { connectorLife.Faults(t) }

// A connector of which the tenant has one is not made twice either.
func TestAccConnector_emailFaults(t *testing.T) {
	acctest.Lifecycle{
		Resource: "logto_connector.test",
		Minimal:  ofFactory("test", "http-email", `endpoint = "https://mail.example"`),
		Full:     ofFactory("test", "http-email", `endpoint = "https://mail.example", authorization = "Bearer x"`),
	}.Faults(t)
}

func id(s *terraform.State, address string) string {
	return s.RootModule().Resources[address].Primary.ID
}

// What is empty in the settings counts as left out: it is not sent, so that a
// required key which is empty is an error, and makes no difference.
func TestAccConnector_emptySettings(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(more string) string {
		return endpoints + `
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  config       = jsonencode(merge(local.endpoints, { clientId = "id", clientSecret = "secret", ` + more + ` }))
}`
	}
	var at string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`clientSecret = ""`), ExpectError: regexp.MustCompile(`(?s)config\s+= jsonencode.*missing or\s+empty.*config.clientSecret`)},
		{Config: config(`scope = null, profileMap = {}, zero = 0, no = false, list = ["", null, "a", {}, []]`), Check: func(s *terraform.State) error {
			at = "/api/connectors/" + id(s, "logto_connector.test")
			got := target.Get(t, at)["config"].(map[string]any)
			for _, gone := range []string{"scope", "profileMap"} {
				if _, has := got[gone]; has {
					return fmt.Errorf("%s was kept", gone)
				}
			}
			if diff := cmp.Diff([]any{"a"}, got["list"]); diff != "" {
				return fmt.Errorf("list: %s", diff)
			}
			return nil
		}},
		{ // another spelling of the same is written to the state only
			PreConfig:        target.Reset,
			Config:           config(`scope = "", zero = 0, no = false, list = ["a"]`),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			Check: func(*terraform.State) error {
				if w := target.Writes(); len(w) > 0 {
					return fmt.Errorf("wrote %v", w)
				}
				return nil
			},
		},
	}})

	// An import has what the server has, which is no difference.
	want := config(`scope = null, profileMap = {}, zero = 0`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		imported(t, target, want, map[string]any{"clientId": "id", "clientSecret": "secret", "zero": 0}),
		{Config: want, PlanOnly: true},
	}})
}

// Nothing is said in several ways, which all mean the factory's own.
func TestAccConnector_nothing(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(name string) string {
		return `
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  name         = ` + name + `
  logo         = ""
  logo_dark    = ""
}`
	}
	has := func(want map[string]any) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			got := target.Get(t, "/api/connectors/"+id(s, "logto_connector.test"))["metadata"]
			if diff := cmp.Diff(any(want), got); diff != "" {
				return fmt.Errorf("metadata (-want +got):\n%s", diff)
			}
			return nil
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`{}`), Check: has(map[string]any{"target": target.Name})},
		{Config: config(`{ en = "Acme", FR = "Acme" }`), Check: has(map[string]any{"target": target.Name, "name": map[string]any{"en": "Acme", "FR": "Acme"}})},
		{Config: config(`{}`), Check: has(map[string]any{"target": target.Name})},
	}})
}

// imported makes a connector outside Terraform and imports it into an empty state.
func imported(t *testing.T, target *acctest.Target, want string, config map[string]any) resource.TestStep {
	t.Helper()
	for key, page := range map[string]string{"authorizationEndpoint": "auth", "tokenEndpoint": "token", "userInfoEndpoint": "me"} {
		config[key] = "https://idp.example/" + page
	}
	status, answer := target.Do(t, http.MethodPost, "/api/connectors", map[string]any{"connectorId": "oauth2", "metadata": map[string]any{"target": target.Name}, "config": config})
	made, _ := answer.(map[string]any)
	if status != http.StatusOK {
		t.Fatalf("HTTP %d: %v", status, answer)
	}
	return resource.TestStep{Config: want, ResourceName: "logto_connector.test", ImportState: true, ImportStatePersist: true, ImportStateId: made["id"].(string)}
}

// A write-only config is in no state, is sent when its version changes, and
// never otherwise.
func TestAccConnector_writeOnly(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
		t.Skip("write-only attributes need Terraform or OpenTofu 1.11")
	}
	target := acctest.Start(t)
	config := func(secret string, version int, more string) string {
		return endpoints + fmt.Sprintf(`
resource "logto_connector" "test" {
  connector_id      = "oauth2"
  target            = "{name}"
  config_wo         = jsonencode(merge(local.endpoints, { clientId = "id", clientSecret = %q }))
  config_wo_version = %d
  %s
}`, secret, version, more)
	}
	var at string
	has := func(secret string) resource.TestCheckFunc {
		return func(s *terraform.State) error {
			at = "/api/connectors/" + id(s, "logto_connector.test")
			if got := target.Get(t, at)["config"].(map[string]any)["clientSecret"]; got != secret {
				return fmt.Errorf("the secret is %v, not %s", got, secret)
			}
			if s.RootModule().Resources["logto_connector.test"].Primary.Attributes["config"] != "" || strings.Contains(fmt.Sprint(s), secret) {
				return fmt.Errorf("the secret is in the state: %v", s)
			}
			return nil
		}
	}
	outside := func() {
		body := map[string]any{"authorizationEndpoint": "https://x", "tokenEndpoint": "https://x", "userInfoEndpoint": "https://x", "clientId": "id", "clientSecret": "by-hand"}
		if status, answer := target.Do(t, http.MethodPatch, at, map[string]any{"config": body}); status != http.StatusOK {
			t.Fatal(answer)
		}
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("first", 1, ""), Check: has("first")},
		{Config: config("ignored", 1, ""), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}, Check: has("first")},
		{PreConfig: outside, Config: config("ignored", 1, "sync_profile = true"), Check: has("by-hand")},
		{Config: config("second", 2, "sync_profile = true"), Check: has("second")},
		{Config: connectorLife.Setup + connectorLife.Minimal},
		{Config: config("fourth", 4, ""), Check: has("fourth")},
	}})
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		imported(t, target, config("sixth", 6, ""), map[string]any{"clientId": "id", "clientSecret": "secret"}),
		{Config: config("sixth", 6, ""), Check: has("sixth")}, // the import's copy of the settings leaves the state
	}})
}

// Settings that the configuration leaves out stay, and no plan shows that they go.
func TestAccConnector_unmanagedConfig(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	const without = `
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  sync_profile = true
}`
	var at string
	stays := func(s *terraform.State) error {
		at = "/api/connectors/" + id(s, "logto_connector.test")
		if got := target.Get(t, at)["config"].(map[string]any)["clientSecret"]; got != "secret" {
			return fmt.Errorf("the secret is %v", got)
		}
		return nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: connectorLife.Setup + connectorLife.Minimal},
		{Config: strings.ReplaceAll(without, "true", "false"), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}, Check: stays},
		{Config: without, Check: stays},
		{Config: strings.ReplaceAll(without, "true", "false"), Check: stays},
	}})
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: without, Check: func(s *terraform.State) error {
			if got := target.Get(t, "/api/connectors/"+id(s, "logto_connector.test"))["config"]; len(got.(map[string]any)) != 0 {
				return fmt.Errorf("settings from nowhere: %v", got)
			}
			return nil
		}},
	}})
}

// An id can be chosen, once.
func TestAccConnector_ID(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	one := func(name, id string) string {
		return fmt.Sprintf("resource \"logto_connector\" %q {\n  id           = %q\n  connector_id = \"oauth2\"\n  target       = \"{name}-%s\"\n}\n", name, id, name)
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: one("one", "{name}"), Check: resource.TestCheckResourceAttr("logto_connector.one", "id", target.Name)},
		{Config: one("one", "{name}") + one("two", "{name}"), ExpectError: regexp.MustCompile(`connector\s+with\s+the\s+id\s+"` + target.Name + `"\s+already`)},
		{Config: one("one", "{name}-b"), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction("logto_connector.one", plancheck.ResourceActionDestroyBeforeCreate)}}},
		{Config: "resource \"logto_connector\" \"one\" {\n  connector_id = \"oauth2\"\n  target = \"{name}-one\"\n}",
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	}})
}

// Making an email connector deletes no other one, unless it may.
func TestAccConnector_onePerType(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	alone(t, target)
	email := func(name, more string) string {
		return fmt.Sprintf("resource \"logto_connector\" %q {\n  connector_id = \"http-email\"\n  config = jsonencode({ endpoint = \"https://%s.example\" })\n  %s\n}\n", name, name, more)
	}
	sms := ofFactory("sms", "http-sms", `endpoint = "https://sms.example"`)
	var first, second string
	emails := func(want ...string) error {
		_, answer := target.Do(t, http.MethodGet, "/api/connectors", nil)
		var got []string
		for _, c := range answer.([]any) {
			if c := c.(map[string]any); c["type"] == "Email" {
				got = append(got, c["id"].(string))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			return fmt.Errorf("email connectors (-want +got): %s", diff)
		}
		return nil
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: email("a", "") + sms, Check: func(s *terraform.State) error {
			first = id(s, "logto_connector.a")
			return emails(first)
		}},
		{Config: email("a", "") + sms + email("b", ""), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)connector_id\s+= "http-email".*want\s+to\s+be\s+the\s+connector\s+of\s+type\s+Email|want\s+to\s+be\s+the\s+connector\s+of\s+type\s+Email.*connector_id`)},
		{PreConfig: func() {
			if err := emails(first); err != nil {
				t.Error(err)
			}
		}, Config: email("a", "") + sms, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		{ // the new one first, and the destroy of the old one finds it gone
			Config: sms + `
resource "logto_connector" "a" {
  connector_id     = "mailgun-email"
  config           = jsonencode({ ` + emailConfigs["mailgun-email"] + ` })
  replace_existing = true
  lifecycle {
    create_before_destroy = true
  }
}`, Check: func(s *terraform.State) error {
				second = id(s, "logto_connector.a")
				return emails(second)
			}},
	}})
	for _, more := range []string{"", "replace_existing = true"} {
		target.Test(t, resource.TestCase{Steps: []resource.TestStep{{
			Config: email("a", more) + email("b", more), PlanOnly: true,
			ExpectError: regexp.MustCompile(`want\s+to\s+be\s+the\s+connector\s+of\s+type\s+Email`),
		}}})
	}
	// One that another configuration, or a person, has made is not replaced unasked.
	status, answer := target.Do(t, http.MethodPost, "/api/connectors", map[string]any{"connectorId": "http-email", "config": map[string]any{"endpoint": "https://theirs.example"}})
	theirs, _ := answer.(map[string]any)["id"].(string)
	if status != http.StatusOK {
		t.Fatal(answer)
	}
	defer target.Do(t, http.MethodDelete, "/api/connectors/"+theirs, nil)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: email("a", ""), ExpectError: regexp.MustCompile(`connector\s+of\s+type\s+Email\s+already`)},
		{PreConfig: func() {
			if err := emails(theirs); err != nil {
				t.Error(err)
			}
		}, Config: email("a", "replace_existing = true")},
	}})
}

// A factory other than the standard ones says what its connectors are, at plan time.
func TestAccConnector_ordinaryFactory(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	alone(t, target)
	github := ofFactory("test", "github-universal", clientPair)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: github,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("target"), knownvalue.StringExact("github")),
				plancheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("type"), knownvalue.StringExact("Social")),
				plancheck.ExpectKnownValue("logto_connector.test", tfjsonpath.New("is_standard"), knownvalue.Bool(false)),
			}},
		},
		{Config: strings.Replace(github, "}\n", "  target = \"github\"\n}\n", 1),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		{Config: github + ofFactory("twin", "github-universal", clientPair), ExpectError: regexp.MustCompile(`(?s)connector_id.*multiple_instances_not_supported`)},
		{Config: github + strings.ReplaceAll(ofFactory("twin", "oidc", socialConfigs["oidc"]), "{name}-oidc", "github"),
			ExpectError: regexp.MustCompile(`(?s)target.*multiple_target_with_same_platform`)},
		{ // a change of the factory is another connector
			Config: ofFactory("test", "discord-universal", clientPair),
			Check:  resource.TestCheckResourceAttr("logto_connector.test", "target", "discord"),
		},
	}})
}

// Settings that are unknown wait for the apply, and of a connector that is there already
// what is missing is a warning, so that the destroy at the end goes through.
func TestAccConnector_settingsLater(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(settings string) string {
		return endpoints + `
resource "terraform_data" "secret" {
  input = "secret"
}
resource "logto_connector" "test" {
  connector_id = "oauth2"
  target       = "{name}"
  config       = jsonencode(merge(local.endpoints, { ` + settings + ` }))
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(`clientId = "id", clientSecret = terraform_data.secret.output`)},
		{Config: config(`clientId = "id"`), PlanOnly: true, ExpectNonEmptyPlan: true},
	}})
	if got := strings.Join(target.Warnings(), "\n"); !strings.Contains(got, "config.clientSecret") {
		t.Errorf("warnings: %q", got)
	}
}

func TestAccConnector_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	config := func(attributes ...string) string {
		return endpoints + "resource \"logto_connector\" \"test\" {\n  " + strings.Join(attributes, "\n  ") + "\n}"
	}
	oauth2, own := `connector_id = "oauth2"`, `target = "{name}"`
	steps := []resource.TestStep{}
	for _, c := range []struct {
		config string
		want   string
	}{
		{config(`connector_id = "gogle-universal"`), `(?s)connector_id = "gogle.*no\s+connector\s+factory.*google-universal`},
		{config(oauth2), `(?s)target.*standard\s+factor`},
		{config(oauth2, `target = ""`), `target must not be empty`},
		{config(oauth2, own, `name = { fr = "Acme" }`), `language\s+tag\s+en`},
		{config(oauth2, own, `name = { en = "" }`), `attribute name must not be empty`},
		{config(oauth2, own, `name = { en = "Acme", klingon = "x" }`), `(?s)name = .*One key of attribute name is not allowed. Allowed keys: "af-ZA"`},
		{config(oauth2, own, `name = { en = "Acme", zh_cn = "x" }`), `Did you mean "zh-CN"\? One key of attribute name`},
		{config(oauth2, own, `config = "[]"`), `config must be a JSON\s+object`},
		{config(oauth2, own, `config = "not secret"`), `config must be a JSON\s+object`},
		{config(oauth2, own, `config = "{}"`, `config_wo = "{}"`, `config_wo_version = 1`), `"config" cannot be specified when "config_wo"`},
		{config(oauth2, own, `config_wo = "{}"`), `"config_wo_version" must be specified`},
		{config(`connector_id = "github-universal"`, `target = "hub"`), `(?s)target = "hub".*have\s+the\s+target\s+"github"`},
		{config(`connector_id = "github-universal"`, `name = { en = "Hub" }`), `(?s)name = .*can\s+have\s+another\s+name`},
		{config(`connector_id = "github-universal"`, `logo = "https://x.example"`), `(?s)logo = .*can\s+have\s+another\s+logo`},
		{config(`connector_id = "http-sms"`, `sync_profile = true`), `(?s)sync_profile = .*Only\s+social`},
		{config(`connector_id = "discord-universal"`, `config = jsonencode({ clientId = "i", clientSecrt = "s" })`), `(?s)config = .*Did\s+you\s+mean\s+"clientSecret".*missing.*config.clientSecret`},
		{config(`connector_id = "discord-universal"`, `enable_token_storage = true`), `(?s)enable_token_storage = .*does\s+not\s+support`},
	} {
		steps = append(steps, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
	}
	for _, c := range []struct {
		config string
		want   string
	}{
		{config(oauth2, own, `config = jsonencode(merge(local.endpoints, { clientId = 7, clientSecret = "s", scope = 8 }))`), `(?s)config = .*config.clientId: .*string.*config.scope: \S`},
		{config(`connector_id = "simple-mail-transfer-protocol"`, "replace_existing = true", `config = jsonencode({ host = "x", port = "y", auth = { user = "u", pass = "p" }, fromEmail = "a@b.c", templates = [for u in ["SignIn", "Register", "ForgotPassword", "Generic"] : { usageType = u, contentType = "text/plain", subject = "s" }] })`),
			`(?s)config = .*config.port: .*number.*config.templates\[0\].content: \S`},
		{secretText + config(oauth2, own, `config = jsonencode(merge(local.endpoints, { clientId = "i", clientSecret = "s", tokenEndpointAuthMethod = var.secret }))`),
			`(?s)^[^§]*config\.tokenEndpointAuthMethod: [^§]*$`},
	} {
		steps = append(steps, resource.TestStep{Config: c.config, ExpectError: regexp.MustCompile(c.want)})
	}
	if target.Server != nil { // a real one may have a SECRET_VAULT_KEK
		steps = append(steps, resource.TestStep{Config: config(oauth2, own, `enable_token_storage = true`),
			ExpectError: regexp.MustCompile(`(?s)enable_token_storage = .*SECRET_VAULT_KEK`)})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// secretText is a variable that no error may show.
const secretText = "variable \"secret\" {\n  default   = \"§\"\n  sensitive = true\n}\n"

func TestAccConnector_data(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	config := connectorLife.Setup + connectorLife.Full + `
data "logto_connector" "by_id" {
  id = logto_connector.test.id
}
data "logto_connector" "by_target" {
  target = logto_connector.test.target
}
data "logto_connectors" "all" {
  depends_on = [logto_connector.test]
}
data "logto_connectors" "filtered" {
  type         = "Social"
  connector_id = logto_connector.test.connector_id
  target       = logto_connector.test.target
}
data "logto_connectors" "none" {
  type   = "Sms"
  target = logto_connector.test.target
}
data "logto_connector_factory" "smtp" {
  id = "simple-mail-transfer-protocol"
}
data "logto_connector_factory" "alipay" {
  id = "alipay-web"
}
data "logto_connector_factories" "all" {}
data "logto_connector_factories" "sms" {
  type = "Sms"
}
output "same" {
  value = [
    data.logto_connector.by_id == data.logto_connector.by_target,
    data.logto_connector.by_id.name.fr == "Acme SA",
    contains(data.logto_connectors.all.connectors[*].id, logto_connector.test.id),
    one(data.logto_connectors.filtered.connectors).id == logto_connector.test.id,
    length(data.logto_connectors.none.connectors) == 0,
    data.logto_connector_factory.smtp.type == "Email" && data.logto_connector_factory.smtp.name.en == "SMTP",
    length(data.logto_connector_factories.all.connector_factories) == 49,
    length([for f in data.logto_connector_factories.all.connector_factories : f if f.is_standard]) == 3,
    length(data.logto_connector_factories.sms.connector_factories) == 11,
    !data.logto_connector.by_id.is_demo && !data.logto_connector_factory.smtp.is_demo,
    data.logto_connector_factory.smtp.config_template == null,
    one([for i in data.logto_connector_factory.smtp.form_items : i if i.key == "host"]).required,
    one([for i in data.logto_connector_factory.alipay.form_items : i if i.key == "signType"]).select_items[*].value == tolist(["RSA", "RSA2"]),
    jsondecode(one([for i in data.logto_connector_factory.alipay.form_items : i if i.key == "signType"]).default_value) == "RSA2",
    length(flatten(data.logto_connector_factories.all.connector_factories[*].form_items)) == 226,
    anytrue([for c in flatten(flatten(data.logto_connector_factories.all.connector_factories[*].form_items)[*].show_conditions) : c.target_key != "" && jsondecode(c.expect_value) != null]),
  ]
}`
	ok := knownvalue.Bool(true)
	steps := []resource.TestStep{
		{Config: config, ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("same", knownvalue.ListExact(slices.Repeat([]knownvalue.Check{ok}, 16)))}},
		{Config: "data \"logto_connector\" \"x\" {\n  target = \"{name}-nowhere\"\n}", ExpectError: regexp.MustCompile(`no\s+object\s+with\s+the\s+target`)},
		{Config: "data \"logto_connector_factory\" \"x\" {\n  id = \"nothing\"\n}", ExpectError: regexp.MustCompile(`entity.not_found`)},
	}
	if acctest.AtLeast(t, "1.14.0", "") {
		steps = append(steps[:1:1], resource.TestStep{
			Query: true,
			Config: `
list "logto_connector" "all" {
  provider         = logto
  include_resource = true
}`,
			QueryResultChecks: []querycheck.QueryResultCheck{querycheck.ExpectLengthAtLeast("logto_connector.all", 1)},
		})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// A target that is not known yet is checked when it is.
func TestAccConnector_unknownTarget(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	config := func(word string) string {
		return `
resource "terraform_data" "test" {
  input = "` + word + `"
}
resource "logto_connector" "test" {
  connector_id = "github-universal"
  target       = terraform_data.test.output
}`
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config("gitlab"), ExpectError: regexp.MustCompile(`(?s)target\s+of\s+this\s+connector\s+is\s+fixed`)},
		{Config: config("github")},
	}})
}

// While passwords expire, Logto does not let the connector go that the last way to
// reset one needs. The error says how the two go together.
func TestAccConnector_goesWithExpiration(t *testing.T) {
	target := acctest.Start(t)
	target.Needs(t, "1.41")
	alone(t, target)
	target.Keep(t, "/api/sign-in-exp")
	experience := func(body map[string]any) {
		if status, answer := target.Do(t, http.MethodPatch, "/api/sign-in-exp", body); status != http.StatusOK {
			t.Fatal(answer)
		}
	}
	const nothing = "# nothing"
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: ofFactory("test", "http-email", `endpoint = "https://mail.example"`)},
		{
			PreConfig: func() {
				experience(map[string]any{"forgotPasswordMethods": []string{"EmailVerificationCode"}, "passwordExpiration": map[string]any{"enabled": true, "validPeriodDays": 30}})
			},
			Config: nothing, ExpectError: regexp.MustCompile(`(?s)-target.*create_before_destroy`),
		},
		{
			PreConfig: func() {
				experience(map[string]any{"forgotPasswordMethods": []string{}, "passwordExpiration": map[string]any{"enabled": false}})
			},
			Config: nothing,
		},
	}})
}
