// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"slices"
	"strings"

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

var accountCenters = framework.AlwaysOne[accountCenter]("account_center", accountCenterSchema, (*logto.Client).AccountCenter)

var fieldControls = validators.Enum{"Off", "ReadOnly", "Edit"}

var isHTTP = validators.StringFunc("must be an http or https URL", func(s string) bool {
	return s == "" || (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && hasScheme(s)
})

func accountCenterSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The account center: what users can see and change of their accounts, through the account API and the account pages of Logto. Every tenant has one: creating the resource adopts it. " +
			"Terraform manages only what the configuration sets; when an attribute is no longer set, it gets the default of a new tenant. " +
			"Destroying the resource resets what it managed to the defaults of a new tenant; after an import without an apply, that is all of it.",
		Attributes: map[string]schema.Attribute{
			"id":      schemas.SingletonIDAttribute(),
			"enabled": flag("Whether the account API and the account pages are on.", no()),
			"fields": schemas.GroupAttribute("Access of users to each part of their account: "+fieldControls.String()+".", map[string]schema.Attribute{
				"name":        control("their name"),
				"avatar":      control("their avatar"),
				"profile":     control("the other claims of their profile"),
				"email":       control("their email address"),
				"phone":       control("their phone number"),
				"password":    control("their password"),
				"username":    control("their username"),
				"social":      control("their social identities"),
				"custom_data": control("their custom data"),
				"mfa":         control("their factors of multi-factor authentication"),
				"passkey":     control("the passkeys that they sign in with", schemas.SinceSetting(accountPath, "fields.passkey")),
				"session":     control("their sessions"),
			}),
			"webauthn_related_origins": textSet("Origins, in addition to that of Logto, on which users can use their passkeys, such as `https://app.example.com`.", flex.EmptySet, notEmpty),
			"delete_account_url":       text("URL of the page on which users can delete their account."+schemas.SinceSetting(accountPath, "deleteAccountUrl")+emptyIsNone, none, isHTTP, validators.LengthAtMost(2048)),
			"custom_css":               text("CSS of the account pages."+schemas.SinceSetting(accountPath, "customCss")+emptyIsNone, none),
			"profile_fields": textList("Names of the custom profile fields on the account pages, in this order."+schemas.SinceSetting(accountPath, "profileFields")+planmodifiers.ForResource("Refer to the `name` of a `logto_custom_profile_field`, so that Terraform creates it first."),
				flex.EmptyList, validators.Each(isFieldName), validators.UniqueValues(), validators.RefersTo(validators.AttributeOf("custom_profile_field", "name"))),
		},
	}
}

const accountPath = "/api/account-center"

func control(of string, since ...string) schema.StringAttribute {
	return word("Access of users to "+of+": {words}. If it is null, Logto treats it as `Off`."+strings.Join(since, ""), fieldControls, none)
}

type accountCenter struct {
	ID                     types.String `tfsdk:"id"`
	Enabled                types.Bool   `tfsdk:"enabled"`
	Fields                 types.Object `tfsdk:"fields"`
	WebauthnRelatedOrigins types.Set    `tfsdk:"webauthn_related_origins"`
	DeleteAccountURL       types.String `tfsdk:"delete_account_url"`
	CustomCSS              types.String `tfsdk:"custom_css"`
	ProfileFields          types.List   `tfsdk:"profile_fields"`
}

var _ framework.ModelWithModifyPlan[accountCenter] = (*accountCenter)(nil)

func (m *accountCenter) Expand(context.Context) (in logto.AccountCenter, diags diag.Diagnostics) {
	in = logto.AccountCenter{
		Enabled:          flex.BoolPointer(m.Enabled),
		DeleteAccountURL: flex.NonEmptyPointer(m.DeleteAccountURL),
		CustomCSS:        flex.NonEmptyPointer(m.CustomCSS),
		ProfileFields:    expandNames(m.ProfileFields, &diags),
	}
	flex.ExpandNested(m.Fields, &in.Fields, &diags)
	flex.ExpandNested(m.WebauthnRelatedOrigins, &in.WebauthnRelatedOrigins, &diags)
	return in, diags
}

// ModifyPlan refuses origins of passkeys that no browser sends. Apps have origins of
// other kinds.
func (m *accountCenter) ModifyPlan(_ context.Context, _ *logto.Client, _, state *accountCenter, resp *resource.ModifyPlanResponse) {
	var known []string
	if state != nil {
		known = flex.Elements(state.WebauthnRelatedOrigins)
	}
	for _, origin := range flex.Elements(m.WebauthnRelatedOrigins) {
		problem := validators.OriginProblem(origin)
		if problem != "" && (strings.HasPrefix(origin, "http:") || strings.HasPrefix(origin, "https:")) {
			framework.RefuseNew(&resp.Diagnostics, framework.Root("webauthn_related_origins"), slices.Contains(known, origin), "This origin has no effect",
				"An element of webauthn_related_origins "+problem+". Logto compares the text with the origin that the browser sends, so it would never match. "+
					"An origin is a scheme, a host and, unless it is the scheme's default, a port: https://app.example.com.")
		}
	}
}

func (m *accountCenter) Flatten(ctx context.Context, a *logto.AccountCenter) (diags diag.Diagnostics) {
	m.ID = types.StringValue(schemas.SingletonID)
	m.Enabled = types.BoolPointerValue(a.Enabled)
	m.Fields = flex.FlattenNested(ctx, m.Fields, a.Fields, &diags)
	m.WebauthnRelatedOrigins = flex.FlattenNested(ctx, m.WebauthnRelatedOrigins, a.WebauthnRelatedOrigins, &diags)
	m.DeleteAccountURL = flex.NonEmptyValue(m.DeleteAccountURL, a.DeleteAccountURL)
	m.CustomCSS = flex.NonEmptyValue(m.CustomCSS, a.CustomCSS)
	m.ProfileFields = namesOf(a.ProfileFields) // none is null in the API
	return diags
}
