// SPDX-License-Identifier: MPL-2.0

package api

import (
	"math"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	tokenActive   = "active"
	tokenConsumed = "consumed"
	tokenRevoked  = "revoked"
	tokenExpired  = "expired"
)

var oneTimeTokens = &engine.Collection{
	Name: "one_time_tokens", Singular: "one_time_token",
	Columns:  []string{"tenantId", "id", "email", "token", "context", "status", "createdAt", "expiresAt"},
	Defaults: engine.Object{{"context", engine.Object{}}, {"status", tokenActive}},
	Unique:   []engine.Unique{{Columns: []string{"token"}}},
	Indexes:  []string{"email"},
}

var subjectTokens = &engine.Collection{
	Name: "subject_tokens", Singular: "subject_token",
	Columns:  []string{"tenantId", "id", "context", "expiresAt", "consumedAt", "userId", "createdAt", "creatorId"},
	Defaults: engine.Object{{"context", engine.Object{}}},
	Refs:     []engine.Ref{engine.RefTo("userId", users)},
}

func userTokenGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{oneTimeTokens, subjectTokens},
		Routes: func(r *engine.Routes) {
			oneTimeTokenRoutes(r)
			r.Post("/subject-tokens", 201, createSubjectToken)
		},
	}
}

func oneTimeTokenRoutes(r *engine.Routes) {
	const path = "/one-time-tokens"
	r.Get(path, listOneTimeTokens).Paged(engine.OptionalPages)
	r.Post(path, 201, createOneTimeToken)
	r.Get(path+"/{id}", func(c *engine.Context) (any, error) {
		row, err := c.DB.Get(oneTimeTokens, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return oneTimeTokenView(c.DB, row), nil
	})
	r.Post(path+"/verify", 200, verifyOneTimeToken)
	r.Put(path+"/{id}/status", 200, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Fields(engine.Required("status", tokenStatus())))
		if err != nil {
			return nil, err
		}
		if _, err := c.DB.Get(oneTimeTokens, c.Param("id")); err != nil {
			return nil, err
		}
		if in.Str("status") == tokenActive {
			return nil, engine.Fail(400, "one_time_token.cannot_reactivate_token")
		}
		return c.DB.Update(oneTimeTokens, in, c.Param("id"))
	})
	r.Delete(path+"/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(oneTimeTokens, c.Param("id")) })
}

var (
	interactionEvent    = engine.NativeEnum("SignIn", "Register", "ForgotPassword")
	oneTimeTokenContext = engine.Fields(engine.Maybe("jitOrganizationIds", engine.Array(engine.String())), engine.Maybe("interactionEvent", interactionEvent))
)

func tokenStatus() engine.Schema {
	return engine.NativeEnum(tokenActive, tokenConsumed, tokenRevoked, tokenExpired)
}

// oneTimeTokenView shows an active token as expired once its time is over.
func oneTimeTokenView(db *engine.Store, row engine.Object) engine.Object {
	if row.Str("status") == tokenActive && row.Num("expiresAt") < db.Millis() {
		return row.With("status", tokenExpired)
	}
	return row
}

// listOneTimeTokens filters by the stored status, and counts all tokens whatever the filter.
func listOneTimeTokens(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("email", engine.String().Matching(emailAddress)), engine.Maybe("status", tokenStatus())))
	if err != nil {
		return nil, err
	}
	all := c.DB.Newest(oneTimeTokens)
	rows, err := c.PageOf(engine.Filter(all, func(row engine.Object) bool {
		return (!query.Has("email") || row.Str("email") == query.Str("email")) &&
			(!query.Has("status") || row.Str("status") == query.Str("status"))
	}))
	if err != nil {
		return nil, err
	}
	c.Page.Total = len(all)
	return engine.Map(rows, func(row engine.Object) engine.Object { return oneTimeTokenView(c.DB, row) }), nil
}

func createOneTimeToken(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(
		engine.Required("email", engine.Text(128)),
		engine.Maybe("context", oneTimeTokenContext),
		engine.Maybe("expiresIn", engine.Number().Min(1)),
	))
	if err != nil {
		return nil, err
	}
	for _, row := range c.DB.Where(oneTimeTokens, "email", in.Str("email")) {
		if oneTimeTokenView(c.DB, row).Str("status") == row.Str("status") {
			continue
		}
		if _, err := c.DB.Update(oneTimeTokens, engine.Object{{"status", tokenExpired}}, row.Str("id")); err != nil {
			return nil, err
		}
	}
	seconds := 600.0
	if in.Has("expiresIn") {
		seconds = math.Trunc(in.Num("expiresIn"))
	}
	return c.DB.Insert(oneTimeTokens, in.Without("expiresIn").Merge(engine.Object{
		{"token", engine.NewSecret(32)}, {"expiresAt", c.DB.Millis() + 1000*seconds},
	}))
}

func verifyOneTimeToken(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("token", engine.Text(256)), engine.Required("email", engine.Text(128))))
	if err != nil {
		return nil, err
	}
	row, ok := c.DB.FindUnique(oneTimeTokens, []string{"token"}, in.Str("token"))
	if !ok {
		return nil, engine.Fail(404, "one_time_token.token_not_found")
	}
	if row.Str("email") != in.Str("email") {
		return nil, engine.Fail(400, "one_time_token.email_mismatch")
	}
	id, status := row.Str("id"), row.Str("status")
	switch {
	case status == tokenExpired || row.Num("expiresAt") <= c.DB.Millis():
		if status == tokenActive {
			if _, err := c.DB.Update(oneTimeTokens, engine.Object{{"status", tokenExpired}}, id); err != nil {
				return nil, err
			}
		}
		return nil, engine.Fail(400, "one_time_token.token_expired")
	case status == tokenConsumed:
		return nil, engine.Fail(400, "one_time_token.token_consumed")
	case status == tokenRevoked:
		return nil, engine.Fail(400, "one_time_token.token_revoked")
	}
	return c.DB.Update(oneTimeTokens, engine.Object{{"status", tokenConsumed}}, id)
}

func createSubjectToken(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("userId", engine.String()), engine.Maybe("context", engine.JSONObject())))
	if err != nil {
		return nil, err
	}
	if in.Str("userId") == "" {
		return nil, engine.InternalError() // the database makes a null of it, which the column does not take
	}
	const lifetime = 600 // seconds
	row, err := c.DB.Insert(subjectTokens, in.Merge(engine.Object{
		{"id", "sub_" + engine.NewID(engine.IDWidth)}, {"expiresAt", c.DB.Millis() + 1000*lifetime}, {"creatorId", c.Caller},
	}))
	if err != nil {
		return nil, err
	}
	return engine.Object{{"subjectToken", row.Get("id")}, {"expiresIn", lifetime}}, nil
}
