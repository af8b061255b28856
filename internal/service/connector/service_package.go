// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "connectors",
		Resources: []func() resource.Resource{connectors.Resource, ssoConnectors.Resource, ssoSigningKeys.Resource, ssoConfigs.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return connectorData.DataSource("A connector, by its ID, its target or its factory. The data source has no settings, because they contain secrets.",
					framework.Lookup{Attribute: "target", Query: logto.WithTarget}, framework.Lookup{Attribute: "connector_id"})
			},
			func() datasource.DataSource {
				return connectorData.PluralDataSource("connectors", "All connectors of the tenant, or those that match all arguments. The data source has no settings, because they contain secrets.",
					framework.Filter{Attribute: "target", Description: "Only connectors with this target.", Query: logto.WithTarget},
					framework.Filter{Attribute: "type", Description: "Only connectors of this type: " + connectorTypes.String() + ".", Enum: connectorTypes},
					framework.Filter{Attribute: "connector_id", Description: "Only connectors of this factory, by its ID."})
			},
			func() datasource.DataSource {
				return factories.DataSource("A connector factory of the server, by its ID.")
			},
			func() datasource.DataSource {
				return factories.PluralDataSource("connector_factories", "All connector factories of the server, or those of one type.",
					framework.Filter{Attribute: "type", Description: "Only factories of connectors of this type: " + connectorTypes.String() + ".", Enum: connectorTypes})
			},
			func() datasource.DataSource {
				return ssoConnectorData.DataSource("An enterprise connector, by its ID or its name. The data source has no settings of the identity provider, because they contain secrets.",
					framework.Lookup{Attribute: "connector_name"})
			},
			func() datasource.DataSource {
				return ssoConnectorData.PluralDataSource("sso_connectors", "All enterprise connectors of the tenant, or those for one type of identity provider. The data source has no settings of the identity provider, because they contain secrets.",
					framework.Filter{Attribute: "provider_name", Description: "Only connectors for this type of identity provider: " + ssoProviders.String() + ".", Enum: ssoProviders})
			},
			func() datasource.DataSource {
				return ssoSigningKeys.PluralDataSource("sso_connector_signing_keys", "All signing keys of an enterprise connector for SAML."+
					schemas.SinceOperation("GET /api/sso-connectors/{id}/signing-keys"))
			},
			func() datasource.DataSource {
				return providers.PluralDataSource("sso_connector_providers", "All types of identity providers for enterprise single sign-on (SSO) that the server supports.")
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource { return connectors.List("Lists the connectors of the tenant.") },
			func() list.ListResource { return ssoConnectors.List("Lists the enterprise connectors of the tenant.") },
			func() list.ListResource {
				return ssoConfigs.List("Lists the settings of the enterprise connectors of the tenant.")
			},
			func() list.ListResource {
				return ssoSigningKeys.List("Lists the signing keys of an enterprise connector for SAML." + schemas.SinceOperation("GET /api/sso-connectors/{id}/signing-keys"))
			},
		},
		Actions: []func() action.Action{testAction},
		Hints:   hints(),
	}
}
