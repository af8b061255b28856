// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func usernameConflictsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Usernames of the tenant that differ only in letter case. As long as there are any, `username_policy` of `logto_sign_in_experience` cannot be set so that letter case does not count." +
			schemas.SinceOperation("GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts"),
		Attributes: map[string]schema.Attribute{
			"limit": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of usernames: 1 to " + strconv.Itoa(logto.MostUsernameConflicts) + ". Defaults to `" + strconv.Itoa(logto.MostUsernameConflicts) + "`.",
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64Between(1, logto.MostUsernameConflicts)},
			},
			"total": schema.Int64Attribute{MarkdownDescription: "Number of all usernames that several users have.", Computed: true},
			"username_case_conflicts": schema.ListNestedAttribute{
				MarkdownDescription: "The usernames, in alphabetical order.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"username": schema.StringAttribute{MarkdownDescription: "Username in lower case.", Computed: true},
					"user_ids": schema.SetAttribute{MarkdownDescription: "IDs of the users who have it, in whatever letter case.", Computed: true, ElementType: types.StringType},
				}},
			},
		},
	}
}

type usernameConflicts struct {
	Limit     types.Int64        `tfsdk:"limit"`
	Total     types.Int64        `tfsdk:"total"`
	Conflicts []usernameConflict `tfsdk:"username_case_conflicts"`
}

type usernameConflict struct {
	Username types.String `tfsdk:"username"`
	UserIDs  types.Set    `tfsdk:"user_ids"`
}

// Read reads as many conflicts as are wanted.
func (m *usernameConflicts) Read(ctx context.Context, c *logto.Client) error {
	most := logto.MostUsernameConflicts
	if n := flex.Int64Pointer(m.Limit); n != nil {
		most = int(*n)
	}
	total, conflicts, err := c.UsernameConflicts(ctx, most)
	if err != nil {
		return err
	}
	m.Total, m.Conflicts = types.Int64Value(total), []usernameConflict{}
	for _, found := range conflicts {
		m.Conflicts = append(m.Conflicts, usernameConflict{types.StringValue(found.Username), flex.StringSet(found.UserIDs)})
	}
	return nil
}
