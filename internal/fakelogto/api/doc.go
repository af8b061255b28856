// SPDX-License-Identifier: MPL-2.0

// Package api is the Management API of the Logto in memory, a file for each group,
// and what of the OIDC provider a client of it calls.
//
// A group is one file: its collections, its routes, and a line in groups.go.
//
//	var notes = &engine.Collection{
//		Name: "notes", Singular: "note",                   // as error messages name it
//		Columns:  []string{"tenantId", "id", "userId", "title", "done", "createdAt"},
//		Defaults: engine.Object{{"done", false}},          // the others are null
//		Refs:     []engine.Ref{engine.RefTo("userId", users)}, // checked; deleting the user deletes the notes
//		Unique:   []engine.Unique{{Columns: []string{"title"}}},
//	}
//
//	var noteBody = engine.Fields(engine.Required("title", engine.Text(128)), engine.Maybe("done", engine.Boolean()))
//
//	func noteRoutes(r *engine.Routes) {
//		r.Get("/notes", func(c *engine.Context) (any, error) { return c.List(c.DB.All(notes)) }).Paged(engine.OptionalPages)
//		r.Post("/notes", 201, func(c *engine.Context) (any, error) {
//			in, err := c.Input(noteBody) // 400 guard.invalid_input with Zod's issues
//			if err != nil {
//				return nil, err
//			}
//			return c.DB.Insert(notes, in)
//		})
//		r.Delete("/notes/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(notes, c.Param("id")) })
//	}
//
// tenantId, id, createdAt and updatedAt fill themselves in, and "" becomes null.
// The three kinds of "not found" come with the store: Get answers
// entity.not_exists_with_id, Update entity.not_exists, Remove entity.not_found;
// Find only tells. What the database refuses comes as a violation, which the group
// answers (engine.PlainViolation, or engine.SchemaViolation for organizations and the
// like). Other errors are made with engine.Fail. A handler runs under the lock, so it
// reads and writes without care; work that waits for somebody else returns an
// engine.Later.
//
// Rows are objects that nobody changes: use With, Merge, Without and Pick.
package api
