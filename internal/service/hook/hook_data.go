// SPDX-License-Identifier: MPL-2.0

package hook

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

// hookData is what the data sources show: the webhook, and statistics of its requests.
var hookData = framework.Define[shownHook]("hook", func() schema.Schema {
	return schema.Schema{
		MarkdownDescription: hookSchema().MarkdownDescription,
		Attributes: schemas.Replaced(hookSchema().Attributes, map[string]schema.Attribute{
			"execution_stats": schema.SingleNestedAttribute{
				MarkdownDescription: "Requests of the webhook in the last 24 hours.",
				Computed:            true,
				Attributes: map[string]schema.Attribute{
					"request_count": shownCount("Number of requests."),
					"success_count": shownCount("Number of requests that the endpoint answered with success."),
				},
			},
		}),
	}
}, (*logto.Client).HooksWithStats).ConfigurationOnly("signing_key_rotation")

func shownCount(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

type shownHook struct {
	hook
	ExecutionStats types.Object `tfsdk:"execution_stats"`
}

func (m *shownHook) Flatten(ctx context.Context, h *logto.Hook) diag.Diagnostics {
	diags := m.hook.Flatten(ctx, h)
	m.ExecutionStats = flex.FlattenNested(ctx, m.ExecutionStats, h.ExecutionStats, &diags)
	return diags
}
