// SPDX-License-Identifier: MPL-2.0

package role

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var roleScopes = framework.Define[roleScope]("role_scope", roleScopeSchema, (*logto.Client).RoleScopes, "role_id", "scope_id")

func roleScopeSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Assigns a single scope of an API resource to a role. " +
			schemas.OneOfMany("scopes", "role", "add scopes to a role", "the attribute `scope_ids` of the same `logto_role`"),
		Attributes: map[string]schema.Attribute{
			"role_id":  schemas.ReferenceAttribute("ID of the role.", validators.IDOf("role")),
			"scope_id": schemas.ReferenceAttribute("ID of the scope of an API resource.", validators.APIScope),
		},
	}
}

type roleScope struct {
	RoleID  types.String `tfsdk:"role_id"`
	ScopeID types.String `tfsdk:"scope_id"`
	framework.KeyOnly
}

var (
	_ framework.ModelWithGuardDelete = (*roleScope)(nil)
	_ framework.ModelWithLinkClaims  = (*roleScope)(nil)
)

func (m *roleScope) Flatten(_ context.Context, l *logto.Link) diag.Diagnostics {
	m.RoleID, m.ScopeID = types.StringValue(l.Parent), types.StringValue(l.Child)
	return nil
}

// LinkClaims says that the resource manages one scope of the role.
func (m *roleScope) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: "scopes of the role", Parent: m.RoleID.ValueString()}}
}

// GuardDelete keeps the last scope that lets the provider call the Management API.
func (m *roleScope) GuardDelete(ctx context.Context, c *logto.Client) (string, error) {
	needed, err := c.NeedsScopeOf(ctx, m.RoleID.ValueString())
	if err != nil || !slices.Equal(needed, []string{m.ScopeID.ValueString()}) {
		return "", err
	}
	return logto.OwnAccess, nil
}
