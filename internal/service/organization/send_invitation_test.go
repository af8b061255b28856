// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// oneMailbox is held by tests that share a tenant, which has one email connector.
var oneMailbox sync.Mutex

// mailbox gives the tenant an email connector, and returns what it is given to
// send. It has no room for what says "full".
func mailbox(t *testing.T, target *acctest.Target) <-chan string {
	t.Helper()
	if target.Server == nil {
		oneMailbox.Lock()
		t.Cleanup(oneMailbox.Unlock)
	}
	sent := make(chan string, 10)
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			Type    string `json:"type"`
			To      string `json:"to"`
			Payload struct {
				Link         string                 `json:"link"`
				Organization struct{ Name string }  `json:"organization"`
				Inviter      *struct{ Name string } `json:"inviter"`
			} `json:"payload"`
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		if m.Payload.Link == "full" {
			http.Error(w, "the mailbox is full", http.StatusTeapot)
			return
		}
		inviter := ""
		if m.Payload.Inviter != nil {
			inviter = m.Payload.Inviter.Name
		}
		sent <- strings.Join([]string{m.Type, m.To, m.Payload.Organization.Name, inviter, m.Payload.Link}, " ")
	}))
	t.Cleanup(gateway.Close)
	id := newObject(t, target, "/api/connectors", map[string]any{"connectorId": "http-email", "config": map[string]any{"endpoint": gateway.URL}})
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/connectors/"+id, nil) })
	return sent
}

func arrived(t *testing.T, sent <-chan string, want string) {
	t.Helper()
	select {
	case got := <-sent:
		if got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	default:
		t.Errorf("nothing was sent, want %q", want)
	}
}

func TestAccSendOrganizationInvitation(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	to := target.Name + "@example.com"
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": "Acme"})
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/organizations/"+organization, nil) })
	user := newObject(t, target, "/api/users", map[string]any{"name": "Jane"})
	t.Cleanup(func() { target.Do(t, http.MethodDelete, "/api/users/"+user, nil) })
	id := newObject(t, target, "/api/organization-invitations",
		map[string]any{"organizationId": organization, "invitee": to, "inviterId": user, "expiresAt": 4070908800000})
	invoke := func(config map[string]any, wantProgress string, wantErrors ...string) {
		t.Helper()
		progress, errors := target.Invoke(t, "logto_send_organization_invitation", config)
		if progress != wantProgress || len(wantErrors) == 0 && errors != "" {
			t.Errorf("%v: progress %q, errors %q", config, progress, errors)
		}
		for _, want := range wantErrors {
			if !strings.Contains(errors, want) {
				t.Errorf("%v: no %q in %q", config, want, errors)
			}
		}
	}
	if target.Server != nil { // a real one may have an email connector
		invoke(map[string]any{"invitation_id": id}, "", "Could not invoke the logto_send_organization_invitation", "connector.not_found", "logto_connector")
	}
	sent := mailbox(t, target)
	invoke(map[string]any{"invitation_id": id, "message_payload": `{"link":"https://example.com/join"}`}, "The invitation was sent to "+to+".")
	arrived(t, sent, "OrganizationInvitation "+to+" Acme Jane https://example.com/join")
	invoke(map[string]any{"invitation_id": id}, "The invitation was sent to "+to+".")
	arrived(t, sent, "OrganizationInvitation "+to+" Acme Jane ")

	invoke(map[string]any{"invitation_id": id, "message_payload": `{"link":"full"}`}, "", "connector.general", "the mailbox is full")
	invoke(map[string]any{"invitation_id": id, "message_payload": `{"link":1}`}, "", "guard.invalid_input", "message_payload")
	invoke(map[string]any{"invitation_id": id, "message_payload": `[]`}, "", "must be a JSON object", "message_payload")
	invoke(map[string]any{"invitation_id": "nothing"}, "", "entity.not_found")
	invoke(map[string]any{"invitation_id": ""}, "", "invitation_id")
	invoke(map[string]any{}, "", "invitation_id")
	do(t, target, http.MethodPut, "/api/organization-invitations/"+id+"/status", map[string]any{"status": "Revoked"})
	invoke(map[string]any{"invitation_id": id}, "", "is Revoked", "invitation_id")
	if len(sent) > 0 {
		t.Errorf("%d messages were sent too many, such as %s", len(sent), <-sent)
	}
}

// An email whose answer is lost is not sent twice.
func TestAccSendOrganizationInvitation_lost(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": "Acme"})
	id := newObject(t, target, "/api/organization-invitations",
		map[string]any{"organizationId": organization, "invitee": "jane@acme.example", "expiresAt": 4070908800000})
	sent := mailbox(t, target)
	target.Server.Inject(fakelogto.Fault{Method: http.MethodPost, Path: "/api/organization-invitations/*/message", Drop: fakelogto.DropAfter, Times: 1})
	if progress, errors := target.Invoke(t, "logto_send_organization_invitation", map[string]any{"invitation_id": id}); errors == "" || progress != "" {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	if len(sent) != 1 {
		t.Errorf("%d messages were sent", len(sent))
	}
}

// What the configuration says is sent with a new invitation. One that cannot be
// sent is not made.
func TestAccOrganizationInvitation_sent(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	sent := mailbox(t, target)
	saying := func(link string) string {
		return inviting(`message_payload = jsonencode({ link = "` + link + `" })`)
	}
	var second string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: saying("full"), ExpectError: regexp.MustCompile(`(?s)mailbox.*full.*connector\.general`)},
		{Config: saying("https://example.com/1")},
		// The same message, formatted otherwise, is not sent again.
		{Config: inviting(`message_payload = "{\n  \"link\" : \"https://example.com/1\"\n}"`), PlanOnly: true},
		{Config: saying("https://example.com/2"), Check: id("logto_organization_invitation.test", &second)},
		{Config: inviting(""), Check: func(*terraform.State) error { // without one there is nothing to send
			target.Get(t, "/api/organization-invitations/"+second)
			return nil
		}},
	}})
	for _, link := range []string{"1", "2"} {
		arrived(t, sent, "OrganizationInvitation "+target.Name+"@example.com "+target.Name+"  https://example.com/"+link)
	}
	if len(sent) > 0 {
		t.Errorf("%d messages were sent too many, such as %s", len(sent), <-sent)
	}
}
