// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"slices"
)

// configs are the tenant's settings by key. A value is an object, or a list of keys.
var configs = &collection{
	name: "logto_configs", singular: "logto_config",
	columns: []string{"tenantId", "key", "value"},
	key:     []string{"key"},
}

const (
	adminConsoleConfig = "adminConsole"
	idTokenConfig      = "idToken"
	sessionConfig      = "oidc.session"
	privateKeyConfig   = "oidc.privateKeys"
	cookieKeyConfig    = "oidc.cookieKeys"
	rotationConfig     = "signingKeyRotationState"
)

func configGroup() group {
	return group{
		collections: []*collection{configs},
		routes: func(r *routes) {
			configRoutes(r)
			keyRoutes(r)
			jwtCustomizerRoutes(r)
			actionRoutes(r)
		},
		seed: func(db *store) {
			set := func(key string, value any) { seeded(db, configs, object{{"key", key}, {"value", value}}) }
			set(adminConsoleConfig, object{{"signInExperienceCustomized", false}, {"organizationCreated", false}})
			set(idTokenConfig, object{{"enabledExtendedClaims", []any{"roles", "organizations", "organization_roles"}}})
			set(privateKeyConfig, []any{newKey(db, "EC").with("status", currentKey)})
			set(cookieKeyConfig, []any{newKey(db, "")})
		},
	}
}

// config returns a setting; ok is false when it was never made.
func config(db *store, key string) (value any, ok bool) {
	row, ok := db.find(configs, key)
	return row.get("value"), ok
}

// getConfig is config for settings that are objects, nil when absent.
func getConfig(db *store, key string) object {
	value, _ := config(db, key)
	out, _ := value.(object)
	return out
}

// setConfig replaces a setting and tells whether it is new.
func setConfig(db *store, key string, value any) (made bool) {
	// Nothing refuses a setting.
	if db.exists(configs, key) {
		_, _ = db.update(configs, object{{"value", value}}, key)
		return false
	}
	_, _ = db.insert(configs, object{{"key", key}, {"value", value}})
	return true
}

var (
	adminConsoleData = fields(
		required("signInExperienceCustomized", boolean()),
		required("organizationCreated", boolean()),
		maybe("developmentTenantMigrationNotification", fields(
			required("isPaidTenant", boolean()), required("tag", str()), maybe("readAt", num()),
		)),
		maybe("checkedChargeNotification", fields(
			maybe("token", boolean()), maybe("apiResource", boolean()), maybe("machineToMachineApp", boolean()),
			maybe("tenantMember", boolean()),
		)),
	)
	sessionBody = fields(maybe("ttl", integer().min(1).max(31_536_000)))
	idTokenBody = fields(maybe("enabledExtendedClaims", array(enum(
		"custom_data", "identities", "sso_identities", "roles", "organizations", "organization_data", "organization_roles",
	))))
)

// defaultSession is what a tenant without a setting answers; the lifetime is in seconds.
func defaultSession() object { return object{{"ttl", 1209600.0}} }

func configRoutes(r *routes) {
	r.get("/configs/admin-console", func(c *call) (any, error) { return getConfig(c.db, adminConsoleConfig), nil })
	r.patch("/configs/admin-console", func(c *call) (any, error) {
		in, err := c.input(adminConsoleData.partial())
		if err != nil {
			return nil, err
		}
		value := getConfig(c.db, adminConsoleConfig).merge(in)
		setConfig(c.db, adminConsoleConfig, value)
		return value, nil
	})
	r.get("/configs/oidc/session", func(c *call) (any, error) {
		return defaultSession().merge(getConfig(c.db, sessionConfig)), nil
	})
	r.patch("/configs/oidc/session", func(c *call) (any, error) {
		in, err := c.input(sessionBody)
		if err != nil {
			return nil, err
		}
		value := getConfig(c.db, sessionConfig).merge(in)
		setConfig(c.db, sessionConfig, value)
		return defaultSession().merge(value), nil
	})
	r.get("/configs/id-token", func(c *call) (any, error) { return getConfig(c.db, idTokenConfig), nil })
	r.put("/configs/id-token", 200, func(c *call) (any, error) {
		in, err := c.input(idTokenBody)
		if err != nil {
			return nil, err
		}
		setConfig(c.db, idTokenConfig, in)
		return in, nil
	})
}

// --- signing and cookie keys ---

const (
	nextKey     = "Next"
	currentKey  = "Current"
	previousKey = "Previous"
)

