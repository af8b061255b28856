// SPDX-License-Identifier: MPL-2.0

package schemas

// OneOfMany is what the description of a resource says that manages one of the links of an
// owner: what becomes of the others, and which attribute that manages all of them it does
// not go with. links and owner name them, as "roles" and "user"; add is what a module
// can do, as "assign roles to a user"; all names the attribute.
func OneOfMany(links, owner, add, all string) string {
	return "Other " + links + " of the " + owner + " are not affected, so a module can " + add + " that another module manages. " +
		"Do not use it together with " + all + "."
}
