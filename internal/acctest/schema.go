// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"maps"
	"regexp"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// Each command of the CLI asks for the schemas of the whole provider and decodes all of
// them, which takes longer than most commands do otherwise. So they are made once, and a
// test shows its CLI the types that its configurations name. Tests of the examples and of
// the guides run the provider's binary with all types.

// wholeSchema is the schema of the provider with all its types, and wholeIdentities are
// the schemas of their identities.
var (
	wholeSchema = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
		server, err := newServer()
		if err != nil {
			return nil, err
		}
		return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	})
	wholeIdentities = sync.OnceValues(func() (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
		server, err := newServer()
		if err != nil {
			return nil, err
		}
		return server.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	})
	newServer = providerserver.NewProtocol6WithError(provider.New("test")())
)

var typeName = regexp.MustCompile(`\blogto_[a-z0-9_]+`)

// named are the types that the configurations of steps name, and nil where a step has
// its configuration in files.
func named(steps []resource.TestStep) map[string]bool {
	types := map[string]bool{}
	for _, step := range steps {
		if step.ConfigDirectory != nil || step.ConfigFile != nil {
			return nil
		}
		for _, name := range typeName.FindAllString(step.Config, -1) {
			types[name] = true
		}
	}
	return types
}

// keep returns the entries whose keys are among types, or all for nil.
func keep[V any](all map[string]V, types map[string]bool) map[string]V {
	if types == nil {
		return all
	}
	all = maps.Clone(all)
	maps.DeleteFunc(all, func(name string, _ V) bool { return !types[name] })
	return all
}

// GetProviderSchema implements tfprotov6.ProviderServer.
func (o *overheard) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	whole, err := wholeSchema()
	if err != nil {
		return nil, err
	}
	part := *whole
	types := o.target.types
	part.ResourceSchemas = keep(whole.ResourceSchemas, types)
	part.DataSourceSchemas = keep(whole.DataSourceSchemas, types)
	part.EphemeralResourceSchemas = keep(whole.EphemeralResourceSchemas, types)
	part.ListResourceSchemas = keep(whole.ListResourceSchemas, types)
	part.ActionSchemas = keep(whole.ActionSchemas, types)
	return &part, nil
}

// GetResourceIdentitySchemas implements tfprotov6.ResourceServer.
func (o *overheard) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	whole, err := wholeIdentities()
	if err != nil {
		return nil, err
	}
	part := *whole
	part.IdentitySchemas = keep(whole.IdentitySchemas, o.target.types)
	return &part, nil
}
