// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"github.com/logto-community/terraform-provider-logto/internal/framework"
)

// hints are what to tell people about the error codes of this area.
func hints() framework.Hints {
	return framework.Hints{
		"": {
			"custom_profile_fields.entity_not_exists_with_names": {Advice: "Refer to the name of the logto_custom_profile_field, so that it exists first."},
		},
		"logto_sign_in_experience":   signInExperienceHints(),
		"logto_custom_profile_field": customProfileFieldHints(),
		"logto_custom_ui_assets": {
			"guard.file_size_exceeded":    {Attribute: "source", Advice: "Logto takes files of up to 20 MB."},
			"guard.mime_type_not_allowed": {Attribute: "source", Advice: "Logto takes zip files only."},
			"storage.not_configured":      {Advice: "This Logto has no storage for sign-in pages. Logto Cloud has it, and so has a self-hosted Logto with an Azure storage for them."},
			"storage.upload_error":        {Attribute: "source", Advice: "The storage did not take the file: it must be a zip file with an index.html."},
		},
		"logto_custom_phrase": {
			"localization.cannot_delete_default_language": {
				Advice: "The sign-in experience falls back to this language, and Terraform deletes the phrases before it updates the sign-in experience. " +
					"Apply another language_info.fallback_language first, with -target=logto_sign_in_experience.<name>. " +
					"With create_before_destroy = true in the lifecycle of the logto_custom_phrase from the start, Terraform updates the sign-in experience first.",
			},
			"localization.invalid_translation_structure": {Attribute: "translation", Advice: "Its keys must be those of Logto's own texts, on the same levels."},
		},
	}
}

func signInExperienceHints() map[string]framework.Hint {
	return map[string]framework.Hint{
		"sign_in_experiences.adaptive_mfa_requires_mfa": {Attribute: "adaptive_mfa", Advice: "Set mfa.factors in the same configuration."},
		"sign_in_experiences.adaptive_mfa_requires_non_skippable_policy": {
			Attribute: "mfa", Advice: "With adaptive MFA the policy is PromptAtSignInAndSignUpMandatory or PromptOnlyAtSignInMandatory. Configure mfa and adaptive_mfa together.",
		},
		"sign_in_experiences.at_least_one_authentication_factor":  {Attribute: "sign_in", Advice: "Each method of sign_in.methods needs password = true or verification_code = true."},
		"sign_in_experiences.backup_code_cannot_be_enabled_alone": {Attribute: "mfa", Advice: "Backup codes stand in for another factor. Add one to mfa.factors."},
		"sign_in_experiences.code_sign_in_must_be_enabled":        {Attribute: "sign_in", Advice: "Users who sign up without a password sign in with a code: set verification_code = true for email and phone."},
		"sign_in_experiences.duplicated_mfa_factors":              {Attribute: "mfa", Advice: "List each factor once."},
		"sign_in_experiences.duplicated_sign_up_identifiers":      {Attribute: "sign_up", Advice: "Ask for each identifier once; emailOrPhone stands for both."},
		"sign_in_experiences.email_verification_code_cannot_be_used_for_mfa": {
			Attribute: "mfa", Advice: "A user who signs in with a code by email cannot have one as the second factor, too. Remove EmailVerificationCode from mfa.factors, or the code from sign_in.",
		},
		"sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in": {
			Attribute: "sign_in", Advice: "The second factor is a code by email, so it cannot be the first one, too. Remove the code from sign_in, or EmailVerificationCode from mfa.factors.",
		},
		"sign_in_experiences.enabled_connector_not_found": {Attribute: "sign_in", Advice: "Codes by email need an email connector and codes by phone an SMS connector, which must exist first: refer to it in depends_on."},
		"sign_in_experiences.forgot_password_method_requires_connector": {
			Attribute: "forgot_password_methods", Advice: "EmailVerificationCode needs an email connector and PhoneVerificationCode an SMS connector, which must exist first: refer to it in depends_on.",
		},
		"sign_in_experiences.invalid_custom_email_blocklist_format": {
			Attribute: "email_blocklist_policy", Advice: "Write an address, such as jane@example.com, or a domain, such as @example.com; * stands for any characters.",
		},
		"sign_in_experiences.missing_sign_up_identifiers": {Attribute: "sign_up", Advice: "Secondary identifiers need a first one: list it in sign_up.identifiers."},
		"sign_in_experiences.non_adaptive_mfa_requires_skippable_policy": {
			Attribute: "mfa", Advice: "The policies PromptAtSignInAndSignUpMandatory and PromptOnlyAtSignInMandatory go with adaptive MFA only. Configure mfa and adaptive_mfa together.",
		},
		"sign_in_experiences.password_expiration_invalid_period_days": {Attribute: "password_expiration", Advice: "Set valid_period_days."},
		"sign_in_experiences.password_expiration_requires_forgot_password": {
			Attribute: "password_expiration", Advice: "Passwords that expire need a way to reset them: a method in forgot_password_methods, and the connector that it needs, which must exist first: refer to it in depends_on.",
		},
		"sign_in_experiences.passwordless_requires_verify": {Attribute: "sign_up", Advice: "Set verify = true where an email address or a phone number is asked for."},
		"sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa": {
			Attribute: "mfa", Advice: "A user who signs in with a code by phone cannot have one as the second factor, too. Remove PhoneVerificationCode from mfa.factors, or the code from sign_in.",
		},
		"sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in": {
			Attribute: "sign_in", Advice: "The second factor is a code by phone, so it cannot be the first one, too. Remove the code from sign_in, or PhoneVerificationCode from mfa.factors.",
		},
		"sign_in_experiences.unsupported_default_language": {
			Attribute: "language_info", Advice: "Logto brings no texts for this language. Add a logto_custom_phrase for it and refer to its language_tag, so that it exists first.",
		},
		"sign_in_experiences.username_policy_case_conflicts_exist": {
			Attribute: "username_policy", Advice: "Some usernames differ in letter case only. Rename those users first; Logto lists them at GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts.",
		},
	}
}

