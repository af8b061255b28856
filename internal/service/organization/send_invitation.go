// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func sendInvitationAction() action.Action {
	return framework.Action[sendInvitation]("send_organization_invitation", schema.Schema{
		MarkdownDescription: "Sends the email with an invitation to an organization, be it for the first time or again, and fails when the invitation has ended or the email cannot be sent. " +
			"It needs a connector of type `Email` with a template for invitations.",
		Attributes: map[string]schema.Attribute{
			"invitation_id": schema.StringAttribute{
				MarkdownDescription: "ID of the invitation, `id` of `logto_organization_invitation`.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			// Not write-only, which version 1.19 of the plugin framework refuses in actions.
			"message_payload": schema.StringAttribute{
				MarkdownDescription: "What the email says, as a JSON object of the variables of its template, such as `jsonencode({ link = \"https://example.com/join\" })`. " +
					"The organization and who invites are variables in any case. `locale` chooses the language of the template. It is in a plan that is saved. Defaults to `{}`.",
				CustomType: customtypes.NormalizedType{},
				Optional:   true,
				Validators: []validator.String{validators.IsJSONObject()},
			},
		},
	})
}

type sendInvitation struct {
	InvitationID   types.String           `tfsdk:"invitation_id"`
	MessagePayload customtypes.Normalized `tfsdk:"message_payload"`
}

// Invoke sends the email, unless nobody could follow the invitation any more.
func (m *sendInvitation) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	i, err := c.OrganizationInvitations().Get(ctx, logto.Key{m.InvitationID.ValueString()})
	if err != nil {
		return err
	}
	if i.Status != "Pending" {
		return &logto.InputError{Issues: []logto.Issue{{Path: []any{"invitationId"},
			Message: "The invitation of " + i.Invitee + " is " + i.Status + ", so nobody can accept it any more. Make another one."}}}
	}
	if err := c.SendOrganizationInvitation(ctx, i.ID, customtypes.RawJSON(m.MessagePayload)); err != nil {
		return err
	}
	say("The invitation was sent to " + i.Invitee + ".")
	return nil
}
