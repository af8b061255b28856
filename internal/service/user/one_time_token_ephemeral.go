// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

var interactionEvents = validators.Enum{"SignIn", "Register", "ForgotPassword"}

func ephemeralOneTimeToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[oneTimeToken]("one_time_token", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "A token with which a user can sign in once, for example with a magic link. Terraform does not store it in a plan or in the state. " +
				"Each plan and each apply that needs the token creates a new one. The token is not revoked at the end of the run, so that the user can use it; it expires by itself.",
			Attributes: map[string]schema.Attribute{
				"email": schema.StringAttribute{
					MarkdownDescription: "Email address of the user. " + validators.LengthSays(1, longestAddress) + " The user must sign in with the address in the same letter case.",
					Required:            true,
					Validators:          []validator.String{validators.Length(1, longestAddress), validators.StringFunc("must be an email address", emailPattern.MatchString)},
				},
				"expires_in": schema.Int64Attribute{
					MarkdownDescription: fmt.Sprintf("Lifetime of the token, in seconds. The value must be at least 1. Defaults to `%d`.", defaultOneTimeTokenLife),
					Optional:            true,
					Computed:            true,
					Validators:          []validator.Int64{validators.Int64AtLeast(1)},
				},
				"jit_organization_ids": schema.SetAttribute{
					MarkdownDescription: "IDs of organizations. The user becomes a member of them when the user signs in with the token.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.Set{validators.Each(validators.NotEmpty())},
				},
				"interaction_event": schema.StringAttribute{
					MarkdownDescription: "Purpose of the token: " + interactionEvents.String() + ". If it is not set, the token is valid for all of them." + schemas.SinceSetting("/api/one-time-tokens/{id}", "context.interactionEvent"),
					Optional:            true,
					Validators:          []validator.String{interactionEvents.OneOf()},
				},
				"id": schema.StringAttribute{
					MarkdownDescription: "ID of the token.",
					Computed:            true,
				},
				"token":      schemas.EphemeralSecretAttribute("Value of the token."),
				"expires_at": schemas.EphemeralTimeAttribute("Time at which the token expires, in RFC 3339 format."),
			},
		}
	})
}

type oneTimeToken struct {
	Email              types.String        `tfsdk:"email"`
	ExpiresIn          types.Int64         `tfsdk:"expires_in"`
	JITOrganizationIDs types.Set           `tfsdk:"jit_organization_ids"`
	InteractionEvent   types.String        `tfsdk:"interaction_event"`
	ID                 types.String        `tfsdk:"id"`
	Token              types.String        `tfsdk:"token"`
	ExpiresAt          customtypes.RFC3339 `tfsdk:"expires_at"`
}

// defaultOneTimeTokenLife is Logto's, in seconds.
const defaultOneTimeTokenLife = 600

// longestAddress is how many characters the email address of a user can have.
const longestAddress = 128

// Open makes the token.
func (m *oneTimeToken) Open(ctx context.Context, c *logto.Client, diags *diag.Diagnostics) (framework.EphemeralLease, error) {
	organizations, d := flex.StringSlice(ctx, m.JITOrganizationIDs)
	diags.Append(d...)
	if m.ExpiresIn.IsNull() {
		m.ExpiresIn = types.Int64Value(defaultOneTimeTokenLife)
	}
	made, err := c.OneTimeTokens().Create(ctx, logto.Key{""}, logto.OneTimeTokenInput{
		Email:     m.Email.ValueString(),
		ExpiresIn: m.ExpiresIn.ValueInt64(),
		Context:   logto.OneTimeTokenContext{JITOrganizationIDs: organizations, InteractionEvent: flex.StringPointer(m.InteractionEvent)},
	})
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	if !m.InteractionEvent.IsNull() && made.Context.InteractionEvent == nil {
		framework.Refuse(diags, "interaction_event", "Logto did not keep what it was given",
			"The setting needs Logto "+since.OfSetting("/api/one-time-tokens/{id}", "context.interactionEvent")+" or later, and an older one ignores it. Leave it out.")
	}
	m.ID = types.StringValue(made.ID)
	m.Token = types.StringValue(made.Token)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, &made.ExpiresAt)
	return framework.EphemeralLease{}, nil
}
