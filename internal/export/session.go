// SPDX-License-Identifier: MPL-2.0

package export

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// session is the configured provider in this process, as Terraform talks to it: what it
// reads is what an import would have in the state.
type session struct {
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
	data   *framework.ProviderData
}

// withData is the provider, whose data it keeps.
type withData struct {
	provider.Provider
	data *framework.ProviderData
}

// Configure implements provider.Provider.
func (p *withData) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	p.Provider.Configure(ctx, req, resp)
	p.data, _ = resp.ResourceData.(*framework.ProviderData)
}

// connect configures the provider by the environment alone.
func connect(ctx context.Context, p provider.Provider) (*session, error) {
	wrapped := &withData{Provider: p}
	s := &session{server: providerserver.NewProtocol6(wrapped)()}
	var err error
	if s.schema, err = s.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		return nil, err
	}
	if err := told(s.schema.Diagnostics); err != nil {
		return nil, err
	}
	kind := s.schema.Provider.ValueType()
	nulls := map[string]tftypes.Value{}
	for _, a := range s.schema.Provider.Block.Attributes {
		nulls[a.Name] = tftypes.NewValue(a.ValueType(), nil)
	}
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nulls))
	if err != nil {
		return nil, err
	}
	configured, err := s.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "export", Config: &config})
	if err != nil {
		return nil, err
	}
	s.data = wrapped.data
	return s, told(configured.Diagnostics)
}

// read returns the state that an import of the object has; null when the object is gone.
func (s *session) read(ctx context.Context, typeName, id string) (tftypes.Value, error) {
	kind := s.schema.ResourceSchemas[typeName].ValueType()
	imported, err := s.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
	if err == nil {
		err = told(imported.Diagnostics)
	}
	if err != nil {
		return tftypes.Value{}, err
	}
	found := imported.ImportedResources[0]
	read, err := s.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: found.State, Private: found.Private, CurrentIdentity: found.Identity})
	if err == nil {
		err = told(read.Diagnostics)
	}
	if err != nil {
		return tftypes.Value{}, err
	}
	return read.NewState.Unmarshal(kind)
}

// told is the errors among diagnostics; nil when there are none.
func told(diagnostics []*tfprotov6.Diagnostic) error {
	var errs []error
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			errs = append(errs, errors.New(strings.TrimSpace(d.Summary+"\n"+d.Detail)))
		}
	}
	return errors.Join(errs...)
}

// asError is the same for diagnostics of the framework.
func asError(diags diag.Diagnostics) error {
	var errs []error
	for _, d := range diags.Errors() {
		errs = append(errs, fmt.Errorf("%s\n%s", d.Summary(), d.Detail()))
	}
	return errors.Join(errs...)
}
