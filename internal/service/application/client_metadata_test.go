// SPDX-License-Identifier: MPL-2.0

package application

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
)

const good = "https://a.example.com/cb"

func TestCheckClientMetadata(t *testing.T) {
	t.Parallel()
	list := func(uris ...string) types.List { return flex.StringList(uris) }
	for name, tc := range map[string]struct {
		model   application
		at      string
		error   string // of the detail
		warning string
	}{
		"good":               {model: application{RedirectURIs: list(good, "https://*.example.com/cb")}},
		"fragment":           {model: application{RedirectURIs: list(good, good+"#done")}, at: "redirect_uris[1]", error: "has a fragment"},
		"logout fragment":    {model: application{PostLogoutRedirectURIs: list(good + "#done")}, at: "post_logout_redirect_uris[0]", error: "has a fragment"},
		"script":             {model: application{RedirectURIs: list("javascript:alert(1)")}, at: "redirect_uris[0]", error: "scheme javascript:"},
		"useless wildcard":   {model: application{RedirectURIs: list("https://*.com/cb")}, at: "redirect_uris[0]", error: "no address ever matches"},
		"own scheme":         {model: application{RedirectURIs: list("com.example.app://cb")}, at: "redirect_uris[0]", warning: "unmodified library"},
		"logout call":        {model: application{BackchannelLogoutURI: types.StringValue("ftp://a.example.com")}, at: "backchannel_logout_uri", error: "http or https"},
		"good logout call":   {model: application{BackchannelLogoutURI: types.StringValue("https://a.example.com/x")}},
		"relative logo":      {model: application{LogoURI: types.StringValue("/logo.png")}, at: "logo_uri", error: "http or https"},
		"data in the logo":   {model: application{LogoURI: types.StringValue("data:image/png;base64,x")}, at: "logo_uri", error: "http or https"},
		"no logo":            {model: application{LogoURI: types.StringValue("")}},
		"origin with a path": {model: application{CORSAllowedOrigins: list("https://a.example.com", good)}, at: "cors_allowed_origins[1]", error: "has a path"},
		"any origin":         {model: application{CORSAllowedOrigins: list("*")}, at: "cors_allowed_origins[0]", error: "has a *"},
		"not known yet": {model: application{
			Type: types.StringUnknown(), RedirectURIs: types.ListUnknown(types.StringType), LogoURI: types.StringUnknown(),
			PostLogoutRedirectURIs: types.ListValueMust(types.StringType, []attr.Value{types.StringUnknown()}),
		}},
		"machine": {model: application{Type: types.StringValue(machineType), RedirectURIs: list(good)}, at: "redirect_uris", warning: "no use for redirect URIs"},
		"device flow": {
			model: application{Type: types.StringValue("Native"), IsDeviceFlow: types.BoolValue(true), PostLogoutRedirectURIs: list(good)},
			at:    "post_logout_redirect_uris", warning: "no use for redirect URIs",
		},
		"fragment of a machine": {model: application{Type: types.StringValue(machineType), RedirectURIs: list(good + "#x")}, at: "redirect_uris[0]", error: "has a fragment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.model.Type.IsNull() {
				tc.model.Type = types.StringValue("SPA")
			}
			var diags diag.Diagnostics
			tc.model.checkClientMetadata(nil, &diags)
			if got := said(diags.Errors(), tc.at); (tc.error == "") != (got == "") || !strings.Contains(got, tc.error) {
				t.Errorf("errors %v", diags.Errors())
			}
			if got := said(diags.Warnings(), tc.at); !strings.Contains(got, tc.warning) || tc.warning == "" && diags.WarningsCount() > 0 && tc.error == "" {
				t.Errorf("warnings %v", diags.Warnings())
			}
			// What is in the state stands in the way of nothing.
			var again diag.Diagnostics
			tc.model.checkClientMetadata(&tc.model, &again)
			if again.HasError() || tc.error == "" && len(again) > 0 || tc.error != "" && again.WarningsCount() == 0 {
				t.Errorf("of what is there: %v", again)
			}
		})
	}
}

// said is the text of the diagnostic at a path.
func said(diags diag.Diagnostics, at string) string {
	for _, d := range diags {
		if p, ok := d.(diag.DiagnosticWithPath); ok && p.Path().String() == at {
			return d.Summary() + ": " + d.Detail()
		}
	}
	return ""
}
