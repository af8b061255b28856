// SPDX-License-Identifier: MPL-2.0

package api

import (
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

// Sessions and grants come from sign-ins, which [SignIn] stands for.
var (
	sessions = &engine.Collection{
		Name: "oidc_sessions", Singular: "oidc_session",
		Columns: []string{"id", "accountId", "authorizations", "createdAt"}, // authorizations: ID of the application → its grant
		Refs:    []engine.Ref{engine.RefTo("accountId", users)},
	}
	grants = &engine.Collection{
		Name: "oidc_grants", Singular: "oidc_grant",
		Columns: []string{"id", "accountId", "clientId", "createdAt"},
		Refs:    []engine.Ref{engine.RefTo("accountId", users), engine.RefTo("clientId", applications)},
	}
)

const (
	sessionLife = 14 * 24 * time.Hour
	grantLife   = 180 * 24 * time.Hour
)

// SignIn makes a session of a user, with a grant for each of the applications,
// as a sign-in to them in one browser does, and returns its ID.
func SignIn(s *engine.Server, userID string, applicationIDs ...string) (sessionID string, err error) {
	s.Locked(func(db *engine.Store) { sessionID, err = signIn(db, userID, applicationIDs) })
	return sessionID, err
}

func signIn(db *engine.Store, userID string, applicationIDs []string) (sessionID string, err error) {
	err = db.Atomically(func() error {
		authorizations := engine.Object{}
		for _, application := range applicationIDs {
			grant, err := db.Insert(grants, engine.Object{{"accountId", userID}, {"clientId", application}})
			if err != nil {
				return err
			}
			authorizations = authorizations.With(application, engine.Object{{"sid", engine.NewID(21)}, {"grantId", grant.Get("id")}, {"persistsLogout", true}})
		}
		row, err := db.Insert(sessions, engine.Object{{"accountId", userID}, {"authorizations", authorizations}})
		sessionID = row.Str("id")
		return err
	})
	return sessionID, err
}

func userSessionRoutes(r *engine.Routes) {
	const session, grant = "/users/{userId}/sessions/{sessionId}", "/users/{userId}/grants/{grantId}"
	r.Get("/users/{userId}/sessions", func(c *engine.Context) (any, error) {
		return engine.Object{{"sessions", engine.Map(c.DB.Where(sessions, "accountId", c.Param("userId")), sessionView)}}, nil
	})
	r.Get(session, func(c *engine.Context) (any, error) {
		row, ok := c.DB.Find(sessions, c.Param("sessionId"))
		if !ok || row.Str("accountId") != c.Param("userId") {
			return nil, engine.Fail(404, "oidc.session_not_found")
		}
		return sessionView(row), nil
	})
	r.Delete(session, revokeSession)
	r.Get("/users/{userId}/grants", listGrants)
	r.Delete(grant, func(c *engine.Context) (any, error) {
		row, ok := c.DB.Find(grants, c.Param("grantId"))
		if !ok || row.Str("accountId") != c.Param("userId") {
			return nil, engine.Fail(404, "oidc.invalid_grant")
		}
		return nil, c.DB.Remove(grants, row.Str("id"))
	})
}

// oidcPayload is what the OIDC provider keeps of a session or a grant.
func oidcPayload(row engine.Object, kind string, life time.Duration) engine.Object {
	made := row.Num("createdAt") / 1000
	return engine.Object{{"exp", float64(int64(made + life.Seconds()))}, {"iat", float64(int64(made))}, {"jti", row.Get("id")},
		{"kind", kind}, {"accountId", row.Get("accountId")}}
}

func expiry(row engine.Object, life time.Duration) float64 {
	return row.Num("createdAt") + float64(life.Milliseconds())
}

func sessionView(row engine.Object) engine.Object {
	payload := append(oidcPayload(row, "Session", sessionLife),
		engine.Member{"uid", row.Get("id")}, engine.Member{"loginTs", float64(int64(row.Num("createdAt") / 1000))}, engine.Member{"authorizations", row.Get("authorizations")})
	return engine.Object{{"payload", payload}, {"lastSubmission", nil}, {"clientId", nil}, {"accountId", nil}, {"expiresAt", expiry(row, sessionLife)}}
}

// revokeSession leaves the grants alone unless the query asks for them.
func revokeSession(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("revokeGrantsTarget", engine.NativeEnum("all", "firstParty"))))
	if err != nil {
		return nil, err
	}
	row, ok := c.DB.Find(sessions, c.Param("sessionId"))
	switch {
	case !ok:
		return nil, engine.Fail(404, "oidc.session_not_found")
	case row.Str("accountId") != c.Param("userId"):
		return nil, engine.Fail(404, "oidc.invalid_session_account_id")
	}
	if target := query.Str("revokeGrantsTarget"); target != "" {
		for _, authorized := range row.Obj("authorizations") {
			application, _ := c.DB.Find(applications, authorized.Key)
			grant, _ := authorized.Value.(engine.Object)
			if id := grant.Str("grantId"); c.DB.Exists(grants, id) && (target == "all" || !application.Flag("isThirdParty")) {
				if err := c.DB.Remove(grants, id); err != nil {
					return nil, err
				}
			}
		}
	}
	return nil, c.DB.Remove(sessions, row.Str("id"))
}

func listGrants(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("appType", engine.Enum("firstParty", "thirdParty"))))
	if err != nil {
		return nil, err
	}
	views := []engine.Object{}
	for _, row := range c.DB.Where(grants, "accountId", c.Param("userId")) {
		application, _ := c.DB.Find(applications, row.Str("clientId"))
		if kind := query.Str("appType"); kind != "" && application.Flag("isThirdParty") != (kind == "thirdParty") {
			continue
		}
		views = append(views, engine.Object{
			{"id", row.Get("id")}, {"payload", append(oidcPayload(row, "Grant", grantLife), engine.Member{"clientId", row.Get("clientId")})},
			{"expiresAt", expiry(row, grantLife)}, {"application", application.Pick("id", "name")},
		})
	}
	return engine.Object{{"grants", views}}, nil
}
