// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// CheckEnd refuses a time in the past for a new object, because Logto creates only what
// ends in the future. had is the end of the existing object.
func CheckEnd(attribute string, ends, had customtypes.RFC3339, now time.Time, diags *diag.Diagnostics) {
	at, known := customtypes.Instant(ends.StringValue)
	if !known || at.After(now) {
		return
	}
	if before, ok := customtypes.Instant(had.StringValue); ok && before.UnixMilli() == at.UnixMilli() {
		return
	}
	diags.AddAttributeError(path.Root(attribute), "The time is over",
		"A new object must end in the future. Set a later time, or leave "+attribute+" out for no end.")
}
