// SPDX-License-Identifier: MPL-2.0

package logtotest

import "slices"

// What a third-party application may ask users to consent to.
var (
	consentOrganizationScopes = relation("application_user_consent_organization_scopes",
		refTo("applicationId", applications), refTo("organizationScopeId", organizationScopes))
	consentResourceScopes = relation("application_user_consent_resource_scopes",
		refTo("applicationId", applications), refTo("scopeId", scopes))
	consentOrganizationResourceScopes = relation("application_user_consent_organization_resource_scopes",
		refTo("applicationId", applications), refTo("scopeId", scopes))
	consentUserScopes = &collection{
		name: "application_user_consent_user_scopes", singular: "application_user_consent_user_scope",
		columns: []string{"applicationId", "userScope"},
		key:     []string{"applicationId", "userScope"},
		refs:    []ref{refTo("applicationId", applications)},
	}
	// consentOrganizations are the organizations in which a user consented.
	consentOrganizations = relation("application_user_consent_organizations",
		refTo("applicationId", applications),
		ref{columns: []string{"organizationId", "userId"}, to: organizationUsers})
)

func consentRelations() []*collection {
	return []*collection{consentOrganizationScopes, consentResourceScopes, consentOrganizationResourceScopes}
}

var consentBody = fields(
	maybe("organizationScopes", array(str())),
	maybe("resourceScopes", array(str())),
	maybe("organizationResourceScopes", array(str())),
	maybe("userScopes", array(nativeEnum(
		"profile", "email", "phone", "address", "custom_data", "identities", "roles",
		"urn:logto:scope:organizations", "urn:logto:scope:organization_roles", "urn:logto:scope:sessions",
	))),
)

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
	organizational := mapped(c.db.where(consentOrganizationScopes, "applicationId", id), func(link object) object {
		scope, _ := c.db.find(organizationScopes, link.str("organizationScopeId"))
		return scope.pick("id", "name", "description")
	})
	userScopes := column(c.db.where(consentUserScopes, "applicationId", id), "userScope")
	slices.Sort(userScopes)
	return object{
		{"organizationScopes", organizational},
		{"resourceScopes", consentByResource(c.db, consentResourceScopes, id)},
		{"organizationResourceScopes", consentByResource(c.db, consentOrganizationResourceScopes, id)},
		{"userScopes", userScopes},
	}, nil
}

// consentByResource groups the scopes of a relation by their resource.
func consentByResource(db *store, relation *collection, applicationID string) []object {
	groups := []object{}
	members := map[string][]object{}
	for _, link := range db.where(relation, "applicationId", applicationID) {
		scope, _ := db.find(scopes, link.str("scopeId"))
		resourceID := scope.str("resourceId")
		if members[resourceID] == nil {
			resource, _ := db.find(resources, resourceID)
			groups = append(groups, object{{"resource", resource.pick("id", "name", "indicator")}})
		}
		members[resourceID] = append(members[resourceID], scope.pick("id", "name", "description"))
	}
	return mapped(groups, func(g object) object { return g.with("scopes", members[g.obj("resource").str("id")]) })
}

// addConsentScopes adds to the four lists one after the other. An empty list of
// all but user scopes is an error, after those before it were added.
func addConsentScopes(c *call) (any, error) {
	in, err := c.input(consentBody)
	if err != nil {
		return nil, err
	}
	id := c.param("applicationId")
	if err := thirdPartyOnly(c.db, id); err != nil {
		return nil, err
	}
	unknown := func(of *collection, key string) []string {
		return filtered(in.strs(key), func(id string) bool { return !c.db.exists(of, id) })
	}
	o, r, or := unknown(organizationScopes, "organizationScopes"), unknown(scopes, "resourceScopes"), unknown(scopes, "organizationResourceScopes")
	if len(o)+len(r)+len(or) > 0 {
		return nil, fail(422, "application.user_consent_scopes_not_found", object{
			{"invalidOrganizationScopes", o}, {"invalidResourceScopes", r}, {"invalidOrganizationResourceScopes", or},
		})
	}
	for _, scopeID := range append(in.strs("resourceScopes"), in.strs("organizationResourceScopes")...) {
		if scope, _ := c.db.find(scopes, scopeID); scope.str("resourceId") == managementAPI {
			return nil, fail(422, "application.consent_management_api_scopes_not_allowed")
		}
	}
	fixed := object{{"applicationId", id}}
	for _, part := range []struct {
		key, column string
		relation    *collection
	}{
		{"organizationScopes", "organizationScopeId", consentOrganizationScopes},
		{"resourceScopes", "scopeId", consentResourceScopes},
		{"organizationResourceScopes", "scopeId", consentOrganizationResourceScopes},
	} {
		values := in.strs(part.key)
		if in.has(part.key) && len(values) == 0 {
			return nil, emptyValues()
		}
		if err := c.db.link(part.relation, fixed, part.column, values); err != nil {
			return nil, err
		}
	}
	return nil, c.db.link(consentUserScopes, fixed, "userScope", in.strs("userScopes"))
}

func removeConsentScope(c *call) (any, error) {
	err := c.paramsInput(fields(required("scopeType", nativeEnum(
		"organization-scopes", "resource-scopes", "organization-resource-scopes", "user-scopes",
	))))
	if err != nil {
		return nil, err
	}
	id, scopeID := c.param("applicationId"), c.param("scopeId")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	relation := map[string]*collection{
		"organization-scopes":          consentOrganizationScopes,
		"resource-scopes":              consentResourceScopes,
		"organization-resource-scopes": consentOrganizationResourceScopes,
		"user-scopes":                  consentUserScopes,
	}[c.param("scopeType")]
	return nil, c.db.remove(relation, id, scopeID)
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
