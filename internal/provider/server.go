// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// Server returns a constructor of the provider as Terraform calls it. A data source
// is one operation until all of it is encoded: see [logto.Operation].
func Server(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		made := providerserver.NewProtocol6(New(version)())()
		whole, ok := made.(everything)
		if !ok {
			return made
		}
		return server{whole}
	}
}

// everything is what the provider offers by the protocol.
type everything interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

type server struct{ everything }

// ReadDataSource implements tfprotov6.DataSourceServer.
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	ctx, end := logto.Operation(ctx)
	defer end()
	return s.everything.ReadDataSource(ctx, req)
}
