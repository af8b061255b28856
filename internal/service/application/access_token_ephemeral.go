// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

func ephemeralToken() ephemeral.EphemeralResource {
	return framework.EphemeralResource[accessToken]("access_token", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: "An access token of a machine-to-machine application for an API resource (OAuth 2.0 client credentials grant). Terraform does not store it in a plan or in the state. " +
				"The token cannot be revoked; it is valid until `expires_at`.",
			Attributes: map[string]schema.Attribute{
				"app_id": schema.StringAttribute{
					MarkdownDescription: "App ID of the machine-to-machine application. Defaults to the application that the provider signs in with.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"app_secret": schema.StringAttribute{
					MarkdownDescription: "Secret of the application `app_id`. It is required if `app_id` is set.",
					Optional:            true,
					Sensitive:           true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"resource": schema.StringAttribute{
					MarkdownDescription: "Indicator of the API resource. Defaults to the Management API.",
					Optional:            true,
					Validators:          []validator.String{validators.NotEmpty()},
				},
				"scopes": schema.SetAttribute{
					MarkdownDescription: "Scopes of the token, such as `[\"all\"]` for the Management API. The roles of the application must have all of them. If it is not set, the token has no scopes.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.Set{validators.Each(validators.NotEmpty())},
				},
				"access_token": schemas.EphemeralSecretAttribute("The access token."),
				"token_type": schema.StringAttribute{
					MarkdownDescription: "Type of the token: `Bearer`.",
					Computed:            true,
				},
				"expires_at": schemas.EphemeralTimeAttribute("Time at which the token expires, in RFC 3339 format."),
				"scope": schema.StringAttribute{
					MarkdownDescription: "Scopes of the token, separated by spaces; empty if it has none.",
					Computed:            true,
				},
			},
		}
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

var _ framework.ModelWithValidate = (*accessToken)(nil)

// Validate requires both credentials or none.
func (m *accessToken) Validate(_ context.Context, diags *diag.Diagnostics) {
	if m.AppID.IsUnknown() || m.AppSecret.IsUnknown() || m.AppID.IsNull() == m.AppSecret.IsNull() {
		return
	}
	missing, given := "app_id", "app_secret"
	if !m.AppID.IsNull() {
		missing, given = given, missing
	}
	framework.Refuse(diags, missing, "Half of the credentials is missing", "Set "+missing+" together with "+given+", or neither to use those of the provider.")
}

// Open requests the token. Logto leaves out scopes that the roles of the application do
// not have, which is an error here.
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
		framework.Refuse(diags, "scopes", "Logto did not grant all scopes",
			"The token would lack: "+strings.Join(refused, ", ")+". Assign the application a role that has them, and check the resource.")
	}
	m.AccessToken = types.StringValue(token.Value)
	m.TokenType = types.StringValue(token.Type)
	m.ExpiresAt = customtypes.NewRFC3339Value(token.ExpiresAt.UTC().Truncate(time.Second))
	m.Scope = types.StringValue(strings.Join(token.Scopes, " "))
	return framework.EphemeralLease{}, nil
}
