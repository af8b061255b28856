// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const machine = `
resource "logto_api_resource" "test" {
  name             = "{name}"
  indicator        = "https://{name}.example.com"
  access_token_ttl = 600
  scopes           = { read = {}, write = {} }
}
resource "logto_application" "test" {
  name     = "{name}"
  type     = "MachineToMachine"
  role_ids = [logto_role.test.id]
}
resource "logto_application_secret" "test" {
  application_id = logto_application.test.id
  name           = "effects"
}
`

func machineRole(scopes string) string {
	return machine + `
resource "logto_role" "test" {
  name        = "{name}"
  description = "x"
  type        = "MachineToMachine"
  scope_ids   = [for name in ` + scopes + ` : logto_api_resource.test.scopes[name].id]
}`
}

// The access token of a machine-to-machine application has the scopes of its roles, and
// lives as long as the API resource says. A secret that is destroyed gets none.
func TestAccEffects_machineToken(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	var id, secret string
	ask := func() answer {
		return b.token(url.Values{"grant_type": {"client_credentials"}, "resource": {target.Expand("https://{name}.example.com")}, "scope": {"read write"}}, id, secret)
	}
	grants := func(scopes string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			id, secret = attribute("logto_application.test", "id"), attribute("logto_application_secret.test", "value")
			a := ask()
			if a.status != http.StatusOK || a.text("scope") != scopes || a.body["expires_in"] != 600.0 {
				t.Errorf("HTTP %d with scope %q for %v seconds, want %q for 600", a.status, a.text("scope"), a.body["expires_in"], scopes)
			}
			if got := claims(t, a.text("access_token"))["client_id"]; got != id {
				t.Errorf("the token is that of %v", got)
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: machineRole(`["read", "write"]`), Check: grants("read write")},
		{Config: machineRole(`["read"]`), Check: grants("read")},
	}})
	if a := ask(); a.status < http.StatusBadRequest {
		t.Errorf("after the destroy the secret still gets a token: HTTP %d", a.status)
	}
}

// A customizer puts claims into tokens, and denies them to applications that it does not
// know. It cannot deny them to Terraform.
func TestAccEffects_customizer(t *testing.T) { //nolint:paralleltest // a tenant has one customizer
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	customizer := func(script string) string {
		return machineRole(`["read"]`) + `
resource "logto_jwt_customizer" "test" {
  token_type            = "client-credentials"
  environment_variables = { REGION = "eu" }
  script                = <<-EOT
` + script + `
  EOT
}`
	}
	ask := func(check func(answer)) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			check(b.token(url.Values{"grant_type": {"client_credentials"}, "resource": {target.Expand("https://{name}.example.com")}},
				attribute("logto_application.test", "id"), attribute("logto_application_secret.test", "value")))
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: customizer("const getCustomJwtClaims = async ({ environmentVariables }) => ({ region: environmentVariables.REGION });"),
			Check: ask(func(a answer) {
				if got := claims(t, a.text("access_token"))["region"]; got != "eu" {
					t.Errorf("the claim is %v", got)
				}
			}),
		},
		{
			Config: customizer("const getCustomJwtClaims = async ({ token, context, api }) => context.application.name.startsWith('tf-') ? api.denyAccess() : {};"),
			Check: ask(func(a answer) {
				if a.status < http.StatusBadRequest || a.text("error") != "access_denied" {
					t.Errorf("HTTP %d %v", a.status, a.body["error"])
				}
			}),
		},
		{
			Config: customizer("const getCustomJwtClaims = async () => { throw new Error('x'); };"),
			Check: ask(func(a answer) {
				if a.status != http.StatusOK {
					t.Errorf("a failing script: HTTP %d %v", a.status, a.body["error"])
				}
			}),
		},
	}})
}

// An organization token has the scopes of the roles that the application has there.
func TestAccEffects_organizationToken(t *testing.T) {
	t.Parallel()
	target := acctest.StartReal(t)
	b := newBrowser(t, target)
	const config = machine + `
resource "logto_role" "test" {
  name        = "{name}"
  description = "x"
  type        = "MachineToMachine"
  scope_ids   = [logto_api_resource.test.scopes["read"].id]
}
resource "logto_organization_scope" "test" {
  name = "{name}"
}
resource "logto_organization" "test" {
  name = "{name}"
}
resource "logto_organization_role" "test" {
  name      = "{name}"
  type      = "MachineToMachine"
  scope_ids = [logto_organization_scope.test.id]
}
`
	const membership = `
resource "logto_organization_application" "test" {
  organization_id = logto_organization.test.id
  application_id  = logto_application.test.id
  role_ids        = [logto_organization_role.test.id]
}`
	ask := func(check func(answer)) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			check(b.token(url.Values{"grant_type": {"client_credentials"}, "organization_id": {attribute("logto_organization.test", "id")}, "scope": {target.Name}},
				attribute("logto_application.test", "id"), attribute("logto_application_secret.test", "value")))
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config + membership, Check: ask(func(a answer) {
			if a.status != http.StatusOK || a.text("scope") != target.Name {
				t.Errorf("HTTP %d with scope %q, want %q", a.status, a.text("scope"), target.Name)
			}
		})},
		{Config: config, Check: ask(func(a answer) {
			if a.status < http.StatusBadRequest {
				t.Errorf("an application that is no longer in the organization: HTTP %d", a.status)
			}
		})},
	}})
}
