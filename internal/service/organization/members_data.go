// SPDX-License-Identifier: MPL-2.0

package organization

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// memberData and applicationData are what the data sources show: who the members are, too.
var (
	memberData = framework.Define[shownMember]("organization_member", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: memberSchema().MarkdownDescription,
			Attributes: schemas.Replaced(memberSchema().Attributes, map[string]schema.Attribute{
				"name":          schemas.ShownAttribute("Full name of the user."),
				"username":      schemas.ShownAttribute("Username of the user."),
				"primary_email": schemas.ShownAttribute("Email address of the user."),
				"primary_phone": schemas.ShownAttribute("Phone number of the user."),
				"avatar":        schemas.ShownAttribute("URL of the avatar of the user."),
			}),
		}
	}, (*logto.Client).OrganizationMembers, "organization_id", "user_id")
	applicationData = framework.Define[shownApplication]("organization_application", func() schema.Schema {
		return schema.Schema{
			MarkdownDescription: applicationSchema().MarkdownDescription,
			Attributes: schemas.Replaced(applicationSchema().Attributes, map[string]schema.Attribute{
				"name": schemas.ShownAttribute("Name of the application."),
			}),
		}
	}, (*logto.Client).OrganizationApplications, "organization_id", "application_id")
)

type shownMember struct {
	member
	Name         types.String `tfsdk:"name"`
	Username     types.String `tfsdk:"username"`
	PrimaryEmail types.String `tfsdk:"primary_email"`
	PrimaryPhone types.String `tfsdk:"primary_phone"`
	Avatar       types.String `tfsdk:"avatar"`
}

func (m *shownMember) Flatten(ctx context.Context, l *logto.Membership) diag.Diagnostics {
	m.Name = types.StringPointerValue(l.Of.Name)
	m.Username = types.StringPointerValue(l.Of.Username)
	m.PrimaryEmail = types.StringPointerValue(l.Of.PrimaryEmail)
	m.PrimaryPhone = types.StringPointerValue(l.Of.PrimaryPhone)
	m.Avatar = types.StringPointerValue(l.Of.Avatar)
	return m.member.Flatten(ctx, l)
}

type shownApplication struct {
	application
	Name types.String `tfsdk:"name"`
}

func (m *shownApplication) Flatten(ctx context.Context, l *logto.Membership) diag.Diagnostics {
	m.Name = types.StringPointerValue(l.Of.Name)
	return m.application.Flatten(ctx, l)
}
