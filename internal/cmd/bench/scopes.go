// SPDX-License-Identifier: MPL-2.0

package main

import (
	"time"
)

// scopes is one API resource that owns very many scopes.
func scopes() mix {
	return mix{
		name:      "scopes",
		about:     "One `logto_api_resource` that owns 10,000 scopes.",
		sizes:     []int{10_000},
		latencies: []time.Duration{0},
		blocks:    func(n int) []block { return []block{apis("huge", 1, n)} },
		planCalls: fewCalls, applyCalls: oneCallEach,
	}
}
