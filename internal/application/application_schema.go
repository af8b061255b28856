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
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

const (
	machineType   = "MachineToMachine"
	protectedType = "Protected"
)

var applicationTypes = kit.Words(logto.ApplicationTypes)

var noOrigins = types.ListNull(types.StringType)

// redirectURIs is the rule for both lists of redirect URIs.
var redirectURIs = []validator.List{listvalidator.ValueStringsAre(kit.Rule(
	"must be an http or https URL, in which * may stand in the path and in a host with a dot, or a URI with a scheme of the app's own, as com.example.app://callback", isRedirectURI))}

var applicationSchema = schema.Schema{
	MarkdownDescription: "An application: an app or a service that signs people in with Logto, or that gets access tokens of its own. " +
		"All types but SAML, for which there is `logto_saml_application`.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"name": schema.StringAttribute{
			MarkdownDescription: "Name of the application. 1 to 256 characters; several applications may have the same.",
			Required:            true,
			Validators:          []validator.String{kit.Length(1, 256)},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Type of the application: " + applicationTypes.String() + ". `Native` is an app on a device, `SPA` a single-page app in the browser, " +
				"`Traditional` a web app with a server, `MachineToMachine` a service without people, `Protected` a site that Logto Cloud puts a sign-in in front of. " +
				"Logto makes a secret named `Default secret` for a `Traditional`, `MachineToMachine` or `Protected` one. Changing it replaces the application.",
			Required: true,
			Validators: []validator.String{kit.Rule("must be "+applicationTypes.String()+"; SAML applications are made with logto_saml_application",
				applicationTypes.Has)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "What the application is for. Default none.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"is_third_party": schema.BoolAttribute{
			MarkdownDescription: "Whether the application belongs to somebody else, so that people are asked for their consent. Only for type `Traditional`, `SPA` or `Native`. " +
				"Default `false`. Changing it replaces the application.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{kit.Unset(types.BoolValue(false)), boolplanmodifier.RequiresReplace()},
		},
		"redirect_uris": schema.ListAttribute{
			MarkdownDescription: "Addresses that people may be sent back to after they signed in: http or https URLs, in which `*` may stand in the path and in the host " +
				"(but not in its last two parts), or, for type `Native`, URIs with a scheme of the app's own such as `com.example.app://callback`. " +
				"No address may have a fragment (`#`). Nobody can sign in while the list is empty. Default `[]`. Logto sets them for type `Protected`; `MachineToMachine` and the device flow have no use for them.",
			ElementType:   types.StringType,
			Optional:      true,
			Computed:      true,
			Validators:    redirectURIs,
			PlanModifiers: []planmodifier.List{kit.Unset(kit.EmptyList)},
		},
		"post_logout_redirect_uris": schema.ListAttribute{
			MarkdownDescription: "Addresses that people may be sent back to after they signed out, written as `redirect_uris`. Default `[]`. Logto sets them for type `Protected`.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          redirectURIs,
			PlanModifiers:       []planmodifier.List{kit.Unset(kit.EmptyList)},
		},
		"backchannel_logout_uri": schema.StringAttribute{
			MarkdownDescription: "URL that Logto calls when a session ends (OpenID Connect Back-Channel Logout): http or https. Default none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.SecretRule("must be an http or https URL", isURL)},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"backchannel_logout_session_required": schema.BoolAttribute{
			MarkdownDescription: "Whether that call has to name the session (claim `sid`). Without a value Logto does as with `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"logo_uri": schema.StringAttribute{
			MarkdownDescription: "URL of the application's logo, as OpenID Connect clients have it: http or https. Default none, also for `\"\"`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"cors_allowed_origins": schema.ListAttribute{
			MarkdownDescription: "Origins that may call Logto's endpoints from a browser besides those of the redirect URIs, such as `https://app.example.com`: scheme, host and port, without a path or `*`. Default none.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          []validator.List{listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers:       []planmodifier.List{kit.Unset(noOrigins)},
		},
		"id_token_ttl": schema.Int64Attribute{
			MarkdownDescription: "How long ID tokens are valid, in seconds. At least 1. Without a value Logto uses 3600.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Int64{kit.Int64AtLeast(1)},
			PlanModifiers:       []planmodifier.Int64{kit.Unset(types.Int64Null())},
		},
		"refresh_token_ttl": schema.Int64Attribute{
			MarkdownDescription: "How long refresh tokens are valid, in seconds. At least 1. `refresh_token_ttl_in_days` wins over it.",
			DeprecationMessage:  "Use refresh_token_ttl_in_days, as Logto does.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Int64{kit.Int64AtLeast(1)},
			PlanModifiers:       []planmodifier.Int64{kit.Unset(types.Int64Null())},
		},
		"refresh_token_ttl_in_days": schema.Int64Attribute{
			MarkdownDescription: "How long refresh tokens are valid, in days: 1 to 180. Without a value Logto uses 14.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Int64{kit.Int64Between(1, 180)},
			PlanModifiers:       []planmodifier.Int64{kit.Unset(types.Int64Null())},
		},
		"always_issue_refresh_token": schema.BoolAttribute{
			MarkdownDescription: "Whether a refresh token is issued although the sign-in request lacks the scope `offline_access` or `prompt=consent`. It has no effect on type `Native`. Without a value Logto does as with `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"rotate_refresh_token": schema.BoolAttribute{
			MarkdownDescription: "Whether a refresh token that is used is exchanged for a new one: at each use for type `SPA` and `Native`, and for other types once 70 % of its lifetime have passed. " +
				"The new token of an `SPA` ends when the old one would have ended, so people sign in again after `refresh_token_ttl_in_days`. Without a value Logto does as with `true`.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"allow_token_exchange": schema.BoolAttribute{
			MarkdownDescription: "Whether the application may exchange tokens, as for impersonation and personal access tokens. Not for third-party applications. Without a value Logto does as with `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolNull())},
		},
		"is_device_flow": schema.BoolAttribute{
			MarkdownDescription: "Whether people sign in on another device (OAuth 2.0 Device Authorization Grant). Only for type `Native`. " +
				"Without a value Logto does as with `false`. Changing it replaces the application.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{kit.Unset(types.BoolNull()), replaceOnOtherFlow},
		},
		"max_allowed_grants": schema.Int64Attribute{
			MarkdownDescription: "How many sessions (devices) a person may have in the application at once; older ones are ended. At least 1. Default no limit.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Int64{kit.Int64AtLeast(1)},
			PlanModifiers:       []planmodifier.Int64{kit.Unset(types.Int64Null())},
		},
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Data of your own about the application: a JSON object, as from `jsonencode`. Default `{}`.",
			CustomType:          kit.NormalizedType{},
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.IsJSONObject()},
			PlanModifiers:       []planmodifier.String{kit.Unset(kit.EmptyObject)},
		},
		"role_ids": schema.SetAttribute{
			MarkdownDescription: "IDs of all roles that the application has, of type `MachineToMachine` as the application itself. Roles that are not listed are taken away; `[]` takes away all. " +
				"Leave it out to manage them one by one with `logto_application_role`, or not at all.",
			ElementType:   types.StringType,
			Optional:      true,
			Computed:      true,
			Validators:    []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers: []planmodifier.Set{kit.Unmanaged(kit.NullSet)},
		},
		"protected_app": protectedAppAttribute,
	},
}

// replaceOnOtherFlow takes no value and false for the same.
var replaceOnOtherFlow = boolplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.BoolRequest, resp *boolplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = req.PlanValue.IsUnknown() || req.PlanValue.ValueBool() != req.StateValue.ValueBool()
}, "Another flow replaces the resource.", "Another flow replaces the resource.")

func isURL(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && u.Scheme != ""
}
