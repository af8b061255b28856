// SPDX-License-Identifier: MPL-2.0

package role_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/kit/kittest"
)

const scopes = `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
  scopes = {
    "read:x"  = { description = "Read" }
    "write:x" = {}
  }
}
`

var roleLife = kittest.Lifecycle{
	Resource: "logto_role.test",
	Minimal: `
resource "logto_role" "test" {
  name        = "{name}"
  description = "A test role."
}`,
	Full: `
resource "logto_role" "test" {
  name        = "{name}-full"
  description = "A full test role."
  type        = "User"
  is_default  = true
}`,
	Path:   "/api/roles/{id}",
	Change: map[string]any{"description": "changed"},
}

func TestAccRole(t *testing.T) { roleLife.Run(t) }

func TestAccRoleFaults(t *testing.T) { roleLife.Faults(t) }
