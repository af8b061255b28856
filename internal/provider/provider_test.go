// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

const threeRoles = `
resource "logto_role" "test" {
  count       = 3
  name        = "{name}-${count.index}"
  description = "x"
}`

func providerBlock(endpoint, id, secret, more string) string {
	return fmt.Sprintf("provider \"logto\" {\n  endpoint   = %q\n  app_id     = %q\n  app_secret = %q\n%s\n}\n", endpoint, id, secret, more)
}

// A wrong configuration gives one error, however many objects there are, and
// gives it at plan time.
func TestAccProvider_wrongConfiguration(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	s := target.Server
	_, app := s.Do("POST", "/api/applications", map[string]any{"name": "no role", "type": "MachineToMachine"})
	id := app.(map[string]any)["id"].(string)
	_, secrets := s.Do("GET", "/api/applications/"+id+"/secrets", nil)
	secret := secrets.([]any)[0].(map[string]any)["value"].(string)
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	for name, c := range map[string]struct{ block, want string }{
		"no endpoint":     {providerBlock("", "x", "y", ""), `Missing provider configuration: endpoint`},
		"endpoint scheme": {providerBlock("logto.example.com", "x", "y", ""), `provider's endpoint has no scheme`},
		"host and port":   {providerBlock("localhost:3001", "x", "y", ""), `has no scheme: write http://localhost:3001`},
		"https to http":   {providerBlock(strings.Replace(s.URL, "http:", "https:", 1), "x", "y", ""), `begins with https, and the server speaks plain http. Write ` + s.URL},
		"unreachable":     {providerBlock("http://127.0.0.1:1", "x", "y", ""), `endpoint is "http://127.0.0.1:1", which cannot be reached`},
		"no Logto":        {providerBlock(elsewhere.URL, "x", "y", ""), `where no Logto answers`},
		"secret":          {providerBlock(s.URL, fakelogto.AppID, "wrong", ""), `app_secret was refused`},
		"indicator":       {providerBlock(s.URL, fakelogto.AppID, fakelogto.AppSecret, `  resource = "https://wrong.example/api"`), `resource is\s+"https://wrong.example/api"`},
		"role":            {providerBlock(s.URL, id, secret, ""), `cannot call the\s+Management\s+API`},
		"certificate":     {providerBlock(s.URL, "x", "y", `  ca_certificate = "none"`), `ca_certificate holds no PEM`},
		"timeout":         {providerBlock(s.URL, "x", "y", `  request_timeout = 0`), `request_timeout`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := regexp.MustCompile(strings.ReplaceAll(c.want, " ", `\s+`))
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: target.Providers(),
				Steps:                    []resource.TestStep{{Config: c.block + target.Expand(threeRoles)}},
				ErrorCheck: func(err error) error {
					if !want.MatchString(plain(err)) {
						return fmt.Errorf("not the error that was expected (%s): %w", c.want, err)
					}
					if n := strings.Count(err.Error(), "Error: "); n != 1 {
						return fmt.Errorf("%d errors, want one: %w", n, err)
					}
					if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), fakelogto.AppSecret) {
						return fmt.Errorf("a secret is in the error: %w", err)
					}
					t.Log("told as expected")
					return nil
				},
			})
		})
	}
}

// plain is the text of an error without the frame that Terraform draws.
func plain(err error) string {
	return strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(err.Error())
}

// An existing configuration whose credentials stopped working tells so once, at the
// provider block.
func TestAccProvider_refreshWithWrongSecret(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: target.Providers(),
		Steps: []resource.TestStep{
			{Config: target.Config(threeRoles)},
			{
				Config:      providerBlock(target.Server.URL, fakelogto.AppID, "wrong", "") + target.Expand(threeRoles),
				ExpectError: regexp.MustCompile(`(?s)Error: Wrong provider configuration: app_id or app_secret\s.*in provider "logto".*app_id\s`),
			},
			{Config: target.Config(threeRoles)},
		},
	})
}

// Values of the provider block that are known only after apply put nothing in
// the way of a plan.
func TestAccProvider_unknownConfiguration(t *testing.T) {
	t.Parallel()
	target := acctest.StartMemory(t)
	block := `
resource "terraform_data" "endpoint" {
  input = "` + target.Server.URL + `"
}
provider "logto" {
  endpoint   = terraform_data.endpoint.output
  app_id     = "` + fakelogto.AppID + `"
  app_secret = "` + fakelogto.AppSecret + `"
}`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: target.Providers(),
		Steps:                    []resource.TestStep{{Config: block + target.Expand(threeRoles)}},
	})
}

// The provider's secrets and access tokens never reach Terraform's log.
func TestAccProvider_noSecretInLog(t *testing.T) {
	target := acctest.StartMemory(t)
	log := filepath.Join(t.TempDir(), "log")
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv("TF_ACC_LOG_PATH", log)
	t.Setenv("TF_LOG_PATH_MASK", "")
	target.Test(t, resource.TestCase{Steps: []resource.TestStep{{Config: threeRoles}}})
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), "logto_role") {
		t.Fatal("the log is not the one that this test looks at")
	}
	if strings.Contains(string(b), "Bearer ") {
		t.Error("an access token is in the log")
	}
}
