// SPDX-License-Identifier: MPL-2.0

package setting_test

import (
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

var idTokenLife = acctest.Lifecycle{
	Resource:  "logto_id_token_config.test",
	Minimal:   `resource "logto_id_token_config" "test" {}`,
	Full:      "resource \"logto_id_token_config\" \"test\" {\n  enabled_extended_claims = [\"custom_data\", \"roles\"]\n}",
	Path:      "/api/configs/id-token",
	Change:    map[string]any{"enabledExtendedClaims": []string{"identities"}},
	ChangeBy:  "PUT /api/configs/id-token",
	Drift:     map[string]acctest.Outside{"enabled_extended_claims": {Body: map[string]any{"enabledExtendedClaims": []string{"identities", "roles"}}}},
	Permanent: "every tenant has a configuration of ID tokens",
}

func TestAccIDTokenConfig(t *testing.T) { idTokenLife.Run(t) }

func TestAccIDTokenConfig_faults(t *testing.T) { idTokenLife.Faults(t) }
