// SPDX-License-Identifier: MPL-2.0

package api

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

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// A SAML application is an application with a configuration beside it.
var samlConfigs = &engine.Collection{
	Name: "saml_application_configs", Singular: "saml_application_config",
	Columns: []string{
		"tenantId", "applicationId", "attributeMapping", "entityId", "acsUrl", "encryption", "nameIdFormat",
	},
	Key:      []string{"applicationId"},
	Defaults: engine.Object{{"attributeMapping", engine.Object{}}, {"nameIdFormat", nameIDFormats()[0]}},
	Refs:     []engine.Ref{engine.RefTo("applicationId", applications)},
}

var samlSecrets = &engine.Collection{
	Name: "saml_application_secrets", Singular: "saml_application_secret",
	Columns:  []string{"tenantId", "id", "applicationId", "certificate", "createdAt", "expiresAt", "active"},
	Defaults: engine.Object{{"active", false}},
	Refs:     []engine.Ref{engine.RefTo("applicationId", applications)},
	Checks:   []engine.Check{typeIs(applications, "applicationId", samlApp)},
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

func samlGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{samlConfigs, samlSecrets}, Routes: samlRoutes}
}

var samlBody = applicationBody.Only("name", "description", "customData").And(
	engine.Maybe("attributeMapping", engine.Fields(engine.Map(samlClaims(), func(claim string) engine.Field { return engine.Maybe(claim, engine.String()) })...)),
	engine.MaybeNull("entityId", engine.String().Max(128)),
	engine.MaybeNull("acsUrl", engine.Fields(
		engine.Required("binding", engine.NativeEnum(samlPostBinding, samlRedirectBinding)), engine.Required("url", engine.String().URL()),
	)),
	engine.MaybeNull("encryption", engine.Refine(engine.Fields(
		engine.Maybe("encryptAssertion", engine.Boolean()), engine.Maybe("encryptThenSign", engine.Boolean()), engine.Maybe("certificate", engine.String()),
	), func(v any, at engine.Path, is *engine.Issues) {
		if o, _ := v.(engine.Object); o.Flag("encryptAssertion") && !(o.Has("encryptThenSign") && o.Has("certificate")) {
			is.Add(at, "custom", "An encrypted assertion needs encryptThenSign and a certificate")
		}
	})),
	engine.Maybe("nameIdFormat", engine.NativeEnum(nameIDFormats()...)),
)

// samlClaims are the keys of an attribute mapping.
func samlClaims() []string {
	return strings.Fields(`sub name given_name family_name middle_name nickname preferred_username profile picture
		website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address
		updated_at username created_at custom_data identities sso_identities roles organizations organization_data
		organization_roles`)
}

func samlRoutes(r *engine.Routes) {
	r.Post("/saml-applications", 201, createSAML)
	r.Get("/saml-applications/{id}", func(c *engine.Context) (any, error) {
		app, err := samlAppOnly(c.DB, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return samlView(c.DB, app), nil
	})
	r.Patch("/saml-applications/{id}", updateSAML)
	r.Delete("/saml-applications/{id}", func(c *engine.Context) (any, error) {
		if _, err := samlAppOnly(c.DB, c.Param("id")); err != nil {
			return nil, err
		}
		return nil, c.DB.Remove(applications, c.Param("id"))
	})
	r.Get("/saml-applications/{id}/metadata", samlAppMetadata).Open()

	r.Get("/saml-applications/{id}/secrets", func(c *engine.Context) (any, error) {
		return engine.Map(c.DB.Where(samlSecrets, "applicationId", c.Param("id")), samlSecretView), nil
	})
	r.Post("/saml-applications/{id}/secrets", 201, createSAMLSecret)
	r.Patch("/saml-applications/{id}/secrets/{secretId}", activateSAMLSecret)
	r.Delete("/saml-applications/{id}/secrets/{secretId}", deleteSAMLSecret)
}

func samlAppOnly(db *engine.Store, id string) (engine.Object, error) {
	app, err := db.Get(applications, id)
	if err != nil {
		return nil, err
	}
	if app.Str("type") != samlApp {
		return nil, engine.Fail(422, "application.saml.saml_application_only")
	}
	return app, nil
}

// samlView shows an application with its SAML configuration in place of OIDC's.
func samlView(db *engine.Store, app engine.Object) engine.Object {
	config, _ := db.Find(samlConfigs, app.Str("id"))
	return app.Without("secret", "oidcClientMetadata", "customClientMetadata", "protectedAppMetadata").
		Merge(config.Without("tenantId", "applicationId"))
}

// createSAML looks at the limit before the body, as Logto does.
func createSAML(c *engine.Context) (any, error) {
	count := 0
	for _, app := range c.DB.All(applications) {
		if app.Str("type") == samlApp {
			count++
		}
	}
	if count >= maxSAMLApps {
		return nil, engine.Fail(403, "application.saml.reach_oss_limit")
	}
	in, err := c.Input(samlBody)
	if err != nil {
		return nil, err
	}
	if in.Obj("acsUrl").Str("binding") == samlRedirectBinding {
		return nil, engine.Fail(422, "application.saml.acs_url_binding_not_supported")
	}
	var app engine.Object
	err = c.DB.Atomically(func() error {
		app, err = c.DB.Insert(applications, in.Pick("name", "description", "customData").With("type", samlApp))
		if err != nil {
			return err
		}
		config := in.Without("name", "description", "customData").With("applicationId", app.Get("id"))
		if _, err := c.DB.Insert(samlConfigs, config); err != nil {
			return err
		}
		_, err := newSAMLSecret(c.DB, app.Str("id"), firstSecretYears, true)
		return err
	})
	if err != nil {
		return nil, err
	}
	return samlView(c.DB, app), nil
}

// updateSAML merges custom data and replaces everything else that is given.
func updateSAML(c *engine.Context) (any, error) {
	in, err := c.Input(samlBody.Partial().And(engine.Maybe("appLevelAccessControlEnabled", engine.Boolean())))
	if err != nil {
		return nil, err
	}
	id := c.Param("id")
	if in.Flag("appLevelAccessControlEnabled") && !hasAccessRules(c.DB, id) {
		return nil, engine.InvalidRequest(422, "access control needs at least one rule before it can be enabled")
	}
	app, err := samlAppOnly(c.DB, id)
	if err != nil {
		return nil, err
	}
	ofApp := in.Pick("name", "description", "customData", "appLevelAccessControlEnabled")
	if ofApp.Has("customData") {
		ofApp = ofApp.With("customData", engine.JSONB(app.Obj("customData").Merge(in.Obj("customData"))))
	}
	if len(ofApp) > 0 {
		if app, err = c.DB.Update(applications, ofApp, id); err != nil {
			return nil, err
		}
	}
	if config := in.Without("name", "description", "customData", "appLevelAccessControlEnabled"); len(config) > 0 {
		if _, err := c.DB.Update(samlConfigs, config, id); err != nil {
			return nil, err
		}
	}
	return samlView(c.DB, app), nil
}

func createSAMLSecret(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("lifeSpanInYears", engine.Integer().Min(1))))
	if err != nil {
		return nil, err
	}
	row, err := newSAMLSecret(c.DB, c.Param("id"), int(in.Num("lifeSpanInYears")), false)
	if err != nil {
		return nil, err
	}
	return samlSecretView(row), nil
}

