// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralSubjectToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[subjectToken]("subject_token", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "A subject token of a user, for user impersonation by token exchange. Terraform does not store it in a plan or in the state. " +
				"The token cannot be revoked; it is valid for 10 minutes.",
			Attributes: map[string]schema.Attribute{
				"user_id": schemas.EphemeralIDAttribute("ID of the user."),
				"context": schema.StringAttribute{
					MarkdownDescription: "Context of the impersonation, which the script of a JWT customizer can read, as a JSON object, such as `jsonencode({ ticket = 42 })`. Defaults to `{}`.",
					CustomType:          customtypes.NormalizedType{},
					Optional:            true,
					Validators:          []validator.String{validators.IsJSONObject()},
				},
				"subject_token": schemas.EphemeralSecretAttribute("Value of the token."),
				"expires_at":    schemas.EphemeralTimeAttribute("Approximate time at which the token expires, in RFC 3339 format."),
			},
		}
	})
}

type subjectToken struct {
	UserID       types.String           `tfsdk:"user_id"`
	Context      customtypes.Normalized `tfsdk:"context"`
	SubjectToken types.String           `tfsdk:"subject_token"`
	ExpiresAt    customtypes.RFC3339    `tfsdk:"expires_at"`
}

// Open makes the token.
func (m *subjectToken) Open(ctx context.Context, c *logto.Client, _ *diag.Diagnostics) (framework.EphemeralLease, error) {
	started := c.Now()
	made, err := c.CreateSubjectToken(ctx, m.UserID.ValueString(), customtypes.RawJSON(m.Context))
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	m.SubjectToken = types.StringValue(made.Value)
	m.ExpiresAt = customtypes.NewRFC3339Value(started.Add(time.Duration(made.ExpiresIn) * time.Second).UTC().Truncate(time.Second))
	return framework.EphemeralLease{}, nil
}
