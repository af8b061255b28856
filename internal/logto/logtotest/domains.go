// SPDX-License-Identifier: MPL-2.0

package logtotest

import "regexp"

// domainGroup answers as OSS does, which has nobody to provide host names: there
// is never a domain.
func domainGroup() group { return group{routes: domainRoutes} }

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
	unconfigured := func(*call) (any, error) { return nil, fail(400, "domain.not_configured") }
	missing := func(c *call) (any, error) { return nil, notExistsWithID("domains", c.param("id")) }
	after := func(s schema, h handler) handler {
		return func(c *call) (any, error) {
			if _, err := c.input(s); err != nil {
				return nil, err
			}
			return h(c)
		}
	}
	r.get("/domains", func(*call) (any, error) { return []object{}, nil })
	r.post("/domains", 201, after(fields(required("domain", text1(256))), unconfigured))
	r.post("/domains/cleanup", 200, after(fields(required("staleDays", integer().positive())), unconfigured))
	r.get("/domains/{id}", missing)
	r.delete("/domains/{id}", unconfigured)
	r.get("/domains/{id}/verification-files", missing)
	r.put("/domains/{id}/verification-files", 200,
		after(fields(required("verificationFiles", verificationFiles)), missing))
}
