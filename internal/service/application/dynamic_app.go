// SPDX-License-Identifier: MPL-2.0

package application

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

var dynamicApps = framework.AlwaysOne[dynamicApp]("dynamic_app", dynamicAppSchema, (*logto.Client).DynamicApps)

func dynamicAppSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The dynamic app: whether clients that are not registered can sign users in, and the scopes that they can ask users to consent to. Such a client, for example a client of the Model Context Protocol, describes itself with an OAuth Client ID Metadata Document. " +
			"Every tenant has one dynamic app: creating the resource adopts it, and destroying the resource resets the settings that it managed." + schemas.SinceOperation("GET /api/configs/cimd"),
		Attributes: map[string]schema.Attribute{
			"id": schemas.SingletonIDAttribute(),
			"enabled": schema.BoolAttribute{
				MarkdownDescription: "Whether clients that are not registered can sign users in." + planmodifiers.ForResource("A self-hosted Logto refuses `true` while its protection against server-side request forgery is off."),
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{planmodifiers.TenantSetting(types.BoolValue(false))},
			},
			"user_scopes":                     dynamicAppSet("Scopes for claims about the user: "+userScopes.String()+".", validators.Each(userScopes.OneOf())),
			"resource_scope_ids":              dynamicAppSet("IDs of scopes of API resources, for which the user needs a role.", validators.RefersTo(validators.APIScope)),
			"organization_scope_ids":          dynamicAppSet("IDs of organization scopes.", validators.RefersTo(validators.IDOf("organization_scope"))),
			"organization_resource_scope_ids": dynamicAppSet("IDs of scopes of API resources, for which the user needs an organization role.", validators.RefersTo(validators.APIScope)),
		},
	}
}

func dynamicAppSet(description string, rule validator.Set) schema.SetAttribute {
	a := consentSet(description, rule)
	a.Default = nil
	a.PlanModifiers = []planmodifier.Set{planmodifiers.TenantSetting(flex.EmptySet)}
	return a
}

type dynamicApp struct {
	ID      types.String `tfsdk:"id"`
	Enabled types.Bool   `tfsdk:"enabled"`
	consentSets
}

func (m *dynamicApp) Expand(ctx context.Context) (in logto.DynamicAppSettingsInput, diags diag.Diagnostics) {
	in.Enabled = flex.BoolPointer(m.Enabled)
	in.Consent, diags = m.expand(ctx)
	return in, diags
}

func (m *dynamicApp) Flatten(_ context.Context, d *logto.DynamicAppSettings) diag.Diagnostics {
	m.ID = types.StringValue(schemas.SingletonID)
	m.Enabled = types.BoolValue(d.Enabled)
	m.flatten(d.Consent)
	return nil
}
