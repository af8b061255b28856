// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
	"regexp"
	"slices"
)

const (
	machineApp   = "MachineToMachine"
	protectedApp = "Protected"
	samlApp      = "SAML"
)

func appTypes() []string {
	return []string{"Native", "SPA", "Traditional", machineApp, protectedApp, samlApp}
}

// The secret is null unless the application predates application_secrets.
var applications = &collection{
	name: "applications", singular: "application",
	columns: []string{
		"tenantId", "id", "name", "secret", "description", "type", "oidcClientMetadata", "customClientMetadata",
		"protectedAppMetadata", "customData", "isThirdParty", "appLevelAccessControlEnabled", "createdAt",
	},
	defaults: object{
		{"oidcClientMetadata", noRedirects()}, {"customClientMetadata", object{}}, {"customData", object{}},
		{"isThirdParty", false}, {"appLevelAccessControlEnabled", false},
	},
}

func noRedirects() object {
	return object{{"redirectUris", []any{}}, {"postLogoutRedirectUris", []any{}}}
}

var applicationSecrets = &collection{
	name: "application_secrets", singular: "application_secret",
	columns: []string{"tenantId", "applicationId", "name", "value", "createdAt", "expiresAt"},
	key:     []string{"applicationId", "name"},
	refs:    []ref{refTo("applicationId", applications)},
	checks:  []check{typeIs(applications, "applicationId", machineApp, "Traditional", protectedApp)},
}

func applicationGroup() group {
	return group{
		collections: slices.Concat([]*collection{
			applications, applicationSecrets, applicationSignInExperiences, consentOrganizations,
		}, accessRelations(), applicationScopes.all()),
		routes: func(r *routes) {
			applicationRoutes(r)
			applicationSecretRoutes(r)
			applicationRoleRoutes(r)
			accessControlRoutes(r)
			applicationSignInRoutes(r)
			consentRoutes(r)
		},
		violations: applicationViolation,
		seed: func(db *store) {
			seeded(db, applications, object{{"id", AppID}, {"name", "Management API client"}, {"type", machineApp}})
			seeded(db, applicationSecrets, object{
				{"applicationId", AppID}, {"name", defaultSecret}, {"value", AppSecret},
			})
			if role, ok := db.findUnique(roles, []string{"name"}, accessRoleName); ok {
				seeded(db, applicationsRoles, object{{"applicationId", AppID}, {"roleId", role.get("id")}})
			}
		},
	}
}

func applicationViolation(v *violation) *apiError {
	if v.kind == uniqueViolated && v.constraint == applicationSecrets.name {
		return fail(422, "application.secret_name_exists")
	}
	return plainViolation(v)
}

var (
	oidcClientMetadata = fields(
		required("redirectUris", array(str().where(isRedirectURI))),
		required("postLogoutRedirectUris", array(str().where(isRedirectURI))),
		maybe("backchannelLogoutUri", str().url()),
		maybe("backchannelLogoutSessionRequired", boolean()),
		maybe("logoUri", str()),
	)
	customClientMetadata = fields(
		maybe("corsAllowedOrigins", array(text1(0))),
		maybe("idTokenTtl", num()),
		maybe("refreshTokenTtl", num()),
		maybe("refreshTokenTtlInDays", integer().min(1).max(180)),
		maybe("tenantId", str()),
		maybe("alwaysIssueRefreshToken", boolean()),
		maybe("rotateRefreshToken", boolean()),
		maybe("allowTokenExchange", boolean()),
		maybe("isDeviceFlow", boolean()),
		maybe("maxAllowedGrants", integer().positive()),
	)
	pageRules          = array(fields(required("path", str())))
	protectedAppScopes = array(enum(
		"custom_data", "identities", "roles", "urn:logto:scope:organizations", "urn:logto:scope:organization_roles",
	))
	applicationBody = fields(
		required("name", text1(256)),
		maybeNull("description", str()),
		required("type", nativeEnum(appTypes()...)),
		maybe("oidcClientMetadata", oidcClientMetadata),
		maybe("customClientMetadata", customClientMetadata),
		maybe("customData", jsonObject()),
		maybe("isThirdParty", boolean()),
	)
	applicationCreateBody = applicationBody.and(maybe("protectedAppMetadata", fields(
		required("subDomain", str()), required("origin", str()),
	)))
	applicationPatchBody = applicationBody.except("type", "isThirdParty").partial().and(
		maybe("appLevelAccessControlEnabled", boolean()),
		maybe("isAdmin", boolean()),
		maybeNull("protectedAppMetadata", fields(
			maybe("origin", str()),
			maybe("sessionDuration", num()),
			maybe("pageRules", pageRules),
			maybe("additionalScopes", protectedAppScopes),
		)),
	)
)

