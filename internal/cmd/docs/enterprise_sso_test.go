// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
)

// Each configuration of the guide sets up identity provider, connector and organization in one apply, with a
// stand-in for the provider of Okta or Entra, and changes nothing when it is planned again.
func TestAccGuideEnterpriseSSO(t *testing.T) {
	t.Parallel()
	metadata := read(t, root+filepath.FromSlash("examples/connectors/saml/acme-metadata.xml"))
	var idp *httptest.Server
	idp = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "federationmetadata") {
			_, _ = w.Write([]byte(metadata))
			return
		}
		issuer := idp.URL + strings.TrimSuffix(r.URL.Path, "/.well-known/openid-configuration")
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"issuer": %q, "authorization_endpoint": %[1]q, "token_endpoint": %[1]q, "userinfo_endpoint": %[1]q, "jwks_uri": %[1]q}`, issuer)
	}))
	t.Cleanup(idp.Close)
	guide := read(t, root+filepath.FromSlash("templates/guides/enterprise-sso.md.tmpl"))
	for _, dir := range examples(t, "enterprise-sso/*/main.tf") {
		name := filepath.Base(filepath.Dir(dir))
		if !strings.Contains(guide, `"examples/enterprise-sso/`+name+`/main.tf"`) {
			t.Errorf("the guide does not show %s", name)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !acctest.AtLeast(t, "1.11.0", "1.11.0") {
				t.Skip("the tests of the guides need Terraform or OpenTofu 1.11")
			}
			target, other, source := acctest.StartMemory(t), newOkta(metadata), "okta/okta"
			if strings.HasPrefix(name, "entra-") {
				other, source = newEntra(), "hashicorp/azuread"
			}
			files := exampleFolder(t, "enterprise-sso/"+name)
			for file, text := range files {
				files[file] = strings.NewReplacer("https://acme.okta.com", idp.URL, "https://login.microsoftonline.com", idp.URL).Replace(text)
			}
			newFolder(t, target, files, map[string]tfprotov6.ProviderServer{source: other.server()}).apply(t)

			_, connectors := target.Do(t, http.MethodGet, "/api/sso-connectors", nil)
			connector := connectors.([]any)[0].(map[string]any)
			if connector["providerConfig"] == nil {
				t.Errorf("Logto does not use the connector: %v", connector)
			}
			_, organizations := target.Do(t, http.MethodGet, "/api/organizations", nil)
			id := organizations.([]any)[0].(map[string]any)["id"].(string)
			_, jit := target.Do(t, http.MethodGet, "/api/organizations/"+id+"/jit/sso-connectors", nil)
			if members, _ := jit.([]any); len(members) != 1 || members[0].(map[string]any)["id"] != connector["id"] {
				t.Errorf("the organization lets in %v", jit)
			}
		})
	}
}
