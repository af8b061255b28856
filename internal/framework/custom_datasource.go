// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// CustomDataSourceModel is a pointer to M, the Go form of a data source that asks for
// something other than objects of a kind.
type CustomDataSourceModel[M any] interface {
	*M
	// Read fills in what the configuration asks for.
	Read(ctx context.Context, c *logto.Client) error
}

// CustomDataSource is the data source of that Terraform name.
func CustomDataSource[M any, P CustomDataSourceModel[M]](name string, s func() schema.Schema) datasource.DataSource {
	return &customDataSource[M, P]{name: "logto_" + name, schema: s}
}

type customDataSource[M any, P CustomDataSourceModel[M]] struct {
	name   string
	schema func() schema.Schema
	data   *ProviderData
}

func (q *customDataSource[M, P]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = q.name
}

func (q *customDataSource[M, P]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = q.schema()
}

func (q *customDataSource[M, P]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	q.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (q *customDataSource[M, P]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(q.data, &resp.Diagnostics) {
		return
	}
	if err := m.Read(ctx, q.data.Client); err != nil {
		resp.State.Raw = req.Config.Raw
		q.data.fail(&resp.Diagnostics, failure{verb: "read", typeName: q.name}, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}
