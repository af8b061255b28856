// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// Endpoint is how the tenant calls itself towards others: Logto's default ENDPOINT,
// wherever the server listens.
const Endpoint = "http://localhost:3001"

var ssoConnectors = &engine.Collection{
	Name: "sso_connectors", Singular: "sso_connector", IDLength: 12,
	Columns: []string{
		"tenantId", "id", "providerName", "connectorName", "config", "domains", "branding", "syncProfile",
		"enableTokenStorage", "createdAt",
	},
	Defaults: engine.Object{
		{"config", engine.Object{}}, {"domains", []any{}}, {"branding", engine.Object{}}, {"syncProfile", false},
		{"enableTokenStorage", false},
	},
	Unique: []engine.Unique{{Columns: []string{"connectorName"}}},
}

func ssoGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{ssoConnectors, ssoSigningKeys}, Routes: func(r *engine.Routes) {
		ssoRoutes(r)
		ssoSigningKeyRoutes(r)
	}}
}

// ssoProvider is one kind of enterprise connector.
type ssoProvider struct{ id, kind, name string }

func ssoProviders() []ssoProvider {
	return []ssoProvider{
		{"OIDC", "oidc", "OIDC"},
		{"SAML", "saml", "SAML"},
		{"AzureAD", "saml", "Microsoft Entra ID (SAML)"},
		{"AzureAdOidc", "oidc", "Microsoft Entra ID (OIDC)"},
		{"GoogleWorkspace", "oidc", "Google Workspace"},
		{"Okta", "oidc", "Okta"},
	}
}

func findSSOProvider(id string) (ssoProvider, bool) {
	all := ssoProviders()
	i := slices.IndexFunc(all, func(p ssoProvider) bool { return p.id == id })
	if i < 0 {
		return ssoProvider{}, false
	}
	return all[i], true
}

var (
	ssoPatch = engine.Fields(
		engine.Maybe("config", engine.JSONObject()),
		engine.Maybe("domains", engine.Array(engine.String())),
		engine.Maybe("branding", textShape("displayName? logo? darkLogo?")),
		engine.Maybe("syncProfile", engine.Boolean()),
		engine.Maybe("enableTokenStorage", engine.Boolean()),
		engine.Maybe("connectorName", engine.Text(128)),
	)
	ssoBody = ssoPatch.And(engine.Required("providerName", engine.Text(128)), engine.Required("connectorName", engine.Text(128)))

	ssoOIDCConfig = engine.Fields(
		engine.Required("clientId", engine.String()), engine.Required("clientSecret", engine.String()), engine.Required("issuer", engine.String()), engine.Maybe("scope", engine.String()),
		engine.Property("trustUnverifiedEmail", engine.WithDefault(engine.Boolean(), false)),
	)
	ssoGoogleConfig = ssoOIDCConfig.Except("issuer").And(engine.Maybe("offlineAccess", engine.Boolean()))
	ssoSigning      = []engine.Field{
		engine.Maybe("attributeMapping", textShape("id? email? name?")),
		engine.Maybe("signAuthnRequest", engine.Boolean()),
		engine.Maybe("requestSignatureAlgorithm", engine.Enum(
			"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
		)),
	}
	ssoSAMLConfig = engine.Union(
		textShape("metadataUrl").And(ssoSigning...),
		textShape("metadata").And(ssoSigning...),
		textShape("entityId signInEndpoint x509Certificate").And(ssoSigning...),
	)
)

