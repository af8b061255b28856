// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Organization is a customer, a team or another group of users of a product.
type Organization struct {
	ID        string `json:"id"`
	CreatedAt int64  `json:"createdAt"` // milliseconds since 1970
	OrganizationInput
}

// OrganizationInput is what can be written of an [Organization]. The id is left
// out on purpose: Logto would take another one and move everything to it.
type OrganizationInput struct {
	Name          string           `json:"name"`
	Description   *string          `json:"description,omitempty"`
	CustomData    json.RawMessage  `json:"customData,omitempty"` // an object
	IsMFARequired *bool            `json:"isMfaRequired,omitempty"`
	Color         *PartialColor    `json:"color,omitempty"`
	Branding      *PartialBranding `json:"branding,omitempty"`
	CustomCSS     *string          `json:"customCss,omitempty"`
}

// Organizations are the tenant's organizations: /organizations.
func (c *Client) Organizations() *Collection[Organization, OrganizationInput] {
	all := listing{path: path("organizations"), paged: true}
	src := &source{listing: all, index: byID}
	return &Collection[Organization, OrganizationInput]{
		c:      c,
		path:   func([]string) string { return path("organizations") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(in OrganizationInput) url.Values { return FuzzySearch(in.Name) },
		// Names are not unique.
		same:  func(in OrganizationInput, o *Organization) bool { return holds(o.OrganizationInput, in) },
		whole: []string{"customData"},
	}
}

// FuzzySearch is the search for objects with a field that holds that text, in
// whatever case.
func FuzzySearch(text string) url.Values { return url.Values{"q": {literally.Replace(text)}} }

// literally escapes what stands for other characters in a search of Logto's.
var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// OrganizationEmailDomains are the domains of e-mail addresses whose users join
// the organization when they sign up: /organizations/{id}/jit/email-domains.
func (c *Client) OrganizationEmailDomains() *Links {
	links := c.justInTime("email-domains", "emailDomains")
	links.list = func(organization string) listing {
		return listing{path: links.path(organization), known: "emailDomain"}
	}
	links.index = func(element json.RawMessage, put func(string, json.RawMessage)) error {
		var o struct {
			EmailDomain string `json:"emailDomain"`
		}
		if err := json.Unmarshal(element, &o); err != nil {
			return err
		}
		put(o.EmailDomain, element)
		return nil
	}
	return links
}

// OrganizationJITRoles are the organization roles of users who join just in
// time: /organizations/{id}/jit/roles.
func (c *Client) OrganizationJITRoles() *Links { return c.justInTime("roles", "organizationRoleIds") }

// OrganizationSSOConnectors are the enterprise connectors whose users join the
// organization when they sign in: /organizations/{id}/jit/sso-connectors.
func (c *Client) OrganizationSSOConnectors() *Links {
	return c.justInTime("sso-connectors", "ssoConnectorIds")
}

// justInTime are links under /organizations/{id}/jit. Two PUTs at a time of one
// organization's domains disturb each other, which is why [Links] takes turns.
func (c *Client) justInTime(kind, ids string) *Links {
	at := func(organization string) string { return path("organizations", organization, "jit", kind) }
	return &Links{
		c:      c,
		path:   at,
		list:   func(organization string) listing { return listing{path: at(organization)} },
		body:   func(children []string) any { return map[string]any{ids: children} },
		put:    true,
		exists: func(organization string) string { return path("organizations", organization) },
	}
}
