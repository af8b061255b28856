// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
	"net/http"
	"slices"
	"strings"
)

// endpoint is how the tenant calls itself towards others: Logto's default ENDPOINT,
// wherever the server listens.
const endpoint = "http://localhost:3001"

var ssoConnectors = &collection{
	name: "sso_connectors", singular: "sso_connector", idLength: 12,
	columns: []string{
		"tenantId", "id", "providerName", "connectorName", "config", "domains", "branding", "syncProfile",
		"enableTokenStorage", "createdAt",
	},
	defaults: object{
		{"config", object{}}, {"domains", []any{}}, {"branding", object{}}, {"syncProfile", false},
		{"enableTokenStorage", false},
	},
	unique: []unique{{columns: []string{"connectorName"}}},
}

func ssoGroup() group {
	return group{collections: []*collection{ssoConnectors, ssoSigningKeys}, routes: func(r *routes) {
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
	ssoPatch = fields(
		maybe("config", jsonObject()),
		maybe("domains", array(str())),
		maybe("branding", textShape("displayName? logo? darkLogo?")),
		maybe("syncProfile", boolean()),
		maybe("enableTokenStorage", boolean()),
		maybe("connectorName", text1(128)),
	)
	ssoBody = ssoPatch.and(required("providerName", text1(128)), required("connectorName", text1(128)))

	ssoOIDCConfig = fields(
		required("clientId", str()), required("clientSecret", str()), required("issuer", str()), maybe("scope", str()),
		field{"trustUnverifiedEmail", withDefault(boolean(), false)},
	)
	ssoGoogleConfig = ssoOIDCConfig.except("issuer").and(maybe("offlineAccess", boolean()))
	ssoSigning      = []field{
		maybe("attributeMapping", textShape("id? email? name?")),
		maybe("signAuthnRequest", boolean()),
		maybe("requestSignatureAlgorithm", enum(
			"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
		)),
	}
	ssoSAMLConfig = union(
		textShape("metadataUrl").and(ssoSigning...),
		textShape("metadata").and(ssoSigning...),
		textShape("entityId signInEndpoint x509Certificate").and(ssoSigning...),
	)
)

func ssoRoutes(r *routes) {
	r.get("/sso-connector-providers", func(*call) (any, error) {
		return mapped(ssoProviders(), func(p ssoProvider) object {
			return object{
				{"providerName", p.id}, {"providerType", p.kind}, {"logo", aLogo}, {"logoDark", aLogo},
				{"description", aText}, {"name", p.name},
			}
		}), nil
	})
	r.get("/sso-connectors", func(c *call) (any, error) {
		rows, err := c.pageOf(c.db.newest(ssoConnectors)) // Logto sorts by nothing; the recorded tenant had this order
		if err != nil {
			return nil, err
		}
		return later(func() (any, error) {
			return mapped(rows, func(row object) object { return ssoView(row, c.host) }), nil
		}), nil
	}).paged(optionalPages)
	r.post("/sso-connectors", 200, createSSOConnector)
	r.get("/sso-connectors/{id}", func(c *call) (any, error) {
		row, err := c.db.get(ssoConnectors, c.param("id"))
		if err != nil {
			return nil, err
		}
		return later(func() (any, error) { return ssoView(row, c.host), nil }), nil
	})
	r.patch("/sso-connectors/{id}", updateSSOConnector)
	r.delete("/sso-connectors/{id}", func(c *call) (any, error) {
		if _, err := c.db.get(ssoConnectors, c.param("id")); err != nil {
			return nil, err
		}
		return nil, c.db.remove(ssoConnectors, c.param("id"))
	})
}

// ssoView adds what the provider says. It calls the identity provider.
func ssoView(row object, self string) object {
	p, _ := findSSOProvider(row.str("providerName"))
	out := slices.Concat(row, object{
		{"name", p.name}, {"providerType", p.kind}, {"providerLogo", aLogo}, {"providerLogoDark", aLogo},
	})
	if details, err := ssoDetails(p, row, self); err == nil {
		out = append(out, member{"providerConfig", details})
	}
	return out
}

func ssoDetails(p ssoProvider, row object, self string) (object, error) {
	if p.kind == "oidc" {
		config, err := parseSSOConfig(p, row.obj("config"))
		if err != nil {
			return nil, err
		}
		return oidcDetails(p, config, self)
	}
	out := object{
		{"defaultAttributeMapping", object{{"id", "nameID"}, {"email", "email"}, {"name", "name"}}},
		{"serviceProvider", object{
			{"entityId", endpoint + "/enterprise-sso/" + row.str("id")},
			{"assertionConsumerServiceUrl", endpoint + "/api/authn/single-sign-on/saml/" + row.str("id")},
		}},
	}
	if config, err := parseSSOConfig(p, row.obj("config")); err == nil {
		if provider, err := samlProvider(config); err == nil {
			out = append(out, member{"identityProvider", provider})
		}
	}
	return out, nil
}

// parseSSOConfig keeps the known keys only and adds the default. Mistakes are
// answered without a word about where they are.
func parseSSOConfig(p ssoProvider, config object) (object, error) {
	guard := schema(ssoOIDCConfig)
	switch {
	case p.kind == "saml":
		guard = ssoSAMLConfig
	case p.id == "GoogleWorkspace":
		guard = ssoGoogleConfig
	}
	var is issues
	kept, result := guard.check(config, nil, &is)
	if result != good {
		return nil, fail(400, "connector.invalid_config")
	}
	out, _ := kept.(object)
	return out, nil
}

// parsedSSOConfig parses the config of a body. Logto 1.42 checks the settings of
// request signing and drops them then.
func (c *call) parsedSSOConfig(p ssoProvider, in object) (object, error) {
	config, err := parseSSOConfig(p, in.obj("config"))
	if c.server.before("1.43") {
		config = config.without("signAuthnRequest", "requestSignatureAlgorithm")
	}
	return config, err
}

// checkSSOConnection reads the settings of the identity provider, as each write of a config does.
func (c *call) checkSSOConnection(p ssoProvider, config object) error {
	if p.kind == "oidc" {
		_, err := oidcDetails(p, config, c.host)
		return err
	}
	_, err := samlProvider(config)
	if failed, ok := errors.AsType[*apiError](err); ok && failed.status == 500 && c.server.before("1.41") {
		return ssoFailure("connector.invalid_certificate", nil) // broken metadata counted as empty
	}
	return err
}

func ssoFailure(code string, data object) error {
	return fail(400, code, append(object{{"ssoErrorCode", strings.TrimPrefix(code, "connector.")}}, data...))
}

// oidcDetails is the config with the endpoints of the issuer. The issuer may be the
// server itself, whose address is self.
func oidcDetails(p ssoProvider, config object, self string) (object, error) {
	issuer := config.str("issuer")
	if p.id == "GoogleWorkspace" {
		issuer = "https://accounts.google.com"
		config = config.without("offlineAccess").with("issuer", issuer)
	}
	found, err := discover(issuer, self)
	if err != nil {
		return nil, err
	}
	scopes := distinct(append([]string{"openid", "profile", "email"},
		strings.FieldsFunc(config.str("scope"), func(r rune) bool { return r == ' ' || r == '+' })...))
	return config.merge(found).with("scope", strings.Join(scopes, " ")), nil
}

var discoveryDocument = fields(
	required("authorization_endpoint", str()), required("token_endpoint", str()),
	maybe("userinfo_endpoint", str()), required("jwks_uri", str()), required("issuer", str()),
)

func discover(issuer, self string) (object, error) {
	refuse := func(reason string, problem any) (object, error) {
		return nil, ssoFailure("connector.invalid_config", object{
			{"config", object{{"issuer", issuer}}}, {"message", reason}, {"error", problem},
		})
	}
	document := any(object{
		{"authorization_endpoint", endpoint + "/oidc/auth"}, {"token_endpoint", endpoint + "/oidc/token"},
		{"userinfo_endpoint", endpoint + "/oidc/me"}, {"jwks_uri", endpoint + "/oidc/jwks"}, {"issuer", endpoint + "/oidc"},
	})
	if issuer != endpoint+"/oidc" && (self == "" || issuer != self+"/oidc") {
		body, err := outbound(http.MethodGet, issuer+"/.well-known/openid-configuration", nil, nil)
		if err == nil {
			document, err = decodeJSON(body)
		}
		var failed *outboundError
		switch {
		case errors.As(err, &failed):
			return refuse("fail_to_fetch_config", failed.data())
		case err != nil:
			return refuse("fail_to_fetch_config", object{{"code", "invalid_response"}})
		}
	}
	var is issues
	kept, result := discoveryDocument.check(document, nil, &is)
	if result != good {
		return refuse("invalid_config_response", []object(is))
	}
	found, _ := kept.(object)
	names := map[string]string{
		"authorization_endpoint": "authorizationEndpoint", "token_endpoint": "tokenEndpoint",
		"userinfo_endpoint": "userinfoEndpoint", "jwks_uri": "jwksUri", "issuer": "issuer",
	}
	out := mapped(found, func(m member) member { return member{names[m.key], m.value} })
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
func ssoDomains(in object) (object, error) {
	if !in.has("domains") {
		return in, nil
	}
	domains := mapped(in.strs("domains"), strings.ToLower)
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
		return nil, fail(422, "single_sign_on.forbidden_domains", object{{"data", distinct(forbidden)}})
	}
	if len(repeated) > 0 {
		return nil, fail(422, "single_sign_on.duplicated_domains", object{{"data", distinct(repeated)}})
	}
	return in.with("domains", toList(domains)), nil
}

// ssoNameFree refuses a name that another connector has.
func ssoNameFree(db *store, name, self string) error {
	other, taken := db.findUnique(ssoConnectors, []string{"connectorName"}, name)
	if taken && other.str("id") != self {
		return fail(409, "single_sign_on.duplicate_connector_name")
	}
	return nil
}

func createSSOConnector(c *call) (any, error) {
	in, err := c.input(ssoBody)
	if err != nil {
		return nil, err
	}
	p, ok := findSSOProvider(in.str("providerName"))
	if !ok {
		return nil, fail(422, "connector.not_found")
	}
	if in, err = ssoDomains(in); err != nil {
		return nil, err
	}
	var config object
	if in.has("config") {
		if config, err = c.parsedSSOConfig(p, in); err != nil {
			return nil, err
		}
		if err := canSign(c.db, config, ""); err != nil {
			return nil, err
		}
		in = in.with("config", jsonb(config))
	}
	if err := ssoNameFree(c.db, in.str("connectorName"), ""); err != nil {
		return nil, err
	}
	finish := func() (any, error) {
		if in.flag("enableTokenStorage") {
			return nil, fail(422, "request.feature_not_supported") // no SECRET_VAULT_KEK
		}
		return c.db.insert(ssoConnectors, in)
	}
	if config == nil {
		return finish()
	}
	return later(func() (any, error) {
		if err := c.checkSSOConnection(p, config); err != nil {
			return nil, err
		}
		return c.locked(finish)
	}), nil
}

// updateSSOConnector ignores providerName and, unlike other updates, takes a body
// without changes.
func updateSSOConnector(c *call) (any, error) {
	in, err := c.input(ssoPatch)
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	row, err := c.db.get(ssoConnectors, id)
	if err != nil {
		return nil, err
	}
	p, _ := findSSOProvider(row.str("providerName"))
	if in, err = ssoDomains(in); err != nil {
		return nil, err
	}
	if in.has("connectorName") {
		if err := ssoNameFree(c.db, in.str("connectorName"), id); err != nil {
			return nil, err
		}
	}
	var config object
	if in.has("config") {
		if config, err = c.parsedSSOConfig(p, in); err != nil {
			return nil, err
		}
		in = in.with("config", jsonb(config))
	}
	return later(func() (any, error) {
		if config != nil {
			if err := c.checkSSOConnection(p, config); err != nil {
				return nil, err
			}
		}
		if in.flag("enableTokenStorage") {
			return nil, fail(422, "request.feature_not_supported")
		}
		if _, err := c.locked(func() (any, error) {
			if err := canSign(c.db, config, id); err != nil || len(in) == 0 {
				return nil, err
			}
			row, err = c.db.update(ssoConnectors, in, id)
			return nil, err
		}); err != nil {
			return nil, err
		}
		return ssoView(row, c.host), nil
	}), nil
}
