// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
)

// Providers of enterprise single sign-on, by the protocol that they speak.
var (
	ssoOIDCProviders = []string{"OIDC", "Okta", "AzureAdOidc", GoogleWorkspace}
	ssoSAMLProviders = []string{"SAML", "AzureAD"}
)

// GoogleWorkspace is the provider whose issuer is fixed.
const GoogleWorkspace = "GoogleWorkspace"

// SSOOverOIDC are the names of the providers that speak OpenID Connect.
func SSOOverOIDC() []string { return slices.Clone(ssoOIDCProviders) }

// SSOOverSAML are the names of the providers that speak SAML.
func SSOOverSAML() []string { return slices.Clone(ssoSAMLProviders) }

// SSOConnector lets the members of a company sign in through its identity
// provider.
type SSOConnector struct {
	ID                 string      `json:"id"`
	ProviderName       string      `json:"providerName"`
	ConnectorName      string      `json:"connectorName"`
	Domains            []string    `json:"domains"`
	Branding           SSOBranding `json:"branding"`
	Config             SSOConfig   `json:"config"` // empty until it was configured
	SyncProfile        bool        `json:"syncProfile"`
	EnableTokenStorage bool        `json:"enableTokenStorage"`
	// Provider is what the server and the identity provider say of themselves. The
	// server asks the identity provider each time; only Service is always there,
	// for SAML and except in the answer to a create.
	Provider SSOProviderConfig `json:"providerConfig"`
}

// SSOProviderConfig is what the server and an identity provider say of themselves.
// With OpenID Connect the settings of the connector stand beside the endpoints.
type SSOProviderConfig struct {
	Service *SSOServiceProvider  `json:"serviceProvider"`
	SAML    *SSOIdentityProvider `json:"identityProvider"`
	SSOIdentityProvider
}

// IdentityProvider is the identity provider; nil when the server did not read it.
func (c SSOProviderConfig) IdentityProvider() *SSOIdentityProvider {
	if c.SAML == nil && c.AuthorizationEndpoint != nil {
		return &c.SSOIdentityProvider
	}
	return c.SAML
}

// SSOIdentityProvider is what an identity provider says of itself: the first keys with
// OpenID Connect, the rest with SAML.
type SSOIdentityProvider struct {
	Issuer                *string `json:"issuer"`
	AuthorizationEndpoint *string `json:"authorizationEndpoint"`
	TokenEndpoint         *string `json:"tokenEndpoint"`
	UserinfoEndpoint      *string `json:"userinfoEndpoint"`
	JWKSURI               *string `json:"jwksUri"`

	EntityID             *string `json:"entityId"`
	SignInEndpoint       *string `json:"signInEndpoint"`
	X509Certificate      *string `json:"x509Certificate"`      // PEM
	CertificateExpiresAt *int64  `json:"certificateExpiresAt"` // milliseconds since 1970
	IsCertificateValid   *bool   `json:"isCertificateValid"`
}

// SSOServiceProvider is what a SAML identity provider has to know of Logto.
type SSOServiceProvider struct {
	EntityID string `json:"entityId"`
	ACSURL   string `json:"assertionConsumerServiceUrl"`
}

// SSOBranding is how the sign-in page shows a connector.
type SSOBranding struct {
	DisplayName string `json:"displayName,omitempty"`
	Logo        string `json:"logo,omitempty"`
	DarkLogo    string `json:"darkLogo,omitempty"`
}

// SSOConfig is the settings of the identity provider. The first keys are for
// providers that speak OpenID Connect, the rest for SAML, where the first of
// MetadataURL, Metadata and the three others counts.
type SSOConfig struct {
	ClientID             *string `json:"clientId,omitempty"`
	ClientSecret         *string `json:"clientSecret,omitempty"`
	Issuer               *string `json:"issuer,omitempty"`
	Scope                string  `json:"scope,omitempty"`
	TrustUnverifiedEmail *bool   `json:"trustUnverifiedEmail,omitempty"`
	OfflineAccess        *bool   `json:"offlineAccess,omitempty"`

	MetadataURL      *string              `json:"metadataUrl,omitempty"`
	Metadata         *string              `json:"metadata,omitempty"` // XML
	EntityID         *string              `json:"entityId,omitempty"`
	SignInEndpoint   *string              `json:"signInEndpoint,omitempty"`
	X509Certificate  *string              `json:"x509Certificate,omitempty"`
	AttributeMapping *SSOAttributeMapping `json:"attributeMapping,omitempty"`

	// Logto signs its requests since 1.43, with the active [SSOSigningKey].
	SignAuthnRequest          *bool   `json:"signAuthnRequest,omitempty"`
	RequestSignatureAlgorithm *string `json:"requestSignatureAlgorithm,omitempty"`
}

