// SPDX-License-Identifier: MPL-2.0

// Package application has the applications of a tenant, their secrets and
// roles, and what is set for one application.
package application

import (
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name: "applications",
		Resources: []func() resource.Resource{applications.Resource, applicationSecrets.Resource, applicationRoles.Resource,
			accessControls.Resource, signInExperiences.Resource, userConsentScopes.Resource, customDomains.Resource, dynamicApps.Resource, applicationURIs.Resource},
		DataSources: dataSources(),
		Ephemeral:   []func() ephemeral.EphemeralResource{ephemeralSecret, ephemeralToken},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return applications.List("Lists the applications of the tenant, except SAML applications.")
			},
			func() list.ListResource { return applicationSecrets.List("Lists the secrets of an application.") },
			func() list.ListResource {
				return applicationRoles.List("Lists the roles of a machine-to-machine application.")
			},
			func() list.ListResource {
				return accessControls.List("Lists the access control of applications, including SAML applications. It takes one request for each application." + schemas.SinceOperation("GET /api/applications/{applicationId}/access-control"))
			},
			func() list.ListResource {
				return signInExperiences.List("Lists the sign-in experience of applications that have one. It takes one request for each application.")
			},
			func() list.ListResource {
				return userConsentScopes.List("Lists the scopes that third-party applications can ask users to consent to. It takes one request for each third-party application.")
			},
			func() list.ListResource {
				return dynamicApps.List("Lists the dynamic app of the tenant." + schemas.SinceOperation("GET /api/configs/cimd"))
			},
			func() list.ListResource {
				return customDomains.List("Lists the custom domains of the applications of type `Protected`. A self-hosted Logto has none.")
			},
		},
		Actions: []func() action.Action{deleteLegacySecretAction},
		Hints:   hints(),
	}
}

func dataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource {
			return applicationData.DataSource("An application, by its ID or its name. Use `logto_saml_application` for SAML applications.",
				framework.Lookup{Attribute: "name", Query: framework.ExactName})
		},
		func() datasource.DataSource {
			return applicationData.PluralDataSource("applications", "All applications of the tenant, except SAML applications, or those that match all arguments. Only the data source of a single application has `role_ids`.",
				framework.Filter{Attribute: "types", Description: "Only applications of these types: " + applicationTypes.String() + ".",
					Kind: types.SetType{ElemType: types.StringType}, Enum: applicationTypes,
					Query: func(v string) url.Values { return url.Values{"types": {v}} }},
				framework.Filter{Attribute: "is_third_party", Description: "Only third-party applications (`true`), or only other applications (`false`).",
					Kind:  types.BoolType,
					Query: func(v string) url.Values { return url.Values{"isThirdParty": {v}} }},
				framework.Filter{Attribute: "search", Description: "Only applications whose name contains this text. Letter case does not matter; `%` stands for any characters, and `_` for one character.",
					Query: func(v string) url.Values { return url.Values{"search.name": {"%" + v + "%"}} }})
		},
		func() datasource.DataSource {
			return applicationSecrets.DataSource("A secret of an application, by its name. Its value is stored in the state; that of the ephemeral resource `logto_application_secret` is not.")
		},
		func() datasource.DataSource {
			return accessControls.DataSource("Access control of an application, including a SAML application." + schemas.SinceOperation("GET /api/applications/{applicationId}/access-control"))
		},
		func() datasource.DataSource {
			return signInExperiences.DataSource("The sign-in experience of an application.")
		},
		func() datasource.DataSource {
			return userConsentScopes.DataSource("Scopes that a third-party application can ask users to consent to.")
		},
		func() datasource.DataSource {
			return dynamicApps.DataSource("The dynamic app of the tenant." + schemas.SinceOperation("GET /api/configs/cimd"))
		},
		func() datasource.DataSource {
			return applicationSecrets.PluralDataSource("application_secrets", "All secrets of an application. Their values are stored in the state.")
		},
	}
}
