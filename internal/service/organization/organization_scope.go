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
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var scopes = framework.Define[scope]("organization_scope", scopeSchema, (*logto.Client).OrganizationScopes)

var scopeSchema = schema.Schema{
	MarkdownDescription: "A scope (permission) of the organization template: something that members of an organization may do there, such as `invite:member`. " +
		"It is the same for all organizations.",
	Attributes: map[string]schema.Attribute{
		"id": schemas.IDAttribute(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the scope, unique in the organization template. 1 to 128 characters.",
			Required:            true,
			Validators:          []validator.String{validators.Length(1, 128)},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "What the scope allows. Up to 256 characters. `\"\"` is the same as none.",
			Optional:            true,
			Validators:          []validator.String{validators.LengthAtMost(256)},
		},
	},
}

type scope struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
}

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
