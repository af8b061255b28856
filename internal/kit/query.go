// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// QueryModel is a pointer to M, the Go form of a data source that asks for
// something other than objects of a kind.
type QueryModel[M any] interface {
	*M
	// Read fills in what the configuration asks for.
	Read(ctx context.Context, c *logto.Client) error
}

// Query is the data source of that Terraform name.
func Query[M any, P QueryModel[M]](name string, s schema.Schema) datasource.DataSource {
	return &query[M, P]{name: "logto_" + name, schema: s}
}

type query[M any, P QueryModel[M]] struct {
	name   string
	schema schema.Schema
	data   *Data
}

func (q *query[M, P]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = q.name
}

func (q *query[M, P]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = q.schema
}

func (q *query[M, P]) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	q.data, _ = req.ProviderData.(*Data)
}

func (q *query[M, P]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
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
