// SPDX-License-Identifier: MPL-2.0

// Package application has the applications of a tenant, their secrets and
// roles, and what is set for one application.
package application

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Resources: []func() resource.Resource{applications.Resource, applicationSecrets.Resource, applicationRoles.Resource,
			accessControls.Resource, signInExperiences.Resource, userConsentScopes.Resource, customDomains.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return applications.DataSource("An application, by its ID or its name. SAML applications have a data source of their own.",
					framework.Lookup{Attribute: "name", Query: framework.ExactName})
			},
			func() datasource.DataSource {
				return applications.PluralDataSource("applications", "All applications of the tenant but SAML applications, or those that the arguments choose. `role_ids` is in the data source of one application only.",
					framework.Filter{Attribute: "types", Description: "Only applications of these types: " + applicationTypes.String() + ".",
						Kind: types.SetType{ElemType: types.StringType}, Enum: applicationTypes,
						Query: func(v string) url.Values { return url.Values{"types": {v}} }},
					framework.Filter{Attribute: "is_third_party", Description: "Only applications that are third-party (`true`), or only others (`false`).",
						Kind:  types.BoolType,
						Query: func(v string) url.Values { return url.Values{"isThirdParty": {v}} }},
					framework.Filter{Attribute: "search", Description: "Only applications whose name holds this, in capital or small letters. `%` stands for any characters and `_` for one.",
						Query: func(v string) url.Values { return url.Values{"search.name": {"%" + v + "%"}} }})
			},
			func() datasource.DataSource {
				return applicationSecrets.DataSource("A secret of an application, by its name. Its value is in the state; the ephemeral resource of the same name leaves it out of there.")
			},
			func() datasource.DataSource {
				return applicationSecrets.PluralDataSource("application_secrets", "All secrets of an application. Their values are in the state.")
			},
		},
		Ephemeral: []func() ephemeral.EphemeralResource{ephemeralSecret, ephemeralToken},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return applications.List("Lists the applications of the tenant but SAML applications.")
			},
			func() list.ListResource { return applicationSecrets.List("Lists the secrets of an application.") },
			func() list.ListResource {
				return applicationRoles.List("Lists the roles that a machine-to-machine application has.")
			},
			func() list.ListResource {
				return accessControls.List("Lists who may sign in to applications, SAML applications too, where rules say so. It takes a request for each application.")
			},
			func() list.ListResource {
				return signInExperiences.List("Lists how the sign-in pages look for applications that have a look of their own. It takes a request for each application.")
			},
			func() list.ListResource {
				return userConsentScopes.List("Lists what third-party applications may ask users to consent to. It takes a request for each of them.")
			},
			func() list.ListResource {
				return customDomains.List("Lists the domains of the tenant's applications of type `Protected`: none on a self-hosted Logto.")
			},
		},
	}
}
