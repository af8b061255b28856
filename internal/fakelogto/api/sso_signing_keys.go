// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// ssoSigningKeys sign what Logto asks the identity provider of a SAML connector. At
// most one of a connector is active.
var ssoSigningKeys = &engine.Collection{
	Name: "saml_sso_connector_signing_keys", Singular: "saml_sso_connector_signing_key",
	Columns:  []string{"tenantId", "id", "ssoConnectorId", "certificate", "createdAt", "expiresAt", "active"},
	Defaults: engine.Object{{"active", false}},
	Refs:     []engine.Ref{engine.RefTo("ssoConnectorId", ssoConnectors)},
}

const signingKeyYears = 3

func ssoSigningKeyRoutes(r *engine.Routes) {
	const keys = "/sso-connectors/{id}/signing-keys"
	r.Get(keys, func(c *engine.Context) (any, error) {
		if _, err := samlConnector(c); err != nil {
			return nil, err
		}
		return engine.Map(c.DB.Where(ssoSigningKeys, "ssoConnectorId", c.Param("id")), signingKeyView), nil
	})
	r.Post(keys, 201, createSigningKey)
	r.Patch(keys+"/{keyId}", activateSigningKey)
	r.Delete(keys+"/{keyId}", func(c *engine.Context) (any, error) {
		_, key, err := signingKeyOf(c)
		switch {
		case err != nil:
			return nil, err
		case key.Flag("active"):
			return nil, engine.Fail(400, "single_sign_on.can_not_delete_active_signing_key")
		}
		return nil, c.DB.Remove(ssoSigningKeys, key.Str("id"))
	})
}

// samlConnector is the connector of the path, which only SAML has keys for.
func samlConnector(c *engine.Context) (engine.Object, error) {
	row, err := c.DB.Get(ssoConnectors, c.Param("id"))
	if err != nil {
		return nil, err
	}
	if p, _ := findSSOProvider(row.Str("providerName")); p.kind != "saml" {
		return nil, engine.Fail(404, "connector.not_found")
	}
	return row, nil
}

// signingKeyOf is the connector and the key of the path.
func signingKeyOf(c *engine.Context) (connector, key engine.Object, err error) {
	if connector, err = samlConnector(c); err != nil {
		return nil, nil, err
	}
	key, ok := c.DB.Find(ssoSigningKeys, c.Param("keyId"))
	if !ok || key.Str("ssoConnectorId") != connector.Str("id") {
		return nil, nil, engine.NotFound()
	}
	return connector, key, nil
}

func signingKeyView(row engine.Object) engine.Object {
	return row.Without("tenantId", "ssoConnectorId").With("fingerprints", fingerprints(row.Str("certificate")))
}

func createSigningKey(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Property("active", engine.WithDefault(engine.Boolean(), false))))
	if err != nil {
		return nil, err
	}
	connector, err := samlConnector(c)
	if err != nil {
		return nil, err
	}
	expires := c.DB.Now().AddDate(signingKeyYears, 0, 0)
	certificate, err := newCertificate(c.DB.Now(), expires)
	if err != nil {
		return nil, err
	}
	key, err := c.DB.Insert(ssoSigningKeys, engine.Object{
		{"ssoConnectorId", connector.Get("id")}, {"certificate", certificate}, {"expiresAt", float64(expires.UnixMilli())},
	})
	if err == nil && in.Flag("active") {
		key, err = setSigningKeyActive(c.DB, key, true)
	}
	return signingKeyView(key), err
}

// activateSigningKey cannot leave a connector that signs without a key.
func activateSigningKey(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("active", engine.Boolean())))
	if err != nil {
		return nil, err
	}
	connector, key, err := signingKeyOf(c)
	if err != nil {
		return nil, err
	}
	active := in.Flag("active")
	if key.Flag("active") && !active && connector.Obj("config").Flag("signAuthnRequest") {
		return nil, engine.Fail(400, "single_sign_on.can_not_deactivate_signing_key_in_use")
	}
	if key.Flag("active") != active {
		key, err = setSigningKeyActive(c.DB, key, active)
	}
	return signingKeyView(key), err
}

// setSigningKeyActive takes the place of the active key when it makes a key active.
func setSigningKeyActive(db *engine.Store, key engine.Object, active bool) (engine.Object, error) {
	if other, ok := activeSigningKey(db, key.Str("ssoConnectorId")); ok && active {
		if _, err := db.Update(ssoSigningKeys, engine.Object{{"active", false}}, other.Str("id")); err != nil {
			return nil, err
		}
	}
	return db.Update(ssoSigningKeys, engine.Object{{"active", active}}, key.Str("id"))
}

func activeSigningKey(db *engine.Store, connectorID string) (engine.Object, bool) {
	for _, key := range db.Where(ssoSigningKeys, "ssoConnectorId", connectorID) {
		if key.Flag("active") {
			return key, true
		}
	}
	return nil, false
}

// canSign refuses a config that wants requests signed when the connector has no
// active key. A new connector, whose ID is "", never has one.
func canSign(db *engine.Store, config engine.Object, connectorID string) error {
	if _, ok := activeSigningKey(db, connectorID); !ok && config.Flag("signAuthnRequest") {
		return engine.Fail(400, "single_sign_on.active_signing_key_required")
	}
	return nil
}
