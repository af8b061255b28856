// SPDX-License-Identifier: MPL-2.0

package apiresource

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var (
	uriScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	webURI    = regexp.MustCompile(`^(?i:https?):[/\\]*[^/\\?#]`)
)

// organizationResource stands for the organization template at the token endpoint.
const organizationResource = "urn:logto:resource:organizations"

// ModifyPlan refuses an indicator that Logto stores and then issues no token for.
func (m *apiResource) ModifyPlan(_ context.Context, _ *logto.Client, _, state *apiResource, resp *resource.ModifyPlanResponse) {
	if !flex.IsGiven(m.Indicator) {
		return
	}
	if problem := indicatorProblem(m.Indicator.ValueString()); problem != "" {
		framework.RefuseNew(&resp.Diagnostics, framework.Root("indicator"), state != nil && m.Indicator.Equal(state.Indicator), "Logto issues no token for this indicator",
			"indicator "+problem+". Logto stores it, and then refuses every request for a token for the API resource.")
	}
}

// indicatorProblem says why Logto's OpenID Connect endpoints issue no token for an
// indicator, or is "". It continues "the indicator …".
func indicatorProblem(indicator string) string {
	uri := strings.TrimFunc(indicator, func(r rune) bool { return r <= ' ' })
	scheme := strings.ToLower(uriScheme.FindString(uri))
	switch {
	case scheme == "", (scheme == "http:" || scheme == "https:") && !webURI.MatchString(uri):
		return "is not an absolute URI, which begins with a scheme, such as https://api.example.com or urn:orders"
	case strings.Contains(uri, "#"):
		return "has a fragment, which begins with #"
	case indicator == organizationResource:
		return "is the one that stands for the organization template"
	}
	return ""
}
