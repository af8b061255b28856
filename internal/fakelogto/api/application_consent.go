// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// applicationScopes are what a third-party application may ask users to consent to.
var applicationScopes = consentRelations{
	organizationScopes: engine.Relation("application_user_consent_organization_scopes",
		engine.RefTo("applicationId", applications), engine.RefTo("organizationScopeId", organizationScopes)),
	resourceScopes: engine.Relation("application_user_consent_resource_scopes",
		engine.RefTo("applicationId", applications), engine.RefTo("scopeId", scopes)),
	organizationResourceScopes: engine.Relation("application_user_consent_organization_resource_scopes",
		engine.RefTo("applicationId", applications), engine.RefTo("scopeId", scopes)),
	userScopes: &engine.Collection{
		Name: "application_user_consent_user_scopes", Singular: "application_user_consent_user_scope",
		Columns: []string{"applicationId", "userScope"},
		Key:     []string{"applicationId", "userScope"},
		Refs:    []engine.Ref{engine.RefTo("applicationId", applications)},
	},
}

// consentOrganizations are the organizations in which a user consented.
var consentOrganizations = engine.Relation("application_user_consent_organizations",
	engine.RefTo("applicationId", applications),
	engine.Ref{Columns: []string{"organizationId", "userId"}, To: organizationUsers})

func consentRoutes(r *engine.Routes) {
	const scopesPath = "/applications/{applicationId}/user-consent-scopes"
	r.Get(scopesPath, listConsentScopes)
	r.Post(scopesPath, 201, addConsentScopes)
	r.Delete(scopesPath+"/{scopeType}/{scopeId}", removeConsentScope)

	const organizationsPath = "/applications/{id}/users/{userId}/consent-organizations"
	r.Get(organizationsPath, listConsentOrganizations).Paged(engine.AlwaysPaged)
	r.Post(organizationsPath, 201, addConsentOrganizations)
	r.Put(organizationsPath, 204, replaceConsentOrganizations)
	r.Delete(organizationsPath+"/{organizationId}", func(c *engine.Context) (any, error) {
		if err := consentUser(c); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(consentOrganizations, c.Param("id"), c.Param("organizationId"), c.Param("userId"))
	})
}

func thirdPartyOnly(db *engine.Store, id string) error {
	app, err := db.Get(applications, id)
	if err != nil {
		return err
	}
	if !app.Flag("isThirdParty") {
		return engine.Fail(422, "application.third_party_application_only")
	}
	return nil
}

func listConsentScopes(c *engine.Context) (any, error) {
	id := c.Param("applicationId")
	if _, err := c.DB.Get(applications, id); err != nil {
		return nil, err
	}
	return applicationScopes.view(c.DB, func(of *engine.Collection) []engine.Object {
		return c.DB.Where(of, "applicationId", id)
	}), nil
}

func addConsentScopes(c *engine.Context) (any, error) {
	in, err := c.Input(consentBody)
	if err != nil {
		return nil, err
	}
	id := c.Param("applicationId")
	if err := thirdPartyOnly(c.DB, id); err != nil {
		return nil, err
	}
	if err := checkConsentScopes(c.DB, in); err != nil {
		return nil, err
	}
	for _, key := range []string{"organizationScopes", "resourceScopes", "organizationResourceScopes"} {
		if in.Has(key) && len(in.List(key)) == 0 && c.Server.Before("1.43") {
			return nil, engine.EmptyValues()
		}
	}
	return nil, applicationScopes.add(c.DB, engine.Object{{"applicationId", id}}, in)
}

func removeConsentScope(c *engine.Context) (any, error) {
	if err := c.ParamsInput(consentScopeType); err != nil {
		return nil, err
	}
	id := c.Param("applicationId")
	if _, err := c.DB.Get(applications, id); err != nil {
		return nil, err
	}
	return nil, c.DB.Remove(applicationScopes.byType(c.Param("scopeType")), id, c.Param("scopeId"))
}

// consentUser checks what every consent-organizations call checks first.
func consentUser(c *engine.Context) error {
	if err := thirdPartyOnly(c.DB, c.Param("id")); err != nil {
		return err
	}
	if !c.DB.Exists(users, c.Param("userId")) {
		return engine.NotFound()
	}
	return nil
}

func listConsentOrganizations(c *engine.Context) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	links := engine.Filter(c.DB.Where(consentOrganizations, "applicationId", c.Param("id")), func(link engine.Object) bool {
		return link.Str("userId") == c.Param("userId")
	})
	links, err := c.PageOf(links)
	if err != nil {
		return nil, err
	}
	return engine.Object{{"organizations", engine.Map(links, func(link engine.Object) engine.Object {
		organization, _ := c.DB.Find(organizations, link.Str("organizationId"))
		return organization
	})}}, nil
}

// consentLinks checks that the user is a member of the organizations.
func consentLinks(c *engine.Context, organizationIDs []string) ([]engine.Object, error) {
	links := make([]engine.Object, 0, len(organizationIDs))
	for _, id := range organizationIDs {
		if !c.DB.Exists(organizationUsers, id, c.Param("userId")) {
			return nil, engine.Fail(422, "organization.require_membership")
		}
		links = append(links, engine.Object{
			{"applicationId", c.Param("id")}, {"organizationId", id}, {"userId", c.Param("userId")},
		})
	}
	return links, nil
}

func addConsentOrganizations(c *engine.Context) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	in, err := c.Input(engine.Fields(engine.Required("organizationIds", engine.IDs().NonEmpty())))
	if err != nil {
		return nil, err
	}
	links, err := consentLinks(c, engine.Distinct(in.Strs("organizationIds")))
	if err != nil {
		return nil, err
	}
	links = engine.Filter(links, func(link engine.Object) bool {
		return !c.DB.Exists(consentOrganizations, engine.KeyValues(link, consentOrganizations.Key)...)
	})
	if len(links) == 0 {
		return nil, nil
	}
	return nil, c.DB.InsertAll(consentOrganizations, links)
}

func replaceConsentOrganizations(c *engine.Context) (any, error) {
	if err := consentUser(c); err != nil {
		return nil, err
	}
	in, err := c.Input(engine.Fields(engine.Required("organizationIds", engine.IDs())))
	if err != nil {
		return nil, err
	}
	links, err := consentLinks(c, in.Strs("organizationIds"))
	if err != nil {
		return nil, err
	}
	// The links of the application with other users stay.
	for _, link := range c.DB.Where(consentOrganizations, "applicationId", c.Param("id")) {
		if link.Str("userId") != c.Param("userId") {
			links = append(links, link)
		}
	}
	return nil, c.DB.Replace(consentOrganizations, "applicationId", c.Param("id"), links)
}