func ssoRoutes(r *engine.Routes) {
	r.Get("/sso-connector-providers", func(*engine.Context) (any, error) {
		return engine.Map(ssoProviders(), func(p ssoProvider) engine.Object {
			return engine.Object{
				{"providerName", p.id}, {"providerType", p.kind}, {"logo", aLogo}, {"logoDark", aLogo},
				{"description", AnyText}, {"name", p.name},
			}
		}), nil
	})
	r.Get("/sso-connectors", func(c *engine.Context) (any, error) {
		rows, err := c.PageOf(c.DB.Newest(ssoConnectors)) // Logto sorts by nothing; the recorded tenant had this order
		if err != nil {
			return nil, err
		}
		return engine.Later(func() (any, error) {
			return engine.Map(rows, func(row engine.Object) engine.Object { return ssoView(row, c.Host) }), nil
		}), nil
	}).Paged(engine.OptionalPages)
	r.Post("/sso-connectors", 200, createSSOConnector)
	r.Get("/sso-connectors/{id}", func(c *engine.Context) (any, error) {
		row, err := c.DB.Get(ssoConnectors, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return engine.Later(func() (any, error) { return ssoView(row, c.Host), nil }), nil
	})
	r.Patch("/sso-connectors/{id}", updateSSOConnector)
	r.Delete("/sso-connectors/{id}", func(c *engine.Context) (any, error) {
		if _, err := c.DB.Get(ssoConnectors, c.Param("id")); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(ssoConnectors, c.Param("id"))
	})
}

// ssoView adds what the provider says. It calls the identity provider.
func ssoView(row engine.Object, self string) engine.Object {
	p, _ := findSSOProvider(row.Str("providerName"))
	out := slices.Concat(row, engine.Object{
		{"name", p.name}, {"providerType", p.kind}, {"providerLogo", aLogo}, {"providerLogoDark", aLogo},
	})
	if details, err := ssoDetails(p, row, self); err == nil {
		out = append(out, engine.Member{"providerConfig", details})
	}
	return out
}

func ssoDetails(p ssoProvider, row engine.Object, self string) (engine.Object, error) {
	if p.kind == "oidc" {
		config, err := parseSSOConfig(p, row.Obj("config"))
		if err != nil {
			return nil, err
		}
		return oidcDetails(p, config, self)
	}
	out := engine.Object{
		{"defaultAttributeMapping", engine.Object{{"id", "nameID"}, {"email", "email"}, {"name", "name"}}},
		{"serviceProvider", engine.Object{
			{"entityId", Endpoint + "/enterprise-sso/" + row.Str("id")},
			{"assertionConsumerServiceUrl", Endpoint + "/api/authn/single-sign-on/saml/" + row.Str("id")},
		}},
	}
	if config, err := parseSSOConfig(p, row.Obj("config")); err == nil {
		if provider, err := samlProvider(config); err == nil {
			out = append(out, engine.Member{"identityProvider", provider})
		}
	}
	return out, nil
}

// parseSSOConfig keeps the known keys only and adds the default. Mistakes are
// answered without a word about where they are.
func parseSSOConfig(p ssoProvider, config engine.Object) (engine.Object, error) {
	guard := engine.Schema(ssoOIDCConfig)
	switch {
	case p.kind == "saml":
		guard = ssoSAMLConfig
	case p.id == "GoogleWorkspace":
		guard = ssoGoogleConfig
	}
	var is engine.Issues
	kept, result := guard.Check(config, nil, &is)
	if result != engine.Good {
		return nil, engine.Fail(400, "connector.invalid_config")
	}
	out, _ := kept.(engine.Object)
	return out, nil
}

// parsedSSOConfig parses the config of a body. Logto 1.42 checks the settings of
// request signing and drops them then.
func parsedSSOConfig(c *engine.Context, p ssoProvider, in engine.Object) (engine.Object, error) {
	config, err := parseSSOConfig(p, in.Obj("config"))
	if c.Server.Before("1.43") {
		config = config.Without("signAuthnRequest", "requestSignatureAlgorithm")
	}
	return config, err
}

// checkSSOConnection reads the settings of the identity provider, as each write of a config does.
func checkSSOConnection(c *engine.Context, p ssoProvider, config engine.Object) error {
	if p.kind == "oidc" {
		_, err := oidcDetails(p, config, c.Host)
		return err
	}
	_, err := samlProvider(config)
	if failed, ok := errors.AsType[*engine.Error](err); ok && failed.Status == 500 && c.Server.Before("1.41") {
		return ssoFailure("connector.invalid_certificate", nil) // broken metadata counted as empty
	}
	return err
}

func ssoFailure(code string, data engine.Object) error {
	return engine.Fail(400, code, append(engine.Object{{"ssoErrorCode", strings.TrimPrefix(code, "connector.")}}, data...))
}

// oidcDetails is the config with the endpoints of the issuer. The issuer may be the
// server itself, whose address is self.
func oidcDetails(p ssoProvider, config engine.Object, self string) (engine.Object, error) {
	issuer := config.Str("issuer")
	if p.id == "GoogleWorkspace" {
		issuer = "https://accounts.google.com"
		config = config.Without("offlineAccess").With("issuer", issuer)
	}
	found, err := discover(issuer, self)
	if err != nil {
		return nil, err
	}
	scopes := engine.Distinct(append([]string{"openid", "profile", "email"},
		strings.FieldsFunc(config.Str("scope"), func(r rune) bool { return r == ' ' || r == '+' })...))
	return config.Merge(found).With("scope", strings.Join(scopes, " ")), nil
}

var discoveryDocument = engine.Fields(
	engine.Required("authorization_endpoint", engine.String()), engine.Required("token_endpoint", engine.String()),
	engine.Maybe("userinfo_endpoint", engine.String()), engine.Required("jwks_uri", engine.String()), engine.Required("issuer", engine.String()),
)

func discover(issuer, self string) (engine.Object, error) {
	refuse := func(reason string, problem any) (engine.Object, error) {
		return nil, ssoFailure("connector.invalid_config", engine.Object{
			{"config", engine.Object{{"issuer", issuer}}}, {"message", reason}, {"error", problem},
		})
	}
	document := any(engine.Object{
		{"authorization_endpoint", Endpoint + "/oidc/auth"}, {"token_endpoint", Endpoint + "/oidc/token"},
		{"userinfo_endpoint", Endpoint + "/oidc/me"}, {"jwks_uri", Endpoint + "/oidc/jwks"}, {"issuer", Endpoint + "/oidc"},
	})
	if issuer != Endpoint+"/oidc" && (self == "" || issuer != self+"/oidc") {
		body, err := outbound(http.MethodGet, issuer+"/.well-known/openid-configuration", nil, nil)
		if err == nil {
			document, err = engine.DecodeJSON(body)
		}
		var failed *outboundError
		switch {
		case errors.As(err, &failed):
			return refuse("fail_to_fetch_config", failed.data())
		case err != nil:
			return refuse("fail_to_fetch_config", engine.Object{{"code", "invalid_response"}})
		}
	}
	var is engine.Issues
	kept, result := discoveryDocument.Check(document, nil, &is)
	if result != engine.Good {
		return refuse("invalid_config_response", []engine.Object(is))
	}
	found, _ := kept.(engine.Object)
	names := map[string]string{
		"authorization_endpoint": "authorizationEndpoint", "token_endpoint": "tokenEndpoint",
		"userinfo_endpoint": "userinfoEndpoint", "jwks_uri": "jwksUri", "issuer": "issuer",
	}
	out := engine.Map(found, func(m engine.Member) engine.Member { return engine.Member{names[m.Key], m.Value} })
	return out, nil
}

func publicMailDomains() []string {
	return []string{
		"gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "icloud.com", "aol.com", "yandex.com",
		"mail.com", "protonmail.com", "yanex.com", "gmx.com", "mail.ru", "zoho.com", "qq.com", "163.com", "126.com",
		"sina.com", "sohu.com",
	}
}

// ssoDomains puts the domains in lower case and refuses public and repeated ones.
func ssoDomains(in engine.Object) (engine.Object, error) {
	if !in.Has("domains") {
		return in, nil
	}
	domains := engine.Map(in.Strs("domains"), strings.ToLower)
	seen := map[string]bool{}
	var forbidden, repeated []string
	for _, domain := range domains {
		if slices.Contains(publicMailDomains(), domain) {
			forbidden = append(forbidden, domain)
		}
		if seen[domain] {
			repeated = append(repeated, domain)
		}
		seen[domain] = true
	}
	if len(forbidden) > 0 {
		return nil, engine.Fail(422, "single_sign_on.forbidden_domains", engine.Object{{"data", engine.Distinct(forbidden)}})
	}
	if len(repeated) > 0 {
		return nil, engine.Fail(422, "single_sign_on.duplicated_domains", engine.Object{{"data", engine.Distinct(repeated)}})
	}
	return in.With("domains", engine.ToList(domains)), nil
}

// ssoNameFree refuses a name that another connector has.
func ssoNameFree(db *engine.Store, name, self string) error {
	other, taken := db.FindUnique(ssoConnectors, []string{"connectorName"}, name)
	if taken && other.Str("id") != self {
		return engine.Fail(409, "single_sign_on.duplicate_connector_name")
	}
	return nil
}

func createSSOConnector(c *engine.Context) (any, error) {
	in, err := c.Input(ssoBody)
	if err != nil {
		return nil, err
	}
	p, ok := findSSOProvider(in.Str("providerName"))
	if !ok {
		return nil, engine.Fail(422, "connector.not_found")
	}
	if in, err = ssoDomains(in); err != nil {
		return nil, err
	}
	var config engine.Object
	if in.Has("config") {
		if config, err = parsedSSOConfig(c, p, in); err != nil {
			return nil, err
		}
		if err := canSign(c.DB, config, ""); err != nil {
			return nil, err
		}
		in = in.With("config", engine.JSONB(config))
	}
	if err := ssoNameFree(c.DB, in.Str("connectorName"), ""); err != nil {
		return nil, err
	}
	finish := func() (any, error) {
		if in.Flag("enableTokenStorage") {
			return nil, engine.Fail(422, "request.feature_not_supported") // no SECRET_VAULT_KEK
		}
		return c.DB.Insert(ssoConnectors, in)
	}
	if config == nil {
		return finish()
	}
	return engine.Later(func() (any, error) {
		if err := checkSSOConnection(c, p, config); err != nil {
			return nil, err
		}
		return c.Locked(finish)
	}), nil
}

// updateSSOConnector ignores providerName and, unlike other updates, takes a body
// without changes.
func updateSSOConnector(c *engine.Context) (any, error) {
	in, err := c.Input(ssoPatch)
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	row, err := c.DB.Get(ssoConnectors, id)
	if err != nil {
		return nil, err
	}
	p, _ := findSSOProvider(row.Str("providerName"))
	if in, err = ssoDomains(in); err != nil {
		return nil, err
	}
	if in.Has("connectorName") {
		if err := ssoNameFree(c.DB, in.Str("connectorName"), id); err != nil {
			return nil, err
		}
	}
	var config engine.Object
	if in.Has("config") {
		if config, err = parsedSSOConfig(c, p, in); err != nil {
			return nil, err
		}
		in = in.With("config", engine.JSONB(config))
	}
	return engine.Later(func() (any, error) {
		if config != nil {
			if err := checkSSOConnection(c, p, config); err != nil {
				return nil, err
			}
		}
		if in.Flag("enableTokenStorage") {
			return nil, engine.Fail(422, "request.feature_not_supported")
		}
		if _, err := c.Locked(func() (any, error) {
			if err := canSign(c.DB, config, id); err != nil || len(in) == 0 {
				return nil, err
			}
			row, err = c.DB.Update(ssoConnectors, in, id)
			return nil, err
		}); err != nil {
			return nil, err
		}
		return ssoView(row, c.Host), nil
	}), nil
}
