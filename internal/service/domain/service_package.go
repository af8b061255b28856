// SPDX-License-Identifier: MPL-2.0

// Package domain has the custom domains of a tenant on Logto Cloud.
package domain

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "domains",
		Resources: []func() resource.Resource{domains.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return domains.DataSource("A custom domain of the tenant, by its ID or its domain name. Only Logto Cloud has custom domains.", framework.Lookup{Attribute: "domain"})
			},
			func() datasource.DataSource {
				return domains.PluralDataSource("domains", "All custom domains of the tenant. A self-hosted Logto has none. Only the data source of a single domain has `verification_files`.")
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return domains.List("Lists the custom domains of the tenant. A self-hosted Logto has none.")
			},
		},
		Hints: hints(),
	}
}
