// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"net/url"
)

// DynamicApp is whether clients may sign users in that are not registered and
// describe themselves with an OAuth Client ID Metadata Document (CIMD). Logto has it
// since 1.43.
type DynamicApp struct {
	Enabled bool `json:"enabled"`
}

// DynamicAppInput is what can be written of a [DynamicApp].
type DynamicAppInput struct {
	Enabled *bool `json:"enabled,omitempty"` // left alone when nil
}

// DynamicApp is the tenant's: GET and PATCH /configs/cimd.
func (c *Client) DynamicApp() *Singleton[DynamicApp, DynamicAppInput] {
	return &Singleton[DynamicApp, DynamicAppInput]{c: c, path: path("configs", "cimd"), has: "enabled"}
}

// DynamicAppSettings are a [DynamicApp] and the scopes that its clients may ask users to
// consent to.
type DynamicAppSettings struct {
	DynamicApp
	Consent ConsentScopesInput
}

// DynamicAppSettingsInput is what can be written of [DynamicAppSettings].
type DynamicAppSettingsInput struct {
	DynamicAppInput
	Consent ConsentScopesInput
}

// DynamicApps are the tenant's dynamic app, which it has once.
type DynamicApps struct{ c *Client }

// DynamicApps are the tenant's: /configs/cimd and /cimd/user-consent-scopes.
func (c *Client) DynamicApps() *DynamicApps { return &DynamicApps{c} }

// Get returns the settings: GET /configs/cimd and GET /cimd/user-consent-scopes.
func (d *DynamicApps) Get(ctx context.Context, _ Key) (*DynamicAppSettings, error) {
	app, err := d.c.DynamicApp().Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	scopes, err := d.c.DynamicAppConsents().Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &DynamicAppSettings{*app, scopes.ConsentScopesInput}, nil
}

// Create writes what in says. It calls PATCH /configs/cimd, POST
// /cimd/user-consent-scopes.
func (d *DynamicApps) Create(ctx context.Context, key Key, in DynamicAppSettingsInput) (*DynamicAppSettings, error) {
	return d.Update(ctx, key, DynamicAppSettingsInput{}, in)
}

// Update changes what differs between from and to: the scopes before the switch, so that
// nobody signs in with other scopes. It makes no write when nothing differs. It calls
// PATCH /configs/cimd, and POST and DELETE /cimd/user-consent-scopes.
func (d *DynamicApps) Update(ctx context.Context, _ Key, from, to DynamicAppSettingsInput) (*DynamicAppSettings, error) {
	scopes, err := d.c.DynamicAppConsents().Update(ctx, nil, from.Consent, to.Consent)
	if err != nil {
		return nil, err
	}
	app, err := d.c.DynamicApp().Update(ctx, nil, from.DynamicAppInput, to.DynamicAppInput)
	if err != nil {
		return nil, err
	}
	return &DynamicAppSettings{*app, scopes.ConsentScopesInput}, nil
}

// Delete does nothing: see [Singleton.Delete].
func (d *DynamicApps) Delete(context.Context, Key) error { return nil }

// Search returns the one object. It calls GET /configs/cimd and GET
// /cimd/user-consent-scopes.
func (d *DynamicApps) Search(ctx context.Context, _ []string, _ url.Values) ([]DynamicAppSettings, error) {
	got, err := d.Get(ctx, nil)
	if err != nil {
		return nil, err
	}
	return []DynamicAppSettings{*got}, nil
}

// DynamicAppConsents are the scopes that the dynamic app may ask users to consent
// to: /cimd/user-consent-scopes. A tenant has them once.
type DynamicAppConsents struct{ of ApplicationConsents }

// DynamicAppConsents are the tenant's.
func (c *Client) DynamicAppConsents() *DynamicAppConsents {
	return &DynamicAppConsents{ApplicationConsents{c, func(Key) string { return path("cimd", "user-consent-scopes") }}}
}

// Get returns the scopes: GET /cimd/user-consent-scopes.
func (s *DynamicAppConsents) Get(ctx context.Context, _ Key) (*ConsentScopes, error) {
	return s.of.Get(ctx, Key{""})
}

// Create makes the lists that in has what they say: POST /cimd/user-consent-scopes,
// and DELETE for each scope that is one too many.
func (s *DynamicAppConsents) Create(ctx context.Context, _ Key, in ConsentScopesInput) (*ConsentScopes, error) {
	return s.of.Create(ctx, Key{""}, in)
}

// Update makes the lists of to what they say, as Create does. It makes no write when
// nothing differs between from and to. It calls POST /cimd/user-consent-scopes, DELETE
// /cimd/user-consent-scopes/{kind}/{scopeId}.
func (s *DynamicAppConsents) Update(ctx context.Context, _ Key, from, to ConsentScopesInput) (*ConsentScopes, error) {
	return s.of.Update(ctx, Key{""}, from, to)
}

// Delete removes all scopes. It calls GET /cimd/user-consent-scopes, DELETE
// /cimd/user-consent-scopes/{kind}/{scopeId}.
func (s *DynamicAppConsents) Delete(ctx context.Context, _ Key) error {
	return s.of.Delete(ctx, Key{""})
}

// Search returns the scopes as the only element, or none when there are none. It calls GET
// /cimd/user-consent-scopes.
func (s *DynamicAppConsents) Search(ctx context.Context, _ []string, _ url.Values) ([]ConsentScopes, error) {
	got, err := s.Get(ctx, Key{""})
	if err != nil {
		return nil, err
	}
	return unlessBlank(got, got.ConsentScopesInput)
}
