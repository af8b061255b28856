// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

// signInEndpoint is what [Client.SignInEndpoint] found.
type signInEndpoint struct {
	mu  sync.Mutex
	url string // empty until it was found
}

// SignInEndpoint is the URL at which users sign in, without a trailing slash: that of
// the oldest custom domain that is active, or else that of the issuer. It is read once:
// GET /oidc/.well-known/openid-configuration and GET /domains.
func (c *Client) SignInEndpoint(ctx context.Context) (string, error) {
	c.signIn.mu.Lock()
	defer c.signIn.mu.Unlock()
	if c.signIn.url != "" {
		return c.signIn.url, nil
	}
	document, err := c.OIDCConfiguration(ctx)
	if err != nil {
		return "", err
	}
	var said struct {
		Issuer string `json:"issuer"`
	}
	if err := json.Unmarshal(document, &said); err != nil {
		return "", err
	}
	domains, err := c.Domains().Search(ctx, nil, nil)
	if err != nil && !IsNotFound(err) {
		return "", err
	}
	found := strings.TrimSuffix(strings.TrimRight(said.Issuer, "/"), "/oidc")
	if i := slices.IndexFunc(domains, func(d Domain) bool { return d.Status == DomainActive }); i >= 0 {
		found = "https://" + domains[i].Domain
	}
	c.signIn.url = found
	return found, nil
}
