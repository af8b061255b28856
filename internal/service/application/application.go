// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applications = framework.Define[application]("application", applicationSchema, (*logto.Client).Applications).OmitFromPlural("role_ids")

type application struct {
	ID                               types.String           `tfsdk:"id"`
	Name                             types.String           `tfsdk:"name"`
	Description                      types.String           `tfsdk:"description"`
	Type                             types.String           `tfsdk:"type"`
	IsThirdParty                     types.Bool             `tfsdk:"is_third_party"`
	RedirectURIs                     types.List             `tfsdk:"redirect_uris"`
	PostLogoutRedirectURIs           types.List             `tfsdk:"post_logout_redirect_uris"`
	BackchannelLogoutURI             types.String           `tfsdk:"backchannel_logout_uri"`
	BackchannelLogoutSessionRequired types.Bool             `tfsdk:"backchannel_logout_session_required"`
	LogoURI                          types.String           `tfsdk:"logo_uri"`
	CORSAllowedOrigins               types.List             `tfsdk:"cors_allowed_origins"`
	IDTokenTTL                       types.Int64            `tfsdk:"id_token_ttl"`
	RefreshTokenTTL                  types.Int64            `tfsdk:"refresh_token_ttl"`
	RefreshTokenTTLInDays            types.Int64            `tfsdk:"refresh_token_ttl_in_days"`
	AlwaysIssueRefreshToken          types.Bool             `tfsdk:"always_issue_refresh_token"`
	RotateRefreshToken               types.Bool             `tfsdk:"rotate_refresh_token"`
	AllowTokenExchange               types.Bool             `tfsdk:"allow_token_exchange"`
	IsDeviceFlow                     types.Bool             `tfsdk:"is_device_flow"`
	MaxAllowedGrants                 types.Int64            `tfsdk:"max_allowed_grants"`
	CustomData                       customtypes.Normalized `tfsdk:"custom_data"`
	RoleIDs                          types.Set              `tfsdk:"role_ids"`
	ProtectedApp                     types.Object           `tfsdk:"protected_app"`
	CreatedAt                        customtypes.RFC3339    `tfsdk:"created_at"`

	removed []framework.LinkClaim // URIs that the plan removes
}

var (
	_ framework.ModelWithValidate                = (*application)(nil)
	_ framework.ModelWithModifyPlan[application] = (*application)(nil)
	_ framework.ModelWithCheckWrite[application] = (*application)(nil)
	_ framework.ModelWithAfterWrite[application] = (*application)(nil)
	_ framework.ModelWithAfterRead               = (*application)(nil)
	_ framework.ModelWithGuardDelete             = (*application)(nil)
	_ framework.ModelWithLinkClaims              = (*application)(nil)
	_ framework.ModelWithDisplayName             = (*application)(nil)
	_ framework.ModelWithTwin                    = (*application)(nil)
	_ framework.ModelWithImpliedAttributes       = (*application)(nil)
)

func (m *application) Expand(ctx context.Context) (logto.ApplicationInput, diag.Diagnostics) {
	redirects, diags := flex.StringSlice(ctx, m.RedirectURIs)
	afterLogout, d := flex.StringSlice(ctx, m.PostLogoutRedirectURIs)
	diags.Append(d...)
	origins, d := flex.StringSlice(ctx, m.CORSAllowedOrigins)
	diags.Append(d...)
	protected, d := expandProtectedApp(ctx, m.ProtectedApp)
	diags.Append(d...)
	return logto.ApplicationInput{
		Name:         m.Name.ValueString(),
		Description:  flex.NonEmptyPointer(m.Description),
		Type:         m.Type.ValueString(),
		IsThirdParty: flex.BoolPointer(m.IsThirdParty),
		OIDCClientMetadata: logto.OIDCClientMetadata{
			RedirectURIs:                     append([]string{}, redirects...), // required, also when empty
			PostLogoutRedirectURIs:           append([]string{}, afterLogout...),
			BackchannelLogoutURI:             flex.StringPointer(m.BackchannelLogoutURI),
			BackchannelLogoutSessionRequired: flex.BoolPointer(m.BackchannelLogoutSessionRequired),
			LogoURI:                          flex.NonEmptyPointer(m.LogoURI),
		},
		CustomClientMetadata: logto.CustomClientMetadata{
			CORSAllowedOrigins:      origins,
			IDTokenTTL:              number(m.IDTokenTTL),
			RefreshTokenTTL:         number(m.RefreshTokenTTL),
			RefreshTokenTTLInDays:   number(m.RefreshTokenTTLInDays),
			AlwaysIssueRefreshToken: flex.BoolPointer(m.AlwaysIssueRefreshToken),
			RotateRefreshToken:      flex.BoolPointer(m.RotateRefreshToken),
			AllowTokenExchange:      flex.BoolPointer(m.AllowTokenExchange),
			IsDeviceFlow:            flex.BoolPointer(m.IsDeviceFlow),
			MaxAllowedGrants:        number(m.MaxAllowedGrants),
		},
		CustomData:           customtypes.RawJSON(m.CustomData),
		ProtectedAppMetadata: protected,
	}, diags
}

