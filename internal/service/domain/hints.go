// SPDX-License-Identifier: MPL-2.0

package domain

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"domain.domain_in_use":  {Attribute: "domain", Advice: "The tenant has this domain already. Import it."},
			"domain.not_configured": {Attribute: "domain", Advice: "Domains of a tenant exist on Logto Cloud only. A self-hosted Logto has the domain of its ENDPOINT."},
		},
	}
}
