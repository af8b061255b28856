// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"strings"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccSetInvitationStatus(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	organization := newObject(t, target, "/api/organizations", map[string]any{"name": target.Name})
	invite := func(email string) string {
		return newObject(t, target, "/api/organization-invitations", map[string]any{"organizationId": organization, "invitee": email,
			"expiresAt": time.Now().Add(time.Hour).UnixMilli(), "messagePayload": false})
	}
	email := target.Name + "@example.com"
	user := newObject(t, target, "/api/users", map[string]any{"primaryEmail": email})
	accepted, revoked := invite(email), invite("other-"+email)
	set := func(config map[string]any, said, wrong string) {
		t.Helper()
		progress, errors := target.Invoke(t, "logto_set_invitation_status", config)
		if progress != said || wrong == "" && errors != "" || !strings.Contains(errors, wrong) {
			t.Errorf("progress %q, errors %q", progress, errors)
		}
	}
	set(map[string]any{"invitation_id": revoked, "status": "Revoked"}, "The invitation "+revoked+" is Revoked.", "")
	set(map[string]any{"invitation_id": revoked, "status": "Revoked"}, "", "HTTP 422")
	set(map[string]any{"invitation_id": accepted, "status": "Accepted", "accepted_user_id": user}, "The invitation "+accepted+" is Accepted.", "")
	if status := target.Get(t, "/api/organization-invitations/"+accepted)["status"]; status != "Accepted" {
		t.Errorf("the invitation is %v", status)
	}
}
