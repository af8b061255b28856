// SPDX-License-Identifier: MPL-2.0

// Package organization has the organizations of a tenant, their members and
// invitations, and the organization template: the scopes and roles that there
// are in every organization.
package organization

import (
	"net/url"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name: "organizations",
		Resources: []func() resource.Resource{organizations.Resource, scopes.Resource, roles.Resource, roleScopes.Resource,
			members.Resource, applications.Resource, invitations.Resource},
		DataSources: dataSources(),
		Lists: []func() list.ListResource{
			func() list.ListResource { return organizations.List("Lists the organizations of the tenant.") },
			func() list.ListResource {
				return scopes.List("Lists the organization scopes of the organization template.")
			},
			func() list.ListResource {
				return roles.List("Lists the organization roles of the organization template.")
			},
			func() list.ListResource {
				return roleScopes.List("Lists the scopes of an organization role, including those of API resources.")
			},
			func() list.ListResource { return members.List("Lists the users who are members of an organization.") },
			func() list.ListResource {
				return applications.List("Lists the machine-to-machine applications of an organization.")
			},
			func() list.ListResource { return invitations.List("Lists the organization invitations of the tenant.") },
		},
		Actions: []func() action.Action{sendInvitationAction, setInvitationStatusAction},
		Hints:   hints(),
	}
}

func dataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource {
			return organizations.DataSource("An organization, by its ID or its name.", framework.Lookup{Attribute: "name", Query: logto.FuzzySearch})
		},
		func() datasource.DataSource {
			return organizations.PluralDataSource("organizations", "All organizations of the tenant, or those that match all arguments. Only the data source of a single organization has `jit`.",
				search("Only organizations whose ID or name contains this text. Letter case does not matter."))
		},
		func() datasource.DataSource {
			return scopes.DataSource("An organization scope, by its ID or its name.", framework.Lookup{Attribute: "name", Query: logto.FuzzySearch})
		},
		func() datasource.DataSource {
			return scopes.PluralDataSource("organization_scopes", "All organization scopes of the organization template, or those that match.",
				search("Only scopes whose name contains this text. Letter case does not matter."))
		},
		func() datasource.DataSource {
			return roles.DataSource("An organization role and its scopes, by its ID or its name.", framework.Lookup{Attribute: "name", Query: logto.FuzzySearch})
		},
		func() datasource.DataSource {
			return roles.PluralDataSource("organization_roles", "All organization roles of the organization template and their scopes, or those that match all arguments.",
				search("Only roles whose ID, name or description contains this text. Letter case does not matter."),
				framework.Filter{Attribute: "type", Description: "Only roles of this type: " + roleTypes.String() + ".", Enum: roleTypes})
		},
		func() datasource.DataSource {
			return memberData.PluralDataSource("organization_members", "The users who are members of an organization, with their organization roles: all members, or those that match all arguments.",
				search("Only members whose ID, email address, phone number, username or name contains this text. Letter case does not matter."),
				framework.Filter{Attribute: "role_id", Description: "Only members who have this organization role, by its ID.",
					Query: func(v string) url.Values { return url.Values{"organizationRoleId": {v}} },
					// Logto before 1.41 takes no such filter.
					Fits: func(m map[string]attr.Value, role string) bool {
						roles, ok := m["role_ids"].(types.Set)
						return ok && slices.Contains(roles.Elements(), attr.Value(types.StringValue(role)))
					}})
		},
		func() datasource.DataSource {
			return applicationData.PluralDataSource("organization_applications", "The machine-to-machine applications of an organization, with their organization roles.")
		},
		func() datasource.DataSource {
			return invitations.PluralDataSource("organization_invitations", "All organization invitations of the tenant, or those of one organization.",
				framework.Filter{Attribute: "organization_id", Description: "Only invitations to this organization, by its ID.",
					Query: func(v string) url.Values { return url.Values{"organizationId": {v}} }})
		},
	}
}

func search(description string) framework.Filter {
	return framework.Filter{Attribute: "search", Description: description, Query: logto.FuzzySearch}
}
