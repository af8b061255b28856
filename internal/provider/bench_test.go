// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/logto-community/terraform-provider-logto/internal/acctest"
	"github.com/logto-community/terraform-provider-logto/internal/fakelogto"
)

// BenchmarkRead is what the provider's process does to refresh one application
// of many, the API's part included.
func BenchmarkRead(b *testing.B) {
	target := acctest.StartMemory(b)
	_, made := target.Do(b, http.MethodPost, "/api/applications", map[string]any{
		"name": "Site", "description": "Where people sign in", "type": "SPA",
		"oidcClientMetadata": map[string]any{"redirectUris": []string{"https://a.example/callback"}, "postLogoutRedirectUris": []string{"https://a.example"}},
	})
	object, _ := made.(map[string]any)
	id, _ := object["id"].(string)
	const application = "logto_application"
	ctx := b.Context()
	p, err := target.Providers()["logto"]()
	if err != nil {
		b.Fatal(err)
	}
	config, err := json.Marshal(map[string]string{"endpoint": target.Server.URL, "app_id": fakelogto.AppID, "app_secret": fakelogto.AppSecret})
	if err != nil {
		b.Fatal(err)
	}
	if _, err = p.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: &tfprotov6.DynamicValue{JSON: config}}); err != nil {
		b.Fatal(err)
	}
	imported, err := p.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: application, ID: id})
	if err != nil {
		b.Fatal(err)
	}
	r := imported.ImportedResources[0]
	request := &tfprotov6.ReadResourceRequest{TypeName: application, CurrentState: r.State, CurrentIdentity: r.Identity, Private: r.Private}
	read := func() {
		resp, err := p.ReadResource(ctx, request)
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp.Diagnostics)
		}
		request.CurrentState, request.CurrentIdentity, request.Private = resp.NewState, resp.NewIdentity, resp.Private
	}
	for range 10 {
		read() // until the list is read
	}
	b.ReportAllocs()
	for b.Loop() {
		read()
	}
}
