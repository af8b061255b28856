// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var ssoConnectors = framework.Define[ssoConnector]("sso_connector", ssoConnectorSchema, (*logto.Client).SSOConnectors)

var (
	overOIDC     = validators.Enum(logto.SSOOverOIDC())
	overSAML     = validators.Enum(logto.SSOOverSAML())
	ssoProviders = slices.Concat(overOIDC, overSAML)
)

func ssoConnectorSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An enterprise connector: users sign in with the identity provider of their company (enterprise single sign-on), which Logto selects by the domain of their email address. " +
			"Users can sign in with it when it has `domains` and `oidc` or `saml`, and `logto_sign_in_experience` enables single sign-on. " +
			"If the identity provider needs `redirect_uri`, or `sp_entity_id` and `acs_url`, of the connector first, create it without `oidc` and `saml` and set them with `logto_sso_connector_config`.",
		Attributes: map[string]schema.Attribute{
			"id": schemas.IDAttribute(),
			"provider_name": schemas.KeyAttribute("Type of the identity provider: "+overOIDC.String()+" for OpenID Connect (`AzureAdOidc` is Microsoft Entra ID), "+overSAML.String()+" for SAML (`AzureAD` is Microsoft Entra ID).",
				ssoProviders.OneOf()),
			"connector_name": schemas.TextAttribute("Name of the connector."+planmodifiers.ForResource("It must be unique in the tenant."), 128),
			"domains": schema.ListAttribute{
				MarkdownDescription: "Domains of the email addresses of users who sign in with the connector, such as `acme.example`." + planmodifiers.ForResource("They must be in lower case. Logto rejects domains of public email services."),
				ElementType:         types.StringType,
				Optional:            true,
				Computed:            true,
				Default:             listdefault.StaticValue(flex.EmptyList),
				Validators: []validator.List{validators.UniqueValues(), validators.Each(
					validators.StringFunc("must be a domain in lower case, as acme.example", isDomain))},
			},
			"branding": schema.SingleNestedAttribute{
				MarkdownDescription: "Name and logos of the connector on the sign-in page. If they are not set, the page shows those of the type of identity provider.",
				Optional:            true,
				Computed:            true,
				Default:             objectdefault.StaticValue(noBranding),
				Attributes: map[string]schema.Attribute{
					"display_name": ssoText("Name on the button."),
					"logo":         ssoText("URL of the logo."),
					"dark_logo":    ssoText("URL of the logo in dark mode."),
				},
			},
			"sync_profile":         schemas.FlagAttribute("Whether Logto updates the name and the avatar of a user from the identity provider at each sign-in, and not only at sign-up.", false),
			"enable_token_storage": schemas.FlagAttribute("Whether Logto stores the tokens of the identity provider for the user in the secret vault."+planmodifiers.ForResource("Only connectors for OpenID Connect support it. A self-hosted Logto needs the environment variable `SECRET_VAULT_KEK`."), false),
			"oidc":                 oidcAttribute(),
			"saml":                 samlAttribute(),
			"redirect_uri":         redirectURIAttribute("Redirect URI that you register at the identity provider. It exists before `oidc` is set.", "SAML"),
			"provider_type":        schemas.SettledAttribute("Protocol of the identity provider: `oidc` or `saml`."),
			"sp_entity_id": schema.StringAttribute{
				MarkdownDescription: "Entity ID of Logto as the service provider, which you register at the identity provider. It exists before `saml` is set; null for OpenID Connect.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"acs_url": schema.StringAttribute{
				MarkdownDescription: "Assertion consumer service URL of Logto, which you register at the identity provider. It exists before `saml` is set; null for OpenID Connect.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

// ssoText is a text that is a part of something which is configured as a whole.
func ssoText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description + planmodifiers.EmptyIsNone, Optional: true}
}

func isDomain(s string) bool {
	return s != "" && s == strings.ToLower(s) && !strings.ContainsAny(s, " \t\n@/")
}

