// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"time"
)

// Sessions and grants come from sign-ins, which [Server.SignIn] stands for.
var (
	sessions = &collection{
		name: "oidc_sessions", singular: "oidc_session",
		columns: []string{"id", "accountId", "authorizations", "createdAt"}, // authorizations: ID of the application → its grant
		refs:    []ref{refTo("accountId", users)},
	}
	grants = &collection{
		name: "oidc_grants", singular: "oidc_grant",
		columns: []string{"id", "accountId", "clientId", "createdAt"},
		refs:    []ref{refTo("accountId", users), refTo("clientId", applications)},
	}
)

const (
	sessionLife = 14 * 24 * time.Hour
	grantLife   = 180 * 24 * time.Hour
)

// SignIn makes a session of a user, with a grant for each of the applications,
// as a sign-in to them in one browser does, and returns its ID.
func (s *Server) SignIn(userID string, applicationIDs ...string) (sessionID string, err error) {
	s.data.Lock()
	defer s.data.Unlock()
	err = s.db.atomically(func() error {
		authorizations := object{}
		for _, application := range applicationIDs {
			grant, err := s.db.insert(grants, object{{"accountId", userID}, {"clientId", application}})
			if err != nil {
				return err
			}
			authorizations = authorizations.with(application, object{{"sid", newID(21)}, {"grantId", grant.get("id")}, {"persistsLogout", true}})
		}
		row, err := s.db.insert(sessions, object{{"accountId", userID}, {"authorizations", authorizations}})
		if err != nil {
			return err
		}
		sessionID = row.str("id")
		_, err = s.db.update(users, object{{"lastSignInAt", s.db.millis()}}, userID)
		return err
	})
	return sessionID, err
}

func userSessionRoutes(r *routes) {
	const session, grant = "/users/{userId}/sessions/{sessionId}", "/users/{userId}/grants/{grantId}"
	r.get("/users/{userId}/sessions", func(c *call) (any, error) {
		return object{{"sessions", mapped(c.db.where(sessions, "accountId", c.param("userId")), sessionView)}}, nil
	})
	r.get(session, func(c *call) (any, error) {
		row, ok := c.db.find(sessions, c.param("sessionId"))
		if !ok || row.str("accountId") != c.param("userId") {
			return nil, fail(404, "oidc.session_not_found")
		}
		return sessionView(row), nil
	})
	r.delete(session, revokeSession)
	r.get("/users/{userId}/grants", listGrants)
	r.delete(grant, func(c *call) (any, error) {
		row, ok := c.db.find(grants, c.param("grantId"))
		if !ok || row.str("accountId") != c.param("userId") {
			return nil, fail(404, "oidc.invalid_grant")
		}
		return nil, c.db.remove(grants, row.str("id"))
	})
}

// oidcPayload is what the OIDC provider keeps of a session or a grant.
func oidcPayload(row object, kind string, life time.Duration) object {
	made := row.num("createdAt") / 1000
	return object{{"exp", float64(int64(made + life.Seconds()))}, {"iat", float64(int64(made))}, {"jti", row.get("id")},
		{"kind", kind}, {"accountId", row.get("accountId")}}
}

func expiry(row object, life time.Duration) float64 {
	return row.num("createdAt") + float64(life.Milliseconds())
}

func sessionView(row object) object {
	payload := append(oidcPayload(row, "Session", sessionLife),
		member{"uid", row.get("id")}, member{"loginTs", float64(int64(row.num("createdAt") / 1000))}, member{"authorizations", row.get("authorizations")})
	return object{{"payload", payload}, {"lastSubmission", nil}, {"clientId", nil}, {"accountId", nil}, {"expiresAt", expiry(row, sessionLife)}}
}

// revokeSession leaves the grants alone unless the query asks for them.
func revokeSession(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("revokeGrantsTarget", nativeEnum("all", "firstParty"))))
	if err != nil {
		return nil, err
	}
	row, ok := c.db.find(sessions, c.param("sessionId"))
	switch {
	case !ok:
		return nil, fail(404, "oidc.session_not_found")
	case row.str("accountId") != c.param("userId"):
		return nil, fail(404, "oidc.invalid_session_account_id")
	}
	if target := query.str("revokeGrantsTarget"); target != "" {
		for _, authorized := range row.obj("authorizations") {
			application, _ := c.db.find(applications, authorized.key)
			grant, _ := authorized.value.(object)
			if id := grant.str("grantId"); c.db.exists(grants, id) && (target == "all" || !application.flag("isThirdParty")) {
				if err := c.db.remove(grants, id); err != nil {
					return nil, err
				}
			}
		}
	}
	return nil, c.db.remove(sessions, row.str("id"))
}

func listGrants(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("appType", enum("firstParty", "thirdParty"))))
	if err != nil {
		return nil, err
	}
	views := []object{}
	for _, row := range c.db.where(grants, "accountId", c.param("userId")) {
		application, _ := c.db.find(applications, row.str("clientId"))
		if kind := query.str("appType"); kind != "" && application.flag("isThirdParty") != (kind == "thirdParty") {
			continue
		}
		views = append(views, object{
			{"id", row.get("id")}, {"payload", append(oidcPayload(row, "Grant", grantLife), member{"clientId", row.get("clientId")})},
			{"expiresAt", expiry(row, grantLife)}, {"application", application.pick("id", "name")},
		})
	}
	return object{{"grants", views}}, nil
}
