// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var algorithms = validators.Enum{"EC", "RSA"}

func rotateOIDCKeysSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Rotates the keys that sign the tokens or the cookies of the tenant. Logto keeps two keys of each type: it deletes the oldest one, and tokens or cookies that it signed are no longer valid.",
		Attributes: map[string]schema.Attribute{
			"key_type": schemas.ActionEnumAttribute("Type of the key", keyTypes),
			"algorithm": schema.StringAttribute{
				MarkdownDescription: "Algorithm of the new private key: " + algorithms.String() + ". Defaults to `EC`. It does not apply to cookie keys.",
				Optional:            true,
				Validators:          []validator.String{algorithms.OneOf()},
			},
			"grace_period": schema.Int64Attribute{
				MarkdownDescription: "Time for which Logto publishes the new private key before it signs with it, in seconds. Defaults to the setting of the server, usually `0`. It does not apply to cookie keys." + schemas.SinceSetting("/api/configs/oidc/{keyType}/rotate", "rotationGracePeriod"),
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64AtLeast(0)},
			},
		},
	}
}

type rotateOIDCKeys struct {
	KeyType     types.String `tfsdk:"key_type"`
	Algorithm   types.String `tfsdk:"algorithm"`
	GracePeriod types.Int64  `tfsdk:"grace_period"`
}

var _ framework.ModelWithValidate = (*rotateOIDCKeys)(nil)

func (m *rotateOIDCKeys) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.KeyType.ValueString() == "cookie-keys" && (flex.IsGiven(m.Algorithm) || flex.IsGiven(m.GracePeriod)) {
		framework.Refuse(diags, "key_type", "Cookie keys have neither algorithm nor grace_period", "Leave algorithm and grace_period out for cookie keys.")
	}
}

func (m *rotateOIDCKeys) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	var grace *time.Duration
	if seconds := flex.Int64Pointer(m.GracePeriod); seconds != nil {
		grace = new(time.Duration(*seconds) * time.Second)
	}
	keys, err := c.RotateOIDCKeys(ctx, m.KeyType.ValueString(), m.Algorithm.ValueString(), grace)
	if err == nil && len(keys) > 0 {
		say(fmt.Sprintf("The new key of the %s is %s.", m.KeyType.ValueString(), keys[0].ID))
	}
	return err
}

var sentinelTargets = validators.Enum{"User", "App"}

func clearSentinelActivitiesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Deletes the records of failed sign-ins, which unlocks users and applications after an identifier lockout.",
		Attributes: map[string]schema.Attribute{
			"target_type": schemas.ActionEnumAttribute("Type of the targets", sentinelTargets),
			"targets": schema.SetAttribute{
				MarkdownDescription: "Locked identifiers, such as email addresses and usernames.",
				ElementType:         types.StringType,
				Required:            true,
				Validators:          []validator.Set{setvalidator.SizeAtLeast(1)},
			},
		},
	}
}

type clearSentinelActivities struct {
	TargetType types.String `tfsdk:"target_type"`
	Targets    types.Set    `tfsdk:"targets"`
}

func (m *clearSentinelActivities) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	targets, diags := flex.StringSlice(ctx, m.Targets)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	err := c.ClearSentinelActivities(ctx, m.TargetType.ValueString(), targets)
	if err == nil {
		say(fmt.Sprintf("Deleted the failed sign-ins of %d targets.", len(targets)))
	}
	return err
}

func deleteVaultSecretSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Deletes a set of tokens of an identity provider that Logto stores for a user in the secret vault. The action succeeds if the set does not exist.",
		Attributes: map[string]schema.Attribute{
			"secret_id": schemas.ActionIDAttribute("ID of the set of tokens in the secret vault."),
		},
	}
}

type deleteVaultSecret struct {
	SecretID types.String `tfsdk:"secret_id"`
}

func (m *deleteVaultSecret) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	err := c.DeleteVaultSecret(ctx, m.SecretID.ValueString())
	if logto.IsNotFound(err) {
		say("It no longer existed.")
		return nil
	}
	return err
}