// ssoFacts are the attributes that the resource and the data sources have in common.
type ssoFacts struct {
	ID                 types.String `tfsdk:"id"`
	ProviderName       types.String `tfsdk:"provider_name"`
	ConnectorName      types.String `tfsdk:"connector_name"`
	Domains            types.List   `tfsdk:"domains"`
	Branding           types.Object `tfsdk:"branding"`
	SyncProfile        types.Bool   `tfsdk:"sync_profile"`
	EnableTokenStorage types.Bool   `tfsdk:"enable_token_storage"`
	SPEntityID         types.String `tfsdk:"sp_entity_id"`
	ACSURL             types.String `tfsdk:"acs_url"`
	RedirectURI        types.String `tfsdk:"redirect_uri"`
	ProviderType       types.String `tfsdk:"provider_type"`
}

// protocolOf is the protocol of a type of identity provider, which the answer to a create
// leaves out.
func protocolOf(provider string) string {
	if overOIDC.Contains(provider) {
		return "oidc"
	}
	return "saml"
}

var brandingType = map[string]attr.Type{"display_name": types.StringType, "logo": types.StringType, "dark_logo": types.StringType}

// noBranding is the branding of a connector without one: an object whose attributes are
// null.
var noBranding = types.ObjectValueMust(brandingType, map[string]attr.Value{"display_name": types.StringNull(), "logo": types.StringNull(), "dark_logo": types.StringNull()})

func (f *ssoFacts) take(ctx context.Context, c *logto.SSOConnector) (diags diag.Diagnostics) {
	f.ID = types.StringValue(c.ID)
	f.ProviderName = types.StringValue(c.ProviderName)
	f.ProviderType = types.StringValue(protocolOf(c.ProviderName))
	f.ConnectorName = types.StringValue(c.ConnectorName)
	f.Domains = flex.StringList(c.Domains)
	f.Branding = flex.FlattenNested(ctx, f.Branding, c.Branding, &diags)
	f.SyncProfile = types.BoolValue(c.SyncProfile)
	f.EnableTokenStorage = types.BoolValue(c.EnableTokenStorage)
	f.SPEntityID, f.ACSURL = types.StringNull(), types.StringNull()
	if s := c.Provider.Service; s != nil {
		f.SPEntityID, f.ACSURL = types.StringValue(s.EntityID), types.StringValue(s.ACSURL)
	}
	return diags
}

type ssoConnector struct {
	ssoFacts
	OIDC types.Object `tfsdk:"oidc"`
	SAML types.Object `tfsdk:"saml"`

	held logto.SSOConfig // the config that the server has, managed or not
}

var (
	_ framework.ModelWithValidate                    = (*ssoConnector)(nil)
	_ framework.ModelWithModifyPlan[ssoConnector]    = (*ssoConnector)(nil)
	_ framework.ModelWithCheckWrite[ssoConnector]    = (*ssoConnector)(nil)
	_ framework.ModelWithCopyWriteOnly[ssoConnector] = (*ssoConnector)(nil)
	_ framework.ModelWithAfterRead                   = (*ssoConnector)(nil)
	_ framework.ModelWithLinkClaims                  = (*ssoConnector)(nil)
	_ framework.ModelWithDisplayName                 = (*ssoConnector)(nil)
)

func (m *ssoConnector) Expand(ctx context.Context) (logto.SSOConnectorInput, diag.Diagnostics) {
	domains, diags := flex.StringSlice(ctx, m.Domains)
	in := logto.SSOConnectorInput{
		ProviderName:       m.ProviderName.ValueString(),
		ConnectorName:      m.ConnectorName.ValueString(),
		Domains:            domains,
		Branding:           &logto.SSOBranding{},
		SyncProfile:        flex.BoolPointer(m.SyncProfile),
		EnableTokenStorage: flex.BoolPointer(m.EnableTokenStorage),
	}
	flex.ExpandNested(m.Branding, in.Branding, &diags)
	in.Config = m.config(&diags)
	in.SecretVersion = flex.Int64Pointer(setting[types.Int64](m.OIDC, "client_secret_wo_version"))
	return in, diags
}

