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
	return path("applications", key.Own(), "access-control")
}

// Get reads the flag, from the list of applications where that is at hand, and the rules.
func (a *AccessControls) Get(ctx context.Context, key Key) (*AccessControl, error) {
	flag, err := a.flag(ctx, key)
	if err != nil {
		return nil, err
	}
	rules, err := a.c.getShared(ctx, request{path: a.path(key)})
	if err != nil {
		return nil, err
	}
	got := &AccessControl{ApplicationID: key.Own(), AccessControlInput: AccessControlInput{Enabled: flag.Enabled}}
	return got, json.Unmarshal(rules, &got.Rules)
}

type accessFlag struct {
	Type    string `json:"type"`
	Enabled bool   `json:"appLevelAccessControlEnabled"`
}

func (a *AccessControls) flag(ctx context.Context, key Key) (*accessFlag, error) {
	src := &source{listing: listing{path: path("applications")}, index: byID}
	object, err := a.c.read(ctx, src, key.Own(), func(ctx context.Context) (json.RawMessage, error) {
		return a.c.getShared(ctx, request{path: path("applications", key.Own())})
	})
	if err != nil {
		return nil, err
	}
	flag := new(accessFlag)
	return flag, json.Unmarshal(object, flag)
}

// Create makes in the application's access control, whatever it was before.
func (a *AccessControls) Create(ctx context.Context, key Key, in AccessControlInput) (*AccessControl, error) {
	was, err := a.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	return a.Update(ctx, key, was.AccessControlInput, in)
}

// Update changes what differs between from and to, in the order that Logto wants:
// rules before the flag is set, the flag before the last rule goes.
func (a *AccessControls) Update(ctx context.Context, key Key, from, to AccessControlInput) (*AccessControl, error) {
	if from.Enabled && !to.Enabled {
		if err := a.enable(ctx, key, false); err != nil {
			return nil, err
		}
	}
	if differs, err := diff(from.Rules, to.Rules); err != nil {
		return nil, err
	} else if len(differs) > 0 {
		if err := a.c.do(ctx, request{method: http.MethodPut, path: a.path(key), body: to.Rules}, nil); err != nil {
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

// enable sets the flag: PATCH /applications/{id}, or /saml-applications/{id} for those.
func (a *AccessControls) enable(ctx context.Context, key Key, on bool) error {
	flag, err := a.flag(ctx, key)
	if err != nil {
		return err
	}
	applications := "applications"
	if flag.Type == "SAML" {
		applications = "saml-applications"
	}
	return a.c.do(ctx, request{method: http.MethodPatch, path: path(applications, key.Own()), body: map[string]bool{"appLevelAccessControlEnabled": on}}, nil)
}

// Delete lets everybody in again and empties the rules. It leaves alone what is empty.
func (a *AccessControls) Delete(ctx context.Context, key Key) error {
	was, err := a.Get(ctx, key)
	if err != nil {
		return err
	}
	none := AccessRules{UserIDs: []string{}, UserRoleIDs: []string{}, OrganizationIDs: []string{}, OrganizationRoleRules: []OrganizationRoleRule{}}
	_, err = a.Update(ctx, key, was.AccessControlInput, AccessControlInput{Rules: none})
	return err
}

// Search returns the access controls that have a rule or count. There are no filters.
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
