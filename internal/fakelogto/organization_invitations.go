// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"regexp"
	"slices"
	"strings"
)

const (
	invitationPending  = "Pending"
	invitationAccepted = "Accepted"
	invitationExpired  = "Expired"
	invitationRevoked  = "Revoked"
)

// The column pendingInvitee is not shown. It holds the invitee of a pending
// invitation, for there may be one of those.
var invitations = &collection{
	name: "organization_invitations", singular: "organization_invitation",
	columns: []string{
		"tenantId", "id", "inviterId", "invitee", "acceptedUserId", "organizationId", "status", "createdAt", "updatedAt",
		"expiresAt", "pendingInvitee",
	},
	refs: []ref{
		refTo("inviterId", users), refTo("acceptedUserId", users), refTo("organizationId", organizations),
	},
	unique:    []unique{{columns: []string{"organizationId", "pendingInvitee"}}},
	maxLength: map[string]int{"invitee": 256},
}

var invitationRoles = relation("organization_invitation_role_relations",
	refTo("organizationInvitationId", invitations), refTo("organizationRoleId", organizationRoles))

func invitationCollections() []*collection { return []*collection{invitations, invitationRoles} }

// addressPattern is Zod's idea of an email address, near enough.
var addressPattern = regexp.MustCompile(`^[A-Za-z0-9_'+-]+(\.[A-Za-z0-9_'+-]+)*@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$`)

var (
	messageBody = fields(
		maybe("code", str()), maybe("link", str()), maybe("locale", str()), maybe("uiLocales", str()),
	).open()
	invitationBody = fields(
		maybeNull("inviterId", str().max(21)),
		required("invitee", str().rule(strRule{addressPattern.MatchString, "email", "This is no email address"})),
		required("organizationId", text1(21)),
		required("expiresAt", num()),
		maybe("organizationRoleIds", array(str())),
		field{"messagePayload", withDefault(union(messageBody, literal(false)), false)},
	)
)

func invitationRoutes(r *routes) {
	const path = "/organization-invitations"
	r.get(path, listInvitations)
	r.post(path, 201, createInvitation)
	r.get(path+"/{id}", func(c *call) (any, error) {
		row, err := found(c.db, invitations, c.param("id"))
		if err != nil {
			return nil, err
		}
		return invitationView(c.db, row), nil
	})
	r.delete(path+"/{id}", func(c *call) (any, error) { return nil, c.db.remove(invitations, c.param("id")) })
	r.post(path+"/{id}/message", 204, func(c *call) (any, error) {
		in, err := c.input(messageBody)
		if err != nil {
			return nil, err
		}
		row, err := found(c.db, invitations, c.param("id"))
		if err != nil {
			return nil, err
		}
		return invitationMessage(c.db, row, in)
	})
	r.put(path+"/{id}/status", 200, setInvitationStatus)
}

// invitationMessage is the sending of the email with an invitation, whatever has
// become of it.
func invitationMessage(db *store, row, payload object) (later, error) {
	organization, _ := db.find(organizations, row.str("organizationId"))
	about := object{{"organization", organization.pick("id", "name", "branding")}}
	if inviter, ok := db.find(users, row.str("inviterId")); ok {
		about = about.with("inviter", inviter.pick("id", "avatar", "name", "primaryEmail", "primaryPhone", "username", "profile"))
	}
	return message(db, emailType, "OrganizationInvitation", row.str("invitee"), about.merge(payload))
}

// invitationView shows a pending invitation as expired once its time is over.
func invitationView(db *store, row object) object {
	if row.str("status") == invitationPending && row.num("expiresAt") < db.millis() {
		row = row.with("status", invitationExpired)
	}
	granted := linked(db, invitationRoles, "organizationInvitationId", row.str("id"), "organizationRoleId", organizationRoles)
	slices.SortFunc(granted, byText("name"))
	return row.without("pendingInvitee").with("organizationRoles", pickEach(granted, "id", "name"))
}

func listInvitations(c *call) (any, error) {
	query, err := c.queryInput(fields(maybe("organizationId", str()), maybe("inviterId", str()), maybe("invitee", str())))
	if err != nil {
		return nil, err
	}
	invitee := strings.ToLower(query.str("invitee"))
	rows := filtered(c.db.newest(invitations), func(row object) bool {
		for _, column := range []string{"organizationId", "inviterId"} {
			if id := query.str(column); id != "" && row.str(column) != id {
				return false
			}
		}
		return invitee == "" || strings.ToLower(row.str("invitee")) == invitee
	})
	return mapped(rows, func(row object) object { return invitationView(c.db, row) }), nil
}

