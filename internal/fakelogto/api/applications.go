// SPDX-License-Identifier: MPL-2.0

package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
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
var applications = &engine.Collection{
	Name: "applications", Singular: "application",
	Columns: []string{
		"tenantId", "id", "name", "secret", "description", "type", "oidcClientMetadata", "customClientMetadata",
		"protectedAppMetadata", "customData", "isThirdParty", "appLevelAccessControlEnabled", "createdAt",
	},
	Defaults: engine.Object{
		{"oidcClientMetadata", noRedirects()}, {"customClientMetadata", engine.Object{}}, {"customData", engine.Object{}},
		{"isThirdParty", false}, {"appLevelAccessControlEnabled", false},
	},
}

func noRedirects() engine.Object {
	return engine.Object{{"redirectUris", []any{}}, {"postLogoutRedirectUris", []any{}}}
}

var applicationSecrets = &engine.Collection{
	Name: "application_secrets", Singular: "application_secret",
	Columns: []string{"tenantId", "applicationId", "name", "value", "createdAt", "expiresAt"},
	Key:     []string{"applicationId", "name"},
	Refs:    []engine.Ref{engine.RefTo("applicationId", applications)},
	Checks:  []engine.Check{typeIs(applications, "applicationId", machineApp, "Traditional", protectedApp)},
}

// The machine-to-machine application that may call the Management API, and the
// API's resource indicator. The application is seeded besides what a fresh tenant holds.
const (
	AppID     = "terraformprovidertest"
	AppSecret = "terraformProviderTestSecret00000"
	Resource  = "https://default.logto.app/api"
)

func applicationGroup() engine.Group {
	return engine.Group{
		Collections: slices.Concat([]*engine.Collection{
			applications, applicationSecrets, applicationSignInExperiences, consentOrganizations,
		}, accessRelations(), applicationScopes.all()),
		Routes: func(r *engine.Routes) {
			applicationRoutes(r)
			applicationSecretRoutes(r)
			applicationRoleRoutes(r)
			accessControlRoutes(r)
			applicationSignInRoutes(r)
			consentRoutes(r)
		},
		Violations: applicationViolation,
		Seed: func(db *engine.Store) {
			engine.Seed(db, applications, engine.Object{{"id", AppID}, {"name", "Management API client"}, {"type", machineApp}})
			engine.Seed(db, applicationSecrets, engine.Object{
				{"applicationId", AppID}, {"name", defaultSecret}, {"value", AppSecret},
			})
			if role, ok := db.FindUnique(roles, []string{"name"}, accessRoleName); ok {
				engine.Seed(db, applicationsRoles, engine.Object{{"applicationId", AppID}, {"roleId", role.Get("id")}})
			}
		},
	}
}

func applicationViolation(v *engine.Violation) *engine.Error {
	if v.Kind == engine.UniqueViolated && v.Constraint == applicationSecrets.Name {
		return engine.Fail(422, "application.secret_name_exists")
	}
	return engine.PlainViolation(v)
}

