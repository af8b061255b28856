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

// until is ctx, ended by the next interrupt.
func (s *server) until(ctx context.Context) context.Context {
	s.mu.Lock()
	interrupted := s.interrupted
	s.mu.Unlock()
	within, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-interrupted:
		case <-ctx.Done():
		}
	}()
	return within
}

// operation is until for what may read large lists and takes no lock. It is one
// operation until Terraform has been sent all of it: see [logto.Operation].
func (s *server) operation(ctx context.Context) context.Context {
	within, end := logto.Operation(s.until(ctx))
	context.AfterFunc(ctx, end)
	return within
}

// ConfigureProvider implements tfprotov6.ProviderServer.
func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return s.everything.ConfigureProvider(s.until(ctx), req)
}

// ReadResource implements tfprotov6.ResourceServer.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return s.everything.ReadResource(s.until(ctx), req)
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return s.everything.PlanResourceChange(s.until(ctx), req)
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return s.everything.ApplyResourceChange(s.until(ctx), req)
}

// ReadDataSource implements tfprotov6.DataSourceServer.
func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return s.everything.ReadDataSource(s.operation(ctx), req)
}

// OpenEphemeralResource implements tfprotov6.EphemeralResourceServer.
func (s *server) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return s.everything.OpenEphemeralResource(s.until(ctx), req)
}

// ListResource implements tfprotov6.ListResourceServer.
func (s *server) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return s.everything.ListResource(s.operation(ctx), req)
}

// InvokeAction implements tfprotov6.ActionServer.
func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return s.everything.InvokeAction(s.until(ctx), req)
}
