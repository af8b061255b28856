// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
)

var (
	identifiers          = kit.Words{"username", "email", "phone"}
	secondaryIdentifiers = kit.Words{"username", "email", "phone", "emailOrPhone"}
	termsPolicies        = kit.Words{"Automatic", "ManualRegistrationOnly", "Manual"}
	signInModes          = kit.Words{"SignInAndRegister", "SignIn", "Register"}
	mfaFactors           = kit.Words{"Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode"}
	mfaPolicies          = kit.Words{"UserControlled", "Mandatory", "PromptOnlyAtSignIn", "PromptAtSignInAndSignUp", "NoPrompt",
		"PromptAtSignInAndSignUpMandatory", "PromptOnlyAtSignInMandatory"}
	organizationMFAPolicies = kit.Words{"NoPrompt", "Mandatory"}
	resetMethods            = kit.Words{"EmailVerificationCode", "PhoneVerificationCode", everything}
)

// The default of a new tenant: a username and a password.
var (
	methodType  = map[string]attr.Type{"identifier": types.StringType, "password": types.BoolType, "verification_code": types.BoolType, "is_password_primary": types.BoolType}
	withAName   = types.ListValueMust(types.ObjectType{AttrTypes: methodType}, []attr.Value{types.ObjectValueMust(methodType, map[string]attr.Value{"identifier": types.StringValue("username"), "password": yes(), "verification_code": no(), "is_password_primary": yes()})})
	secondType  = types.ObjectType{AttrTypes: map[string]attr.Type{"identifier": types.StringType, "verify": types.BoolType}}
	assetsType  = map[string]attr.Type{"id": types.StringType, "created_at": kit.RFC3339Type{}}
	urlChecks   = []validator.String{isURL, kit.LengthAtMost(2048)}
	noURL       = " Default none; `\"\"` is none, too."
	byItselfOff = " Without a value Logto does as with `false`."
)

