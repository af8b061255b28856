// SPDX-License-Identifier: MPL-2.0

package organization_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var scopeLife = acctest.Lifecycle{
	Resource: "logto_organization_scope.test",
	Minimal: `
resource "logto_organization_scope" "test" {
  name = "invite:{name}"
}`,
	Full: `
resource "logto_organization_scope" "test" {
  name        = "invite member {name}"
  description = "Invite members"
}`,
	Path:   "/api/organization-scopes/{id}",
	Change: map[string]any{"description": "changed"},
	Drift: map[string]acctest.Outside{
		"name":        {Body: map[string]any{"name": "{name}-outside"}},
		"description": {Body: map[string]any{"description": "changed"}},
	},
}

func TestAccOrganizationScope(t *testing.T) { scopeLife.Run(t) }

func TestAccOrganizationScope_faults(t *testing.T) { scopeLife.Faults(t) }
