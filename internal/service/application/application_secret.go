// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applicationSecrets = framework.Define[applicationSecret]("application_secret", applicationSecretSchema, (*logto.Client).ApplicationSecrets, "application_id", "name").MutableIdentity()

var applicationSecretSchema = schema.Schema{
	MarkdownDescription: "A secret of an application of type `Traditional`, `MachineToMachine` or `Protected`. An application can have several secrets, so that it can use a new one before the old one is deleted. " +
		"Logto generates the value, which is stored in the state. Logto creates the first secret, `Default secret`, together with the application: import it to rename or delete it.",
	Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "`application_id` and `name`, joined by `/`." + planmodifiers.ForResource("It is unknown until the secret exists, so that what refers to it waits, such as an ephemeral `logto_application_secret`."),
			Computed:            true,
		},
		"application_id": schemas.ReferenceAttribute("ID of the application.", validators.IDOf("application")),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the secret." + planmodifiers.ForResource("It must be unique in the application. Changing the name keeps the value of the secret."),
			Required:            true,
			Validators:          []validator.String{validators.Length(1, 256)},
		},
		"expires_at": schema.StringAttribute{
			MarkdownDescription: "Time at which the secret expires, in RFC 3339 format, such as `2030-01-31T00:00:00Z`. If it is not set, the secret does not expire." + planmodifiers.ForResource("It must be in the future when the secret is created. A replaced secret has a new value, and needs another name with `create_before_destroy`."),
			CustomType:          customtypes.RFC3339Type{},
			Optional:            true,
			PlanModifiers:       []planmodifier.String{planmodifiers.ReplaceOnNewTime()},
		},
		"created_at": schemas.MomentAttribute("Time at which the secret was created, in RFC 3339 format."),
		"value": schema.StringAttribute{
			MarkdownDescription: "Value of the secret.",
			Computed:            true,
			Sensitive:           true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
	},
}

type applicationSecret struct {
	ID            types.String        `tfsdk:"id"`
	ApplicationID types.String        `tfsdk:"application_id"`
	Name          types.String        `tfsdk:"name"`
	ExpiresAt     customtypes.RFC3339 `tfsdk:"expires_at"`
	Value         types.String        `tfsdk:"value"`
	CreatedAt     customtypes.RFC3339 `tfsdk:"created_at"`
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
	m.Name = types.StringValue(s.Name)
	m.ExpiresAt = customtypes.TimeValue(m.ExpiresAt, s.ExpiresAt)
	m.Value = types.StringValue(s.Value)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, s.CreatedAt)
	return nil
}

// IsCompanion says that Logto makes the first secret with the application.
func (m *applicationSecret) IsCompanion([]*applicationSecret) bool {
	return m.Name.ValueString() == "Default secret"
}

// IsOver reports whether the secret has expired.
func (m *applicationSecret) IsOver(now time.Time) bool { return customtypes.HasEnded(m.ExpiresAt, now) }

// CheckWrite refuses a new secret that has ended already. An old one may have.
func (m *applicationSecret) CheckWrite(_ context.Context, c *logto.Client, state *applicationSecret, diags *diag.Diagnostics) {
	had := customtypes.NewRFC3339Null()
	if state != nil && m.ApplicationID.Equal(state.ApplicationID) {
		had = state.ExpiresAt
	}
	framework.CheckEnd("expires_at", m.ExpiresAt, had, c.Now(), diags)
}
