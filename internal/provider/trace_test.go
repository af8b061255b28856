// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
	"github.com/logto-community/terraform-provider-logto/internal/provider"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// TestAccProvider_noSecretInTrace makes every type of resource with every secret of it, in
// the state and write-only, and looks for each of the secrets in the most verbose
// log of the CLI and the provider, and in what the CLI prints.
func TestAccProvider_noSecretInTrace(t *testing.T) {
	target := acctest.StartMemory(t)
	box, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	schemas := providerSchemas(t)
	c := &confidential{others: othersWorld(t), endpoint: target.Server.URL}
	c.secrets = append(c.secrets, fakelogto.AppSecret)
	stages := []string{c.inState()}
	if acctest.AtLeast(t, "1.11.0", "1.11.0") {
		stages = append(stages, c.writeOnly(), c.ephemeral())
	} else {
		t.Log("write-only attributes and ephemeral resources need Terraform or OpenTofu 1.11: not tried")
	}
	missing := secretAttributes(schemas)
	files := fstest.MapFS{"main.tf": {Data: []byte(stages[0])}}
	w, err := box.Workspace(t.Context(), target.Server, files)
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "trace.log")
	if err := w.Trace(log); err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	run := func(what string, command func() error) {
		t.Helper()
		if err := command(); err != nil {
			t.Fatalf("%s: %v\n%s", what, err, w.Printed())
		}
		printed.WriteString(w.Printed())
	}
	for i, config := range stages {
		if err := w.Write("main.tf", config); err != nil {
			t.Fatal(err)
		}
		run(fmt.Sprintf("stage %d", i+1), func() error { return w.Apply(t.Context()) })
		state, err := w.State(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range state.Values.RootModule.Resources {
			for name, a := range missing[r.Type] {
				if v := valueIn(r.AttributeValues, name); v != nil {
					delete(missing[r.Type], name)
					if text, ok := v.(string); ok && a.Computed && !a.Optional {
						c.secrets = append(c.secrets, text)
					}
				}
				if leaf := name[strings.LastIndex(name, ".")+1:]; a.WriteOnly && strings.Contains(config, leaf+" = ") {
					delete(missing[r.Type], name)
				}
			}
		}
	}
	if len(stages) > 1 {
		c.secrets = append(c.secrets, c.passedOn(t, target)...)
	}
	run("destroy", func() error { return w.Destroy(t.Context()) })
	for name, attributes := range missing {
		for a, is := range attributes {
			if !is.WriteOnly || len(stages) > 1 {
				t.Errorf("%s.%s is a secret that this test does not give: add it", name, a)
			}
		}
	}
	everywhere := strings.Join(stages, "\n")
	for name, e := range schemas.EphemeralResourceSchemas {
		if len(secretsOf("", e.Block.Attributes)) > 0 && len(stages) > 1 && !strings.Contains(everywhere, `ephemeral "`+name+`"`) {
			t.Errorf("%s gives secrets, and this test does not open it: add it", name)
		}
	}
	for name, d := range schemas.DataSourceSchemas {
		if len(secretsOf("", d.Block.Attributes)) > 0 && !strings.Contains(everywhere, `data "`+name+`"`) {
			t.Errorf("%s shows secrets, and this test does not read it: add it", name)
		}
	}
	trace, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(trace), "Calling provider defined type-based SemanticEquals") {
		t.Error("the log is not as verbose as it can be")
	}
	c.lookFor(t, "the log", string(trace))
	c.lookFor(t, "what the CLI printed", printed.String())
}

func providerSchemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return schemas
}

// secretAttributes are the sensitive attributes of each type of resource.
func secretAttributes(schemas *tfprotov6.GetProviderSchemaResponse) map[string]map[string]*tfprotov6.SchemaAttribute {
	secret := map[string]map[string]*tfprotov6.SchemaAttribute{}
	for name, r := range schemas.ResourceSchemas {
		secret[name] = secretsOf("", r.Block.Attributes)
	}
	return secret
}

// secretsOf are the sensitive ones of the attributes; nested ones as "outer.inner".
func secretsOf(under string, attributes []*tfprotov6.SchemaAttribute) map[string]*tfprotov6.SchemaAttribute {
	secret := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range attributes {
		if a.Sensitive {
			secret[under+a.Name] = a
		}
		if a.NestedType != nil {
			maps.Copy(secret, secretsOf(under+a.Name+".", a.NestedType.Attributes))
		}
	}
	return secret
}

