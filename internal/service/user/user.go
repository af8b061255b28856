// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var users = framework.Define[user]("user", userSchema, (*logto.Client).Users).OmitFromPlural("role_ids", "logto_configs")

type user struct {
	ID           types.String           `tfsdk:"id"`
	Username     types.String           `tfsdk:"username"`
	PrimaryEmail types.String           `tfsdk:"primary_email"`
	PrimaryPhone types.String           `tfsdk:"primary_phone"`
	Name         types.String           `tfsdk:"name"`
	Avatar       types.String           `tfsdk:"avatar"`
	Profile      types.Object           `tfsdk:"profile"`
	CustomData   customtypes.Normalized `tfsdk:"custom_data"`
	IsSuspended  types.Bool             `tfsdk:"is_suspended"`
	RoleIDs      types.Set              `tfsdk:"role_ids"`
	LogtoConfigs types.Object           `tfsdk:"logto_configs"`
	CreatedAt    customtypes.RFC3339    `tfsdk:"created_at"`
	password
}

var (
	_ framework.ModelWithValidate            = (*user)(nil)
	_ framework.ModelWithCheckWrite[user]    = (*user)(nil)
	_ framework.ModelWithCopyWriteOnly[user] = (*user)(nil)
	_ framework.ModelWithAfterWrite[user]    = (*user)(nil)
	_ framework.ModelWithAfterRead           = (*user)(nil)
	_ framework.ModelWithLinkClaims          = (*user)(nil)
	_ framework.ModelWithDisplayName         = (*user)(nil)
)

func (m *user) Expand(ctx context.Context) (logto.UserInput, diag.Diagnostics) {
	profile, diags := expandProfile(ctx, m.Profile)
	in := logto.UserInput{
		Username:     flex.NonEmptyPointer(m.Username),
		PrimaryEmail: flex.NonEmptyPointer(m.PrimaryEmail),
		PrimaryPhone: flex.NonEmptyPointer(m.PrimaryPhone),
		Name:         flex.NonEmptyPointer(m.Name),
		Avatar:       flex.NonEmptyPointer(m.Avatar),
		CustomData:   customtypes.RawJSON(m.CustomData),
		Profile:      profile,
	}
	if m.ID.IsUnknown() { // only a create takes a password along
		in.NewPassword = m.forCreate()
	}
	return in, diags
}

func (m *user) Flatten(ctx context.Context, u *logto.User) (diags diag.Diagnostics) {
	m.ID = types.StringValue(u.ID)
	m.Username = flex.NonEmptyValue(m.Username, u.Username)
	m.PrimaryEmail = flex.NonEmptyValue(m.PrimaryEmail, u.PrimaryEmail)
	m.PrimaryPhone = phoneValue(m.PrimaryPhone, u.PrimaryPhone)
	m.Name = flex.NonEmptyValue(m.Name, u.Name)
	m.Avatar = flex.NonEmptyValue(m.Avatar, u.Avatar)
	m.CustomData = customtypes.JSONPreserving(m.CustomData, u.CustomData)
	m.Profile, diags = flattenProfile(ctx, m.Profile, u.Profile)
	m.IsSuspended = types.BoolValue(u.IsSuspended)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, u.CreatedAt)
	m.forget()
	return diags
}

// phoneValue is what the API answered, as the configuration spells it when the
// API makes the same number of that.
func phoneValue(was types.String, answered *string) types.String {
	if answered != nil && logto.SamePhone(was.ValueString(), *answered) {
		return was
	}
	return flex.NonEmptyValue(was, answered)
}

// AfterWrite sets what has calls of its own: a new password, the suspension, the
// settings and the roles.
func (m *user) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *user) error {
	id := m.ID.ValueString()
	// New users have the default roles, which may have to be removed.
	linked, configs := flex.NullSet, types.ObjectNull(logtoConfigsType)
	if prior != nil {
		linked, configs = prior.RoleIDs, prior.LogtoConfigs
		if err := planned.change(ctx, c, id, prior.password); err != nil {
			m.password = prior.password // still to be done
			m.forget()
			return err
		}
	}
	was := m.IsSuspended
	if prior != nil {
		was = prior.IsSuspended // what somebody else changed meanwhile is not written over
	}
	if want := flex.BoolPointer(planned.IsSuspended); want != nil && *want != was.ValueBool() {
		if err := c.SetUserSuspended(ctx, id, *want); err != nil {
			return err
		}
		m.IsSuspended = types.BoolValue(*want)
	}
	var err error
	if m.LogtoConfigs, err = saveLogtoConfigs(ctx, c, id, planned.LogtoConfigs, configs); err != nil {
		return err
	}
	return framework.SaveLinks(ctx, c.UserRoles(), "role_ids", m.ID, planned.RoleIDs, &linked)
}

// AfterRead reads the roles and the settings where they are managed.
func (m *user) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if err := framework.LoadLinks(ctx, c.UserRoles(), m.ID, &m.RoleIDs, purpose); err != nil {
		return err
	}
	if purpose == framework.ForImport && m.RoleIDs.IsNull() {
		m.RoleIDs = flex.StringSet(nil) // none is what a new user with default roles would not have
	}
	var err error
	m.LogtoConfigs, err = loadLogtoConfigs(ctx, c, m.ID.ValueString(), m.LogtoConfigs, purpose)
	return err
}

// LinkClaims says that role_ids manages all roles of the user.
func (m *user) LinkClaims() []framework.LinkClaim {
	if m.RoleIDs.IsNull() {
		return nil
	}
	return []framework.LinkClaim{{Links: rolesOwned, Parent: m.ID.ValueString(), All: true, Attribute: "role_ids", Children: flex.Elements(m.RoleIDs)}}
}

const rolesOwned = "roles of the user"

// DisplayName names the user in lists.
func (m *user) DisplayName() string {
	for _, s := range []types.String{m.Name, m.Username, m.PrimaryEmail, m.PrimaryPhone} {
		if s.ValueString() != "" {
			return s.ValueString()
		}
	}
	return m.ID.ValueString()
}
