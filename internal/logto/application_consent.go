// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// ConsentScopes are the scopes that a third-party application may ask users to
// consent to.
type ConsentScopes struct {
	ApplicationID string
	ConsentScopesInput
}

// ConsentScopesInput is what can be written of [ConsentScopes]: ids of scopes,
// and names of user scopes. What is nil is left alone.
type ConsentScopesInput struct {
	OrganizationScopes         []string `json:"organizationScopes,omitempty"`
	ResourceScopes             []string `json:"resourceScopes,omitempty"`
	OrganizationResourceScopes []string `json:"organizationResourceScopes,omitempty"`
	UserScopes                 []string `json:"userScopes,omitempty"`
}

// lists are the four lists of scopes, under the API's names of them in paths.
func (in *ConsentScopesInput) lists() map[string]*[]string {
	return map[string]*[]string{
		"organization-scopes":          &in.OrganizationScopes,
		"resource-scopes":              &in.ResourceScopes,
		"organization-resource-scopes": &in.OrganizationResourceScopes,
		"user-scopes":                  &in.UserScopes,
	}
}

// ApplicationConsents are the scopes of third-party applications:
// /applications/{id}/user-consent-scopes. The API adds and removes them.
type ApplicationConsents struct {
	c    *Client
	path func(Key) string
}

// ApplicationConsents are the tenant's.
func (c *Client) ApplicationConsents() *ApplicationConsents {
	return &ApplicationConsents{c, func(k Key) string { return path("applications", k.ID(), "user-consent-scopes") }}
}

// Get returns the scopes, which the API groups by their API resources. It calls GET
// /applications/{id}/user-consent-scopes.
func (s *ApplicationConsents) Get(ctx context.Context, key Key) (*ConsentScopes, error) {
	object, err := s.c.getShared(ctx, request{path: s.path(key), has: []string{"organizationScopes", "resourceScopes", "organizationResourceScopes", "userScopes"}})
	if err != nil {
		return nil, err
	}
	type scopes []struct {
		ID string `json:"id"`
	}
	type groups []struct {
		Scopes scopes `json:"scopes"`
	}
	type scopesOfAllKinds struct {
		OrganizationScopes         scopes   `json:"organizationScopes"`
		ResourceScopes             groups   `json:"resourceScopes"`
		OrganizationResourceScopes groups   `json:"organizationResourceScopes"`
		UserScopes                 []string `json:"userScopes"`
	}
	answer, err := readAs(s.c, s.path(key), object, new(scopesOfAllKinds))
	if err != nil {
		return nil, err
	}
	got := &ConsentScopes{ApplicationID: key.ID()}
	got.UserScopes = answer.UserScopes
	take := func(into *[]string, from scopes) {
		for _, s := range from {
			*into = append(*into, s.ID)
		}
	}
	take(&got.OrganizationScopes, answer.OrganizationScopes)
	for _, g := range answer.ResourceScopes {
		take(&got.ResourceScopes, g.Scopes)
	}
	for _, g := range answer.OrganizationResourceScopes {
		take(&got.OrganizationResourceScopes, g.Scopes)
	}
	return got, nil
}

// Create makes the lists of in what they say, whatever they were before. It calls GET and
// POST /applications/{id}/user-consent-scopes, DELETE
// /applications/{id}/user-consent-scopes/{kind}/{scopeId}.
func (s *ApplicationConsents) Create(ctx context.Context, key Key, in ConsentScopesInput) (*ConsentScopes, error) {
	return s.set(ctx, key, in)
}

// Update makes those lists that differ between from and to what to says. It makes no write
// when nothing differs. It calls GET and POST /applications/{id}/user-consent-scopes,
// DELETE /applications/{id}/user-consent-scopes/{kind}/{scopeId}.
func (s *ApplicationConsents) Update(ctx context.Context, key Key, from, to ConsentScopesInput) (*ConsentScopes, error) {
	var changed ConsentScopesInput
	was, will, differ := from.lists(), to.lists(), false
	for kind, list := range changed.lists() {
		if !slices.Equal(slices.Sorted(slices.Values(*was[kind])), slices.Sorted(slices.Values(*will[kind]))) {
			*list, differ = append([]string{}, *will[kind]...), true
		}
	}
	if !differ {
		return s.Get(ctx, key)
	}
	return s.set(ctx, key, changed)
}

func (s *ApplicationConsents) set(ctx context.Context, key Key, want ConsentScopesInput) (*ConsentScopes, error) {
	defer s.c.locks.lock(s.path(key))()
	now, err := s.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	// An empty list is an error to the API, so only lists with something to add travel.
	missing, have := ConsentScopesInput{}, now.lists()
	add := missing.lists()
	for kind, list := range want.lists() {
		for _, scope := range *list {
			if !slices.Contains(*have[kind], scope) {
				*add[kind] = append(*add[kind], scope)
			}
		}
	}
	if added, err := fields(missing); err != nil {
		return nil, err
	} else if len(added) > 0 {
		if err := s.c.do(ctx, request{method: http.MethodPost, path: s.path(key), body: missing}, nil); err != nil {
			return nil, whichScopes(err)
		}
	}
	for kind, list := range want.lists() {
		if *list == nil {
			continue
		}
		for _, scope := range *have[kind] {
			if slices.Contains(*list, scope) {
				continue
			}
			err := s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key) + path(kind, scope)}, nil)
			if err != nil && !IsNotFound(err) {
				return nil, err
			}
		}
	}
	return s.Get(ctx, key)
}

// whichScopes says of scopes that Logto does not find which those are.
func whichScopes(err error) error {
	refused, ok := errors.AsType[*Error](err)
	if !ok || refused.Code != "application.user_consent_scopes_not_found" {
		return err
	}
	var unknown struct {
		Organization         []string `json:"invalidOrganizationScopes"`
		Resource             []string `json:"invalidResourceScopes"`
		OrganizationResource []string `json:"invalidOrganizationResourceScopes"`
	}
	_ = json.Unmarshal(refused.Data, &unknown) // without it the message has to do
	for _, of := range []struct {
		list string
		ids  []string
	}{{"organizationScopeIds", unknown.Organization}, {"resourceScopeIds", unknown.Resource}, {"organizationResourceScopeIds", unknown.OrganizationResource}} {
		if len(of.ids) > 0 {
			refused.Issues = append(refused.Issues, Issue{Path: []any{of.list}, Message: "There are no such scopes: " + Printable(strings.Join(of.ids, ", "))})
		}
	}
	return refused
}

// Delete removes all scopes. It calls GET /applications/{id}/user-consent-scopes, DELETE
// /applications/{id}/user-consent-scopes/{kind}/{scopeId}.
func (s *ApplicationConsents) Delete(ctx context.Context, key Key) error {
	_, err := s.set(ctx, key, ConsentScopesInput{OrganizationScopes: []string{}, ResourceScopes: []string{}, OrganizationResourceScopes: []string{}, UserScopes: []string{}})
	return err
}

// Search returns the scopes of those third-party applications that have some. There are no
// filters. It calls GET /applications, GET /applications/{id}/user-consent-scopes of each.
func (s *ApplicationConsents) Search(ctx context.Context, _ []string, _ url.Values) ([]ConsentScopes, error) {
	return ofApplications(ctx, s.c, url.Values{"isThirdParty": {"true"}}, func(ctx context.Context, key Key) ([]ConsentScopes, error) {
		got, err := s.Get(ctx, key)
		if err != nil {
			return nil, err
		}
		return unlessBlank(got, got.ConsentScopesInput)
	})
}