// newKey makes the public part of a key. Unlike elsewhere, createdAt is in seconds.
func newKey(db *store, algorithm string) object {
	out := object{{"id", newID(idWidth)}, {"createdAt", float64(db.now().Unix())}}
	if algorithm != "" {
		out = append(out, member{"signingKeyAlgorithm", algorithm})
	}
	return out
}

var keyTypes = nativeEnum("private-keys", "cookie-keys")

func keyRoutes(r *routes) {
	// typed checks the type of keys in the path and hands on the key of the setting.
	typed := func(h func(c *call, key string, keys []object) (any, error)) handler {
		return func(c *call) (any, error) {
			if err := c.paramsInput(fields(required("keyType", keyTypes))); err != nil {
				return nil, err
			}
			key := privateKeyConfig
			if c.param("keyType") == "cookie-keys" {
				key = cookieKeyConfig
			}
			out, err := h(c, key, storedKeys(c.db, key))
			if listed, ok := out.([]object); ok && c.server.before("1.39") {
				out = mapped(listed, func(k object) object { return k.without("status", "effectiveAt") })
			}
			return out, err
		}
	}
	r.get("/configs/oidc/{keyType}", typed(func(_ *call, _ string, keys []object) (any, error) { return keys, nil }))
	r.delete("/configs/oidc/{keyType}/{keyId}", typed(deleteKey))
	r.post("/configs/oidc/{keyType}/rotate", 200, typed(rotateKeys))
}

// storedKeys lists the keys, newest first. A Next whose time has come is Current from then on.
func storedKeys(db *store, key string) []object {
	value, _ := config(db, key)
	list, _ := value.([]any)
	keys := mapped(list, func(v any) object { o, _ := v.(object); return o })
	if len(keys) > 0 && keys[0].str("status") == nextKey && keys[0].num("effectiveAt") <= db.millis() {
		keys = []object{
			keys[0].without("effectiveAt").with("status", currentKey), withStatus(keys, currentKey).with("status", previousKey),
		}
		storeKeys(db, key, keys)
	}
	return keys
}

func withStatus(keys []object, status string) object {
	for _, k := range keys {
		if k.str("status") == status {
			return k
		}
	}
	return nil
}

func storeKeys(db *store, key string, keys []object) {
	setConfig(db, key, mapped(keys, func(k object) any { return k }))
}

func deleteKey(c *call, key string, keys []object) (any, error) {
	id := c.param("keyId")
	at := slices.IndexFunc(keys, func(k object) bool { return k.str("id") == id })
	switch {
	case len(keys) <= 1:
		return nil, fail(422, "oidc.key_required")
	case at < 0:
		return nil, fail(404, "oidc.key_not_found")
	case key == privateKeyConfig && keys[at].str("status") != previousKey && !c.server.before("1.39"):
		return nil, fail(422, "oidc.only_previous_key_can_be_deleted")
	}
	storeKeys(c.db, key, slices.Delete(slices.Clone(keys), at, at+1))
	return nil, nil
}

// rotateKeys puts a new key in front. Two keys stay, besides one that waits for the
// end of the grace period (in seconds).
func rotateKeys(c *call, key string, keys []object) (any, error) {
	in, err := c.input(fields(
		maybe("signingKeyAlgorithm", nativeEnum("RSA", "EC")), maybe("rotationGracePeriod", integer().min(0)),
	))
	if err != nil {
		return nil, err
	}
	if key == cookieKeyConfig {
		if in.has("rotationGracePeriod") {
			return nil, fail(422, "oidc.invalid_request")
		}
		keys = append([]object{newKey(c.db, "")}, keys[:1]...)
		storeKeys(c.db, key, keys)
		return keys, nil
	}
	algorithm := in.str("signingKeyAlgorithm")
	if algorithm == "" {
		algorithm = "EC"
	}
	made, current := newKey(c.db, algorithm), withStatus(keys, currentKey)
	grace := in.num("rotationGracePeriod")
	switch {
	case grace > 0:
		staged := []object{
			made.with("status", nextKey).with("effectiveAt", c.db.millis()+grace*1000), current,
		}
		if previous := withStatus(keys, previousKey); previous != nil {
			staged = append(staged, previous)
		}
		keys = staged
	case withStatus(keys, nextKey) != nil:
		return nil, fail(422, "oidc.invalid_request")
	default:
		keys = []object{made.with("status", currentKey), current.with("status", previousKey)}
	}
	storeKeys(c.db, key, keys)
	return keys, nil
}
