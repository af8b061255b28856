// SPDX-License-Identifier: MPL-2.0

package apiresource_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var scopeLife = acctest.Lifecycle{
	Resource: "logto_api_resource_scope.test",
	Setup: `
resource "logto_api_resource" "test" {
  name      = "{name}"
  indicator = "https://{name}.example.com"
}`,
	Minimal: `
resource "logto_api_resource_scope" "test" {
  resource_id = logto_api_resource.test.id
  name        = "read:orders"
}`,
	Full: `
resource "logto_api_resource_scope" "test" {
  resource_id = logto_api_resource.test.id
  name        = "read:all-orders"
  description = "Read all orders"
}`,
	Find:     "/api/resources/{resource_id}/scopes id={id}",
	Change:   map[string]any{"description": "changed"},
	ChangeBy: "PATCH /api/resources/{resource_id}/scopes/{id}",
	Remove:   "DELETE /api/resources/{resource_id}/scopes/{id}",
	Parent:   "/api/resources/{resource_id}",
	Drift: map[string]acctest.Outside{
		"name":        {Body: map[string]any{"name": "outside"}},
		"description": {Body: map[string]any{"description": "outside"}},
	},
	ImportID: "{resource_id}/{id}",
}

func TestAccAPIResourceScope(t *testing.T) { scopeLife.Run(t) }

func TestAccAPIResourceScope_faults(t *testing.T) { scopeLife.Faults(t) }
