// SPDX-License-Identifier: MPL-2.0

package api

import (
	"slices"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// configs are the tenant's settings by key. A value is an object, or a list of keys.
var configs = &engine.Collection{
	Name: "logto_configs", Singular: "logto_config",
	Columns: []string{"tenantId", "key", "value"},
	Key:     []string{"key"},
}

const (
	adminConsoleConfig = "adminConsole"
	idTokenConfig      = "idToken"
	sessionConfig      = "oidc.session"
	privateKeyConfig   = "oidc.privateKeys"
	cookieKeyConfig    = "oidc.cookieKeys"
	rotationConfig     = "signingKeyRotationState"
)

func configGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{configs},
		Routes: func(r *engine.Routes) {
			configRoutes(r)
			keyRoutes(r)
			jwtCustomizerRoutes(r)
			actionRoutes(r)
		},
		Seed: func(db *engine.Store) {
			set := func(key string, value any) { engine.Seed(db, configs, engine.Object{{"key", key}, {"value", value}}) }
			set(adminConsoleConfig, engine.Object{{"signInExperienceCustomized", false}, {"organizationCreated", false}})
			set(idTokenConfig, engine.Object{{"enabledExtendedClaims", []any{"roles", "organizations", "organization_roles"}}})
			set(privateKeyConfig, []any{newKey(db, "EC").With("status", currentKey)})
			set(cookieKeyConfig, []any{newKey(db, "")})
		},
	}
}

// config returns a setting; ok is false when it was never made.
func config(db *engine.Store, key string) (value any, ok bool) {
	row, ok := db.Find(configs, key)
	return row.Get("value"), ok
}

// getConfig is config for settings that are objects, nil when absent.
func getConfig(db *engine.Store, key string) engine.Object {
	value, _ := config(db, key)
	out, _ := value.(engine.Object)
	return out
}

// setConfig replaces a setting and tells whether it is new.
func setConfig(db *engine.Store, key string, value any) (made bool) {
	// Nothing refuses a setting.
	if db.Exists(configs, key) {
		_, _ = db.Update(configs, engine.Object{{"value", value}}, key)
		return false
	}
	_, _ = db.Insert(configs, engine.Object{{"key", key}, {"value", value}})
	return true
}

var (
	adminConsoleData = engine.Fields(
		engine.Required("signInExperienceCustomized", engine.Boolean()),
		engine.Required("organizationCreated", engine.Boolean()),
		engine.Maybe("developmentTenantMigrationNotification", engine.Fields(
			engine.Required("isPaidTenant", engine.Boolean()), engine.Required("tag", engine.String()), engine.Maybe("readAt", engine.Number()),
		)),
		engine.Maybe("checkedChargeNotification", engine.Fields(
			engine.Maybe("token", engine.Boolean()), engine.Maybe("apiResource", engine.Boolean()), engine.Maybe("machineToMachineApp", engine.Boolean()),
			engine.Maybe("tenantMember", engine.Boolean()),
		)),
	)
	sessionBody = engine.Fields(engine.Maybe("ttl", engine.Integer().Min(1).Max(31_536_000)))
	idTokenBody = engine.Fields(engine.Maybe("enabledExtendedClaims", engine.Array(engine.Enum(
		"custom_data", "identities", "sso_identities", "roles", "organizations", "organization_data", "organization_roles",
	))))
)

// defaultSession is what a tenant without a setting answers; the lifetime is in seconds.
func defaultSession() engine.Object { return engine.Object{{"ttl", 1209600.0}} }

