// SPDX-License-Identifier: MPL-2.0

package role

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"role.name_in_use": {Attribute: "name", Advice: "Role names are unique in the tenant. Choose another, or import the role."},
			"role.management_api_scopes_not_assignable_to_user_role": {Attribute: "scope_ids", Advice: "Only roles of type MachineToMachine can have scopes of the Management API."},
		},
	}
}
