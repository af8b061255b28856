// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Application is a client of the tenant: an app or a service that signs people
// in or gets tokens of its own.
type Application struct {
	ID        string `json:"id"`
	CreatedAt int64  `json:"createdAt"` // milliseconds since 1970
	// AccessControlEnabled is written with the access control.
	AccessControlEnabled *bool `json:"appLevelAccessControlEnabled"`
	ApplicationInput
}

// ApplicationTypes are the types of application that [Client.Applications] has:
// all but SAML, which has an API of its own.
var ApplicationTypes = []string{"Native", "SPA", "Traditional", "MachineToMachine", "Protected"}

// ApplicationInput is what can be written of an [Application]. The type,
// isThirdParty and isDeviceFlow are settled by the create.
type ApplicationInput struct {
	Name                 string                `json:"name"`
	Description          *string               `json:"description,omitempty"`
	Type                 string                `json:"type"`
	IsThirdParty         *bool                 `json:"isThirdParty,omitempty"`
	OIDCClientMetadata   OIDCClientMetadata    `json:"oidcClientMetadata"`
	CustomClientMetadata CustomClientMetadata  `json:"customClientMetadata"`
	CustomData           json.RawMessage       `json:"customData,omitempty"` // an object
	ProtectedAppMetadata *ProtectedAppMetadata `json:"protectedAppMetadata,omitempty"`
}

// OIDCClientMetadata is replaced whole by the API, and both lists are required.
type OIDCClientMetadata struct {
	RedirectURIs                     []string `json:"redirectUris"`
	PostLogoutRedirectURIs           []string `json:"postLogoutRedirectUris"`
	BackchannelLogoutURI             *string  `json:"backchannelLogoutUri,omitempty"`
	BackchannelLogoutSessionRequired *bool    `json:"backchannelLogoutSessionRequired,omitempty"`
	LogoURI                          *string  `json:"logoUri,omitempty"`
}

// CustomClientMetadata is replaced whole by the API. Its lifetimes are in
// seconds unless they say days; the API takes fractions, too.
type CustomClientMetadata struct {
	CORSAllowedOrigins      []string `json:"corsAllowedOrigins,omitzero"`
	IDTokenTTL              *float64 `json:"idTokenTtl,omitempty"`
	RefreshTokenTTL         *float64 `json:"refreshTokenTtl,omitempty"`
	RefreshTokenTTLInDays   *float64 `json:"refreshTokenTtlInDays,omitempty"`
	AlwaysIssueRefreshToken *bool    `json:"alwaysIssueRefreshToken,omitempty"`
	RotateRefreshToken      *bool    `json:"rotateRefreshToken,omitempty"`
	AllowTokenExchange      *bool    `json:"allowTokenExchange,omitempty"`
	IsDeviceFlow            *bool    `json:"isDeviceFlow,omitempty"`
	MaxAllowedGrants        *float64 `json:"maxAllowedGrants,omitempty"`
}

// ProtectedAppMetadata is of applications of type Protected, which exist on
// Logto Cloud. A create takes the subdomain and the origin only, and answers
// with the host instead of the subdomain. A PATCH is merged into what is there.
type ProtectedAppMetadata struct {
	SubDomain        string     `json:"subDomain,omitempty"`
	Host             string     `json:"host,omitempty"`
	Origin           string     `json:"origin"`
	SessionDuration  *float64   `json:"sessionDuration,omitempty"` // seconds
	PageRules        []PageRule `json:"pageRules,omitzero"`
	AdditionalScopes []string   `json:"additionalScopes,omitzero"`
}

// PageRule is a pattern of paths that need a sign-in.
type PageRule struct {
	Path string `json:"path"`
}

// SubDomainOf is the subdomain that a protected application's host was made of.
func (p *ProtectedAppMetadata) SubDomainOf() string {
	sub, _, _ := strings.Cut(p.Host, ".")
	return sub
}

