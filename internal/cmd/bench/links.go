// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
)

// links is the opposite of [tenant]: nothing but objects whose links or secrets
// are managed.
func links() mix {
	const kinds = 4
	return mix{
		name: "links",
		about: "Every role has `scope_ids` and every application a role and a secret of its own. No list of Logto carries those, " +
			"so a plan makes one call for the scopes of each role, one for the roles and one for the secrets of each application.",
		sizes: []int{300},
		blocks: func(n int) []block {
			each := (n - 1 - scopesEach) / kinds
			return []block{
				apis("shared", 1, scopesEach),
				{kind: "role", name: "machine", count: each, body: func(ref reference) string {
					return fmt.Sprintf(`
						name        = "Role ${count.index}"
						description = "What machine ${count.index} may do"
						type        = "MachineToMachine"
						scope_ids   = [for i in range(5) : %s]`, ref("api_resource", "shared", "0", `scopes["do:${i}"].id`))
				}},
				machines("worker", each),
				{kind: "application_role", name: "worker", count: each, body: func(ref reference) string {
					return fmt.Sprintf("application_id = %s\nrole_id = %s", ref("application", "worker", "count.index", "id"), ref("role", "machine", "count.index", "id"))
				}},
				secrets("worker", each, "count.index"),
			}
		},
		planCalls:  func(n int) int { return handful + 3*n/kinds },
		applyCalls: func(n int) int { return n + n/kinds + handful }, // the scopes of a role are one call more
	}
}
