// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var revokeTargets = validators.Enum(logto.RevokeTargets)

func revokeSessionsAction() action.Action {
	return framework.Action[revokeSessions]("revoke_user_sessions", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Revokes all sessions of a user, or one of them, so that the user must sign in again. The action succeeds if a session has already ended." + schemas.SinceOperation("GET /api/users/{userId}/sessions"),
			Attributes: map[string]schema.Attribute{
				"user_id": schemas.ActionIDAttribute("ID of the user."),
				"session_id": schema.StringAttribute{
					MarkdownDescription: "ID of a single session: `payload.uid` in the response of `GET /api/users/{userId}/sessions`. If it is not set, the action revokes all sessions of the user.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"revoke_grants_target": schema.StringAttribute{
					MarkdownDescription: "Grants to revoke in addition, with their access tokens and refresh tokens: " + revokeTargets.String() + ", which means those of applications that are not third-party applications. " +
						"With `session_id`, the action revokes the grants of that session; otherwise all grants of the user, including those of ended sessions. If it is not set, the action revokes no grants, and applications keep their refresh tokens for offline access.",
					Optional:   true,
					Validators: []validator.String{revokeTargets.OneOf()},
				},
			},
		}
	})
}

type revokeSessions struct {
	UserID             types.String `tfsdk:"user_id"`
	SessionID          types.String `tfsdk:"session_id"`
	RevokeGrantsTarget types.String `tfsdk:"revoke_grants_target"`
}

// Invoke ends the sessions, and the grants after them.
func (m *revokeSessions) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	// Logto has no sessions of a user who does not exist, and that is no error to it.
	user, err := c.Users().Get(ctx, logto.Key{m.UserID.ValueString()})
	if err != nil {
		return err
	}
	target := m.RevokeGrantsTarget.ValueString()
	sessions, grants := []string{m.SessionID.ValueString()}, []string(nil)
	if m.SessionID.IsNull() {
		if sessions, err = c.UserSessions(ctx, user.ID); err != nil {
			return err
		}
	}
	ended, err := each(sessions, func(id string) error { return c.RevokeUserSession(ctx, user.ID, id, target) })
	if err != nil {
		return err
	}
	say(fmt.Sprintf("Revoked %d session(s) of the user %s.", ended, user.ID))
	if target == "" || !m.SessionID.IsNull() {
		return nil
	}
	if grants, err = c.UserGrants(ctx, user.ID, target); err != nil {
		return err
	}
	if ended, err = each(grants, func(id string) error { return c.RevokeUserGrant(ctx, user.ID, id) }); ended > 0 {
		say(fmt.Sprintf("Revoked %d grant(s) of other sessions.", ended))
	}
	return err
}

// each calls do for each ID, and counts those that were found.
func each(ids []string, do func(id string) error) (done int, err error) {
	for _, id := range ids {
		switch err := do(id); {
		case err == nil:
			done++
		case !logto.IsNotFound(err):
			return done, err
		}
	}
	return done, nil
}
