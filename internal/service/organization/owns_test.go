// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
)

// A role that manages all its scopes of a kind and a link of that kind own the
// same, so that the plan warns; with the other kind they do not.
func TestOwners(t *testing.T) {
	t.Parallel()
	whole := role{ID: types.StringValue("r"), ScopeIDs: flex.EmptySet, ResourceScopeIDs: flex.NullSet}
	for kind, both := range map[string]bool{"organization": true, "resource": false} {
		link := roleScope{RoleID: types.StringValue("r"), ScopeID: types.StringValue("s"), Kind: types.StringValue(kind)}
		a, b := whole.LinkClaims(), link.LinkClaims()
		if len(a) != 1 || len(b) != 1 || !a[0].All || b[0].All || a[0].Attribute != "scope_ids" {
			t.Fatalf("owners of %s scopes: %v, %v", kind, a, b)
		}
		if same := a[0].Links == b[0].Links && a[0].Parent == b[0].Parent; same != both {
			t.Errorf("scope_ids and a link of kind %s own the same: %t, want %t", kind, same, both)
		}
	}
	if owned := (&role{ID: types.StringValue("r"), ScopeIDs: flex.NullSet, ResourceScopeIDs: flex.NullSet}).LinkClaims(); len(owned) > 0 {
		t.Errorf("a role that manages no scopes owns %v", owned)
	}
}
