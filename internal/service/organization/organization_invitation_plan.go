// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// invitationAccepted is the status of an invitation that has made a member, and
// invitationPending that of one that still can.
const (
	invitationAccepted = "Accepted"
	invitationPending  = "Pending"
)

// replacedByPlan marks an attribute whose change replaces the resource if
// [invitation.ModifyPlan] says so, because only the API knows whether it can be replaced.
type replacedByPlan struct{}

// Description implements planmodifier.Describer.
func (replacedByPlan) Description(context.Context) string {
	return "Another value replaces the resource, unless Logto would refuse the new one."
}

// MarkdownDescription implements planmodifier.Describer.
func (m replacedByPlan) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifySet implements planmodifier.Set.
func (replacedByPlan) PlanModifySet(context.Context, planmodifier.SetRequest, *planmodifier.SetResponse) {
}

// ModifyPlan refuses roles that users cannot have, and to replace an invitation that was
// accepted, in the place of which Logto makes no other one. Where Logto would refuse
// the other one for another reason, other roles are planned as an update, which then
// fails before the invitation is deleted.
func (m *invitation) ModifyPlan(ctx context.Context, c *logto.Client, _, state *invitation, resp *resource.ModifyPlanResponse) {
	refuseTypes(ctx, c, m.newRoles(state), &resp.Diagnostics)
	if state == nil {
		return
	}
	applied := planmodifiers.WasApplied(ctx, resp.Private, &resp.Diagnostics)
	if changed := m.changed(state, applied); len(changed) > 0 && state.isTaken(ctx, c, m) {
		framework.Refuse(&resp.Diagnostics, changed[0], "The invitation was accepted",
			"A changed invitation is a new one, and Logto creates none for a user who is a member already. Undo the change. "+
				"To change the roles of the member, use logto_organization_member, whose import ID is "+state.memberID()+
				". To destroy the invitation all the same, run terraform destroy -refresh=false.")
		return
	}
	var doomed diag.Diagnostics
	if m.CheckWrite(ctx, c, state, &doomed); !doomed.HasError() && !m.RoleIDs.Equal(state.RoleIDs) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("role_ids"))
	}
}

// CheckWrite finds roles that do not exist, and an end in the past for a new invitation.
func (m *invitation) CheckWrite(ctx context.Context, c *logto.Client, state *invitation, diags *diag.Diagnostics) {
	findMissing(ctx, c, m.newRoles(state), diags)
	ends := customtypes.Milliseconds(m.ExpiresAt)
	if ends != nil && *ends <= c.Now().UnixMilli() && (state == nil || len(m.changed(state, false)) > 0) {
		framework.Refuse(diags, "expires_at", "The invitation would have expired already",
			"Set a time in the future. If the invitation was deleted after it had expired, remove it from the configuration.")
	}
}

func (m *invitation) newRoles(state *invitation) newRoles {
	had := flex.NullSet
	if state != nil {
		had = state.RoleIDs
	}
	return rolesSince("role_ids", ofUsers, m.RoleIDs, had)
}

// changed are the attributes that make another invitation of it for the same address
// in the same organization. The end counts by its time, however it is spelled, and a
// message where it is sent. applied is whether the state has what was sent before.
func (m *invitation) changed(state *invitation, applied bool) (names []string) {
	sent := func(now, was attr.Value) bool {
		return !now.IsNull() && !now.Equal(was) && (!was.IsNull() || applied)
	}
	at, was := customtypes.Milliseconds(m.ExpiresAt), customtypes.Milliseconds(state.ExpiresAt)
	for _, a := range []struct {
		name    string
		changed bool
	}{
		{"role_ids", !m.RoleIDs.Equal(state.RoleIDs)},
		{"inviter_id", !m.InviterID.Equal(state.InviterID)},
		{"expires_at", at == nil || was == nil || *at != *was},
		{"message_payload", sent(m.MessagePayload, state.MessagePayload)},
		{"message_payload_wo_version", sent(m.MessagePayloadWOVersion, state.MessagePayloadWOVersion)},
	} {
		if a.changed {
			names = append(names, a.name)
		}
	}
	return names
}

// isTaken reports whether the invited user has accepted and is still a member, so that
// Logto would refuse wanted in the place of the invitation.
func (m *invitation) isTaken(ctx context.Context, c *logto.Client, wanted *invitation) bool {
	if m.Status.ValueString() != invitationAccepted || !m.Invitee.Equal(wanted.Invitee) || !m.OrganizationID.Equal(wanted.OrganizationID) {
		return false
	}
	_, err := c.OrganizationMembers().Get(ctx, logto.Key{m.OrganizationID.ValueString(), m.AcceptedUserID.ValueString()})
	return !logto.IsNotFound(err)
}

// memberID is the import ID of the member that the invitation has made.
func (m *invitation) memberID() string {
	return m.OrganizationID.ValueString() + "/" + m.AcceptedUserID.ValueString()
}
