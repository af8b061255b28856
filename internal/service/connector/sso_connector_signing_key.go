// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var ssoSigningKeys = framework.Define[ssoSigningKey]("sso_connector_signing_key", ssoSigningKeySchema, (*logto.Client).SSOSigningKeys, "connector_id", "id")

var ssoSigningKeySchema = schema.Schema{
	MarkdownDescription: "A signing key of an enterprise connector for SAML, with which Logto signs its requests to the identity provider, and its certificate. The private key never leaves Logto. " +
		"At most one key of a connector is active: activating a key deactivates the others. " +
		"With `sign_authn_request` of `logto_sso_connector_config`, Logto signs its requests. While it does, Logto keeps the active key: activate another one first, with `create_before_destroy` for a replacement." + schemas.SinceOperation("GET /api/sso-connectors/{id}/signing-keys"),
	Attributes: map[string]schema.Attribute{
		"connector_id": schemas.ReferenceAttribute("ID of the enterprise connector, which must be for SAML.", validators.IDOf("sso_connector")),
		"id":           schemas.IDAttribute(),
		"active": schema.BoolAttribute{
			MarkdownDescription: "Whether the key is active and Logto signs with it." + planmodifiers.ForResource("`true` deactivates the other keys of the connector. Terraform deactivates an active key before it deletes it."),
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
		},
		"certificate":        schemas.SettledAttribute("Certificate in PEM format, with CR LF line endings. Register it at the identity provider."),
		"fingerprint_sha256": schemas.SettledAttribute("SHA-256 fingerprint of the certificate, such as `AB:CD:…`."),
		"created_at":         schemas.MomentAttribute("Time at which the key was created, in RFC 3339 format."),
		"expires_at":         schemas.MomentAttribute("Time at which the certificate expires, in RFC 3339 format."),
	},
}

type ssoSigningKey struct {
	ConnectorID       types.String        `tfsdk:"connector_id"`
	ID                types.String        `tfsdk:"id"`
	Active            types.Bool          `tfsdk:"active"`
	Certificate       types.String        `tfsdk:"certificate"`
	FingerprintSHA256 types.String        `tfsdk:"fingerprint_sha256"`
	CreatedAt         customtypes.RFC3339 `tfsdk:"created_at"`
	ExpiresAt         customtypes.RFC3339 `tfsdk:"expires_at"`
}

var (
	_ framework.ModelWithLinkClaims  = (*ssoSigningKey)(nil)
	_ framework.ModelWithDisplayName = (*ssoSigningKey)(nil)
)

func (m *ssoSigningKey) Expand(context.Context) (logto.SSOSigningKeyInput, diag.Diagnostics) {
	return logto.SSOSigningKeyInput{Active: m.Active.ValueBool()}, nil
}

func (m *ssoSigningKey) Flatten(_ context.Context, k *logto.SSOSigningKey) diag.Diagnostics {
	m.ConnectorID = types.StringValue(k.ConnectorID)
	m.ID = types.StringValue(k.ID)
	m.Active = types.BoolValue(k.Active)
	m.Certificate = types.StringValue(k.Certificate)
	m.FingerprintSHA256 = types.StringValue(k.Fingerprints.SHA256.Formatted)
	m.CreatedAt = customtypes.TimeValue(customtypes.NewRFC3339Null(), &k.CreatedAt)
	m.ExpiresAt = customtypes.TimeValue(customtypes.NewRFC3339Null(), &k.ExpiresAt)
	return nil
}

// LinkClaims says that a connector has one active key.
func (m *ssoSigningKey) LinkClaims() []framework.LinkClaim {
	if !m.Active.ValueBool() || !flex.IsGiven(m.ConnectorID) {
		return nil
	}
	return []framework.LinkClaim{{Links: "the active signing key of the enterprise connector " + m.ConnectorID.ValueString(), Exclusive: true, Attribute: "active"}}
}

// DisplayName names the key in lists.
func (m *ssoSigningKey) DisplayName() string { return m.FingerprintSHA256.ValueString() }
