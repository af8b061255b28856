// SPDX-License-Identifier: MPL-2.0

package effects

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// mailbox gets the verification codes of a tenant. Its configuration lets users sign up
// with an email address.
type mailbox struct {
	config  string
	arrived <-chan delivery
}

// receiveMail is a mailbox for a tenant that has no email connector yet: it can have one.
func receiveMail(t *testing.T, target *acctest.Target) mailbox {
	t.Helper()
	address, arrived := receive(t, target, http.StatusOK)
	_, found := target.Do(t, http.MethodGet, "/api/connectors", nil)
	if slices.ContainsFunc(found.([]any), func(c any) bool { return c.(map[string]any)["type"] == "Email" }) {
		t.Skip("needs a tenant without an email connector: a tenant can have one")
	}
	passwordSignIn(t, target)
	removeUsers(t, target)
	return mailbox{arrived: arrived, config: spa("") + `
resource "logto_connector" "test" {
  connector_id = "http-email"
  config       = jsonencode({ endpoint = "` + address + `", authorization = "effects" })
}
`}
}

// signUpByMail is the sign-in experience in which users sign up with an email address.
func signUpByMail(attributes string) string {
	return experience(`
  sign_up    = { identifiers = ["email"], password = false, verify = true }
  sign_in    = { methods = [{ identifier = "email", password = false, verification_code = true, is_password_primary = false }] }
  depends_on = [logto_connector.test]
` + attributes)
}

// code is the verification code that Logto sent to an address; the test fails if it sent
// none.
func (m mailbox) code(t *testing.T, address string) string {
	t.Helper()
	for {
		select {
		case d := <-m.arrived:
			var mail struct {
				To      string `json:"to"`
				Payload struct {
					Code string `json:"code"`
				} `json:"payload"`
			}
			if err := json.Unmarshal(d.body, &mail); err == nil && mail.To == address && d.header.Get("Authorization") == "effects" {
				return mail.Payload.Code
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("no verification code for %s", address)
		}
	}
}

// signUpByMail creates a user with an email address, as signIn goes.
func (b *browser) signUpByMail(m mailbox, app, address string) answer {
	b.t.Helper()
	if a := b.begin(app, "Register"); a.status != http.StatusNoContent {
		return a
	}
	identifier := map[string]any{"type": "email", "value": address}
	sent := b.experience(http.MethodPost, "/verification/verification-code", map[string]any{"identifier": identifier, "interactionEvent": "Register"})
	if sent.status != http.StatusOK {
		return sent
	}
	return b.finish(b.experience(http.MethodPost, "/verification/verification-code/verify",
		map[string]any{"identifier": identifier, "verificationId": sent.text("verificationId"), "code": m.code(b.t, address)}))
}

// Logto sends no verification code to addresses that the policy rejects, and codes to all
// others through the connector.
func TestAccEffects_addressPolicy(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	mail := receiveMail(t, target)
	signsUp := func(address, code string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b := newBrowser(t, target)
			outcome(b, b.signUpByMail(mail, attribute("logto_application.test", "id"), target.Expand(address)), code)
			if len(mail.arrived) > 0 {
				t.Errorf("Logto sent a code to %s", address)
			}
		})
	}
	const blocked, subaddress = "session.email_blocklist.email_not_allowed", "session.email_blocklist.email_subaddressing_not_allowed"
	policy := func(attributes string) string {
		return mail.config + signUpByMail("  email_blocklist_policy = {\n"+attributes+"\n  }")
	}
	steps := []resource.TestStep{
		{Config: policy(`custom_blocklist = ["@{name}.example.com", "jane@{name}.example.org"]`), Check: resource.ComposeTestCheckFunc(
			signsUp("john@{name}.example.com", blocked), signsUp("jane@{name}.example.org", blocked),
			signsUp("john@{name}.example.org", ""), signsUp("john+1@{name}.example.org", ""),
		)},
		{Config: policy(`block_subaddressing = true`), Check: resource.ComposeTestCheckFunc(
			signsUp("john+2@{name}.example.org", subaddress), signsUp("john@{name}.example.com", ""), signsUp("jane@{name}.example.org", ""),
		)},
	}
	if target.AtLeast(t, "1.42") {
		steps = append(steps, resource.TestStep{Config: policy(`custom_allowlist = ["@{name}.example.net"]`), Check: resource.ComposeTestCheckFunc(
			signsUp("john@{name}.example.edu", blocked), signsUp("john@{name}.example.net", ""),
		)})
	}
	target.Test(t, resource.TestCase{Steps: steps})
}

// A user who signs up with an address of an organization's domain becomes a member, with
// the roles that the organization says.
func TestAccEffects_justInTime(t *testing.T) { //nolint:paralleltest // the sign-in experience is that of the tenant
	target := acctest.StartReal(t)
	mail := receiveMail(t, target)
	organization := func(attributes string) string {
		return mail.config + signUpByMail("") + `
resource "logto_organization_role" "test" {
  name = "{name}"
}
resource "logto_organization" "test" {
  name = "{name}"
  jit  = {
` + attributes + `
  }
}
`
	}
	// joins signs up with an address, and checks the roles of the member.
	joins := func(address string, member bool, role string) resource.TestCheckFunc {
		return with(func(attribute func(string, string) string) {
			b, address := newBrowser(t, target), target.Expand(address)
			b.code(b.signUpByMail(mail, attribute("logto_application.test", "id"), address))
			_, found := target.Do(t, http.MethodGet, "/api/organizations/"+attribute("logto_organization.test", "id")+"/users", nil)
			for _, user := range found.([]any) {
				if user := user.(map[string]any); user["primaryEmail"] == address {
					var got string
					for _, r := range user["organizationRoles"].([]any) {
						got += r.(map[string]any)["name"].(string)
					}
					if !member || got != role {
						t.Errorf("%s is a member with the roles %q, want %t with %q", address, got, member, role)
					}
					return
				}
			}
			if member {
				t.Errorf("%s is not a member", address)
			}
		})
	}
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: organization("email_domains = [\"{name}.example.com\"]\n role_ids = [logto_organization_role.test.id]"), Check: resource.ComposeTestCheckFunc(
			joins("a@{name}.example.com", true, target.Name), joins("a@{name}.example.org", false, ""),
		)},
		{Config: organization("email_domains = [\"{name}.example.org\"]\n role_ids = []"), Check: resource.ComposeTestCheckFunc(
			joins("b@{name}.example.com", false, ""), joins("b@{name}.example.org", true, ""),
		)},
	}})
}
