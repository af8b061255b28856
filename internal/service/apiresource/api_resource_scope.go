// SPDX-License-Identifier: MPL-2.0

package apiresource

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var apiResourceScopes = framework.Define[apiResourceScope]("api_resource_scope", apiResourceScopeSchema, (*logto.Client).Scopes, "resource_id", "id")

func apiResourceScopeSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages a single scope (permission) of an API resource. " +
			schemas.OneOfMany("scopes", "API resource", "add scopes to an API resource", "the attribute `scopes` of the same `logto_api_resource`, which is much faster for many scopes"),
		Attributes: map[string]schema.Attribute{
			"id":          schemas.IDAttribute(),
			"resource_id": schemas.ReferenceAttribute("ID of the API resource.", validators.IDOf("api_resource")),
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the scope, such as `read:orders`." + planmodifiers.ForResource("It must be unique in the API resource and have no white space."),
				Required:            true,
				Validators:          scopeName,
			},
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of what the scope allows." + planmodifiers.EmptyIsNone,
				Optional:            true,
			},
		},
	}
}

type apiResourceScope struct {
	ID          types.String `tfsdk:"id"`
	ResourceID  types.String `tfsdk:"resource_id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

var (
	_ framework.ModelWithLinkClaims  = (*apiResourceScope)(nil)
	_ framework.ModelWithDisplayName = (*apiResourceScope)(nil)
	_ framework.ModelWithGuardDelete = (*apiResourceScope)(nil)
)

func (m *apiResourceScope) Expand(context.Context) (logto.ScopeInput, diag.Diagnostics) {
	return logto.ScopeInput{Name: m.Name.ValueString(), Description: flex.NonEmptyPointer(m.Description)}, nil
}

func (m *apiResourceScope) Flatten(_ context.Context, s *logto.Scope) diag.Diagnostics {
	m.ID = types.StringValue(s.ID)
	m.ResourceID = types.StringValue(s.ResourceID)
	m.Name = types.StringValue(s.Name)
	m.Description = flex.NonEmptyValue(m.Description, s.Description)
	return nil
}

// GuardDelete keeps the scope of the Management API, which Logto does not let go.
func (m *apiResourceScope) GuardDelete(context.Context, *logto.Client) (string, error) {
	if m.ResourceID.ValueString() == managementAPI {
		return "It is a scope of the Management API of the tenant, which is built in.", nil
	}
	return "", nil
}

// LinkClaims says that the resource manages one scope of the API resource.
func (m *apiResourceScope) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: scopesOwned, Parent: m.ResourceID.ValueString()}}
}

// DisplayName names the scope in lists.
func (m *apiResourceScope) DisplayName() string { return m.Name.ValueString() }
