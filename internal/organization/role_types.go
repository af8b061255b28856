// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// The types of organization roles.
const (
	ofUsers    = "User"
	ofMachines = "MachineToMachine"
)

var roleTypes = kit.Words{ofUsers, ofMachines}

// planRoles refuses, on account of that attribute, new roles that do not exist or
// are not of that type. Terraform plans once more before it applies, so those that
// are not known yet are refused then, and still before anything is written.
func planRoles(ctx context.Context, c *logto.Client, attribute, kind string, wanted, had types.Set, resp *resource.ModifyPlanResponse) {
	if wanted.Equal(had) {
		return
	}
	var known []string
	for _, e := range wanted.Elements() {
		if id, ok := e.(types.String); ok && !id.IsUnknown() {
			known = append(known, id.ValueString())
		}
	}
	if err := c.CheckOrganizationRoles(ctx, kind, known); err != nil {
		resp.Diagnostics.AddAttributeError(kit.Root(attribute), "These roles cannot be given", err.Error())
	}
}
