// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// jwtKinds are the token types by the name in the path.
func jwtKinds() []string { return []string{"access-token", "client-credentials"} }

func jwtConfigKey(kind string) string {
	if kind == "access-token" {
		return "jwt.accessToken"
	}
	return "jwt.clientCredentials"
}

func jwtSchema(kind string) engine.Shape {
	if kind == "access-token" {
		return jwtBase.And(engine.Maybe("contextSample", jwtUserContext), engine.Maybe("tokenSample", jwtUserToken)).Closed()
	}
	return jwtBase.And(engine.Maybe("contextSample", jwtClientContext), engine.Maybe("tokenSample", jwtClientToken)).Closed()
}

// script is a setting that holds code: how its path names it, its key, and its shape.
type script struct {
	param   string
	kinds   []string
	key     func(kind string) string
	body    func(kind string) engine.Shape
	partial bool // PATCH needs no script
}

func (s script) routes(r *engine.Routes, path string) {
	one := path + "/{" + s.param + "}"
	// typed checks the kind in the path and hands on the key of the setting.
	typed := func(h func(c *engine.Context, kind, key string) (any, error)) engine.Handler {
		return func(c *engine.Context) (any, error) {
			if err := c.ParamsInput(engine.Fields(engine.Required(s.param, engine.Enum(s.kinds...)))); err != nil {
				return nil, err
			}
			kind := c.Param(s.param)
			return h(c, kind, s.key(kind))
		}
	}
	r.Get(path, func(c *engine.Context) (any, error) {
		out := []engine.Object{}
		for _, kind := range s.kinds {
			if value := getConfig(c.DB, s.key(kind)); value != nil {
				out = append(out, engine.Object{{"key", s.key(kind)}, {"value", value}})
			}
		}
		return out, nil
	})
	r.Get(one, typed(func(c *engine.Context, _, key string) (any, error) {
		value, ok := config(c.DB, key)
		if !ok {
			return nil, engine.NotExistsWithID(configs.Name, key)
		}
		return value, nil
	}))
	r.Put(one, 200, typed(func(c *engine.Context, kind, key string) (any, error) {
		in, err := c.Input(s.body(kind))
		if err != nil {
			return nil, err
		}
		if setConfig(c.DB, key, in) {
			c.Status = 201
		}
		return in, nil
	}))
	r.Patch(one, typed(func(c *engine.Context, kind, key string) (any, error) {
		body := s.body(kind)
		if s.partial {
			body = body.Partial()
		}
		in, err := c.Input(body)
		if err != nil {
			return nil, err
		}
		stored, ok := config(c.DB, key)
		if !ok {
			return nil, engine.NotExistsWithID(configs.Name, key)
		}
		before, _ := stored.(engine.Object)
		value := before.Merge(in)
		setConfig(c.DB, key, value)
		return value, nil
	}))
	r.Delete(one, typed(func(c *engine.Context, _, key string) (any, error) { return nil, c.DB.Remove(configs, key) }))
}

func jwtCustomizerRoutes(r *engine.Routes) {
	script{param: "tokenTypePath", kinds: jwtKinds(), key: jwtConfigKey, body: jwtSchema}.routes(r, "/configs/jwt-customizer")
	test := func(kind string, token, context engine.Schema) engine.Variant {
		return engine.Case(kind, jwtBase.Only("script", "environmentVariables").And(
			engine.Required("tokenType", engine.Literal(kind)), engine.Required("token", token), engine.Required("context", context),
		))
	}
	body := engine.Discriminated("tokenType",
		test("access-token", jwtUserToken, jwtUserContext), test("client-credentials", jwtClientToken, jwtClientContext))
	r.Post("/configs/jwt-customizer/test", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(body)
		if err != nil {
			return nil, err
		}
		result, defined, err := runScript(in.Str("script"), "getCustomJwtClaims", in.Pick("token", "context", "environmentVariables"))
		if err == nil {
			if claims, ok := result.(engine.Object); ok && defined {
				return claims, nil
			}
			err = errNoObject
		}
		status, data := 422, engine.Object{{"message", err.Error()}}
		if errors.Is(err, errDenied) {
			status = 403
		}
		return nil, engine.Fail(status, "jwt_customizer.general", data)
	})
}

func actionRoutes(r *engine.Routes) {
	kinds := []string{"action.postFirstFactorVerification", "action.postSignIn"}
	body := engine.Fields(
		engine.Required("script", engine.String()), engine.Maybe("environmentVariables", engine.Record(engine.String())), engine.Maybe("contextSample", engine.Anything()),
		engine.Maybe("enabled", engine.Boolean()), engine.Maybe("onExecutionError", engine.Enum("block", "allow")),
	).Closed()
	script{
		param: "actionType", kinds: kinds, partial: true,
		key:  func(kind string) string { return kind },
		body: func(string) engine.Shape { return body },
	}.routes(r, "/configs/actions")
	test := engine.Fields(
		engine.Required("script", engine.String()), engine.Required("actionType", engine.Enum(kinds...)), engine.Required("event", given{}),
		engine.Maybe("environmentVariables", engine.Record(engine.String())),
	).Closed()
	r.Post("/configs/actions/test", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(test)
		if err != nil {
			return nil, err
		}
		result, defined, err := runScript(in.Str("script"), "runAction", in.Pick("event", "environmentVariables"))
		switch {
		case err != nil:
			return nil, engine.Fail(422, "action.general", engine.Object{{"message", err.Error()}})
		case !defined:
			c.Status = 204
			return nil, nil
		}
		return engine.Raw{MediaType: "application/json; charset=utf-8", Body: string(engine.AppendJSON(nil, result))}, nil
	})
}

// given is any JSON value that is there.
type given struct{}

func (given) Check(v any, at engine.Path, is *engine.Issues) (any, engine.Outcome) {
	if _, undefined := v.(engine.Missing); undefined {
		is.Add(at, "invalid_union", "Invalid input")
		return nil, engine.Aborted
	}
	return engine.JSONB(v), engine.Good
}
