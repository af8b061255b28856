// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var invitations = framework.Define[invitation]("organization_invitation", invitationSchema, (*logto.Client).OrganizationInvitations)

func invitationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An invitation to become a member of an organization. Logto cannot change an invitation, so a change deletes it and creates a new one. " +
			"An invitation that a user has accepted is not replaced: use `logto_organization_member` to manage the roles of the member. " +
			"Destroying an accepted invitation does not remove the member.",
		Attributes: map[string]schema.Attribute{
			"id": schemas.IDAttribute(),
			"invitee": schemas.KeyAttribute("Email address of the user to invite."+planmodifiers.ForResource("An organization can have one pending invitation for each address."),
				validators.LengthAtMost(256), validators.IsEmailAddress()),
			"organization_id": schemas.ReferenceAttribute("ID of the organization.", validators.IDOf("organization")),
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "Time at which the invitation expires, in RFC 3339 format, such as `2030-01-31T00:00:00Z`. Logto stores milliseconds." + planmodifiers.ForResource("It must be in the future when the invitation is created."),
				CustomType:          customtypes.RFC3339Type{},
				Required:            true,
				PlanModifiers:       []planmodifier.String{planmodifiers.ReplaceOnNewTime()},
			},
			"inviter_id": schema.StringAttribute{
				MarkdownDescription: "ID of the user who invites. Logto deletes the invitation together with that user.",
				Optional:            true,
				Validators:          []validator.String{validators.RefersTo(validators.IDOf("user"))},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"role_ids": schema.SetAttribute{
				MarkdownDescription: "IDs of the organization roles of type `User` that Logto assigns to the user who accepts the invitation.",
				ElementType:         types.StringType,
				Optional:            true,
				Computed:            true,
				Default:             setdefault.StaticValue(flex.EmptySet),
				Validators:          []validator.Set{validators.RefersTo(validators.IDOf("organization_role"))},
				PlanModifiers:       []planmodifier.Set{replacedByPlan{}},
			},
			"message_payload": schema.StringAttribute{
				MarkdownDescription: "Variables for the email template of the invitation, as a JSON object, such as `jsonencode({ link = \"https://example.com/join\" })`." +
					planmodifiers.ForResource("Logto sends the email once, when it creates the invitation, and needs an email connector for it. If it is not set, Logto sends no email. "+
						"It is stored in the state: use `message_payload_wo` for a link with a one-time token. Removing the value does not change the invitation."),
				CustomType:    customtypes.NormalizedType{},
				Optional:      true,
				Sensitive:     true,
				Validators:    []validator.String{validators.IsSecretJSONObject(), stringvalidator.ConflictsWith(path.MatchRoot("message_payload_wo"))},
				PlanModifiers: []planmodifier.String{replaceUnlessImported},
			},
			"message_payload_wo": schema.StringAttribute{
				MarkdownDescription: "Alternative to `message_payload`, which can contain ephemeral values such as a one-time token. Set `message_payload_wo_version` as well.",
				Optional:            true,
				WriteOnly:           true,
				Sensitive:           true,
				Validators:          []validator.String{validators.IsSecretJSONObject()},
			},
			"message_payload_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `message_payload_wo`, which can be any number. When it changes, Logto creates and sends a new invitation.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("message_payload_wo"))},
				PlanModifiers: []planmodifier.Int64{int64planmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.Int64Request, resp *int64planmodifier.RequiresReplaceIfFuncResponse) {
					resp.RequiresReplace = !req.PlanValue.IsNull() && (!req.StateValue.IsNull() || planmodifiers.WasApplied(ctx, req.Private, &resp.Diagnostics))
				}, replaces, replaces)},
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "Status of the invitation: `Pending`, `Accepted`, `Expired` or `Revoked`.",
				Computed:            true,
			},
			"created_at": schemas.MomentAttribute("Time at which the invitation was created, in RFC 3339 format."),
			"accepted_user_id": schema.StringAttribute{
				MarkdownDescription: "ID of the user who accepted the invitation; null before that.",
				Computed:            true,
			},
		},
	}
}

