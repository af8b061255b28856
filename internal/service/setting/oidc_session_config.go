// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var oidcSessionConfigs = framework.AlwaysOne[oidcSessionConfig]("oidc_session_config", oidcSessionConfigSchema, (*logto.Client).OIDCSessionConfig)

func oidcSessionConfigSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The session configuration: the lifetime of sign-in sessions. Every tenant has one: creating the resource adopts it, and destroying the resource resets the settings that it managed." + schemas.SinceOperation("PATCH /api/configs/oidc/session"),
		Attributes: map[string]schema.Attribute{
			"id": schemas.SingletonIDAttribute(),
			"ttl": schema.Int64Attribute{
				MarkdownDescription: "Lifetime of a sign-in session, in seconds.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Int64{validators.Int64Between(1, 31536000)},
				PlanModifiers:       []planmodifier.Int64{planmodifiers.TenantSetting(types.Int64Value(1209600))},
			},
		},
	}
}

type oidcSessionConfig struct {
	ID  types.String `tfsdk:"id"`
	TTL types.Int64  `tfsdk:"ttl"`
}

func (m *oidcSessionConfig) Expand(context.Context) (logto.OIDCSessionConfigInput, diag.Diagnostics) {
	return logto.OIDCSessionConfigInput{TTL: flex.Int64Pointer(m.TTL)}, nil
}

func (m *oidcSessionConfig) Flatten(_ context.Context, c *logto.OIDCSessionConfig) diag.Diagnostics {
	m.ID = types.StringValue(schemas.SingletonID)
	m.TTL = types.Int64Value(c.TTL)
	return nil
}