func (m *application) Flatten(ctx context.Context, a *logto.Application) (diags diag.Diagnostics) {
	if a.Type == "SAML" {
		framework.Refuse(&diags, "type", "This is a SAML application", "Use logto_saml_application for the application "+a.ID+".")
		return diags
	}
	oidc, custom := a.OIDCClientMetadata, a.CustomClientMetadata
	m.ID = types.StringValue(a.ID)
	m.Name = types.StringValue(a.Name)
	m.Description = flex.NonEmptyValue(m.Description, a.Description)
	m.Type = types.StringValue(a.Type)
	m.IsThirdParty = types.BoolValue(a.IsThirdParty != nil && *a.IsThirdParty)
	m.RedirectURIs = flex.StringList(oidc.RedirectURIs)
	m.PostLogoutRedirectURIs = flex.StringList(oidc.PostLogoutRedirectURIs)
	m.BackchannelLogoutURI = types.StringPointerValue(oidc.BackchannelLogoutURI)
	m.BackchannelLogoutSessionRequired = types.BoolPointerValue(oidc.BackchannelLogoutSessionRequired)
	m.LogoURI = flex.NonEmptyValue(m.LogoURI, oidc.LogoURI)
	// The Console stores an empty list where nobody gave one.
	if len(custom.CORSAllowedOrigins) > 0 || custom.CORSAllowedOrigins != nil && !m.CORSAllowedOrigins.IsNull() {
		m.CORSAllowedOrigins = flex.StringList(custom.CORSAllowedOrigins)
	} else {
		m.CORSAllowedOrigins = noOrigins
	}
	m.IDTokenTTL = wholeNumber(custom.IDTokenTTL)
	m.RefreshTokenTTL = wholeNumber(custom.RefreshTokenTTL)
	m.RefreshTokenTTLInDays = wholeNumber(custom.RefreshTokenTTLInDays)
	m.AlwaysIssueRefreshToken = types.BoolPointerValue(custom.AlwaysIssueRefreshToken)
	m.RotateRefreshToken = types.BoolPointerValue(custom.RotateRefreshToken)
	m.AllowTokenExchange = types.BoolPointerValue(custom.AllowTokenExchange)
	m.IsDeviceFlow = types.BoolPointerValue(custom.IsDeviceFlow)
	m.MaxAllowedGrants = wholeNumber(custom.MaxAllowedGrants)
	m.CreatedAt = customtypes.MomentValue(m.CreatedAt, a.CreatedAt)
	m.CustomData = customtypes.JSONPreserving(m.CustomData, a.CustomData)
	m.ProtectedApp, diags = flattenProtectedApp(ctx, a.ProtectedAppMetadata)
	return diags
}

func number(n types.Int64) *float64 {
	if n.IsNull() || n.IsUnknown() {
		return nil
	}
	f := float64(n.ValueInt64())
	return &f
}

// wholeNumber drops the fraction of a number, which the API accepts.
func wholeNumber(f *float64) types.Int64 {
	if f == nil {
		return types.Int64Null()
	}
	return types.Int64Value(int64(*f))
}

// AfterWrite writes what a create of a protected application does not take, and links
// the roles that role_ids lists.
func (m *application) AfterWrite(ctx context.Context, c *logto.Client, planned, prior *application) error {
	if prior == nil && m.Type.ValueString() == protectedType {
		// Logto made these two of the host.
		planned.RedirectURIs, planned.PostLogoutRedirectURIs = m.RedirectURIs, m.PostLogoutRedirectURIs
		made, diags := m.Expand(ctx)
		wanted, d := planned.Expand(ctx)
		if diags.Append(d...); diags.HasError() {
			return framework.DiagnosticsError(diags)
		}
		got, err := c.Applications().Update(ctx, logto.Key{m.ID.ValueString()}, made, wanted)
		if err != nil {
			return err
		}
		if diags := m.Flatten(ctx, got); diags.HasError() {
			return framework.DiagnosticsError(diags)
		}
	}
	if m.Type.ValueString() != machineType {
		return nil // it has no roles, also where role_ids says so, and the API refuses to list them
	}
	var linked *types.Set
	if prior != nil {
		linked = &prior.RoleIDs
	}
	return framework.SaveLinks(ctx, c.ApplicationRoles(), "role_ids", m.ID, m.RoleIDs, linked)
}

