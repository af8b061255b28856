// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
	"slices"
	"strings"
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

var keyTypes = enum("private-keys", "cookie-keys")

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
			return h(c, key, storedKeys(c.db, key))
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
	case key == privateKeyConfig && keys[at].str("status") != previousKey:
		return nil, fail(422, "oidc.only_previous_key_can_be_deleted")
	}
	storeKeys(c.db, key, slices.Delete(slices.Clone(keys), at, at+1))
	return nil, nil
}

// rotateKeys puts a new key in front. Two keys stay, besides one that waits for the
// end of the grace period (in seconds).
func rotateKeys(c *call, key string, keys []object) (any, error) {
	in, err := c.input(fields(
		maybe("signingKeyAlgorithm", enum("RSA", "EC")), maybe("rotationGracePeriod", integer().min(0)),
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

// --- scripts ---

var (
	jwtBase = fields(
		required("script", str()), maybe("environmentVariables", record(str())),
		maybe("contextSample", anything()), maybe("blockIssuanceOnError", boolean()),
	)
	jwtToken = fields(
		maybe("jti", str()), maybe("aud", union(str(), array(str()))), maybe("scope", str()), maybe("clientId", str()),
	)
	jwtUserToken = jwtToken.and(
		maybe("accountId", str()), maybe("expiresWithSession", boolean()), maybe("grantId", str()), maybe("gty", str()),
		maybe("sessionUid", str()), maybe("sid", str()), maybe("kind", literal("AccessToken")),
	).closed()
	jwtClientToken = jwtToken.and(maybe("kind", literal("ClientCredentials"))).closed()

	jwtApplication = fields(
		maybe("tenantId", str()), maybe("id", str()), maybe("name", str()), maybe("description", nullable(str())),
		maybe("type", enum(appTypes()...)), maybe("oidcClientMetadata", jsonObject()),
		maybe("customClientMetadata", jsonObject()), maybe("protectedAppMetadata", nullable(jsonObject())),
		maybe("customData", jsonObject()), maybe("isThirdParty", boolean()),
		maybe("appLevelAccessControlEnabled", boolean()), maybe("createdAt", num()),
	)
	jwtUserContext = fields(
		required("user", jwtUser()),
		maybe("grant", fields(
			maybe("type", literal("urn:ietf:params:oauth:grant-type:token-exchange")), maybe("subjectTokenContext", jsonObject()),
		)),
		maybe("interaction", fields(
			maybe("interactionEvent", enum("SignIn", "Register", "ForgotPassword")), maybe("userId", str()),
			maybe("verificationRecords", array(jsonObject())), maybe("signInContext", record(str())),
		)),
		maybe("application", jwtApplication),
		maybe("organization", fields(
			maybe("id", str()), maybe("name", str()), maybe("description", nullable(str())), maybe("customData", jsonObject()),
		)),
	)
	jwtClientContext = fields(maybe("application", jwtApplication))
)

func jwtUser() shape {
	out := fields(maybe("id", str()))
	for key := range strings.FieldsSeq("username primaryEmail primaryPhone name avatar applicationId") {
		out = out.and(maybe(key, nullable(str())))
	}
	description := required("description", nullable(str()))
	idName := textShape("id name")
	return out.and(
		maybe("customData", jsonObject()), maybe("identities", jsonObject()), maybe("lastSignInAt", nullable(num())),
		maybe("createdAt", num()), maybe("updatedAt", num()), maybe("profile", profileBody),
		maybe("isSuspended", boolean()), maybe("hasPassword", boolean()),
		maybe("ssoIdentities", array(textShape("issuer identityId").and(required("detail", jsonObject())))),
		maybe("mfaVerificationFactors", array(enum(
			"Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode",
		))),
		maybe("roles", array(idName.and(description, required("scopes", array(
			idName.and(description, required("resourceId", str()), required("resource", jsonObject())),
		))))),
		maybe("organizations", array(idName.and(description))),
		maybe("organizationRoles", array(textShape("organizationId roleId roleName"))),
	)
}

// jwtKinds are the token types by the name in the path.
func jwtKinds() []string { return []string{"access-token", "client-credentials"} }

func jwtConfigKey(kind string) string {
	if kind == "access-token" {
		return "jwt.accessToken"
	}
	return "jwt.clientCredentials"
}

func jwtSchema(kind string) shape {
	if kind == "access-token" {
		return jwtBase.and(maybe("contextSample", jwtUserContext), maybe("tokenSample", jwtUserToken)).closed()
	}
	return jwtBase.and(maybe("contextSample", jwtClientContext), maybe("tokenSample", jwtClientToken)).closed()
}

// script is a setting that holds code: how its path names it, its key, and its shape.
type script struct {
	param   string
	kinds   []string
	key     func(kind string) string
	body    func(kind string) shape
	partial bool // PATCH needs no script
}

func (s script) routes(r *routes, path string) {
	one := path + "/{" + s.param + "}"
	// typed checks the kind in the path and hands on the key of the setting.
	typed := func(h func(c *call, kind, key string) (any, error)) handler {
		return func(c *call) (any, error) {
			if err := c.paramsInput(fields(required(s.param, enum(s.kinds...)))); err != nil {
				return nil, err
			}
			kind := c.param(s.param)
			return h(c, kind, s.key(kind))
		}
	}
	r.get(path, func(c *call) (any, error) {
		out := []object{}
		for _, kind := range s.kinds {
			if value := getConfig(c.db, s.key(kind)); value != nil {
				out = append(out, object{{"key", s.key(kind)}, {"value", value}})
			}
		}
		return out, nil
	})
	r.get(one, typed(func(c *call, _, key string) (any, error) {
		value, ok := config(c.db, key)
		if !ok {
			return nil, notExistsWithID(configs.name, key)
		}
		return value, nil
	}))
	r.put(one, 200, typed(func(c *call, kind, key string) (any, error) {
		in, err := c.input(s.body(kind))
		if err != nil {
			return nil, err
		}
		if setConfig(c.db, key, in) {
			c.status = 201
		}
		return in, nil
	}))
	r.patch(one, typed(func(c *call, kind, key string) (any, error) {
		body := s.body(kind)
		if s.partial {
			body = body.partial()
		}
		in, err := c.input(body)
		if err != nil {
			return nil, err
		}
		stored, ok := config(c.db, key)
		if !ok {
			return nil, notExistsWithID(configs.name, key)
		}
		before, _ := stored.(object)
		value := before.merge(in)
		setConfig(c.db, key, value)
		return value, nil
	}))
	r.delete(one, typed(func(c *call, _, key string) (any, error) { return nil, c.db.remove(configs, key) }))
}

func jwtCustomizerRoutes(r *routes) {
	script{param: "tokenTypePath", kinds: jwtKinds(), key: jwtConfigKey, body: jwtSchema}.routes(r, "/configs/jwt-customizer")
	test := func(kind string, token, context schema) variant {
		return variant{kind, jwtBase.only("script", "environmentVariables").and(
			required("tokenType", literal(kind)), required("token", token), required("context", context),
		)}
	}
	body := discriminated("tokenType",
		test("access-token", jwtUserToken, jwtUserContext), test("client-credentials", jwtClientToken, jwtClientContext))
	r.post("/configs/jwt-customizer/test", 200, func(c *call) (any, error) {
		in, err := c.input(body)
		if err != nil {
			return nil, err
		}
		result, defined, err := runScript(in.str("script"), "getCustomJwtClaims", in.pick("token", "context", "environmentVariables"))
		if err == nil {
			if claims, ok := result.(object); ok && defined {
				return claims, nil
			}
			err = errNoObject
		}
		status, data := 422, object{{"message", err.Error()}}
		if errors.Is(err, errDenied) {
			status = 403
		}
		return nil, fail(status, "jwt_customizer.general", data)
	})
}

func actionRoutes(r *routes) {
	kinds := []string{"action.postFirstFactorVerification", "action.postSignIn"}
	body := fields(
		required("script", str()), maybe("environmentVariables", record(str())), maybe("contextSample", anything()),
		maybe("enabled", boolean()), maybe("onExecutionError", enum("block", "allow")),
	).closed()
	script{
		param: "actionType", kinds: kinds, partial: true,
		key:  func(kind string) string { return kind },
		body: func(string) shape { return body },
	}.routes(r, "/configs/actions")
	test := fields(
		required("script", str()), required("actionType", enum(kinds...)), required("event", given{}),
		maybe("environmentVariables", record(str())),
	).closed()
	r.post("/configs/actions/test", 200, func(c *call) (any, error) {
		in, err := c.input(test)
		if err != nil {
			return nil, err
		}
		result, defined, err := runScript(in.str("script"), "runAction", in.pick("event", "environmentVariables"))
		switch {
		case err != nil:
			return nil, fail(422, "action.general", object{{"message", err.Error()}})
		case !defined:
			c.status = 204
			return nil, nil
		}
		return raw{"application/json; charset=utf-8", string(appendJSON(nil, result))}, nil
	})
}

// given is any JSON value that is there.
type given struct{}

func (given) check(v any, at path, is *issues) (any, outcome) {
	if _, undefined := v.(missing); undefined {
		is.add(at, "invalid_union", "Invalid input")
		return nil, aborted
	}
	return jsonb(v), good
}
