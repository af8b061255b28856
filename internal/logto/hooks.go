// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// Hook tells an endpoint of events of the tenant.
type Hook struct {
	ID        string `json:"id"`
	CreatedAt int64  `json:"createdAt"` // milliseconds since 1970
	HookInput
	// SigningKey is the key of the signatures of what is sent. Every answer has it.
	SigningKey string `json:"signingKey"`
	// Event is the one event of a hook that an old version of Logto made.
	Event *string `json:"event"`
	// ExecutionStats are there when they were asked for.
	ExecutionStats *HookStats `json:"executionStats"`
}

// HookInput is what can be written of a [Hook].
type HookInput struct {
	Name    string     `json:"name"`
	Events  []string   `json:"events"`
	Config  HookConfig `json:"config"`
	Enabled *bool      `json:"enabled,omitempty"`
	// HeadersVersion, when it is not nil, says that the headers are not known
	// from readings, and counts how often they were given.
	HeadersVersion *int64 `json:"-"`
}

// HookConfig is where a hook sends to.
type HookConfig struct {
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
	Retries *float64          `json:"retries,omitempty"` // deprecated by Logto; it takes fractions, too
}

// Hooks are the tenant's webhooks: /hooks.
func (c *Client) Hooks() *Hooks {
	all := listing{path: path("hooks")}
	src := &source{listing: all, index: byID}
	return &Hooks{Collection[Hook, HookInput]{
		c:      c,
		path:   func([]string) string { return path("hooks") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(HookInput) url.Values { return newestPage() },
		same:   func(in HookInput, h *Hook) bool { return holds(h.HookInput, in) },
		whole:  []string{"config.headers"},
		has:    []string{"config"},
	}}
}

// HookStats counts the requests of a hook in the last 24 hours.
type HookStats struct {
	SuccessCount int64 `json:"successCount"`
	RequestCount int64 `json:"requestCount"`
}

// HooksWithStats are [Client.Hooks] with their ExecutionStats, which Logto counts for
// each answer.
func (c *Client) HooksWithStats() *Hooks {
	hooks, asked := c.Hooks(), url.Values{"includeExecutionStats": {"true"}}
	all := listing{path: path("hooks"), query: asked}
	hooks.list, hooks.source = func([]string) listing { return all }, nil
	hooks.has = append(hooks.has, "executionStats")
	hooks.get = func(ctx context.Context, key Key) (json.RawMessage, error) {
		r := hooks.one(http.MethodGet, key)
		r.query = asked
		return c.getShared(ctx, r)
	}
	return hooks
}

// Hooks is a collection whose objects may hold headers that nobody remembers.
type Hooks struct{ Collection[Hook, HookInput] }

// Update changes what differs between from and to. Headers with a version are written when
// the version is another, and stay what they are otherwise. It calls PATCH /hooks/{id}.
func (h *Hooks) Update(ctx context.Context, key Key, from, to HookInput) (*Hook, error) {
	byVersion(from.HeadersVersion, to.HeadersVersion, &from.Config.Headers, &to.Config.Headers)
	return h.Collection.Update(ctx, key, from, to)
}

// RotateHookSigningKey gives a hook a new signing key: PATCH /hooks/{id}/signing-key.
// The old one ends at once.
func (c *Client) RotateHookSigningKey(ctx context.Context, id string) (*Hook, error) {
	h := new(Hook)
	return h, c.do(ctx, request{method: http.MethodPatch, path: path("hooks", id, "signing-key"), is: map[string]string{"id": id}, has: []string{"signingKey"}}, h)
}

// TestHook sends an example of each event to the endpoint in config, signed with
// the hook's key: POST /hooks/{id}/test.
func (c *Client) TestHook(ctx context.Context, id string, events []string, config HookConfig) error {
	err := c.do(ctx, request{method: http.MethodPost, path: path("hooks", id, "test"), body: map[string]any{"events": events, "config": config}}, nil)
	var refused *Error
	if !errors.As(err, &refused) {
		return err
	}
	var answer struct {
		Status int    `json:"responseStatus"`
		Body   string `json:"responseBody"`
	}
	if json.Unmarshal(refused.Data, &answer) != nil || answer.Status == 0 {
		return err
	}
	return fmt.Errorf("%w\n\nThe endpoint answered HTTP %d: %s", err, answer.Status, Printable(answer.Body))
}
