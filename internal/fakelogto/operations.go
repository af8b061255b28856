// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	auditLogs = &collection{
		name: "logs", singular: "log",
		columns: []string{"tenantId", "id", "key", "payload", "createdAt"},
	}
	passcodes = &collection{
		name: "passcodes", singular: "passcode",
		columns:  []string{"tenantId", "id", "recipient", "code", "tryCount", "consumed", "createdAt"},
		defaults: object{{"tryCount", 0.0}, {"consumed", false}},
		indexes:  []string{"recipient"},
	}
)

func operationGroup() group {
	return group{
		collections: []*collection{auditLogs, passcodes},
		routes: func(r *routes) {
			r.get("/logs", listLogs).paged(alwaysPaged)
			r.get("/logs/{id}", func(c *call) (any, error) { return c.db.get(auditLogs, c.param("id")) })
			dashboardRoutes(r)
			r.post("/sentinel-activities/delete", 204, func(c *call) (any, error) {
				_, err := c.input(fields(required("targetType", nativeEnum("User", "App")), required("targets", array(str()))))
				return nil, err
			})
			assetRoutes(r)
			verificationRoutes(r)
		},
		// Whoever can read the log got a token before.
		seed: func(db *store) { logTokenExchange(db, AppID) },
	}
}

// logTokenExchange notes in the audit log that a machine-to-machine application
// got a token.
func logTokenExchange(db *store, applicationID string) {
	const key = "ExchangeTokenBy.ClientCredentials"
	seeded(db, auditLogs, object{{"key", key}, {"payload", object{
		{"key", key}, {"result", "Success"}, {"ip", "::ffff:127.0.0.1"}, {"applicationId", applicationID},
		{"tokenTypes", []any{"AccessToken"}},
	}}})
}

// timeWindow reads start_time and end_time, which Logto has since 1.40. Before 1.42 the
// start had to be less than the end.
func (c *call) timeWindow() (from, to float64, err error) {
	from, to = math.Inf(-1), math.Inf(1)
	if c.server.before("1.40") {
		return from, to, nil
	}
	for key, at := range map[string]*float64{"start_time": &from, "end_time": &to} {
		if !c.queryHas(key) {
			continue
		}
		n := 0.0 // of an empty text, in JavaScript
		if text := strings.TrimSpace(lookup(c.query, key)); text != "" {
			n, err = strconv.ParseFloat(text, 64)
		}
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return 0, 0, fail(400, "guard.invalid_input")
		}
		*at = n
	}
	if from > to || from == to && c.server.before("1.42") {
		return 0, 0, fail(400, "log.invalid_time_window")
	}
	return from, to, nil
}

// listLogs shows the newest first.
func listLogs(c *call) (any, error) {
	from, to, err := c.timeWindow()
	if err != nil {
		return nil, err
	}
	rows := filtered(c.db.newest(auditLogs), func(row object) bool {
		at, payload := row.num("createdAt"), row.obj("payload")
		return at >= from && at <= to &&
			fits(c, "logKey", row.str("key")) && fits(c, "applicationId", payload.str("applicationId")) &&
			fits(c, "userId", payload.str("userId"))
	})
	return c.list(rows)
}

func fits(c *call, key, value string) bool {
	wanted := lookup(c.query, key)
	return wanted == "" || wanted == value
}

// --- dashboard ---

const day = 24 * time.Hour

func dayCount(n, before int) object { return object{{"count", n}, {"delta", n - before}} }

