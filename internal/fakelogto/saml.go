// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// A SAML application is an application with a configuration beside it.
var samlConfigs = &collection{
	name: "saml_application_configs", singular: "saml_application_config",
	columns: []string{
		"tenantId", "applicationId", "attributeMapping", "entityId", "acsUrl", "encryption", "nameIdFormat",
	},
	key:      []string{"applicationId"},
	defaults: object{{"attributeMapping", object{}}, {"nameIdFormat", nameIDFormats()[0]}},
	refs:     []ref{refTo("applicationId", applications)},
}

var samlSecrets = &collection{
	name: "saml_application_secrets", singular: "saml_application_secret",
	columns:  []string{"tenantId", "id", "applicationId", "certificate", "createdAt", "expiresAt", "active"},
	defaults: object{{"active", false}},
	refs:     []ref{refTo("applicationId", applications)},
	checks:   []check{typeIs(applications, "applicationId", samlApp)},
}

const (
	samlPostBinding     = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
	samlRedirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
	maxSAMLApps         = 3 // of an OSS tenant
	firstSecretYears    = 3
)

func nameIDFormats() []string {
	return []string{
		"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
		"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
		"urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
		"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
	}
}

func samlGroup() group {
	return group{collections: []*collection{samlConfigs, samlSecrets}, routes: samlRoutes}
}

var samlBody = applicationBody.only("name", "description", "customData").and(
	maybe("attributeMapping", fields(mapped(samlClaims(), func(claim string) field { return maybe(claim, str()) })...)),
	maybeNull("entityId", str().max(128)),
	maybeNull("acsUrl", fields(
		required("binding", nativeEnum(samlPostBinding, samlRedirectBinding)), required("url", str().url()),
	)),
	maybeNull("encryption", refine(fields(
		maybe("encryptAssertion", boolean()), maybe("encryptThenSign", boolean()), maybe("certificate", str()),
	), func(v any, at path, is *issues) {
		if o, _ := v.(object); o.flag("encryptAssertion") && !(o.has("encryptThenSign") && o.has("certificate")) {
			is.add(at, "custom", "An encrypted assertion needs encryptThenSign and a certificate")
		}
	})),
	maybe("nameIdFormat", nativeEnum(nameIDFormats()...)),
)

// samlClaims are the keys of an attribute mapping.
func samlClaims() []string {
	return strings.Fields(`sub name given_name family_name middle_name nickname preferred_username profile picture
		website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address
		updated_at username created_at custom_data identities sso_identities roles organizations organization_data
		organization_roles`)
}

func samlRoutes(r *routes) {
	r.post("/saml-applications", 201, createSAML)
	r.get("/saml-applications/{id}", func(c *call) (any, error) {
		app, err := samlAppOnly(c.db, c.param("id"))
		if err != nil {
			return nil, err
		}
		return samlView(c.db, app), nil
	})
	r.patch("/saml-applications/{id}", updateSAML)
	r.delete("/saml-applications/{id}", func(c *call) (any, error) {
		if _, err := samlAppOnly(c.db, c.param("id")); err != nil {
			return nil, err
		}
		return nil, c.db.remove(applications, c.param("id"))
	})
	r.get("/saml-applications/{id}/metadata", samlAppMetadata).open()

	r.get("/saml-applications/{id}/secrets", func(c *call) (any, error) {
		return mapped(c.db.where(samlSecrets, "applicationId", c.param("id")), samlSecretView), nil
	})
	r.post("/saml-applications/{id}/secrets", 201, createSAMLSecret)
	r.patch("/saml-applications/{id}/secrets/{secretId}", activateSAMLSecret)
	r.delete("/saml-applications/{id}/secrets/{secretId}", deleteSAMLSecret)
}

func samlAppOnly(db *store, id string) (object, error) {
	app, err := db.get(applications, id)
	if err != nil {
		return nil, err
	}
	if app.str("type") != samlApp {
		return nil, fail(422, "application.saml.saml_application_only")
	}
	return app, nil
}

// samlView shows an application with its SAML configuration in place of OIDC's.
func samlView(db *store, app object) object {
	config, _ := db.find(samlConfigs, app.str("id"))
	return app.without("secret", "oidcClientMetadata", "customClientMetadata", "protectedAppMetadata").
		merge(config.without("tenantId", "applicationId"))
}

// createSAML looks at the limit before the body, as Logto does.
func createSAML(c *call) (any, error) {
	count := 0
	for _, app := range c.db.all(applications) {
		if app.str("type") == samlApp {
			count++
		}
	}
	if count >= maxSAMLApps {
		return nil, fail(403, "application.saml.reach_oss_limit")
	}
	in, err := c.input(samlBody)
	if err != nil {
		return nil, err
	}
	if in.obj("acsUrl").str("binding") == samlRedirectBinding {
		return nil, fail(422, "application.saml.acs_url_binding_not_supported")
	}
	var app object
	err = c.db.atomically(func() error {
		app, err = c.db.insert(applications, in.pick("name", "description", "customData").with("type", samlApp))
		if err != nil {
			return err
		}
		config := in.without("name", "description", "customData").with("applicationId", app.get("id"))
		if _, err := c.db.insert(samlConfigs, config); err != nil {
			return err
		}
		_, err := newSAMLSecret(c.db, app.str("id"), firstSecretYears, true)
		return err
	})
	if err != nil {
		return nil, err
	}
	return samlView(c.db, app), nil
}

