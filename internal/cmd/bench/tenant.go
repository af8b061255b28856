// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
)

const scopesEach = 20 // of an API resource that owns its scopes

// tenant is what most tenants are made of: many applications and scopes, some
// roles, few objects whose links or secrets Terraform manages.
func tenant() mix {
	return mix{
		name: "tenant",
		about: "Applications, API resources that own their scopes, API resources whose scopes are resources of their own, and roles. " +
			"One role has `scope_ids`, one has its scopes by `logto_role_scope`, one application has more secrets and one more roles: " +
			"each object with such links costs one call of a plan, because no list of Logto carries them (see the mix *links*).",
		planCalls: fewCalls, applyCalls: oneCallEach,
		ratioFrom: 1000,
		blocks: func(n int) []block {
			percent := func(p int) int { return n * p / 100 }
			owning, single, links := percent(2), percent(20), percent(2)
			roles := percent(4) // of each type
			blocks := []block{
				apis("owning", owning, scopesEach),
				apis("open", percent(1), 0),
				{kind: "api_resource_scope", name: "single", count: single, body: func(ref reference) string {
					return fmt.Sprintf(`
						resource_id = %s
						name        = "single:${count.index}"
						description = "May do ${count.index}"`,
						ref("api_resource", "open", fmt.Sprintf("count.index %% %d", percent(1)), "id"))
				}},
				role("person", roles-2, "User", ""),
				role("machine", roles, "MachineToMachine", ""),
				role("linked", 1, "User", ""),
				{kind: "role", name: "owning", count: 1, body: func(ref reference) string {
					return fmt.Sprintf(`
						name        = "Owns its scopes"
						description = "A role with scope_ids"
						type        = "User"
						scope_ids   = [for i in range(%d) : %s]`, scopesEach, ref("api_resource_scope", "single", "i", "id"))
				}},
				{kind: "role_scope", name: "link", count: links, body: func(ref reference) string {
					return fmt.Sprintf("role_id = %s\nscope_id = %s", ref("role", "linked", "0", "id"), ref("api_resource_scope", "single", "count.index", "id"))
				}},
				machines("worker", 1),
				{kind: "application_role", name: "link", count: links, body: func(ref reference) string {
					return fmt.Sprintf("application_id = %s\nrole_id = %s", ref("application", "worker", "0", "id"), ref("role", "machine", "count.index", "id"))
				}},
				secrets("worker", percent(1), "0"),
			}
			return append(blocks, websites("site", n-objectsIn(blocks)))
		},
	}
}

// apis are API resources that own so many scopes each, or none. Above 1,000 it
// takes whole thousands.
func apis(name string, count, scopes int) block {
	body := fmt.Sprintf("name = \"API %s ${count.index}\"\nindicator = \"https://%s-${count.index}.api.example.com\"", name, name)
	const most = 1000 // range() makes no more than 1,024 numbers
	switch {
	case scopes > most:
		body += fmt.Sprintf("\nscopes = merge([for i in range(%d) : { for j in range(%d) : \"do:${i}:${j}\" => { description = \"May do ${i}:${j}\" } }]...)", scopes/most, most)
	case scopes > 0:
		body += fmt.Sprintf("\nscopes = { for i in range(%d) : \"do:${i}\" => { description = \"May do ${i}\" } }", scopes)
	}
	return block{kind: "api_resource", name: name, count: count, objects: 1 + scopes, body: text(body)}
}

func role(name string, count int, kind, more string) block {
	return block{kind: "role", name: name, count: count, body: text(fmt.Sprintf(
		"name = \"Role %s ${count.index}\"\ndescription = \"What %s ${count.index} may do\"\ntype = %q\n%s", name, name, kind, more))}
}

// websites are applications that people sign in to.
func websites(name string, count int) block {
	return block{kind: "application", name: name, count: count, body: text(`
		name                      = "Site ${count.index}"
		description               = "Where people sign in"
		type                      = count.index % 2 == 0 ? "SPA" : "Traditional"
		redirect_uris             = ["https://site-${count.index}.example.com/callback"]
		post_logout_redirect_uris = ["https://site-${count.index}.example.com"]`)}
}

// machines are applications that sign in as themselves.
func machines(name string, count int) block {
	return block{kind: "application", name: name, count: count, body: text(fmt.Sprintf(
		"name = \"Machine %s ${count.index}\"\ntype = \"MachineToMachine\"", name))}
}

// secrets are secrets of the machines with that name and index.
func secrets(of string, count int, index string) block {
	return block{kind: "application_secret", name: of, count: count, body: func(ref reference) string {
		return fmt.Sprintf("application_id = %s\nname = \"secret ${count.index}\"", ref("application", of, index, "id"))
	}}
}