var signInExperienceSchema = schema.Schema{
	MarkdownDescription: "The sign-in experience: how people sign up and sign in, and what they see. Every tenant has one, so creating this resource adopts it and writes only what is configured. " +
		"What is not configured is left alone, in nested objects too; what is taken out of the configuration gets the default of a new tenant. " +
		"Destroying the resource gives what it managed the defaults of a new tenant; after an import that no apply has changed since, that is all of it.",
	Attributes: map[string]schema.Attribute{
		"id": kit.IDOfSingleton(),
		"color": kit.Group("Colors of the pages.", map[string]schema.Attribute{
			"primary_color":        text("Main color, as `#5d34f2` or `#53f`. Default `#6139F6`.", types.StringValue("#6139F6"), isColor),
			"is_dark_mode_enabled": flag("Whether people with a dark mode get one. Default `false`.", no()),
			"dark_primary_color":   text("Main color in dark mode. Default `#8768F8`.", types.StringValue("#8768F8"), isColor),
		}),
		"branding": kit.Group("Pictures on the pages.", map[string]schema.Attribute{
			"logo_url":      text("URL of the logo. Default Logto's own; `\"\"` for none.", types.StringValue("https://logto.io/logo.svg"), isURL),
			"dark_logo_url": text("URL of the logo in dark mode. Default Logto's own; `\"\"` for none.", types.StringValue("https://logto.io/logo-dark.svg"), isURL),
			"favicon":       text("URL of the favicon."+noURL, none, isURL),
			"dark_favicon":  text("URL of the favicon in dark mode."+noURL, none, isURL),
		}),
		"hide_logto_branding": flag("Whether \"Powered by Logto\" is left out. `true` on Logto Cloud only. Default `false`.", no()),
		"language_info": kit.Group("Languages of the pages.", map[string]schema.Attribute{
			"auto_detect": flag("Whether people see the language that their browser asks for. Default `true`.", yes()),
			"fallback_language": text("Tag of the language for all others, such as `en` or `zh-CN`: one that Logto brings texts for, or one with a `logto_custom_phrase`. "+
				"Refer to the phrase's `language_tag`, so that it is made before and deleted after. Default `en`.", types.StringValue("en"), isLanguage()),
		}),
		"terms_of_use_url":   text("URL of the terms of use. Up to 2048 characters."+noURL, none, urlChecks...),
		"privacy_policy_url": text("URL of the privacy policy. Up to 2048 characters."+noURL, none, urlChecks...),
		"agree_to_terms_policy": word("How people agree to the terms: {words}. `Automatic` by going on, `ManualRegistrationOnly` by a check box when they sign up, `Manual` always by one. Default `Automatic`.",
			termsPolicies, types.StringValue("Automatic")),
		"sign_in": kit.Group("How people sign in.", map[string]schema.Attribute{
			"methods": schema.ListNestedAttribute{
				MarkdownDescription: "The ways to sign in, in the order in which they are offered. `[]` leaves social and enterprise connectors only. Default a username with a password.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.List{kit.ServerDefault(withAName)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"identifier": schema.StringAttribute{
						MarkdownDescription: "What people name themselves by: " + identifiers.String() + ".",
						Required:            true,
						Validators:          []validator.String{identifiers.Validator()},
					},
					"password":            schema.BoolAttribute{MarkdownDescription: "Whether they can give a password.", Required: true},
					"verification_code":   schema.BoolAttribute{MarkdownDescription: "Whether they can give a code that they are sent, for which there must be an email or SMS connector.", Required: true},
					"is_password_primary": schema.BoolAttribute{MarkdownDescription: "Which of the two they are asked for first: the password, when it is `true`.", Required: true},
				}},
			},
		}),
		"sign_up": kit.Group("What people must give to sign up.", map[string]schema.Attribute{
			"identifiers": textList("What people name themselves by: "+identifiers.String()+". `[]` for none, as for social sign-up only. For `email` and `phone` there must be a connector. Default `[\"username\"]`.",
				types.ListValueMust(types.StringType, strs("username")), listvalidator.ValueStringsAre(identifiers.Validator()), kit.UniqueValues()),
			"password": flag("Whether they must set a password. Default `true`.", yes()),
			"verify":   flag("Whether they must prove their email address or phone number with a code. Logto wants `true` where either is asked for. Default `false`.", no()),
			"secondary_identifiers": schema.ListNestedAttribute{
				MarkdownDescription: "What they must give besides. Default none.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.List{kit.ServerDefault(types.ListNull(secondType))},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"identifier": schema.StringAttribute{
						MarkdownDescription: "What: " + secondaryIdentifiers.String() + ".",
						Required:            true,
						Validators:          []validator.String{secondaryIdentifiers.Validator()},
					},
					"verify": schema.BoolAttribute{MarkdownDescription: "Whether they must prove it with a code. Logto wants `true` for all but `username`.", Optional: true},
				}},
			},
		}),
		"social_sign_in": kit.Group("What happens after a sign-in with a social connector.", map[string]schema.Attribute{
			"automatic_account_linking": flag("Whether somebody new at the connector gets the account that has the same verified email address or phone number, without being asked."+byItselfOff, undecided),
			"skip_required_identifiers": flag("Whether people who sign up this way need not give what `sign_up` asks for."+byItselfOff, undecided),
		}),
		"social_sign_in_connector_targets": textList("Targets of the social connectors that are offered, in this order, such as `google`. Refer to the connector's `target`, so that the connector is made before. "+
			"A target that no social connector has is an error: Logto would leave it out without a word. Default `[]`.", kit.EmptyList, listvalidator.ValueStringsAre(notEmpty)),
		"sign_in_mode": word("What people can do: {words}. Default `SignInAndRegister`.", signInModes, types.StringValue("SignInAndRegister")),
		"custom_css":   text("CSS for the pages."+noURL, none),
		"custom_content": schema.MapAttribute{
			MarkdownDescription: "HTML for parts of the pages, by their paths. The whole of it: paths that are not listed are removed. Default `{}`.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Map{kit.ServerDefault(types.MapValueMust(types.StringType, map[string]attr.Value{}))},
		},
		"custom_ui_assets": schema.SingleNestedAttribute{
			MarkdownDescription: "Pages of your own that take the place of Logto's. They are uploaded through the Console or with the Logto CLI. Default none.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Object{kit.ServerDefault(types.ObjectNull(assetsType))},
			Attributes: map[string]schema.Attribute{
				"id":         schema.StringAttribute{MarkdownDescription: "ID that the upload answered. Logto does not check it.", Required: true, Validators: []validator.String{notEmpty}},
				"created_at": schema.StringAttribute{MarkdownDescription: "When they were uploaded, as `2026-01-31T12:00:00Z`.", CustomType: kit.RFC3339Type{}, Required: true},
			},
		},
		"custom_ui_csp": kit.Group("Sources that the content security policy of those pages allows besides Logto's own. On Logto Cloud only. Hosts in lower case and without a slash at the end, as Logto keeps them.", map[string]schema.Attribute{
			"script_src":  textSet("Sources of scripts, such as `https://cdn.example.com`. Default none.", noSet, notEmpty),
			"connect_src": textSet("Sources of data, such as `https://api.example.com`. Default none.", noSet, notEmpty),
		}),
		"password_policy": kit.Group("What new passwords must be like. Each of the three objects counts when it is there; what it leaves out has the default that is said there, which is also what Logto does without it.", map[string]schema.Attribute{
			"length": kit.AbsentGroup("Length of passwords, in characters.", map[string]schema.Attribute{
				"min": number("At least so many. Default 8.", types.Int64Value(8), kit.Int64AtLeast(1)),
				"max": number("At most so many. Default 256.", types.Int64Value(256), kit.Int64AtLeast(1)),
			}),
			"character_types": kit.AbsentGroup("Kinds of characters: lower case, upper case, digits and symbols.", map[string]schema.Attribute{
				"min": number("At least so many of the four kinds. 1 to 4. Default 1.", types.Int64Value(1), kit.Int64Between(1, 4)),
			}),
			"rejects": kit.AbsentGroup("What passwords must not be.", map[string]schema.Attribute{
				"pwned":                   flag("Whether passwords are refused that have leaked somewhere. Default `true`.", yes()),
				"repetition_and_sequence": flag("Whether passwords are refused that are made of repetitions and sequences, such as `aaaaaa` and `123456`. Default `true`.", yes()),
				"user_info":               flag("Whether passwords are refused that hold the user's name, username, email address or phone number. Default `true`.", yes()),
				"words":                   textSet("Words that passwords must not hold. Default `[]`.", kit.EmptySet, notEmpty),
			}),
		}),
		"mfa": kit.Group("Multi-factor authentication.", map[string]schema.Attribute{
			"factors": textSet("What people can prove themselves with besides: "+mfaFactors.String()+". `BackupCode` needs another one beside it, and the codes must not be a way to sign in as well. `[]` turns it off. Default `[]`.",
				kit.EmptySet, mfaFactors.Validator()),
			"policy": word("Who must, and when people are asked to set it up: {words}. `UserControlled` is an old name of `PromptAtSignInAndSignUp`. "+
				"`PromptAtSignInAndSignUpMandatory` and `PromptOnlyAtSignInMandatory` go with `adaptive_mfa`, and only with it. Default `UserControlled`.", mfaPolicies, types.StringValue("UserControlled")),
			"organization_required_mfa_policy": word("Whether members of an organization that requires MFA are asked to set it up: {words}. Without a value Logto does as with `NoPrompt`.", organizationMFAPolicies, none),
		}),
		"adaptive_mfa": kit.Group("MFA only where a sign-in looks risky.", map[string]schema.Attribute{
			"enabled": flag("Whether it is on. It needs factors and one of the two policies ending in `Mandatory` after a prompt."+byItselfOff, undecided),
		}),
		"single_sign_on_enabled":       flag("Whether people can sign in through enterprise connectors. Default `false`.", no()),
		"support_email":                text("Email address for people who cannot sign in."+noURL, none, isAddress),
		"support_website_url":          text("URL of a page for them."+noURL, none, isURL),
		"unknown_session_redirect_url": text("URL to send people to whose session is not known, as when they bookmarked the sign-in page. Any scheme."+noURL, none, isURL),
		"captcha_policy": kit.Group("Whether people must prove that they are no robots.", map[string]schema.Attribute{
			"enabled": flag("Whether they must. It needs a `logto_captcha_provider`: refer to its `id` in `depends_on`, so that it is deleted after."+byItselfOff, undecided),
		}),
		"sentinel_policy": kit.Group("When somebody who fails to sign in is locked out.", map[string]schema.Attribute{
			"max_attempts":     number("After so many failures in one hour. At least 1. Without a value Logto takes 100.", types.Int64Null(), kit.Int64AtLeast(1)),
			"lockout_duration": number("For so many minutes. At least 1. Without a value Logto takes 60.", types.Int64Null(), kit.Int64AtLeast(1)),
		}),
		"email_blocklist_policy": kit.Group("Email addresses that nobody can sign up with.", map[string]schema.Attribute{
			"block_disposable_addresses": flag("Whether addresses of throw-away services are refused. `true` on Logto Cloud only."+byItselfOff, undecided),
			"block_subaddressing":        flag("Whether addresses with a `+` before the `@` are refused."+byItselfOff, undecided),
			"custom_allowlist":           textSet("Addresses that are allowed all the same, written as in `custom_blocklist`. Default none.", noSet, notEmpty),
			"custom_blocklist":           textSet("Addresses that are refused: `somebody@example.com`, `@example.com` for a domain, with `*` for any characters. Default none.", noSet, notEmpty),
		}),
		"verification_code_policy": kit.Group("Codes that people are sent.", map[string]schema.Attribute{
			"expiration_duration": number("How long a code is good, in seconds: 60 to 3600. Without a value Logto takes 600.", types.Int64Null(), kit.Int64Between(60, 3600)),
			"max_retry_attempts":  number("How often a wrong one can be tried: 1 to 100. Without a value Logto takes 10.", types.Int64Null(), kit.Int64Between(1, 100)),
		}),
		"forgot_password_methods": schema.SetAttribute{
			MarkdownDescription: fmt.Sprintf("How people who forgot their password prove themselves: `EmailVerificationCode`, `PhoneVerificationCode`, for which there must be a connector, "+
				"or `[%q]` for whatever connectors there are. Default `[]`: they cannot.", everything),
			ElementType:   types.StringType,
			Optional:      true,
			Computed:      true,
			Validators:    []validator.Set{setvalidator.ValueStringsAre(resetMethods.Validator())},
			PlanModifiers: []planmodifier.Set{kit.ServerDefault(kit.EmptySet)},
		},
		"passkey_sign_in": kit.Group("Sign-in with passkeys.", map[string]schema.Attribute{
			"enabled":             flag("Whether people can."+byItselfOff, undecided),
			"show_passkey_button": flag("Whether there is a button for it. Otherwise they are asked after their identifier."+byItselfOff, undecided),
			"allow_autofill":      flag("Whether the browser may offer passkeys in the field for the identifier."+byItselfOff, undecided),
		}),
		"sign_up_profile_fields": textList(fmt.Sprintf("Names of the custom profile fields that people who sign up are asked for, in this order. Refer to the `name` of `logto_custom_profile_field`. "+
			"`[]` for none, `[%q]` for all. Default `[%q]`.", everything, everything),
			types.ListValueMust(types.StringType, strs(everything)), listvalidator.ValueStringsAre(stringvalidator.Any(isFieldName, kit.OneOf(everything))), kit.UniqueValues()),
		"password_expiration": kit.Group("Whether people must change their password from time to time.", map[string]schema.Attribute{
			"enabled":           flag("Whether they must. They need a way to reset it: see `forgot_password_methods`. Default `false`.", no()),
			"valid_period_days": number("After how many days. At least 1. Needed, and only allowed, when `enabled` is `true`.", types.Int64Null(), kit.Int64AtLeast(1)),
			"enabled_at": schema.StringAttribute{
				MarkdownDescription: "When it was turned on. Logto sets it.",
				CustomType:          kit.RFC3339Type{},
				Computed:            true,
			},
		}),
		"username_policy": kit.Group("What usernames must be like.", map[string]schema.Attribute{
			"case_sensitive": flag("Whether `Jane` and `jane` are two users. `false` is refused while there are such users. Default `true`.", yes()),
			"min_length":     number("Least length in characters: 1 to 128. Default 1.", types.Int64Value(1), kit.Int64Between(1, 128)),
			"max_length":     number("Greatest length in characters: 1 to 128, no less than `min_length`. Default 128.", types.Int64Value(128), kit.Int64Between(1, 128)),
			"allowed_chars": kit.Group("Kinds of characters in usernames. At least one of `lowercase`, `uppercase` and `underscore` must be allowed, because no username begins with a digit.", map[string]schema.Attribute{
				"lowercase":  flag("Whether lower case letters are allowed. Default `true`.", yes()),
				"uppercase":  flag("Whether upper case letters are allowed. Default `true`.", yes()),
				"numbers":    flag("Whether digits are allowed. Default `true`.", yes()),
				"underscore": flag("Whether `_` is allowed. Default `true`.", yes()),
			}),
		}),
	},
}
