// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
)

// domains exist on Cloud only. OSS has nobody to provide host names: there is
// never one.
var domains = &collection{
	name: "domains", singular: "domain",
	columns:  []string{"tenantId", "id", "domain", "status", "errorMessage", "dnsRecords", "verificationFiles", "createdAt"},
	defaults: object{{"status", domainPending}, {"verificationFiles", []any{}}},
}

func domainGroup() group { return group{collections: []*collection{domains}, routes: domainRoutes} }

var verificationPath = regexp.MustCompile(`^(/[\w-][\w.-]*\.[\w-][\w.-]*|/\.well-known(/[\w-][\w.-]*)+)$`)

// verificationFiles also asks for paths that differ and for JSON that parses.
var verificationFiles = refine(array(refine(fields(
	required("path", text1(256).where(verificationPath.MatchString)),
	required("content", text1(16384)),
	required("contentType", nativeEnum("text/plain", "application/json")),
), func(v any, at path, is *issues) {
	file, _ := v.(object)
	if file.str("contentType") != "application/json" {
		return
	}
	if _, err := decodeJSON([]byte(file.str("content"))); err != nil {
		is.add(at.at("content"), "custom", "The content is not JSON")
	}
})).max(10), func(v any, at path, is *issues) {
	seen := map[string]bool{}
	list, _ := v.([]any)
	for i, item := range list {
		file, _ := item.(object)
		if seen[file.str("path")] {
			is.add(at.at(i).at("path"), "custom", "The path is there already")
		}
		seen[file.str("path")] = true
	}
})

func domainRoutes(r *routes) {
	onCloud := func(h handler) handler {
		return func(c *call) (any, error) {
			if !c.server.cloud {
				return nil, fail(400, "domain.not_configured")
			}
			return h(c)
		}
	}
	after := func(s schema, h func(c *call, in object) (any, error)) handler {
		return func(c *call) (any, error) {
			in, err := c.input(s)
			if err != nil {
				return nil, err
			}
			return onCloud(func(c *call) (any, error) { return h(c, in) })(c)
		}
	}
	r.get("/domains", func(c *call) (any, error) {
		return mapped(c.db.all(domains), func(row object) object { return domainView(c.domainRead(row)) }), nil
	})
	r.post("/domains", 201, after(fields(required("domain", text1(256))), func(c *call, in object) (any, error) {
		name := in.str("domain")
		if len(filtered(c.db.all(domains), func(row object) bool { return row.str("domain") == name })) > 0 {
			return nil, fail(422, "domain.domain_in_use")
		}
		row, err := c.db.insert(domains, in.with("dnsRecords", neededRecords(name)))
		return domainView(row), err
	}))
	r.post("/domains/cleanup", 200, after(fields(required("staleDays", integer().positive())), func(c *call, _ object) (any, error) {
		return object{{"scannedCount", len(c.db.all(domains))}, {"deletedCount", 0}, {"skippedActiveCount", 0}, {"failedCount", 0}}, nil
	}))
	r.get("/domains/{id}", func(c *call) (any, error) {
		row, err := c.db.get(domains, c.param("id"))
		return domainView(c.domainRead(row)), err
	})
	r.delete("/domains/{id}", onCloud(func(c *call) (any, error) {
		if _, err := c.db.get(domains, c.param("id")); err != nil {
			return nil, err
		}
		return nil, c.db.remove(domains, c.param("id"))
	}))
	r.get("/domains/{id}/verification-files", func(c *call) (any, error) {
		row, err := c.db.get(domains, c.param("id"))
		return row.list("verificationFiles"), err
	})
	r.put("/domains/{id}/verification-files", 200, func(c *call) (any, error) {
		in, err := c.input(fields(required("verificationFiles", verificationFiles)))
		if err != nil {
			return nil, err
		}
		if _, err := c.db.get(domains, c.param("id")); err != nil {
			return nil, err
		}
		row, err := c.db.update(domains, in, c.param("id"))
		return row.list("verificationFiles"), err
	})
}

func domainView(row object) object { return row.without("tenantId", "verificationFiles") }

// domainRead is a domain as Cloudflare knows it by now.
func (c *call) domainRead(row object) object {
	if row == nil {
		return nil
	}
	status, message := c.server.nextDomainStatus(row.str("status"))
	row, _ = c.db.update(domains, object{{"status", status}, {"errorMessage", message}}, row.str("id"))
	return row
}
