// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applicationSecrets = framework.Define[applicationSecret]("application_secret", applicationSecretSchema, (*logto.Client).ApplicationSecrets, "application_id", "name").MutableIdentity()

func applicationSecretSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A secret of an application of type `Traditional`, `MachineToMachine` or `Protected`. An application can have several secrets, so that it can use a new one before the old one is deleted. " +
			"Logto generates the value, which is stored in the state. Logto creates the first secret, `Default secret`, together with the application: import it to rename or delete it.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "`application_id` and `name`, joined by `/`." + planmodifiers.ForResource("It is unknown until the secret exists, so that what refers to it waits, such as an ephemeral `logto_application_secret`."),
				Computed:            true,
			},
			"application_id": schemas.ReferenceAttribute("ID of the application.", validators.IDOf("application")),
			"name":           schemas.NameInPathAttribute("Name of the secret."+planmodifiers.ForResource("It must be unique in the application. Changing the name keeps the value of the secret."), 256),
			"expires_at":     schemas.EndAttribute("Time at which the secret expires, in RFC 3339 format, such as `2030-01-31T00:00:00Z`. If it is not set, the secret does not expire." + planmodifiers.ForResource("It must be in the future when the secret is created. A replaced secret has a new value, and needs another name with `create_before_destroy`.")),
			"created_at":     schemas.MomentAttribute("Time at which the secret was created, in RFC 3339 format."),
			"value":          schemas.GeneratedSecretAttribute("Value of the secret."),
		},
	}
}

type applicationSecret struct {
	ID            types.String `tfsdk:"id"`
	ApplicationID types.String `tfsdk:"application_id"`
	framework.NamedSecret
}

var (
	_ framework.ModelWithCheckWrite[applicationSecret]  = (*applicationSecret)(nil)
	_ framework.ModelWithGuardDelete                    = (*applicationSecret)(nil)
	_ framework.ModelWithIsCompanion[applicationSecret] = (*applicationSecret)(nil)
	_ framework.ModelWithIsOver                         = (*applicationSecret)(nil)
)

func (m *applicationSecret) Expand(context.Context) (logto.ApplicationSecretInput, diag.Diagnostics) {
	return logto.ApplicationSecretInput{Name: m.Name.ValueString(), ExpiresAt: customtypes.Milliseconds(m.ExpiresAt)}, nil
}

func (m *applicationSecret) Flatten(_ context.Context, s *logto.ApplicationSecret) diag.Diagnostics {
	m.ID = types.StringValue(s.ApplicationID + "/" + s.Name)
	m.ApplicationID = types.StringValue(s.ApplicationID)
	m.Take(s.Name, s.CreatedAt, s.ExpiresAt, s.Value)
	return nil
}

// IsCompanion says that Logto makes the first secret with the application.
func (m *applicationSecret) IsCompanion([]*applicationSecret) bool {
	return m.Name.ValueString() == "Default secret"
}

// CheckWrite refuses a new secret that has ended already. An old one may have.
func (m *applicationSecret) CheckWrite(_ context.Context, c *logto.Client, state *applicationSecret, diags *diag.Diagnostics) {
	var prior *framework.NamedSecret
	if state != nil && m.ApplicationID.Equal(state.ApplicationID) {
		prior = &state.NamedSecret
	}
	m.CheckEnd(prior, c.Now(), diags)
}
