// SPDX-License-Identifier: MPL-2.0

package fakelogto

// ssoSigningKeys sign what Logto asks the identity provider of a SAML connector. At
// most one of a connector is active.
var ssoSigningKeys = &collection{
	name: "saml_sso_connector_signing_keys", singular: "saml_sso_connector_signing_key",
	columns:  []string{"tenantId", "id", "ssoConnectorId", "certificate", "createdAt", "expiresAt", "active"},
	defaults: object{{"active", false}},
	refs:     []ref{refTo("ssoConnectorId", ssoConnectors)},
}

const signingKeyYears = 3

func ssoSigningKeyRoutes(r *routes) {
	const keys = "/sso-connectors/{id}/signing-keys"
	r.get(keys, func(c *call) (any, error) {
		if _, err := samlConnector(c); err != nil {
			return nil, err
		}
		return mapped(c.db.where(ssoSigningKeys, "ssoConnectorId", c.param("id")), signingKeyView), nil
	})
	r.post(keys, 201, createSigningKey)
	r.patch(keys+"/{keyId}", activateSigningKey)
	r.delete(keys+"/{keyId}", func(c *call) (any, error) {
		_, key, err := signingKeyOf(c)
		switch {
		case err != nil:
			return nil, err
		case key.flag("active"):
			return nil, fail(400, "single_sign_on.can_not_delete_active_signing_key")
		}
		return nil, c.db.remove(ssoSigningKeys, key.str("id"))
	})
}

// samlConnector is the connector of the path, which only SAML has keys for.
func samlConnector(c *call) (object, error) {
	row, err := c.db.get(ssoConnectors, c.param("id"))
	if err != nil {
		return nil, err
	}
	if p, _ := findSSOProvider(row.str("providerName")); p.kind != "saml" {
		return nil, fail(404, "connector.not_found")
	}
	return row, nil
}

// signingKeyOf is the connector and the key of the path.
func signingKeyOf(c *call) (connector, key object, err error) {
	if connector, err = samlConnector(c); err != nil {
		return nil, nil, err
	}
	key, ok := c.db.find(ssoSigningKeys, c.param("keyId"))
	if !ok || key.str("ssoConnectorId") != connector.str("id") {
		return nil, nil, notFound()
	}
	return connector, key, nil
}

func signingKeyView(row object) object {
	return row.without("tenantId", "ssoConnectorId").with("fingerprints", fingerprints(row.str("certificate")))
}

func createSigningKey(c *call) (any, error) {
	in, err := c.input(fields(field{"active", withDefault(boolean(), false)}))
	if err != nil {
		return nil, err
	}
	connector, err := samlConnector(c)
	if err != nil {
		return nil, err
	}
	expires := c.db.now().AddDate(signingKeyYears, 0, 0)
	certificate, err := newCertificate(c.db.now(), expires)
	if err != nil {
		return nil, err
	}
	key, err := c.db.insert(ssoSigningKeys, object{
		{"ssoConnectorId", connector.get("id")}, {"certificate", certificate}, {"expiresAt", float64(expires.UnixMilli())},
	})
	if err == nil && in.flag("active") {
		key, err = setSigningKeyActive(c.db, key, true)
	}
	return signingKeyView(key), err
}

// activateSigningKey cannot leave a connector that signs without a key.
func activateSigningKey(c *call) (any, error) {
	in, err := c.input(fields(required("active", boolean())))
	if err != nil {
		return nil, err
	}
	connector, key, err := signingKeyOf(c)
	if err != nil {
		return nil, err
	}
	active := in.flag("active")
	if key.flag("active") && !active && connector.obj("config").flag("signAuthnRequest") {
		return nil, fail(400, "single_sign_on.can_not_deactivate_signing_key_in_use")
	}
	if key.flag("active") != active {
		key, err = setSigningKeyActive(c.db, key, active)
	}
	return signingKeyView(key), err
}

// setSigningKeyActive takes the place of the active key when it makes a key active.
func setSigningKeyActive(db *store, key object, active bool) (object, error) {
	if other, ok := activeSigningKey(db, key.str("ssoConnectorId")); ok && active {
		if _, err := db.update(ssoSigningKeys, object{{"active", false}}, other.str("id")); err != nil {
			return nil, err
		}
	}
	return db.update(ssoSigningKeys, object{{"active", active}}, key.str("id"))
}

func activeSigningKey(db *store, connectorID string) (object, bool) {
	for _, key := range db.where(ssoSigningKeys, "ssoConnectorId", connectorID) {
		if key.flag("active") {
			return key, true
		}
	}
	return nil, false
}

// canSign refuses a config that wants requests signed when the connector has no
// active key. A new connector, whose ID is "", never has one.
func canSign(db *store, config object, connectorID string) error {
	if _, ok := activeSigningKey(db, connectorID); !ok && config.flag("signAuthnRequest") {
		return fail(400, "single_sign_on.active_signing_key_required")
	}
	return nil
}
