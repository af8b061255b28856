// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// EphemeralModel is a pointer to M, the Go form of an ephemeral resource.
type EphemeralModel[M any] interface {
	*M
	// Open gets or makes the value and fills it into the model. Errors of the
	// API are returned; diags is for what else an attribute is at fault for.
	// After an error there is no Close: Open itself takes back what it made.
	Open(ctx context.Context, c *logto.Client, diags *diag.Diagnostics) (EphemeralLease, error)
}

// EphemeralLease says what becomes of a value after it was opened.
type EphemeralLease struct {
	// Key says which object was made, for Renew and Close; nil when nothing
	// needs either.
	Key logto.Key
	// RenewAt is when Terraform has to call Renew if it still uses the value.
	RenewAt time.Time
}

// EphemeralResource is the ephemeral resource of that Terraform name: a value that
// exists in memory for one run and never in a plan or a state.
func EphemeralResource[M any, P EphemeralModel[M]](name string, s func() schema.Schema) ephemeral.EphemeralResource {
	return &ephemeralResource[M, P]{name: "logto_" + name, schema: s}
}

type ephemeralResource[M any, P EphemeralModel[M]] struct {
	name   string
	schema func() schema.Schema
	data   *ProviderData
}

// leaseKey is where the private data holds the key of a [EphemeralLease].
const leaseKey = "key"

func (e *ephemeralResource[M, P]) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = e.name
}

func (e *ephemeralResource[M, P]) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = e.schema()
}

func (e *ephemeralResource[M, P]) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.data = configured(req.ProviderData, &resp.Diagnostics)
}

func (e *ephemeralResource[M, P]) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	validateConfig(ctx, P(new(M)), req.Config, &resp.Diagnostics)
}

func (e *ephemeralResource[M, P]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	m := P(new(M))
	resp.Diagnostics.Append(req.Config.Get(ctx, m)...)
	if resp.Diagnostics.HasError() || !isConfigured(e.data, &resp.Diagnostics) {
		return
	}
	lease, err := m.Open(ctx, e.data.Client, &resp.Diagnostics)
	if err != nil {
		e.fail(&resp.Diagnostics, "open", err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if lease.Key != nil {
		key, err := json.Marshal(lease.Key)
		if err != nil {
			e.fail(&resp.Diagnostics, "open", err)
			return
		}
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, leaseKey, key)...)
	}
	resp.RenewAt = lease.RenewAt
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
}

func (e *ephemeralResource[M, P]) Renew(ctx context.Context, req ephemeral.RenewRequest, resp *ephemeral.RenewResponse) {
	r, ok := any(P(new(M))).(EphemeralModelWithRenew)
	key := e.leased(ctx, req.Private, &resp.Diagnostics)
	if !ok || key == nil || !isConfigured(e.data, &resp.Diagnostics) {
		return
	}
	var err error
	if resp.RenewAt, err = r.Renew(ctx, e.data.Client, key); err != nil {
		e.fail(&resp.Diagnostics, "renew", err)
	}
}

func (e *ephemeralResource[M, P]) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	c, ok := any(P(new(M))).(EphemeralModelWithClose)
	key := e.leased(ctx, req.Private, &resp.Diagnostics)
	if !ok || key == nil || !isConfigured(e.data, &resp.Diagnostics) {
		return
	}
	if err := c.Close(ctx, e.data.Client, key); err != nil && !logto.IsNotFound(err) {
		e.fail(&resp.Diagnostics, "close", err)
	}
}

// leased is the key that Open left, or nil.
func (e *ephemeralResource[M, P]) leased(ctx context.Context, private planmodifiers.PrivateReader, diags *diag.Diagnostics) logto.Key {
	saved, d := private.GetKey(ctx, leaseKey)
	diags.Append(d...)
	if len(saved) == 0 {
		return nil
	}
	var key logto.Key
	if err := json.Unmarshal(saved, &key); err != nil {
		e.fail(diags, "read the private data of", err)
	}
	return key
}

// fail makes the diagnostics for an error as resources have them.
func (e *ephemeralResource[M, P]) fail(diags *diag.Diagnostics, verb string, err error) {
	e.data.fail(diags, failure{verb: verb, typeName: e.name, attributes: named(e.schema().Attributes)}, err)
}
