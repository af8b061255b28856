// SPDX-License-Identifier: MPL-2.0

package hook_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

func faultOf(method, path string, status int) fakelogto.Fault {
	return fakelogto.Fault{Method: method, Path: path, Status: status}
}

// newHook makes a webhook outside Terraform, for the test to delete, and returns
// its id and key.
func newHook(t *testing.T, target *acctest.Target, url string) (id, key string) {
	t.Helper()
	_, answer := target.Do(t, http.MethodPost, "/api/hooks", map[string]any{"name": target.Name, "events": []string{"User.Created", "User.Deleted"},
		"config": map[string]any{"url": url, "headers": map[string]string{"X-Tenant": "shop"}}})
	h, ok := answer.(map[string]any)
	if !ok {
		t.Fatalf("no hook: %v", answer)
	}
	id, _ = h["id"].(string)
	key, _ = h["signingKey"].(string)
	return id, key
}

func TestAccEphemeralHookSigningKey(t *testing.T) {
	t.Parallel()
	if !acctest.AtLeast(t, "1.10.0", "1.11.0") {
		t.Skip("needs ephemeral resources")
	}
	target := acctest.Start(t)
	id, key := newHook(t, target, "https://example.com/hook")
	defer target.Do(t, http.MethodDelete, "/api/hooks/"+id, nil)
	factories := target.Providers()
	factories["echo"] = func() (tfprotov6.ProviderServer, error) { return echoprovider.NewProviderServer()() }
	config := func(id string) string {
		return "ephemeral \"logto_hook_signing_key\" \"test\" {\n  hook_id = \"" + id + "\"\n}\n" +
			"provider \"echo\" {\n  data = ephemeral.logto_hook_signing_key.test\n}\nresource \"echo\" \"test\" {}\n"
	}
	target.Test(t, resource.TestCase{ProtoV6ProviderFactories: factories, Steps: []resource.TestStep{
		{Config: config("nothing"), ExpectError: regexp.MustCompile(`(?s)Could not open the logto_hook_signing_key.*entity\.not_exists_with_id`)},
		{Config: config(id), ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey("signing_key"), knownvalue.StringExact(key)),
		}},
	}})
}
