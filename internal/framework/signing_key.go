// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// SigningKey is what the models of signing keys with a certificate have in common, which
// embed it. At most one key of an owner is active.
type SigningKey struct {
	ID                types.String        `tfsdk:"id"`
	Active            types.Bool          `tfsdk:"active"`
	Certificate       types.String        `tfsdk:"certificate"`
	FingerprintSHA256 types.String        `tfsdk:"fingerprint_sha256"`
	CreatedAt         customtypes.RFC3339 `tfsdk:"created_at"`
	ExpiresAt         customtypes.RFC3339 `tfsdk:"expires_at"`
}

// Take takes over what Logto answered.
func (k *SigningKey) Take(answered *logto.SigningKey) {
	k.ID = types.StringValue(answered.ID)
	k.Active = types.BoolValue(answered.Active)
	k.Certificate = types.StringValue(answered.Certificate)
	k.FingerprintSHA256 = types.StringValue(answered.Fingerprints.SHA256.Formatted)
	k.CreatedAt = customtypes.TimeValue(customtypes.NewRFC3339Null(), &answered.CreatedAt)
	k.ExpiresAt = customtypes.TimeValue(customtypes.NewRFC3339Null(), &answered.ExpiresAt)
}

// DisplayName names the key in lists.
func (k *SigningKey) DisplayName() string { return k.FingerprintSHA256.ValueString() }

// ActiveClaim says that an owner has one active key. name is that of the key and its
// owner, to which the ID of the owner is added.
func (k *SigningKey) ActiveClaim(name string, owner types.String) []LinkClaim {
	if !k.Active.ValueBool() || !flex.IsGiven(owner) {
		return nil
	}
	return []LinkClaim{{Links: name + " " + owner.ValueString(), Exclusive: true, Attribute: "active"}}
}
