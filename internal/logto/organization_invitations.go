// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
)

// OrganizationInvitation asks somebody by e-mail to join an organization.
type OrganizationInvitation struct {
	ID                string      `json:"id"`
	Invitee           string      `json:"invitee"`
	OrganizationID    string      `json:"organizationId"`
	InviterID         *string     `json:"inviterId"`
	AcceptedUserID    *string     `json:"acceptedUserId"`
	Status            string      `json:"status"`    // Pending, Accepted, Expired or Revoked
	CreatedAt         int64       `json:"createdAt"` // milliseconds since 1970
	ExpiresAt         int64       `json:"expiresAt"` // milliseconds since 1970
	OrganizationRoles []ObjectRef `json:"organizationRoles"`
}

// OrganizationInvitationInput is what an [OrganizationInvitation] is made of.
type OrganizationInvitationInput struct {
	Invitee             string          `json:"invitee"`
	OrganizationID      string          `json:"organizationId"`
	InviterID           *string         `json:"inviterId,omitempty"`
	ExpiresAt           int64           `json:"expiresAt"` // milliseconds since 1970
	OrganizationRoleIDs []string        `json:"organizationRoleIds,omitempty"`
	MessagePayload      json.RawMessage `json:"messagePayload,omitempty"` // an object: the e-mail is sent; never answered
}

// OrganizationInvitations are the tenant's invitations: /organization-invitations.
func (c *Client) OrganizationInvitations() *OrganizationInvitations {
	all := listing{path: path("organization-invitations")}
	src := &source{listing: all, index: byID}
	return &OrganizationInvitations{Collection[OrganizationInvitation, OrganizationInvitationInput]{
		c:      c,
		path:   func([]string) string { return all.path },
		list:   func([]string) listing { return all },
		source: func(k Key) (*source, string) { return src, k.ID() },
		search: func(in OrganizationInvitationInput) url.Values {
			return url.Values{"organizationId": {in.OrganizationID}, "invitee": {in.Invitee}}
		},
		same: func(in OrganizationInvitationInput, i *OrganizationInvitation) bool {
			has, wants := IDs(i.OrganizationRoles), slices.Clone(in.OrganizationRoleIDs)
			slices.Sort(has)
			slices.Sort(wants)
			return i.Invitee == in.Invitee && i.OrganizationID == in.OrganizationID && i.ExpiresAt == in.ExpiresAt && slices.Equal(has, wants)
		},
		has:   []string{"invitee", "organizationId", "status"},
		keeps: []string{"invitee", "organizationId"},
	}}
}

// OrganizationInvitations is a collection whose objects do not change.
type OrganizationInvitations struct {
	Collection[OrganizationInvitation, OrganizationInvitationInput]
}

// Create makes an invitation, and sends it when in has a message. When it cannot be sent,
// the API takes the invitation back. It calls POST /organization-invitations.
func (s *OrganizationInvitations) Create(ctx context.Context, key Key, in OrganizationInvitationInput) (*OrganizationInvitation, error) {
	made, err := s.Collection.Create(ctx, key, in)
	return made, withCause(err)
}

// Update does nothing: the API has no PATCH.
func (s *OrganizationInvitations) Update(ctx context.Context, key Key, _, _ OrganizationInvitationInput) (*OrganizationInvitation, error) {
	return s.Get(ctx, key)
}

// SendOrganizationInvitation sends the e-mail with an invitation, whatever has
// become of it: POST /organization-invitations/{id}/message. payload is an object
// of what its template may say; nil says nothing. It is not sent again when the
// answer is lost.
func (c *Client) SendOrganizationInvitation(ctx context.Context, id string, payload json.RawMessage) error {
	if payload == nil {
		payload = json.RawMessage("{}")
	}
	err := withCause(c.do(ctx, request{method: http.MethodPost, path: path("organization-invitations", id, "message"), body: payload, once: true}, nil))
	if refused, ok := errors.AsType[*Error](err); ok {
		return under("messagePayload", refused)
	}
	return err
}