func configRoutes(r *engine.Routes) {
	r.Get("/configs/admin-console", func(c *engine.Context) (any, error) { return getConfig(c.DB, adminConsoleConfig), nil })
	r.Patch("/configs/admin-console", func(c *engine.Context) (any, error) {
		in, err := c.Input(adminConsoleData.Partial())
		if err != nil {
			return nil, err
		}
		value := getConfig(c.DB, adminConsoleConfig).Merge(in)
		setConfig(c.DB, adminConsoleConfig, value)
		return value, nil
	})
	r.Get("/configs/oidc/session", func(c *engine.Context) (any, error) {
		return defaultSession().Merge(getConfig(c.DB, sessionConfig)), nil
	})
	r.Patch("/configs/oidc/session", func(c *engine.Context) (any, error) {
		in, err := c.Input(sessionBody)
		if err != nil {
			return nil, err
		}
		value := getConfig(c.DB, sessionConfig).Merge(in)
		setConfig(c.DB, sessionConfig, value)
		return defaultSession().Merge(value), nil
	})
	r.Get("/configs/id-token", func(c *engine.Context) (any, error) { return getConfig(c.DB, idTokenConfig), nil })
	r.Put("/configs/id-token", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(idTokenBody)
		if err != nil {
			return nil, err
		}
		setConfig(c.DB, idTokenConfig, in)
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
func newKey(db *engine.Store, algorithm string) engine.Object {
	out := engine.Object{{"id", engine.NewID(engine.IDWidth)}, {"createdAt", float64(db.Now().Unix())}}
	if algorithm != "" {
		out = append(out, engine.Member{"signingKeyAlgorithm", algorithm})
	}
	return out
}

var keyTypes = engine.NativeEnum("private-keys", "cookie-keys")

func keyRoutes(r *engine.Routes) {
	// typed checks the type of keys in the path and hands on the key of the setting.
	typed := func(h func(c *engine.Context, key string, keys []engine.Object) (any, error)) engine.Handler {
		return func(c *engine.Context) (any, error) {
			if err := c.ParamsInput(engine.Fields(engine.Required("keyType", keyTypes))); err != nil {
				return nil, err
			}
			key := privateKeyConfig
			if c.Param("keyType") == "cookie-keys" {
				key = cookieKeyConfig
			}
			out, err := h(c, key, storedKeys(c.DB, key))
			if listed, ok := out.([]engine.Object); ok && c.Server.Before("1.39") {
				out = engine.Map(listed, func(k engine.Object) engine.Object { return k.Without("status", "effectiveAt") })
			}
			return out, err
		}
	}
	r.Get("/configs/oidc/{keyType}", typed(func(_ *engine.Context, _ string, keys []engine.Object) (any, error) { return keys, nil }))
	r.Delete("/configs/oidc/{keyType}/{keyId}", typed(deleteKey))
	r.Post("/configs/oidc/{keyType}/rotate", 200, typed(rotateKeys))
}

// storedKeys lists the keys, newest first. A Next whose time has come is Current from then on.
func storedKeys(db *engine.Store, key string) []engine.Object {
	value, _ := config(db, key)
	list, _ := value.([]any)
	keys := engine.Map(list, func(v any) engine.Object { o, _ := v.(engine.Object); return o })
	if len(keys) > 0 && keys[0].Str("status") == nextKey && keys[0].Num("effectiveAt") <= db.Millis() {
		keys = []engine.Object{
			keys[0].Without("effectiveAt").With("status", currentKey), withStatus(keys, currentKey).With("status", previousKey),
		}
		storeKeys(db, key, keys)
	}
	return keys
}

func withStatus(keys []engine.Object, status string) engine.Object {
	for _, k := range keys {
		if k.Str("status") == status {
			return k
		}
	}
	return nil
}

func storeKeys(db *engine.Store, key string, keys []engine.Object) {
	setConfig(db, key, engine.Map(keys, func(k engine.Object) any { return k }))
}

func deleteKey(c *engine.Context, key string, keys []engine.Object) (any, error) {
	id := c.Param("keyId")
	at := slices.IndexFunc(keys, func(k engine.Object) bool { return k.Str("id") == id })
	switch {
	case len(keys) <= 1:
		return nil, engine.Fail(422, "oidc.key_required")
	case at < 0:
		return nil, engine.Fail(404, "oidc.key_not_found")
	case key == privateKeyConfig && keys[at].Str("status") != previousKey && !c.Server.Before("1.39"):
		return nil, engine.Fail(422, "oidc.only_previous_key_can_be_deleted")
	}
	storeKeys(c.DB, key, slices.Delete(slices.Clone(keys), at, at+1))
	return nil, nil
}

// rotateKeys puts a new key in front. Two keys stay, besides one that waits for the
// end of the grace period (in seconds).
func rotateKeys(c *engine.Context, key string, keys []engine.Object) (any, error) {
	in, err := c.Input(engine.Fields(
		engine.Maybe("signingKeyAlgorithm", engine.NativeEnum("RSA", "EC")), engine.Maybe("rotationGracePeriod", engine.Integer().Min(0)),
	))
	if err != nil {
		return nil, err
	}
	if key == cookieKeyConfig {
		if in.Has("rotationGracePeriod") {
			return nil, engine.Fail(422, "oidc.invalid_request")
		}
		keys = append([]engine.Object{newKey(c.DB, "")}, keys[:1]...)
		storeKeys(c.DB, key, keys)
		return keys, nil
	}
	algorithm := in.Str("signingKeyAlgorithm")
	if algorithm == "" {
		algorithm = "EC"
	}
	made, current := newKey(c.DB, algorithm), withStatus(keys, currentKey)
	grace := in.Num("rotationGracePeriod")
	switch {
	case grace > 0:
		staged := []engine.Object{
			made.With("status", nextKey).With("effectiveAt", c.DB.Millis()+grace*1000), current,
		}
		if previous := withStatus(keys, previousKey); previous != nil {
			staged = append(staged, previous)
		}
		keys = staged
	case withStatus(keys, nextKey) != nil:
		return nil, engine.Fail(422, "oidc.invalid_request")
	default:
		keys = []engine.Object{made.With("status", currentKey), current.With("status", previousKey)}
	}
	storeKeys(c.DB, key, keys)
	return keys, nil
}
