// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
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
func BecomeCloud(s *engine.Server) {
	s.Locked(func(db *engine.Store) { stateOf(db).cloud, stateOf(db).storage = true, true })
}

// HaveIndicator makes an indicator such as "https://acme.logto.app/api", which names a
// tenant of Logto Cloud, that of the tenant's Management API.
func HaveIndicator(s *engine.Server, indicator string) error {
	var err error
	s.Locked(func(db *engine.Store) {
		_, err = db.Update(resources, engine.Object{{"indicator", indicator}}, managementAPI)
	})
	s.SetAudience(indicator)
	return err
}

// HoldDomains keeps domains from becoming active: from now on every reading
// finds the status, with the error message if there is one.
func HoldDomains(s *engine.Server, status, message string) {
	s.Locked(func(db *engine.Store) { stateOf(db).domainStatus, stateOf(db).domainMessage = status, message })
}

// nextDomainStatus is what a reading finds of a domain that was found as status.
func (s *state) nextDomainStatus(status string) (next, message string) {
	switch {
	case s.domainStatus != "":
		return s.domainStatus, s.domainMessage
	case status == domainPending:
		return domainNearly, ""
	}
	return domainActive, ""
}

func neededRecords(domain string) []any {
	return []any{engine.Object{{"type", "CNAME"}, {"name", domain}, {"value", fallbackOrigin}}}
}

// protectedAppData is what the creation of a protected application makes of the
// subdomain and the origin, in place of any other metadata.
func protectedAppData(db *engine.Store, asked engine.Object) (engine.Object, error) {
	host := asked.Str("subDomain") + "." + protectedAppDomain
	for _, app := range db.All(applications) {
		if app.Obj("protectedAppMetadata").Str("host") == host {
			return nil, engine.Fail(422, "application.protected_application_subdomain_exists")
		}
	}
	return engine.Object{
		{"protectedAppMetadata", engine.Object{
			{"host", host}, {"origin", asked.Get("origin")}, {"sessionDuration", protectedAppSession}, {"pageRules", []any{}}, {"additionalScopes", []any{}},
		}},
		{"oidcClientMetadata", engine.Object{
			{"redirectUris", []any{"https://" + host + "/" + protectedAppCallback}}, {"postLogoutRedirectUris", []any{"https://" + host}},
		}},
	}, nil
}

func protectedAppDomainRoutes(r *engine.Routes) {
	const path = "/applications/{id}/protected-app-metadata/custom-domains"
	only := func(h func(c *engine.Context, app engine.Object) (any, error)) engine.Handler {
		return func(c *engine.Context) (any, error) {
			app, err := c.DB.Get(applications, c.Param("id"))
			if err != nil {
				return nil, err
			}
			if app.Str("type") != protectedApp { // on OSS none is
				return nil, engine.Fail(422, "application.protected_application_only")
			}
			return h(c, app)
		}
	}
	r.Get(path, only(listProtectedAppDomains))
	r.Post(path, 201, only(addProtectedAppDomain))
	r.Delete(path+"/{domain}", only(removeProtectedAppDomain))
}

// listProtectedAppDomains returns the domains of a protected application. Each reading
// takes them a step further.
func listProtectedAppDomains(c *engine.Context, app engine.Object) (any, error) {
	metadata := app.Obj("protectedAppMetadata")
	found := []any{}
	for _, v := range metadata.List("customDomains") {
		domain, _ := v.(engine.Object)
		status, message := stateOf(c.DB).nextDomainStatus(domain.Str("status"))
		domain = domain.With("status", status).With("errorMessage", nil)
		if message != "" {
			domain = domain.With("errorMessage", message)
		}
		found = append(found, domain)
	}
	_, err := c.DB.Update(applications, engine.Object{{"protectedAppMetadata", metadata.With("customDomains", found)}}, app.Str("id"))
	return found, err
}

// addProtectedAppDomain adds a domain, and its URIs to those of the application.
func addProtectedAppDomain(c *engine.Context, app engine.Object) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("domain", engine.String())))
	if err != nil {
		return nil, err
	}
	metadata, oidc, domain := app.Obj("protectedAppMetadata"), app.Obj("oidcClientMetadata"), in.Str("domain")
	if len(metadata.List("customDomains")) > 0 {
		return nil, engine.Fail(422, "domain.limit_to_one_domain")
	}
	added := engine.Object{{"domain", domain}, {"status", domainPending}, {"errorMessage", nil}, {"dnsRecords", neededRecords(domain)}, {"cloudflareData", engine.Object{{"id", domain}}}}
	_, err = c.DB.Update(applications, engine.Object{
		{"protectedAppMetadata", metadata.With("customDomains", []any{added})},
		{"oidcClientMetadata", oidc.
			With("redirectUris", append(slices.Clone(oidc.List("redirectUris")), "https://"+domain+"/"+protectedAppCallback)).
			With("postLogoutRedirectUris", append(slices.Clone(oidc.List("postLogoutRedirectUris")), "https://"+domain))},
	}, app.Str("id"))
	return nil, err
}

// removeProtectedAppDomain removes a domain, and its URIs.
func removeProtectedAppDomain(c *engine.Context, app engine.Object) (any, error) {
	metadata, oidc, domain := app.Obj("protectedAppMetadata"), app.Obj("oidcClientMetadata"), c.Param("domain")
	other := func(v any) bool { d, _ := v.(engine.Object); return d.Str("domain") != domain }
	kept := engine.Filter(metadata.List("customDomains"), other)
	if len(kept) == len(metadata.List("customDomains")) {
		return nil, engine.Fail(404, "application.custom_domain_not_found")
	}
	without := func(uris []any, uri string) []any { return engine.Filter(uris, func(v any) bool { return v != uri }) }
	_, err := c.DB.Update(applications, engine.Object{
		{"protectedAppMetadata", metadata.With("customDomains", kept)},
		{"oidcClientMetadata", oidc.
			With("redirectUris", without(oidc.List("redirectUris"), "https://"+domain+"/"+protectedAppCallback)).
			With("postLogoutRedirectUris", without(oidc.List("postLogoutRedirectUris"), "https://"+domain))},
	}, app.Str("id"))
	return nil, err
}
