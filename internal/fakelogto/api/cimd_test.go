// SPDX-License-Identifier: MPL-2.0

package api

import (
	"testing"
)

func TestDynamicApp(t *testing.T) {
	t.Parallel()
	s := NewServer()
	const settings, path = "/api/configs/cimd", "/api/cimd/user-consent-scopes"
	if got := must(t, s, "GET", settings, nil, 200); got["enabled"] != false {
		t.Errorf("fresh: %v", got)
	}
	must(t, s, "PATCH", settings, body{"enabled": true}, 200)
	if got := must(t, s, "PATCH", settings, body{"more": 1}, 200); got["enabled"] != true {
		t.Errorf("after nothing: %v", got)
	}
	refused(t, s, "PATCH", settings, body{"enabled": nil}, 400, "guard.invalid_input")

	scope := made(t, s, "/api/organization-scopes", body{"name": "s"}, 201)
	must(t, s, "POST", path, body{"organizationScopes": []string{scope}, "userScopes": []string{"urn:logto:scope:trusted_devices"}}, 201)
	must(t, s, "POST", path, body{"organizationScopes": []string{scope, scope}, "resourceScopes": []string{}}, 201)
	if got := must(t, s, "GET", path, nil, 200); len(docs(got["organizationScopes"])) != 1 {
		t.Errorf("scopes: %v", got)
	}
	refused(t, s, "POST", path, body{"resourceScopes": []string{managementAPIScope}}, 422, "application.consent_management_api_scopes_not_allowed")
	refused(t, s, "POST", path, body{"organizationResourceScopes": []string{"nope"}}, 422, "application.user_consent_scopes_not_found")
	refused(t, s, "DELETE", path+"/user-scopes/nope", nil, 404, "entity.not_found")
	must(t, s, "DELETE", path+"/user-scopes/urn:logto:scope:trusted_devices", nil, 204)
	must(t, s, "DELETE", "/api/organization-scopes/"+scope, nil, 204)
	if rows := s.Rows(); rows["cimd_organization_scopes"]+rows["cimd_user_scopes"] != 0 {
		t.Errorf("left: %v", rows)
	}
}
