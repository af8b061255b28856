// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralSubjectToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[subjectToken]("subject_token", schema.Schema{
		MarkdownDescription: "A token that stands for a user in a token exchange, to act as that user (impersonation), without a trace in plan or state. " +
			"It cannot be taken back; it is valid until `expires_at`, which is 10 minutes.",
		Attributes: map[string]schema.Attribute{
			"user_id": schema.StringAttribute{
				MarkdownDescription: "ID of the user.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"context": schema.StringAttribute{
				MarkdownDescription: "Data of your own that scripts for custom token claims can read, as a JSON object: `jsonencode({ ticket = 42 })`. Defaults to `{}`.",
				CustomType:          customtypes.NormalizedType{},
				Optional:            true,
				Validators:          []validator.String{validators.IsJSONObject()},
			},
			"subject_token": schema.StringAttribute{
				MarkdownDescription: "The token.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "When the token stops working, in RFC 3339 form, to the second or so.",
				CustomType:          customtypes.RFC3339Type{},
				Computed:            true,
			},
		},
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
