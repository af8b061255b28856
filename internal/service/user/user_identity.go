// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var userIdentities = framework.Define[userIdentity]("user_identity", userIdentitySchema, (*logto.Client).UserIdentities, "user_id", "target")

func userIdentitySchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A social identity of a user: the account at a social provider with which the user can sign in. A user can have one identity for each provider.",
		Attributes: map[string]schema.Attribute{
			"user_id": schemas.ReferenceAttribute("ID of the user.", validators.IDOf("user")),
			"target":  schemas.ReferenceAttribute("Social provider: the `target` of its connectors, such as `github`. The connector need not exist.", validators.AttributeOf("connector", "target")),
			"provider_user_id": schema.StringAttribute{
				MarkdownDescription: "ID of the user at the provider." + planmodifiers.ForResource("It must be unique for the provider."),
				Required:            true,
				Validators:          []validator.String{validators.NotEmpty()},
			},
			"details": schema.StringAttribute{
				MarkdownDescription: "Profile of the user at the provider, as a JSON object, such as `jsonencode({ name = \"Jane\" })`. Logto replaces it when the user signs in with the provider.",
				CustomType:          customtypes.NormalizedType{},
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{validators.IsJSONObject()},
				PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(customtypes.NewNormalizedNull())},
			},
		},
	}
}

type userIdentity struct {
	UserID         types.String           `tfsdk:"user_id"`
	Target         types.String           `tfsdk:"target"`
	ProviderUserID types.String           `tfsdk:"provider_user_id"`
	Details        customtypes.Normalized `tfsdk:"details"`
}

var _ framework.ModelWithCheckWrite[userIdentity] = (*userIdentity)(nil)

func (m *userIdentity) Expand(context.Context) (logto.IdentityBody, diag.Diagnostics) {
	return logto.IdentityBody{UserID: m.ProviderUserID.ValueString(), Details: customtypes.RawJSON(m.Details)}, nil
}

func (m *userIdentity) Flatten(_ context.Context, i *logto.Identity) diag.Diagnostics {
	m.UserID = types.StringValue(i.User)
	m.Target = types.StringValue(i.Target)
	m.ProviderUserID = types.StringValue(i.UserID)
	m.Details = customtypes.JSONPreserving(m.Details, i.Details)
	return nil
}

// CheckWrite finds another identity of this provider that the user has already, and
// that Logto would replace silently.
func (m *userIdentity) CheckWrite(ctx context.Context, c *logto.Client, state *userIdentity, diags *diag.Diagnostics) {
	if state != nil && m.UserID.Equal(state.UserID) && m.Target.Equal(state.Target) || m.UserID.IsUnknown() || m.Target.IsUnknown() {
		return
	}
	has, err := c.UserIdentities().Get(ctx, logto.Key{m.UserID.ValueString(), m.Target.ValueString()})
	switch {
	case logto.IsNotFound(err):
	case err != nil:
		framework.Refuse(diags, "target", "Could not read the identities of the user", err.Error())
	case !m.ProviderUserID.Equal(types.StringValue(has.UserID)):
		framework.Refuse(diags, "target", "The user has an identity of this provider",
			fmt.Sprintf("The user %s is %s at %s already. Import it as %s/%s to change it.", has.User, has.UserID, has.Target, has.User, has.Target))
	}
}
