// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"math"
)

const (
	tokenActive   = "active"
	tokenConsumed = "consumed"
	tokenRevoked  = "revoked"
	tokenExpired  = "expired"
)

var oneTimeTokens = &collection{
	name: "one_time_tokens", singular: "one_time_token",
	columns:  []string{"tenantId", "id", "email", "token", "context", "status", "createdAt", "expiresAt"},
	defaults: object{{"context", object{}}, {"status", tokenActive}},
	unique:   []unique{{columns: []string{"token"}}},
	indexes:  []string{"email"},
}

var subjectTokens = &collection{
	name: "subject_tokens", singular: "subject_token",
	columns:  []string{"tenantId", "id", "context", "expiresAt", "consumedAt", "userId", "createdAt", "creatorId"},
	defaults: object{{"context", object{}}},
	refs:     []ref{refTo("userId", users)},
}

func userTokenGroup() group {
	return group{
		collections: []*collection{oneTimeTokens, subjectTokens},
		routes: func(r *routes) {
			oneTimeTokenRoutes(r)
			r.post("/subject-tokens", 201, createSubjectToken)
		},
	}
}

func oneTimeTokenRoutes(r *routes) {
	const path = "/one-time-tokens"
	r.get(path, listOneTimeTokens).paged(optionalPages)
	r.post(path, 201, createOneTimeToken)
	r.get(path+"/{id}", func(c *call) (any, error) {
		row, err := c.db.get(oneTimeTokens, c.param("id"))
		if err != nil {
			return nil, err
		}
		return oneTimeTokenView(c.db, row), nil
	})
	r.post(path+"/verify", 200, verifyOneTimeToken)
	r.put(path+"/{id}/status", 200, func(c *call) (any, error) {
		in, err := c.input(fields(required("status", tokenStatus())))
		if err != nil {
			return nil, err
		}
		if _, err := c.db.get(oneTimeTokens, c.param("id")); err != nil {
			return nil, err
		}
		if in.str("status") == tokenActive {
			return nil, fail(400, "one_time_token.cannot_reactivate_token")
		}
		return c.db.update(oneTimeTokens, in, c.param("id"))
	})
	r.delete(path+"/{id}", func(c *call) (any, error) { return nil, c.db.remove(oneTimeTokens, c.param("id")) })
}

var (
	interactionEvent    = nativeEnum("SignIn", "Register", "ForgotPassword")
	oneTimeTokenContext = fields(maybe("jitOrganizationIds", array(str())), maybe("interactionEvent", interactionEvent))
)

func tokenStatus() schema { return nativeEnum(tokenActive, tokenConsumed, tokenRevoked, tokenExpired) }

// oneTimeTokenView shows an active token as expired once its time is over.
func oneTimeTokenView(db *store, row object) object {
	if row.str("status") == tokenActive && row.num("expiresAt") < db.millis() {
		return row.with("status", tokenExpired)
	}
	return row
}

// listOneTimeTokens filters by the stored status, and counts all tokens whatever the filter.
func listOneTimeTokens(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("email", str().matching(emailAddress)), maybe("status", tokenStatus())))
	if err != nil {
		return nil, err
	}
	all := c.db.newest(oneTimeTokens)
	rows, err := c.pageOf(filtered(all, func(row object) bool {
		return (!query.has("email") || row.str("email") == query.str("email")) &&
			(!query.has("status") || row.str("status") == query.str("status"))
	}))
	if err != nil {
		return nil, err
	}
	c.page.total = len(all)
	return mapped(rows, func(row object) object { return oneTimeTokenView(c.db, row) }), nil
}

func createOneTimeToken(c *call) (any, error) {
	in, err := c.input(fields(
		required("email", text1(128)),
		maybe("context", oneTimeTokenContext),
		maybe("expiresIn", num().min(1)),
	))
	if err != nil {
		return nil, err
	}
	for _, row := range c.db.where(oneTimeTokens, "email", in.str("email")) {
		if oneTimeTokenView(c.db, row).str("status") == row.str("status") {
			continue
		}
		if _, err := c.db.update(oneTimeTokens, object{{"status", tokenExpired}}, row.str("id")); err != nil {
			return nil, err
		}
	}
	seconds := 600.0
	if in.has("expiresIn") {
		seconds = math.Trunc(in.num("expiresIn"))
	}
	return c.db.insert(oneTimeTokens, in.without("expiresIn").merge(object{
		{"token", newSecret(32)}, {"expiresAt", c.db.millis() + 1000*seconds},
	}))
}

func verifyOneTimeToken(c *call) (any, error) {
	in, err := c.input(fields(required("token", text1(256)), required("email", text1(128))))
	if err != nil {
		return nil, err
	}
	row, ok := c.db.findUnique(oneTimeTokens, []string{"token"}, in.str("token"))
	if !ok {
		return nil, fail(404, "one_time_token.token_not_found")
	}
	if row.str("email") != in.str("email") {
		return nil, fail(400, "one_time_token.email_mismatch")
	}
	id, status := row.str("id"), row.str("status")
	switch {
	case status == tokenExpired || row.num("expiresAt") <= c.db.millis():
		if status == tokenActive {
			if _, err := c.db.update(oneTimeTokens, object{{"status", tokenExpired}}, id); err != nil {
				return nil, err
			}
		}
		return nil, fail(400, "one_time_token.token_expired")
	case status == tokenConsumed:
		return nil, fail(400, "one_time_token.token_consumed")
	case status == tokenRevoked:
		return nil, fail(400, "one_time_token.token_revoked")
	}
	return c.db.update(oneTimeTokens, object{{"status", tokenConsumed}}, id)
}

func createSubjectToken(c *call) (any, error) {
	in, err := c.input(fields(required("userId", str()), maybe("context", jsonObject())))
	if err != nil {
		return nil, err
	}
	if in.str("userId") == "" {
		return nil, internal() // the database makes a null of it, which the column does not take
	}
	const lifetime = 600 // seconds
	row, err := c.db.insert(subjectTokens, in.merge(object{
		{"id", "sub_" + newID(idWidth)}, {"expiresAt", c.db.millis() + 1000*lifetime}, {"creatorId", c.caller},
	}))
	if err != nil {
		return nil, err
	}
	return object{{"subjectToken", row.get("id")}, {"expiresIn", lifetime}}, nil
}
