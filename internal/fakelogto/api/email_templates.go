// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

var emailTemplates = &engine.Collection{
	Name: "email_templates", Singular: "email_template",
	Columns: []string{"tenantId", "id", "languageTag", "templateType", "details", "createdAt"},
	Unique:  []engine.Unique{{Columns: []string{"languageTag", "templateType"}}},
}

var (
	emailTemplateDetails = engine.Fields(
		engine.Required("subject", engine.String()), engine.Required("content", engine.String()), engine.Maybe("contentType", engine.Union(engine.Literal("text/html"), engine.Literal("text/plain"))),
		engine.Maybe("replyTo", engine.String()), engine.Maybe("sendFrom", engine.String()),
	)
	emailTemplateKey = engine.Fields(
		engine.Required("languageTag", engine.Text(16)), engine.Required("templateType", engine.NativeEnum(templateTypes()...)),
	)
	emailTemplateBody = engine.Fields(engine.Required("templates",
		engine.Array(emailTemplateKey.And(engine.Required("details", emailTemplateDetails))).NonEmpty()))
)

func emailTemplateRoutes(r *engine.Routes) {
	r.Put("/email-templates", 200, putEmailTemplates)
	r.Get("/email-templates", func(c *engine.Context) (any, error) { return matchingTemplates(c) })
	r.Get("/email-templates/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(emailTemplates, c.Param("id")) })
	r.Patch("/email-templates/{id}/details", func(c *engine.Context) (any, error) {
		in, err := c.Input(emailTemplateDetails.Partial())
		if err != nil {
			return nil, err
		}
		row, err := c.DB.Get(emailTemplates, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return c.DB.Update(emailTemplates, engine.Object{{"details", row.Obj("details").Merge(in)}}, c.Param("id"))
	})
	r.Delete("/email-templates/{id}", func(c *engine.Context) (any, error) {
		if _, err := c.DB.Get(emailTemplates, c.Param("id")); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(emailTemplates, c.Param("id"))
	})
	r.Delete("/email-templates", func(c *engine.Context) (any, error) {
		rows, err := matchingTemplates(c)
		if err != nil {
			return nil, err
		}
		if engine.Lookup(c.Query, "languageTag") == "" && engine.Lookup(c.Query, "templateType") == "" {
			return nil, engine.Fail(422, "connector.email_connector.bulk_deletion_no_filter")
		}
		for _, row := range rows {
			_ = c.DB.Remove(emailTemplates, row.Str("id")) // it was just listed
		}
		return engine.Object{{"rowCount", len(rows)}}, nil
	}).Status = 200
}

func matchingTemplates(c *engine.Context) ([]engine.Object, error) {
	query, err := c.QueryInput(emailTemplateKey.Partial())
	if err != nil {
		return nil, err
	}
	return engine.Filter(c.DB.All(emailTemplates), func(row engine.Object) bool {
		for _, m := range query {
			if row.Get(m.Key) != m.Value {
				return false
			}
		}
		return true
	}), nil
}

// putEmailTemplates keeps the ID of a template that exists and replaces its details.
func putEmailTemplates(c *engine.Context) (any, error) {
	in, err := c.Input(emailTemplateBody)
	if err != nil {
		return nil, err
	}
	out := []engine.Object{}
	err = c.DB.Atomically(func() error {
		for _, item := range in.List("templates") {
			values, _ := item.(engine.Object)
			row, ok := c.DB.FindUnique(emailTemplates, []string{"languageTag", "templateType"},
				values.Str("languageTag"), values.Str("templateType"))
			if ok {
				row, err = c.DB.Update(emailTemplates, values.Pick("details"), row.Str("id"))
			} else {
				row, err = c.DB.Insert(emailTemplates, values)
			}
			if err != nil {
				return err
			}
			out = append(out, row)
		}
		return nil
	})
	return out, err
}