// valueIn is the value of an attribute; nil when it has none.
func valueIn(attributes map[string]any, name string) any {
	outer, inner, nested := strings.Cut(name, ".")
	if !nested {
		return attributes[outer]
	}
	within, _ := attributes[outer].(map[string]any)
	return valueIn(within, inner)
}

// othersWorld is what Logto talks to: an identity provider, and a service that
// takes messages.
func othersWorld(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": server.URL, "authorization_endpoint": server.URL + "/auth",
			"token_endpoint": server.URL + "/token", "userinfo_endpoint": server.URL + "/me", "jwks_uri": server.URL + "/jwks"})
	})
	mux.HandleFunc("/mail", func(http.ResponseWriter, *http.Request) {})
	return server
}

// confidential is configurations with secrets, and what is secret in them.
type confidential struct {
	others   *httptest.Server
	endpoint string
	secrets  []string
}

// give is a secret of its own.
func (c *confidential) give(name string) string {
	return c.giveAs(fmt.Sprintf("s3cretOf%s%d", name, len(c.secrets)))
}

func (c *confidential) giveAs(value string) string {
	c.secrets = append(c.secrets, value)
	return value
}

// lookFor fails for each secret that the text has.
func (c *confidential) lookFor(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range slices.Compact(slices.Sorted(slices.Values(c.secrets))) {
		if secret == "" {
			t.Error("a secret is empty")
			continue
		}
		if n := strings.Count(text, secret); n > 0 {
			at := strings.Index(text, secret)
			line := text[strings.LastIndex(text[:at], "\n")+1 : at+len(secret)]
			t.Errorf("%d times in %s: a secret, as in %s", n, where, line)
		}
	}
}

func (c *confidential) head() string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    logto = { source = "logto-community/logto" }
  }
}
provider "logto" {
  endpoint   = %q
  app_id     = %q
  app_secret = %q
}
resource "logto_application" "test" {
  name = "Trace"
  type = "MachineToMachine"
}
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "trace"
}
data "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = logto_application_secret.test.name
}
data "logto_application_secrets" "test" {
  application_id = logto_application.test.id
  depends_on     = [logto_application_secret.test]
}
data "logto_hook" "test" {
  id = logto_hook.test.id
}
data "logto_hooks" "test" {
  depends_on = [logto_hook.test]
}
resource "logto_organization" "test" {
  name = "Trace"
}
resource "logto_personal_access_token" "test" {
  user_id = logto_user.password.id
  name    = "trace"
}
`, c.endpoint, fakelogto.AppID, fakelogto.AppSecret)
}

// resources are those that are given secrets. secret is the attribute of that
// name, or its write-only twin.
func (c *confidential) resources(secret func(name, value string) string) string {
	object := func(key, name string) string { return fmt.Sprintf("{ %s = %q }", key, c.give(name)) }
	text := func(name string) string { return fmt.Sprintf("%q", c.give(name)) }
	var b strings.Builder
	add := func(kind, name, attributes string, secrets ...string) {
		fmt.Fprintf(&b, "resource %q %q {\n%s\n%s\n}\n", kind, name, attributes, strings.Join(secrets, "\n"))
	}
	const script = `script = "const getCustomJwtClaims = async () => ({}); const runAction = async () => undefined;"`
	add("logto_action", "test", `action_type = "action.postSignIn"`+"\n"+script, secret("environment_variables", object("KEY", "Action")))
	add("logto_jwt_customizer", "test", `token_type = "access-token"`+"\n"+script, secret("environment_variables", object("KEY", "Customizer")))
	add("logto_captcha_provider", "test", "type = \"Turnstile\"\nsite_key = \"x\"", secret("secret_key", text("Captcha")))
	add("logto_connector", "social", `connector_id = "github-universal"`,
		secret("config", fmt.Sprintf("jsonencode({ clientId = \"x\", clientSecret = %q })", c.give("Social"))))
	add("logto_connector", "mail", `connector_id = "http-email"`,
		secret("config", fmt.Sprintf("jsonencode({ endpoint = %q, authorization = %q })", c.others.URL+"/mail", c.give("Mail"))))
	add("logto_hook", "test", "name = \"Trace\"\nurl = \"https://trace.example\"\nevents = [\"User.Created\"]", secret("headers", object("Authorization", "Hook")))
	add("logto_organization_invitation", "test", "invitee = \"trace@example.com\"\norganization_id = logto_organization.test.id\nexpires_at = \"2099-01-31T00:00:00Z\"\ndepends_on = [logto_connector.mail]",
		secret("message_payload", "jsonencode("+object("link", "Invitation")+")"))
	add("logto_sso_connector", "test", "provider_name = \"OIDC\"\nconnector_name = \"Trace\"",
		fmt.Sprintf("oidc = {\nclient_id = \"x\"\nissuer = %q\n%s\n}", c.others.URL, secret("client_secret", text("SSO"))))
	add("logto_sso_connector", "bare", "provider_name = \"OIDC\"\nconnector_name = \"Trace bare\"")
	add("logto_sso_connector_config", "test", "connector_id = logto_sso_connector.bare.id",
		fmt.Sprintf("oidc = {\nclient_id = \"x\"\nissuer = %q\n%s\n}", c.others.URL, secret("client_secret", text("SSOConfig"))))
	add("logto_user", "password", `username = "trace_password"`, secret("password", text("Password")))
	digest := c.giveAs(fmt.Sprintf("%032x", 0xabcdef012345678+len(c.secrets)))
	if strings.Contains(secret("password", ""), "_wo") { // the digest of a password cannot be changed
		add("logto_user", "digest_wo", "username = \"trace_digest_wo\"\npassword_algorithm = \"MD5\"", "password_digest_wo = \""+digest+"\"")
	} else {
		add("logto_user", "digest", "username = \"trace_digest\"\npassword_algorithm = \"MD5\"", "password_digest = \""+digest+"\"")
	}
	return b.String()
}

// inState is a configuration whose secrets the state has.
func (c *confidential) inState() string {
	return c.head() + c.resources(func(name, value string) string { return name + " = " + value })
}

// writeOnly is a configuration with other secrets, which the state does not have.
func (c *confidential) writeOnly() string {
	return c.head() + c.resources(func(name, value string) string {
		return name + "_wo = " + value + "\n" + name + "_wo_version = 1"
	})
}

// ephemeral is a configuration that opens every ephemeral resource, and passes what
// it gives on to a webhook.
func (c *confidential) ephemeral() string {
	return c.writeOnly() + `
