// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var scopes = framework.Define[scope]("organization_scope", scopeSchema, (*logto.Client).OrganizationScopes)

func scopeSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An organization scope (permission) of the organization template: an action in an organization, such as `invite:member`. " +
			"All organizations share it.",
		Attributes: map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the organization scope."+planmodifiers.ForResource("It must be unique in the organization template."), 128),
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of what the scope allows." + planmodifiers.EmptyIsNone,
				Optional:            true,
				Validators:          []validator.String{validators.LengthAtMost(256)},
			},
		},
	}
}

type scope struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

var _ framework.ModelWithDisplayName = (*scope)(nil)

func (m *scope) Expand(context.Context) (logto.OrganizationScopeInput, diag.Diagnostics) {
	return logto.OrganizationScopeInput{Name: m.Name.ValueString(), Description: flex.NonEmptyPointer(m.Description)}, nil
}

func (m *scope) Flatten(_ context.Context, s *logto.OrganizationScope) diag.Diagnostics {
	m.ID = types.StringValue(s.ID)
	m.Name = types.StringValue(s.Name)
	m.Description = flex.NonEmptyValue(m.Description, s.Description)
	return nil
}

// DisplayName names the scope in lists.
func (m *scope) DisplayName() string { return m.Name.ValueString() }
