// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
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

// echo shows the data of the step of that name: what it saw once, it keeps.
func echo(step, address string) string {
	return "provider \"echo\" {\n  data = " + address + "\n}\nresource \"echo\" \"" + step + "\" {}\n"
}

func data(step, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("echo."+step, tfjsonpath.New("data").AtMapKey(attribute), want)
}

func TestAccEphemeralAccessToken(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	token := func(step, attributes string) string {
		return "ephemeral \"logto_access_token\" \"test\" {\n" + attributes + "}\n" + echo(step, "ephemeral.logto_access_token.test")
	}
	app := newApplication(t, target, map[string]any{"name": target.Name, "type": "MachineToMachine"})
	spa := newApplication(t, target, map[string]any{"name": target.Name, "type": "Traditional",
		"oidcClientMetadata": map[string]any{"redirectUris": []string{"https://a.example.com"}, "postLogoutRedirectUris": []string{}}})
	credentials := func(app string) string {
		return fmt.Sprintf("  app_id     = %q\n  app_secret = %q\n", app, named(t, target, app, "Default secret")["value"])
	}
	api := `
resource "logto_api_resource" "test" {
  name             = "{name}"
  indicator        = "https://{name}.example.com"
  access_token_ttl = 600
  scopes = {
    "read:x"  = {}
    "write:x" = {}
  }
}
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
  type        = "MachineToMachine"
  scope_ids   = [logto_api_resource.test.scopes["read:x"].id]
}
resource "logto_application_role" "test" {
  application_id = "` + app + `"
  role_id        = logto_role.test.id
}
`
	const resourceLine = "  resource   = \"https://{name}.example.com\"\n"
	jwt := knownvalue.StringRegexp(regexp.MustCompile(`^[\w-]+\.[\w-]+\.[\w-]+$`))
	echoed(t, target,
		// With the provider's own credentials for the Management API.
		resource.TestStep{Config: token("own", "  scopes = [\"all\"]\n"), ConfigStateChecks: []statecheck.StateCheck{
			data("own", "access_token", jwt), data("own", "token_type", knownvalue.StringExact("Bearer")), data("own", "scope", knownvalue.StringExact("all")),
			data("own", "expires_at", knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
		}},
		// With an application's for an API of its own.
		resource.TestStep{Config: api},
		resource.TestStep{Config: api + token("other", credentials(app)+resourceLine+"  scopes = [\"read:x\"]\n"), ConfigStateChecks: []statecheck.StateCheck{
			data("other", "access_token", jwt), data("other", "scope", knownvalue.StringExact("read:x")),
		}},
		resource.TestStep{Config: api + token("none", credentials(app)+resourceLine), ConfigStateChecks: []statecheck.StateCheck{data("none", "scope", knownvalue.StringExact(""))}},
		resource.TestStep{Config: api + token("refused", credentials(app)+resourceLine+"  scopes = [\"read:x\", \"write:x\"]\n"), ExpectError: regexp.MustCompile(`(?s)did not grant all scopes.*write:x`)},
		resource.TestStep{Config: api + token("refused", "  app_id     = \""+app+"\"\n  app_secret = \"wrong\"\n"), ExpectError: regexp.MustCompile(`(?s)Could not open the logto_access_token.*oidc\.invalid_client`)},
		resource.TestStep{Config: api + token("refused", credentials(spa)+resourceLine), ExpectError: regexp.MustCompile(`(?s)oidc\.invalid_request.*machine-to-machine`)},
		resource.TestStep{Config: api + token("refused", "  resource = \"https://nowhere.example.com\"\n"), ExpectError: regexp.MustCompile(`oidc\.invalid_target`)},
		resource.TestStep{Config: api + token("refused", "  app_id = \""+app+"\"\n"), ExpectError: regexp.MustCompile(`app_secret together with`)},
		resource.TestStep{Config: api}, // for the destroy
	)
}

// A token is asked for again when the server is busy or the answer is lost.
func TestAccEphemeralAccessToken_faults(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	for _, f := range []fakelogto.Fault{
		{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}}, {Status: http.StatusServiceUnavailable},
		{Drop: fakelogto.DropBefore}, {Drop: fakelogto.DropAfter},
	} {
		f.Path, f.Times = "/oidc/token", 1
		target.Server.Inject(f)
	}
	echoed(t, target, resource.TestStep{
		Config:            "ephemeral \"logto_access_token\" \"test\" {\n  scopes = [\"all\"]\n}\n" + echo("own", "ephemeral.logto_access_token.test"),
		ConfigStateChecks: []statecheck.StateCheck{data("own", "scope", knownvalue.StringExact("all"))},
	})
}
