// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tokenSource keeps one access token for all calls: fetched at the first call,
// renewed before it expires, and once more when the API refuses it.
type tokenSource struct {
	client  *Client
	config  clientcredentials.Config
	http    *http.Client
	mu      sync.Mutex
	token   *oauth2.Token
	renewAt time.Time
}

func newTokenSource(c *Client, wire http.RoundTripper) *tokenSource {
	retrier := c.newRetrier(wire)
	inner := retrier.CheckRetry
	retrier.CheckRetry = func(ctx context.Context, res *http.Response, err error) (bool, error) {
		if err != nil && neverSent(err) && c.tokens.first() {
			// Most likely a wrong endpoint: do not keep a person waiting.
			return false, nil
		}
		return inner(ctx, res, err)
	}
	return &tokenSource{
		client: c,
		config: clientcredentials.Config{
			ClientID:       c.cfg.AppID,
			ClientSecret:   c.cfg.AppSecret,
			TokenURL:       c.base.JoinPath("oidc", "token").String(),
			Scopes:         []string{"all"},
			EndpointParams: url.Values{"resource": {c.cfg.Resource}},
			AuthStyle:      oauth2.AuthStyleInHeader,
		},
		http: &http.Client{Transport: &retryablehttp.RoundTripper{Client: retrier}},
	}
}

// first reports whether no token was ever received. Callers hold mu.
func (s *tokenSource) first() bool { return s.token == nil }

// get returns a valid access token: POST /oidc/token unless there is one.
func (s *tokenSource) get(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if problem := s.client.broken.Load(); problem != nil {
		return "", problem
	}
	if s.token != nil && time.Now().Before(s.renewAt) {
		return s.token.AccessToken, nil
	}
	asked := time.Now()
	token, err := s.config.Token(context.WithValue(ctx, oauth2.HTTPClient, s.http))
	if err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if problem := s.problem(err); problem != nil {
			return "", s.client.breaks(problem)
		}
		return "", err
	}
	// Logto grants a token without the scope to an application without the role.
	if scope, ok := token.Extra("scope").(string); !ok || !strings.Contains(" "+scope+" ", " all ") {
		return "", s.client.breaks(missingRole(nil))
	}
	s.token = token
	lifetime := token.Expiry.Sub(asked)
	if token.Expiry.IsZero() {
		lifetime = time.Hour // what Logto grants when it does not say
	}
	s.renewAt = asked.Add(lifetime - min(time.Minute, lifetime/4))
	return token.AccessToken, nil
}

// drop forgets a token that the API refused, unless it was renewed already.
func (s *tokenSource) drop(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != nil && s.token.AccessToken == token {
		s.renewAt = time.Time{}
	}
}

// problem says which attribute of the configuration made the token call fail,
// or nil when it was not the configuration.
func (s *tokenSource) problem(err error) *ConfigError {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		code := refused.ErrorCode
		status := refused.Response.StatusCode
		switch {
		case code == "invalid_client", code == "" && status == http.StatusUnauthorized:
			return &ConfigError{Attribute: "app_id or app_secret", Problem: "was refused by Logto",
				Advice: "Use the App ID and a secret of a machine-to-machine application of this tenant (in the Console: Applications > the application). Check that the secret has not expired and that the endpoint is that of the same tenant."}
		case code == "invalid_target":
			return &ConfigError{Attribute: "resource", Problem: "is \"" + s.client.cfg.Resource + "\", which Logto does not know",
				Advice: "For Logto Cloud the Management API's indicator is https://<tenant-id>.logto.app/api, also behind a custom domain; for a self-hosted Logto it is https://default.logto.app/api."}
		case code == "unauthorized_client", code == "invalid_grant":
			return &ConfigError{Attribute: "app_id", Problem: "names an application that may not ask for tokens of its own",
				Advice: "Use a machine-to-machine application."}
		case code != "":
			return &ConfigError{Attribute: "app_id", Problem: "got no access token",
				Advice: "Logto answered \"" + code + "\": " + refused.ErrorDescription}
		case status >= 500, status == http.StatusTooManyRequests:
			return nil
		}
		return &ConfigError{Attribute: "endpoint", Problem: "is \"" + s.client.Endpoint() + "\", where no Logto answers",
			Advice: "POST " + s.config.TokenURL + " answered HTTP " + refused.Response.Status + ". Give the tenant's URL without /api and without the Console's path."}
	}
	var unknownCA x509.UnknownAuthorityError
	var wrongHost x509.HostnameError
	var badCert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknownCA):
		return &ConfigError{Attribute: "ca_certificate", Problem: "does not cover the certificate of " + s.client.Endpoint(),
			Advice: "Give the certificate of the authority that signed it.", Err: err}
	case errors.As(err, &wrongHost), errors.As(err, &badCert):
		return &ConfigError{Attribute: "endpoint", Problem: "is \"" + s.client.Endpoint() + "\", whose certificate is not valid",
			Advice: "Use the name that the certificate was made for.", Err: err}
	case s.first():
		return &ConfigError{Attribute: "endpoint", Problem: "is \"" + s.client.Endpoint() + "\", which cannot be reached",
			Advice: "Check the URL, the port and the network, and that Logto is running there.", Err: err}
	}
	return nil
}
