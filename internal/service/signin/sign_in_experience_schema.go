// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

var (
	identifiers          = validators.Enum{"username", "email", "phone"}
	secondaryIdentifiers = validators.Enum{"username", "email", "phone", "emailOrPhone"}
	termsPolicies        = validators.Enum{"Automatic", "ManualRegistrationOnly", "Manual"}
	signInModes          = validators.Enum{"SignInAndRegister", "SignIn", "Register"}
	mfaFactors           = validators.Enum{"Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode"}
	mfaPolicies          = validators.Enum{"UserControlled", "Mandatory", "PromptOnlyAtSignIn", "PromptAtSignInAndSignUp", "NoPrompt",
		"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory"}
	organizationMFAPolicies = validators.Enum{"NoPrompt", "Mandatory"}
	resetMethods            = validators.Enum{"EmailVerificationCode", "PhoneVerificationCode", everything}
)

// The default of a new tenant: a username and a password.
var (
	methodType = map[string]attr.Type{"identifier": types.StringType, "password": types.BoolType, "verification_code": types.BoolType, "is_password_primary": types.BoolType}
	withAName  = types.ListValueMust(types.ObjectType{AttrTypes: methodType}, []attr.Value{types.ObjectValueMust(methodType, map[string]attr.Value{"identifier": types.StringValue("username"), "password": yes(), "verification_code": no(), "is_password_primary": yes()})})
	secondType = types.ObjectType{AttrTypes: map[string]attr.Type{"identifier": types.StringType, "verify": types.BoolType}}
	assetsType = map[string]attr.Type{"id": types.StringType, "created_at": customtypes.RFC3339Type{}}
	urlChecks  = []validator.String{isURL, validators.LengthAtMost(2048)}
)

const (
	emptyIsNone = planmodifiers.EmptyIsNone
	noneIsFalse = " If it is null, Logto treats it as `false`."
	// weakWords is what Logto does with the parts of a password that it does not want.
	weakWords = " Logto rejects a password that has fewer than 3 other characters."
)

const signInPath = "/api/sign-in-exp"

func signInExperienceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The sign-in experience: how users sign up and sign in, and what the pages for it look like. Every tenant has one: creating the resource adopts it. " +
			"Terraform manages only what the configuration sets, also inside nested objects; when an attribute is no longer set, it gets the default of a new tenant. " +
			"Destroying the resource resets what it managed to the defaults of a new tenant; after an import without an apply, that is all of it.",
		Attributes: schemas.Joined(map[string]schema.Attribute{"id": schemas.SingletonIDAttribute()},
			lookAttributes, customPagesAttributes, signInAttributes, credentialAttributes, protectionAttributes),
	}
}

// lookAttributes are what the sign-in pages look like and say.
var lookAttributes = map[string]schema.Attribute{
	"color": schemas.GroupAttribute("Colors of the sign-in pages.", map[string]schema.Attribute{
		"primary_color":        text("Main color, such as `#5d34f2` or `#53f`.", types.StringValue("#6139F6"), isColor),
		"is_dark_mode_enabled": flag("Whether the pages have a dark mode.", no()),
		"dark_primary_color":   text("Main color in dark mode, such as `#7958ff`.", types.StringValue("#8768F8"), isColor),
	}),
	"branding": schemas.GroupAttribute("Logos and favicons of the sign-in pages.", map[string]schema.Attribute{
		"logo_url":      text("URL of the logo."+emptyIsNone, types.StringValue("https://logto.io/logo.svg"), isURL),
		"dark_logo_url": text("URL of the logo in dark mode."+emptyIsNone, types.StringValue("https://logto.io/logo-dark.svg"), isURL),
		"favicon":       text("URL of the favicon."+emptyIsNone, none, isURL),
		"dark_favicon":  text("URL of the favicon in dark mode."+emptyIsNone, none, isURL),
	}),
	"hide_logto_branding": flag("Whether the pages hide \"Powered by Logto\". Only Logto Cloud allows `true`.", no()),
	"language_info": schemas.GroupAttribute("Languages of the sign-in pages.", map[string]schema.Attribute{
		"auto_detect": flag("Whether the pages use the language of the user's browser.", yes()),
		"fallback_language": text("Tag of the language for all other users, such as `en` or `zh-CN`: one that Logto has texts for, or one with a `logto_custom_phrase`."+
			planmodifiers.ForResource("Refer to the `language_tag` of the custom phrase, so that Terraform creates it first."), types.StringValue("en"), languages.OneOf(), validators.RefersTo(validators.AttributeOf("custom_phrase", "language_tag"))),
	}),
	"terms_of_use_url":   text("URL of the terms of use."+emptyIsNone, none, urlChecks...),
	"privacy_policy_url": text("URL of the privacy policy."+emptyIsNone, none, urlChecks...),
	"agree_to_terms_policy": word("How users agree to the terms of use: {words}. With `Automatic` they agree by continuing, with `ManualRegistrationOnly` by a checkbox at sign-up, and with `Manual` by a checkbox at sign-up and sign-in.",
		termsPolicies, types.StringValue("Automatic")),
	"support_email":                text("Email address for users who need help to sign in."+emptyIsNone, none, isAddress),
	"support_website_url":          text("URL of a page for users who need help to sign in."+emptyIsNone, none, isURL),
	"unknown_session_redirect_url": text("URL to which Logto redirects users whose session it does not know, such as users who bookmarked the sign-in page. It can have any scheme."+emptyIsNone, none, isURL),
}

