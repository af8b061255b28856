// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func sendInvitationAction() action.Action {
	return framework.Action[sendInvitation]("send_organization_invitation", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Sends the email of an organization invitation, for the first time or again. It fails if the invitation is not pending or Logto cannot send the email. " +
				"The tenant needs an email connector with a template for invitations.",
			Attributes: map[string]schema.Attribute{
				"invitation_id": schemas.ActionIDAttribute("ID of the `logto_organization_invitation`."),
				// Not write-only, which version 1.19 of the plugin framework refuses in actions.
				"message_payload": schema.StringAttribute{
					MarkdownDescription: "Variables for the email template, as a JSON object, such as `jsonencode({ link = \"https://example.com/join\" })`. " +
						"The organization and the inviter are always available. The variable `locale` selects the language of the template. A saved plan contains the value. Defaults to `{}`.",
					CustomType: customtypes.NormalizedType{},
					Optional:   true,
					Validators: []validator.String{validators.IsJSONObject()},
				},
			},
		}
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
	if i.Status != invitationPending {
		return &logto.InputError{Issues: []logto.Issue{{Path: []any{"invitationId"},
			Message: "The invitation of " + i.Invitee + " is " + i.Status + ", so it can no longer be accepted. Create another one."}}}
	}
	if err := c.SendOrganizationInvitation(ctx, i.ID, customtypes.RawJSON(m.MessagePayload)); err != nil {
		return err
	}
	say("The invitation was sent to " + i.Invitee + ".")
	return nil
}