// SSOAttributeMapping names the attributes of a SAML assertion.
type SSOAttributeMapping struct {
	ID    string `json:"id,omitempty"`
	Email string `json:"email,omitempty"`
	Name  string `json:"name,omitempty"`
}

// SSOConnectorInput is what can be written of an [SSOConnector]. ProviderName is
// for the create only.
type SSOConnectorInput struct {
	ProviderName       string       `json:"providerName"`
	ConnectorName      string       `json:"connectorName"`
	Domains            []string     `json:"domains,omitzero"` // in lower case
	Branding           *SSOBranding `json:"branding,omitempty"`
	Config             *SSOConfig   `json:"config,omitempty"` // left alone when nil
	SyncProfile        *bool        `json:"syncProfile,omitempty"`
	EnableTokenStorage *bool        `json:"enableTokenStorage,omitempty"`

	// SecretVersion stands for a client secret that the caller does not keep: a
	// secret of the same version counts as the same.
	SecretVersion *int64 `json:"-"`
}

// SSOConnectors are the tenant's enterprise connectors: /sso-connectors.
type SSOConnectors struct {
	Collection[SSOConnector, SSOConnectorInput]
}

// SSOConnectors are the tenant's enterprise connectors.
func (c *Client) SSOConnectors() *SSOConnectors {
	all := listing{path: path("sso-connectors")} // with pages, it counts also those that it does not show
	src := &source{listing: all, index: byID}
	return &SSOConnectors{Collection[SSOConnector, SSOConnectorInput]{
		c:      c,
		path:   func([]string) string { return path("sso-connectors") },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		same: func(in SSOConnectorInput, x *SSOConnector) bool {
			return in.ConnectorName == x.ConnectorName && in.ProviderName == x.ProviderName
		},
		has:   []string{"connectorName", "providerName"},
		keeps: []string{"connectorName", "providerName"},
	}}
}

// Create makes a connector. The server asks the identity provider when there is a config.
// It calls POST /sso-connectors.
func (s *SSOConnectors) Create(ctx context.Context, key Key, in SSOConnectorInput) (*SSOConnector, error) {
	made, err := s.Collection.Create(ctx, key, in)
	if err != nil {
		return nil, explainSSO(in, err)
	}
	if made.Provider.Service == nil && slices.Contains(ssoSAMLProviders, made.ProviderName) {
		// POST does not say what GET does.
		working, done := s.c.outlive(ctx)
		defer done()
		return readNew(made, func() (*SSOConnector, error) { return s.Get(working, Key{made.ID}) })
	}
	return made, nil
}

// Update changes what differs between from and to. The config goes along only when it is
// another one, because the server asks the identity provider then; without one in to it is
// left alone, because the server takes none away. It calls PATCH /sso-connectors/{id}.
func (s *SSOConnectors) Update(ctx context.Context, key Key, from, to SSOConnectorInput) (*SSOConnector, error) {
	switch {
	case to.Config == nil:
		from.Config = nil
	case from.Config != nil && sameVersion(from.SecretVersion, to.SecretVersion):
		was, will := *from.Config, *to.Config
		was.ClientSecret = will.ClientSecret
		if !reflect.DeepEqual(was, will) { // the config goes along whole, with the secret that the server has
			current, err := s.Get(ctx, key)
			if err != nil {
				return nil, err
			}
			was.ClientSecret, will.ClientSecret = current.Config.ClientSecret, current.Config.ClientSecret
		}
		from.Config, to.Config = &was, &will
	}
	got, err := s.Collection.Update(ctx, key, from, to)
	if err != nil {
		return nil, explainSSO(to, err)
	}
	return got, nil
}

