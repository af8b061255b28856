// SPDX-License-Identifier: MPL-2.0

package setting

import (
	"context"
	"slices"

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

var idTokenConfigs = framework.AlwaysOne[idTokenConfig]("id_token_config", idTokenConfigSchema, (*logto.Client).IDTokenConfig)

var extendedClaims = validators.Enum{"custom_data", "identities", "sso_identities", "roles", "organizations", "organization_data", "organization_roles"}

func idTokenConfigSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The ID token configuration: claims that ID tokens have in addition to the standard ones. Every tenant has one: creating the resource adopts it, and destroying the resource resets the settings that it managed.",
		Attributes: map[string]schema.Attribute{
			"id": schemas.SingletonIDAttribute(),
			"enabled_extended_claims": schema.SetAttribute{
				MarkdownDescription: "Claims that Logto adds when an application requests their scopes: " + extendedClaims.String() + ".",
				ElementType:         types.StringType,
				Optional:            true,
				Computed:            true,
				Validators:          []validator.Set{validators.Each(extendedClaims.OneOf())},
				PlanModifiers:       []planmodifier.Set{planmodifiers.TenantSetting(flex.StringSet([]string{"roles", "organizations", "organization_roles"}))},
			},
		},
	}
}

type idTokenConfig struct {
	ID     types.String `tfsdk:"id"`
	Claims types.Set    `tfsdk:"enabled_extended_claims"`
}

func (m *idTokenConfig) Expand(ctx context.Context) (in logto.IDTokenConfigInput, diags diag.Diagnostics) {
	in.EnabledExtendedClaims, diags = flex.StringSlice(ctx, m.Claims)
	// Logto stores the claims in the order of the request. This is the order of its default.
	slices.SortFunc(in.EnabledExtendedClaims, func(a, b string) int {
		return slices.Index(extendedClaims, a) - slices.Index(extendedClaims, b)
	})
	return in, diags
}

func (m *idTokenConfig) Flatten(_ context.Context, c *logto.IDTokenConfig) diag.Diagnostics {
	m.ID = types.StringValue(schemas.SingletonID)
	m.Claims = flex.StringSet(c.EnabledExtendedClaims)
	return nil
}