// customPagesAttributes are what replaces parts of the sign-in pages, or all of them.
var customPagesAttributes = map[string]schema.Attribute{
	"custom_css": text("CSS of the sign-in pages."+emptyIsNone, none),
	"custom_content": schema.MapAttribute{
		MarkdownDescription: "HTML for parts of the pages, by their paths, such as `/sign-in`." + planmodifiers.ForResource("Terraform removes paths that the map does not have."),
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Map{planmodifiers.TenantSetting(types.MapValueMust(types.StringType, map[string]attr.Value{}))},
	},
	"custom_ui_assets": schema.SingleNestedAttribute{
		MarkdownDescription: "Custom sign-in pages that replace those of Logto." + planmodifiers.ForResource("Upload them with `logto_custom_ui_assets`, in the Console or with the Logto CLI."),
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.Object{planmodifiers.TenantSetting(types.ObjectNull(assetsType))},
		Attributes: map[string]schema.Attribute{
			"id":         schema.StringAttribute{MarkdownDescription: "ID of the uploaded pages." + planmodifiers.ForResource("Logto does not check it."), Required: true, Validators: []validator.String{notEmpty}},
			"created_at": schema.StringAttribute{MarkdownDescription: "Time of the upload, in RFC 3339 format, such as `2026-01-31T12:00:00Z`.", CustomType: customtypes.RFC3339Type{}, Required: true},
		},
	},
	"custom_ui_csp": schemas.GroupAttribute("Sources that the content security policy of custom sign-in pages allows in addition to those of Logto. Only Logto Cloud supports it."+schemas.SinceSetting(signInPath, "customUiCsp")+planmodifiers.ForResource("Write hosts in lower case and without a trailing slash, as Logto stores them."), map[string]schema.Attribute{
		"script_src":  textSet("Sources of scripts, such as `https://cdn.example.com`.", noSet, notEmpty),
		"connect_src": textSet("Sources of data, such as `https://api.example.com`.", noSet, notEmpty),
	}),
}

