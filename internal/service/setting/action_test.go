// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var actionLife = acctest.Lifecycle{
	Resource: "logto_action.test",
	Minimal: `
resource "logto_action" "test" {
  action_type = "action.postSignIn"
  script      = "const runAction = async () => undefined;"
}`,
	Full: `
resource "logto_action" "test" {
  action_type           = "action.postSignIn"
  script                = "const runAction = async () => ({});"
  enabled               = false
  on_execution_error    = "allow"
  environment_variables = { REGION = "eu" }
  context_sample        = jsonencode({ user = { id = "u" } })
}`,
	Since:  "1.42",
	Path:   "/api/configs/actions/{action_type}",
	Change: map[string]any{"script": "changed"},
	Drift: map[string]acctest.Outside{
		"script":                {Body: map[string]any{"script": "outside"}},
		"enabled":               {Body: map[string]any{"enabled": true}},
		"on_execution_error":    {Body: map[string]any{"onExecutionError": "block"}},
		"environment_variables": {Body: map[string]any{"environmentVariables": map[string]any{"REGION": "us"}}},
		"context_sample":        {Body: map[string]any{"contextSample": map[string]any{"user": "v"}}},
	},
	NotAdopted: ownScript,
	ImportID:   "{action_type}",
}

func TestAccAction(t *testing.T) { actionLife.Run(t) }

func TestAccAction_faults(t *testing.T) { actionLife.Faults(t) }
