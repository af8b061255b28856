// SPDX-License-Identifier: MPL-2.0

package api

import (
	"regexp"
	"slices"
	"strings"

	"github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"
)

const (
	invitationPending  = "Pending"
	invitationAccepted = "Accepted"
	invitationExpired  = "Expired"
	invitationRevoked  = "Revoked"
)

// The column pendingInvitee is not shown. It holds the invitee of a pending
// invitation, for there may be one of those.
var invitations = &engine.Collection{
	Name: "organization_invitations", Singular: "organization_invitation",
	Columns: []string{
		"tenantId", "id", "inviterId", "invitee", "acceptedUserId", "organizationId", "status", "createdAt", "updatedAt",
		"expiresAt", "pendingInvitee",
	},
	Refs: []engine.Ref{
		engine.RefTo("inviterId", users), engine.RefTo("acceptedUserId", users), engine.RefTo("organizationId", organizations),
	},
	Unique:    []engine.Unique{{Columns: []string{"organizationId", "pendingInvitee"}}},
	MaxLength: map[string]int{"invitee": 256},
}

var invitationRoles = engine.Relation("organization_invitation_role_relations",
	engine.RefTo("organizationInvitationId", invitations), engine.RefTo("organizationRoleId", organizationRoles))

func invitationCollections() []*engine.Collection {
	return []*engine.Collection{invitations, invitationRoles}
}

// addressPattern is Zod's idea of an email address, near enough.
var addressPattern = regexp.MustCompile(`^[A-Za-z0-9_'+-]+(\.[A-Za-z0-9_'+-]+)*@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$`)

var (
	messageBody = engine.Fields(
		engine.Maybe("code", engine.String()), engine.Maybe("link", engine.String()), engine.Maybe("locale", engine.String()), engine.Maybe("uiLocales", engine.String()),
	).Open()
	invitationBody = engine.Fields(
		engine.MaybeNull("inviterId", engine.String().Max(21)),
		engine.Required("invitee", engine.String().Rule(addressPattern.MatchString, "email", "This is no email address")),
		engine.Required("organizationId", engine.Text(21)),
		engine.Required("expiresAt", engine.Number()),
		engine.Maybe("organizationRoleIds", engine.Array(engine.String())),
		engine.Property("messagePayload", engine.WithDefault(engine.Union(messageBody, engine.Literal(false)), false)),
	)
)

