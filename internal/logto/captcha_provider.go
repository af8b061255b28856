// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"net/http"
)

// CaptchaProvider tells people from robots. A tenant has one or none.
type CaptchaProvider struct {
	Config CaptchaConfig `json:"config"`
	// SecretVersion stands for a secret key that the caller does not keep: a secret
	// of the same version counts as the same.
	SecretVersion *int64 `json:"-"`
}

// CaptchaConfig is what the provider is called with.
type CaptchaConfig struct {
	Type      string  `json:"type"` // Turnstile or RecaptchaEnterprise
	SiteKey   string  `json:"siteKey"`
	SecretKey *string `json:"secretKey,omitempty"` // required; every answer has it
	// For RecaptchaEnterprise only.
	ProjectID *string `json:"projectId,omitempty"`
	Domain    *string `json:"domain,omitempty"`
	Mode      *string `json:"mode,omitempty"`
}

// CaptchaProviders is the tenant's captcha provider: GET, PUT and DELETE
// /captcha-provider.
type CaptchaProviders struct {
	Singleton[CaptchaProvider, CaptchaProvider]
}

// CaptchaProvider is the tenant's captcha provider.
func (c *Client) CaptchaProvider() *CaptchaProviders {
	return &CaptchaProviders{Singleton[CaptchaProvider, CaptchaProvider]{c: c, path: path("captcha-provider"), put: true, has: "config"}}
}

// Update changes what differs between from and to. It calls PUT /captcha-provider.
func (s *CaptchaProviders) Update(ctx context.Context, key Key, from, to CaptchaProvider) (*CaptchaProvider, error) {
	if sameVersion(from.SecretVersion, to.SecretVersion) {
		from.Config.SecretKey, to.Config.SecretKey = nil, nil
	}
	return s.Singleton.Update(ctx, key, from, to)
}

// Delete takes the provider away, and with it the captcha in the sign-in experience: the
// server writes a captchaPolicy that is off. It calls DELETE /captcha-provider.
func (s *CaptchaProviders) Delete(ctx context.Context, _ Key) error {
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path}, nil)
}
