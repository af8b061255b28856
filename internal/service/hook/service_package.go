// SPDX-License-Identifier: MPL-2.0

// Package hook has the webhooks of a tenant.
package hook

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// ServicePackage are the Terraform types of this area.
func ServicePackage() framework.ServicePackage {
	return framework.ServicePackage{
		Name:      "webhooks",
		Resources: []func() resource.Resource{hooks.Resource},
		DataSources: []func() datasource.DataSource{
			func() datasource.DataSource {
				return hookData.DataSource("A webhook, by its ID or its name. The signing key is stored in the state. The data source has no headers.", framework.Lookup{Attribute: "name"})
			},
			func() datasource.DataSource {
				return hookData.PluralDataSource("hooks", "All webhooks of the tenant. Their signing keys are stored in the state. The data source has no headers.")
			},
		},
		Ephemeral: []func() ephemeral.EphemeralResource{signingKeyEphemeral},
		Lists: []func() list.ListResource{
			func() list.ListResource { return hooks.List("Lists the webhooks of the tenant.") },
		},
		Actions: []func() action.Action{rotateSigningKeyAction, testAction},
		Hints:   hints(),
	}
}
