// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Script is code that Logto runs: a JWT customizer or an action. Keys that the
// kind does not have stay nil.
type Script struct {
	Kind string `json:"-"` // the last part of its path, such as access-token
	ScriptInput
}

// ScriptInput is what can be written of a [Script].
type ScriptInput struct {
	Script               string            `json:"script"`
	EnvironmentVariables map[string]string `json:"environmentVariables,omitempty"`
	BlockIssuanceOnError *bool             `json:"blockIssuanceOnError,omitempty"`
	TokenSample          json.RawMessage   `json:"tokenSample,omitempty"`
	ContextSample        json.RawMessage   `json:"contextSample,omitempty"`
	Enabled              *bool             `json:"enabled,omitempty"`
	OnExecutionError     *string           `json:"onExecutionError,omitempty"`
	// EnvironmentVersion is set for variables that are not remembered: they are
	// written when it changes, and stay what they are otherwise.
	EnvironmentVersion *int64 `json:"-"`
}

// Scripts are the scripts of one family, known by their kinds. Its methods call
// GET, PUT and DELETE of /configs/{family}/{kind}.
type Scripts struct {
	c      *Client
	family string
	kind   string // what the API's users call the kind, as tokenType
	// keys are the names that the list has for the kinds.
	keys map[string]string
}

// JWTCustomizers are the scripts that add claims to tokens, of the kinds
// access-token and client-credentials: /configs/jwt-customizer.
func (c *Client) JWTCustomizers() *Scripts {
	return &Scripts{c: c, family: "jwt-customizer", kind: "tokenType", keys: map[string]string{"jwt.accessToken": "access-token", "jwt.clientCredentials": "client-credentials"}}
}

// Actions are the scripts that run during a sign-in: /configs/actions.
func (c *Client) Actions() *Scripts { return &Scripts{c: c, family: "actions", kind: "actionType"} }

func (s *Scripts) path(key Key) string { return path("configs", s.family, key.ID()) }

// Create writes a script of a kind that has none. The API would replace one without a
// word, so it is an [InputError] when there is one. It calls GET and PUT
// /configs/{family}/{kind}.
func (s *Scripts) Create(ctx context.Context, key Key, in ScriptInput) (*Script, error) {
	switch err := s.c.do(ctx, s.request(http.MethodGet, key), new(json.RawMessage)); {
	case err == nil:
		return nil, refuse(s.kind, fmt.Sprintf("The tenant has a script for %s already. Import it, or delete it first.", key.ID()))
	case !IsNotFound(err):
		return nil, err
	}
	return s.put(ctx, key, in)
}

func (s *Scripts) put(ctx context.Context, key Key, body any) (*Script, error) {
	t := &Script{Kind: key.ID()}
	r := s.request(http.MethodPut, key)
	r.body = body
	return t, s.c.do(ctx, r, t)
}

func (s *Scripts) request(method string, key Key) request {
	return request{method: method, path: s.path(key), has: []string{"script"}}
}

// Get returns a script. It calls GET /configs/{family}/{kind}.
func (s *Scripts) Get(ctx context.Context, key Key) (*Script, error) {
	object, err := s.c.getShared(ctx, s.request(http.MethodGet, key))
	if err != nil {
		return nil, err
	}
	return readAs(s.c, s.path(key), object, &Script{Kind: key.ID()})
}

// Update changes what differs between from and to. The server replaces the script whole,
// so keys that are not known here are read and written back. It calls GET and PUT
// /configs/{family}/{kind}.
func (s *Scripts) Update(ctx context.Context, key Key, from, to ScriptInput) (*Script, error) {
	byVersion(from.EnvironmentVersion, to.EnvironmentVersion, &from.EnvironmentVariables, &to.EnvironmentVariables)
	patch, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(patch) == 0 {
		return s.Get(ctx, key)
	}
	defer s.c.locks.lock(s.path(key))()
	m := merger{c: s.c, current: s.request(http.MethodGet, key), whole: []string{"environmentVariables", "tokenSample", "contextSample"}}
	body, err := m.replacement(ctx, from, to)
	if err != nil {
		return nil, err
	}
	return s.put(ctx, key, body)
}

// Delete deletes a script. It calls DELETE /configs/{family}/{kind}.
func (s *Scripts) Delete(ctx context.Context, key Key) error {
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key)}, nil)
}

