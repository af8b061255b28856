// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralSecret() ephemeral.EphemeralResource {
	return framework.EphemeralResource[ephemeralApplicationSecret]("application_secret", schema.Schema{
		MarkdownDescription: "The value of an application's secret, for use in the same run and without a trace in plan or state.",
		Attributes: map[string]schema.Attribute{
			"application_id": schema.StringAttribute{
				MarkdownDescription: "ID of the application.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the secret, such as `Default secret`, which Logto makes together with the application.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"value": schema.StringAttribute{
				MarkdownDescription: "The secret itself.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "When the secret stops working, in RFC 3339 form; null for never.",
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
