// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

const (
	machineType   = "MachineToMachine"
	protectedType = "Protected"
)

var applicationTypes = validators.Enum(logto.ApplicationTypes)

var noOrigins = types.ListNull(types.StringType)

// redirectURIs is the rule for both lists of redirect URIs.
var redirectURIs = []validator.List{listvalidator.ValueStringsAre(validators.StringFunc(
	"must be an http or https URL, in which * may stand in the path and in a host with a dot, or a URI with a scheme of the app's own, as com.example.app://callback", isRedirectURI))}

var applicationSchema = schema.Schema{
	MarkdownDescription: "An application: an app or a service that signs users in with Logto, or that gets access tokens of its own. " +
		"`logto_saml_application` is for SAML applications.",
	Attributes: map[string]schema.Attribute{
		"id": schemas.IDAttribute(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the application. 1 to 256 characters; several applications may have the same name.",
			Required:            true,
			Validators:          []validator.String{validators.Length(1, 256)},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Type of the application: " + applicationTypes.String() + ". `Native` is an app on a device, `SPA` a single-page app in the browser, " +
				"`Traditional` a web app with a server, `MachineToMachine` a service without users, `Protected` a site that Logto Cloud puts a sign-in in front of. " +
				"Logto makes a secret named `Default secret` for a `Traditional`, `MachineToMachine` or `Protected` application.",
			Required: true,
			Validators: []validator.String{validators.StringFunc("must be "+applicationTypes.String()+"; SAML applications are made with logto_saml_application",
				applicationTypes.Contains)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "What the application is for. `\"\"` is the same as none.",
			Optional:            true,
		},
		"is_third_party": schema.BoolAttribute{
			MarkdownDescription: "Whether the application belongs to somebody else, so that Logto asks users for their consent. Only for type `Traditional`, `SPA` or `Native`.",
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
			PlanModifiers:       []planmodifier.Bool{boolplanmodifier.RequiresReplace()},
		},
		"redirect_uris": redirectURIList("Addresses to which Logto may send users back after they signed in: http or https URLs, in which `*` may stand in the path and in the host " +
			"(but not in its last two parts), or, for type `Native`, URIs with a scheme of the app's own such as `com.example.app://callback`. " +
			"No address may have a fragment (`#`). Nobody can sign in while the list is empty. Logto sets them for type `Protected`; `MachineToMachine` and the device flow have no use for them."),
		"post_logout_redirect_uris": redirectURIList("Addresses to which Logto may send users back after they signed out, written as `redirect_uris`. Logto sets them for type `Protected`."),
		"backchannel_logout_uri": schema.StringAttribute{
			MarkdownDescription: "URL that Logto calls when a session ends (OpenID Connect Back-Channel Logout): http or https.",
			Optional:            true,
			Validators:          []validator.String{validators.StringFunc("must be an http or https URL", isURL)},
		},
		"backchannel_logout_session_required": optionalBool("Whether that call has to name the session (claim `sid`). Defaults to `false`."),
		"logo_uri": schema.StringAttribute{
			MarkdownDescription: "URL of the application's logo, as OpenID Connect clients have it: http or https. `\"\"` is the same as none.",
			Optional:            true,
		},
		"cors_allowed_origins": schema.ListAttribute{
			MarkdownDescription: "Origins that may call Logto's endpoints from a browser besides those of the redirect URIs, such as `https://app.example.com`: scheme, host and port, without a path or `*`.",
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.List{listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
		},
		"id_token_ttl": optionalNumber("Lifetime of ID tokens, in seconds. At least 1. Defaults to `3600`.", validators.Int64AtLeast(1)),
		"refresh_token_ttl": schema.Int64Attribute{
			MarkdownDescription: "Lifetime of refresh tokens, in seconds. At least 1. `refresh_token_ttl_in_days` wins over it.",
			DeprecationMessage:  "Use refresh_token_ttl_in_days, as Logto does.",
			Optional:            true,
			Validators:          []validator.Int64{validators.Int64AtLeast(1)},
		},
		"refresh_token_ttl_in_days": optionalNumber("Lifetime of refresh tokens, in days: 1 to 180. Defaults to `14`.", validators.Int64Between(1, 180)),
		"always_issue_refresh_token": optionalBool("Whether Logto issues a refresh token although the sign-in request lacks the scope `offline_access` or `prompt=consent`. " +
			"It has no effect on type `Native`. Defaults to `false`."),
		"rotate_refresh_token": optionalBool("Whether Logto exchanges a refresh token that is used for a new one: at each use for type `SPA` and `Native`, and for other types once 70 % of its lifetime have passed. " +
			"The new token of an `SPA` ends when the old one would have ended, so users sign in again after `refresh_token_ttl_in_days`. Defaults to `true`."),
		"allow_token_exchange": optionalBool("Whether the application may exchange tokens, as for impersonation and personal access tokens. Not for third-party applications. Defaults to `false`."),
		"is_device_flow": schema.BoolAttribute{
			MarkdownDescription: "Whether users sign in on another device (OAuth 2.0 Device Authorization Grant). Only for type `Native`. Defaults to `false`.",
			Optional:            true,
			PlanModifiers:       []planmodifier.Bool{replaceOnOtherFlow},
		},
		"max_allowed_grants": optionalNumber("How many sessions (devices) a user may have in the application at once; Logto ends older ones. At least 1. Without a value there is no limit.", validators.Int64AtLeast(1)),
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Data of your own about the application: a JSON object, as from `jsonencode`.",
			CustomType:          customtypes.NormalizedType{},
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{validators.IsJSONObject()},
			PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(customtypes.EmptyObject)},
		},
		"role_ids": schema.SetAttribute{
			MarkdownDescription: "IDs of the roles that the application has, of type `MachineToMachine` as the application itself. `logto_application_role` manages them one by one instead.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers:       []planmodifier.Set{planmodifiers.LinkSet(flex.NullSet)},
		},
		"protected_app": protectedAppAttribute,
	},
}

func optionalBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
}

func optionalNumber(description string, rules ...validator.Int64) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Optional: true, Validators: rules}
}

func redirectURIList(description string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Default:             listdefault.StaticValue(flex.EmptyList),
		Validators:          redirectURIs,
		PlanModifiers:       []planmodifier.List{setForProtected{}},
	}
}

// replaceOnOtherFlow takes no value and false for the same.
var replaceOnOtherFlow = boolplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.BoolRequest, resp *boolplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = req.PlanValue.IsUnknown() || req.PlanValue.ValueBool() != req.StateValue.ValueBool()
}, "Another flow replaces the resource.", "Another flow replaces the resource.")

func isURL(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && u.Scheme != ""
}
