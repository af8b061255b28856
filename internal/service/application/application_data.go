// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// applicationData is what the data sources show: the application, and what
// logto_application_access_control manages of it.
var applicationData = framework.Define[shownApplication]("application", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: applicationSchema().MarkdownDescription,
		Attributes: schemas.Replaced(applicationSchema().Attributes, map[string]schema.Attribute{
			"access_control_enabled": schemas.ShownBoolAttribute("Whether only users whom the access control of the application lets in can sign in to it." +
				schemas.SinceSetting(applicationPath, "appLevelAccessControlEnabled")),
		}),
	}
}, (*logto.Client).Applications).OmitFromPlural("role_ids")

type shownApplication struct {
	application
	AccessControlEnabled types.Bool `tfsdk:"access_control_enabled"`
}

func (m *shownApplication) Flatten(ctx context.Context, a *logto.Application) diag.Diagnostics {
	m.AccessControlEnabled = types.BoolPointerValue(a.AccessControlEnabled)
	return m.application.Flatten(ctx, a)
}
