// SPDX-License-Identifier: MPL-2.0

package saml

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"application.saml.saml_application_only": {Advice: "This is the ID of an application of another type. Use logto_application for it."},
		},
		"logto_saml_application": {
			"application.saml.acs_url_binding_not_supported": {Attribute: "acs_url", Advice: "Logto sends assertions with the binding HTTP-POST only. Leave binding out."},
			"application.saml.reach_oss_limit":               {Advice: "A self-hosted Logto allows three SAML applications. Remove one of them first."},
		},
		"logto_saml_application_secret": {
			"application.saml.can_not_delete_active_secret": {
				Attribute: "active", Advice: "An active signing key cannot be deleted. Activate another key of the application first; with create_before_destroy in the lifecycle, Terraform does so by itself.",
			},
		},
	}
}