// updateSAML merges custom data and replaces everything else that is given.
func updateSAML(c *call) (any, error) {
	in, err := c.input(samlBody.partial().and(maybe("appLevelAccessControlEnabled", boolean())))
	if err != nil {
		return nil, err
	}
	id := c.param("id")
	if in.flag("appLevelAccessControlEnabled") && !hasAccessRules(c.db, id) {
		return nil, invalidRequest(422, "access control needs at least one rule before it can be enabled")
	}
	app, err := samlAppOnly(c.db, id)
	if err != nil {
		return nil, err
	}
	ofApp := in.pick("name", "description", "customData", "appLevelAccessControlEnabled")
	if ofApp.has("customData") {
		ofApp = ofApp.with("customData", jsonb(app.obj("customData").merge(in.obj("customData"))))
	}
	if len(ofApp) > 0 {
		if app, err = c.db.update(applications, ofApp, id); err != nil {
			return nil, err
		}
	}
	if config := in.without("name", "description", "customData", "appLevelAccessControlEnabled"); len(config) > 0 {
		if _, err := c.db.update(samlConfigs, config, id); err != nil {
			return nil, err
		}
	}
	return samlView(c.db, app), nil
}

func createSAMLSecret(c *call) (any, error) {
	in, err := c.input(fields(required("lifeSpanInYears", integer().min(1))))
	if err != nil {
		return nil, err
	}
	row, err := newSAMLSecret(c.db, c.param("id"), int(in.num("lifeSpanInYears")), false)
	if err != nil {
		return nil, err
	}
	return samlSecretView(row), nil
}

func newSAMLSecret(db *store, applicationID string, years int, active bool) (object, error) {
	expires := db.now().AddDate(years, 0, 0)
	certificate, err := newCertificate(db.now(), expires)
	if err != nil {
		return nil, err
	}
	return db.insert(samlSecrets, object{
		{"applicationId", applicationID}, {"certificate", certificate},
		{"expiresAt", float64(expires.UnixMilli())}, {"active", active},
	})
}

// newCertificate makes a self-signed certificate in PEM with CRLF line ends, as
// Logto does. The key is a quick one instead of RSA with 4096 bits, and is thrown away.
func newCertificate(from, to time.Time) (string, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return "", err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "logto.io", Organization: []string{"Logto"}},
		NotBefore: from, NotAfter: to,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return "", err
	}
	text := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return strings.ReplaceAll(text, "\n", "\r\n"), nil
}

func samlSecretView(row object) object {
	return row.without("tenantId", "applicationId").with("fingerprints", fingerprints(row.str("certificate")))
}

// fingerprints are those of a certificate in PEM.
func fingerprints(certificate string) object {
	hash := ""
	if block, _ := pem.Decode([]byte(strings.ReplaceAll(certificate, "\r\n", "\n"))); block != nil {
		hash = fmt.Sprintf("%X", sha256.Sum256(block.Bytes))
	}
	pairs := make([]string, 0, len(hash)/2)
	for i := 0; i+1 < len(hash); i += 2 {
		pairs = append(pairs, hash[i:i+2])
	}
	return object{{"sha256", object{{"formatted", strings.Join(pairs, ":")}, {"unformatted", hash}}}}
}

func samlSecretOf(c *call) (object, error) {
	row, ok := c.db.find(samlSecrets, c.param("secretId"))
	if !ok || row.str("applicationId") != c.param("id") {
		return nil, notFound()
	}
	return row, nil
}

// activateSAMLSecret fails with a bare 500 when nothing changes: Logto's answer
// then lacks the fingerprints that its own check wants.
func activateSAMLSecret(c *call) (any, error) {
	in, err := c.input(fields(required("active", boolean())))
	if err != nil {
		return nil, err
	}
	row, err := samlSecretOf(c)
	if err != nil {
		return nil, err
	}
	if row.flag("active") == in.flag("active") {
		return nil, internal()
	}
	for _, other := range c.db.where(samlSecrets, "applicationId", c.param("id")) {
		if other.flag("active") {
			if _, err := c.db.update(samlSecrets, object{{"active", false}}, other.str("id")); err != nil {
				return nil, err
			}
		}
	}
	row, err = c.db.update(samlSecrets, in, row.str("id"))
	return samlSecretView(row), err
}

func deleteSAMLSecret(c *call) (any, error) {
	row, err := samlSecretOf(c)
	if err != nil {
		return nil, err
	}
	if row.flag("active") {
		return nil, fail(400, "application.saml.can_not_delete_active_secret")
	}
	return nil, c.db.remove(samlSecrets, row.str("id"))
}

func samlAppMetadata(c *call) (any, error) {
	id := c.param("id")
	config, ok := c.db.find(samlConfigs, id)
	certificate := ""
	for _, row := range c.db.where(samlSecrets, "applicationId", id) {
		if row.flag("active") {
			certificate = row.str("certificate")
		}
	}
	if !ok || certificate == "" {
		return nil, fail(404, "entity.not_found", object{{"message", "no active certificate"}})
	}
	var der []string
	for line := range strings.FieldsSeq(certificate) {
		if !strings.Contains(line, "-") && line != "CERTIFICATE" {
			der = append(der, line)
		}
	}
	return raw{"text/xml;charset=utf-8", fmt.Sprintf(
		`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%[1]s/saml/%[2]s">`+
			`<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`+
			`<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>`+
			`<X509Certificate>%[3]s</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`+
			`<NameIDFormat>%[4]s</NameIDFormat>`+
			`<SingleSignOnService Binding="%[5]s" Location="%[1]s/api/saml/%[2]s/authn"/>`+
			`</IDPSSODescriptor></EntityDescriptor>`,
		c.host, id, strings.Join(der, ""), config.str("nameIdFormat"), samlRedirectBinding)}, nil
}
