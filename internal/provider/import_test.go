// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/provider"
)

// An import with a wrong ID says how the ID must be, before anything is read.
func TestImport_wrongID(t *testing.T) {
	t.Parallel()
	const useDefault = "Use the import ID default"
	for name, tc := range map[string]struct{ id, want string }{
		"logto_account_center":          {"main", useDefault},
		"logto_captcha_provider":        {"main", useDefault},
		"logto_id_token_config":         {"main", useDefault},
		"logto_oidc_session_config":     {"main", useDefault},
		"logto_sign_in_experience":      {"main", useDefault},
		"logto_jwt_customizer":          {"accessToken", `Did you mean "access-token"?`},
		"logto_action":                  {"postSignIn", `Did you mean "action.postSignIn"?`},
		"logto_custom_phrase":           {"pt-br", `Did you mean "pt-BR"?`},
		"logto_role_scope":              {"r/read:orders", "scope_id must be an ID and not a name"},
		"logto_api_resource_scope":      {"r", "It has the form resource_id/id"},
		"logto_organization_member":     {"acme inc/u", "organization_id must be an ID and not a name"},
		"logto_application_secret":      {"a", "It has the form application_id/name"},
		"logto_application_role":        {"a/my role", "role_id must be an ID and not a name"},
		"logto_personal_access_token":   {"u", "It has the form user_id/name"},
		"logto_saml_application_secret": {"a b/c", "application_id must be an ID and not a name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
			if err != nil {
				t.Fatal(err)
			}
			resp, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: tc.id})
			if err != nil {
				t.Fatal(err)
			}
			if len(resp.Diagnostics) != 1 || !strings.Contains(resp.Diagnostics[0].Detail, tc.want) {
				for _, d := range resp.Diagnostics {
					t.Errorf("%s: %s", d.Summary, d.Detail)
				}
				t.Errorf("want one error: %s", tc.want)
			}
		})
	}
}