func newSAMLSecret(db *engine.Store, applicationID string, years int, active bool) (engine.Object, error) {
	expires := db.Now().AddDate(years, 0, 0)
	certificate, err := newCertificate(db.Now(), expires)
	if err != nil {
		return nil, err
	}
	return db.Insert(samlSecrets, engine.Object{
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

func samlSecretView(row engine.Object) engine.Object {
	return row.Without("tenantId", "applicationId").With("fingerprints", fingerprints(row.Str("certificate")))
}

// fingerprints are those of a certificate in PEM.
func fingerprints(certificate string) engine.Object {
	hash := ""
	if block, _ := pem.Decode([]byte(strings.ReplaceAll(certificate, "\r\n", "\n"))); block != nil {
		hash = fmt.Sprintf("%X", sha256.Sum256(block.Bytes))
	}
	pairs := make([]string, 0, len(hash)/2)
	for i := 0; i+1 < len(hash); i += 2 {
		pairs = append(pairs, hash[i:i+2])
	}
	return engine.Object{{"sha256", engine.Object{{"formatted", strings.Join(pairs, ":")}, {"unformatted", hash}}}}
}

func samlSecretOf(c *engine.Context) (engine.Object, error) {
	row, ok := c.DB.Find(samlSecrets, c.Param("secretId"))
	if !ok || row.Str("applicationId") != c.Param("id") {
		return nil, engine.NotFound()
	}
	return row, nil
}

// activateSAMLSecret fails with a bare 500 when nothing changes: Logto's answer
// then lacks the fingerprints that its own check wants.
func activateSAMLSecret(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("active", engine.Boolean())))
	if err != nil {
		return nil, err
	}
	row, err := samlSecretOf(c)
	if err != nil {
		return nil, err
	}
	if row.Flag("active") == in.Flag("active") {
		return nil, engine.InternalError()
	}
	for _, other := range c.DB.Where(samlSecrets, "applicationId", c.Param("id")) {
		if other.Flag("active") {
			if _, err := c.DB.Update(samlSecrets, engine.Object{{"active", false}}, other.Str("id")); err != nil {
				return nil, err
			}
		}
	}
	row, err = c.DB.Update(samlSecrets, in, row.Str("id"))
	return samlSecretView(row), err
}

func deleteSAMLSecret(c *engine.Context) (any, error) {
	row, err := samlSecretOf(c)
	if err != nil {
		return nil, err
	}
	if row.Flag("active") {
		return nil, engine.Fail(400, "application.saml.can_not_delete_active_secret")
	}
	return nil, c.DB.Remove(samlSecrets, row.Str("id"))
}

func samlAppMetadata(c *engine.Context) (any, error) {
	id := c.Param("id")
	config, ok := c.DB.Find(samlConfigs, id)
	certificate := ""
	for _, row := range c.DB.Where(samlSecrets, "applicationId", id) {
		if row.Flag("active") {
			certificate = row.Str("certificate")
		}
	}
	if !ok || certificate == "" {
		return nil, engine.Fail(404, "entity.not_found", engine.Object{{"message", "no active certificate"}})
	}
	var der []string
	for line := range strings.FieldsSeq(certificate) {
		if !strings.Contains(line, "-") && line != "CERTIFICATE" {
			der = append(der, line)
		}
	}
	return engine.Raw{MediaType: "text/xml;charset=utf-8", Body: fmt.Sprintf(
		`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%[1]s/saml/%[2]s">`+
			`<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">`+
			`<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>`+
			`<X509Certificate>%[3]s</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`+
			`<NameIDFormat>%[4]s</NameIDFormat>`+
			`<SingleSignOnService Binding="%[5]s" Location="%[1]s/api/saml/%[2]s/authn"/>`+
			`</IDPSSODescriptor></EntityDescriptor>`,
		c.Host, id, strings.Join(der, ""), config.Str("nameIdFormat"), samlRedirectBinding)}, nil
}