func createInvitation(c *call) (any, error) {
	in, err := c.input(invitationBody)
	if err != nil {
		return nil, err
	}
	if in.num("expiresAt") <= c.db.millis() {
		return nil, invalidRequest(400, "expiresAt is not in the future")
	}
	organizationID, invitee := in.str("organizationId"), in.str("invitee")
	if user, ok := c.db.findUnique(users, []string{"primaryEmail"}, invitee); ok && user.str("primaryEmail") == invitee &&
		c.db.exists(organizationUsers, organizationID, user.str("id")) {
		return nil, invalidRequest(422, "the invitee is a member already")
	}
	var row object
	var send later
	err = c.db.atomically(func() error {
		if err := expireInvitations(c.db, organizationID, invitee); err != nil {
			return err
		}
		row, err = c.db.insert(invitations, in.without("organizationRoleIds", "messagePayload").merge(object{
			{"status", invitationPending}, {"pendingInvitee", invitee},
		}))
		if err != nil {
			return err
		}
		fixed := object{{"organizationInvitationId", row.get("id")}}
		if err := c.db.link(invitationRoles, fixed, "organizationRoleId", in.strs("organizationRoleIds")); err != nil {
			return err
		}
		if payload, ok := in.get("messagePayload").(object); ok {
			send, err = invitationMessage(c.db, row, payload)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	view := invitationView(c.db, row)
	if send == nil {
		return view, nil
	}
	return later(func() (any, error) {
		if _, err := send(); err != nil {
			_, _ = c.locked(func() (any, error) { return nil, c.db.remove(invitations, row.str("id")) }) // it may be gone by now
			return nil, err
		}
		return view, nil
	}), nil
}

// expireInvitations ends pending invitations whose time is over, so that the
// invitee can be invited again.
func expireInvitations(db *store, organizationID, invitee string) error {
	for _, row := range db.where(invitations, "organizationId", organizationID) {
		if row.str("status") != invitationPending || row.num("expiresAt") >= db.millis() ||
			!strings.EqualFold(row.str("invitee"), invitee) {
			continue
		}
		changes := object{{"status", invitationExpired}, {"pendingInvitee", nil}}
		if _, err := db.update(invitations, changes, row.str("id")); err != nil {
			return err
		}
	}
	return nil
}

func setInvitationStatus(c *call) (any, error) {
	in, err := c.input(fields(
		maybeNull("acceptedUserId", str().max(21)),
		required("status", enum(invitationAccepted, invitationRevoked)),
	))
	if err != nil {
		return nil, err
	}
	userID, accepted := in.str("acceptedUserId"), in.str("status") == invitationAccepted
	if accepted && userID == "" {
		return nil, invalidRequest(422, "acceptedUserId is missing")
	}
	row, err := found(c.db, invitations, c.param("id"))
	if err != nil {
		return nil, err
	}
	if invitationView(c.db, row).str("status") != invitationPending {
		return nil, invalidRequest(422, "the invitation has ended")
	}
	changes := object{{"status", in.get("status")}, {"updatedAt", c.db.millis()}, {"pendingInvitee", nil}}
	err = c.db.atomically(func() error {
		if accepted {
			changes = changes.with("acceptedUserId", userID)
			if err := joinInvited(c.db, row, userID); err != nil {
				return err
			}
		}
		row, err = c.db.update(invitations, changes, row.str("id"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return invitationView(c.db, row), nil
}

// joinInvited makes the user a member with the roles of the invitation.
func joinInvited(db *store, invitation object, userID string) error {
	user, err := found(db, users, userID)
	if err != nil {
		return err
	}
	if !strings.EqualFold(user.str("primaryEmail"), invitation.str("invitee")) {
		return invalidRequest(422, "the email address of the user is not the invitee's")
	}
	fixed := object{{"organizationId", invitation.get("organizationId")}}
	if err := db.link(organizationUsers, fixed, "userId", []string{userID}); err != nil {
		return err
	}
	granted := db.where(invitationRoles, "organizationInvitationId", invitation.str("id"))
	return db.link(organizationRoleUsers, fixed.with("userId", userID), "organizationRoleId", column(granted, "organizationRoleId"))
}