// AfterRead reads the roles when role_ids is managed.
func (m *application) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if m.Type.ValueString() != machineType {
		return nil // others have none and the API refuses to say so
	}
	return framework.LoadLinks(ctx, c.ApplicationRoles(), m.ID, &m.RoleIDs, purpose)
}

// LinkClaims says that role_ids manages all roles of the application, and which URIs a
// plan removes.
func (m *application) LinkClaims() []framework.LinkClaim {
	if m.RoleIDs.IsNull() {
		return m.removed
	}
	return append(m.removed, framework.LinkClaim{Links: rolesOwned, Parent: m.ID.ValueString(), All: true, Attribute: "role_ids", Children: flex.Elements(m.RoleIDs)})
}

const rolesOwned = "roles of the application"

// Validate checks what depends on the type and on being third-party.
func (m *application) Validate(_ context.Context, diags *diag.Diagnostics) {
	refuse := func(attribute, summary, advice string) {
		framework.Refuse(diags, attribute, summary, advice)
	}
	if m.IsThirdParty.ValueBool() && m.AllowTokenExchange.ValueBool() {
		refuse("allow_token_exchange", "A third-party application cannot exchange tokens", "Leave allow_token_exchange out, or is_third_party.")
	}
	if m.Type.IsUnknown() {
		return
	}
	kind := m.Type.ValueString()
	if m.IsThirdParty.ValueBool() && (kind == machineType || kind == protectedType) {
		refuse("is_third_party", "An application of this type cannot be third-party", "Only applications of type Traditional, SPA or Native can.")
	}
	if m.IsDeviceFlow.ValueBool() && kind != "Native" {
		refuse("is_device_flow", "An application of this type cannot use the device flow", "Only applications of type Native can.")
	}
	if len(m.RoleIDs.Elements()) > 0 && kind != machineType {
		refuse("role_ids", "An application of this type cannot have roles", "Only applications of type MachineToMachine can.")
	}
	switch {
	case kind == protectedType && m.ProtectedApp.IsNull():
		refuse("protected_app", "A protected application needs protected_app", "Say with it which subdomain protects which origin.")
	case kind != protectedType && flex.IsGiven(m.ProtectedApp):
		refuse("protected_app", "An application of this type has no protected_app", "Only applications of type Protected have it.")
	}
}

// ModifyPlan refuses metadata that keeps everybody out, and notes which URIs it removes.
func (m *application) ModifyPlan(ctx context.Context, _ *logto.Client, config, state *application, resp *resource.ModifyPlanResponse) {
	config.checkDerivedURIs(state, &resp.Diagnostics)
	m.checkClientMetadata(state, &resp.Diagnostics)
	m.noteRemovals(state)
}

// checkDerivedURIs refuses to set the redirect URIs of a protected application. Those that it has may stand in the
// configuration: Terraform writes them there when it generates one.
func (m *application) checkDerivedURIs(state *application, diags *diag.Diagnostics) {
	if m.Type.ValueString() != protectedType {
		return
	}
	if state == nil {
		state = &application{}
	}
	for _, a := range []struct {
		name       string
		given, has types.List
	}{
		{"redirect_uris", m.RedirectURIs, state.RedirectURIs},
		{"post_logout_redirect_uris", m.PostLogoutRedirectURIs, state.PostLogoutRedirectURIs},
	} {
		if flex.IsGiven(a.given) && !a.given.Equal(a.has) {
			framework.Refuse(diags, a.name, "The redirect URIs of a protected application cannot be set",
				"Logto derives them from the host of the application and from its custom domains. Remove "+a.name+" from the configuration.")
		}
	}
}

// ImpliedAttributes are the redirect URIs of a protected application, which Logto sets.
func (m *application) ImpliedAttributes() []string {
	if m.Type.ValueString() == protectedType {
		return []string{"redirect_uris", "post_logout_redirect_uris"}
	}
	return nil
}

// DisplayName names the application in lists.
func (m *application) DisplayName() string { return m.Name.ValueString() }

// Twin implements [framework.ModelWithTwin].
func (m *application) Twin() (name, id string) {
	if m.Name.ValueString() == "" || m.Type.ValueString() == "" {
		return "", ""
	}
	return m.Type.ValueString() + " " + m.Name.ValueString(), m.ID.ValueString()
}
