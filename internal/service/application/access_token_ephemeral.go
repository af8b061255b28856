// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[accessToken]("access_token", schema.Schema{
		MarkdownDescription: "An access token of a machine-to-machine application for an API (OAuth 2.0 client credentials), without a trace in plan or state. " +
			"It cannot be taken back; it is valid until `expires_at`.",
		Attributes: map[string]schema.Attribute{
			"app_id": schema.StringAttribute{
				MarkdownDescription: "App ID of the machine-to-machine application. Without it the provider's own application gets the token.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"app_secret": schema.StringAttribute{
				MarkdownDescription: "A secret of that application. Required with `app_id`.",
				Optional:            true,
				Sensitive:           true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"resource": schema.StringAttribute{
				MarkdownDescription: "Indicator of the API resource. Without it the token is for the Management API.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"scopes": schema.SetAttribute{
				MarkdownDescription: "Scopes to ask for, all of which the application's roles must give it: `[\"all\"]` for the Management API. Without them the token has none.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"access_token": schema.StringAttribute{
				MarkdownDescription: "The access token.",
				Computed:            true,
				Sensitive:           true,
			},
			"token_type": schema.StringAttribute{
				MarkdownDescription: "Type of the token: `Bearer`.",
				Computed:            true,
			},
			"expires_at": schema.StringAttribute{
				MarkdownDescription: "When the token stops working, in RFC 3339 form.",
				CustomType:          customtypes.RFC3339Type{},
				Computed:            true,
			},
			"scope": schema.StringAttribute{
				MarkdownDescription: "Scopes that the token has, separated by spaces; empty for none.",
				Computed:            true,
			},
		},
	})
}

type accessToken struct {
	AppID       types.String        `tfsdk:"app_id"`
	AppSecret   types.String        `tfsdk:"app_secret"`
	Resource    types.String        `tfsdk:"resource"`
	Scopes      types.Set           `tfsdk:"scopes"`
	AccessToken types.String        `tfsdk:"access_token"`
	TokenType   types.String        `tfsdk:"token_type"`
	ExpiresAt   customtypes.RFC3339 `tfsdk:"expires_at"`
	Scope       types.String        `tfsdk:"scope"`
}

// Validate wants both credentials or none.
func (m *accessToken) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.AppID.IsUnknown() || m.AppSecret.IsUnknown() || m.AppID.IsNull() == m.AppSecret.IsNull() {
		return
	}
	missing, given := "app_id", "app_secret"
	if !m.AppID.IsNull() {
		missing, given = given, missing
	}
	diags.AddAttributeError(framework.Root(missing), "Half of the credentials is missing", "Give "+missing+" together with "+given+", or neither to use those of the provider.")
}

// Open asks for the token. Logto leaves out scopes that the application may
// not have; a token without them is of no use to those who asked.
func (m *accessToken) Open(ctx context.Context, c *logto.Client, diags *diag.Diagnostics) (framework.EphemeralLease, error) {
	scopes, d := flex.StringSlice(ctx, m.Scopes)
	diags.Append(d...)
	token, err := c.AccessToken(ctx, logto.TokenRequest{
		AppID: m.AppID.ValueString(), AppSecret: m.AppSecret.ValueString(), Resource: m.Resource.ValueString(), Scopes: scopes,
	})
	if err != nil {
		return framework.EphemeralLease{}, err
	}
	refused := slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return slices.Contains(token.Scopes, s) })
	if len(refused) > 0 {
		diags.AddAttributeError(framework.Root("scopes"), "Logto did not grant all scopes",
			"The token would lack: "+strings.Join(refused, ", ")+". Give the application a role that has them, and check the resource.")
	}
	m.AccessToken = types.StringValue(token.Value)
	m.TokenType = types.StringValue(token.Type)
	m.ExpiresAt = customtypes.NewRFC3339Value(token.ExpiresAt.UTC().Truncate(time.Second))
	m.Scope = types.StringValue(strings.Join(token.Scopes, " "))
	return framework.EphemeralLease{}, nil
}
