// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var invitationEnds = validators.Enum{"Revoked", invitationAccepted}

func setInvitationStatusAction() action.Action {
	return framework.Action[setInvitationStatus]("set_invitation_status", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Ends a pending organization invitation: revokes it, or accepts it for a user, who becomes a member of the organization with the roles of the invitation.",
			Attributes: map[string]schema.Attribute{
				"invitation_id": schemas.ActionIDAttribute("ID of the `logto_organization_invitation`."),
				"status":        schemas.ActionEnumAttribute("New status of the invitation", invitationEnds),
				"accepted_user_id": schema.StringAttribute{
					MarkdownDescription: "ID of the user who accepts the invitation. It is required for the status `Accepted`. The email address of the user must be that of the invitation.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
			},
		}
	})
}

type setInvitationStatus struct {
	InvitationID   types.String `tfsdk:"invitation_id"`
	Status         types.String `tfsdk:"status"`
	AcceptedUserID types.String `tfsdk:"accepted_user_id"`
}

var _ framework.ModelWithValidate = (*setInvitationStatus)(nil)

// Validate requires a user for the status Accepted, and refuses one for another status.
func (m *setInvitationStatus) Validate(_ context.Context, diags *diag.Diagnostics) {
	accepted := m.Status.ValueString() == invitationAccepted
	switch {
	case m.Status.IsUnknown():
	case accepted && m.AcceptedUserID.IsNull():
		framework.Refuse(diags, "accepted_user_id", "No user accepts the invitation", "Set accepted_user_id to the ID of the user who accepts it.")
	case !accepted && !m.AcceptedUserID.IsNull():
		framework.Refuse(diags, "accepted_user_id", "Only an accepted invitation has a user", "Remove accepted_user_id, or set status to Accepted.")
	}
}

// Invoke sets the status.
func (m *setInvitationStatus) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	if err := c.SetInvitationStatus(ctx, m.InvitationID.ValueString(), m.Status.ValueString(), m.AcceptedUserID.ValueString()); err != nil {
		return err
	}
	say("The invitation " + m.InvitationID.ValueString() + " is " + m.Status.ValueString() + ".")
	return nil
}
