// SPDX-License-Identifier: MPL-2.0

package api

import "github.com/logto-community/terraform-provider-logto/internal/fakelogto/engine"

// tenantGroup is what tells about the tenant itself and has no rows here.
func tenantGroup() engine.Group {
	return engine.Group{Routes: func(r *engine.Routes) {
		r.Get("/status", func(*engine.Context) (any, error) { return nil, nil }).Open().Status = 204
		r.Get("/systems/application", func(c *engine.Context) (any, error) {
			if !stateOf(c.DB).cloud {
				return nil, engine.Fail(501, "application.protected_app_not_configured")
			}
			return engine.Object{{"protectedApps", engine.Object{{"defaultDomain", protectedAppDomain}}}}, nil
		})
		// Secrets of users' accounts at social connectors; no call creates one.
		r.Delete("/secrets/{id}", func(*engine.Context) (any, error) { return nil, engine.NotFound() })
	}}
}
