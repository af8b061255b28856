// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestAsksForLogs(t *testing.T) {
	t.Parallel()
	for variable, want := range map[string]bool{
		"TF_LOG=debug": true, "TF_LOG_PROVIDER=TRACE": true, "TF_LOG_SDK_PROTO=trace": true,
		"TF_LOG=": false, "TF_LOG": false, "TF_DATA_DIR=x": false, "OTHER=TF_LOG=debug": false,
	} {
		if got := asksForLogs(variable); got != want {
			t.Errorf("%s: %v", variable, got)
		}
	}
}
