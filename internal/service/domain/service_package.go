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
		Resources: []func() resource.Resource{domains.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return domains.DataSource("A domain of the tenant, by its ID or by itself. On Logto Cloud only.", framework.Lookup{Attribute: "domain"})
			},
			func() datasource.DataSource {
				return domains.PluralDataSource("domains", "All domains of the tenant: none on a self-hosted Logto. `verification_files` is in the data source of one domain only.")
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return domains.List("Lists the domains of the tenant: none on a self-hosted Logto.")
			},
		},
	}
}