// Search returns the scripts that there are; there are no filters. It calls GET
// /configs/{family}.
func (s *Scripts) Search(ctx context.Context, _ []string, _ url.Values) ([]Script, error) {
	all := listing{path: path("configs", s.family), known: "key"}
	found, err := s.c.list(ctx, all)
	if err != nil {
		return nil, err
	}
	scripts := make([]Script, len(found))
	for i, f := range found {
		var config struct {
			Key   string `json:"key"`
			Value Script `json:"value"`
		}
		if _, err := readAs(s.c, all.path, f, &config); err != nil {
			return nil, err
		}
		scripts[i] = config.Value
		scripts[i].Kind = config.Key
		if kind, ok := s.keys[config.Key]; ok {
			scripts[i].Kind = kind
		}
	}
	return scripts, nil
}

// IDTokenConfig says which claims ID tokens have besides the usual ones.
type IDTokenConfig struct {
	EnabledExtendedClaims []string `json:"enabledExtendedClaims"`
}

// IDTokenConfigInput is what can be written of an [IDTokenConfig].
type IDTokenConfigInput struct {
	EnabledExtendedClaims []string `json:"enabledExtendedClaims,omitzero"`
}

// IDTokenConfig is the tenant's: /configs/id-token.
func (c *Client) IDTokenConfig() *Singleton[IDTokenConfig, IDTokenConfigInput] {
	return &Singleton[IDTokenConfig, IDTokenConfigInput]{c: c, path: path("configs", "id-token"), put: true, has: "enabledExtendedClaims", orEmpty: true}
}

// OIDCSessionConfig says how long sign-in sessions last.
type OIDCSessionConfig struct {
	TTL int64 `json:"ttl"` // seconds
}

// OIDCSessionConfigInput is what can be written of an [OIDCSessionConfig].
type OIDCSessionConfigInput struct {
	TTL *int64 `json:"ttl,omitempty"` // seconds
}

// OIDCSessionConfig is the tenant's: /configs/oidc/session.
func (c *Client) OIDCSessionConfig() *Singleton[OIDCSessionConfig, OIDCSessionConfigInput] {
	return &Singleton[OIDCSessionConfig, OIDCSessionConfigInput]{c: c, path: path("configs", "oidc", "session"), has: "ttl"}
}

// OIDCKey is a key with which the tenant signs; its value is never shown.
type OIDCKey struct {
	ID                  string  `json:"id"`
	CreatedAt           int64   `json:"createdAt"` // seconds since 1970
	SigningKeyAlgorithm *string `json:"signingKeyAlgorithm"`
	Status              *string `json:"status"`
	EffectiveAt         *int64  `json:"effectiveAt"` // milliseconds since 1970
}

// OIDCKeys are the keys of a type, private-keys or cookie-keys, newest first:
// GET /configs/oidc/{type}.
func (c *Client) OIDCKeys(ctx context.Context, keyType string) ([]OIDCKey, error) {
	return c.oidcKeys(ctx, request{method: http.MethodGet, path: path("configs", "oidc", keyType)})
}

// oidcKeys carries out a call that is answered with all keys of a type.
func (c *Client) oidcKeys(ctx context.Context, r request) ([]OIDCKey, error) {
	var keys []OIDCKey
	if err := c.do(ctx, r, &keys); err != nil {
		return nil, err
	}
	if len(keys) == 0 || slices.ContainsFunc(keys, func(k OIDCKey) bool { return k.ID == "" }) {
		return nil, c.unreadable(r.method, r.path, errors.New("a list without keys"))
	}
	return keys, nil
}

