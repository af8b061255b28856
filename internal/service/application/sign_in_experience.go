// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

var signInExperiences = framework.Define[signInExperience]("application_sign_in_experience", signInExperienceSchema, (*logto.Client).ApplicationSignIns, "application_id")

func signInExperienceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Sign-in experience of an application, which can be of any type: it overrides the sign-in experience of the tenant. " +
			"The resource manages all settings. Creating it replaces existing settings, and destroying it removes them. " +
			"Use a `moved` block to change the address of the resource.",
		Attributes: map[string]schema.Attribute{
			"application_id": schemas.ReferenceAttribute("ID of the application.", validators.IDOf("application")),
			"display_name": text("Name of the application on its sign-in pages. If it is not set, the pages show the name of the application.",
				validators.LengthAtMost(256)),
			"branding":   schemas.BrandingAttribute("Logos and favicons of the application."),
			"color":      schemas.ColorAttribute("Colors of the application."),
			"custom_css": text("CSS of the sign-in pages of the application."),
			"terms_of_use_url": text("URL of the terms of use of the application.",
				validators.LengthAtMost(2048), validators.IsWebURLOrNothing()),
			"privacy_policy_url": text("URL of the privacy policy of the application.",
				validators.LengthAtMost(2048), validators.IsWebURLOrNothing()),
		},
	}
}

func text(description string, rules ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + planmodifiers.EmptyIsNone,
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
	branding, diags := schemas.ExpandBranding(ctx, m.Branding)
	color, d := schemas.ExpandColor(ctx, m.Color)
	diags.Append(d...)
	return logto.ApplicationSignInInput{
		DisplayName:      flex.NonEmptyPointer(m.DisplayName),
		Branding:         branding,
		Color:            color,
		CustomCSS:        flex.NonEmptyPointer(m.CustomCSS),
		TermsOfUseURL:    flex.NonEmptyPointer(m.TermsOfUseURL),
		PrivacyPolicyURL: flex.NonEmptyPointer(m.PrivacyPolicyURL),
	}, diags
}

func (m *signInExperience) Flatten(ctx context.Context, s *logto.ApplicationSignIn) (diags diag.Diagnostics) {
	m.ApplicationID = types.StringValue(s.ApplicationID)
	m.DisplayName = flex.NonEmptyValue(m.DisplayName, s.DisplayName)
	m.CustomCSS = flex.NonEmptyValue(m.CustomCSS, s.CustomCSS)
	m.TermsOfUseURL = flex.NonEmptyValue(m.TermsOfUseURL, s.TermsOfUseURL)
	m.PrivacyPolicyURL = flex.NonEmptyValue(m.PrivacyPolicyURL, s.PrivacyPolicyURL)
	var d diag.Diagnostics
	m.Branding, d = schemas.FlattenBranding(ctx, s.Branding)
	diags.Append(d...)
	m.Color, d = schemas.FlattenColor(ctx, s.Color)
	diags.Append(d...)
	return diags
}
