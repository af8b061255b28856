// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var (
	auditLogs = &engine.Collection{
		Name: "logs", Singular: "log",
		Columns: []string{"tenantId", "id", "key", "payload", "createdAt"},
	}
	passcodes = &engine.Collection{
		Name: "passcodes", Singular: "passcode",
		Columns:  []string{"tenantId", "id", "recipient", "code", "tryCount", "consumed", "createdAt"},
		Defaults: engine.Object{{"tryCount", 0.0}, {"consumed", false}},
		Indexes:  []string{"recipient"},
	}
)

func operationGroup() engine.Group {
	return engine.Group{
		Collections: []*engine.Collection{auditLogs, passcodes},
		Routes: func(r *engine.Routes) {
			r.Get("/logs", listLogs).Paged(engine.AlwaysPaged)
			r.Get("/logs/{id}", func(c *engine.Context) (any, error) { return c.DB.Get(auditLogs, c.Param("id")) })
			dashboardRoutes(r)
			r.Post("/sentinel-activities/delete", 204, func(c *engine.Context) (any, error) {
				_, err := c.Input(engine.Fields(engine.Required("targetType", engine.NativeEnum("User", "App")), engine.Required("targets", engine.Array(engine.String()))))
				return nil, err
			})
			assetRoutes(r)
			verificationRoutes(r)
		},
		// Whoever can read the log got a token before.
		Seed: func(db *engine.Store) { logTokenExchange(db, AppID) },
	}
}

// logTokenExchange notes in the audit log that a machine-to-machine application
// got a token.
func logTokenExchange(db *engine.Store, applicationID string) {
	const key = "ExchangeTokenBy.ClientCredentials"
	engine.Seed(db, auditLogs, engine.Object{{"key", key}, {"payload", engine.Object{
		{"key", key}, {"result", "Success"}, {"ip", "::ffff:127.0.0.1"}, {"applicationId", applicationID},
		{"tokenTypes", []any{"AccessToken"}},
	}}})
}

// timeWindow reads start_time and end_time, which Logto has since 1.40. Before 1.42 the
// start had to be less than the end.
func timeWindow(c *engine.Context) (from, to float64, err error) {
	from, to = math.Inf(-1), math.Inf(1)
	if c.Server.Before("1.40") {
		return from, to, nil
	}
	for key, at := range map[string]*float64{"start_time": &from, "end_time": &to} {
		if !c.QueryHas(key) {
			continue
		}
		n := 0.0 // of an empty text, in JavaScript
		if text := strings.TrimSpace(engine.Lookup(c.Query, key)); text != "" {
			n, err = strconv.ParseFloat(text, 64)
		}
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return 0, 0, engine.Fail(400, "guard.invalid_input")
		}
		*at = n
	}
	if from > to || from == to && c.Server.Before("1.42") {
		return 0, 0, engine.Fail(400, "log.invalid_time_window")
	}
	return from, to, nil
}

// listLogs shows the newest first.
func listLogs(c *engine.Context) (any, error) {
	from, to, err := timeWindow(c)
	if err != nil {
		return nil, err
	}
	rows := engine.Filter(c.DB.Newest(auditLogs), func(row engine.Object) bool {
		at, payload := row.Num("createdAt"), row.Obj("payload")
		return at >= from && at <= to &&
			fits(c, "logKey", row.Str("key")) && fits(c, "applicationId", payload.Str("applicationId")) &&
			fits(c, "userId", payload.Str("userId"))
	})
	return c.List(rows)
}

func fits(c *engine.Context, key, value string) bool {
	wanted := engine.Lookup(c.Query, key)
	return wanted == "" || wanted == value
}

// --- dashboard ---

const day = 24 * time.Hour

func dayCount(n, before int) engine.Object { return engine.Object{{"count", n}, {"delta", n - before}} }

