// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var algorithms = kit.Words{"EC", "RSA"}

var rotateOIDCKeysSchema = schema.Schema{
	MarkdownDescription: "Makes a new key with which the tenant signs its tokens or its cookies. Logto keeps two: the oldest goes, and what was signed with it is valid no more.",
	Attributes: map[string]schema.Attribute{
		"key_type": schema.StringAttribute{
			MarkdownDescription: "Which keys: " + keyTypes.String() + ".",
			Required:            true,
			Validators:          []validator.String{keyTypes.Validator()},
		},
		"algorithm": schema.StringAttribute{
			MarkdownDescription: "Algorithm of the new private key: " + algorithms.String() + ". Default `EC`. Not for cookie keys.",
			Optional:            true,
			Validators:          []validator.String{algorithms.Validator()},
		},
		"grace_period": schema.Int64Attribute{
			MarkdownDescription: "How long the new private key is only published before it comes into use, in seconds. Default is the server's, usually 0. Not for cookie keys.",
			Optional:            true,
			Validators:          []validator.Int64{kit.Int64AtLeast(0)},
		},
	},
}

type rotateOIDCKeys struct {
	KeyType     types.String `tfsdk:"key_type"`
	Algorithm   types.String `tfsdk:"algorithm"`
	GracePeriod types.Int64  `tfsdk:"grace_period"`
}

func (m *rotateOIDCKeys) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.KeyType.ValueString() == "cookie-keys" && (kit.IsGiven(m.Algorithm) || kit.IsGiven(m.GracePeriod)) {
		diags.AddAttributeError(kit.Root("key_type"), "Cookie keys have no choice", "Leave algorithm and grace_period out for cookie keys.")
	}
}

func (m *rotateOIDCKeys) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	var grace *time.Duration
	if seconds := kit.Number(m.GracePeriod); seconds != nil {
		grace = new(time.Duration(*seconds) * time.Second)
	}
	keys, err := c.RotateOIDCKeys(ctx, m.KeyType.ValueString(), m.Algorithm.ValueString(), grace)
	if err == nil && len(keys) > 0 {
		say(fmt.Sprintf("The new key of the %s is %s.", m.KeyType.ValueString(), keys[0].ID))
	}
	return err
}

var sentinelTargets = kit.Words{"User", "App"}

var clearSentinelActivitiesSchema = schema.Schema{
	MarkdownDescription: "Forgets failed sign-ins, which unlocks who was locked out because of them.",
	Attributes: map[string]schema.Attribute{
		"target_type": schema.StringAttribute{
			MarkdownDescription: "What the targets are: " + sentinelTargets.String() + ".",
			Required:            true,
			Validators:          []validator.String{sentinelTargets.Validator()},
		},
		"targets": schema.SetAttribute{
			MarkdownDescription: "The identifiers that were locked out, such as email addresses or user names.",
			ElementType:         types.StringType,
			Required:            true,
			Validators:          []validator.Set{setvalidator.SizeAtLeast(1)},
		},
	},
}

type clearSentinelActivities struct {
	TargetType types.String `tfsdk:"target_type"`
	Targets    types.Set    `tfsdk:"targets"`
}

func (m *clearSentinelActivities) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	targets, diags := kit.Strings(ctx, m.Targets)
	if diags.HasError() {
		return kit.AsError(diags)
	}
	err := c.ClearSentinelActivities(ctx, m.TargetType.ValueString(), targets)
	if err == nil {
		say(fmt.Sprintf("Forgot the failed sign-ins of %d targets.", len(targets)))
	}
	return err
}

var deleteVaultSecretSchema = schema.Schema{
	MarkdownDescription: "Deletes a set of tokens of another provider that Logto keeps for a user. That it is gone already is no error.",
	Attributes: map[string]schema.Attribute{
		"secret_id": schema.StringAttribute{
			MarkdownDescription: "ID of the set of tokens.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
	},
}

type deleteVaultSecret struct {
	SecretID types.String `tfsdk:"secret_id"`
}

func (m *deleteVaultSecret) Invoke(ctx context.Context, c *logto.Client, say func(string)) error {
	err := c.DeleteVaultSecret(ctx, m.SecretID.ValueString())
	if logto.IsNotFound(err) {
		say("It was gone already.")
		return nil
	}
	return err
}
