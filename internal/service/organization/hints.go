// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"connector.not_found":             {Attribute: "message_payload", Advice: "The tenant has no email connector to send it with. Create a logto_connector of type Email first, and refer to it in depends_on."},
			"organization.require_membership": {Advice: "The organization no longer has such a member: it was removed outside Terraform in the meantime. Apply again."},
		},
		"logto_organization_application": {
			"entity.db_constraint_violated": {
				Attribute: "application_id", Advice: "Only applications of type MachineToMachine can be in an organization, and they can have organization roles of that type only.",
			},
		},
		"logto_organization_invitation": {
			"entity.db_constraint_violated":     {Attribute: "role_ids", Advice: "Users accept invitations, and a user can have organization roles of type User only."},
			"entity.unique_integrity_violation": {Attribute: "invitee", Advice: "The organization has a pending invitation for this email address already. Import that one, or delete it."},
			"request.invalid_input": {
				Attribute: "invitee", Advice: "Logto creates no invitation for a user who is a member of the organization already, and none that ends in the past. logto_organization_member manages a member and the member's roles.",
			},
		},
		"logto_organization_member": {
			"entity.db_constraint_violated": {Attribute: "role_ids", Advice: "Users can have organization roles of type User only."},
		},
		"logto_organization": {
			"entity.db_constraint_violated":     {Attribute: "jit", Advice: "Users who join by themselves can have organization roles of type User only."},
			"entity.unique_integrity_violation": {Attribute: "jit", Advice: "One of these domains, roles or connectors was added outside Terraform at the same time. Apply again."},
		},
		"logto_organization_role": {
			"entity.unique_integrity_violation": {Attribute: "name", Advice: "The organization template has a role of this name already. Choose another name, or import the role."},
		},
		"logto_organization_scope": {
			"entity.unique_integrity_violation": {Attribute: "name", Advice: "The organization template has a scope of this name already. Choose another name, or import the scope."},
		},
	}
}
