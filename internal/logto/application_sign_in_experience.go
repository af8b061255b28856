// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
)

// ApplicationSignIn is what an application puts over the tenant's sign-in experience.
type ApplicationSignIn struct {
	ApplicationID string `json:"applicationId"`
	ApplicationSignInInput
}

// ApplicationSignInInput is what can be written of an [ApplicationSignIn].
type ApplicationSignInInput struct {
	Color            *PartialColor    `json:"color,omitempty"`
	Branding         *PartialBranding `json:"branding,omitempty"`
	CustomCSS        *string          `json:"customCss,omitempty"`
	TermsOfUseURL    *string          `json:"termsOfUseUrl,omitempty"`
	PrivacyPolicyURL *string          `json:"privacyPolicyUrl,omitempty"`
	DisplayName      *string          `json:"displayName,omitempty"`
}

// ApplicationSignIns are the sign-in experiences of applications:
// /applications/{id}/sign-in-experience. An application has none until the
// first PUT, and then one for good.
type ApplicationSignIns struct{ c *Client }

// ApplicationSignIns are the tenant's.
func (c *Client) ApplicationSignIns() *ApplicationSignIns { return &ApplicationSignIns{c} }

func (s *ApplicationSignIns) path(key Key) string {
	return path("applications", key.ID(), "sign-in-experience")
}

// Get returns it; an application that never had one is like one that is gone. It calls GET
// /applications/{id}/sign-in-experience.
func (s *ApplicationSignIns) Get(ctx context.Context, key Key) (*ApplicationSignIn, error) {
	object, err := s.c.getShared(ctx, s.request(http.MethodGet, key))
	if err != nil {
		return nil, err
	}
	return readAs(s.c, s.path(key), object, new(ApplicationSignIn))
}

// Create makes it what in says, whatever it was before. It calls PUT
// /applications/{id}/sign-in-experience.
func (s *ApplicationSignIns) Create(ctx context.Context, key Key, in ApplicationSignInInput) (*ApplicationSignIn, error) {
	said, err := fields(in)
	if err != nil {
		return nil, err
	}
	whole := noSignIn()
	maps.Copy(whole, said)
	return s.replace(ctx, key, whole)
}

// noSignIn is what clears each key: Logto has no DELETE.
func noSignIn() map[string]json.RawMessage {
	return map[string]json.RawMessage{
		"color": noMembers, "branding": noMembers, "customCss": jsonNull,
		"termsOfUseUrl": jsonNull, "privacyPolicyUrl": jsonNull, "displayName": jsonNull,
	}
}

// Update changes what differs between from and to; what from has and to lacks is cleared.
// It calls GET and PUT /applications/{id}/sign-in-experience.
func (s *ApplicationSignIns) Update(ctx context.Context, key Key, from, to ApplicationSignInInput) (*ApplicationSignIn, error) {
	changes, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		return s.Get(ctx, key)
	}
	return s.put(ctx, key, changes, from)
}

// put writes the changes since from. The API keeps the keys that are left out.
func (s *ApplicationSignIns) put(ctx context.Context, key Key, changes map[string]json.RawMessage, from ApplicationSignInInput) (*ApplicationSignIn, error) {
	defer s.c.locks.lock(s.path(key))()
	m := merger{c: s.c, current: s.request(http.MethodGet, key)}
	r := s.request(http.MethodPut, key)
	var err error
	if r.body, err = m.merge(ctx, changes, from); err != nil {
		return nil, err
	}
	got := new(ApplicationSignIn)
	return got, s.c.do(ctx, r, got)
}

// replace writes every key.
func (s *ApplicationSignIns) replace(ctx context.Context, key Key, whole map[string]json.RawMessage) (*ApplicationSignIn, error) {
	defer s.c.locks.lock(s.path(key))()
	r := s.request(http.MethodPut, key)
	r.body = whole
	got := new(ApplicationSignIn)
	return got, s.c.do(ctx, r, got)
}

func (s *ApplicationSignIns) request(method string, key Key) request {
	return request{method: method, path: s.path(key), is: map[string]string{"applicationId": key.ID()}}
}

// Delete clears everything. It calls PUT /applications/{id}/sign-in-experience.
func (s *ApplicationSignIns) Delete(ctx context.Context, key Key) error {
	_, err := s.replace(ctx, key, noSignIn())
	return err
}

// Search returns those that say something. There are no filters. It calls GET
// /applications, GET /applications/{id}/sign-in-experience of each.
func (s *ApplicationSignIns) Search(ctx context.Context, _ []string, _ url.Values) ([]ApplicationSignIn, error) {
	return ofApplications(ctx, s.c, nil, func(ctx context.Context, key Key) ([]ApplicationSignIn, error) {
		got, err := s.Get(ctx, key)
		if err != nil {
			return nil, err
		}
		return unlessBlank(got, got.ApplicationSignInInput)
	})
}
