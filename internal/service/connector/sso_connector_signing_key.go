// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var ssoSigningKeys = framework.Define[ssoSigningKey]("sso_connector_signing_key", ssoSigningKeySchema, (*logto.Client).SSOSigningKeys, "connector_id", "id")

func ssoSigningKeySchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A signing key of an enterprise connector for SAML, with which Logto signs its requests to the identity provider, and its certificate. The private key never leaves Logto. " +
			"At most one key of a connector is active: activating a key deactivates the others. " +
			"With `sign_authn_request` of `logto_sso_connector_config`, Logto signs its requests. While it does, Logto keeps the active key: activate another one first, with `create_before_destroy` for a replacement." + schemas.SinceOperation("GET /api/sso-connectors/{id}/signing-keys"),
		Attributes: schemas.SigningKeyAttributes(map[string]schema.Attribute{
			"connector_id": schemas.ReferenceAttribute("ID of the enterprise connector, which must be for SAML.", validators.IDOf("sso_connector")),
		}, "connector", "Certificate in PEM format, with CR LF line endings. Register it at the identity provider."),
	}
}

type ssoSigningKey struct {
	ConnectorID types.String `tfsdk:"connector_id"`
	framework.SigningKey
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
	m.Take(&k.SigningKey)
	return nil
}

// LinkClaims says that a connector has one active key.
func (m *ssoSigningKey) LinkClaims() []framework.LinkClaim {
	return m.ActiveClaim("the active signing key of the enterprise connector", m.ConnectorID)
}
