// SPDX-License-Identifier: MPL-2.0

package hook

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"hook.endpoint_responded_with_error": {Attribute: "url", Advice: "The endpoint must answer with a status of 200 to 299."},
			"hook.missing_events":                {Attribute: "events", Advice: "A webhook needs at least one event."},
			"hook.send_test_payload_failed":      {Attribute: "url", Advice: "Logto must be able to reach the endpoint. Check the URL."},
		},
	}
}