var (
	oidcClientMetadata = engine.Fields(
		engine.Required("redirectUris", engine.Array(engine.String().Where(isRedirectURI))),
		engine.Required("postLogoutRedirectUris", engine.Array(engine.String().Where(isRedirectURI))),
		engine.Maybe("backchannelLogoutUri", engine.String().URL()),
		engine.Maybe("backchannelLogoutSessionRequired", engine.Boolean()),
		engine.Maybe("logoUri", engine.String()),
	)
	customClientMetadata = engine.Fields(
		engine.Maybe("corsAllowedOrigins", engine.Array(engine.Text(0))),
		engine.Maybe("idTokenTtl", engine.Number()),
		engine.Maybe("refreshTokenTtl", engine.Number()),
		engine.Maybe("refreshTokenTtlInDays", engine.Integer().Min(1).Max(180)),
		engine.Maybe("tenantId", engine.String()),
		engine.Maybe("alwaysIssueRefreshToken", engine.Boolean()),
		engine.Maybe("rotateRefreshToken", engine.Boolean()),
		engine.Maybe("allowTokenExchange", engine.Boolean()),
		engine.Maybe("isDeviceFlow", engine.Boolean()),
		engine.Maybe("maxAllowedGrants", engine.Integer().Positive()),
	)
	pageRules          = engine.Array(engine.Fields(engine.Required("path", engine.String())))
	protectedAppScopes = engine.Array(engine.Enum(
		"custom_data", "identities", "roles", "urn:logto:scope:organizations", "urn:logto:scope:organization_roles",
	))
	applicationBody = engine.Fields(
		engine.Required("name", engine.Text(256)),
		engine.MaybeNull("description", engine.String()),
		engine.Required("type", engine.NativeEnum(appTypes()...)),
		engine.Maybe("oidcClientMetadata", oidcClientMetadata),
		engine.Maybe("customClientMetadata", customClientMetadata),
		engine.Maybe("customData", engine.JSONObject()),
		engine.Maybe("isThirdParty", engine.Boolean()),
	)
	applicationCreateBody = applicationBody.And(engine.Maybe("protectedAppMetadata", engine.Fields(
		engine.Required("subDomain", engine.String()), engine.Required("origin", engine.String()),
	)))
	applicationPatchBody = applicationBody.Except("type", "isThirdParty").Partial().And(
		engine.Maybe("appLevelAccessControlEnabled", engine.Boolean()),
		engine.Maybe("isAdmin", engine.Boolean()),
		engine.MaybeNull("protectedAppMetadata", engine.Fields(
			engine.Maybe("origin", engine.String()),
			engine.Maybe("sessionDuration", engine.Number()),
			engine.Maybe("pageRules", pageRules),
			engine.Maybe("additionalScopes", protectedAppScopes),
		)),
	)
)

func applicationRoutes(r *engine.Routes) {
	r.Get("/applications", listApplications).Paged(engine.OptionalPages)
	r.Post("/applications", 200, createApplication)
	r.Get("/applications/{id}", getApplication)
	r.Patch("/applications/{id}", updateApplication)
	r.Delete("/applications/{id}", deleteApplication)
	r.Patch("/applications/{applicationId}/custom-data", mergeApplicationData)
	r.Get("/applications/{id}/organizations", listApplicationOrganizations).Paged(engine.OptionalPages)
	protectedAppDomainRoutes(r)
}

func listApplicationOrganizations(c *engine.Context) (any, error) {
	id := c.Param("id")
	if _, err := c.DB.Get(applications, id); err != nil {
		return nil, err
	}
	rows, err := c.PageOf(engine.Map(c.DB.Where(organizationApplications, "applicationId", id), func(link engine.Object) engine.Object {
		organization, _ := c.DB.Find(organizations, link.Str("organizationId"))
		return organization
	}))
	if err != nil {
		return nil, err
	}
	return engine.Map(rows, func(organization engine.Object) engine.Object {
		held := []engine.Object{}
		for _, link := range c.DB.Where(organizationRoleApplications, "applicationId", id) {
			if link.Str("organizationId") == organization.Str("id") {
				role, _ := c.DB.Find(organizationRoles, link.Str("organizationRoleId"))
				held = append(held, role.Pick("id", "name"))
			}
		}
		return organization.With("organizationRoles", held)
	}), nil
}

// applicationView is how the API shows an application. A Logto before 1.42 shows the
// secret of its own that each application has.
func applicationView(c *engine.Context, row engine.Object) engine.Object {
	if row.Get("secret") == nil {
		row = row.Without("secret")
		if c.Server.Before("1.42") {
			row = row.With("secret", internalSecret(row.Str("id")))
		}
	}
	if c.Server.Before("1.40") {
		row = row.Without("appLevelAccessControlEnabled")
	}
	if row.Str("type") == samlApp {
		row = row.With("oidcClientMetadata", noRedirects())
	}
	return row
}

