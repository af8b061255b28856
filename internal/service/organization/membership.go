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

// memberModel is the model of a member: a user or an application.
type memberModel interface {
	key() logto.Key
	roleSet() types.Set
}

func (m *memberRoles) roleSet() types.Set { return m.RoleIDs }

// rolesOfMember are the roles that the plan adds to the member. A member that replaces
// another one has no roles yet.
func rolesOfMember[M any, P interface {
	*M
	memberModel
}](kind string, m, state P) newRoles {
	had := flex.NullSet
	if state != nil && slices.Equal(m.key(), state.key()) {
		had = state.roleSet()
	}
	return rolesSince("role_ids", kind, m.roleSet(), had)
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
func (m *memberRoles) save(ctx context.Context, s *logto.Memberships, key logto.Key, planned types.Set) error {
	m.read = nil
	if planned.IsNull() || planned.IsUnknown() {
		return nil
	}
	ids, diags := flex.StringSlice(ctx, planned)
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return framework.WithAttribute("role_ids", s.SetRoles(ctx, key, ids))
}

// load reads the roles, unless they came with the member.
func (m *memberRoles) load(ctx context.Context, s *logto.Memberships, key logto.Key, purpose framework.ReadPurpose) error {
	if m.read == nil && (purpose.Everything() || !m.RoleIDs.IsNull()) {
		member, err := s.Get(ctx, key)
		if err != nil {
			return err
		}
		m.read = member.Roles
	}
	m.flatten(m.read, purpose.Everything())
	return nil
}
