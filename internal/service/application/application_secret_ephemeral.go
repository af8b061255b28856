// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralSecret() ephemeral.EphemeralResource {
	return framework.EphemeralResource[ephemeralApplicationSecret]("application_secret", schema.Schema{
		MarkdownDescription: "The value of a secret of an application. Terraform does not store it in a plan or in the state.",
		Attributes: map[string]schema.Attribute{
			"application_id": schema.StringAttribute{
				MarkdownDescription: "ID of the application.",
				Required:            true,
				Validators:          []validator.String{validators.NotEmpty()},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the secret, such as `Default secret`, which Logto creates together with the application.",
				Required:            true,
				Validators:          []validator.String{validators.NotEmpty()},
			},
			"value": schema.StringAttribute{
				MarkdownDescription: "Value of the secret.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "Time at which the secret expires, in RFC 3339 format; null if it does not expire.",
				CustomType:          customtypes.RFC3339Type{},
				Computed:            true,
			},
		},
	})
}

type ephemeralApplicationSecret struct{ applicationSecret }

// Open reads the secret.
func (m *ephemeralApplicationSecret) Open(ctx context.Context, c *logto.Client, diags *diag.Diagnostics) (framework.EphemeralLease, error) {
	s, err := c.ApplicationSecrets().Get(ctx, logto.Key{m.ApplicationID.ValueString(), m.Name.ValueString()})
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	diags.Append(m.Flatten(ctx, s)...)
	return framework.EphemeralLease{}, nil
}
