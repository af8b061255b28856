// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

const invitation = `
resource "logto_organization_invitation" "test" {
  invitee         = "{name}@example.com"
  organization_id = logto_organization.test.id
  expires_at      = "2099-01-31T00:00:00Z"
}`

// inviting is the invitation with more attributes.
func inviting(attributes string) string {
	return company + strings.Replace(invitation, "\n}", "\n"+attributes+"\n}", 1)
}

const unchangeable = "Logto cannot change an invitation"

var invitationLife = acctest.Lifecycle{
	Resource: "logto_organization_invitation.test",
	Setup:    company,
	Minimal:  invitation,
	Full: `
resource "logto_organization_invitation" "test" {
  invitee         = "Full.{name}@example.com"
  organization_id = logto_organization.test.id
  expires_at      = "2099-02-28T12:30:00.125Z"
  inviter_id      = logto_user.test.id
  role_ids        = [logto_organization_role.member.id, logto_organization_role.admin.id]
}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_organization_invitation.test", tfjsonpath.New("status"), knownvalue.StringExact("Pending")),
		statecheck.ExpectKnownValue("logto_organization_invitation.test", tfjsonpath.New("role_ids"), knownvalue.SetSizeExact(0)),
		statecheck.ExpectKnownValue("logto_organization_invitation.test", tfjsonpath.New("inviter_id"), knownvalue.Null()),
		statecheck.ExpectKnownValue("logto_organization_invitation.test", tfjsonpath.New("accepted_user_id"), knownvalue.Null()),
	},
	Path:     "/api/organization-invitations/{id}",
	Parent:   "/api/organizations/{organization_id}",
	Replaces: true,
	NoDrift: map[string]string{"invitee": unchangeable, "organization_id": unchangeable, "expires_at": unchangeable, "inviter_id": unchangeable,
		"role_ids": unchangeable, "message_payload": "Logto does not store it"},
}

func TestAccOrganizationInvitation(t *testing.T) { invitationLife.Run(t) }

func TestAccOrganizationInvitation_faults(t *testing.T) { invitationLife.Faults(t) }

// An invitation that was accepted stays as it is, is not replaced, and destroying it
// leaves the membership that came of it.
func TestAccOrganizationInvitation_accepted(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	setup := strings.Replace(company, `username = replace("{name}", "-", "_")`, `primary_email = "{name}@example.com"`, 1)
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name + " own"})
	config := setup + strings.Replace(invitation, "\n}", "\n  role_ids = [\""+role+"\"]\n}", 1)
	var organization, user string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config, Check: resource.ComposeTestCheckFunc(id("logto_organization.test", &organization), id("logto_user.test", &user), func(s *terraform.State) error {
			do(t, target, http.MethodPut, "/api/organization-invitations/"+s.RootModule().Resources["logto_organization_invitation.test"].Primary.ID+"/status",
				map[string]any{"status": "Accepted", "acceptedUserId": user})
			return nil
		})},
		{Config: config, ConfigPlanChecks: nothingTo, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("logto_organization_invitation.test", tfjsonpath.New("status"), knownvalue.StringExact("Accepted")),
			statecheck.CompareValuePairs("logto_organization_invitation.test", tfjsonpath.New("accepted_user_id"), "logto_user.test", tfjsonpath.New("id"), sameValues{})}},
		{ // another one would be refused, after this one was deleted
			Config:      strings.Replace(config, "role_ids = [", "role_ids = [logto_organization_role.admin.id, ", 1),
			PlanOnly:    true,
			ExpectError: regexp.MustCompile(`(?s)role_ids = .*Logto\s+creates\s+none.*logto_organization_member.*-refresh=false`),
		},
		{Config: strings.Replace(config, "2099", "2098", 1), ExpectError: regexp.MustCompile(`(?s)expires_at .*logto_organization_member`)},
		{ // that a role is gone is no change of an invitation that is over
			PreConfig: func() { do(t, target, http.MethodDelete, "/api/organization-roles/"+role, nil) },
			Config:    config, ConfigPlanChecks: nothingTo,
		},
		{Config: setup, Check: func(*terraform.State) error {
			if members := values(t, target, "/api/organizations/"+organization+"/users", "id"); len(members) != 1 || members[0] != user {
				return fmt.Errorf("the members are %v, not %s", members, user)
			}
			return nil
		}},
	}})
}

// sameValues compares what a check collected.
type sameValues struct{}

func (sameValues) CompareValues(values ...any) error {
	for _, v := range values {
		if fmt.Sprint(v) != fmt.Sprint(values[0]) {
			return fmt.Errorf("the values differ: %v", values)
		}
	}
	return nil
}

// Any change is another invitation; another spelling of the time is none.
func TestAccOrganizationInvitation_replaces(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	replaced := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction("logto_organization_invitation.test", plancheck.ResourceActionDestroyBeforeCreate)}}
	var first string
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: inviting(""), Check: id("logto_organization_invitation.test", &first)},
		{Config: strings.Replace(inviting(""), "00:00:00Z", "01:00:00+01:00", 1), Check: func(s *terraform.State) error {
			if now := s.RootModule().Resources["logto_organization_invitation.test"].Primary.ID; now != first {
				return fmt.Errorf("the same time made another invitation")
			}
			return nil
		}},
		{Config: strings.Replace(inviting(""), "01-31", "01-30", 1), ConfigPlanChecks: replaced},
		{Config: inviting("role_ids = [logto_organization_role.member.id]"), ConfigPlanChecks: replaced},
		{Config: inviting(""), ConfigPlanChecks: replaced},
	}})
}

// A pending invitation is not deleted for one that Logto would refuse: the plan warns,
// and lets a destroy through, and the apply fails before it.
func TestAccOrganizationInvitation_doomed(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	role := newObject(t, target, "/api/organization-roles", map[string]any{"name": target.Name + " own"})
	with := inviting("role_ids = [\"" + role + "\"]")
	var first string
	stays := func(*terraform.State) error {
		target.Get(t, "/api/organization-invitations/"+first)
		return nil
	}
	missing := regexp.MustCompile(`(?s)role_ids = .*no\s+organization\s+role`)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: with, Check: id("logto_organization_invitation.test", &first)},
		{
			PreConfig: func() { do(t, target, http.MethodDelete, "/api/organization-roles/"+role, nil) },
			Config:    with, PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		{Config: with, ExpectError: missing},
		{Config: inviting(""), Check: stays, ConfigPlanChecks: nothingTo},
		{Config: strings.Replace(inviting(""), "2099", "2019", 1), PlanOnly: true, ExpectNonEmptyPlan: true},
		{Config: strings.Replace(inviting(""), "2099", "2019", 1), ExpectError: regexp.MustCompile(`(?s)expired\s+already.*expires_at`)},
		{Config: inviting(""), Check: stays, ConfigPlanChecks: nothingTo},
		{ // of one that is gone, too, a destroy begins with a plan
			PreConfig: func() { do(t, target, http.MethodDelete, "/api/organization-invitations/"+first, nil) },
			Config:    strings.Replace(inviting(""), "2099", "2019", 1), PlanOnly: true, ExpectNonEmptyPlan: true,
		},
		{Config: inviting("")},
	}})
}

// A message needs an email connector: without one Logto takes the invitation
// back. What the message says write-only is nowhere.
func TestAccOrganizationInvitation_message(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t) // has no email connector
	noConnector := regexp.MustCompile(`(?s)connector\.not_found`)
	steps := []resource.TestStep{
		{Config: inviting(`message_payload = jsonencode({ link = "https://example.com" })`), ExpectError: noConnector},
		{Config: inviting(`message_payload = "[]"`), PlanOnly: true, ExpectError: regexp.MustCompile(`must be a JSON object`)},
		{Config: inviting("message_payload = \"{}\"\nmessage_payload_wo = \"{}\""), PlanOnly: true, ExpectError: regexp.MustCompile(`(?i)cannot be specified|conflict`)},
		{Config: inviting(`message_payload = jsonencode({ link = "https://example.com" })`), ExpectError: noConnector},
		{Config: inviting("")},
		{Config: inviting(`message_payload = jsonencode({ link = "https://example.com" })`), ExpectError: noConnector}, // made anew
		{Config: inviting("message_payload_wo_version = 1"), PlanOnly: true, ExpectError: regexp.MustCompile(`message_payload_wo`)},
		{Config: company},
	}
	if acctest.AtLeast(t, "1.11.0", "1.11.0") {
		steps = append(steps, resource.TestStep{
			Config:      inviting("message_payload_wo = jsonencode({ link = \"https://example.com\" })\nmessage_payload_wo_version = 1"),
			ExpectError: noConnector,
		}, resource.TestStep{Config: company})
	}
	target.Test(t, resource.TestCase{Steps: steps})
	if left := target.Server.Rows()["organization_invitations"]; left > 0 {
		t.Errorf("%d invitations are left", left)
	}
}

func TestAccOrganizationInvitation_invalid(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: strings.Replace(inviting(""), "@example.com", "", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`must be an email address`)},
		{Config: strings.Replace(inviting(""), "2099-01-31T00:00:00Z", "tomorrow", 1), PlanOnly: true, ExpectError: regexp.MustCompile(`RFC ?3339`)},
		{Config: strings.Replace(inviting(""), "2099", "2019", 1), ExpectError: regexp.MustCompile(`(?s)expired\s+already.*expires_at`)},
		{Config: strings.Replace(inviting(""), "logto_organization.test.id", "\"missing\"", 1), ExpectError: regexp.MustCompile(`entity\.relation_foreign_key_not_found`)},
		{Config: inviting("") + `
resource "logto_organization_invitation" "twin" {
  invitee         = logto_organization_invitation.test.invitee
  organization_id = logto_organization.test.id
  expires_at      = "2099-01-31T00:00:00Z"
}`, ExpectError: regexp.MustCompile(`(?s)invitee .*entity\.unique_integrity_violation.*pending\s+invitation`)},
		{Config: company},
	}})
}
