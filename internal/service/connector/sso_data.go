// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ssoConnectorData is what the data sources show: no settings, which hold secrets.
var ssoConnectorData = framework.Define[shownSSOConnector]("sso_connector", schema.Schema{
	MarkdownDescription: ssoConnectorSchema.MarkdownDescription,
	Attributes:          replaced(ssoConnectorSchema.Attributes, nil, "oidc", "saml"),
}, (*logto.Client).SSOConnectors).OmitFromPlural("redirect_uri")

type shownSSOConnector struct{ ssoFacts }

func (m *shownSSOConnector) Expand(context.Context) (logto.SSOConnectorInput, diag.Diagnostics) {
	return logto.SSOConnectorInput{}, nil
}

func (m *shownSSOConnector) Flatten(ctx context.Context, c *logto.SSOConnector) diag.Diagnostics {
	return m.take(ctx, c)
}

var providers = framework.Define[provider]("sso_connector_provider", schema.Schema{
	MarkdownDescription: "A type of identity provider that the server supports.",
	Attributes: map[string]schema.Attribute{
		"provider_name": schema.StringAttribute{MarkdownDescription: "Name of the type, which is the `provider_name` of a `logto_sso_connector`.", Computed: true},
		"provider_type": schema.StringAttribute{MarkdownDescription: "Protocol of the identity provider: `oidc` or `saml`.", Computed: true},
		"name":          schema.StringAttribute{MarkdownDescription: "Display name, in English.", Computed: true},
		"description":   schema.StringAttribute{MarkdownDescription: "Description, in English.", Computed: true},
	},
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
