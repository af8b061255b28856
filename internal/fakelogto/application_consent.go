// SPDX-License-Identifier: MPL-2.0

package fakelogto

// applicationScopes are what a third-party application may ask users to consent to.
var applicationScopes = consentRelations{
	organizationScopes: relation("application_user_consent_organization_scopes",
		refTo("applicationId", applications), refTo("organizationScopeId", organizationScopes)),
	resourceScopes: relation("application_user_consent_resource_scopes",
		refTo("applicationId", applications), refTo("scopeId", scopes)),
	organizationResourceScopes: relation("application_user_consent_organization_resource_scopes",
		refTo("applicationId", applications), refTo("scopeId", scopes)),
	userScopes: &collection{
		name: "application_user_consent_user_scopes", singular: "application_user_consent_user_scope",
		columns: []string{"applicationId", "userScope"},
		key:     []string{"applicationId", "userScope"},
		refs:    []ref{refTo("applicationId", applications)},
	},
}

// consentOrganizations are the organizations in which a user consented.
var consentOrganizations = relation("application_user_consent_organizations",
	refTo("applicationId", applications),
	ref{columns: []string{"organizationId", "userId"}, to: organizationUsers})

func consentRoutes(r *routes) {
	const scopesPath = "/applications/{applicationId}/user-consent-scopes"
	r.get(scopesPath, listConsentScopes)
	r.post(scopesPath, 201, addConsentScopes)
	r.delete(scopesPath+"/{scopeType}/{scopeId}", removeConsentScope)

	const organizationsPath = "/applications/{id}/users/{userId}/consent-organizations"
	r.get(organizationsPath, listConsentOrganizations).paged(alwaysPaged)
	r.post(organizationsPath, 201, addConsentOrganizations)
	r.put(organizationsPath, 204, replaceConsentOrganizations)
	r.delete(organizationsPath+"/{organizationId}", func(c *call) (any, error) {
		if err := consentUser(c); err != nil {
			return nil, err
		}
		return nil, c.db.remove(consentOrganizations, c.param("id"), c.param("organizationId"), c.param("userId"))
	})
}

func thirdPartyOnly(db *store, id string) error {
	app, err := db.get(applications, id)
	if err != nil {
		return err
	}
	if !app.flag("isThirdParty") {
		return fail(422, "application.third_party_application_only")
	}
	return nil
}

func listConsentScopes(c *call) (any, error) {
	id := c.param("applicationId")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	return applicationScopes.view(c.db, func(of *collection) []object {
		return c.db.where(of, "applicationId", id)
	}), nil
}

func addConsentScopes(c *call) (any, error) {
	in, err := c.input(consentBody)
	if err != nil {
		return nil, err
	}
	id := c.param("applicationId")
	if err := thirdPartyOnly(c.db, id); err != nil {
		return nil, err
	}
	if err := checkConsentScopes(c.db, in); err != nil {
		return nil, err
	}
	for _, key := range []string{"organizationScopes", "resourceScopes", "organizationResourceScopes"} {
		if in.has(key) && len(in.list(key)) == 0 && c.server.before("1.43") {
			return nil, emptyValues()
		}
	}
	return nil, applicationScopes.add(c.db, object{{"applicationId", id}}, in)
}

func removeConsentScope(c *call) (any, error) {
	if err := c.paramsInput(consentScopeType); err != nil {
		return nil, err
	}
	id := c.param("applicationId")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	return nil, c.db.remove(applicationScopes.byType(c.param("scopeType")), id, c.param("scopeId"))
}

// consentUser checks what every consent-organizations call checks first.
func consentUser(c *call) error {
	if err := thirdPartyOnly(c.db, c.param("id")); err != nil {
		return err
	}
	if !c.db.exists(users, c.param("userId")) {
		return notFound()
	}
	return nil
}

func listConsentOrganizations(c *call) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	links := filtered(c.db.where(consentOrganizations, "applicationId", c.param("id")), func(link object) bool {
		return link.str("userId") == c.param("userId")
	})
	links, err := c.pageOf(links)
	if err != nil {
		return nil, err
	}
	return object{{"organizations", mapped(links, func(link object) object {
		organization, _ := c.db.find(organizations, link.str("organizationId"))
		return organization
	})}}, nil
}

// consentLinks checks that the user is a member of the organizations.
func consentLinks(c *call, organizationIDs []string) ([]object, error) {
	links := make([]object, 0, len(organizationIDs))
	for _, id := range organizationIDs {
		if !c.db.exists(organizationUsers, id, c.param("userId")) {
			return nil, fail(422, "organization.require_membership")
		}
		links = append(links, object{
			{"applicationId", c.param("id")}, {"organizationId", id}, {"userId", c.param("userId")},
		})
	}
	return links, nil
}

func addConsentOrganizations(c *call) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	in, err := c.input(fields(required("organizationIds", ids().nonEmpty())))
	if err != nil {
		return nil, err
	}
	links, err := consentLinks(c, distinct(in.strs("organizationIds")))
	if err != nil {
		return nil, err
	}
	links = filtered(links, func(link object) bool {
		return !c.db.exists(consentOrganizations, keyValues(link, consentOrganizations.key)...)
	})
	if len(links) == 0 {
		return nil, nil
	}
	return nil, c.db.insertAll(consentOrganizations, links)
}

func replaceConsentOrganizations(c *call) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	in, err := c.input(fields(required("organizationIds", ids())))
	if err != nil {
		return nil, err
	}
	links, err := consentLinks(c, in.strs("organizationIds"))
	if err != nil {
		return nil, err
	}
	// The links of the application with other users stay.
	for _, link := range c.db.where(consentOrganizations, "applicationId", c.param("id")) {
		if link.str("userId") != c.param("userId") {
			links = append(links, link)
		}
	}
	return nil, c.db.replace(consentOrganizations, "applicationId", c.param("id"), links)
}
