// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var customDomains = kit.New[customDomain]("application_custom_domain", customDomainSchema(), (*logto.Client).ApplicationCustomDomains, "application_id", "domain").Flat()

func customDomainSchema() schema.Schema {
	domain := kit.Reference("The domain, such as `app.example.com`, in small letters.")
	domain.Validators = []validator.String{kit.IsHostName()}
	return schema.Schema{
		MarkdownDescription: "A domain of your own under which users reach an application of type `Protected`. **On Logto Cloud only.** An application can have one. " +
			"Logto adds redirect URIs for it to the application.",
		Attributes: kit.WithDomainState(map[string]schema.Attribute{
			"application_id": kit.Reference("ID of the application, of type `Protected`.", kit.IDOf("application")),
			"domain":         domain,
		}),
	}
}

type customDomain struct {
	ApplicationID types.String `tfsdk:"application_id"`
	Domain        types.String `tfsdk:"domain"`
	kit.DomainState
}

func (m *customDomain) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

func (m *customDomain) Flatten(ctx context.Context, d *logto.ApplicationCustomDomain) diag.Diagnostics {
	m.ApplicationID = types.StringValue(d.ApplicationID)
	m.Domain = types.StringValue(d.Domain)
	return m.Take(ctx, d.DomainState)
}
