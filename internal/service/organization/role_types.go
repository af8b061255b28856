// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// The types of organization roles.
const (
	ofUsers    = "User"
	ofMachines = "MachineToMachine"
)

var roleTypes = validators.Enum{ofUsers, ofMachines}

// newRoles are organization roles that an attribute newly assigns. Each must be of the
// type.
type newRoles struct {
	attribute, kind string
	ids             []string
}

// rolesSince are the known roles in wanted, unless wanted and had are the same.
func rolesSince(attribute, kind string, wanted, had types.Set) newRoles {
	if wanted.Equal(had) {
		return newRoles{}
	}
	return newRoles{attribute, kind, flex.Elements(wanted)}
}

// refuseTypes refuses roles that exist and are not of the type that they must have.
// Terraform plans once more before it applies, so those that are not known yet are
// refused then, and still before anything is written.
func refuseTypes(ctx context.Context, c *logto.Client, roles newRoles, diags *diag.Diagnostics) {
	known, err := c.OrganizationRoleTypes(ctx, roles.ids)
	if err != nil {
		return // findMissing says so
	}
	for _, id := range roles.ids {
		if has, exists := known[id]; exists && has != roles.kind {
			framework.Refuse(diags, roles.attribute, "These roles cannot be assigned",
				"The organization role "+id+" is of type "+has+". Assign roles of type "+roles.kind+" only.")
		}
	}
}

// findMissing finds roles that do not exist.
func findMissing(ctx context.Context, c *logto.Client, roles newRoles, diags *diag.Diagnostics) {
	known, err := c.OrganizationRoleTypes(ctx, roles.ids)
	if err != nil {
		framework.Refuse(diags, roles.attribute, "Could not check the roles", err.Error())
		return
	}
	for _, id := range roles.ids {
		if _, exists := known[id]; !exists {
			framework.Refuse(diags, roles.attribute, "These roles cannot be assigned",
				"There is no organization role "+id+". Refer to the id of a logto_organization_role.")
		}
	}
}