// signInAttributes are how users sign in and sign up.
var signInAttributes = map[string]schema.Attribute{
	"sign_in_mode": word("What users can do on the pages: {words}.", signInModes, types.StringValue("SignInAndRegister")),
	"sign_in": schemas.GroupAttribute("How users sign in.", map[string]schema.Attribute{
		"methods": schema.ListNestedAttribute{
			MarkdownDescription: "Sign-in methods, in the order of the pages. If the list is empty, users can sign in only with social and enterprise connectors." + planmodifiers.ForResource("A new tenant has a username with a password."),
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.List{planmodifiers.TenantSetting(withAName)},
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"identifier": schema.StringAttribute{
					MarkdownDescription: "Identifier that the user enters: " + identifiers.String() + ".",
					Required:            true,
					Validators:          []validator.String{identifiers.OneOf()},
				},
				"password":            schema.BoolAttribute{MarkdownDescription: "Whether the user can enter a password.", Required: true},
				"verification_code":   schema.BoolAttribute{MarkdownDescription: "Whether the user can enter a verification code." + planmodifiers.ForResource("It requires an email or SMS connector."), Required: true},
				"is_password_primary": schema.BoolAttribute{MarkdownDescription: "Whether the page asks for the password first if the user can enter a password or a verification code.", Required: true},
			}},
		},
	}),
	"sign_up": schemas.GroupAttribute("What users must provide to sign up.", map[string]schema.Attribute{
		"identifiers": textList("Identifiers that users sign up with: "+identifiers.String()+"."+planmodifiers.ForResource("Set `[]` for no identifiers, such as for sign-up with social connectors only. `email` requires an email connector, and `phone` an SMS connector."),
			types.ListValueMust(types.StringType, strs("username")), validators.Each(identifiers.OneOf()), validators.UniqueValues()),
		"password": flag("Whether users must set a password.", yes()),
		"verify":   flag("Whether users must verify their email address or phone number with a code."+planmodifiers.ForResource("Logto requires `true` if users sign up with either."), no()),
		"secondary_identifiers": schema.ListNestedAttribute{
			MarkdownDescription: "Secondary identifiers, which users must provide in addition.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.List{planmodifiers.TenantSetting(types.ListNull(secondType))},
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"identifier": schema.StringAttribute{
					MarkdownDescription: "Identifier that the user must provide: " + secondaryIdentifiers.String() + ".",
					Required:            true,
					Validators:          []validator.String{secondaryIdentifiers.OneOf()},
				},
				"verify": schema.BoolAttribute{MarkdownDescription: "Whether the user must verify the identifier with a code." + planmodifiers.ForResource("Logto requires `true` for all identifiers except `username`."), Optional: true},
			}},
		},
	}),
	"social_sign_in": schemas.GroupAttribute("Settings for sign-in with social connectors.", map[string]schema.Attribute{
		"automatic_account_linking": flag("Whether Logto links a new social identity to the account with the same verified email address or phone number without asking the user."+noneIsFalse, undecided),
		"skip_required_identifiers": flag("Whether users who sign up with a social connector can skip the identifiers that `sign_up` requires."+noneIsFalse, undecided),
	}),
	"social_sign_in_connector_targets": textList("Targets of the social connectors on the pages, in this order, such as `google`."+planmodifiers.ForResource("Refer to the `target` of the connector, so that Terraform creates it first. "+
		"A target that no social connector has is an error, because Logto would drop it."), flex.EmptyList, validators.RefersTo(validators.AttributeOf("connector", "target"))),
	"single_sign_on_enabled": flag("Whether users can sign in with enterprise connectors (single sign-on).", no()),
	"passkey_sign_in": schemas.GroupAttribute("Sign-in with passkeys.", map[string]schema.Attribute{
		"enabled":             flag("Whether users can sign in with a passkey."+noneIsFalse, undecided),
		"show_passkey_button": flag("Whether the sign-in page has a button for passkeys. Otherwise it asks for the passkey after the identifier."+noneIsFalse, undecided),
		"allow_autofill":      flag("Whether the browser offers passkeys in the field for the identifier."+noneIsFalse, undecided),
	}),
	"sign_up_profile_fields": textList(fmt.Sprintf("Names of the custom profile fields on the sign-up page, in this order. `[%q]` means all fields.", everything)+schemas.SinceSetting(signInPath, "signUpProfileFields")+
		planmodifiers.ForResource("Refer to the `name` of a `logto_custom_profile_field`, so that Terraform creates it first."),
		types.ListValueMust(types.StringType, strs(everything)), validators.Each(isFieldNameOrAll), validators.UniqueValues(), validators.RefersTo(validators.AttributeOf("custom_profile_field", "name"))),
}

