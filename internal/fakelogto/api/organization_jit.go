// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var jitEmailDomains = &engine.Collection{
	Name: "organization_jit_email_domains", Singular: "organization_jit_email_domain",
	Columns:   []string{"tenantId", "organizationId", "emailDomain"},
	Key:       []string{"organizationId", "emailDomain"},
	Refs:      []engine.Ref{engine.RefTo("organizationId", organizations)},
	MaxLength: map[string]int{"emailDomain": 128},
}

var (
	jitRoles = engine.Relation("organization_jit_roles",
		engine.RefTo("organizationId", organizations), engine.RefTo("organizationRoleId", organizationRoles))
	jitSSOConnectors = engine.Relation("organization_jit_sso_connectors",
		engine.RefTo("organizationId", organizations), engine.RefTo("ssoConnectorId", ssoConnectors))
)

func jitCollections() []*engine.Collection {
	return []*engine.Collection{jitEmailDomains, jitRoles, jitSSOConnectors}
}

// jitRoutes registers the just-in-time provisioning of organizations.
func jitRoutes(r *engine.Routes) {
	const path = "/organizations/{id}/jit"
	r.Get(path+"/email-domains", listJitEmailDomains).Paged(engine.OptionalPages)
	r.Post(path+"/email-domains", 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("emailDomain", engine.Text(0))))
		if err != nil {
			return nil, err
		}
		return jitEmailDomains.Answers(c.DB.Insert(jitEmailDomains, in.With("organizationId", c.Param("id"))))
	})
	r.Put(path+"/email-domains", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("emailDomains", engine.Array(engine.String()))))
		if err != nil {
			return nil, err
		}
		id := c.Param("id")
		rows := engine.LinkRows(engine.Object{{"organizationId", id}}, "emailDomain", in.Strs("emailDomains"))
		return nil, c.DB.Replace(jitEmailDomains, "organizationId", id, rows)
	})
	r.Delete(path+"/email-domains/{emailDomain}", func(c *engine.Context) (any, error) {
		return nil, c.DB.Remove(jitEmailDomains, c.Param("id"), c.Param("emailDomain"))
	})

	organizationFound := func(db *engine.Store, id string) error {
		_, err := db.Get(organizations, id)
		return err
	}
	engine.LinkRoutes(r, path+"/roles", engine.Links{
		Of: jitRoles, Parent: "organizationId", Child: "organizationRoleId",
		To: organizationRoles, Found: organizationFound,
	})
	engine.LinkRoutes(r, path+"/sso-connectors", engine.Links{
		Of: jitSSOConnectors, Parent: "organizationId", Child: "ssoConnectorId",
		To: ssoConnectors, Found: organizationFound,
	})
}

// listJitEmailDomains answers an empty list for a missing organization. An empty
// domain, which PUT lets through, cannot be read back.
func listJitEmailDomains(c *engine.Context) (any, error) {
	rows, err := jitEmailDomains.AnswersAll(c.PageOf(c.DB.Where(jitEmailDomains, "organizationId", c.Param("id"))))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(rows, func(row engine.Object) bool { return row.Str("emailDomain") == "" }) {
		return nil, engine.InternalError()
	}
	return rows, nil
}
