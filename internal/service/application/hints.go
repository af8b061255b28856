// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"application.invalid_role_type":            {Attribute: "role_ids", Advice: "Applications can have roles of type MachineToMachine only."},
			"application.invalid_type":                 {Attribute: "application_id", Advice: "Only machine-to-machine applications can have roles."},
			"application.saml.use_saml_app_api":        {Advice: "This is the ID of a SAML application. Use logto_saml_application for it."},
			"application.third_party_application_only": {Attribute: "application_id", Advice: "Only third-party applications ask users for consent: set is_third_party of the application."},
		},
		"logto_application": {
			"application.device_flow_native_only":                              {Attribute: "is_device_flow", Advice: "Only applications of type Native can use the device flow."},
			"application.invalid_subdomain":                                    {Attribute: "protected_app", Advice: "A subdomain has 1 to 63 letters, digits and inner hyphens."},
			"application.invalid_third_party_application_type":                 {Attribute: "is_third_party", Advice: "Only applications of type Traditional, SPA or Native can be third-party."},
			"application.protected_app_metadata_is_required":                   {Attribute: "protected_app", Advice: "An application of type Protected needs it: the subdomain and the origin."},
			"application.protected_app_not_configured":                         {Attribute: "protected_app", Advice: "Protected applications exist on Logto Cloud only."},
			"application.protected_application_subdomain_exists":               {Attribute: "protected_app", Advice: "Another protected application has this subdomain. Choose another."},
			"application.should_delete_custom_domains_first":                   {Advice: "Delete the application's custom domains before the application."},
			"application.third_party_application_cannot_enable_token_exchange": {Attribute: "allow_token_exchange", Advice: "Leave it out for a third-party application."},
		},
		"logto_application_access_control": {
			"entity.db_constraint_violated": {Advice: "Access rules take organization roles of type User only. Leave those of type MachineToMachine out."},
		},
		"logto_application_custom_domain": {
			"application.protected_application_only": {Attribute: "application_id", Advice: "Only applications of type Protected, which Logto Cloud has, can have custom domains."},
			"domain.domain_in_use":                   {Attribute: "domain", Advice: "Another application or the tenant has this domain already. Remove it there, or import it here."},
			"domain.limit_to_one_domain":             {Attribute: "domain", Advice: "An application can have one custom domain. Remove the other one first."},
		},
		"logto_application_role": {
			"entity.db_constraint_violated": {Attribute: "role_id", Advice: "Machine-to-machine roles are for machine-to-machine applications."},
		},
		"logto_application_secret": {
			"application.secret_name_exists": {
				Attribute: "name", Advice: "The application has a secret of this name already; Logto creates \"Default secret\" by itself. Choose another name, or import it as <application_id>/<name>.",
			},
			"entity.db_constraint_violated": {
				Attribute: "application_id",
				Advice:    "Applications of this type have no secrets: only those of type Traditional, MachineToMachine and Protected do. An application of type SPA or Native runs where its users can read it, so it signs in with PKCE and without a secret. Remove this resource, or use an application of type Traditional, if your server keeps the secret.",
			},
		},
		"logto_application_user_consent_scopes": {
			"application.consent_management_api_scopes_not_allowed": {Attribute: "resource_scope_ids", Advice: "Third-party applications cannot have scopes of the Management API."},
			"application.user_consent_scopes_not_found":             {Advice: "Some of the scopes do not exist, or are of another kind than the attribute. Check the ids."},
		},
		"logto_access_token": {
			"oidc.invalid_client":  {Attribute: "app_secret", Advice: "Logto does not know these credentials, or the secret has expired."},
			"oidc.invalid_request": {Attribute: "app_id", Advice: "Only a machine-to-machine application can get such a token, with a secret that has not expired."},
			"oidc.invalid_target":  {Attribute: "resource", Advice: "Set the indicator of an API resource of this tenant."},
		},
	}
}