// credentialAttributes are the rules for usernames, passwords and verification codes.
var credentialAttributes = map[string]schema.Attribute{
	"username_policy": schemas.GroupAttribute("Rules for usernames."+schemas.SinceSetting(signInPath, "usernamePolicy"), map[string]schema.Attribute{
		"case_sensitive": flag("Whether `Jane` and `jane` are different usernames."+planmodifiers.ForResource("Logto rejects `false` while users have such usernames."), yes()),
		"min_length":     number("Minimum length, in characters.", types.Int64Value(1), validators.Int64Between(1, 128)),
		"max_length":     number("Maximum length, in characters."+planmodifiers.ForResource("It must not be less than `min_length`."), types.Int64Value(128), validators.Int64Between(1, 128)),
		"allowed_chars": schemas.GroupAttribute("Characters that usernames can have."+planmodifiers.ForResource("At least one of `lowercase`, `uppercase` and `underscore` must be `true`, because a username cannot begin with a digit."), map[string]schema.Attribute{
			"lowercase":  flag("Whether usernames can have lowercase letters.", yes()),
			"uppercase":  flag("Whether usernames can have uppercase letters.", yes()),
			"numbers":    flag("Whether usernames can have digits.", yes()),
			"underscore": flag("Whether usernames can have underscores (`_`).", yes()),
		}),
	}),
	"password_policy": schemas.GroupAttribute("Rules for new passwords. Logto applies the rules that are not set with their defaults. It always rejects characters outside of printable ASCII.", map[string]schema.Attribute{
		"length": schemas.OptionalGroupAttribute("Length of passwords, in characters.", map[string]schema.Attribute{
			"min": number("Minimum length.", types.Int64Value(8), validators.Int64AtLeast(1)),
			"max": number("Maximum length.", types.Int64Value(256), validators.Int64AtLeast(1)),
		}),
		"character_types": schemas.OptionalGroupAttribute("Types of characters: lowercase letters, uppercase letters, digits and symbols.", map[string]schema.Attribute{
			"min": number("Minimum number of character types in a password.", types.Int64Value(1), validators.Int64Between(1, 4)),
		}),
		"rejects": schemas.OptionalGroupAttribute("Passwords that Logto rejects.", map[string]schema.Attribute{
			"pwned":                   flag("Whether Logto rejects passwords from known data breaches. The server sends a part of their hash to api.pwnedpasswords.com.", yes()),
			"repetition_and_sequence": flag("Whether repetitions and sequences, such as `aaaaaa` and `123456`, count as weak."+weakWords, yes()),
			"user_info":               flag("Whether the name, username, email address and phone number of the user count as weak."+weakWords, yes()),
			"words":                   textSet("Words that count as weak."+weakWords, flex.EmptySet, notEmpty),
		}),
	}),
	"password_expiration": schemas.GroupAttribute("Expiration of passwords."+schemas.SinceSetting(signInPath, "passwordExpiration"), map[string]schema.Attribute{
		"enabled":           flag("Whether passwords expire."+planmodifiers.ForResource("`true` requires a method in `forgot_password_methods`."), no()),
		"valid_period_days": number("Number of days after which a password expires."+planmodifiers.ForResource("It is required if `enabled` is `true`, and not allowed otherwise."), types.Int64Null(), validators.Int64AtLeast(1)),
		"enabled_at": schema.StringAttribute{
			MarkdownDescription: "Time at which the expiration of passwords was turned on, in RFC 3339 format.",
			CustomType:          customtypes.RFC3339Type{},
			Computed:            true,
		},
	}),
	"forgot_password_methods": schema.SetAttribute{
		MarkdownDescription: fmt.Sprintf("Methods with which users can reset their password: `EmailVerificationCode`, `PhoneVerificationCode`, or `[%q]` for all methods that the connectors of the tenant support. "+
			"If the set is empty, users cannot reset it.", everything) + planmodifiers.ForResource("`EmailVerificationCode` requires an email connector, and `PhoneVerificationCode` an SMS connector."),
		ElementType:   types.StringType,
		Optional:      true,
		Computed:      true,
		Validators:    []validator.Set{validators.Each(resetMethods.OneOf())},
		PlanModifiers: []planmodifier.Set{planmodifiers.TenantSetting(flex.EmptySet)},
	},
	"verification_code_policy": schemas.GroupAttribute("Verification codes that Logto sends."+schemas.SinceSetting(signInPath, "verificationCodePolicy"), map[string]schema.Attribute{
		"expiration_duration": number("Lifetime of a code, in seconds. If it is null, Logto uses 600.", types.Int64Null(), validators.Int64Between(60, 3600)),
		"max_retry_attempts":  number("Number of times that a user can enter a wrong code. If it is null, Logto uses 10.", types.Int64Null(), validators.Int64Between(1, 100)),
	}),
}

