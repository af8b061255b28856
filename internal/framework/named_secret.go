// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// NamedSecret is what the models of secrets with a name have in common, which embed it.
// Logto generates the value; the end does not change.
type NamedSecret struct {
	Name      types.String        `tfsdk:"name"`
	ExpiresAt customtypes.RFC3339 `tfsdk:"expires_at"`
	Value     types.String        `tfsdk:"value"`
	CreatedAt customtypes.RFC3339 `tfsdk:"created_at"`
}

// Take takes over what Logto answered. The times are in milliseconds since 1970;
// expiresAt is nil for a secret that does not expire.
func (s *NamedSecret) Take(name string, createdAt int64, expiresAt *int64, value string) {
	s.Name = types.StringValue(name)
	s.ExpiresAt = customtypes.TimeValue(s.ExpiresAt, expiresAt)
	s.Value = types.StringValue(value)
	s.CreatedAt = customtypes.MomentValue(s.CreatedAt, createdAt)
}

// IsOver reports whether the secret has expired.
func (s *NamedSecret) IsOver(now time.Time) bool { return customtypes.HasEnded(s.ExpiresAt, now) }

// CheckEnd refuses a new secret that has ended already. An old one may have: prior is
// the secret before, nil for one of another owner.
func (s *NamedSecret) CheckEnd(prior *NamedSecret, now time.Time, diags *diag.Diagnostics) {
	had := customtypes.NewRFC3339Null()
	if prior != nil {
		had = prior.ExpiresAt
	}
	CheckEnd("expires_at", s.ExpiresAt, had, now, diags)
}