// Applications are the tenant's applications of the [ApplicationTypes]: /applications.
func (c *Client) Applications() *Collection[Application, ApplicationInput] {
	all := listing{path: path("applications"), query: url.Values{"types": ApplicationTypes}}
	src := &source{listing: listing{path: path("applications")}, index: byID}
	return &Collection[Application, ApplicationInput]{
		c:      c,
		path:   func([]string) string { return path("applications") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(in ApplicationInput) url.Values { return ExactSearch("name", in.Name) },
		same:   sameApplication,
		whole:  []string{"customData"},
		has:    []string{"name", "type"},
	}
}

// sameApplication compares everything that was asked for, because names are not
// unique. Of a protected application Logto makes part of it by itself.
func sameApplication(in ApplicationInput, a *Application) bool {
	if p := in.ProtectedAppMetadata; p != nil {
		return a.Type == in.Type && a.ProtectedAppMetadata != nil && a.ProtectedAppMetadata.SubDomainOf() == p.SubDomain
	}
	return holds(a.ApplicationInput, in)
}

// ApplicationRoles link machine-to-machine applications to roles:
// /applications/{id}/roles. Its PUT is never used: it fails after it removed
// something, and it takes away roles that the list hides.
func (c *Client) ApplicationRoles() *Links {
	at := func(application string) string { return path("applications", application, "roles") }
	return &Links{
		c:    c,
		path: at,
		list: func(application string) listing { return listing{path: at(application), paged: true} },
		body: func(roles []string) any { return map[string]any{"roleIds": roles} },
		// Of a Logto before 1.41; later ones accept it.
		present: "application.role_exists",
	}
}

// ApplicationSecret is a secret with which an application shows who it is.
type ApplicationSecret struct {
	ApplicationID string `json:"applicationId"`
	Name          string `json:"name"`
	Value         string `json:"value"`
	CreatedAt     int64  `json:"createdAt"` // milliseconds since 1970
	ExpiresAt     *int64 `json:"expiresAt"` // milliseconds since 1970, nil for never
}

// ApplicationSecretInput is what can be written of an [ApplicationSecret]: the
// name, and on create its end.
type ApplicationSecretInput struct {
	Name      string `json:"name"`
	ExpiresAt *int64 `json:"expiresAt,omitempty"` // milliseconds since 1970
}

// ApplicationSecrets are the secrets of applications, known by their names:
// /applications/{id}/secrets. There is no GET of one of them.
func (c *Client) ApplicationSecrets() *ApplicationSecrets {
	at := func(parents []string) string { return path("applications", parents[0], "secrets") }
	list := func(parents []string) listing { return listing{path: at(parents), known: "name"} }
	return &ApplicationSecrets{Collection[ApplicationSecret, ApplicationSecretInput]{
		c:    c,
		path: at,
		list: list,
		get: func(ctx context.Context, k Key) (json.RawMessage, error) {
			return c.element(ctx, &source{listing: list(k.Parents()), index: byName}, k.ID())
		},
		same: func(in ApplicationSecretInput, s *ApplicationSecret) bool {
			differs, err := diff(ApplicationSecretInput{Name: s.Name, ExpiresAt: s.ExpiresAt}, in)
			return err == nil && len(differs) == 0
		},
		has:        []string{"name", "value"},
		parentKeys: []string{"applicationId"},
	}}
}

// ApplicationSecrets is a collection whose key is a name that can change.
type ApplicationSecrets struct {
	Collection[ApplicationSecret, ApplicationSecretInput]
}

// Create makes a secret. One whose name cannot stand in a path is refused, because it
// could never be deleted. It calls POST /applications/{id}/secrets.
func (s *ApplicationSecrets) Create(ctx context.Context, key Key, in ApplicationSecretInput) (*ApplicationSecret, error) {
	if err := checkSegments("name", in.Name); err != nil {
		return nil, err
	}
	return s.Collection.Create(ctx, key, in)
}

// Update renames a secret: PATCH /applications/{id}/secrets/{name}.
func (s *ApplicationSecrets) Update(ctx context.Context, key Key, from, to ApplicationSecretInput) (*ApplicationSecret, error) {
	if from.Name == to.Name {
		return s.Get(ctx, key)
	}
	if err := checkSegments("name", to.Name); err != nil {
		return nil, err
	}
	return s.rename(ctx, key, to.Name, request{method: http.MethodPatch, path: s.path(key.Parents()) + path(key.ID()),
		body: map[string]string{"name": to.Name}})
}
