// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var accountCenters = kit.Singleton[accountCenter]("account_center", accountCenterSchema, (*logto.Client).AccountCenter)

var fieldControls = kit.Words{"Off", "ReadOnly", "Edit"}

var isHTTP = kit.Rule("must be an http or https URL", func(s string) bool {
	return s == "" || (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && hasScheme(s)
})

var accountCenterSchema = schema.Schema{
	MarkdownDescription: "The account center: what users may see and change of their own accounts, through Logto's account API and pages. Every tenant has one, so creating this resource adopts it and writes only what is configured. " +
		"What is not configured is left alone; what is taken out of the configuration gets the default of a new tenant. " +
		"Destroying the resource gives what it managed the defaults of a new tenant; after an import that no apply has changed since, that is all of it.",
	Attributes: map[string]schema.Attribute{
		"id":      kit.IDOfSingleton(),
		"enabled": flag("Whether the account API and the account pages are on. Default `false`.", no()),
		"fields": kit.Group("What users may do with each part of their account: "+fieldControls.String()+".", map[string]schema.Attribute{
			"name":        control("the name"),
			"avatar":      control("the avatar"),
			"profile":     control("the rest of the profile"),
			"email":       control("the email address"),
			"phone":       control("the phone number"),
			"password":    control("the password"),
			"username":    control("the username"),
			"social":      control("the linked social accounts"),
			"custom_data": control("the custom data"),
			"mfa":         control("the factors of multi-factor authentication"),
			"passkey":     control("the passkeys to sign in with"),
			"session":     control("the sessions"),
		}),
		"webauthn_related_origins": textSet("Origins besides Logto's own on which passkeys of the users are good, such as `https://app.example.com`. Default `[]`.", kit.EmptySet, notEmpty),
		"delete_account_url":       text("URL of your page on which users delete their account. http or https, up to 2048 characters."+noURL, none, isHTTP, kit.LengthAtMost(2048)),
		"custom_css":               text("CSS for the account pages."+noURL, none),
		"profile_fields": textList("Names of the custom profile fields that the account pages show, in this order. Refer to the `name` of `logto_custom_profile_field`. Default `[]`.",
			kit.EmptyList, listvalidator.ValueStringsAre(isFieldName), kit.UniqueValues()),
	},
}

func control(of string) schema.StringAttribute {
	return word("What users may do with "+of+": {words}. Without a value Logto does as with `Off`.", fieldControls, none)
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

func (m *accountCenter) Expand(context.Context) (in logto.AccountCenter, diags diag.Diagnostics) {
	in = logto.AccountCenter{
		Enabled:          kit.Flag(m.Enabled),
		DeleteAccountURL: kit.TextOrNothing(m.DeleteAccountURL),
		CustomCSS:        kit.TextOrNothing(m.CustomCSS),
		ProfileFields:    expandNames(m.ProfileFields, &diags),
	}
	kit.Nested(m.Fields, &in.Fields, &diags)
	kit.Nested(m.WebauthnRelatedOrigins, &in.WebauthnRelatedOrigins, &diags)
	return in, diags
}

func (m *accountCenter) Flatten(ctx context.Context, a *logto.AccountCenter) (diags diag.Diagnostics) {
	m.ID = types.StringValue(kit.SingletonID)
	m.Enabled = types.BoolPointerValue(a.Enabled)
	m.Fields = kit.NestedValue(ctx, m.Fields, a.Fields, &diags)
	m.WebauthnRelatedOrigins = kit.NestedValue(ctx, m.WebauthnRelatedOrigins, a.WebauthnRelatedOrigins, &diags)
	m.DeleteAccountURL = kit.TextOrNothingValue(m.DeleteAccountURL, a.DeleteAccountURL)
	m.CustomCSS = kit.TextOrNothingValue(m.CustomCSS, a.CustomCSS)
	m.ProfileFields = namesOf(a.ProfileFields) // none is null in the API
	return diags
}
