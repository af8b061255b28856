// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/sandbox"
)

// A state that the provider Lenstra/logto 0.0.15 made is taken over: the plan deletes and
// replaces nothing, and after an apply there is nothing to change.
func TestAccProvider_takeOverFromLenstra(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a Unix shell")
	}
	target := acctest.StartMemory(t)
	box, err := sandbox.Open(t.Context(), os.Getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	testdata := func(name string) string {
		b, err := os.ReadFile(filepath.Join("testdata", "lenstra-0.0.15", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// The objects of the state, with the IDs that they have here.
	state := testdata("state.json")
	create := func(id, path string, body map[string]any) {
		status, answer := target.Do(t, http.MethodPost, path, body)
		object, ok := answer.(map[string]any)
		if !ok || status/100 != 2 {
			t.Fatalf("POST %s: HTTP %d, %v", path, status, answer)
		}
		state = strings.ReplaceAll(state, id, object["id"].(string))
	}
	urls := func(sign, out, cors []string) map[string]any {
		return map[string]any{"oidcClientMetadata": map[string]any{"redirectUris": sign, "postLogoutRedirectUris": out}, "customClientMetadata": map[string]any{"corsAllowedOrigins": cors}}
	}
	with := func(body map[string]any, more map[string]any) map[string]any {
		maps.Copy(body, more)
		return body
	}
	create("v5pcd0lbune3w9eqcon24", "/api/resources", map[string]any{"name": "Orders", "indicator": "https://api.example.com/orders", "accessTokenTtl": 1800})
	orders := regexp.MustCompile(`"resource_id": "(\w+)"`).FindStringSubmatch(state)[1]
	create("7ukdw0vr09992h2ujefs7", "/api/resources/"+orders+"/scopes", map[string]any{"name": "read:orders", "description": "See orders"})
	scope := regexp.MustCompile(`"scope_ids": \[\s*"(\w+)"`).FindStringSubmatch(state)[1]
	create("u5x23nq24hltv0c26mkmj", "/api/roles", map[string]any{"name": "Clerk", "description": "Reads orders", "type": "User", "scopeIds": []string{scope}})
	create("dzzt9ce95n2r5rf9xaf08", "/api/applications", with(urls([]string{"https://shop.example.com/callback"}, []string{"https://shop.example.com"}, []string{"https://shop.example.com"}),
		map[string]any{"name": "Shop", "description": "Where people buy", "type": "SPA"}))
	create("ydq9jfo17pztrdtslfzjf", "/api/applications", with(urls([]string{}, []string{}, []string{}), map[string]any{"name": "Order import", "description": "", "type": "MachineToMachine"}))
	create("7ep3mxs8r9vs", "/api/users", map[string]any{"username": "ann_example", "name": "Ann Example"})

	// The configuration with a new provider block.
	_, body, _ := strings.Cut(testdata("main.tf"), "\nresource ")
	config := "terraform {\n  required_providers {\n    logto = {\n      source = \"logto-community/logto\"\n    }\n  }\n}\n\nprovider \"logto\" {}\n\nresource " + body
	sh, err := box.Shell(target.Server, fstest.MapFS{"main.tf": {Data: []byte(config)}, "terraform.tfstate": {Data: []byte(state)}})
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.FromSlash("../../templates/guides/migrate-from-lenstra.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile("(?s)```shell\n(.*?)```").FindSubmatch(guide)[1]
	out, err := sh.Run(t.Context(), strings.NewReplacer(
		"replace-provider ", "replace-provider -auto-approve ", "terraform plan", "terraform plan -no-color -out=saved.tfplan").Replace(string(commands)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "Plan: 0 to add, 1 to change, 0 to destroy.") || strings.Contains(out, "must be replaced") {
		t.Errorf("the plan:\n%s", out)
	}
	target.Server.ResetCalls()
	if out, err := sh.Run(t.Context(), "terraform apply -no-color saved.tfplan && terraform plan -no-color -detailed-exitcode"); err != nil {
		t.Errorf("after the apply: %v\n%s", err, out)
	}
	// The other provider wrote an empty description where the configuration has none.
	if writes := target.Server.Writes(); len(writes) != 1 {
		t.Errorf("the apply wrote %v", writes)
	}
}