func (m *ssoConnector) Flatten(ctx context.Context, c *logto.SSOConnector) diag.Diagnostics {
	diags := m.take(ctx, c)
	m.held = c.Config
	if !m.OIDC.IsNull() {
		m.OIDC = oidcValue(ctx, m.OIDC, m.held, &diags)
	}
	if !m.SAML.IsNull() {
		m.SAML = flex.FlattenNested(ctx, m.SAML, m.held, &diags)
	}
	return diags
}

// AfterRead reads the settings for an import, because it is not known whether the
// configuration manages them.
func (m *ssoConnector) AfterRead(ctx context.Context, c *logto.Client, purpose framework.ReadPurpose) error {
	var diags diag.Diagnostics
	switch {
	case !purpose.Everything() || m.held == (logto.SSOConfig{}):
	case m.held.SignAuthnRequest != nil && *m.held.SignAuthnRequest: // these are of logto_sso_connector_config
	case overOIDC.Contains(m.ProviderName.ValueString()):
		m.OIDC = flex.FlattenNested(ctx, m.OIDC, m.held, &diags)
	default:
		m.SAML = flex.FlattenNested(ctx, m.SAML, m.held, &diags)
	}
	if diags.HasError() {
		return framework.DiagnosticsError(diags)
	}
	return m.findRedirectURI(ctx, c)
}

// CopyWriteOnly takes what only the configuration has.
func (m *ssoConnector) CopyWriteOnly(config *ssoConnector) {
	if flex.IsGiven(m.OIDC) {
		m.OIDC = withSetting(m.OIDC, "client_secret_wo", setting[types.String](config.OIDC, "client_secret_wo"))
	}
}

// CheckWrite refuses a new connector without a secret. An existing connector keeps its
// secret.
func (m *ssoConnector) CheckWrite(_ context.Context, _ *logto.Client, state *ssoConnector, diags *diag.Diagnostics) {
	if state == nil && flex.IsGiven(m.OIDC) {
		framework.NeedSecret(framework.Root("oidc").AtName("client_secret"), setting[types.String](m.OIDC, "client_secret"),
			setting[types.Int64](m.OIDC, "client_secret_wo_version"), diags)
	}
}

// ModifyPlan says that settings which the configuration leaves out stay in Logto.
func (m *ssoConnector) ModifyPlan(_ context.Context, _ *logto.Client, _, state *ssoConnector, resp *resource.ModifyPlanResponse) {
	if state == nil || len(resp.RequiresReplace) > 0 {
		return
	}
	for name, gone := range map[string]bool{"oidc": m.OIDC.IsNull() && !state.OIDC.IsNull(), "saml": m.SAML.IsNull() && !state.SAML.IsNull()} {
		if gone {
			framework.Warn(&resp.Diagnostics, name, "The settings of the identity provider stay",
				"The configuration has no "+name+". Logto cannot remove the settings of a connector: they do not change in Logto, and Terraform no longer manages them.")
		}
	}
}

// LinkClaims says that this resource manages the settings of the connector.
func (m *ssoConnector) LinkClaims() []framework.LinkClaim {
	return settingsClaim(m.ID, m.OIDC, m.SAML)
}

// settingsClaim says that a connector has one owner of its settings.
func settingsClaim(connector types.String, oidc, saml types.Object) []framework.LinkClaim {
	attribute := "oidc"
	if flex.IsGiven(saml) {
		attribute = "saml"
	}
	if !flex.IsGiven(connector) || !flex.IsGiven(oidc) && !flex.IsGiven(saml) {
		return nil
	}
	return []framework.LinkClaim{{Links: "the owner of the settings of the enterprise connector " + connector.ValueString(), Exclusive: true, Attribute: attribute}}
}

// DisplayName names the connector in lists.
func (m *ssoConnector) DisplayName() string { return m.ConnectorName.ValueString() }
