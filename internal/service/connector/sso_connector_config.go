// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var ssoConfigs = framework.Define[ssoConfig]("sso_connector_config", ssoConfigSchema, (*logto.Client).SSOConnectorConfigs, "connector_id").
	After(framework.Dependency{Type: "sso_connector_signing_key"})

func ssoConfigSchema() schema.Schema {
	oidc, saml := oidcAttribute(), signedSAMLAttribute()
	oidc.MarkdownDescription = "Settings of the identity provider for OpenID Connect (" + overOIDC.String() + ")."
	saml.MarkdownDescription = "Settings of the identity provider for SAML (" + overSAML.String() + "). Set exactly one of `metadata_url`, `metadata`, and `entity_id` with `sign_in_endpoint` and `x509_certificate`."
	oidc.Validators = []validator.Object{objectvalidator.ExactlyOneOf(path.MatchRoot("oidc"), path.MatchRoot("saml"))}
	return schema.Schema{
		MarkdownDescription: "The settings of the identity provider of a `logto_sso_connector` that has no `oidc` and `saml`, and whether Logto signs its requests. " +
			"The connector exists before its settings, so that the application at the identity provider can use its `redirect_uri`, or its `sp_entity_id` and `acs_url`, and its settings can use the client ID of that application, all in one apply. " +
			"Logto contacts the identity provider when the settings change, so it must be reachable then. " +
			"Logto cannot remove the settings from a connector: destroying the resource ends the signing of requests and does not change the other settings, and creating it replaces existing settings.",
		Attributes: map[string]schema.Attribute{
			"connector_id": schemas.ReferenceAttribute("ID of the enterprise connector.", validators.IDOf("sso_connector")),
			"oidc":         oidc,
			"saml":         saml,
		},
	}
}

type ssoConfig struct {
	ConnectorID types.String `tfsdk:"connector_id"`
	OIDC        types.Object `tfsdk:"oidc"`
	SAML        types.Object `tfsdk:"saml"`
}

var (
	_ framework.ModelWithValidate                 = (*ssoConfig)(nil)
	_ framework.ModelWithCheckWrite[ssoConfig]    = (*ssoConfig)(nil)
	_ framework.ModelWithCopyWriteOnly[ssoConfig] = (*ssoConfig)(nil)
	_ framework.ModelWithLinkClaims               = (*ssoConfig)(nil)
	_ framework.ModelWithIsCompanion[ssoConfig]   = (*ssoConfig)(nil)
)

func (m *ssoConfig) Expand(context.Context) (in logto.SSOConnectorConfigInput, diags diag.Diagnostics) {
	if config := expandSettings(m.OIDC, m.SAML, &diags); config != nil {
		in.Config = *config
	}
	in.SecretVersion = flex.Int64Pointer(setting[types.Int64](m.OIDC, "client_secret_wo_version"))
	return in, diags
}

func (m *ssoConfig) Flatten(ctx context.Context, c *logto.SSOConnectorConfig) (diags diag.Diagnostics) {
	imported := m.OIDC.IsNull() && m.SAML.IsNull()
	m.ConnectorID = types.StringValue(c.ConnectorID)
	saml := overSAML.Contains(c.ProviderName)
	switch {
	case !saml && imported:
		m.OIDC = flex.FlattenNested(ctx, m.OIDC, c.Config, &diags)
	case !saml:
		m.OIDC = oidcValue(ctx, m.OIDC, c.Config, &diags)
	default:
		if c.Config.SignAuthnRequest == nil {
			c.Config.SignAuthnRequest = new(bool)
		}
		m.SAML = flex.FlattenNested(ctx, m.SAML, c.Config, &diags)
	}
	return diags
}

// Validate checks what does not depend on the connector.
func (m *ssoConfig) Validate(_ context.Context, diags *diag.Diagnostics) { checkForm(m.SAML, diags) }

// CopyWriteOnly takes what only the configuration has.
func (m *ssoConfig) CopyWriteOnly(config *ssoConfig) {
	if flex.IsGiven(m.OIDC) {
		m.OIDC = withSetting(m.OIDC, "client_secret_wo", setting[types.String](config.OIDC, "client_secret_wo"))
	}
}

// CheckWrite checks that the settings are those of the identity provider of the
// connector, and that new ones have a secret.
func (m *ssoConfig) CheckWrite(ctx context.Context, c *logto.Client, state *ssoConfig, diags *diag.Diagnostics) {
	if state == nil && flex.IsGiven(m.OIDC) {
		framework.NeedSecret(framework.Root("oidc").AtName("client_secret"), setting[types.String](m.OIDC, "client_secret"),
			setting[types.Int64](m.OIDC, "client_secret_wo_version"), diags)
	}
	if !flex.IsGiven(m.ConnectorID) {
		return
	}
	connector, err := c.SSOConnectors().Get(ctx, logto.Key{m.ConnectorID.ValueString()})
	switch {
	case err != nil:
		framework.Refuse(diags, "connector_id", "Could not read the enterprise connector", err.Error())
	case flex.IsGiven(m.OIDC) && overSAML.Contains(connector.ProviderName):
		framework.RefuseAt(diags, framework.Root("oidc"), unfitting, "The connector is for "+connector.ProviderName+", which uses SAML. Set saml instead.")
	case flex.IsGiven(m.SAML) && overOIDC.Contains(connector.ProviderName):
		framework.RefuseAt(diags, framework.Root("saml"), unfitting, "The connector is for "+connector.ProviderName+", which uses OpenID Connect. Set oidc instead.")
	case overOIDC.Contains(connector.ProviderName):
		checkIssuer(connector.ProviderName, m.OIDC, diags)
	}
}

// LinkClaims says that this resource manages the settings of the connector.
func (m *ssoConfig) LinkClaims() []framework.LinkClaim {
	return settingsClaim(m.ConnectorID, m.OIDC, m.SAML)
}

// IsCompanion says that the connector itself is exported with its settings, unless it
// signs.
func (m *ssoConfig) IsCompanion([]*ssoConfig) bool {
	return !setting[types.Bool](m.SAML, "sign_authn_request").ValueBool()
}
