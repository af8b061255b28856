// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var customDomains = framework.Define[customDomain]("application_custom_domain", customDomainSchema, (*logto.Client).ApplicationCustomDomains, "application_id", "domain").WithoutParents()

func customDomainSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A custom domain of an application of type `Protected`, at which users reach the application. **Only Logto Cloud has custom domains.** An application can have one custom domain. " +
			"Logto adds redirect URIs for it to the application.",
		Attributes: schemas.WithDomainState(map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application, which must be of type `Protected`.", validators.IDOf("application")),
			"domain":         schemas.KeyAttribute("Domain name in lower case, such as `app.example.com`.", validators.IsHostName()),
		}),
	}
}

type customDomain struct {
	ApplicationID types.String `tfsdk:"application_id"`
	Domain        types.String `tfsdk:"domain"`
	schemas.DomainState
	framework.KeyOnly
}

func (m *customDomain) Flatten(ctx context.Context, d *logto.ApplicationCustomDomain) diag.Diagnostics {
	m.ApplicationID = types.StringValue(d.ApplicationID)
	m.Domain = types.StringValue(d.Domain)
	return m.Take(ctx, d.DomainState)
}
