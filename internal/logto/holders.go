// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// What stands here can only be listed: who has a role, and where a user is a member.

// RoleUser is a user who has a role.
type RoleUser struct {
	RoleID      string `json:"-"`
	ID          string `json:"id"`
	IsSuspended bool   `json:"isSuspended"`
	Member
}

// RoleUsers are the users who have a role: /roles/{id}/users.
func (c *Client) RoleUsers() *Collection[RoleUser, struct{}] {
	at := func(parents []string) string { return path("roles", parents[0], "users") }
	return &Collection[RoleUser, struct{}]{
		c:      c,
		path:   at,
		list:   func(parents []string) listing { return listing{path: at(parents), paged: true} },
		parent: func(u *RoleUser, parents []string) { u.RoleID = parents[0] },
		has:    []string{"isSuspended"},
	}
}

// RoleApplication is a machine-to-machine application that has a role.
type RoleApplication struct {
	RoleID string `json:"-"`
	ID     string `json:"id"`
	Name   string `json:"name"`
}

// RoleApplications are the applications that have a role: /roles/{id}/applications.
func (c *Client) RoleApplications() *Collection[RoleApplication, struct{}] {
	at := func(parents []string) string { return path("roles", parents[0], "applications") }
	return &Collection[RoleApplication, struct{}]{
		c:      c,
		path:   at,
		list:   func(parents []string) listing { return listing{path: at(parents), paged: true} },
		parent: func(a *RoleApplication, parents []string) { a.RoleID = parents[0] },
	}
}

// UserOrganization is an organization of which a user is a member.
type UserOrganization struct {
	UserID            string      `json:"-"`
	OrganizationRoles []ObjectRef `json:"organizationRoles"` // of the user
	Organization
}

// UserOrganizations are the organizations of users: /users/{id}/organizations.
func (c *Client) UserOrganizations() *Collection[UserOrganization, struct{}] {
	at := func(parents []string) string { return path("users", parents[0], "organizations") }
	return &Collection[UserOrganization, struct{}]{
		c:      c,
		path:   at,
		list:   func(parents []string) listing { return listing{path: at(parents)} },
		parent: func(o *UserOrganization, parents []string) { o.UserID = parents[0] },
		has:    []string{"name", "organizationRoles"},
	}
}

// UsernameConflict is a username that several users have in different letter case.
type UsernameConflict struct {
	Username string   `json:"usernameLower"`
	UserIDs  []string `json:"userIds"`
}

// MostUsernameConflicts is how many conflicts one call answers at the most.
const MostUsernameConflicts = 100

// UsernameConflicts returns the usernames that differ in letter case only, most at the
// most, and how many there are in all:
// GET /sign-in-exp/username-policy/case-sensitivity-conflicts.
func (c *Client) UsernameConflicts(ctx context.Context, most int) (total int64, conflicts []UsernameConflict, err error) {
	var answer struct {
		Total   int64              `json:"totalConflicts"`
		Samples []UsernameConflict `json:"samples"`
	}
	err = c.do(ctx, request{method: http.MethodGet, path: path("sign-in-exp", "username-policy", "case-sensitivity-conflicts"),
		query: url.Values{"limit": {strconv.Itoa(most)}}, has: []string{"totalConflicts", "samples"}}, &answer)
	return answer.Total, answer.Samples, err
}