// explainSSO says what a refusal is about, which the server mostly leaves open.
// The paths of its issues begin with the protocol.
func explainSSO(in SSOConnectorInput, err error) error {
	var refused *Error
	if !errors.As(err, &refused) {
		return err
	}
	told := *refused
	var data struct {
		Message string          `json:"message"`
		Error   json.RawMessage `json:"error"`
		Data    []string        `json:"data"`
	}
	_ = json.Unmarshal(refused.Data, &data) // what cannot be read explains nothing
	switch refused.Code {
	case "single_sign_on.forbidden_domains", "single_sign_on.duplicated_domains":
		for _, domain := range data.Data {
			told.Issues = append(told.Issues, Issue{Path: []any{"domains", float64(slices.Index(in.Domains, domain))}, Message: Printable(domain)})
		}
	case "connector.invalid_config", "connector.invalid_metadata", "connector.invalid_certificate", "":
		// Without a code it is one of Logto's own failures only in these words.
		if in.Config == nil || refused.Code == "" && (refused.Status != http.StatusInternalServerError || refused.Message != "Internal server error.") {
			return err
		}
		if issue, ok := ssoIssue(in.Config, refused.Code, data.Message, cause(data.Error)); ok {
			told.Issues = append(told.Issues, issue)
		}
	}
	return &told
}

// ssoIssue finds the attribute that a refusal is about. It shows none of the values,
// which may be sensitive.
func ssoIssue(config *SSOConfig, code, reason, cause string) (Issue, bool) {
	saml := func(key, message string) (Issue, bool) {
		return Issue{Path: []any{"saml", key}, Message: message}, true
	}
	switch {
	case config.ClientID != nil && code == "connector.invalid_config" && reason != "":
		said := "Logto could not read the OpenID configuration of the issuer: " + cause + "."
		if reason == "invalid_config_response" {
			said = "What the issuer answers to Logto is no OpenID configuration."
		}
		return Issue{Path: []any{"oidc", "issuer"}, Message: said}, true
	case config.MetadataURL != nil && reason == "fail_to_fetch_config":
		return saml("metadata_url", "Logto could not read this URL: "+cause+".")
	case config.MetadataURL != nil:
		return saml("metadata_url", "What this URL answers to Logto is no SAML metadata with a certificate for signing and an HTTP-Redirect endpoint.")
	case config.Metadata != nil:
		return saml("metadata", "This is no SAML metadata with a certificate for signing and an HTTP-Redirect endpoint, or no XML.")
	case code == "connector.invalid_certificate":
		return saml("x509_certificate", "Logto cannot read this as an X.509 certificate in PEM format.")
	}
	return Issue{}, false
}

// cause is the short form of what the server says of a call that it made: the
// code of its HTTP client, or the beginning of the answer that it got.
func cause(raw json.RawMessage) string {
	var failed struct {
		Code string `json:"code"`
	}
	var body string
	switch {
	case json.Unmarshal(raw, &failed) == nil && failed.Code != "":
		return Printable(failed.Code)
	case json.Unmarshal(raw, &body) == nil && body != "":
		const enough = 200
		return "it answered " + printable(body, enough)
	}
	return "no usable answer"
}

// SSOProvider is a kind of enterprise connector.
type SSOProvider struct {
	ProviderName string `json:"providerName"`
	ProviderType string `json:"providerType"` // oidc or saml
	Name         string `json:"name"`
	Description  string `json:"description"`
}

// SSOProviders are the kinds of enterprise connectors: /sso-connector-providers.
// They can only be listed.
func (c *Client) SSOProviders() *Collection[SSOProvider, struct{}] {
	return &Collection[SSOProvider, struct{}]{
		c:    c,
		path: func([]string) string { return path("sso-connector-providers") },
		list: func([]string) listing { return listing{path: path("sso-connector-providers"), known: "providerName"} },
		has:  []string{"providerType"},
	}
}
