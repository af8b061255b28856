// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ssoConnectorData is what the data sources show: no settings, which hold secrets.
var ssoConnectorData = framework.Define[shownSSOConnector]("sso_connector", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: ssoConnectorSchema().MarkdownDescription,
		Attributes:          schemas.Replaced(ssoConnectorSchema().Attributes, map[string]schema.Attribute{"identity_provider": identityProviderAttribute}, "oidc", "saml"),
	}
}, (*logto.Client).SSOConnectors).OmitFromPlural("redirect_uri")

// identityProviderAttribute is the metadata of an identity provider, which Logto reads anew
// for each response.
var identityProviderAttribute = schema.SingleNestedAttribute{
	MarkdownDescription: "The identity provider, as Logto reads it now; null if the connector has no settings yet, or if Logto cannot reach the identity provider.",
	Computed:            true,
	Attributes: map[string]schema.Attribute{
		"issuer":                 schemas.ShownAttribute("Issuer of the tokens; null for SAML."),
		"authorization_endpoint": schemas.ShownAttribute("URL at which sign-ins start; null for SAML."),
		"token_endpoint":         schemas.ShownAttribute("URL at which Logto gets tokens; null for SAML."),
		"userinfo_endpoint":      schemas.ShownAttribute("URL at which Logto reads the claims of a user; null for SAML, and if there is none."),
		"jwks_uri":               schemas.ShownAttribute("URL of the public keys that verify tokens; null for SAML."),
		"entity_id":              schemas.ShownAttribute("Entity ID of the identity provider; null for OpenID Connect."),
		"sign_in_endpoint":       schemas.ShownAttribute("URL at which sign-ins start; null for OpenID Connect."),
		"x509_certificate":       schemas.ShownAttribute("Certificate that verifies the assertions, in PEM format; null for OpenID Connect."),
		"certificate_expires_at": schemas.ShownTimeAttribute("Time at which the certificate expires, in RFC 3339 format; null for OpenID Connect."),
		"is_certificate_valid":   schemas.ShownBoolAttribute("Whether the certificate has not expired; null for OpenID Connect."),
	},
}

type shownSSOConnector struct {
	ssoFacts
	IdentityProvider types.Object `tfsdk:"identity_provider"`
}

func (m *shownSSOConnector) Expand(context.Context) (logto.SSOConnectorInput, diag.Diagnostics) {
	return logto.SSOConnectorInput{}, nil
}

func (m *shownSSOConnector) Flatten(ctx context.Context, c *logto.SSOConnector) diag.Diagnostics {
	diags := m.take(ctx, c)
	m.IdentityProvider = flex.FlattenNested(ctx, m.IdentityProvider, c.Provider.IdentityProvider(), &diags)
	return diags
}

var providers = framework.Define[provider]("sso_connector_provider", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A type of identity provider that the server supports.",
		Attributes: map[string]schema.Attribute{
			"provider_name": schema.StringAttribute{MarkdownDescription: "Name of the type, which is the `provider_name` of a `logto_sso_connector`.", Computed: true},
			"provider_type": schema.StringAttribute{MarkdownDescription: "Protocol of the identity provider: `oidc` or `saml`.", Computed: true},
			"name":          schema.StringAttribute{MarkdownDescription: "Display name, in English.", Computed: true},
			"description":   schema.StringAttribute{MarkdownDescription: "Description, in English.", Computed: true},
		},
	}
}, (*logto.Client).SSOProviders, "provider_name")

type provider struct {
	ProviderName      types.String `tfsdk:"provider_name"`
	ProviderType      types.String `tfsdk:"provider_type"`
	Name              types.String `tfsdk:"name"`
	Description       types.String `tfsdk:"description"`
	framework.KeyOnly              // it can only be read
}

func (m *provider) Flatten(_ context.Context, p *logto.SSOProvider) diag.Diagnostics {
	*m = provider{
		ProviderName: types.StringValue(p.ProviderName),
		ProviderType: types.StringValue(p.ProviderType),
		Name:         types.StringValue(p.Name),
		Description:  types.StringValue(p.Description),
	}
	return nil
}
