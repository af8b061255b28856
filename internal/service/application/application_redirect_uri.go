// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var applicationURIs = framework.Define[applicationURI]("application_redirect_uri", applicationURISchema, (*logto.Client).ApplicationURIs, "application_id", "kind", "uri")

var uriKinds = validators.Enum{logto.SignInURI, logto.SignOutURI, logto.CORSOrigin}

// uriAttributes are the attributes of logto_application with the URIs of each kind.
var uriAttributes = map[string]string{
	logto.SignInURI: "redirect_uris", logto.SignOutURI: "post_logout_redirect_uris", logto.CORSOrigin: "cors_allowed_origins",
}

func applicationURISchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Adds a single URI to an application: a redirect URI or an allowed origin. Other URIs of the application are not affected, so a preview environment or a module can add its URI to an application that another configuration manages.\n\n" +
			"If a configuration manages the application with `logto_application`, add the list that has the URI to `ignore_changes` in the `lifecycle` block of that resource: `redirect_uris`, `post_logout_redirect_uris` or `cors_allowed_origins`. " +
			"Otherwise `logto_application` removes the URI again. The plan warns if it does so.\n\n" +
			"To move a URI from this resource into the list of `logto_application`, add it to the list and replace this resource with a `removed` block that has `destroy = false`. " +
			"If Terraform destroys this resource in the same run, the URI is missing until the next apply.",
		Attributes: map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application.", validators.IDOf("application")),
			"kind": schemas.KeyAttribute("Kind of the URI: "+uriKinds.String()+". `"+logto.SignInURI+"` is a URI to which Logto can redirect users after they signed in, `"+
				logto.SignOutURI+"` one after they signed out, and `"+logto.CORSOrigin+"` an origin that can call the endpoints of Logto from a browser.", uriKinds.OneOf()),
			"uri": schemas.KeyAttribute("The URI, such as `https://pr-42.preview.example.com/callback`, or the origin, such as `https://pr-42.preview.example.com`."+
				planmodifiers.ForResource("The rules of `redirect_uris` and `cors_allowed_origins` of `logto_application` apply."), validators.NotEmpty()),
		},
	}
}

type applicationURI struct {
	ApplicationID types.String `tfsdk:"application_id"`
	Kind          types.String `tfsdk:"kind"`
	URI           types.String `tfsdk:"uri"`
}

var (
	_ framework.ModelWithValidate                   = (*applicationURI)(nil)
	_ framework.ModelWithModifyPlan[applicationURI] = (*applicationURI)(nil)
	_ framework.ModelWithCheckWrite[applicationURI] = (*applicationURI)(nil)
	_ framework.ModelWithLinkClaims                 = (*applicationURI)(nil)
)

func (m *applicationURI) Expand(context.Context) (struct{}, diag.Diagnostics) {
	return struct{}{}, nil
}

func (m *applicationURI) Flatten(_ context.Context, u *logto.ApplicationURI) diag.Diagnostics {
	m.ApplicationID, m.Kind, m.URI = types.StringValue(u.ApplicationID), types.StringValue(u.Kind), types.StringValue(u.URI)
	return nil
}

// Validate refuses what Logto does not store as a redirect URI.
func (m *applicationURI) Validate(_ context.Context, diags *diag.Diagnostics) {
	if flex.IsGiven(m.URI) && flex.IsGiven(m.Kind) && m.Kind.ValueString() != logto.CORSOrigin && !isRedirectURI(m.URI.ValueString()) {
		framework.Refuse(diags, "uri", "Not a redirect URI", "Attribute uri "+redirectURIRule+".")
	}
}

// ModifyPlan refuses what Logto stores and then does not accept.
func (m *applicationURI) ModifyPlan(_ context.Context, _ *logto.Client, _, state *applicationURI, resp *resource.ModifyPlanResponse) {
	isThere := state != nil && m.URI.Equal(state.URI)
	refuse := func(summary, detail string) {
		framework.RefuseNew(&resp.Diagnostics, framework.Root("uri"), isThere, summary, "uri "+detail)
	}
	uri := m.URI.ValueString()
	switch kind := m.Kind.ValueString(); {
	case uri == "" || kind == "":
	case kind == logto.CORSOrigin:
		if problem := validators.OriginProblem(uri); problem != "" {
			refuse("This origin has no effect", problem+". Logto compares the text with the Origin header of a browser, so it would never match.")
		}
	case redirectURIProblem(uri) != "":
		refuse("With this redirect URI no user can sign in to the application",
			redirectURIProblem(uri)+". Logto stores it, and then refuses every sign-in to the application, also with its other redirect URIs.")
	case wildcardProblem(uri) != "":
		refuse("This redirect URI has no effect", wildcardProblem(uri)+". Logto stores it, and no address ever matches it.")
	}
}

// CheckWrite refuses an application whose redirect URIs Logto sets.
func (m *applicationURI) CheckWrite(ctx context.Context, c *logto.Client, state *applicationURI, diags *diag.Diagnostics) {
	if state != nil || !flex.IsGiven(m.ApplicationID) || m.Kind.ValueString() == logto.CORSOrigin {
		return
	}
	application, err := c.Applications().Get(ctx, logto.Key{m.ApplicationID.ValueString()})
	switch {
	case logto.IsNotFound(err):
		framework.Refuse(diags, "application_id", "There is no such application", err.Error())
	case err != nil:
		framework.Refuse(diags, "application_id", "Could not read the application", err.Error())
	case application.Type == protectedType:
		framework.Refuse(diags, "application_id", "Logto sets the redirect URIs of this application",
			"It is of type Protected. Logto derives its redirect URIs from its host and its custom domains.")
	}
}

// LinkClaims says that the resource manages one URI of the application.
func (m *applicationURI) LinkClaims() []framework.LinkClaim {
	return []framework.LinkClaim{{Links: urisOwned(m.Kind.ValueString()), Parent: m.ApplicationID.ValueString(), Child: m.URI.ValueString()}}
}

func urisOwned(kind string) string { return uriAttributes[kind] + " of the application" }

// noteRemovals notes which URIs a plan removes from the application, be it because
// somebody added them outside Terraform or because a logto_application_redirect_uri did.
func (m *application) noteRemovals(state *application) {
	m.removed = nil
	if state == nil {
		return
	}
	for kind, lists := range map[string][2]types.List{
		logto.SignInURI:  {m.RedirectURIs, state.RedirectURIs},
		logto.SignOutURI: {m.PostLogoutRedirectURIs, state.PostLogoutRedirectURIs},
		logto.CORSOrigin: {m.CORSAllowedOrigins, state.CORSAllowedOrigins},
	} {
		if lists[0].IsUnknown() {
			continue
		}
		for _, uri := range listed(lists[1]) {
			if slices.Contains(listed(lists[0]), uri) {
				continue
			}
			attribute := uriAttributes[kind]
			m.removed = append(m.removed, framework.LinkClaim{Links: urisOwned(kind), Parent: m.ID.ValueString(), Child: uri, Removes: true, Attribute: attribute,
				Advice: fmt.Sprintf("Add %[1]s to ignore_changes in the lifecycle block of the application, or add the URI to %[1]s and remove the other resource.", attribute)})
		}
	}
}
