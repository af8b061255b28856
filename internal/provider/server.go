// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"os"
	"os/signal"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Server returns a constructor of the provider as Terraform calls it. An interrupt
// (Ctrl-C) ends what is going on as when Terraform asks the provider to stop, which
// it does not in the plan of an apply.
func Server(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		made := providerserver.NewProtocol6(New(version)())()
		whole, ok := made.(everything)
		if !ok {
			return made
		}
		s := &server{everything: whole, interrupted: make(chan struct{})}
		go s.watch()
		return s
	}
}

// everything is what the provider offers by the protocol.
type everything interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

type server struct {
	everything

	mu          sync.Mutex
	interrupted chan struct{} // is closed by the next interrupt
}

// watch ends what is going on at each interrupt, which a terminal sends to this
// process as well as to Terraform. What is asked for after that is done.
func (s *server) watch() {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	for range interrupts {
		s.interrupt()
	}
}

func (s *server) interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.interrupted)
	s.interrupted = make(chan struct{})
}

// call is one call of Terraform: do with a context that the next interrupt ends, and that
// nothing keeps.
func call[Request, Response any](ctx context.Context, s *server, req *Request, do func(context.Context, *Request) (*Response, error)) (*Response, error) {
	within, stop := s.until(ctx)
	defer stop()
	lent := lend(within)
	defer lent.takeBack()
	return do(lent, req)
}

// until is ctx, ended by the next interrupt and by stop.
func (s *server) until(ctx context.Context) (within context.Context, stop context.CancelFunc) {
	s.mu.Lock()
	interrupted := s.interrupted
	s.mu.Unlock()
	within, stop = context.WithCancel(ctx)
	go func() {
		defer stop()
		select {
		case <-interrupted:
		case <-within.Done():
		}
	}()
	return within, stop
}

// operation is ctx for what may read large lists and takes no lock. It is one operation
// until Terraform has been sent all of it: see [logto.Operation].
func operation(ctx context.Context) context.Context {
	within, end := logto.Operation(ctx)
	context.AfterFunc(ctx, end)
	return within
}

// ConfigureProvider implements tfprotov6.ProviderServer.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return call(ctx, s, req, s.everything.ConfigureProvider)
}

// ValidateResourceConfig implements tfprotov6.ResourceServer.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return call(ctx, s, req, s.everything.ValidateResourceConfig)
}

// UpgradeResourceState implements tfprotov6.ResourceServer.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return call(ctx, s, req, s.everything.UpgradeResourceState)
}

// UpgradeResourceIdentity implements tfprotov6.ResourceServer.
func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return call(ctx, s, req, s.everything.UpgradeResourceIdentity)
}

// ImportResourceState implements tfprotov6.ResourceServer.
func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return call(ctx, s, req, s.everything.ImportResourceState)
}

// ReadResource implements tfprotov6.ResourceServer.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return call(ctx, s, req, s.everything.ReadResource)
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return call(ctx, s, req, s.everything.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return call(ctx, s, req, s.everything.ApplyResourceChange)
}

// ReadDataSource implements tfprotov6.DataSourceServer.
func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return call(operation(ctx), s, req, s.everything.ReadDataSource)
}

// OpenEphemeralResource implements tfprotov6.EphemeralResourceServer.
func (s *server) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return call(ctx, s, req, s.everything.OpenEphemeralResource)
}

// ListResource implements tfprotov6.ListResourceServer. Its results are made after it has
// returned, and so are the events of an action.
func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	within, stop := s.until(operation(ctx))
	context.AfterFunc(ctx, stop)
	return s.everything.ListResource(within, req)
}

// InvokeAction implements tfprotov6.ActionServer.
func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	within, stop := s.until(ctx)
	context.AfterFunc(ctx, stop)
	return s.everything.InvokeAction(within, req)
}
