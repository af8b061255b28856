// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var keyTypes = validators.Enum{"private-keys", "cookie-keys"}

func oidcKeysSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The keys that sign the tokens or the cookies of the tenant. Logto does not return their values.",
		Attributes: map[string]schema.Attribute{
			"key_type": schema.StringAttribute{
				MarkdownDescription: "Type of the keys: " + keyTypes.String() + ".",
				Required:            true,
				Validators:          []validator.String{keyTypes.OneOf()},
			},
			"oidc_keys": schema.ListNestedAttribute{
				MarkdownDescription: "The keys, the newest first.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":           schema.StringAttribute{MarkdownDescription: "ID of the key.", Computed: true},
					"created_at":   schema.StringAttribute{MarkdownDescription: "Time at which the key was created, in RFC 3339 format.", Computed: true, CustomType: customtypes.RFC3339Type{}},
					"algorithm":    schema.StringAttribute{MarkdownDescription: "Algorithm of the key: `RSA` or `EC`; null for cookie keys.", Computed: true},
					"status":       schema.StringAttribute{MarkdownDescription: "Status of the key: `Current`, `Next` or `Previous`; null for cookie keys." + schemas.SinceSetting("/api/configs/oidc/private-keys", "status"), Computed: true},
					"effective_at": schema.StringAttribute{MarkdownDescription: "Time at which Logto starts to sign with the next key, in RFC 3339 format; null for other keys." + schemas.SinceSetting("/api/configs/oidc/private-keys", "effectiveAt"), Computed: true, CustomType: customtypes.RFC3339Type{}},
				}},
			},
		},
	}
}

type oidcKeys struct {
	KeyType types.String `tfsdk:"key_type"`
	Keys    []oidcKey    `tfsdk:"oidc_keys"`
}

type oidcKey struct {
	ID          types.String        `tfsdk:"id"`
	CreatedAt   customtypes.RFC3339 `tfsdk:"created_at"`
	Algorithm   types.String        `tfsdk:"algorithm"`
	Status      types.String        `tfsdk:"status"`
	EffectiveAt customtypes.RFC3339 `tfsdk:"effective_at"`
}

func (m *oidcKeys) Read(ctx context.Context, c *logto.Client) error {
	keys, err := c.OIDCKeys(ctx, m.KeyType.ValueString())
	m.Keys = []oidcKey{}
	for _, k := range keys {
		m.Keys = append(m.Keys, oidcKey{
			ID:          types.StringValue(k.ID),
			CreatedAt:   customtypes.NewRFC3339Value(time.Unix(k.CreatedAt, 0).UTC()),
			Algorithm:   types.StringPointerValue(k.SigningKeyAlgorithm),
			Status:      types.StringPointerValue(k.Status),
			EffectiveAt: customtypes.TimeValue(customtypes.NewRFC3339Null(), k.EffectiveAt),
		})
	}
	return err
}

func oidcConfigurationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The OpenID Connect discovery document of the tenant, for services that validate its tokens, such as an API gateway.",
		Attributes: map[string]schema.Attribute{
			"issuer":                 schema.StringAttribute{MarkdownDescription: "Issuer: the `iss` claim of tokens.", Computed: true},
			"authorization_endpoint": schema.StringAttribute{MarkdownDescription: "URL at which sign-ins start.", Computed: true},
			"token_endpoint":         schema.StringAttribute{MarkdownDescription: "URL at which applications get tokens.", Computed: true},
			"userinfo_endpoint":      schema.StringAttribute{MarkdownDescription: "URL at which applications read the claims of a user.", Computed: true},
			"end_session_endpoint":   schema.StringAttribute{MarkdownDescription: "URL at which users sign out.", Computed: true},
			"jwks_uri":               schema.StringAttribute{MarkdownDescription: "URL of the public keys that verify tokens.", Computed: true},
			"json":                   schema.StringAttribute{MarkdownDescription: "The whole discovery document, as JSON.", Computed: true, CustomType: customtypes.NormalizedType{}},
		},
	}
}

type oidcConfiguration struct {
	Issuer                types.String           `tfsdk:"issuer"`
	AuthorizationEndpoint types.String           `tfsdk:"authorization_endpoint"`
	TokenEndpoint         types.String           `tfsdk:"token_endpoint"`
	UserinfoEndpoint      types.String           `tfsdk:"userinfo_endpoint"`
	EndSessionEndpoint    types.String           `tfsdk:"end_session_endpoint"`
	JWKSURI               types.String           `tfsdk:"jwks_uri"`
	JSON                  customtypes.Normalized `tfsdk:"json"`
}

func (m *oidcConfiguration) Read(ctx context.Context, c *logto.Client) error {
	document, err := c.OIDCConfiguration(ctx)
	if err != nil {
		return err
	}
	var d struct {
		Issuer                *string `json:"issuer"`
		AuthorizationEndpoint *string `json:"authorization_endpoint"`
		TokenEndpoint         *string `json:"token_endpoint"`
		UserinfoEndpoint      *string `json:"userinfo_endpoint"`
		EndSessionEndpoint    *string `json:"end_session_endpoint"`
		JWKSURI               *string `json:"jwks_uri"`
	}
	if err := json.Unmarshal(document, &d); err != nil {
		return err
	}
	*m = oidcConfiguration{
		Issuer:                types.StringPointerValue(d.Issuer),
		AuthorizationEndpoint: types.StringPointerValue(d.AuthorizationEndpoint),
		TokenEndpoint:         types.StringPointerValue(d.TokenEndpoint),
		UserinfoEndpoint:      types.StringPointerValue(d.UserinfoEndpoint),
		EndSessionEndpoint:    types.StringPointerValue(d.EndSessionEndpoint),
		JWKSURI:               types.StringPointerValue(d.JWKSURI),
		JSON:                  customtypes.JSONValue(document),
	}
	return nil
}