func applicationRoutes(r *routes) {
	r.get("/applications", listApplications).paged(optionalPages)
	r.post("/applications", 200, createApplication)
	r.get("/applications/{id}", getApplication)
	r.patch("/applications/{id}", updateApplication)
	r.delete("/applications/{id}", deleteApplication)
	r.patch("/applications/{applicationId}/custom-data", mergeApplicationData)
	r.get("/applications/{id}/organizations", listApplicationOrganizations).paged(optionalPages)
	protectedAppDomainRoutes(r)
}

func listApplicationOrganizations(c *call) (any, error) {
	id := c.param("id")
	if _, err := c.db.get(applications, id); err != nil {
		return nil, err
	}
	rows, err := c.pageOf(mapped(c.db.where(organizationApplications, "applicationId", id), func(link object) object {
		organization, _ := c.db.find(organizations, link.str("organizationId"))
		return organization
	}))
	if err != nil {
		return nil, err
	}
	return mapped(rows, func(organization object) object {
		held := []object{}
		for _, link := range c.db.where(organizationRoleApplications, "applicationId", id) {
			if link.str("organizationId") == organization.str("id") {
				role, _ := c.db.find(organizationRoles, link.str("organizationRoleId"))
				held = append(held, role.pick("id", "name"))
			}
		}
		return organization.with("organizationRoles", held)
	}), nil
}

// applicationView is how the API shows an application. A Logto before 1.42 shows the
// secret of its own that each application has.
func (c *call) applicationView(row object) object {
	if row.get("secret") == nil {
		row = row.without("secret")
		if c.server.before("1.42") {
			row = row.with("secret", internalSecret(row.str("id")))
		}
	}
	if c.server.before("1.40") {
		row = row.without("appLevelAccessControlEnabled")
	}
	if row.str("type") == samlApp {
		row = row.with("oidcClientMetadata", noRedirects())
	}
	return row
}

// listApplications answers a bad search with a bare 500, unlike other lists.
func listApplications(c *call) (any, error) {
	query, err := c.queryInput(fields(
		maybe("types", union(array(nativeEnum(appTypes()...)), nativeEnum(appTypes()...))),
		maybe("excludeRoleId", str()),
		maybe("excludeOrganizationId", str()),
		maybe("isThirdParty", union(literal("true"), literal("false"))),
	))
	if err != nil {
		return nil, err
	}
	role, organization := query.str("excludeRoleId"), query.str("excludeOrganizationId")
	if role != "" && organization != "" {
		return nil, invalidRequest(400, "excludeRoleId and excludeOrganizationId exclude each other")
	}
	s, err := parseSearch(c.query, "id", "name", "description")
	if _, ok := errors.AsType[*searchError](err); ok {
		return nil, internal()
	}
	if err != nil {
		return nil, err
	}
	types := query.strs("types")
	if one := query.str("types"); one != "" {
		types = []string{one}
	}
	thirdParty := query.str("isThirdParty")
	rows, err := c.pageOf(filtered(c.db.newest(applications), func(row object) bool {
		id := row.str("id")
		return s.keep(row) &&
			(len(types) == 0 || slices.Contains(types, row.str("type"))) &&
			(thirdParty == "" || row.flag("isThirdParty") == (thirdParty == "true")) &&
			(role == "" || !c.db.exists(applicationsRoles, id, role)) &&
			(organization == "" || !c.db.exists(organizationApplications, organization, id))
	}))
	return mapped(rows, c.applicationView), err
}

func createApplication(c *call) (any, error) {
	in, err := c.input(applicationCreateBody)
	if err != nil {
		return nil, err
	}
	kind, custom := in.str("type"), in.obj("customClientMetadata")
	switch {
	case kind == samlApp:
		return nil, fail(400, "application.saml.use_saml_app_api")
	case kind != "Native" && custom.flag("isDeviceFlow"):
		return nil, fail(422, "application.device_flow_native_only")
	case kind == protectedApp && !in.has("protectedAppMetadata"):
		return nil, fail(400, "application.protected_app_metadata_is_required")
	case in.flag("isThirdParty") && !slices.Contains([]string{"Traditional", "SPA", "Native"}, kind):
		return nil, fail(400, "application.invalid_third_party_application_type")
	case in.flag("isThirdParty") && custom.flag("allowTokenExchange"):
		return nil, fail(422, "application.third_party_application_cannot_enable_token_exchange")
	case kind == protectedApp && !subdomainPattern.MatchString(in.obj("protectedAppMetadata").str("subDomain")):
		return nil, fail(422, "application.invalid_subdomain")
	case kind == protectedApp && !c.server.cloud:
		return nil, fail(501, "application.protected_app_not_configured")
	}
	whole := in.without("protectedAppMetadata")
	if kind == protectedApp {
		made, err := protectedAppData(c.db, in.obj("protectedAppMetadata"))
		if err != nil {
			return nil, err
		}
		whole = whole.merge(made)
	}
	row, err := c.db.insert(applications, whole)
	if err != nil {
		return nil, err
	}
	if kind == machineApp || kind == "Traditional" || kind == protectedApp {
		if _, err := newApplicationSecret(c.db, row.str("id"), object{{"name", defaultSecret}}); err != nil {
			return nil, err
		}
	}
	return c.applicationView(row), nil
}

