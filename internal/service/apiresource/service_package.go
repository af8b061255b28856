// SPDX-License-Identifier: MPL-2.0

// Package apiresource has the API resources of a tenant and their scopes.
package apiresource

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "api_resources",
		Resources: []func() resource.Resource{apiResources.Resource, apiResourceScopes.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return apiResources.DataSource("An API resource and its scopes, by its ID, its indicator or its name. The built-in Management API has the ID `"+managementAPI+"`.",
					framework.Lookup{Attribute: "indicator"}, framework.Lookup{Attribute: "name"})
			},
			func() datasource.DataSource {
				return apiResources.PluralDataSource("api_resources", "All API resources of the tenant with their scopes, including the built-in Management API.")
			},
			func() datasource.DataSource {
				return apiResourceScopes.DataSource("A scope of an API resource, by its ID or its name.",
					framework.Lookup{Attribute: "name", Query: framework.ExactName})
			},
			func() datasource.DataSource {
				return apiResourceScopes.PluralDataSource("api_resource_scopes", "The scopes of an API resource.",
					framework.SearchFilter("scopes whose name, description or ID"))
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return apiResources.List("Lists the API resources of the tenant, except the built-in Management API.")
			},
			func() list.ListResource { return apiResourceScopes.List("Lists the scopes of an API resource.") },
		},
		Hints: hints(),
	}
}