const (
	mostLogs    = 1000
	defaultLogs = 100
)

func auditLogsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The newest entries of the audit log of the tenant.",
		Attributes: map[string]schema.Attribute{
			"user_id":        schema.StringAttribute{MarkdownDescription: "Only entries about this user.", Optional: true},
			"application_id": schema.StringAttribute{MarkdownDescription: "Only entries about this application.", Optional: true},
			"key":            schema.StringAttribute{MarkdownDescription: "Only entries with this key, such as `ExchangeTokenBy.ClientCredentials`.", Optional: true},
			"start_time":     schema.StringAttribute{MarkdownDescription: "Only entries from this time on, in RFC 3339 format.", Optional: true, CustomType: customtypes.RFC3339Type{}},
			"end_time":       schema.StringAttribute{MarkdownDescription: "Only entries before this time, in RFC 3339 format.", Optional: true, CustomType: customtypes.RFC3339Type{}},
			"limit": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of entries: 1 to " + strconv.Itoa(mostLogs) + ". Defaults to `" + strconv.Itoa(defaultLogs) + "`. Terraform sends one request for each 100 entries.",
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64Between(1, mostLogs)},
			},
			"audit_logs": schema.ListNestedAttribute{
				MarkdownDescription: "The entries, the newest first.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":         schema.StringAttribute{MarkdownDescription: "ID of the log entry.", Computed: true},
					"key":        schema.StringAttribute{MarkdownDescription: "Key of the event, such as `ExchangeTokenBy.ClientCredentials`.", Computed: true},
					"created_at": schema.StringAttribute{MarkdownDescription: "Time of the event, in RFC 3339 format.", Computed: true, CustomType: customtypes.RFC3339Type{}},
					"payload":    schema.StringAttribute{MarkdownDescription: "Details of the event, as JSON.", Computed: true, CustomType: customtypes.NormalizedType{}},
				}},
			},
		},
	}
}

type auditLogs struct {
	UserID        types.String        `tfsdk:"user_id"`
	ApplicationID types.String        `tfsdk:"application_id"`
	Key           types.String        `tfsdk:"key"`
	StartTime     customtypes.RFC3339 `tfsdk:"start_time"`
	EndTime       customtypes.RFC3339 `tfsdk:"end_time"`
	Limit         types.Int64         `tfsdk:"limit"`
	Logs          []auditLog          `tfsdk:"audit_logs"`
}

type auditLog struct {
	ID        types.String           `tfsdk:"id"`
	Key       types.String           `tfsdk:"key"`
	CreatedAt customtypes.RFC3339    `tfsdk:"created_at"`
	Payload   customtypes.Normalized `tfsdk:"payload"`
}

func (m *auditLogs) Read(ctx context.Context, c *logto.Client) error {
	filters := url.Values{}
	for key, v := range map[string]*string{"userId": flex.StringPointer(m.UserID), "applicationId": flex.StringPointer(m.ApplicationID), "logKey": flex.StringPointer(m.Key)} {
		if v != nil {
			filters.Set(key, *v)
		}
	}
	for key, ms := range map[string]*int64{"start_time": customtypes.Milliseconds(m.StartTime), "end_time": customtypes.Milliseconds(m.EndTime)} {
		if ms != nil {
			filters.Set(key, strconv.FormatInt(*ms, 10))
		}
	}
	most := defaultLogs
	if n := flex.Int64Pointer(m.Limit); n != nil {
		most = int(*n)
	}
	logs, err := c.AuditLogs(ctx, filters, most)
	m.Logs = []auditLog{}
	for _, l := range logs {
		m.Logs = append(m.Logs, auditLog{
			ID:        types.StringValue(l.ID),
			Key:       types.StringValue(l.Key),
			CreatedAt: customtypes.TimeValue(customtypes.NewRFC3339Null(), &l.CreatedAt),
			Payload:   customtypes.JSONValue(l.Payload),
		})
	}
	return err
}

func systemSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Properties of the server, for configurations that support both Logto Cloud and a self-hosted Logto.",
		Attributes: map[string]schema.Attribute{
			"endpoint":                schema.StringAttribute{MarkdownDescription: "URL of the tenant in the configuration of the provider.", Computed: true},
			"management_api_resource": schema.StringAttribute{MarkdownDescription: "Resource indicator of the Management API that the provider uses.", Computed: true},
			"protected_apps_domain":   schema.StringAttribute{MarkdownDescription: "Parent domain of the protected applications; null if the server has none, such as a self-hosted Logto.", Computed: true},
			"has_user_assets":         schema.BoolAttribute{MarkdownDescription: "Whether the server stores files that users upload, such as avatars.", Computed: true},
		},
	}
}

type system struct {
	Endpoint            types.String `tfsdk:"endpoint"`
	Resource            types.String `tfsdk:"management_api_resource"`
	ProtectedAppsDomain types.String `tfsdk:"protected_apps_domain"`
	HasUserAssets       types.Bool   `tfsdk:"has_user_assets"`
}

func (m *system) Read(ctx context.Context, c *logto.Client) error {
	s, err := c.System(ctx)
	if err != nil {
		return err
	}
	*m = system{Endpoint: types.StringValue(c.Endpoint()), Resource: types.StringValue(c.Resource()), HasUserAssets: types.BoolValue(s.UserAssets)}
	if s.ProtectedAppsDomain != "" {
		m.ProtectedAppsDomain = types.StringValue(s.ProtectedAppsDomain)
	}
	return nil
}