// Nobody signs in here, so no user is ever active.
func dashboardRoutes(r *routes) {
	r.get("/dashboard/users/total", func(c *call) (any, error) {
		return object{{"totalUserCount", len(c.db.all(users))}}, nil
	})
	r.get("/dashboard/users/new", func(c *call) (any, error) {
		today := c.db.now().UTC().Truncate(day)
		var made [14]int // by days ago
		for _, user := range c.db.all(users) {
			at := time.UnixMilli(int64(user.num("createdAt"))).UTC().Truncate(day)
			if ago := int(today.Sub(at) / day); ago >= 0 && ago < len(made) {
				made[ago]++
			}
		}
		sum := func(days []int) (total int) {
			for _, n := range days {
				total += n
			}
			return total
		}
		return object{{"today", dayCount(made[0], made[1])}, {"last7Days", dayCount(sum(made[:7]), sum(made[7:]))}}, nil
	})
	dateStart := regexp.MustCompile(`^\d{4}(-\d{2}){2}`)
	r.get("/dashboard/users/active", func(c *call) (any, error) {
		query, err := c.queryInput(fields(maybe("date", str().matching(dateStart))))
		if err != nil {
			return nil, err
		}
		date := c.db.now().UTC()
		if text := query.str("date"); text != "" {
			var year, month, dayOfMonth int
			if _, err := fmt.Sscanf(text, "%4d-%2d-%2d", &year, &month, &dayOfMonth); err != nil ||
				month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 {
				return nil, internal() // Logto does not catch it
			}
			date = time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC) // February 30 is March 1 or 2
		}
		curve := []object{}
		for ago := 29; ago >= 0; ago-- {
			curve = append(curve, object{{"date", date.AddDate(0, 0, -ago).Format(time.DateOnly)}, {"count", 0}})
		}
		return object{{"dauCurve", curve}, {"dau", dayCount(0, 0)}, {"wau", dayCount(0, 0)}, {"mau", dayCount(0, 0)}}, nil
	})
}

// --- verification codes ---

var (
	toEmail   = fields(required("email", str().matching(looseEmail)))
	toPhone   = fields(required("phone", str().matching(phoneDigits)))
	codeField = required("verificationCode", text1(0))
)

func verificationRoutes(r *routes) {
	// The code is made before it turns out that nothing can send it.
	r.post("/verification-codes", 204, func(c *call) (any, error) {
		in, err := c.input(union(toEmail, toPhone))
		if err != nil {
			return nil, err
		}
		recipient, kind := in.str("email"), emailType
		if recipient == "" {
			recipient, kind = in.str("phone"), smsType
		}
		c.db.removeWhere(passcodes, "recipient", recipient)
		sent := randomText(6, "1234567890")
		if _, err := c.db.insert(passcodes, object{{"recipient", recipient}, {"code", sent}}); err != nil {
			return nil, err
		}
		return message(c.db, kind, "Generic", recipient, object{{"code", sent}})
	})
	r.post("/verification-codes/verify", 204, func(c *call) (any, error) {
		in, err := c.input(union(toEmail.and(codeField), toPhone.and(codeField)))
		if err != nil {
			return nil, err
		}
		rows := c.db.where(passcodes, "recipient", in.str("email")+in.str("phone"))
		if len(rows) == 0 || rows[0].flag("consumed") {
			return nil, fail(400, "verification_code.not_found")
		}
		row, policy := rows[0], signInExperience(c.db).obj("verificationCodePolicy")
		limit := func(key string, fallback float64) float64 {
			if policy.has(key) {
				return policy.num(key)
			}
			return fallback
		}
		switch {
		case row.num("createdAt")+1000*limit("expirationDuration", 600) < c.db.millis():
			return nil, fail(400, "verification_code.expired")
		case row.num("tryCount") >= limit("maxRetryAttempts", 10):
			return nil, fail(400, "verification_code.exceed_max_try")
		case row.str("code") != in.str("verificationCode"):
			if _, err := c.db.update(passcodes, object{{"tryCount", row.num("tryCount") + 1}}, row.str("id")); err != nil {
				return nil, err
			}
			return nil, fail(400, "verification_code.code_mismatch")
		}
		_, err = c.db.update(passcodes, object{{"consumed", true}}, row.str("id"))
		return nil, err
	})
}
