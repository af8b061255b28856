// SPDX-License-Identifier: MPL-2.0

// Package fakelogto is a Logto tenant in memory, for tests, demos and benchmarks.
//
// It answers the Management API as Logto OSS 1.43 was seen to answer: statuses,
// error codes, validation issues, normalised values, orders, page headers, and the
// calls that fail after half of their work. It stands alone: neither the client
// nor Terraform is imported.
//
//	server := logtotest.Start(t)
//	server.Do("DELETE", "/api/roles/"+id, nil)                   // behind Terraform's back
//	server.Inject(logtotest.Fault{Path: "/api/roles", Status: 503, Times: 1})
//
// # Adding a group
//
// A group is one file: its collections, its routes, and a line in groups.go.
//
//	var notes = &collection{
//		name: "notes", singular: "note",                   // as error messages name it
//		columns:  []string{"tenantId", "id", "userId", "title", "done", "createdAt"},
//		defaults: object{{"done", false}},                 // the others are null
//		refs:     []ref{refTo("userId", users)},           // checked; deleting the user deletes the notes
//		unique:   []unique{{columns: []string{"title"}}},
//	}
//
//	var noteBody = fields(required("title", text1(128)), maybe("done", boolean()))
//
//	func noteRoutes(r *routes) {
//		r.get("/notes", func(c *call) (any, error) { return c.list(c.db.all(notes)) }).paged(optionalPages)
//		r.post("/notes", 201, func(c *call) (any, error) {
//			in, err := c.input(noteBody) // 400 guard.invalid_input with Zod's issues
//			if err != nil {
//				return nil, err
//			}
//			return c.db.insert(notes, in)
//		})
//		r.delete("/notes/{id}", func(c *call) (any, error) { return nil, c.db.remove(notes, c.param("id")) })
//	}
//
// tenantId, id, createdAt and updatedAt fill themselves in, and "" becomes null.
// The three kinds of "not found" come with the store: get answers
// entity.not_exists_with_id, update entity.not_exists, remove entity.not_found;
// find only tells. What the database refuses comes as a violation, which the group
// answers (plainViolation, or schemaViolation for organizations and the like).
// Other errors are made with fail. A handler runs under the lock, so it reads and
// writes without care; work that waits for somebody else returns a later.
//
// Rows are objects that nobody changes: use with, merge, without and pick.
package fakelogto
