// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var userIdentities = kit.New[userIdentity]("user_identity", userIdentitySchema, (*logto.Client).UserIdentities, "user_id", "target")

var userIdentitySchema = schema.Schema{
	MarkdownDescription: "Who a user is at a social provider, so that they can sign in through it. A user has at most one identity of each provider.",
	Attributes: map[string]schema.Attribute{
		"user_id": kit.Reference("ID of the user in Logto."),
		"target":  kit.Reference("Provider, as social connectors name it in `target`, such as `github`. There need not be such a connector yet."),
		"provider_user_id": schema.StringAttribute{
			MarkdownDescription: "ID of the user at the provider. No two users may have the same of one provider.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"details": schema.StringAttribute{
			MarkdownDescription: "What the provider says about the user, as a JSON object: `jsonencode({ name = \"Jane\" })`. Logto replaces it when the user signs in through the provider. Default none.",
			CustomType:          kit.NormalizedType{},
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.IsJSONObject()},
			PlanModifiers:       []planmodifier.String{kit.Unset(kit.NewNormalizedNull())},
		},
	},
}

type userIdentity struct {
	UserID         types.String   `tfsdk:"user_id"`
	Target         types.String   `tfsdk:"target"`
	ProviderUserID types.String   `tfsdk:"provider_user_id"`
	Details        kit.Normalized `tfsdk:"details"`
}

func (m *userIdentity) Expand(context.Context) (logto.IdentityBody, diag.Diagnostics) {
	return logto.IdentityBody{UserID: m.ProviderUserID.ValueString(), Details: kit.JSON(m.Details)}, nil
}

func (m *userIdentity) Flatten(_ context.Context, i *logto.Identity) diag.Diagnostics {
	m.UserID = types.StringValue(i.User)
	m.Target = types.StringValue(i.Target)
	m.ProviderUserID = types.StringValue(i.UserID)
	m.Details = kit.JSONKept(m.Details, i.Details)
	return nil
}

// Plan refuses to replace an identity that the user has already, as Logto would
// do without a word.
func (m *userIdentity) Plan(ctx context.Context, c *logto.Client, state *userIdentity, resp *resource.ModifyPlanResponse) {
	if state != nil && m.UserID.Equal(state.UserID) && m.Target.Equal(state.Target) || m.UserID.IsUnknown() || m.Target.IsUnknown() {
		return
	}
	if state == nil && kit.WasApplied(ctx, resp.Private, &resp.Diagnostics) {
		return // it is replaced, so the identity that is there goes first
	}
	has, err := c.UserIdentities().Get(ctx, logto.Key{m.UserID.ValueString(), m.Target.ValueString()})
	// Where it cannot be read, the apply will say why.
	if err == nil && !m.ProviderUserID.Equal(types.StringValue(has.UserID)) {
		resp.Diagnostics.AddAttributeError(kit.Root("target"), "The user has an identity of this provider",
			fmt.Sprintf("The user %s is %s at %s already. Import it as %s/%s to change it.", has.User, has.UserID, has.Target, has.User, has.Target))
	}
}
