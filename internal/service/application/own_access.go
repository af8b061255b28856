// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// This file protects what the provider signs in with: its application, the secret and the
// role. Without one of them Terraform would lose its access to the tenant.

// GuardDelete keeps the application that the provider itself signs in with.
func (m *application) GuardDelete(_ context.Context, c *logto.Client) (string, error) {
	if c.IsOwnApplication(m.ID.ValueString()) {
		return "It is the application that the provider signs in with: " + logto.NoAccess, nil
	}
	return "", nil
}

// GuardDelete keeps the secret that the provider itself signs in with.
func (m *applicationSecret) GuardDelete(_ context.Context, c *logto.Client) (string, error) {
	if c.IsOwnSecret(m.ApplicationID.ValueString(), m.Value.ValueString()) {
		return "It is the secret that the provider signs in with: " + logto.NoAccess, nil
	}
	return "", nil
}

// GuardDelete keeps a role that lets the provider call the Management API.
func (m *applicationRole) GuardDelete(ctx context.Context, c *logto.Client) (string, error) {
	if !c.IsOwnApplication(m.ApplicationID.ValueString()) {
		return "", nil
	}
	if opens, err := c.OpensManagementAPI(ctx, m.RoleID.ValueString()); err != nil || !opens {
		return "", err
	}
	return logto.OwnAccess, nil
}

// CheckWrite refuses to take from the provider's own application the last role that
// gives it its access.
func (m *application) CheckWrite(ctx context.Context, c *logto.Client, state *application, diags *diag.Diagnostics) {
	planned := flex.Elements(m.RoleIDs)
	if state == nil || !c.IsOwnApplication(state.ID.ValueString()) || !flex.IsGiven(m.RoleIDs) ||
		len(planned) < len(m.RoleIDs.Elements()) || m.RoleIDs.Equal(state.RoleIDs) {
		return
	}
	had, err := c.ApplicationRoles().Children(ctx, state.ID.ValueString())
	if err == nil {
		var before, after bool
		if before, err = opensManagementAPI(ctx, c, had); before && err == nil {
			if after, err = opensManagementAPI(ctx, c, planned); !after && err == nil {
				framework.Refuse(diags, "role_ids", "The provider would lose its access",
					"It is the application that the provider signs in with, and none of these roles has a scope of the Management API. "+
						"Without such a role, Terraform would no longer have access to the tenant. List a role with that scope.")
			}
		}
	}
	if err != nil {
		framework.Refuse(diags, "role_ids", "Could not read the roles of the application", err.Error())
	}
}

// opensManagementAPI reports whether one of the roles has a scope of the Management API.
func opensManagementAPI(ctx context.Context, c *logto.Client, roles []string) (bool, error) {
	for _, role := range roles {
		if opens, err := c.OpensManagementAPI(ctx, role); opens || err != nil {
			return opens, err
		}
	}
	return false, nil
}
