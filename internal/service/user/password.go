// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// password are the attributes that set the password of a user. The API never shows any of it, and
// what it could show, the digest, changes when the user signs in.
type password struct {
	Password          types.String `tfsdk:"password"`
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
	Digest            types.String `tfsdk:"password_digest"`
	DigestWO          types.String `tfsdk:"password_digest_wo"`
	Algorithm         types.String `tfsdk:"password_algorithm"`
}

// CopyWriteOnly takes what only the configuration has.
func (m *user) CopyWriteOnly(config *user) {
	m.PasswordWO, m.DigestWO = config.PasswordWO, config.DigestWO
}

func (p *password) forget() {
	p.PasswordWO, p.DigestWO = types.StringNull(), types.StringNull()
}

// plain is the password that was given as such.
func (p *password) plain() *string {
	if given := flex.StringPointer(p.PasswordWO); given != nil {
		return given
	}
	return flex.StringPointer(p.Password)
}

func (p *password) forCreate() logto.NewPassword {
	digest := flex.StringPointer(p.DigestWO)
	if digest == nil {
		digest = flex.StringPointer(p.Digest)
	}
	return logto.NewPassword{Password: p.plain(), PasswordDigest: digest, PasswordAlgorithm: flex.StringPointer(p.Algorithm)}
}

// change sets the password of a user when another one was given.
func (p *password) change(ctx context.Context, c *logto.Client, id string, prior password) error {
	given := p.plain()
	if given == nil || p.Password.Equal(prior.Password) && p.PasswordWOVersion.Equal(prior.PasswordWOVersion) {
		return nil
	}
	return c.SetUserPassword(ctx, id, *given)
}

// otherDigest reports whether a digest is asked for that is not the prior one.
func (p *password) otherDigest(prior password) bool {
	other := func(now, was types.String) bool { return flex.IsGiven(now) && !now.Equal(was) }
	return other(p.Digest, prior.Digest) || other(p.Algorithm, prior.Algorithm)
}

const digestIsFinal = "Logto takes the digest of a password only when it creates the user. " +
	"Remove password_digest, password_digest_wo and password_algorithm from the configuration, which does not change the password, or set another one with password_wo or password."

// CheckWrite finds another digest for a user that exists: it would need another
// user, and with the old one everything that belongs to it would go.
func (m *user) CheckWrite(_ context.Context, _ *logto.Client, state *user, diags *diag.Diagnostics) {
	if state != nil && m.otherDigest(state.password) {
		framework.Refuse(diags, "password_digest", "The digest of a password cannot be changed", digestIsFinal)
	}
}

// Validate checks that a digest comes with its algorithm.
func (m *user) Validate(_ context.Context, diags *diag.Diagnostics) {
	if !m.Algorithm.IsNull() && m.Digest.IsNull() && m.DigestWO.IsNull() {
		framework.Refuse(diags, "password_algorithm", "There is no digest of this algorithm",
			"Set password_digest or password_digest_wo as well, or leave password_algorithm out.")
	}
}
