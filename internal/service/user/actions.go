// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var mfaFactors = validators.Enum{"Totp", "WebAuthn", "BackupCode"}

func resetMFAAction() action.Action {
	return framework.Action[resetMFA]("reset_user_mfa", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Deletes the factors of multi-factor authentication (MFA) of a user who lost them, so that the user can sign in without them and set up new ones. The action succeeds if the user has none.",
			Attributes: map[string]schema.Attribute{
				"user_id": schemas.ActionIDAttribute("ID of the user."),
				"factors": schema.SetAttribute{
					MarkdownDescription: "Types of the factors to delete, such as " + mfaFactors.String() + ". If it is not set, the action deletes all factors.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.Set{setvalidator.SizeAtLeast(1)},
				},
			},
		}
	})
}

type resetMFA struct {
	UserID  types.String `tfsdk:"user_id"`
	Factors types.Set    `tfsdk:"factors"`
}

// Invoke deletes the factors one by one.
func (m *resetMFA) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	user, wanted := m.UserID.ValueString(), flex.Elements(m.Factors)
	kinds, err := c.MFAFactors(ctx, user)
	if err != nil {
		return err
	}
	maps.DeleteFunc(kinds, func(_, kind string) bool { return !m.Factors.IsNull() && !slices.Contains(wanted, kind) })
	deleted, err := each(slices.Sorted(maps.Keys(kinds)), func(id string) error { return c.DeleteMFAFactor(ctx, user, id) })
	if err == nil {
		say(fmt.Sprintf("Deleted %d factor(s) of the user %s.", deleted, user))
	}
	return err
}

func expirePasswordAction() action.Action {
	return framework.Action[expirePassword]("expire_user_password", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Marks the password of a user as expired, so that the user must change it at the next sign-in, or removes the mark. " +
				"Logto marks passwords as expired only when `password_expiration` of `logto_sign_in_experience` is enabled." + schemas.SinceOperation("PATCH /api/users/{userId}/password/expiration"),
			Attributes: map[string]schema.Attribute{
				"user_id": schemas.ActionIDAttribute("ID of the user."),
				"is_expired": schema.BoolAttribute{
					MarkdownDescription: "Whether the password is expired. Defaults to `true`.",
					Optional:            true,
				},
			},
		}
	})
}

type expirePassword struct {
	UserID    types.String `tfsdk:"user_id"`
	IsExpired types.Bool   `tfsdk:"is_expired"`
}

// Invoke sets or removes the mark.
func (m *expirePassword) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	expired := m.IsExpired.IsNull() || m.IsExpired.ValueBool()
	if err := c.SetPasswordExpired(ctx, m.UserID.ValueString(), expired); err != nil {
		return err
	}
	state := "expired"
	if !expired {
		state = "not expired"
	}
	say(fmt.Sprintf("The password of the user %s is %s.", m.UserID.ValueString(), state))
	return nil
}

func revokeOneTimeTokenAction() action.Action {
	return framework.Action[revokeOneTimeToken]("revoke_one_time_token", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "Revokes a one-time token, so that its magic link no longer works. The action succeeds if the token does not exist.",
			Attributes: map[string]schema.Attribute{
				"token_id": schemas.ActionIDAttribute("ID of the one-time token."),
			},
		}
	})
}

type revokeOneTimeToken struct {
	TokenID types.String `tfsdk:"token_id"`
}

// Invoke revokes the token.
func (m *revokeOneTimeToken) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	err := c.RevokeOneTimeToken(ctx, m.TokenID.ValueString())
	if logto.IsNotFound(err) {
		say("It no longer existed.")
		return nil
	}
	return err
}
