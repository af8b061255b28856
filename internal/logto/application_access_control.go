// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// AccessControl says who may sign in to an application.
type AccessControl struct {
	ApplicationID string
	AccessControlInput
}

// AccessControlInput is what can be written of an [AccessControl].
type AccessControlInput struct {
	Enabled bool        `json:"enabled"` // needs a rule
	Rules   AccessRules `json:"rules"`
}

// AccessRules are replaced whole by the API, and none of them may be left out.
type AccessRules struct {
	UserIDs               []string               `json:"userIds"`
	UserRoleIDs           []string               `json:"userRoleIds"`
	OrganizationIDs       []string               `json:"organizationIds"`
	OrganizationRoleRules []OrganizationRoleRule `json:"organizationRoleRules"`
}

// OrganizationRoleRule lets in the members of an organization who have one of the roles.
type OrganizationRoleRule struct {
	OrganizationID      string   `json:"organizationId"`
	OrganizationRoleIDs []string `json:"organizationRoleIds"`
}

// AccessControls are the rules of applications: /applications/{id}/access-control,
// and the flag of the application that makes them count. Every application has
// rules, be they empty.
type AccessControls struct{ c *Client }

// AccessControls are the tenant's.
func (c *Client) AccessControls() *AccessControls { return &AccessControls{c} }

func (a *AccessControls) path(key Key) string {
	return path("applications", key.ID(), "access-control")
}

// Get reads the flag, from the list of applications where that is at hand, and the rules.
// It calls GET /applications, GET /applications/{id}/access-control.
func (a *AccessControls) Get(ctx context.Context, key Key) (*AccessControl, error) {
	flag, err := a.flag(ctx, key)
	if err != nil {
		return nil, err
	}
	object, err := a.c.getShared(ctx, a.rules(http.MethodGet, key))
	if err != nil {
		return nil, err
	}
	rules, err := readAs(a.c, a.path(key), object, new(AccessRules))
	if err != nil {
		return nil, err
	}
	return &AccessControl{ApplicationID: key.ID(), AccessControlInput: AccessControlInput{Enabled: flag.Enabled, Rules: *rules}}, nil
}

// rules is the request for an application's rules.
func (a *AccessControls) rules(method string, key Key) request {
	return request{method: method, path: a.path(key), has: []string{"userIds", "userRoleIds", "organizationIds", "organizationRoleRules"}}
}

// application is the request for an application, or with saml for a SAML one.
func (a *AccessControls) application(method string, key Key, saml bool) request {
	applications := "applications"
	if saml {
		applications = "saml-applications"
	}
	return request{method: method, path: path(applications, key.ID()), is: map[string]string{"id": key.ID()}}
}

type accessFlag struct {
	Type    string `json:"type"`
	Enabled bool   `json:"appLevelAccessControlEnabled"`
}

func (a *AccessControls) flag(ctx context.Context, key Key) (*accessFlag, error) {
	src := &source{listing: listing{path: path("applications")}, index: byID}
	object, err := a.c.read(ctx, src, key.ID(), func(ctx context.Context) (json.RawMessage, error) {
		return a.c.getShared(ctx, a.application(http.MethodGet, key, false))
	})
	if err != nil {
		return nil, err
	}
	return readAs(a.c, path("applications", key.ID()), object, new(accessFlag))
}

// Create makes in the application's access control, whatever it was before. It calls GET
// and PUT /applications/{id}/access-control, PATCH /applications/{id} (or
// /saml-applications/{id}).
func (a *AccessControls) Create(ctx context.Context, key Key, in AccessControlInput) (*AccessControl, error) {
	was, err := a.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	return a.Update(ctx, key, was.AccessControlInput, in)
}

// Update changes what differs between from and to, in the order that Logto wants: rules
// before the flag is set, the flag before the last rule goes. It calls GET and PUT
// /applications/{id}/access-control, PATCH /applications/{id} (or
// /saml-applications/{id}).
func (a *AccessControls) Update(ctx context.Context, key Key, from, to AccessControlInput) (*AccessControl, error) {
	if from.Enabled && !to.Enabled {
		if err := a.enable(ctx, key, false); err != nil {
			return nil, err
		}
	}
	if differs, err := diff(from.Rules, to.Rules); err != nil {
		return nil, err
	} else if len(differs) > 0 {
		if err := a.write(ctx, key, from.Rules, to.Rules); err != nil {
			return nil, err
		}
	}
	if !from.Enabled && to.Enabled {
		if err := a.enable(ctx, key, true); err != nil {
			return nil, err
		}
	}
	return a.Get(ctx, key)
}

// write replaces the lists of rules that differ: PUT /applications/{id}/access-control,
// which wants all of them.
func (a *AccessControls) write(ctx context.Context, key Key, from, to AccessRules) error {
	defer a.c.locks.lock(a.path(key))()
	m := merger{c: a.c, current: a.rules(http.MethodGet, key)}
	r := a.rules(http.MethodPut, key)
	var err error
	if r.body, err = m.replacement(ctx, from, to); err != nil {
		return err
	}
	return a.c.do(ctx, r, nil)
}

// enable sets the flag: PATCH /applications/{id}, or /saml-applications/{id} for those.
func (a *AccessControls) enable(ctx context.Context, key Key, on bool) error {
	flag, err := a.flag(ctx, key)
	if err != nil {
		return err
	}
	r := a.application(http.MethodPatch, key, flag.Type == "SAML")
	r.body = map[string]bool{"appLevelAccessControlEnabled": on}
	return a.c.do(ctx, r, nil)
}

// Delete lets everybody in again and empties the rules. It leaves alone what is empty. It
// calls GET and PUT /applications/{id}/access-control, PATCH /applications/{id} (or
// /saml-applications/{id}).
func (a *AccessControls) Delete(ctx context.Context, key Key) error {
	was, err := a.Get(ctx, key)
	if err != nil {
		return err
	}
	none := AccessRules{UserIDs: []string{}, UserRoleIDs: []string{}, OrganizationIDs: []string{}, OrganizationRoleRules: []OrganizationRoleRule{}}
	_, err = a.Update(ctx, key, was.AccessControlInput, AccessControlInput{Rules: none})
	return err
}

// Search returns the access controls that have a rule or count. There are no filters. It
// calls GET /applications, GET /applications/{id}/access-control of each.
func (a *AccessControls) Search(ctx context.Context, _ []string, _ url.Values) ([]AccessControl, error) {
	return ofApplications(ctx, a.c, nil, func(ctx context.Context, key Key) ([]AccessControl, error) {
		got, err := a.Get(ctx, key)
		if err != nil {
			return nil, err
		}
		if got.Enabled {
			return []AccessControl{*got}, nil
		}
		return unlessBlank(got, got.Rules)
	})
}
