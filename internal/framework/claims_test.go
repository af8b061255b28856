// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Two resources that already have what only one can have are told of, but do not stand
// in the way of a plan: the server has it so, and a destroy begins with a plan.
func TestExclusiveClaims(t *testing.T) {
	t.Parallel()
	wants := []LinkClaim{{Links: "the default API resource", Exclusive: true, Attribute: "is_default"}}
	for name, tt := range map[string]struct {
		held             [2][]LinkClaim
		errors, warnings int
	}{
		"two new ones":           {errors: 1},
		"the first has it":       {held: [2][]LinkClaim{wants, nil}, errors: 1},
		"the second has it":      {held: [2][]LinkClaim{nil, wants}, errors: 1},
		"both have it":           {held: [2][]LinkClaim{wants, wants}, warnings: 1},
		"the first has others":   {held: [2][]LinkClaim{{{Links: "something else", Exclusive: true}}, wants}, errors: 1},
		"the first has no claim": {held: [2][]LinkClaim{{{Links: "the default API resource"}}, wants}, errors: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var c claims
			var diags diag.Diagnostics
			for _, held := range tt.held {
				for _, wanted := range exclusive(wants, held) {
					c.add(wanted, held != nil, false, &diags)
				}
			}
			if diags.ErrorsCount() != tt.errors || diags.WarningsCount() != tt.warnings {
				t.Errorf("%d errors and %d warnings, want %d and %d: %v", diags.ErrorsCount(), diags.WarningsCount(), tt.errors, tt.warnings, diags)
			}
		})
	}
}
