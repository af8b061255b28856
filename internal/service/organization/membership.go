// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// memberRoles are the organization roles of a member: a user or an application.
type memberRoles struct {
	framework.KeyOnly           // roles take a call of their own
	RoleIDs           types.Set `tfsdk:"role_ids"`

	read []string // by the last reading; nil when there was none since the last write
}

func roleIDs(kind string) schema.SetAttribute {
	return schemas.LinkSetAttribute("IDs of the organization roles of type `"+kind+"` that the member has in the organization.", validators.IDOf("organization_role"))
}

// membership is a member of an organization: a user or an application. Their models have
// the same fields with other names of attributes, so that each converts to a membership.
type membership struct {
	OrganizationID types.String
	MemberID       types.String
	memberRoles
}

func (m *membership) key() logto.Key {
	return logto.Key{m.OrganizationID.ValueString(), m.MemberID.ValueString()}
}

// take takes over what Logto answered.
func (m *membership) take(l *logto.Membership) {
	listed := m.OrganizationID.IsNull() // by a data source or a list
	m.OrganizationID, m.MemberID = types.StringValue(l.Organization), types.StringValue(l.Member)
	m.flatten(l.Roles, listed)
}

// newRoles are the roles of a type that the plan adds to the member. A member that
// replaces another one has no roles yet.
func (m *membership) newRoles(kind string, state *membership) newRoles {
	had := flex.NullSet
	if state != nil && slices.Equal(m.key(), state.key()) {
		had = state.RoleIDs
	}
	return rolesSince("role_ids", kind, m.RoleIDs, had)
}

// flatten takes over the roles that were read, if they are managed. With everything it
// does so also if they are not, and null stands for no roles.
func (m *memberRoles) flatten(read []string, everything bool) {
	m.read = read
	if read != nil && (!m.RoleIDs.IsNull() || everything && len(read) > 0) {
		m.RoleIDs = flex.StringSet(read)
	}
}

// save gives the member the planned roles, which are all that an update changes.
func (m *membership) save(ctx context.Context, s *logto.Memberships, planned types.Set) error {
	m.read = nil
	if planned.IsNull() || planned.IsUnknown() {
		return nil
	}
	ids, diags := flex.StringSlice(ctx, planned)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return framework.WithAttribute("role_ids", s.SetRoles(ctx, m.key(), ids))
}

// load reads the roles, unless they came with the member.
func (m *membership) load(ctx context.Context, s *logto.Memberships, purpose framework.ReadPurpose) error {
	if m.read == nil && (purpose.Everything() || !m.RoleIDs.IsNull()) {
		member, err := s.Get(ctx, m.key())
		if err != nil {
			return err
		}
		m.read = member.Roles
	}
	m.flatten(m.read, purpose.Everything())
	return nil
}