// RotateOIDCKeys makes a new key of a type: POST /configs/oidc/{type}/rotate.
// algorithm, RSA or EC, and grace, before a private key comes into use, may be
// left out. When the answer is lost it looks whether there is a new key.
func (c *Client) RotateOIDCKeys(ctx context.Context, keyType, algorithm string, grace *time.Duration) ([]OIDCKey, error) {
	before, err := c.OIDCKeys(ctx, keyType)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if algorithm != "" {
		body["signingKeyAlgorithm"] = algorithm
	}
	if grace != nil {
		body["rotationGracePeriod"] = int64(grace.Seconds())
	}
	for attempt := 0; ; attempt++ {
		keys, err := c.oidcKeys(ctx, request{method: http.MethodPost, path: path("configs", "oidc", keyType, "rotate"), body: body, once: true})
		if err == nil || !isAmbiguous(err) || isFinal(err) || attempt >= c.cfg.MaxRetries {
			return keys, err
		}
		if perr := c.pause(ctx, attempt); perr != nil {
			return nil, errors.Join(err, perr)
		}
		now, gerr := c.OIDCKeys(ctx, keyType)
		if gerr != nil {
			return nil, errors.Join(err, gerr)
		}
		if !slices.ContainsFunc(before, func(k OIDCKey) bool { return k.ID == now[0].ID }) {
			return now, nil
		}
	}
}

// ClearSentinelActivities unlocks users or applications that were locked out:
// POST /sentinel-activities/delete. targetType is User or App.
func (c *Client) ClearSentinelActivities(ctx context.Context, targetType string, targets []string) error {
	return c.do(ctx, request{method: http.MethodPost, path: path("sentinel-activities", "delete"),
		body: map[string]any{"targetType": targetType, "targets": targets}}, nil)
}

// DeleteVaultSecret deletes a set of tokens that Logto keeps for a user:
// DELETE /secrets/{id}.
func (c *Client) DeleteVaultSecret(ctx context.Context, id string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: path("secrets", id)}, nil)
}

// AuditLog is one entry of the tenant's audit log.
type AuditLog struct {
	ID        string          `json:"id"`
	Key       string          `json:"key"`
	Payload   json.RawMessage `json:"payload"`
	CreatedAt int64           `json:"createdAt"` // milliseconds since 1970
}

// AuditLogs returns the newest entries that match the filters, most at the most:
// GET /logs.
func (c *Client) AuditLogs(ctx context.Context, filters url.Values, most int) ([]AuditLog, error) {
	var logs []AuditLog
	for n := 1; len(logs) < most; n++ {
		query := url.Values{"page": {strconv.Itoa(n)}, "page_size": {strconv.Itoa(min(most, pageSize))}}
		maps.Copy(query, filters)
		at := listing{path: path("logs")}
		page, err := c.elements(ctx, at, query)
		if err != nil {
			return nil, err
		}
		for _, entry := range page.objects {
			log, err := readAs(c, at.path, entry, new(AuditLog))
			if err != nil {
				return nil, err
			}
			logs = append(logs, *log)
		}
		if len(page.objects) < min(most, pageSize) {
			break
		}
	}
	return logs[:min(most, len(logs))], nil
}

// OIDCConfiguration is the issuer's discovery document:
// GET /oidc/.well-known/openid-configuration, without a token.
func (c *Client) OIDCConfiguration(ctx context.Context) (json.RawMessage, error) {
	x := c.newExchange(http.MethodGet, c.base.String()+discoveryPath)
	x.name = discoveryPath
	a, err := x.do(ctx)
	if err != nil {
		return nil, err
	}
	defer a.release()
	var document json.RawMessage
	return document, a.decode(request{has: []string{"issuer"}}, &document)
}

const discoveryPath = "/oidc/.well-known/openid-configuration"

// System is what the server tells of itself.
type System struct {
	// ProtectedAppsDomain is where protected applications live, empty without them.
	ProtectedAppsDomain string
	// UserAssets reports whether the server stores files, such as avatars.
	UserAssets bool
}

// System asks what the server can do: GET /systems/application and
// GET /user-assets/service-status.
func (c *Client) System(ctx context.Context) (*System, error) {
	var s System
	var apps struct {
		ProtectedApps struct {
			DefaultDomain string `json:"defaultDomain"`
		} `json:"protectedApps"`
	}
	err := c.do(ctx, request{method: http.MethodGet, path: path("systems", "application"), has: []string{"protectedApps"}}, &apps)
	if err != nil && !HasCode(err, "application.protected_app_not_configured") {
		return nil, err
	}
	s.ProtectedAppsDomain = apps.ProtectedApps.DefaultDomain
	var assets struct {
		Status string `json:"status"`
	}
	if err := c.do(ctx, request{method: http.MethodGet, path: path("user-assets", "service-status"), has: []string{"status"}}, &assets); err != nil {
		return nil, err
	}
	s.UserAssets = assets.Status == "ready"
	return &s, nil
}