// What the email says is not read back, so an imported invitation has none in
// its state, and must not be made anew when the configuration has one. Without one
// there is nothing to send.
const replaces = "Another value replaces the resource, except none and the first one after an import."

var replaceUnlessImported = stringplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.PlanValue.IsNull() && (!req.StateValue.IsNull() || planmodifiers.WasApplied(ctx, req.Private, &resp.Diagnostics))
}, replaces, replaces)

type invitation struct {
	ID                      types.String           `tfsdk:"id"`
	Invitee                 types.String           `tfsdk:"invitee"`
	OrganizationID          types.String           `tfsdk:"organization_id"`
	ExpiresAt               customtypes.RFC3339    `tfsdk:"expires_at"`
	InviterID               types.String           `tfsdk:"inviter_id"`
	RoleIDs                 types.Set              `tfsdk:"role_ids"`
	MessagePayload          customtypes.Normalized `tfsdk:"message_payload"`
	MessagePayloadWO        types.String           `tfsdk:"message_payload_wo"`
	MessagePayloadWOVersion types.Int64            `tfsdk:"message_payload_wo_version"`
	Status                  types.String           `tfsdk:"status"`
	AcceptedUserID          types.String           `tfsdk:"accepted_user_id"`
	CreatedAt               customtypes.RFC3339    `tfsdk:"created_at"`
}

var (
	_ framework.ModelWithModifyPlan[invitation]    = (*invitation)(nil)
	_ framework.ModelWithCheckWrite[invitation]    = (*invitation)(nil)
	_ framework.ModelWithCopyWriteOnly[invitation] = (*invitation)(nil)
	_ framework.ModelWithDisplayName               = (*invitation)(nil)
	_ framework.ModelWithIsOver                    = (*invitation)(nil)
)

func (m *invitation) Expand(ctx context.Context) (logto.OrganizationInvitationInput, diag.Diagnostics) {
	roles, diags := flex.StringSlice(ctx, m.RoleIDs)
	in := logto.OrganizationInvitationInput{
		Invitee:             m.Invitee.ValueString(),
		OrganizationID:      m.OrganizationID.ValueString(),
		InviterID:           flex.StringPointer(m.InviterID),
		OrganizationRoleIDs: roles,
		MessagePayload:      customtypes.RawJSON(m.MessagePayload),
	}
	if at := customtypes.Milliseconds(m.ExpiresAt); at != nil {
		in.ExpiresAt = *at
	}
	if given := flex.StringPointer(m.MessagePayloadWO); given != nil {
		in.MessagePayload = json.RawMessage(*given)
	}
	return in, diags
}

func (m *invitation) Flatten(_ context.Context, i *logto.OrganizationInvitation) diag.Diagnostics {
	m.ID = types.StringValue(i.ID)
	m.Invitee = types.StringValue(i.Invitee)
	m.OrganizationID = types.StringValue(i.OrganizationID)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, &i.ExpiresAt)
	m.InviterID = types.StringPointerValue(i.InviterID)
	// A role that was deleted after the invitation was accepted is no change of it.
	if i.Status != invitationAccepted || !flex.IsGiven(m.RoleIDs) {
		m.RoleIDs = flex.StringSet(logto.IDs(i.OrganizationRoles))
	}
	m.MessagePayloadWO = types.StringNull()
	m.Status = types.StringValue(i.Status)
	m.AcceptedUserID = types.StringPointerValue(i.AcceptedUserID)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, i.CreatedAt)
	return nil
}

// CopyWriteOnly takes what only the configuration has.
func (m *invitation) CopyWriteOnly(config *invitation) { m.MessagePayloadWO = config.MessagePayloadWO }

// IsOver reports whether nobody can accept the invitation any more.
func (m *invitation) IsOver(now time.Time) bool {
	return m.Status.ValueString() != invitationPending || customtypes.HasEnded(m.ExpiresAt, now)
}

// DisplayName names the invitation in lists.
func (m *invitation) DisplayName() string { return m.Invitee.ValueString() }
