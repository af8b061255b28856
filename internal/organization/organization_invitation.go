// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"
	"encoding/json"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var invitations = kit.New[invitation]("organization_invitation", invitationSchema, (*logto.Client).OrganizationInvitations)

var emailAddress = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)

var invitationSchema = schema.Schema{
	MarkdownDescription: "An invitation to become a member of an organization. It cannot be changed, so any change replaces it: the invitation is deleted and made anew. " +
		"When it is accepted or has expired, it stays as it is. Destroying it deletes the invitation, and takes nobody's membership away.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"invitee": schema.StringAttribute{
			MarkdownDescription: "Email address of who is invited. An organization has at most one pending invitation for an address. Changing it replaces the invitation.",
			Required:            true,
			Validators:          []validator.String{kit.Rule("must be an email address", emailAddress.MatchString)},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"organization_id": kit.Reference("ID of the organization."),
		"expires_at": schema.StringAttribute{
			MarkdownDescription: "When the invitation ends, in RFC 3339 form such as `2030-01-31T00:00:00Z`, exact to the millisecond, in the future. Changing it replaces the invitation.",
			CustomType:          kit.RFC3339Type{},
			Required:            true,
			PlanModifiers:       []planmodifier.String{kit.ReplaceOnNewTime()},
		},
		"inviter_id": schema.StringAttribute{
			MarkdownDescription: "ID of the user who invites. Deleting the user deletes the invitation. Default none. Changing it replaces the invitation.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull()), stringplanmodifier.RequiresReplace()},
		},
		"role_ids": schema.SetAttribute{
			MarkdownDescription: "IDs of the organization roles, of type `User`, that who accepts gets. Default none. Changing it replaces the invitation.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers:       []planmodifier.Set{kit.Unset(kit.EmptySet), setplanmodifier.RequiresReplace()},
		},
		"message_payload": schema.StringAttribute{
			MarkdownDescription: "What the email with the invitation says, as a JSON object of the variables of its template, such as `jsonencode({ link = \"https://example.com/join\" })`. " +
				"It is sent once, when the invitation is made, and needs an email connector. Left out, no email is sent. It is in the state: use `message_payload_wo` for a link that lets people in. " +
				"Changing it replaces the invitation.",
			CustomType:    kit.NormalizedType{},
			Optional:      true,
			Sensitive:     true,
			Validators:    []validator.String{kit.IsSecretJSONObject(), stringvalidator.ConflictsWith(path.MatchRoot("message_payload_wo"))},
			PlanModifiers: []planmodifier.String{replaceUnlessImported},
		},
		"message_payload_wo": schema.StringAttribute{
			MarkdownDescription: "The same as `message_payload`, and never in a plan or a state. It can hold ephemeral values, such as a one-time token. Needs Terraform or OpenTofu 1.11.",
			Optional:            true,
			WriteOnly:           true,
			Sensitive:           true,
			Validators:          []validator.String{kit.IsSecretJSONObject()},
		},
		"message_payload_wo_version": schema.Int64Attribute{
			MarkdownDescription: "A number that says which `message_payload_wo` it is. Changing it replaces the invitation, and so sends the email again.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("message_payload_wo"))},
			PlanModifiers: []planmodifier.Int64{int64planmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.Int64Request, resp *int64planmodifier.RequiresReplaceIfFuncResponse) {
				resp.RequiresReplace = !req.StateValue.IsNull() || kit.WasApplied(ctx, req.Private, &resp.Diagnostics)
			}, replaces, replaces)},
		},
		"status": schema.StringAttribute{
			MarkdownDescription: "`Pending`, `Accepted`, `Expired` or `Revoked`.",
			Computed:            true,
		},
		"accepted_user_id": schema.StringAttribute{
			MarkdownDescription: "ID of the user who accepted the invitation.",
			Computed:            true,
		},
	},
}

// What the email says is not read back, so an imported invitation has none in
// its state, and must not be made anew when the configuration has one.
const replaces = "Another value replaces the resource, except the first one after an import."

var replaceUnlessImported = stringplanmodifier.RequiresReplaceIf(func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull() || kit.WasApplied(ctx, req.Private, &resp.Diagnostics)
}, replaces, replaces)

type invitation struct {
	ID                      types.String   `tfsdk:"id"`
	Invitee                 types.String   `tfsdk:"invitee"`
	OrganizationID          types.String   `tfsdk:"organization_id"`
	ExpiresAt               kit.RFC3339    `tfsdk:"expires_at"`
	InviterID               types.String   `tfsdk:"inviter_id"`
	RoleIDs                 types.Set      `tfsdk:"role_ids"`
	MessagePayload          kit.Normalized `tfsdk:"message_payload"`
	MessagePayloadWO        types.String   `tfsdk:"message_payload_wo"`
	MessagePayloadWOVersion types.Int64    `tfsdk:"message_payload_wo_version"`
	Status                  types.String   `tfsdk:"status"`
	AcceptedUserID          types.String   `tfsdk:"accepted_user_id"`
}

func (m *invitation) Expand(ctx context.Context) (logto.OrganizationInvitationInput, diag.Diagnostics) {
	roles, diags := kit.Strings(ctx, m.RoleIDs)
	in := logto.OrganizationInvitationInput{
		Invitee:             m.Invitee.ValueString(),
		OrganizationID:      m.OrganizationID.ValueString(),
		InviterID:           kit.Text(m.InviterID),
		OrganizationRoleIDs: roles,
		MessagePayload:      kit.JSON(m.MessagePayload),
	}
	if at := kit.Milliseconds(m.ExpiresAt); at != nil {
		in.ExpiresAt = *at
	}
	if given := kit.Text(m.MessagePayloadWO); given != nil {
		in.MessagePayload = json.RawMessage(*given)
	}
	return in, diags
}

func (m *invitation) Flatten(_ context.Context, i *logto.OrganizationInvitation) diag.Diagnostics {
	m.ID = types.StringValue(i.ID)
	m.Invitee = types.StringValue(i.Invitee)
	m.OrganizationID = types.StringValue(i.OrganizationID)
	m.ExpiresAt = kit.TimeValue(m.ExpiresAt, &i.ExpiresAt)
	m.InviterID = types.StringPointerValue(i.InviterID)
	m.RoleIDs = kit.StringSet(logto.IDs(i.OrganizationRoles))
	m.MessagePayloadWO = types.StringNull()
	m.Status = types.StringValue(i.Status)
	m.AcceptedUserID = types.StringPointerValue(i.AcceptedUserID)
	return nil
}

// TakeWriteOnly takes what only the configuration has.
func (m *invitation) TakeWriteOnly(config *invitation) { m.MessagePayloadWO = config.MessagePayloadWO }

// Plan refuses an invitation that would have ended before it is made, or with
// roles that users cannot have.
func (m *invitation) Plan(ctx context.Context, c *logto.Client, state *invitation, resp *resource.ModifyPlanResponse) {
	had := kit.NullSet
	if state != nil {
		had = state.RoleIDs
	}
	planRoles(ctx, c, "role_ids", ofUsers, m.RoleIDs, had, resp)
	ends := kit.Milliseconds(m.ExpiresAt)
	if state == nil && ends != nil && *ends <= time.Now().UnixMilli() {
		resp.Diagnostics.AddAttributeError(kit.Root("expires_at"), "The invitation would have expired already",
			"Give a time in the future. When the invitation was deleted after it had expired, remove it from the configuration.")
	}
}

// Title names the invitation in lists.
func (m *invitation) Title() string { return m.Invitee.ValueString() }
