// SPDX-License-Identifier: MPL-2.0

// Package user has the users of a tenant, their roles, identities and tokens.
package user

import (
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "users",
		Resources: []func() resource.Resource{users.Resource, userRoles.Resource, userIdentities.Resource, personalAccessTokens.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return userData.DataSource("A user, by ID, username, email address or phone number. The data source has no secrets.",
					framework.Lookup{Attribute: "username", Query: func(v string) url.Values { return logto.ExactSearch("username", v) }},
					framework.Lookup{Attribute: "primary_email", Query: logto.ByEmail, Same: strings.EqualFold},
					framework.Lookup{Attribute: "primary_phone", Query: logto.ByPhoneSuffix, Same: logto.SamePhone})
			},
			func() datasource.DataSource {
				return userData.PluralDataSource("users", "All users of the tenant, or those that match all arguments. The data source has no secrets. Only the data source of a single user has `role_ids`, `logto_configs` and `sso_identities`.",
					framework.SearchFilter("users whose ID, email address, phone number, username or name"))
			},
			func() datasource.DataSource {
				return framework.CustomDataSource[userIdentitiesData]("user_identities", userIdentitiesSchema)
			},
			func() datasource.DataSource {
				return userOrganizations.PluralDataSource("user_organizations", "The organizations of which a user is a member, with the organization roles of the user.")
			},
			func() datasource.DataSource {
				return personalAccessTokenData.PluralDataSource("personal_access_tokens", "All personal access tokens of a user. The data source does not have their values.")
			},
		},
		Ephemeral: []func() ephemeral.EphemeralResource{ephemeralOneTimeToken, ephemeralSubjectToken, ephemeralPersonalAccessToken},
		Lists: []func() list.ListResource{
			func() list.ListResource { return users.List("Lists the users of the tenant.") },
			func() list.ListResource { return userRoles.List("Lists the roles of a user.") },
			func() list.ListResource { return userIdentities.List("Lists the social identities of a user.") },
			func() list.ListResource {
				return personalAccessTokens.List("Lists the personal access tokens of a user.")
			},
		},
		Actions: []func() action.Action{revokeSessionsAction, resetMFAAction, expirePasswordAction, revokeOneTimeTokenAction},
		Hints:   hints(),
	}
}
