// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

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

// redirectURIRule is the rule of [isRedirectURI], and redirectURIs that for both lists.
const redirectURIRule = "must be an http or https URL, whose path and whose host with a dot can contain *, or a URI with a custom scheme, such as com.example.app://callback"

var redirectURIs = []validator.List{validators.Each(validators.StringFunc(redirectURIRule, isRedirectURI))}

const applicationPath = "/api/applications/{id}"

func applicationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An application: an app or a service that signs users in with Logto, or that gets access tokens for itself. " +
			"Use `logto_saml_application` for SAML applications.",
		Attributes: map[string]schema.Attribute{
			"id":   schemas.IDAttribute(),
			"name": schemas.TextAttribute("Name of the application. It need not be unique.", 256),
			"type": schemas.KeyAttribute("Type of the application: "+applicationTypes.String()+". `Native` is an app on a device, `SPA` a single-page app in the browser, "+
				"`Traditional` a web app with a server, `MachineToMachine` a service that acts without a user, and `Protected` a website that users reach through Logto Cloud after they signed in. "+
				"Logto creates a secret with the name `Default secret` for an application of type `Traditional`, `MachineToMachine` or `Protected`.",
				applicationTypes.OneOfWithNote("SAML applications are resources of type logto_saml_application.")),
			"description": schema.StringAttribute{
				MarkdownDescription: "Description of the application." + planmodifiers.EmptyIsNone,
				Optional:            true,
			},
			"is_third_party": schema.BoolAttribute{
				MarkdownDescription: "Whether the application is a third-party application: Logto asks users for their consent." + planmodifiers.ForResource("Only applications of type `Traditional`, `SPA` or `Native` can be third-party."),
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.RequiresReplace()},
			},
			"redirect_uris": redirectURIList("URIs to which Logto can redirect users after they signed in." +
				planmodifiers.ForResource("They are http or https URLs, in which the path and the host (except its last two labels) can contain `*`. For type `Native` they can have a custom scheme, such as `com.example.app://callback`. "+
					"A URI must not have a fragment (`#`). Users cannot sign in while the list is empty. Logto sets the list for type `Protected`, and does not use it for type `MachineToMachine` and for the device flow.")),
			"post_logout_redirect_uris": redirectURIList("URIs to which Logto can redirect users after they signed out." + planmodifiers.ForResource("The rules of `redirect_uris` apply. Logto sets the list for type `Protected`.")),
			"backchannel_logout_uri": schema.StringAttribute{
				MarkdownDescription: "URL to which Logto sends a logout token when a session ends (OpenID Connect Back-Channel Logout)." + planmodifiers.ForResource("It must be an http or https URL."),
				Optional:            true,
				Validators:          []validator.String{validators.StringFunc("must be an http or https URL", isURL)},
			},
			"backchannel_logout_session_required": optionalBool("Whether the logout token must have the ID of the session (claim `sid`)." + planmodifiers.ForResource("Defaults to `false`.")),
			"logo_uri": schema.StringAttribute{
				MarkdownDescription: "URL of the logo of the application in the metadata of the OpenID Connect client (`logo_uri`)." + planmodifiers.ForResource("It must be an http or https URL. An empty string is the same as no value."),
				Optional:            true,
			},
			"cors_allowed_origins": schema.ListAttribute{
				MarkdownDescription: "Origins that can call the endpoints of Logto from a browser, in addition to the origins of the redirect URIs." + planmodifiers.ForResource("An origin is a scheme, a host and a port without a path or `*`, such as `https://app.example.com`."),
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.List{validators.Each(validators.NotEmpty())},
			},
			"id_token_ttl": optionalNumber("Lifetime of ID tokens, in seconds."+planmodifiers.ForResource("Defaults to `3600`."), validators.Int64AtLeast(1)),
			"refresh_token_ttl": schema.Int64Attribute{
				MarkdownDescription: "Lifetime of refresh tokens, in seconds. `refresh_token_ttl_in_days` takes precedence.",
				DeprecationMessage:  "Use refresh_token_ttl_in_days instead.",
				Optional:            true,
				Validators:          []validator.Int64{validators.Int64AtLeast(1)},
			},
			"refresh_token_ttl_in_days": optionalNumber("Lifetime of refresh tokens, in days."+planmodifiers.ForResource("Defaults to `14`."), validators.Int64Between(1, 180)),
			"always_issue_refresh_token": optionalBool("Whether Logto issues a refresh token even if the sign-in request has no scope `offline_access` or no `prompt=consent`. " +
				"It has no effect for type `Native`." + planmodifiers.ForResource("Defaults to `false`.")),
			"rotate_refresh_token": optionalBool("Whether Logto replaces a refresh token when the application uses it: at each use for types `SPA` and `Native`, and after 70 % of its lifetime for other types. " +
				"For type `SPA` the new token expires when the old one would have expired, so users sign in again after `refresh_token_ttl_in_days`." + planmodifiers.ForResource("Defaults to `true`.")),
			"allow_token_exchange": optionalBool("Whether the application can use token exchange, which user impersonation and personal access tokens need." + planmodifiers.ForResource("Third-party applications cannot use it. Defaults to `false`.")),
			"is_device_flow": schema.BoolAttribute{
				MarkdownDescription: "Whether users sign in on another device (OAuth 2.0 Device Authorization Grant)." + schemas.SinceSetting(applicationPath, "customClientMetadata.isDeviceFlow") + planmodifiers.ForResource("Only applications of type `Native` can use it. Defaults to `false`."),
				Optional:            true,
				PlanModifiers:       []planmodifier.Bool{replaceOnOtherFlow},
			},
			"max_allowed_grants": optionalNumber("Maximum number of concurrent sessions (devices) of a user in the application. Logto revokes the oldest ones. If it is not set, there is no limit."+schemas.SinceSetting(applicationPath, "customClientMetadata.maxAllowedGrants"), validators.Int64AtLeast(1)),
			"custom_data":        schemas.CustomDataAttribute("Custom data of the application, as a JSON object." + planmodifiers.ForResource("Write it with `jsonencode`.")),
			"role_ids":           schemas.LinkSetAttribute("IDs of the roles of the application. The roles and the application are of type `MachineToMachine`."+planmodifiers.ForResource("Use `logto_application_role` to manage single roles instead."), validators.IDOf("role")),
			"protected_app":      protectedAppAttribute,
			"created_at":         schemas.MomentAttribute("Time at which the application was created, in RFC 3339 format."),
		},
	}
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

// replaceOnOtherFlow replaces the application when the flow changes. No value is the same
// as false.
var replaceOnOtherFlow = boolplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.BoolRequest, resp *boolplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = req.PlanValue.IsUnknown() || req.PlanValue.ValueBool() != req.StateValue.ValueBool()
}, "Another flow replaces the resource.", "Another flow replaces the resource.")

func isURL(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && u.Scheme != ""
}
