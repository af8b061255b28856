// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

var jitEmailDomains = &collection{
	name: "organization_jit_email_domains", singular: "organization_jit_email_domain",
	columns:   []string{"tenantId", "organizationId", "emailDomain"},
	key:       []string{"organizationId", "emailDomain"},
	refs:      []ref{refTo("organizationId", organizations)},
	maxLength: map[string]int{"emailDomain": 128},
}

var (
	jitRoles = relation("organization_jit_roles",
		refTo("organizationId", organizations), refTo("organizationRoleId", organizationRoles))
	jitSSOConnectors = relation("organization_jit_sso_connectors",
		refTo("organizationId", organizations), refTo("ssoConnectorId", ssoConnectors))
)

func jitCollections() []*collection {
	return []*collection{jitEmailDomains, jitRoles, jitSSOConnectors}
}

// jitRoutes registers the just-in-time provisioning of organizations.
func jitRoutes(r *routes) {
	const path = "/organizations/{id}/jit"
	r.get(path+"/email-domains", listJitEmailDomains).paged(optionalPages)
	r.post(path+"/email-domains", 201, func(c *call) (any, error) {
		in, err := c.input(fields(required("emailDomain", text1(0))))
		if err != nil {
			return nil, err
		}
		return jitEmailDomains.answers(c.db.insert(jitEmailDomains, in.with("organizationId", c.param("id"))))
	})
	r.put(path+"/email-domains", 204, func(c *call) (any, error) {
		in, err := c.input(fields(required("emailDomains", array(str()))))
		if err != nil {
			return nil, err
		}
		id := c.param("id")
		rows := linkRows(object{{"organizationId", id}}, "emailDomain", in.strs("emailDomains"))
		return nil, c.db.replace(jitEmailDomains, "organizationId", id, rows)
	})
	r.delete(path+"/email-domains/{emailDomain}", func(c *call) (any, error) {
		return nil, c.db.remove(jitEmailDomains, c.param("id"), c.param("emailDomain"))
	})

	organizationFound := func(db *store, id string) error {
		_, err := db.get(organizations, id)
		return err
	}
	linkRoutes(r, path+"/roles", links{
		of: jitRoles, parent: "organizationId", child: "organizationRoleId",
		to: organizationRoles, found: organizationFound,
	})
	linkRoutes(r, path+"/sso-connectors", links{
		of: jitSSOConnectors, parent: "organizationId", child: "ssoConnectorId",
		to: ssoConnectors, found: organizationFound,
	})
}

// listJitEmailDomains answers an empty list for a missing organization. An empty
// domain, which PUT lets through, cannot be read back.
func listJitEmailDomains(c *call) (any, error) {
	rows, err := jitEmailDomains.answersAll(c.pageOf(c.db.where(jitEmailDomains, "organizationId", c.param("id"))))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(rows, func(row object) bool { return row.str("emailDomain") == "" }) {
		return nil, internal()
	}
	return rows, nil
}