ephemeral "logto_access_token" "own" {
  scopes = ["all"]
}
ephemeral "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = logto_application_secret.test.name
}
ephemeral "logto_hook_signing_key" "test" {
  hook_id = logto_hook.test.id
}
ephemeral "logto_one_time_token" "test" {
  email = "trace@example.com"
}
ephemeral "logto_personal_access_token" "test" {
  user_id = logto_user.password.id
}
ephemeral "logto_subject_token" "test" {
  user_id = logto_user.password.id
}
resource "logto_hook" "passed_on" {
  name    = "Passed on"
  url     = "https://trace.example"
  events  = ["User.Created"]
  headers_wo = {
    access-token   = ephemeral.logto_access_token.own.access_token
    app-secret     = ephemeral.logto_application_secret.test.value
    signing-key    = ephemeral.logto_hook_signing_key.test.signing_key
    one-time-token = ephemeral.logto_one_time_token.test.token
    personal       = ephemeral.logto_personal_access_token.test.value
    subject        = ephemeral.logto_subject_token.test.subject_token
  }
  headers_wo_version = 1
}
`
}

// passedOn are the secrets that ephemeral resources gave to the webhook.
func (c *confidential) passedOn(t *testing.T, target *acctest.Target) (secrets []string) {
	t.Helper()
	_, answer := target.Do(t, http.MethodGet, "/api/hooks", nil)
	hooks, _ := answer.([]any)
	for _, h := range hooks {
		hook, _ := h.(map[string]any)
		config, _ := hook["config"].(map[string]any)
		headers, _ := config["headers"].(map[string]any)
		for _, v := range headers {
			if text, ok := v.(string); ok && hook["name"] == "Passed on" {
				secrets = append(secrets, text)
			}
		}
	}
	if len(secrets) != 6 {
		t.Errorf("%d ephemeral secrets were passed on, not 6", len(secrets))
	}
	return secrets
}
