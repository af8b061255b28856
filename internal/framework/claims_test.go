// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
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

// A plan that destroys an object and creates one of the same key tells of it, whichever
// comes first, and one that manages it elsewhere tells otherwise. A replacement by an
// object of another key is no second owner.
func TestGoneClaims(t *testing.T) {
	t.Parallel()
	const created, managed = "The plan destroys and creates one object", "An object that another resource manages is destroyed"
	key := logto.Key{"app", "name"}
	for name, c := range map[string]struct {
		exists, first bool
		want          string
	}{
		"created, then destroyed": {first: true, want: created},
		"destroyed, then created": {want: created},
		"managed, then destroyed": {exists: true, first: true, want: managed},
		"destroyed, then managed": {exists: true, want: managed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var known claims
			var diags diag.Diagnostics
			if c.first {
				known.add(keyClaim("logto_x", key, false), c.exists, false, &diags)
			}
			known.destroyed("logto_x", logto.Key{"app", "other"}, &diags)
			known.destroyed("logto_x", key, &diags)
			if !c.first {
				known.add(keyClaim("logto_x", key, false), c.exists, false, &diags)
			}
			if len(diags) != 1 || diags[0].Summary() != c.want {
				t.Errorf("%v, want %q", diags, c.want)
			}
		})
	}
}