// listApplications answers a bad search with a bare 500, unlike other lists.
func listApplications(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(
		engine.Maybe("types", engine.Union(engine.Array(engine.NativeEnum(appTypes()...)), engine.NativeEnum(appTypes()...))),
		engine.Maybe("excludeRoleId", engine.String()),
		engine.Maybe("excludeOrganizationId", engine.String()),
		engine.Maybe("isThirdParty", engine.Union(engine.Literal("true"), engine.Literal("false"))),
	))
	if err != nil {
		return nil, err
	}
	role, organization := query.Str("excludeRoleId"), query.Str("excludeOrganizationId")
	if role != "" && organization != "" {
		return nil, engine.InvalidRequest(400, "excludeRoleId and excludeOrganizationId exclude each other")
	}
	s, err := engine.ParseSearch(c.Query, "id", "name", "description")
	if _, ok := errors.AsType[*engine.SearchError](err); ok {
		return nil, engine.InternalError()
	}
	if err != nil {
		return nil, err
	}
	types := query.Strs("types")
	if one := query.Str("types"); one != "" {
		types = []string{one}
	}
	thirdParty := query.Str("isThirdParty")
	rows, err := c.PageOf(engine.Filter(c.DB.Newest(applications), func(row engine.Object) bool {
		id := row.Str("id")
		return s.Keep(row) &&
			(len(types) == 0 || slices.Contains(types, row.Str("type"))) &&
			(thirdParty == "" || row.Flag("isThirdParty") == (thirdParty == "true")) &&
			(role == "" || !c.DB.Exists(applicationsRoles, id, role)) &&
			(organization == "" || !c.DB.Exists(organizationApplications, organization, id))
	}))
	return engine.Map(rows, func(row engine.Object) engine.Object { return applicationView(c, row) }), err
}

func createApplication(c *engine.Context) (any, error) {
	in, err := c.Input(applicationCreateBody)
	if err != nil {
		return nil, err
	}
	kind, custom := in.Str("type"), in.Obj("customClientMetadata")
	switch {
	case kind == samlApp:
		return nil, engine.Fail(400, "application.saml.use_saml_app_api")
	case kind != "Native" && custom.Flag("isDeviceFlow"):
		return nil, engine.Fail(422, "application.device_flow_native_only")
	case kind == protectedApp && !in.Has("protectedAppMetadata"):
		return nil, engine.Fail(400, "application.protected_app_metadata_is_required")
	case in.Flag("isThirdParty") && !slices.Contains([]string{"Traditional", "SPA", "Native"}, kind):
		return nil, engine.Fail(400, "application.invalid_third_party_application_type")
	case in.Flag("isThirdParty") && custom.Flag("allowTokenExchange"):
		return nil, engine.Fail(422, "application.third_party_application_cannot_enable_token_exchange")
	case kind == protectedApp && !subdomainPattern.MatchString(in.Obj("protectedAppMetadata").Str("subDomain")):
		return nil, engine.Fail(422, "application.invalid_subdomain")
	case kind == protectedApp && !stateOf(c.DB).cloud:
		return nil, engine.Fail(501, "application.protected_app_not_configured")
	}
	whole := in.Without("protectedAppMetadata")
	if kind == protectedApp {
		made, err := protectedAppData(c.DB, in.Obj("protectedAppMetadata"))
		if err != nil {
			return nil, err
		}
		whole = whole.Merge(made)
	}
	row, err := c.DB.Insert(applications, whole)
	if err != nil {
		return nil, err
	}
	if kind == machineApp || kind == "Traditional" || kind == protectedApp {
		if _, err := newApplicationSecret(c.DB, row.Str("id"), engine.Object{{"name", defaultSecret}}); err != nil {
			return nil, err
		}
	}
	return applicationView(c, row), nil
}

var subdomainPattern = regexp.MustCompile(`(?i)^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$`)

// builtInApplication makes the applications that exist without a row.
func builtInApplication(id string) (engine.Object, bool) {
	kind, name, description, custom := "SPA", "", "", engine.Object{}
	switch id {
	case "demo-app":
		name, description = "Live Preview", "Preview for Sign-in Experience."
	case "account-center":
		name, description = "Account Center", "Stands for the account center."
	case "device-demo-app":
		kind, name, description = "Native", "Device Flow Preview", "Stands for a device."
		custom = engine.Object{{"isDeviceFlow", true}}
	default:
		return nil, false
	}
	return engine.Object{
		{"tenantId", engine.TenantID}, {"id", id}, {"name", name}, {"secret", "N/A"}, {"description", description},
		{"type", kind}, {"oidcClientMetadata", noRedirects()}, {"customClientMetadata", custom},
		{"protectedAppMetadata", nil}, {"customData", engine.Object{}}, {"isThirdParty", false},
		{"appLevelAccessControlEnabled", false}, {"createdAt", 0.0},
	}, true
}

