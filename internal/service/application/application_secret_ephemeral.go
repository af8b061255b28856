// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralSecret() ephemeral.EphemeralResource {
	return framework.EphemeralResource[ephemeralApplicationSecret]("application_secret", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "The value of a secret of an application. Terraform does not store it in a plan or in the state.",
			Attributes: map[string]schema.Attribute{
				"id": schema.StringAttribute{
					MarkdownDescription: "The `id` of the `logto_application_secret`. Use it for a secret that the same configuration creates: Terraform then reads the value when the secret exists. Set either `id`, or `application_id` and `name`.",
					Optional:            true,
					Computed:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"application_id": schema.StringAttribute{
					MarkdownDescription: "ID of the application. It needs `name`.",
					Optional:            true,
					Computed:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"name": schema.StringAttribute{
					MarkdownDescription: "Name of the secret, such as `Default secret`, which Logto creates together with the application. It needs `application_id`.",
					Optional:            true,
					Computed:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"value":      schemas.EphemeralSecretAttribute("Value of the secret."),
				"expires_at": schemas.EphemeralTimeAttribute("Time at which the secret expires, in RFC 3339 format; null if it does not expire."),
				"created_at": schemas.EphemeralTimeAttribute("Time at which the secret was created, in RFC 3339 format."),
			},
		}
	})
}

type ephemeralApplicationSecret struct{ applicationSecret }

var _ framework.ModelWithValidate = (*ephemeralApplicationSecret)(nil)

// Validate makes sure that it is clear which secret is meant.
func (m *ephemeralApplicationSecret) Validate(_ context.Context, diags *diag.Diagnostics) {
	const summary = "Which secret is not clear"
	switch {
	case !m.ID.IsNull() && (!m.ApplicationID.IsNull() || !m.Name.IsNull()):
		framework.Refuse(diags, "id", summary, "Set either id, or application_id and name.")
	case m.ID.IsNull() && m.ApplicationID.IsNull():
		framework.Refuse(diags, "application_id", summary, "Set application_id and name, or id.")
	case m.ID.IsNull() && m.Name.IsNull():
		framework.Refuse(diags, "name", summary, "Set name in addition to application_id.")
	case flex.IsGiven(m.ID) && !strings.Contains(m.ID.ValueString(), "/"):
		framework.Refuse(diags, "id", "Not the id of a secret", "It is the ID of the application and the name of the secret, joined by a slash: the id of a logto_application_secret.")
	}
}

// Open reads the secret.
func (m *ephemeralApplicationSecret) Open(ctx context.Context, c *logto.Client, diags *diag.Diagnostics) (framework.EphemeralLease, error) {
	key := logto.Key{m.ApplicationID.ValueString(), m.Name.ValueString()}
	if !m.ID.IsNull() {
		key[0], key[1], _ = strings.Cut(m.ID.ValueString(), "/")
	}
	s, err := c.ApplicationSecrets().Get(ctx, key)
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	diags.Append(m.Flatten(ctx, s)...)
	return framework.EphemeralLease{}, nil
}
