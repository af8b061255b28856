// SPDX-License-Identifier: MPL-2.0

package saml

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var samlSecrets = framework.Define[samlSecret]("saml_application_secret", samlSecretSchema, (*logto.Client).SAMLSecrets, "application_id", "id")

func samlSecretSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A signing key of a SAML application, with which Logto signs assertions, and its certificate. The private key never leaves Logto. " +
			"At most one key is active: activating a key deactivates the others, including the one that Logto created with the application. " +
			"Users cannot sign in to the application while no key is active. Set `create_before_destroy` to activate a new key before the old one is deleted.",
		Attributes: schemas.SigningKeyAttributes(map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the SAML application.", validators.IDOf("saml_application")),
			"life_span_in_years": schema.Int64Attribute{
				MarkdownDescription: "Lifetime of the certificate, in years.",
				Required:            true,
				Validators:          []validator.Int64{validators.Int64Between(1, 1000)},
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.RequiresReplace()},
			},
		}, "application", "Certificate in PEM format, with CR LF line endings, which the service provider needs to verify assertions. Use it, and not the `certificate` of the `logto_saml_application`, which has the new key only after the next refresh."),
	}
}

type samlSecret struct {
	ApplicationID   types.String `tfsdk:"application_id"`
	LifeSpanInYears types.Int64  `tfsdk:"life_span_in_years"`
	framework.SigningKey
}

var (
	_ framework.ModelWithAfterWrite[samlSecret]  = (*samlSecret)(nil)
	_ framework.ModelWithLinkClaims              = (*samlSecret)(nil)
	_ framework.ModelWithDisplayName             = (*samlSecret)(nil)
	_ framework.ModelWithIsCompanion[samlSecret] = (*samlSecret)(nil)
)

func (m *samlSecret) Expand(context.Context) (logto.SAMLSecretInput, diag.Diagnostics) {
	return logto.SAMLSecretInput{LifeSpanInYears: m.LifeSpanInYears.ValueInt64()}, nil
}

func (m *samlSecret) Flatten(_ context.Context, s *logto.SAMLSecret) diag.Diagnostics {
	m.ApplicationID = types.StringValue(s.ApplicationID)
	m.LifeSpanInYears = types.Int64Value(s.LifeSpanInYears())
	m.Take(&s.SigningKey)
	return nil
}

// AfterWrite makes the secret active or inactive.
func (m *samlSecret) AfterWrite(ctx context.Context, c *logto.Client, planned, _ *samlSecret) error {
	want := flex.BoolPointer(planned.Active)
	if want == nil || *want == m.Active.ValueBool() {
		return nil
	}
	s, err := c.SAMLSecrets().SetActive(ctx, logto.Key{m.ApplicationID.ValueString(), m.ID.ValueString()}, *want)
	if err != nil {
		return err
	}
	m.Active = types.BoolValue(s.Active)
	return nil
}

// LinkClaims says that an application has one active key.
func (m *samlSecret) LinkClaims() []framework.LinkClaim {
	return m.ActiveClaim("the active key of the SAML application", m.ApplicationID)
}

// IsCompanion says that Logto makes the first key with the application.
func (m *samlSecret) IsCompanion(siblings []*samlSecret) bool {
	return m == slices.MinFunc(siblings, func(a, b *samlSecret) int {
		return cmp.Or(cmp.Compare(*customtypes.Milliseconds(a.CreatedAt), *customtypes.Milliseconds(b.CreatedAt)), cmp.Compare(a.ID.ValueString(), b.ID.ValueString()))
	})
}