func getApplication(c *engine.Context) (any, error) {
	id := c.Param("id")
	if app, ok := builtInApplication(id); ok {
		return app.With("isAdmin", false), nil
	}
	row, err := c.DB.Get(applications, id)
	if err != nil {
		return nil, err
	}
	return applicationView(c, row).With("isAdmin", c.DB.Exists(applicationsRoles, id, adminRole)), nil
}

func updateApplication(c *engine.Context) (any, error) {
	in, err := c.Input(applicationPatchBody)
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	row, err := c.DB.Get(applications, id)
	if err != nil {
		return nil, err
	}
	custom := in.Obj("customClientMetadata")
	switch {
	case row.Str("type") == samlApp:
		return nil, engine.Fail(400, "application.saml.use_saml_app_api")
	case in.Flag("appLevelAccessControlEnabled") && !hasAccessRules(c.DB, id):
		return nil, engine.InvalidRequest(422, "access control needs at least one rule before it can be enabled")
	case row.Flag("isThirdParty") && custom.Flag("allowTokenExchange"):
		return nil, engine.Fail(422, "application.third_party_application_cannot_enable_token_exchange")
	case custom != nil && custom.Flag("isDeviceFlow") != row.Obj("customClientMetadata").Flag("isDeviceFlow"):
		return nil, engine.Fail(422, "application.device_flow_not_changeable")
	}
	if err := setAdmin(c.DB, id, in); err != nil {
		return nil, err
	}
	changes := in.Without("isAdmin", "protectedAppMetadata")
	if changed := in.Obj("protectedAppMetadata"); changed != nil {
		if row.Str("type") != protectedApp {
			return nil, engine.Fail(400, "application.protected_application_only")
		}
		changes = changes.With("protectedAppMetadata", row.Obj("protectedAppMetadata").Merge(changed))
	}
	if len(changes) > 0 {
		if row, err = c.DB.Update(applications, changes, id); err != nil {
			return nil, err
		}
	}
	return applicationView(c, row), nil
}

// setAdmin attaches or detaches the hidden role that isAdmin stands for.
func setAdmin(db *engine.Store, id string, in engine.Object) error {
	isAdmin := db.Exists(applicationsRoles, id, adminRole)
	switch {
	case !in.Has("isAdmin") || in.Flag("isAdmin") == isAdmin:
		return nil
	case isAdmin:
		return db.Remove(applicationsRoles, id, adminRole)
	}
	_, err := db.Insert(applicationsRoles, engine.Object{{"applicationId", id}, {"roleId", adminRole}})
	return err
}

func deleteApplication(c *engine.Context) (any, error) {
	row, err := c.DB.Get(applications, c.Param("id"))
	if err != nil {
		return nil, err
	}
	if row.Str("type") == samlApp {
		return nil, engine.Fail(400, "application.saml.use_saml_app_api")
	}
	if len(row.Obj("protectedAppMetadata").List("customDomains")) > 0 {
		return nil, engine.Fail(422, "application.should_delete_custom_domains_first")
	}
	return nil, c.DB.Remove(applications, c.Param("id"))
}

// mergeApplicationData puts first-level keys over the custom data; none can be removed.
func mergeApplicationData(c *engine.Context) (any, error) {
	in, err := c.Input(engine.JSONObject())
	if err != nil {
		return nil, err
	}
	id := c.Param("applicationId")
	row, ok := c.DB.Find(applications, id)
	if !ok {
		return nil, engine.NotExists("application")
	}
	row, err = c.DB.Update(applications, engine.Object{{"customData", engine.JSONB(row.Obj("customData").Merge(in))}}, id)
	return row.Obj("customData"), err
}

// internalSecret is the same for an application each time.
func internalSecret(applicationID string) string {
	sum := sha256.Sum256([]byte(applicationID))
	return "#internal:" + hex.EncodeToString(sum[:16])
}