func invitationRoutes(r *engine.Routes) {
	const path = "/organization-invitations"
	r.Get(path, listInvitations)
	r.Post(path, 201, createInvitation)
	r.Get(path+"/{id}", func(c *engine.Context) (any, error) {
		row, err := found(c.DB, invitations, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return invitationView(c.DB, row), nil
	})
	r.Delete(path+"/{id}", func(c *engine.Context) (any, error) { return nil, c.DB.Remove(invitations, c.Param("id")) })
	r.Post(path+"/{id}/message", 204, func(c *engine.Context) (any, error) {
		in, err := c.Input(messageBody)
		if err != nil {
			return nil, err
		}
		row, err := found(c.DB, invitations, c.Param("id"))
		if err != nil {
			return nil, err
		}
		return invitationMessage(c.DB, row, in)
	})
	r.Put(path+"/{id}/status", 200, setInvitationStatus)
}

// invitationMessage is the sending of the email with an invitation, whatever has
// become of it.
func invitationMessage(db *engine.Store, row, payload engine.Object) (engine.Later, error) {
	organization, _ := db.Find(organizations, row.Str("organizationId"))
	about := engine.Object{{"organization", organization.Pick("id", "name", "branding")}}
	if inviter, ok := db.Find(users, row.Str("inviterId")); ok {
		about = about.With("inviter", inviter.Pick("id", "avatar", "name", "primaryEmail", "primaryPhone", "username", "profile"))
	}
	return message(db, emailType, "OrganizationInvitation", row.Str("invitee"), about.Merge(payload))
}

// invitationView shows a pending invitation as expired once its time is over.
func invitationView(db *engine.Store, row engine.Object) engine.Object {
	if row.Str("status") == invitationPending && row.Num("expiresAt") < db.Millis() {
		row = row.With("status", invitationExpired)
	}
	granted := engine.Linked(db, invitationRoles, "organizationInvitationId", row.Str("id"), "organizationRoleId", organizationRoles)
	slices.SortFunc(granted, engine.ByText("name"))
	return row.Without("pendingInvitee").With("organizationRoles", engine.PickEach(granted, "id", "name"))
}

func listInvitations(c *engine.Context) (any, error) {
	query, err := c.QueryInput(engine.Fields(engine.Maybe("organizationId", engine.String()), engine.Maybe("inviterId", engine.String()), engine.Maybe("invitee", engine.String())))
	if err != nil {
		return nil, err
	}
	invitee := strings.ToLower(query.Str("invitee"))
	rows := engine.Filter(c.DB.Newest(invitations), func(row engine.Object) bool {
		for _, column := range []string{"organizationId", "inviterId"} {
			if id := query.Str(column); id != "" && row.Str(column) != id {
				return false
			}
		}
		return invitee == "" || strings.ToLower(row.Str("invitee")) == invitee
	})
	return engine.Map(rows, func(row engine.Object) engine.Object { return invitationView(c.DB, row) }), nil
}

func createInvitation(c *engine.Context) (any, error) {
	in, err := c.Input(invitationBody)
	if err != nil {
		return nil, err
	}
	if in.Num("expiresAt") <= c.DB.Millis() {
		return nil, engine.InvalidRequest(400, "expiresAt is not in the future")
	}
	organizationID, invitee := in.Str("organizationId"), in.Str("invitee")
	if user, ok := c.DB.FindUnique(users, []string{"primaryEmail"}, invitee); ok && user.Str("primaryEmail") == invitee &&
		c.DB.Exists(organizationUsers, organizationID, user.Str("id")) {
		return nil, engine.InvalidRequest(422, "the invitee is a member already")
	}
	var row engine.Object
	var send engine.Later
	err = c.DB.Atomically(func() error {
		if err := expireInvitations(c.DB, organizationID, invitee); err != nil {
			return err
		}
		row, err = c.DB.Insert(invitations, in.Without("organizationRoleIds", "messagePayload").Merge(engine.Object{
			{"status", invitationPending}, {"pendingInvitee", invitee},
		}))
		if err != nil {
			return err
		}
		fixed := engine.Object{{"organizationInvitationId", row.Get("id")}}
		if err := c.DB.Link(invitationRoles, fixed, "organizationRoleId", in.Strs("organizationRoleIds")); err != nil {
			return err
		}
		if payload, ok := in.Get("messagePayload").(engine.Object); ok {
			send, err = invitationMessage(c.DB, row, payload)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	view := invitationView(c.DB, row)
	if send == nil {
		return view, nil
	}
	return engine.Later(func() (any, error) {
		if _, err := send(); err != nil {
			_, _ = c.Locked(func() (any, error) { return nil, c.DB.Remove(invitations, row.Str("id")) }) // it may be gone by now
			return nil, err
		}
		return view, nil
	}), nil
}

// expireInvitations ends pending invitations whose time is over, so that the
// invitee can be invited again.
func expireInvitations(db *engine.Store, organizationID, invitee string) error {
	for _, row := range db.Where(invitations, "organizationId", organizationID) {
		if row.Str("status") != invitationPending || row.Num("expiresAt") >= db.Millis() ||
			!strings.EqualFold(row.Str("invitee"), invitee) {
			continue
		}
		changes := engine.Object{{"status", invitationExpired}, {"pendingInvitee", nil}}
		if _, err := db.Update(invitations, changes, row.Str("id")); err != nil {
			return err
		}
	}
	return nil
}

func setInvitationStatus(c *engine.Context) (any, error) {
	in, err := c.Input(engine.Fields(
		engine.MaybeNull("acceptedUserId", engine.String().Max(21)),
		engine.Required("status", engine.Enum(invitationAccepted, invitationRevoked)),
	))
	if err != nil {
		return nil, err
	}
	userID, accepted := in.Str("acceptedUserId"), in.Str("status") == invitationAccepted
	if accepted && userID == "" {
		return nil, engine.InvalidRequest(422, "acceptedUserId is missing")
	}
	row, err := found(c.DB, invitations, c.Param("id"))
	if err != nil {
		return nil, err
	}
	if invitationView(c.DB, row).Str("status") != invitationPending {
		return nil, engine.InvalidRequest(422, "the invitation has ended")
	}
	changes := engine.Object{{"status", in.Get("status")}, {"updatedAt", c.DB.Millis()}, {"pendingInvitee", nil}}
	err = c.DB.Atomically(func() error {
		if accepted {
			changes = changes.With("acceptedUserId", userID)
			if err := joinInvited(c.DB, row, userID); err != nil {
				return err
			}
		}
		row, err = c.DB.Update(invitations, changes, row.Str("id"))
		return err
	})
	if err != nil {
		return nil, err
	}
	return invitationView(c.DB, row), nil
}

// joinInvited makes the user a member with the roles of the invitation.
func joinInvited(db *engine.Store, invitation engine.Object, userID string) error {
	user, err := found(db, users, userID)
	if err != nil {
		return err
	}
	if !strings.EqualFold(user.Str("primaryEmail"), invitation.Str("invitee")) {
		return engine.InvalidRequest(422, "the email address of the user is not the invitee's")
	}
	fixed := engine.Object{{"organizationId", invitation.Get("organizationId")}}
	if err := db.Link(organizationUsers, fixed, "userId", []string{userID}); err != nil {
		return err
	}
	granted := db.Where(invitationRoles, "organizationInvitationId", invitation.Str("id"))
	return db.Link(organizationRoleUsers, fixed.With("userId", userID), "organizationRoleId", engine.Column(granted, "organizationRoleId"))
}
