// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
)

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
