// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var dynamicAppLife = acctest.Lifecycle{
	Resource: "logto_dynamic_app.test",
	Since:    "1.43",
	Setup:    consentSetup,
	Minimal:  `resource "logto_dynamic_app" "test" {}`,
	MinimalChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("logto_dynamic_app.test", tfjsonpath.New("enabled"), knownvalue.Bool(false)),
	},
	Full: `
resource "logto_dynamic_app" "test" {
  enabled                         = true
  user_scopes                     = ["email", "urn:logto:scope:organizations"]
  resource_scope_ids              = [logto_api_resource.test.scopes["write:x"].id]
  organization_scope_ids          = [logto_organization_scope.test.id]
  organization_resource_scope_ids = [logto_api_resource.test.scopes["read:x"].id]
}`,
	Path:   "/api/configs/cimd",
	Change: map[string]any{"enabled": false},
	Drift: map[string]acctest.Outside{
		"enabled":                         {Body: map[string]any{"enabled": false}},
		"user_scopes":                     {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"userScopes": []string{"address"}}},
		"resource_scope_ids":              {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"resourceScopes": []string{"{organization_resource_scope_ids.0}"}}},
		"organization_scope_ids":          {How: "DELETE /api/cimd/user-consent-scopes/organization-scopes/{organization_scope_ids.0}"},
		"organization_resource_scope_ids": {How: "POST /api/cimd/user-consent-scopes", Body: map[string]any{"organizationResourceScopes": []string{"{resource_scope_ids.0}"}}},
	},
	Permanent: "every tenant has a dynamic app",
}

func TestAccDynamicApp(t *testing.T) { dynamicAppLife.Run(t) }

func TestAccDynamicApp_faults(t *testing.T) { dynamicAppLife.Faults(t) }
