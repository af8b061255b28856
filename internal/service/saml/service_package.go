// SPDX-License-Identifier: MPL-2.0

// Package saml has the SAML applications of a tenant and their signing keys.
package saml

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "saml_applications",
		Resources: []func() resource.Resource{samlApplications.Resource, samlSecrets.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return samlApplications.DataSource("A SAML application, by its ID or its name, with the URLs and the certificate that a service provider needs.",
					framework.Lookup{Attribute: "name", Query: framework.ExactName})
			},
			func() datasource.DataSource {
				return samlApplications.PluralDataSource("saml_applications", "All SAML applications of the tenant.")
			},
			func() datasource.DataSource {
				return samlSecrets.PluralDataSource("saml_application_secrets", "All signing keys of a SAML application.")
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return samlApplications.List("Lists the SAML applications of the tenant.")
			},
			func() list.ListResource { return samlSecrets.List("Lists the signing keys of a SAML application.") },
		},
		Hints: hints(),
	}
}
