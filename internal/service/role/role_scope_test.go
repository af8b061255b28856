// SPDX-License-Identifier: MPL-2.0

package role_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var roleScopeLife = acctest.Lifecycle{
	Resource: "logto_role_scope.test",
	Setup:    api + roleLife.Minimal,
	Minimal: `
resource "logto_role_scope" "test" {
  role_id  = logto_role.test.id
  scope_id = logto_api_resource.test.scopes["read:x"].id
}`,
	Find:     "/api/roles/{role_id}/scopes id={scope_id}",
	Remove:   "DELETE /api/roles/{role_id}/scopes/{scope_id}",
	Parent:   "/api/roles/{role_id}",
	ImportID: "{role_id}/{scope_id}",
}

func TestAccRoleScope(t *testing.T) { roleScopeLife.Run(t) }

func TestAccRoleScope_faults(t *testing.T) { roleScopeLife.Faults(t) }
