// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// connectorData is what the data sources show: no settings, which hold secrets,
// and the name on the sign-in button, wherever it comes from.
var connectorData = framework.Define[shownConnector]("connector", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: connectorSchema().MarkdownDescription,
		Attributes: schemas.Replaced(connectorSchema().Attributes, map[string]schema.Attribute{
			"id":                   schema.StringAttribute{MarkdownDescription: "ID of the connector. It is a part of the redirect URI that you register at a social provider: `<endpoint>/callback/<id>`.", Computed: true},
			"target":               schema.StringAttribute{MarkdownDescription: "Name of the social provider in `logto_sign_in_experience` and in the identities of users, such as `google`.", Computed: true},
			"name":                 names("Name on the sign-in button, by language tag."),
			"enable_token_storage": schema.BoolAttribute{MarkdownDescription: "Whether Logto stores the tokens of the provider for the user in the secret vault.", Computed: true},
		}, "logo", "logo_dark", "config", "config_wo", "config_wo_version", "replace_existing"),
	}
}, (*logto.Client).Connectors).OmitFromPlural("redirect_uri")

func names(description string) schema.MapAttribute {
	return schema.MapAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}

type shownConnector struct {
	facts
	Name types.Map `tfsdk:"name"`
}

func (m *shownConnector) Expand(context.Context) (logto.ConnectorInput, diag.Diagnostics) {
	return logto.ConnectorInput{}, nil
}

func (m *shownConnector) Flatten(ctx context.Context, c *logto.Connector) (diags diag.Diagnostics) {
	m.take(c)
	m.Name, diags = types.MapValueFrom(ctx, types.StringType, c.Name)
	return diags
}
