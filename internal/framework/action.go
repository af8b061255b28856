// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// ActionModel is a pointer to M, the Go form of an action's configuration. It
// can also implement [ModelWithValidate].
type ActionModel[M any] interface {
	*M
	// Invoke does what the action is for. say shows a message to the user.
	Invoke(ctx context.Context, c *logto.Client, say func(string)) error
}

// Action is the action of that Terraform name: something that is done once, when
// a person or a trigger asks for it, and leaves no state.
func Action[M any, P ActionModel[M]](name string, s func() schema.Schema) action.Action {
	return &actionType[M, P]{name: "logto_" + name, schema: s}
}

type actionType[M any, P ActionModel[M]] struct {
	name   string
	schema func() schema.Schema
	data   *ProviderData
}

func (a *actionType[M, P]) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.name
}

func (a *actionType[M, P]) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = a.schema()
}

func (a *actionType[M, P]) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (a *actionType[M, P]) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	validateConfig(ctx, P(new(M)), req.Config, &resp.Diagnostics)
}

func (a *actionType[M, P]) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(a.data, &resp.Diagnostics) {
		return
	}
	err := m.Invoke(ctx, a.data.Client, func(message string) { resp.SendProgress(action.InvokeProgressEvent{Message: message}) })
	if err == nil {
		return
	}
	a.data.fail(&resp.Diagnostics, failure{verb: "invoke", typeName: a.name, attributes: named(a.schema().Attributes)}, err)
}
