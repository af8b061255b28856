// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

// What only Logto Cloud has is made after its source: no recording of it exists.

const (
	domainPending = "PendingVerification"
	domainNearly  = "PendingSsl"
	domainActive  = "Active"

	protectedAppDomain   = "protected.example"
	protectedAppSession  = 1209600.0 // seconds
	protectedAppCallback = "sign-in-callback"
	fallbackOrigin       = "domains.example"
)

// BecomeCloud makes the tenant one of Logto Cloud as far as domains, protected
// applications and files go. New domains become active in two readings.
func (s *Server) BecomeCloud() {
	s.data.Lock()
	defer s.data.Unlock()
	s.cloud, s.storage = true, true
}

// HoldDomains keeps domains from becoming active: from now on every reading
// finds the status, with the error message if there is one.
func (s *Server) HoldDomains(status, message string) {
	s.data.Lock()
	defer s.data.Unlock()
	s.domainStatus, s.domainMessage = status, message
}

// nextDomainStatus is what a reading finds of a domain that was found as status.
func (s *Server) nextDomainStatus(status string) (next, message string) {
	switch {
	case s.domainStatus != "":
		return s.domainStatus, s.domainMessage
	case status == domainPending:
		return domainNearly, ""
	}
	return domainActive, ""
}

func neededRecords(domain string) []any {
	return []any{object{{"type", "CNAME"}, {"name", domain}, {"value", fallbackOrigin}}}
}

// protectedAppData is what the creation of a protected application makes of the
// subdomain and the origin, in place of any other metadata.
func protectedAppData(db *store, asked object) (object, error) {
	host := asked.str("subDomain") + "." + protectedAppDomain
	for _, app := range db.all(applications) {
		if app.obj("protectedAppMetadata").str("host") == host {
			return nil, fail(422, "application.protected_application_subdomain_exists")
		}
	}
	return object{
		{"protectedAppMetadata", object{
			{"host", host}, {"origin", asked.get("origin")}, {"sessionDuration", protectedAppSession}, {"pageRules", []any{}}, {"additionalScopes", []any{}},
		}},
		{"oidcClientMetadata", object{
			{"redirectUris", []any{"https://" + host + "/" + protectedAppCallback}}, {"postLogoutRedirectUris", []any{"https://" + host}},
		}},
	}, nil
}

func protectedAppDomainRoutes(r *routes) {
	const path = "/applications/{id}/protected-app-metadata/custom-domains"
	only := func(h func(c *call, app object) (any, error)) handler {
		return func(c *call) (any, error) {
			app, err := c.db.get(applications, c.param("id"))
			if err != nil {
				return nil, err
			}
			if app.str("type") != protectedApp { // on OSS none is
				return nil, fail(422, "application.protected_application_only")
			}
			return h(c, app)
		}
	}
	r.get(path, only(func(c *call, app object) (any, error) {
		metadata := app.obj("protectedAppMetadata")
		found := []any{}
		for _, v := range metadata.list("customDomains") {
			domain, _ := v.(object)
			status, message := c.server.nextDomainStatus(domain.str("status"))
			domain = domain.with("status", status).with("errorMessage", nil)
			if message != "" {
				domain = domain.with("errorMessage", message)
			}
			found = append(found, domain)
		}
		_, err := c.db.update(applications, object{{"protectedAppMetadata", metadata.with("customDomains", found)}}, app.str("id"))
		return found, err
	}))
	r.post(path, 201, only(func(c *call, app object) (any, error) {
		in, err := c.input(fields(required("domain", str())))
		if err != nil {
			return nil, err
		}
		metadata, oidc, domain := app.obj("protectedAppMetadata"), app.obj("oidcClientMetadata"), in.str("domain")
		if len(metadata.list("customDomains")) > 0 {
			return nil, fail(422, "domain.limit_to_one_domain")
		}
		added := object{{"domain", domain}, {"status", domainPending}, {"errorMessage", nil}, {"dnsRecords", neededRecords(domain)}, {"cloudflareData", object{{"id", domain}}}}
		_, err = c.db.update(applications, object{
			{"protectedAppMetadata", metadata.with("customDomains", []any{added})},
			{"oidcClientMetadata", oidc.
				with("redirectUris", append(slices.Clone(oidc.list("redirectUris")), "https://"+domain+"/"+protectedAppCallback)).
				with("postLogoutRedirectUris", append(slices.Clone(oidc.list("postLogoutRedirectUris")), "https://"+domain))},
		}, app.str("id"))
		return nil, err
	}))
	r.delete(path+"/{domain}", only(func(c *call, app object) (any, error) {
		metadata, oidc, domain := app.obj("protectedAppMetadata"), app.obj("oidcClientMetadata"), c.param("domain")
		other := func(v any) bool { d, _ := v.(object); return d.str("domain") != domain }
		kept := filtered(metadata.list("customDomains"), other)
		if len(kept) == len(metadata.list("customDomains")) {
			return nil, fail(404, "application.custom_domain_not_found")
		}
		without := func(uris []any, uri string) []any { return filtered(uris, func(v any) bool { return v != uri }) }
		_, err := c.db.update(applications, object{
			{"protectedAppMetadata", metadata.with("customDomains", kept)},
			{"oidcClientMetadata", oidc.
				with("redirectUris", without(oidc.list("redirectUris"), "https://"+domain+"/"+protectedAppCallback)).
				with("postLogoutRedirectUris", without(oidc.list("postLogoutRedirectUris"), "https://"+domain))},
		}, app.str("id"))
		return nil, err
	}))
}
