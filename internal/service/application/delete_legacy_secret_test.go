// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"strings"
	"testing"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

func TestAccDeleteLegacyApplicationSecret(t *testing.T) {
	t.Parallel()
	target := acctest.Start(t)
	app := newApplication(t, target, map[string]any{"name": target.Name, "type": "MachineToMachine"})
	progress, errors := target.Invoke(t, "logto_delete_legacy_application_secret", map[string]any{"application_id": app})
	if progress != "The application "+app+" has no legacy secret." || errors != "" {
		t.Errorf("progress %q, errors %q", progress, errors)
	}
	if _, errors := target.Invoke(t, "logto_delete_legacy_application_secret", map[string]any{"application_id": "nothing"}); !strings.Contains(errors, "HTTP 404") {
		t.Errorf("an application that does not exist: %q", errors)
	}
}