var subdomainPattern = regexp.MustCompile(`(?i)^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// builtInApplication makes the applications that exist without a row.
func builtInApplication(id string) (object, bool) {
	kind, name, description, custom := "SPA", "", "", object{}
	switch id {
	case "demo-app":
		name, description = "Live Preview", "Preview for Sign-in Experience."
	case "account-center":
		name, description = "Account Center", "Stands for the account center."
	case "device-demo-app":
		kind, name, description = "Native", "Device Flow Preview", "Stands for a device."
		custom = object{{"isDeviceFlow", true}}
	default:
		return nil, false
	}
	return object{
		{"tenantId", tenantID}, {"id", id}, {"name", name}, {"secret", "N/A"}, {"description", description},
		{"type", kind}, {"oidcClientMetadata", noRedirects()}, {"customClientMetadata", custom},
		{"protectedAppMetadata", nil}, {"customData", object{}}, {"isThirdParty", false},
		{"appLevelAccessControlEnabled", false}, {"createdAt", 0.0},
	}, true
}

func getApplication(c *call) (any, error) {
	id := c.param("id")
	if app, ok := builtInApplication(id); ok {
		return app.with("isAdmin", false), nil
	}
	row, err := c.db.get(applications, id)
	if err != nil {
		return nil, err
	}
	return c.applicationView(row).with("isAdmin", c.db.exists(applicationsRoles, id, adminRole)), nil
}

func updateApplication(c *call) (any, error) {
	in, err := c.input(applicationPatchBody)
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	row, err := c.db.get(applications, id)
	if err != nil {
		return nil, err
	}
	custom := in.obj("customClientMetadata")
	switch {
	case row.str("type") == samlApp:
		return nil, fail(400, "application.saml.use_saml_app_api")
	case in.flag("appLevelAccessControlEnabled") && !hasAccessRules(c.db, id):
		return nil, invalidRequest(422, "access control needs at least one rule before it can be enabled")
	case row.flag("isThirdParty") && custom.flag("allowTokenExchange"):
		return nil, fail(422, "application.third_party_application_cannot_enable_token_exchange")
	case custom != nil && custom.flag("isDeviceFlow") != row.obj("customClientMetadata").flag("isDeviceFlow"):
		return nil, fail(422, "application.device_flow_not_changeable")
	}
	if err := setAdmin(c.db, id, in); err != nil {
		return nil, err
	}
	changes := in.without("isAdmin", "protectedAppMetadata")
	if changed := in.obj("protectedAppMetadata"); changed != nil {
		if row.str("type") != protectedApp {
			return nil, fail(400, "application.protected_application_only")
		}
		changes = changes.with("protectedAppMetadata", row.obj("protectedAppMetadata").merge(changed))
	}
	if len(changes) > 0 {
		if row, err = c.db.update(applications, changes, id); err != nil {
			return nil, err
		}
	}
	return c.applicationView(row), nil
}

// setAdmin attaches or detaches the hidden role that isAdmin stands for.
func setAdmin(db *store, id string, in object) error {
	isAdmin := db.exists(applicationsRoles, id, adminRole)
	switch {
	case !in.has("isAdmin") || in.flag("isAdmin") == isAdmin:
		return nil
	case isAdmin:
		return db.remove(applicationsRoles, id, adminRole)
	}
	_, err := db.insert(applicationsRoles, object{{"applicationId", id}, {"roleId", adminRole}})
	return err
}

func deleteApplication(c *call) (any, error) {
	row, err := c.db.get(applications, c.param("id"))
	if err != nil {
		return nil, err
	}
	if row.str("type") == samlApp {
		return nil, fail(400, "application.saml.use_saml_app_api")
	}
	if len(row.obj("protectedAppMetadata").list("customDomains")) > 0 {
		return nil, fail(422, "application.should_delete_custom_domains_first")
	}
	return nil, c.db.remove(applications, c.param("id"))
}

// mergeApplicationData puts first-level keys over the custom data; none can be removed.
func mergeApplicationData(c *call) (any, error) {
	in, err := c.input(jsonObject())
	if err != nil {
		return nil, err
	}
	id := c.param("applicationId")
	row, ok := c.db.find(applications, id)
	if !ok {
		return nil, notExists("application")
	}
	row, err = c.db.update(applications, object{{"customData", jsonb(row.obj("customData").merge(in))}}, id)
	return row.obj("customData"), err
}
