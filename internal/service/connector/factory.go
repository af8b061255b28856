// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var factories = framework.Define[factory]("connector_factory", func() schema.Schema {
	return schema.Schema{
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
			"is_demo":                    schemas.ShownBoolAttribute("Whether its connectors are for demonstration only. You cannot create connectors of such a factory."),
			"config_template":            schemas.ShownAttribute("Example of the `config` of its connectors; null for factories that have `form_items`."),
			"form_items":                 formItemsAttribute,
		},
	}
}, (*logto.Client).ConnectorFactories)

// formItemsAttribute is the form in which the Console asks for the config.
var formItemsAttribute = schema.ListNestedAttribute{
	MarkdownDescription: "Keys of the `config` of its connectors, as the form of the Console asks for them.",
	Computed:            true,
	NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"key":             schemas.ShownAttribute("Name of the key."),
		"type":            schemas.ShownAttribute("Type of the input: `Text`, `Number`, `MultilineText`, `Switch`, `Json`, `Select` or `MultiSelect`."),
		"label":           schemas.ShownAttribute("Label of the input."),
		"description":     schemas.ShownAttribute("Description of the key; null if there is none."),
		"placeholder":     schemas.ShownAttribute("Placeholder of the input; null if there is none."),
		"required":        schemas.ShownBoolAttribute("Whether the key is required where its `show_conditions` hold."),
		"is_confidential": schemas.ShownBoolAttribute("Whether the Console hides the value. Other values can be secret, too."),
		"default_value":   schemas.ShownJSONAttribute("Value with which the form begins, as JSON; null if there is none."),
		"select_items": schema.ListNestedAttribute{
			MarkdownDescription: "Values of an input of type `Select` or `MultiSelect`.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"value": schemas.ShownAttribute("Value of the key."),
				"title": schemas.ShownAttribute("Title of the value in the form; null if there is none."),
			}},
		},
		"show_conditions": schema.ListNestedAttribute{
			MarkdownDescription: "Conditions under which the key applies. All of them must hold.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"target_key":   schemas.ShownAttribute("Name of another key."),
				"expect_value": schemas.ShownJSONAttribute("Value that the other key must have, as JSON."),
			}},
		},
	}},
}

type factory struct {
	ID                      types.String `tfsdk:"id"`
	Type                    types.String `tfsdk:"type"`
	Target                  types.String `tfsdk:"target"`
	Platform                types.String `tfsdk:"platform"`
	Name                    types.Map    `tfsdk:"name"`
	Description             types.Map    `tfsdk:"description"`
	IsStandard              types.Bool   `tfsdk:"is_standard"`
	IsTokenStorageSupported types.Bool   `tfsdk:"is_token_storage_supported"`
	IsDemo                  types.Bool   `tfsdk:"is_demo"`
	ConfigTemplate          types.String `tfsdk:"config_template"`
	FormItems               types.List   `tfsdk:"form_items"`
}

// Expand is not used: factories can only be read.
func (m *factory) Expand(context.Context) (struct{}, diag.Diagnostics) { return struct{}{}, nil }

func (m *factory) Flatten(ctx context.Context, f *logto.ConnectorFactory) diag.Diagnostics {
	name, diags := types.MapValueFrom(ctx, types.StringType, f.Name)
	description, d := types.MapValueFrom(ctx, types.StringType, f.Description)
	items := make([]logto.FormItem, len(f.FormItems))
	for i, item := range f.FormItems {
		item.SelectItems = append([]logto.SelectItem{}, item.SelectItems...) // none is no null
		item.ShowConditions = append([]logto.ShowCondition{}, item.ShowConditions...)
		items[i] = item
	}
	*m = factory{
		ID:                      types.StringValue(f.ID),
		Type:                    types.StringValue(f.Type),
		Target:                  types.StringValue(f.Target),
		Platform:                types.StringPointerValue(f.Platform),
		Name:                    name,
		Description:             description,
		IsStandard:              types.BoolValue(f.IsStandard),
		IsTokenStorageSupported: types.BoolValue(f.IsTokenStorageSupported),
		IsDemo:                  types.BoolValue(f.IsDemo),
		ConfigTemplate:          types.StringPointerValue(f.ConfigTemplate),
		FormItems:               flex.FlattenNested(ctx, m.FormItems, items, &diags),
	}
	return append(diags, d...)
}
