// SPDX-License-Identifier: MPL-2.0

package fakelogto

// tenantGroup is what tells about the tenant itself and has no rows here.
func tenantGroup() group {
	return group{routes: func(r *routes) {
		r.get("/status", func(*call) (any, error) { return nil, nil }).open().status = 204
		r.get("/systems/application", func(c *call) (any, error) {
			if !c.server.cloud {
				return nil, fail(501, "application.protected_app_not_configured")
			}
			return object{{"protectedApps", object{{"defaultDomain", protectedAppDomain}}}}, nil
		})
		// Secrets of users' accounts at social connectors; no call creates one.
		r.delete("/secrets/{id}", func(*call) (any, error) { return nil, notFound() })
	}}
}
