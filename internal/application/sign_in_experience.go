// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var signInExperiences = kit.New[signInExperience]("application_sign_in_experience", signInExperienceSchema, (*logto.Client).ApplicationSignIns, "application_id")

var signInExperienceSchema = schema.Schema{
	MarkdownDescription: "Sign-in experience of an application, which can be of any type: it overrides the sign-in experience of the tenant. " +
		"The resource manages all settings. Creating it replaces existing settings, and destroying it removes them. " +
		"Use a `moved` block to change the address of the resource.",
	Attributes: map[string]schema.Attribute{
		"application_id": kit.Reference("ID of the application.", kit.IDOf("application")),
		"display_name": text("Name of the application on its sign-in pages. If it is not set, the pages show the name of the application.",
			kit.LengthAtMost(256)),
		"branding":   kit.BrandingAttribute("Logos and favicons of the application."),
		"color":      kit.ColorAttribute("Colors of the application."),
		"custom_css": text("CSS of the sign-in pages of the application."),
		"terms_of_use_url": text("URL of the terms of use of the application.",
			kit.LengthAtMost(2048), kit.IsWebURLOrNothing()),
		"privacy_policy_url": text("URL of the privacy policy of the application.",
			kit.LengthAtMost(2048), kit.IsWebURLOrNothing()),
	},
}

func text(description string, rules ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + kit.EmptyIsNone,
		Optional:            true,
		Validators:          rules,
	}
}

type signInExperience struct {
	ApplicationID    types.String `tfsdk:"application_id"`
	DisplayName      types.String `tfsdk:"display_name"`
	Branding         types.Object `tfsdk:"branding"`
	Color            types.Object `tfsdk:"color"`
	CustomCSS        types.String `tfsdk:"custom_css"`
	TermsOfUseURL    types.String `tfsdk:"terms_of_use_url"`
	PrivacyPolicyURL types.String `tfsdk:"privacy_policy_url"`
}

func (m *signInExperience) Expand(ctx context.Context) (logto.ApplicationSignInInput, diag.Diagnostics) {
	branding, diags := kit.Branding(ctx, m.Branding)
	color, d := kit.Color(ctx, m.Color)
	diags.Append(d...)
	return logto.ApplicationSignInInput{
		DisplayName:      kit.TextOrNothing(m.DisplayName),
		Branding:         branding,
		Color:            color,
		CustomCSS:        kit.TextOrNothing(m.CustomCSS),
		TermsOfUseURL:    kit.TextOrNothing(m.TermsOfUseURL),
		PrivacyPolicyURL: kit.TextOrNothing(m.PrivacyPolicyURL),
	}, diags
}

func (m *signInExperience) Flatten(ctx context.Context, s *logto.ApplicationSignIn) (diags diag.Diagnostics) {
	m.ApplicationID = types.StringValue(s.ApplicationID)
	m.DisplayName = kit.TextOrNothingValue(m.DisplayName, s.DisplayName)
	m.CustomCSS = kit.TextOrNothingValue(m.CustomCSS, s.CustomCSS)
	m.TermsOfUseURL = kit.TextOrNothingValue(m.TermsOfUseURL, s.TermsOfUseURL)
	m.PrivacyPolicyURL = kit.TextOrNothingValue(m.PrivacyPolicyURL, s.PrivacyPolicyURL)
	var d diag.Diagnostics
	m.Branding, d = kit.BrandingValue(ctx, s.Branding)
	diags.Append(d...)
	m.Color, d = kit.ColorValue(ctx, s.Color)
	diags.Append(d...)
	return diags
}
