// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var sessionLife = acctest.Lifecycle{
	Resource:  "logto_oidc_session_config.test",
	Minimal:   `resource "logto_oidc_session_config" "test" {}`,
	Full:      "resource \"logto_oidc_session_config\" \"test\" {\n  ttl = 3600\n}",
	Since:     "1.38",
	Path:      "/api/configs/oidc/session",
	Change:    map[string]any{"ttl": 60},
	Drift:     map[string]acctest.Outside{"ttl": {Body: map[string]any{"ttl": 61}}},
	Permanent: "every tenant has a configuration of sessions",
}

func TestAccOIDCSessionConfig(t *testing.T) { sessionLife.Run(t) }

func TestAccOIDCSessionConfig_faults(t *testing.T) { sessionLife.Faults(t) }
