// SPDX-License-Identifier: MPL-2.0

package application

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// checkClientMetadata refuses what Logto's Management API stores and its OpenID
// Connect endpoints then do not accept. An application with one such value cannot
// be used at all, even if its other values are valid. For a value that is in the state
// already, there is only a warning.
func (m *application) checkClientMetadata(state *application, diags *diag.Diagnostics) {
	if state == nil {
		state = &application{}
	}
	m.checkRedirectURIs("redirect_uris", m.RedirectURIs, state.RedirectURIs, diags)
	m.checkRedirectURIs("post_logout_redirect_uris", m.PostLogoutRedirectURIs, state.PostLogoutRedirectURIs, diags)
	for attribute, uri := range map[string][2]types.String{
		"backchannel_logout_uri": {m.BackchannelLogoutURI, state.BackchannelLogoutURI},
		"logo_uri":               {m.LogoURI, state.LogoURI},
	} {
		if text := uri[0].ValueString(); text != "" && !isWebURI(text) {
			framework.RefuseNew(diags, framework.Root(attribute), uri[0].Equal(uri[1]), "With this URL no user can sign in to the application",
				attribute+" must be an http or https URL. Logto stores any other value, and then refuses every sign-in to the application and every token.")
		}
	}
	m.checkProtectedOrigin(state, diags)
	known := listed(state.CORSAllowedOrigins)
	for i, origin := range listed(m.CORSAllowedOrigins) {
		if problem := validators.OriginProblem(origin); problem != "" {
			framework.RefuseNew(diags, framework.Root("cors_allowed_origins").AtListIndex(i), slices.Contains(known, origin), "This origin has no effect",
				fmt.Sprintf("cors_allowed_origins[%d] %s. Logto compares the text with the Origin header of a browser, so it would never match. "+
					"An origin is a scheme, a host and, unless it is the scheme's default, a port: https://app.example.com.", i, problem))
		}
	}
}

func (m *application) checkRedirectURIs(attribute string, planned, inState types.List, diags *diag.Diagnostics) {
	known, uris := listed(inState), listed(planned)
	for i, uri := range uris {
		at, isThere := framework.Root(attribute).AtListIndex(i), slices.Contains(known, uri)
		if problem := redirectURIProblem(uri); problem != "" {
			framework.RefuseNew(diags, at, isThere, "With this redirect URI no user can sign in to the application", fmt.Sprintf("%s[%d] %s. "+
				"Logto stores it, and then refuses every sign-in to the application, also with its other redirect URIs.", attribute, i, problem))
			continue
		}
		if problem := wildcardProblem(uri); problem != "" {
			framework.RefuseNew(diags, at, isThere, "This redirect URI has no effect",
				fmt.Sprintf("%s[%d] %s. Logto stores it, and no address ever matches it.", attribute, i, problem))
			continue
		}
		if risk := redirectURIRisk(m.Type.ValueString(), uri); risk != "" && !isThere {
			diags.AddAttributeWarning(at, "Not every Logto accepts this redirect URI", fmt.Sprintf("%s[%d] %s. "+
				"Logto's own images accept it, but a Logto that was built with the unmodified library oidc-provider refuses every sign-in to an application that has it. "+
				"Try to sign in after the apply.", attribute, i, risk))
		}
	}
	if len(uris) > 0 && len(known) == 0 && !m.redirects() {
		framework.Warn(diags, attribute, "An application of this kind has no use for redirect URIs",
			"Users do not sign in to a machine-to-machine application, and with the device flow they sign in on another device. Logto stores the URIs and never uses them.")
	}
}

// redirects reports whether the browser comes back to the application, as far as
// that is known.
func (m *application) redirects() bool {
	return m.Type.IsUnknown() || m.Type.ValueString() != machineType && !m.IsDeviceFlow.ValueBool()
}

// listed are the elements of the list, with "" for unknown ones.
func listed(l types.List) []string {
	if !flex.IsGiven(l) {
		return nil
	}
	out := make([]string, len(l.Elements()))
	for i, e := range l.Elements() {
		if s, ok := e.(types.String); ok {
			out[i] = s.ValueString()
		}
	}
	return out
}