// protectionAttributes are multi-factor authentication, and what Logto does against attacks.
var protectionAttributes = map[string]schema.Attribute{
	"mfa": schemas.GroupAttribute("Multi-factor authentication (MFA).", map[string]schema.Attribute{
		"factors": textSet("Factors that users can set up: "+mfaFactors.String()+". If the set is empty, MFA is off."+planmodifiers.ForResource("`BackupCode` requires another factor. A verification code by email or phone cannot be a factor if it is also a sign-in method, and requires an email or SMS connector: list it in `depends_on`."),
			flex.EmptySet, mfaFactors.OneOf()),
		"policy": word("Whether users must use MFA, and when the pages ask them to set it up: {words}. `UserControlled` is the former name of `PromptAtSignInAndSignUp`."+
			schemas.SinceValues(signInPath, "mfa.policy", "PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory")+
			planmodifiers.ForResource("`PromptAtSignInAndSignUpMandatory` and `PromptOnlyAtSignInMandatory` require `adaptive_mfa`, which allows no other policy."), mfaPolicies, types.StringValue("UserControlled")),
		"organization_required_mfa_policy": word("Whether the pages ask members of an organization that requires MFA to set it up: {words}. If it is null, Logto treats it as `NoPrompt`.", organizationMFAPolicies, none),
	}),
	"adaptive_mfa": schemas.GroupAttribute("Adaptive MFA, which requires a factor only for risky sign-ins."+schemas.SinceSetting(signInPath, "adaptiveMfa"), map[string]schema.Attribute{
		"enabled": flag("Whether adaptive MFA is on."+noneIsFalse+planmodifiers.ForResource("`true` requires `mfa.factors`, and `PromptAtSignInAndSignUpMandatory` or `PromptOnlyAtSignInMandatory` as `mfa.policy`."), undecided),
	}),
	"captcha_policy": schemas.GroupAttribute("Captcha on the sign-in pages.", map[string]schema.Attribute{
		"enabled": flag("Whether users must pass a captcha."+noneIsFalse+planmodifiers.ForResource("`true` requires a `logto_captcha_provider`: list it in `depends_on`, so that Terraform creates it first and deletes it last."), undecided),
	}),
	"sentinel_policy": schemas.GroupAttribute("Identifier lockout after failed sign-ins.", map[string]schema.Attribute{
		"max_attempts":     number("Number of failed attempts in one hour after which Logto locks an identifier. If it is null, Logto uses 100.", types.Int64Null(), validators.Int64AtLeast(1)),
		"lockout_duration": number("Duration of the lockout, in minutes. If it is null, Logto uses 60.", types.Int64Null(), validators.Int64AtLeast(1)),
	}),
	"email_blocklist_policy": schemas.GroupAttribute("Email addresses with which users can sign up. Logto checks them at sign-up and when a user sets an address in the account center, but not for a `logto_user`.", map[string]schema.Attribute{
		"block_disposable_addresses": flag("Whether Logto rejects addresses of disposable email services. Only Logto Cloud allows `true`."+noneIsFalse, undecided),
		"block_subaddressing":        flag("Whether Logto rejects addresses with a `+` before the `@` (subaddressing)."+noneIsFalse, undecided),
		"custom_allowlist": textSet("Addresses that Logto allows, in the format of `custom_blocklist`. If the set is not empty, Logto rejects all other addresses. "+
			"Logto also rejects addresses of the set that `custom_blocklist` or `block_subaddressing` reject."+schemas.SinceSetting(signInPath, "emailBlocklistPolicy.customAllowlist"), noSet, notEmpty),
		"custom_blocklist": textSet("Addresses that Logto rejects, such as `user@example.com`, or `@example.com` for a domain. `*` stands for any characters.", noSet, notEmpty),
	}),
}