func customProfileFieldHints() map[string]framework.Hint {
	return map[string]framework.Hint{
		"custom_profile_fields.invalid_address_components":       {Attribute: "config", Advice: "An address has parts: list at least one in config.parts."},
		"custom_profile_fields.invalid_default_value":            {Attribute: "config", Advice: "A Checkbox needs config.default_value: \"true\" or \"false\"."},
		"custom_profile_fields.invalid_fullname_components":      {Attribute: "config", Advice: "A full name has parts: list at least one in config.parts."},
		"custom_profile_fields.invalid_min_max_input":            {Attribute: "config", Advice: "The least value or length is above the greatest one."},
		"custom_profile_fields.invalid_name":                     {Attribute: "name", Advice: "A name has letters and digits only."},
		"custom_profile_fields.invalid_options":                  {Attribute: "config", Advice: "A Select needs at least one option in config.options."},
		"custom_profile_fields.invalid_regex_format":             {Attribute: "config", Advice: "format is no regular expression of JavaScript."},
		"custom_profile_fields.invalid_sub_component_type":       {Attribute: "config", Advice: "A part cannot be an address or a full name itself."},
		"custom_profile_fields.name_conflict_built_in_prop":      {Attribute: "name", Advice: "Users have a property of this name. Choose another."},
		"custom_profile_fields.name_conflict_custom_data":        {Attribute: "name", Advice: "Logto stores other data under this name. Choose another."},
		"custom_profile_fields.name_conflict_sign_in_identifier": {Attribute: "name", Advice: "Users sign in with it, so it cannot be a profile field. Choose another name."},
		"custom_profile_fields.name_exists":                      {Attribute: "name", Advice: "The tenant has a profile field of this name. Choose another, or import the field."},
	}
}
