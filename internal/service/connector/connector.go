// SPDX-License-Identifier: MPL-2.0

// Package connector has what joins a tenant to other services: connectors that
// send messages, social sign-in, and enterprise single sign-on.
package connector

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var connectors = framework.Define[connector]("connector", connectorSchema, (*logto.Client).Connectors).ConfigurationOnly("replace_existing")

// facts are the attributes that the resource and the data sources have in common.
type facts struct {
	ID                 types.String `tfsdk:"id"`
	ConnectorID        types.String `tfsdk:"connector_id"`
	Type               types.String `tfsdk:"type"`
	Target             types.String `tfsdk:"target"`
	Platform           types.String `tfsdk:"platform"`
	IsStandard         types.Bool   `tfsdk:"is_standard"`
	SyncProfile        types.Bool   `tfsdk:"sync_profile"`
	EnableTokenStorage types.Bool   `tfsdk:"enable_token_storage"`
	RedirectURI        types.String `tfsdk:"redirect_uri"`
	IsDemo             types.Bool   `tfsdk:"is_demo"`
}

func (f *facts) take(c *logto.Connector) {
	*f = facts{
		ID:                 types.StringValue(c.ID),
		ConnectorID:        types.StringValue(c.ConnectorID),
		Type:               types.StringValue(c.Type),
		Target:             types.StringValue(c.Target),
		Platform:           types.StringPointerValue(c.Platform),
		IsStandard:         types.BoolValue(c.IsStandard),
		SyncProfile:        types.BoolValue(c.SyncProfile),
		EnableTokenStorage: types.BoolValue(c.EnableTokenStorage),
		IsDemo:             types.BoolValue(c.IsDemo),
		RedirectURI:        f.RedirectURI, // what is not asked for stays
	}
}

type connector struct {
	facts
	Name            types.Map               `tfsdk:"name"`
	Logo            types.String            `tfsdk:"logo"`
	LogoDark        types.String            `tfsdk:"logo_dark"`
	Config          customtypes.CompactJSON `tfsdk:"config"`
	ConfigWO        customtypes.CompactJSON `tfsdk:"config_wo"`
	ConfigWOVersion types.Int64             `tfsdk:"config_wo_version"`
	ReplaceExisting types.Bool              `tfsdk:"replace_existing"`

	held customtypes.CompactJSON // the config that the server has, managed or not
}

var (
	_ framework.ModelWithValidate                 = (*connector)(nil)
	_ framework.ModelWithModifyPlan[connector]    = (*connector)(nil)
	_ framework.ModelWithCopyWriteOnly[connector] = (*connector)(nil)
	_ framework.ModelWithAfterRead                = (*connector)(nil)
	_ framework.ModelWithLinkClaims               = (*connector)(nil)
	_ framework.ModelWithDisplayName              = (*connector)(nil)
	_ framework.ModelWithLabel                    = (*connector)(nil)
	_ framework.ModelWithImpliedAttributes        = (*connector)(nil)
)

// CopyWriteOnly takes what only the configuration has.
func (m *connector) CopyWriteOnly(config *connector) {
	m.ConfigWO = config.ConfigWO
}

func (m *connector) Expand(ctx context.Context) (logto.ConnectorInput, diag.Diagnostics) {
	in := logto.ConnectorInput{
		ID:                 flex.StringPointer(m.ID),
		ConnectorID:        m.ConnectorID.ValueString(),
		Config:             m.Config.JSON(),
		SyncProfile:        flex.BoolPointer(m.SyncProfile),
		EnableTokenStorage: flex.BoolPointer(m.EnableTokenStorage),
		Type:               m.Type.ValueString(),
		ConfigVersion:      flex.Int64Pointer(m.ConfigWOVersion),
		ReplaceExisting:    m.ReplaceExisting.ValueBool(),
	}
	if in.Config == nil {
		in.Config = m.ConfigWO.JSON()
	}
	own := logto.ConnectorMetadata{Target: flex.StringPointer(m.Target), Logo: flex.NonEmptyPointer(m.Logo), LogoDark: flex.NonEmptyPointer(m.LogoDark)}
	var diags diag.Diagnostics
	if !isNothing(m.Name) {
		diags = m.Name.ElementsAs(ctx, &own.Name, false)
	}
	// The server refuses metadata of other factories, even when it says nothing new.
	if isOwn := own.Target != nil || own.Name != nil || own.Logo != nil || own.LogoDark != nil; isOwn && !m.isOrdinary() {
		in.Metadata = &own
	}
	return in, diags
}

// isOrdinary reports whether the factory is known not to be a standard one.
func (m *connector) isOrdinary() bool {
	return !m.IsStandard.IsNull() && !m.IsStandard.IsUnknown() && !m.IsStandard.ValueBool()
}

func (m *connector) Flatten(ctx context.Context, c *logto.Connector) (diags diag.Diagnostics) {
	m.take(c)
	own := c.Metadata
	if !c.IsStandard {
		own = logto.ConnectorMetadata{} // a connector that sends messages can be made with some, and Logto takes none of it back
	}
	m.Name = flex.FlattenNested(ctx, m.Name, own.Name, &diags)
	m.Logo = flex.NonEmptyValue(m.Logo, own.Logo)
	m.LogoDark = flex.NonEmptyValue(m.LogoDark, own.LogoDark)
	m.held = customtypes.NewCompactJSONValue(c.Config)
	if !m.Config.IsNull() {
		m.Config = m.held
	}
	m.ConfigWO = customtypes.CompactJSONNull
	if m.ReplaceExisting.IsNull() || m.ReplaceExisting.IsUnknown() {
		m.ReplaceExisting = types.BoolValue(false)
	}
	return diags
}

// AfterRead reads the config for an import, because it is not known whether the
// configuration manages it.
func (m *connector) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	if purpose.Everything() && m.held.ValueString() != "{}" {
		m.Config = m.held
	}
	return m.findRedirectURI(ctx, c)
}

// LinkClaims says that a tenant has one connector for email, and one for SMS.
func (m *connector) LinkClaims() []framework.LinkClaim {
	if t := m.Type.ValueString(); t == logto.EmailConnector || t == logto.SMSConnector {
		return []framework.LinkClaim{{Links: "the connector of type " + t, Exclusive: true, Attribute: "connector_id"}}
	}
	return nil
}

// Label is the target of a social connector, and what another one sends.
func (m *connector) Label() string {
	if t := m.Type.ValueString(); t == logto.EmailConnector || t == logto.SMSConnector {
		return t
	}
	return m.Target.ValueString()
}

// generatedID is what Logto gives connectors whose ID nobody chose, in this version and
// in former ones.
var generatedID = regexp.MustCompile(`^[0-9a-z]{12}$|^[0-9A-Za-z_-]{21}$`)

// ImpliedAttributes are an ID that nobody chose, and a target that the factory has.
func (m *connector) ImpliedAttributes() (names []string) {
	if generatedID.MatchString(m.ID.ValueString()) {
		names = append(names, "id")
	}
	if !m.IsStandard.ValueBool() {
		names = append(names, "target")
	}
	return names
}

// DisplayName names the connector in lists.
func (m *connector) DisplayName() string {
	if m.Target.ValueString() == m.ConnectorID.ValueString() {
		return m.ConnectorID.ValueString()
	}
	return m.Target.ValueString() + " (" + m.ConnectorID.ValueString() + ")"
}
