// SPDX-License-Identifier: MPL-2.0

package api

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

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

var hooks = &engine.Collection{
	Name: "hooks", Singular: "hook",
	Columns:  []string{"tenantId", "id", "name", "event", "events", "config", "signingKey", "enabled", "createdAt"},
	Defaults: engine.Object{{"name", ""}, {"events", []any{}}, {"enabled", true}},
}

func hookGroup() engine.Group {
	return engine.Group{Collections: []*engine.Collection{hooks}, Routes: hookRoutes}
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
	hookEvent = engine.Enum(hookEvents()...)
	// hookEventList drops repeated events; the first of each stays.
	hookEventList = engine.Transform(engine.Array(hookEvent).NonEmpty(), func(v any) any {
		return engine.ToList(engine.Distinct(engine.Object{{"events", v}}.Strs("events")))
	})
	hookConfig = engine.Fields(
		engine.Required("url", engine.String()),
		engine.Maybe("headers", engine.Record(engine.String())),
		engine.Maybe("retries", engine.Number().Min(0).Max(3)),
	)
	hookBody = engine.Fields(
		engine.Maybe("name", engine.Text(256)),
		engine.Maybe("event", hookEvent),
		engine.Maybe("events", hookEventList),
		engine.Required("config", hookConfig),
		engine.Maybe("enabled", engine.Boolean()),
	)
	// hookPatch takes the tenant and the creation time too, unlike other updates.
	hookPatch = hookBody.Partial().And(
		engine.Maybe("tenantId", engine.String().Max(engine.IDWidth)), engine.MaybeNull("event", hookEvent), engine.Maybe("createdAt", engine.Number()),
	)
)

func hookRoutes(r *engine.Routes) {
	r.Get("/hooks", func(c *engine.Context) (any, error) {
		rows, err := c.PageOf(newestFirst(c.DB.Newest(hooks)))
		if err != nil || !engine.IsTrue(engine.Lookup(c.Query, "includeExecutionStats")) {
			return rows, err
		}
		return engine.Map(rows, withHookStats), nil
	}).Paged(engine.OptionalPages)
	r.Post("/hooks", 201, func(c *engine.Context) (any, error) {
		in, err := c.Input(hookBody)
		if err != nil {
			return nil, err
		}
		if !in.Has("events") && !in.Has("event") {
			return nil, engine.Fail(400, "hook.missing_events")
		}
		return c.DB.Insert(hooks, in.With("signingKey", engine.NewSecret(32)))
	})
	r.Get("/hooks/{id}", func(c *engine.Context) (any, error) {
		row, err := c.DB.Get(hooks, c.Param("id"))
		if err != nil || engine.Lookup(c.Query, "includeExecutionStats") == "" {
			return row, err
		}
		return withHookStats(row), nil
	})
	r.Patch("/hooks/{id}", func(c *engine.Context) (any, error) {
		in, err := c.Input(hookPatch)
		if err != nil {
			return nil, err
		}
		return c.DB.Update(hooks, in, c.Param("id"))
	})
	r.Patch("/hooks/{id}/signing-key", func(c *engine.Context) (any, error) {
		return c.DB.Update(hooks, engine.Object{{"signingKey", engine.NewSecret(32)}}, c.Param("id"))
	})
	r.Delete("/hooks/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(hooks, c.Param("id")) })
	r.Get("/hooks/{id}/recent-logs", hookLogs).Paged(engine.AlwaysPaged)
	r.Post("/hooks/{id}/test", 204, testHook)
}

// withHookStats adds the deliveries of the last day. Nothing here delivers events.
func withHookStats(row engine.Object) engine.Object {
	return row.With("executionStats", engine.Object{{"successCount", 0.0}, {"requestCount", 0.0}})
}

// hookLogs answers an empty list for a missing hook, as Logto does.
func hookLogs(c *engine.Context) (any, error) {
	if _, _, err := timeWindow(c); err != nil {
		return nil, err
	}
	return c.List([]engine.Object{})
}

const hookTimeout = 10 * time.Second

// testHook sends each event to the address in the body, signed with the hook's key.
func testHook(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(engine.Required("events", hookEventList), engine.Required("config", hookConfig)))
	if err != nil {
		return nil, err
	}
	row, err := c.DB.Get(hooks, c.Param("id"))
	if err != nil {
		return nil, err
	}
	return engine.Later(func() (any, error) {
		for _, event := range in.Strs("events") {
			if err := sendTestEvent(row, event, in.Obj("config")); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}), nil
}

func sendTestEvent(hook engine.Object, event string, config engine.Object) error {
	ctx, cancel := context.WithTimeout(context.Background(), hookTimeout)
	defer cancel()
	payload := engine.AppendJSON(nil, engine.Object{
		{"hookId", hook.Get("id")}, {"event", event}, {"createdAt", time.Now().UTC().Format(time.RFC3339Nano)},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, config.Str("url"), bytes.NewReader(payload))
	if err != nil {
		return engine.Fail(422, "hook.send_test_payload_failed")
	}
	mac := hmac.New(sha256.New, []byte(hook.Str("signingKey")))
	mac.Write(payload)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Logto (https://logto.io/)")
	for _, h := range config.Obj("headers") {
		value, _ := h.Value.(string)
		req.Header.Set(h.Key, value)
	}
	req.Header.Set("logto-signature-sha-256", hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return engine.Fail(422, "hook.send_test_payload_failed")
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, engine.MaxBody))
	if err != nil {
		return engine.Fail(422, "hook.send_test_payload_failed")
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return engine.Fail(422, "hook.endpoint_responded_with_error", engine.Object{
			{"responseStatus", resp.StatusCode}, {"responseBody", string(answer)},
		})
	}
	return nil
}
