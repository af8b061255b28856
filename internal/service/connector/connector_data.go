// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// connectorData is what the data sources show: no settings, which hold secrets,
// and the name on the sign-in button, wherever it comes from.
var connectorData = framework.Define[shownConnector]("connector", schema.Schema{
	MarkdownDescription: connectorSchema.MarkdownDescription,
	Attributes: replaced(connectorSchema.Attributes, map[string]schema.Attribute{
		"id":                   schema.StringAttribute{MarkdownDescription: "ID of the connector. It is a part of the redirect URI that you register at a social provider: `<endpoint>/callback/<id>`.", Computed: true},
		"target":               schema.StringAttribute{MarkdownDescription: "Name of the social provider in `logto_sign_in_experience` and in the identities of users, such as `google`.", Computed: true},
		"name":                 names("Name on the sign-in button, by language tag."),
		"enable_token_storage": schema.BoolAttribute{MarkdownDescription: "Whether Logto stores the tokens of the provider for the user in the secret vault.", Computed: true},
	}, "logo", "logo_dark", "config", "config_wo", "config_wo_version", "replace_existing"),
}, (*logto.Client).Connectors).OmitFromPlural("redirect_uri")

// replaced are attributes without some and with others instead.
func replaced(from, instead map[string]schema.Attribute, without ...string) map[string]schema.Attribute {
	to := maps.Clone(from)
	maps.DeleteFunc(to, func(name string, _ schema.Attribute) bool { return slices.Contains(without, name) })
	maps.Copy(to, instead)
	return to
}

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

var factories = framework.Define[factory]("connector_factory", schema.Schema{
	MarkdownDescription: "A connector factory of the server.",
	Attributes: map[string]schema.Attribute{
		"id":                         schema.StringAttribute{MarkdownDescription: "ID of the factory, which is the `connector_id` of a `logto_connector`.", Computed: true},
		"type":                       schema.StringAttribute{MarkdownDescription: "Type of its connectors: " + connectorTypes.String() + ".", Computed: true},
		"target":                     schema.StringAttribute{MarkdownDescription: "Target of its connectors; null if the factory is a standard one.", Computed: true},
		"platform":                   schema.StringAttribute{MarkdownDescription: "Platform of its connectors: `Native`, `Web` or `Universal`; null unless the type is `Social`.", Computed: true},
		"name":                       names("Name of the factory, by language tag."),
		"description":                names("Description of the factory, by language tag."),
		"is_standard":                schema.BoolAttribute{MarkdownDescription: "Whether the factory is a standard one, for any provider that supports its protocol. Each of its connectors needs a target.", Computed: true},
		"is_token_storage_supported": schema.BoolAttribute{MarkdownDescription: "Whether its connectors can store the tokens of the provider in the secret vault.", Computed: true},
	},
}, (*logto.Client).ConnectorFactories)

type factory struct {
	ID                      types.String `tfsdk:"id"`
	Type                    types.String `tfsdk:"type"`
	Target                  types.String `tfsdk:"target"`
	Platform                types.String `tfsdk:"platform"`
	Name                    types.Map    `tfsdk:"name"`
	Description             types.Map    `tfsdk:"description"`
	IsStandard              types.Bool   `tfsdk:"is_standard"`
	IsTokenStorageSupported types.Bool   `tfsdk:"is_token_storage_supported"`
	framework.KeyOnly                    // it can only be read
}

func (m *factory) Flatten(ctx context.Context, f *logto.ConnectorFactory) diag.Diagnostics {
	name, diags := types.MapValueFrom(ctx, types.StringType, f.Name)
	description, d := types.MapValueFrom(ctx, types.StringType, f.Description)
	*m = factory{
		ID:                      types.StringValue(f.ID),
		Type:                    types.StringValue(f.Type),
		Target:                  types.StringValue(f.Target),
		Platform:                types.StringPointerValue(f.Platform),
		Name:                    name,
		Description:             description,
		IsStandard:              types.BoolValue(f.IsStandard),
		IsTokenStorageSupported: types.BoolValue(f.IsTokenStorageSupported),
	}
	return append(diags, d...)
}
