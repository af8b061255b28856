// SPDX-License-Identifier: MPL-2.0

package kittest

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Warnings are what the provider warned of since Reset, in plans and applies.
func (t *Target) Warnings() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.warnings)
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
