// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var customDomains = framework.Define[customDomain]("application_custom_domain", customDomainSchema(), (*logto.Client).ApplicationCustomDomains, "application_id", "domain").WithoutParents()

func customDomainSchema() schema.Schema {
	domain := schemas.ReferenceAttribute("The domain, such as `app.example.com`, in small letters.")
	domain.Validators = []validator.String{validators.IsHostName()}
	return schema.Schema{
		MarkdownDescription: "A domain of your own under which users reach an application of type `Protected`. **On Logto Cloud only.** An application can have one. " +
			"Logto adds redirect URIs for it to the application.",
		Attributes: schemas.WithDomainState(map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application, of type `Protected`."),
			"domain":         domain,
		}),
	}
}

type customDomain struct {
	ApplicationID types.String `tfsdk:"application_id"`
	Domain        types.String `tfsdk:"domain"`
	schemas.DomainState
}

func (m *customDomain) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

func (m *customDomain) Flatten(ctx context.Context, d *logto.ApplicationCustomDomain) diag.Diagnostics {
	m.ApplicationID = types.StringValue(d.ApplicationID)
	m.Domain = types.StringValue(d.Domain)
	return m.Take(ctx, d.DomainState)
}
