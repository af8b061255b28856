// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// Membership is a user or a machine-to-machine application in an organization.
type Membership struct {
	Organization, Member string
	// Roles are the ids of the organization roles that it has there; nil when
	// they were not read.
	Roles []string
	// Of is who the member is; nothing where the list of members was not asked.
	Of Member
}

// Member is what the list of an organization's members says of one: of a user, or of
// an application, which has a name alone.
type Member struct {
	Name         *string `json:"name"`
	Username     *string `json:"username"`
	PrimaryEmail *string `json:"primaryEmail"`
	PrimaryPhone *string `json:"primaryPhone"`
	Avatar       *string `json:"avatar"`
}

// Memberships are the users, or the applications, of organizations, under the
// key of the organization's and the member's id.
type Memberships struct {
	c    *Client
	kind string // of member, in paths
	ids  string // of members, in bodies
	// refusesNone is set where the PUT of no roles at all is refused.
	refusesNone bool
}

// OrganizationMembers are the users of organizations: /organizations/{id}/users.
func (c *Client) OrganizationMembers() *Memberships {
	return &Memberships{c: c, kind: "users", ids: "userIds"}
}

// OrganizationApplications are the machine-to-machine applications of
// organizations: /organizations/{id}/applications.
func (c *Client) OrganizationApplications() *Memberships {
	return &Memberships{c: c, kind: "applications", ids: "applicationIds", refusesNone: true}
}

func (s *Memberships) path(organization string) string {
	return path("organizations", organization, s.kind)
}

func (s *Memberships) roles(key Key) string { return s.path(key[0]) + path(key[1], "roles") }

// source is the list of an organization's members, which says their roles.
func (s *Memberships) source(organization string) *source {
	return &source{listing: listing{path: s.path(organization), paged: true}, index: byID, atOnce: true}
}

type memberWithRoles struct {
	OrganizationRoles []ObjectRef `json:"organizationRoles"`
	Member
}

// Get returns a member with its roles: from the list of members, or from GET
// /organizations/{id}/users/{id}/roles, which refuses whoever is no member. The
// list does not tell a missing organization from one without members.
func (s *Memberships) Get(ctx context.Context, key Key) (*Membership, error) {
	element, err := s.c.read(ctx, s.source(key[0]), key[1], func(ctx context.Context) (json.RawMessage, error) {
		roles, err := s.c.list(ctx, listing{path: s.roles(key)})
		if err != nil {
			return nil, err
		}
		return json.Marshal(map[string][]json.RawMessage{"organizationRoles": roles})
	})
	if err != nil {
		return nil, err
	}
	return s.membership(key[0], key[1], element)
}

// membership is what an element of the list of members says of one.
func (s *Memberships) membership(organization, member string, element json.RawMessage) (*Membership, error) {
	m, err := readAs(s.c, s.path(organization), element, new(memberWithRoles))
	if err != nil {
		return nil, err
	}
	if m.OrganizationRoles == nil {
		return nil, s.c.unreadable(http.MethodGet, s.path(organization), errors.New("a member without organizationRoles"))
	}
	return &Membership{Organization: organization, Member: member, Roles: IDs(m.OrganizationRoles), Of: m.Member}, nil
}

// Create adds a member. It is no error when it is one already. It calls POST
// /organizations/{id}/users (or /applications).
func (s *Memberships) Create(ctx context.Context, key Key, _ struct{}) (*Membership, error) {
	err := s.c.do(ctx, request{method: http.MethodPost, path: s.path(key[0]), body: map[string]any{s.ids: key[1:]}}, nil)
	if refused, ok := errors.AsType[*Error](err); ok && refused.Code == "entity.db_constraint_violated" { // which users never are
		refused.Issues = []Issue{{Path: []any{"applicationId"}, Message: "Only applications of type MachineToMachine can be in organizations."}}
	}
	return &Membership{Organization: key[0], Member: key[1]}, err
}

// Update does nothing: [Memberships.SetRoles] writes all that can change.
func (s *Memberships) Update(_ context.Context, key Key, _, _ struct{}) (*Membership, error) {
	return &Membership{Organization: key[0], Member: key[1]}, nil
}

// Delete removes a member, and its roles with it. It calls DELETE
// /organizations/{id}/users/{userId} (or /applications/{applicationId}).
func (s *Memberships) Delete(ctx context.Context, key Key) error {
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key[0]) + path(key[1])}, nil)
}

// Search returns the members of an organization with their roles: those that match the
// API's filters, all of them without filters. It calls GET /organizations/{id}/users (or
// /applications).
func (s *Memberships) Search(ctx context.Context, parents []string, filters url.Values) ([]Membership, error) {
	l := s.source(parents[0]).listing
	l.query = filters
	elements, err := s.c.list(ctx, l)
	if err != nil {
		return nil, err
	}
	if len(elements) == 0 { // so it is for an organization that does not exist
		if _, err := s.c.Organizations().Get(ctx, Key{parents[0]}); err != nil {
			return nil, err
		}
	}
	members := make([]Membership, 0, len(elements))
	for _, e := range elements {
		m, err := s.membership(parents[0], idOf(e), e)
		if err != nil {
			return nil, err
		}
		members = append(members, *m)
	}
	return members, nil
}

// SetRoles makes roles all that a member has: PUT
// /organizations/{id}/users/{id}/roles. Where that refuses an empty set, it
// removes one role after another.
func (s *Memberships) SetRoles(ctx context.Context, key Key, roles []string) error {
	if len(roles) > 0 || !s.refusesNone {
		return s.c.do(ctx, request{method: http.MethodPut, path: s.roles(key), body: map[string]any{"organizationRoleIds": roles}}, nil)
	}
	has, err := listOf[ObjectRef](ctx, s.c, listing{path: s.roles(key)})
	if err != nil {
		return err
	}
	for _, r := range has {
		if err := s.c.do(ctx, request{method: http.MethodDelete, path: s.roles(key) + path(r.ID)}, nil); err != nil && !IsNotFound(err) {
			return err
		}
	}
	return nil
}
