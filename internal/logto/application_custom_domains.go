// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/url"
)

// ApplicationCustomDomain is a domain of its own under which a protected
// application is reached, on Logto Cloud.
type ApplicationCustomDomain struct {
	ApplicationID string `json:"-"`
	Domain        string `json:"domain"`
	DomainState
}

// ApplicationCustomDomains are the domains of protected applications:
// /applications/{id}/protected-app-metadata/custom-domains. There is no GET of
// one of them; each reading asks Cloudflare anew.
type ApplicationCustomDomains struct {
	Links
}

// ApplicationCustomDomains are the tenant's.
func (c *Client) ApplicationCustomDomains() *ApplicationCustomDomains {
	at := func(application string) string {
		return path("applications", application, "protected-app-metadata", "custom-domains")
	}
	return &ApplicationCustomDomains{Links{
		c:    c,
		path: at,
		list: func(application string) listing { return listing{path: at(application), known: "domain"} },
		body: func(domains []string) any { return map[string]string{"domain": domains[0]} },
		index: func(element json.RawMessage, put func(string, json.RawMessage)) error {
			var d ApplicationCustomDomain
			err := json.Unmarshal(element, &d)
			put(d.Domain, element)
			return err
		},
	}}
}

// Create adds a domain. It calls POST
// /applications/{id}/protected-app-metadata/custom-domains.
func (s *ApplicationCustomDomains) Create(ctx context.Context, key Key, in struct{}) (*ApplicationCustomDomain, error) {
	if _, err := s.Links.Create(ctx, key, in); err != nil {
		return nil, err
	}
	working, done := s.c.outlive(ctx)
	defer done()
	return readNew(&ApplicationCustomDomain{ApplicationID: key[0], Domain: key.ID()}, func() (*ApplicationCustomDomain, error) { return s.Get(working, key) })
}

// Get returns a domain. It calls GET
// /applications/{id}/protected-app-metadata/custom-domains.
func (s *ApplicationCustomDomains) Get(ctx context.Context, key Key) (*ApplicationCustomDomain, error) {
	object, err := s.c.element(ctx, s.source(key[0]), key.ID())
	if err != nil {
		return nil, err
	}
	return readAs(s.c, s.path(key[0]), object, &ApplicationCustomDomain{ApplicationID: key[0]})
}

// Update does nothing: nothing of it can be changed.
func (s *ApplicationCustomDomains) Update(ctx context.Context, key Key, _, _ struct{}) (*ApplicationCustomDomain, error) {
	return s.Get(ctx, key)
}

// Search returns the domains of all protected applications. There are no filters. It calls
// GET /applications, GET /applications/{id}/protected-app-metadata/custom-domains of each.
func (s *ApplicationCustomDomains) Search(ctx context.Context, _ []string, _ url.Values) ([]ApplicationCustomDomain, error) {
	return ofApplications(ctx, s.c, url.Values{"types": {"Protected"}}, func(ctx context.Context, key Key) ([]ApplicationCustomDomain, error) {
		children, err := s.Children(ctx, key.ID())
		if err != nil {
			return nil, err
		}
		all := make([]ApplicationCustomDomain, len(children))
		for i, child := range children {
			d, err := s.Get(ctx, Key{key.ID(), child})
			if err != nil {
				return nil, err
			}
			all[i] = *d
		}
		return all, nil
	})
}
