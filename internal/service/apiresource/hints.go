// SPDX-License-Identifier: MPL-2.0

package apiresource

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"resource.resource_identifier_in_use":   {Attribute: "indicator", Advice: "Indicators are unique in the tenant. Choose another, or import the API resource."},
			"resource.cannot_modify_management_api": {Advice: "The Management API is built in and cannot be changed. Use the data source to refer to it."},
			"resource.cannot_delete_management_api": {Advice: "The Management API is built in. Remove it from the configuration with a removed block instead."},
			"scope.name_exists":                     {Attribute: "name", Advice: "Scope names are unique in an API resource. Choose another, or import the scope."},
			"scope.name_with_space":                 {Attribute: "name", Advice: "Remove the white space from the scope's name."},
		},
	}
}
