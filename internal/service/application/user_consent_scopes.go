// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var userConsentScopes = framework.Define[consentScopes]("application_user_consent_scopes", consentScopesSchema, (*logto.Client).ApplicationConsents, "application_id")

var userScopes = validators.Enum{"profile", "email", "phone", "address", "custom_data", "identities", "roles",
	"urn:logto:scope:organizations", "urn:logto:scope:organization_roles", "urn:logto:scope:sessions", trustedDevices}

const trustedDevices = "urn:logto:scope:trusted_devices"

func consentScopesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Scopes that a third-party application can ask users to consent to. The resource manages all of them. Creating it replaces existing scopes, and destroying it removes them. " +
			"Use a `moved` block to change the address of the resource.",
		Attributes: map[string]schema.Attribute{
			"application_id":                  schemas.ReferenceAttribute("ID of the application, which must be a third-party application.", validators.IDOf("application")),
			"user_scopes":                     consentSet("Scopes for claims about the user: "+userScopes.String()+"."+schemas.SinceValues("/api/applications/{id}/user-consent-scopes", "userScopes", trustedDevices), validators.Each(userScopes.OneOf())),
			"resource_scope_ids":              consentSet("IDs of scopes of API resources, for which the user needs a role.", validators.RefersTo(validators.APIScope)),
			"organization_scope_ids":          consentSet("IDs of organization scopes.", validators.RefersTo(validators.IDOf("organization_scope"))),
			"organization_resource_scope_ids": consentSet("IDs of scopes of API resources, for which the user needs an organization role.", validators.RefersTo(validators.APIScope)),
		},
	}
}

func consentSet(description string, rule validator.Set) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Default:             setdefault.StaticValue(flex.EmptySet),
		Validators:          []validator.Set{rule},
	}
}

// consentSets are the four sets of scopes that users can be asked to consent to.
type consentSets struct {
	UserScopes                   types.Set `tfsdk:"user_scopes"`
	ResourceScopeIDs             types.Set `tfsdk:"resource_scope_ids"`
	OrganizationScopeIDs         types.Set `tfsdk:"organization_scope_ids"`
	OrganizationResourceScopeIDs types.Set `tfsdk:"organization_resource_scope_ids"`
}

func (s *consentSets) expand(ctx context.Context) (in logto.ConsentScopesInput, diags diag.Diagnostics) {
	for set, into := range map[*types.Set]*[]string{
		&s.UserScopes: &in.UserScopes, &s.ResourceScopeIDs: &in.ResourceScopes,
		&s.OrganizationScopeIDs: &in.OrganizationScopes, &s.OrganizationResourceScopeIDs: &in.OrganizationResourceScopes,
	} {
		var d diag.Diagnostics
		*into, d = flex.StringSlice(ctx, *set)
		diags.Append(d...)
	}
	return in, diags
}

func (s *consentSets) flatten(got logto.ConsentScopesInput) {
	s.UserScopes = flex.StringSet(got.UserScopes)
	s.ResourceScopeIDs = flex.StringSet(got.ResourceScopes)
	s.OrganizationScopeIDs = flex.StringSet(got.OrganizationScopes)
	s.OrganizationResourceScopeIDs = flex.StringSet(got.OrganizationResourceScopes)
}

type consentScopes struct {
	ApplicationID types.String `tfsdk:"application_id"`
	consentSets
}

func (m *consentScopes) Expand(ctx context.Context) (logto.ConsentScopesInput, diag.Diagnostics) {
	return m.expand(ctx)
}

func (m *consentScopes) Flatten(_ context.Context, s *logto.ConsentScopes) diag.Diagnostics {
	m.ApplicationID = types.StringValue(s.ApplicationID)
	m.flatten(s.ConsentScopesInput)
	return nil
}
