// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// TokenRequest asks for an access token of a machine-to-machine application.
type TokenRequest struct {
	// AppID and AppSecret are the application's credentials; the client's own
	// when both are empty.
	AppID, AppSecret string
	// Resource is the indicator of an API resource; the Management API's when empty.
	Resource string
	// Scopes are the scopes to ask for. What the application's roles do not
	// give is left out of the token without an error.
	Scopes []string
}

// AccessToken is a token that Logto issued.
type AccessToken struct {
	Value, Type string
	ExpiresAt   time.Time
	Scopes      []string // granted
}

// AccessToken gets an access token: POST /oidc/token with the client
// credentials grant. Its errors are *[Error] or a transport's.
func (c *Client) AccessToken(ctx context.Context, r TokenRequest) (*AccessToken, error) {
	if r.AppID == "" && r.AppSecret == "" {
		r.AppID, r.AppSecret = c.cfg.AppID, c.cfg.AppSecret
	}
	if r.Resource == "" {
		r.Resource = c.cfg.Resource
	}
	config := clientcredentials.Config{
		ClientID:       r.AppID,
		ClientSecret:   r.AppSecret,
		TokenURL:       c.tokens.config.TokenURL,
		Scopes:         r.Scopes,
		EndpointParams: url.Values{"resource": {r.Resource}},
		AuthStyle:      oauth2.AuthStyleInHeader,
	}
	over := &http.Client{Transport: &retryablehttp.RoundTripper{Client: c.retry}}
	token, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, over))
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return nil, tokenError(refused)
	}
	if err != nil {
		return nil, err
	}
	scope, _ := token.Extra("scope").(string)
	return &AccessToken{Value: token.AccessToken, Type: token.TokenType, ExpiresAt: token.Expiry, Scopes: strings.Fields(scope)}, nil
}

func tokenError(refused *oauth2.RetrieveError) *Error {
	e := &Error{Operation: "POST /oidc/token", Status: refused.Response.StatusCode, Message: refused.ErrorDescription}
	var answer struct {
		Code string `json:"code"`
	}
	// Logto's code stands beside OAuth's; an answer of another shape has none.
	if json.Unmarshal(refused.Body, &answer) == nil {
		e.Code = answer.Code
	}
	return e
}
