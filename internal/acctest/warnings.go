// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Warnings are what the provider warned of since Reset, in plans and applies.
func (t *Target) Warnings() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.warnings)
}

// planRequest is a plan that Terraform asked for.
type planRequest struct {
	typeName      string
	config, state *tfprotov6.DynamicValue
	private       []byte
	identity      *tfprotov6.ResourceIdentityData
}

func (t *Target) notePlan(req *tfprotov6.PlanResourceChangeRequest) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.plans = append(t.plans, planRequest{req.TypeName, req.Config, req.PriorState, req.PriorPrivate, req.PriorIdentity})
}

// lastPlanned is the resource with those attributes as Terraform gave it to the
// provider for its last plan since Reset, and its configuration.
func (t *Target) lastPlanned(tb testing.TB, address string, attributes map[string]string) (subject, tftypes.Value, bool) {
	tb.Helper()
	t.mu.Lock()
	plans := slices.Clone(t.plans)
	t.mu.Unlock()
	r := t.newRun(tb)
	typeName, _, _ := strings.Cut(address, ".")
	for _, p := range slices.Backward(plans) {
		if p.typeName != typeName {
			continue
		}
		s := subject{typeName: typeName, kind: r.kind(typeName), private: p.private, identity: p.identity}
		s.state = r.decode(p.state, s.kind)
		config := r.decode(p.config, s.kind)
		if !config.IsNull() && isResource(s.state, attributes) {
			return s, config, true
		}
	}
	return subject{}, tftypes.Value{}, false
}

// isResource reports whether a state has those attributes, as far as they are strings.
func isResource(state tftypes.Value, attributes map[string]string) bool {
	if state.IsNull() {
		return false
	}
	for name, v := range members(state) {
		var s string
		if want, ok := attributes[name]; ok && v.Type().Is(tftypes.String) && !v.IsNull() && (v.As(&s) != nil || s != want) {
			return false
		}
	}
	return true
}

// overhear notes the warnings that a server gives Terraform.
func (t *Target) overhear(server tfprotov6.ProviderServer) (tfprotov6.ProviderServer, error) {
	lists, ok := server.(tfprotov6.ListResourceServer)
	if !ok {
		return nil, fmt.Errorf("%T lists nothing", server)
	}
	actions, ok := server.(tfprotov6.ActionServer)
	if !ok {
		return nil, fmt.Errorf("%T knows no actions", server)
	}
	return &overheard{server, lists, actions, t}, nil
}

type overheard struct {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	target *Target
}

func (o *overheard) note(diagnostics []*tfprotov6.Diagnostic) {
	o.target.mu.Lock()
	defer o.target.mu.Unlock()
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			o.target.warnings = append(o.target.warnings, d.Summary+": "+d.Detail)
		}
	}
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (o *overheard) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	o.target.notePlan(req)
	resp, err := o.ProviderServer.PlanResourceChange(ctx, req)
	if err == nil {
		o.note(resp.Diagnostics)
	}
	return resp, err
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (o *overheard) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := o.ProviderServer.ApplyResourceChange(ctx, req)
	if err == nil {
		o.note(resp.Diagnostics)
	}
	return resp, err
}

// ValidateResourceConfig implements tfprotov6.ResourceServer.
func (o *overheard) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := o.ProviderServer.ValidateResourceConfig(ctx, req)
	if err == nil {
		o.note(resp.Diagnostics)
	}
	return resp, err
}
