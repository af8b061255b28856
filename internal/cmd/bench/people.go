// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
)

// people is what a product with many customers manages: users, organizations,
// and who is a member of which.
func people() mix {
	const members = 20 // of each organization, and as many users
	const each = 1 + 2*members
	organizations := func(n int) int { return n / each }
	return mix{
		name: "people",
		about: "Users, organizations, and as many memberships as users, 20 in each organization. The members of an organization " +
			"come in a list of that organization, so a plan makes one call for each, besides the pages of users and of organizations.",
		sizes: []int{50 * each},
		blocks: func(n int) []block {
			return []block{
				{kind: "organization", name: "customer", count: organizations(n), body: text("name = \"Customer ${count.index}\"\ndescription = \"Since ${count.index}\"")},
				{kind: "user", name: "person", count: members * organizations(n), body: text("username = \"person_${count.index}\"\nname = \"Person ${count.index}\"")},
				{kind: "organization_member", name: "member", count: members * organizations(n), body: func(ref reference) string {
					return fmt.Sprintf("organization_id = %s\nuser_id = %s",
						ref("organization", "customer", fmt.Sprintf("floor(count.index / %d)", members), "id"), ref("user", "person", "count.index", "id"))
				}},
			}
		},
		planCalls:  func(n int) int { return handful + organizations(n) + members*organizations(n)/100 },
		applyCalls: oneCallEach,
		ratioFrom:  1000,
	}
}