// Nobody signs in here, so no user is ever active.
func dashboardRoutes(r *engine.Routes) {
	r.Get("/dashboard/users/total", func(c *engine.Context) (any, error) {
		return engine.Object{{"totalUserCount", len(c.DB.All(users))}}, nil
	})
	r.Get("/dashboard/users/new", func(c *engine.Context) (any, error) {
		today := c.DB.Now().UTC().Truncate(day)
		var made [14]int // by days ago
		for _, user := range c.DB.All(users) {
			at := time.UnixMilli(int64(user.Num("createdAt"))).UTC().Truncate(day)
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
		return engine.Object{{"today", dayCount(made[0], made[1])}, {"last7Days", dayCount(sum(made[:7]), sum(made[7:]))}}, nil
	})
	dateStart := regexp.MustCompile(`^\d{4}(-\d{2}){2}`)
	r.Get("/dashboard/users/active", func(c *engine.Context) (any, error) {
		query, err := c.QueryInput(engine.Fields(engine.Maybe("date", engine.String().Matching(dateStart))))
		if err != nil {
			return nil, err
		}
		date := c.DB.Now().UTC()
		if text := query.Str("date"); text != "" {
			var year, month, dayOfMonth int
			if _, err := fmt.Sscanf(text, "%4d-%2d-%2d", &year, &month, &dayOfMonth); err != nil ||
				month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 {
				return nil, engine.InternalError() // Logto does not catch it
			}
			date = time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC) // February 30 is March 1 or 2
		}
		curve := []engine.Object{}
		for ago := 29; ago >= 0; ago-- {
			curve = append(curve, engine.Object{{"date", date.AddDate(0, 0, -ago).Format(time.DateOnly)}, {"count", 0}})
		}
		return engine.Object{{"dauCurve", curve}, {"dau", dayCount(0, 0)}, {"wau", dayCount(0, 0)}, {"mau", dayCount(0, 0)}}, nil
	})
}

// --- verification codes ---

var (
	toEmail   = engine.Fields(engine.Required("email", engine.String().Matching(looseEmail)))
	toPhone   = engine.Fields(engine.Required("phone", engine.String().Matching(phoneDigits)))
	codeField = engine.Required("verificationCode", engine.Text(0))
)

func verificationRoutes(r *engine.Routes) {
	// The code is made before it turns out that nothing can send it.
	r.Post("/verification-codes", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Union(toEmail, toPhone))
		if err != nil {
			return nil, err
		}
		recipient, kind := in.Str("email"), emailType
		if recipient == "" {
			recipient, kind = in.Str("phone"), smsType
		}
		c.DB.RemoveWhere(passcodes, "recipient", recipient)
		sent := engine.RandomText(6, "1234567890")
		if _, err := c.DB.Insert(passcodes, engine.Object{{"recipient", recipient}, {"code", sent}}); err != nil {
			return nil, err
		}
		return message(c.DB, kind, "Generic", recipient, engine.Object{{"code", sent}})
	})
	r.Post("/verification-codes/verify", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(engine.Union(toEmail.And(codeField), toPhone.And(codeField)))
		if err != nil {
			return nil, err
		}
		rows := c.DB.Where(passcodes, "recipient", in.Str("email")+in.Str("phone"))
		if len(rows) == 0 || rows[0].Flag("consumed") {
			return nil, engine.Fail(400, "verification_code.not_found")
		}
		row, policy := rows[0], signInExperience(c.DB).Obj("verificationCodePolicy")
		limit := func(key string, fallback float64) float64 {
			if policy.Has(key) {
				return policy.Num(key)
			}
			return fallback
		}
		switch {
		case row.Num("createdAt")+1000*limit("expirationDuration", 600) < c.DB.Millis():
			return nil, engine.Fail(400, "verification_code.expired")
		case row.Num("tryCount") >= limit("maxRetryAttempts", 10):
			return nil, engine.Fail(400, "verification_code.exceed_max_try")
		case row.Str("code") != in.Str("verificationCode"):
			if _, err := c.DB.Update(passcodes, engine.Object{{"tryCount", row.Num("tryCount") + 1}}, row.Str("id")); err != nil {
				return nil, err
			}
			return nil, engine.Fail(400, "verification_code.code_mismatch")
		}
		_, err = c.DB.Update(passcodes, engine.Object{{"consumed", true}}, row.Str("id"))
		return nil, err
	})
}
