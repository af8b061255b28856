// SPDX-License-Identifier: MPL-2.0

// Package role has the roles of a tenant and the scopes that they hold.
package role

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "roles",
		Resources: []func() resource.Resource{roles.Resource, roleScopes.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return roles.DataSource("A role, by its ID or its name.", framework.Lookup{Attribute: "name", Query: framework.ExactName})
			},
			func() datasource.DataSource {
				return roles.PluralDataSource("roles", "All roles of the tenant, or those that match all arguments. Only the data source of a single role has `scope_ids`.",
					framework.Filter{Attribute: "type", Description: "Only roles of this type: " + roleTypes.String() + ".",
						Enum: roleTypes, Query: func(v string) url.Values { return url.Values{"type": {v}} }},
					framework.SearchFilter("roles whose ID, name or description"))
			},
			func() datasource.DataSource {
				return roleUsers.PluralDataSource("role_users", "The users who have a role: all of them, or those that match.",
					framework.SearchFilter("users whose ID, email address, phone number, username or name"))
			},
			func() datasource.DataSource {
				return roleApplications.PluralDataSource("role_applications", "The machine-to-machine applications that have a role.")
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return roles.List("Lists the roles of the tenant, except the built-in `" + managementAccess + "`.")
			},
			func() list.ListResource { return roleScopes.List("Lists the scopes that a role has.") },
		},
		Hints: hints(),
	}
}
