// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"
)

var hooks = &collection{
	name: "hooks", singular: "hook",
	columns:  []string{"tenantId", "id", "name", "event", "events", "config", "signingKey", "enabled", "createdAt"},
	defaults: object{{"name", ""}, {"events", []any{}}, {"enabled", true}},
}

func hookGroup() group {
	return group{collections: []*collection{hooks}, routes: hookRoutes}
}

func hookEvents() []string {
	return strings.Fields(`PostRegister PostSignIn PostSignInAdaptiveMfaTriggered PostResetPassword
		User.Created User.Deleted User.Data.Updated User.SuspensionStatus.Updated
		Role.Created Role.Deleted Role.Data.Updated Role.Scopes.Updated
		Scope.Created Scope.Deleted Scope.Data.Updated
		Organization.Created Organization.Deleted Organization.Data.Updated Organization.Membership.Updated
		OrganizationRole.Created OrganizationRole.Deleted OrganizationRole.Data.Updated OrganizationRole.Scopes.Updated
		OrganizationScope.Created OrganizationScope.Deleted OrganizationScope.Data.Updated
		Identifier.Lockout Message.RateLimited Grant.LimitExceeded`)
}

var (
	hookEvent = enum(hookEvents()...)
	// hookEventList drops repeated events; the first of each stays.
	hookEventList = transform(array(hookEvent).nonEmpty(), func(v any) any {
		return toList(distinct(object{{"events", v}}.strs("events")))
	})
	hookConfig = fields(
		required("url", str()),
		maybe("headers", record(str())),
		maybe("retries", num().min(0).max(3)),
	)
	hookBody = fields(
		maybe("name", text1(256)),
		maybe("event", hookEvent),
		maybe("events", hookEventList),
		required("config", hookConfig),
		maybe("enabled", boolean()),
	)
	// hookPatch takes the tenant and the creation time too, unlike other updates.
	hookPatch = hookBody.partial().and(
		maybe("tenantId", str().max(idWidth)), maybeNull("event", hookEvent), maybe("createdAt", num()),
	)
)

func hookRoutes(r *routes) {
	r.get("/hooks", func(c *call) (any, error) {
		rows, err := c.pageOf(newestFirst(c.db.newest(hooks)))
		if err != nil || !yes(lookup(c.query, "includeExecutionStats")) {
			return rows, err
		}
		return mapped(rows, withHookStats), nil
	}).paged(optionalPages)
	r.post("/hooks", 201, func(c *call) (any, error) {
		in, err := c.input(hookBody)
		if err != nil {
			return nil, err
		}
		if !in.has("events") && !in.has("event") {
			return nil, fail(400, "hook.missing_events")
		}
		return c.db.insert(hooks, in.with("signingKey", newSecret(32)))
	})
	r.get("/hooks/{id}", func(c *call) (any, error) {
		row, err := c.db.get(hooks, c.param("id"))
		if err != nil || lookup(c.query, "includeExecutionStats") == "" {
			return row, err
		}
		return withHookStats(row), nil
	})
	r.patch("/hooks/{id}", func(c *call) (any, error) {
		in, err := c.input(hookPatch)
		if err != nil {
			return nil, err
		}
		return c.db.update(hooks, in, c.param("id"))
	})
	r.patch("/hooks/{id}/signing-key", func(c *call) (any, error) {
		return c.db.update(hooks, object{{"signingKey", newSecret(32)}}, c.param("id"))
	})
	r.delete("/hooks/{id}", func(c *call) (any, error) { return nil, c.db.remove(hooks, c.param("id")) })
	r.get("/hooks/{id}/recent-logs", hookLogs).paged(alwaysPaged)
	r.post("/hooks/{id}/test", 204, testHook)
}

// withHookStats adds the deliveries of the last day. Nothing here delivers events.
func withHookStats(row object) object {
	return row.with("executionStats", object{{"successCount", 0.0}, {"requestCount", 0.0}})
}

// hookLogs answers an empty list for a missing hook, as Logto does.
func hookLogs(c *call) (any, error) {
	if _, _, err := c.timeWindow(); err != nil {
		return nil, err
	}
	return c.list([]object{})
}

const hookTimeout = 10 * time.Second

// testHook sends each event to the address in the body, signed with the hook's key.
func testHook(c *call) (any, error) {
	in, err := c.input(fields(required("events", hookEventList), required("config", hookConfig)))
	if err != nil {
		return nil, err
	}
	row, err := c.db.get(hooks, c.param("id"))
	if err != nil {
		return nil, err
	}
	return later(func() (any, error) {
		for _, event := range in.strs("events") {
			if err := sendTestEvent(row, event, in.obj("config")); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}), nil
}

func sendTestEvent(hook object, event string, config object) error {
	ctx, cancel := context.WithTimeout(context.Background(), hookTimeout)
	defer cancel()
	payload := appendJSON(nil, object{
		{"hookId", hook.get("id")}, {"event", event}, {"createdAt", time.Now().UTC().Format(time.RFC3339Nano)},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, config.str("url"), bytes.NewReader(payload))
	if err != nil {
		return fail(422, "hook.send_test_payload_failed")
	}
	mac := hmac.New(sha256.New, []byte(hook.str("signingKey")))
	mac.Write(payload)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Logto (https://logto.io/)")
	for _, h := range config.obj("headers") {
		value, _ := h.value.(string)
		req.Header.Set(h.key, value)
	}
	req.Header.Set("logto-signature-sha-256", hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fail(422, "hook.send_test_payload_failed")
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err != nil {
		return fail(422, "hook.send_test_payload_failed")
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fail(422, "hook.endpoint_responded_with_error", object{
			{"responseStatus", resp.StatusCode}, {"responseBody", string(answer)},
		})
	}
	return nil
}
