// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// domains exist on Cloud only. OSS has nobody to provide host names: there is
// never one.
var domains = &engine.Collection{
	Name: "domains", Singular: "domain",
	Columns:  []string{"tenantId", "id", "domain", "status", "errorMessage", "dnsRecords", "verificationFiles", "createdAt"},
	Defaults: engine.Object{{"status", domainPending}, {"verificationFiles", []any{}}},
}

func domainGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{domains}, Routes: domainRoutes}
}

var verificationPath = regexp.MustCompile(`^(/[\w-][\w.-]*\.[\w-][\w.-]*|/\.well-known(/[\w-][\w.-]*)+)$`)

// verificationFiles also asks for paths that differ and for JSON that parses.
var verificationFiles = engine.Refine(engine.Array(engine.Refine(engine.Fields(
	engine.Required("path", engine.Text(256).Where(verificationPath.MatchString)),
	engine.Required("content", engine.Text(16384)),
	engine.Required("contentType", engine.NativeEnum("text/plain", "application/json")),
), func(v any, at engine.Path, is *engine.Issues) {
	file, _ := v.(engine.Object)
	if file.Str("contentType") != "application/json" {
		return
	}
	if _, err := engine.DecodeJSON([]byte(file.Str("content"))); err != nil {
		is.Add(at.At("content"), "custom", "The content is not JSON")
	}
})).Max(10), func(v any, at engine.Path, is *engine.Issues) {
	seen := map[string]bool{}
	list, _ := v.([]any)
	for i, item := range list {
		file, _ := item.(engine.Object)
		if seen[file.Str("path")] {
			is.Add(at.At(i).At("path"), "custom", "The path is there already")
		}
		seen[file.Str("path")] = true
	}
})

func domainRoutes(r *engine.Routes) {
	onCloud := func(h engine.Handler) engine.Handler {
		return func(c *engine.Context) (any, error) {
			if !stateOf(c.DB).cloud {
				return nil, engine.Fail(400, "domain.not_configured")
			}
			return h(c)
		}
	}
	after := func(s engine.Schema, h func(c *engine.Context, in engine.Object) (any, error)) engine.Handler {
		return func(c *engine.Context) (any, error) {
			in, err := c.Input(s)
			if err != nil {
				return nil, err
			}
			return onCloud(func(c *engine.Context) (any, error) { return h(c, in) })(c)
		}
	}
	r.Get("/domains", func(c *engine.Context) (any, error) {
		return engine.Map(c.DB.All(domains), func(row engine.Object) engine.Object { return domainView(domainRead(c, row)) }), nil
	})
	r.Post("/domains", 201, after(engine.Fields(engine.Required("domain", engine.Text(256))), func(c *engine.Context, in engine.Object) (any, error) {
		name := in.Str("domain")
		if len(engine.Filter(c.DB.All(domains), func(row engine.Object) bool { return row.Str("domain") == name })) > 0 {
			return nil, engine.Fail(422, "domain.domain_in_use")
		}
		row, err := c.DB.Insert(domains, in.With("dnsRecords", neededRecords(name)))
		return domainView(row), err
	}))
	r.Post("/domains/cleanup", 200, after(engine.Fields(engine.Required("staleDays", engine.Integer().Positive())), func(c *engine.Context, _ engine.Object) (any, error) {
		return engine.Object{{"scannedCount", len(c.DB.All(domains))}, {"deletedCount", 0}, {"skippedActiveCount", 0}, {"failedCount", 0}}, nil
	}))
	r.Get("/domains/{id}", func(c *engine.Context) (any, error) {
		row, err := c.DB.Get(domains, c.Param("id"))
		return domainView(domainRead(c, row)), err
	})
	r.Delete("/domains/{id}", onCloud(func(c *engine.Context) (any, error) {
		if _, err := c.DB.Get(domains, c.Param("id")); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(domains, c.Param("id"))
	}))
	r.Get("/domains/{id}/verification-files", func(c *engine.Context) (any, error) {
		row, err := c.DB.Get(domains, c.Param("id"))
		return row.List("verificationFiles"), err
	})
	r.Put("/domains/{id}/verification-files", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("verificationFiles", verificationFiles)))
		if err != nil {
			return nil, err
		}
		if _, err := c.DB.Get(domains, c.Param("id")); err != nil {
			return nil, err
		}
		row, err := c.DB.Update(domains, in, c.Param("id"))
		return row.List("verificationFiles"), err
	})
}

func domainView(row engine.Object) engine.Object { return row.Without("tenantId", "verificationFiles") }

// domainRead is a domain as Cloudflare knows it by now.
func domainRead(c *engine.Context, row engine.Object) engine.Object {
	if row == nil {
		return nil
	}
	status, message := stateOf(c.DB).nextDomainStatus(row.Str("status"))
	row, _ = c.DB.Update(domains, engine.Object{{"status", status}, {"errorMessage", message}}, row.Str("id"))
	return row
}
