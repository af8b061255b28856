// SPDX-License-Identifier: MPL-2.0

package fakelogto

var emailTemplates = &collection{
	name: "email_templates", singular: "email_template",
	columns: []string{"tenantId", "id", "languageTag", "templateType", "details", "createdAt"},
	unique:  []unique{{columns: []string{"languageTag", "templateType"}}},
}

var (
	emailTemplateDetails = fields(
		required("subject", str()), required("content", str()), maybe("contentType", union(literal("text/html"), literal("text/plain"))),
		maybe("replyTo", str()), maybe("sendFrom", str()),
	)
	emailTemplateKey = fields(
		required("languageTag", text1(16)), required("templateType", nativeEnum(templateTypes()...)),
	)
	emailTemplateBody = fields(required("templates",
		array(emailTemplateKey.and(required("details", emailTemplateDetails))).nonEmpty()))
)

func emailTemplateRoutes(r *routes) {
	r.put("/email-templates", 200, putEmailTemplates)
	r.get("/email-templates", func(c *call) (any, error) { return matchingTemplates(c) })
	r.get("/email-templates/{id}", func(c *call) (any, error) { return c.db.get(emailTemplates, c.param("id")) })
	r.patch("/email-templates/{id}/details", func(c *call) (any, error) {
		in, err := c.input(emailTemplateDetails.partial())
		if err != nil {
			return nil, err
		}
		row, err := c.db.get(emailTemplates, c.param("id"))
		if err != nil {
			return nil, err
		}
		return c.db.update(emailTemplates, object{{"details", row.obj("details").merge(in)}}, c.param("id"))
	})
	r.delete("/email-templates/{id}", func(c *call) (any, error) {
		if _, err := c.db.get(emailTemplates, c.param("id")); err != nil {
			return nil, err
		}
		return nil, c.db.remove(emailTemplates, c.param("id"))
	})
	r.delete("/email-templates", func(c *call) (any, error) {
		rows, err := matchingTemplates(c)
		if err != nil {
			return nil, err
		}
		if lookup(c.query, "languageTag") == "" && lookup(c.query, "templateType") == "" {
			return nil, fail(422, "connector.email_connector.bulk_deletion_no_filter")
		}
		for _, row := range rows {
			_ = c.db.remove(emailTemplates, row.str("id")) // it was just listed
		}
		return object{{"rowCount", len(rows)}}, nil
	}).status = 200
}

func matchingTemplates(c *call) ([]object, error) {
	query, err := c.queryInput(emailTemplateKey.partial())
	if err != nil {
		return nil, err
	}
	return filtered(c.db.all(emailTemplates), func(row object) bool {
		for _, m := range query {
			if row.get(m.key) != m.value {
				return false
			}
		}
		return true
	}), nil
}

// putEmailTemplates keeps the ID of a template that exists and replaces its details.
func putEmailTemplates(c *call) (any, error) {
	in, err := c.input(emailTemplateBody)
	if err != nil {
		return nil, err
	}
	out := []object{}
	err = c.db.atomically(func() error {
		for _, item := range in.list("templates") {
			values, _ := item.(object)
			row, ok := c.db.findUnique(emailTemplates, []string{"languageTag", "templateType"},
				values.str("languageTag"), values.str("templateType"))
			if ok {
				row, err = c.db.update(emailTemplates, values.pick("details"), row.str("id"))
			} else {
				row, err = c.db.insert(emailTemplates, values)
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
