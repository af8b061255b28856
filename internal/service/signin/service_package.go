// SPDX-License-Identifier: MPL-2.0

// Package signin has what people see and do when they sign up and sign in.
package signin

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
		Name: "sign_in",
		Resources: []func() resource.Resource{
			signInExperiences.Resource, accountCenters.Resource, captchaProviders.Resource,
			profileFields.Resource, customPhrases.Resource, emailTemplates.Resource, customUIAssets.Resource,
		},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return signInExperiences.DataSource("The sign-in experience of the tenant.")
			},
			func() datasource.DataSource { return accountCenters.DataSource("The account center of the tenant.") },
			func() datasource.DataSource {
				return captchaProviders.DataSource("The captcha provider of the tenant. It is an error if the tenant has none.")
			},
			func() datasource.DataSource {
				return profileFields.PluralDataSource("custom_profile_fields", "All custom profile fields of the tenant, or those of one type.",
					framework.Filter{Attribute: "type", Description: "Only fields of this type: " + fieldTypes.String() + ".", Enum: fieldTypes})
			},
			func() datasource.DataSource {
				return framework.CustomDataSource[usernameConflicts]("username_case_conflicts", usernameConflictsSchema)
			},
			func() datasource.DataSource {
				return customPhrases.PluralDataSource("custom_phrases", "All custom phrases of the tenant.")
			},
			func() datasource.DataSource {
				return emailTemplates.PluralDataSource("email_templates", "All email templates of the tenant, or those that match all arguments.",
					framework.Filter{Attribute: "language_tag", Description: "Only templates in this language.", Query: func(v string) url.Values { return url.Values{"languageTag": {v}} }},
					framework.Filter{Attribute: "template_type", Description: "Only templates of this type: " + templateTypes.String() + ".", Enum: templateTypes,
						Query: func(v string) url.Values { return url.Values{"templateType": {v}} }})
			},
		},
		Lists: []func() list.ListResource{
			func() list.ListResource {
				return signInExperiences.List("Lists the sign-in experience. A tenant has one.")
			},
			func() list.ListResource {
				return accountCenters.List("Lists the account center. A tenant has one.")
			},
			func() list.ListResource {
				return captchaProviders.List("Lists the captcha provider. A tenant has at most one.")
			},
			func() list.ListResource { return profileFields.List("Lists the custom profile fields of the tenant.") },
			func() list.ListResource { return customPhrases.List("Lists the custom phrases of the tenant.") },
			func() list.ListResource { return emailTemplates.List("Lists the email templates of the tenant.") },
		},
		Hints: hints(),
	}
}
