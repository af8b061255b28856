// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// standardFactories are those whose connectors have a target, a name and a logo
// of their own, and of which a tenant can have several.
var standardFactories = validators.Enum{"oidc", "oauth2", "saml"}

var connectorTypes = validators.Enum{logto.EmailConnector, logto.SMSConnector, logto.SocialConnector}

func connectorSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A connector: a service with which Logto sends email or SMS messages, or a social provider with which users can sign in. " +
			"A tenant has at most one connector of type `Email` and one of type `Sms`. Users can sign in with a social connector when `logto_sign_in_experience` lists its `target`.\n\n" +
			"If passwords expire (`password_expiration` of the sign-in experience), Logto does not delete a connector that the last method to reset passwords needs, and Terraform deletes a connector before it updates the sign-in experience. " +
			"Set `create_before_destroy = true` in the `lifecycle` block of such a connector from the start, and `replace_existing = true`, so that Terraform updates the sign-in experience first. " +
			"Otherwise apply the change of the sign-in experience first, with `-target`.",
		Attributes: schemas.Joined(map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "ID of the connector. It is a part of the redirect URI that you register at a social provider: " +
					"`<endpoint>/callback/<id>`, or the assertion consumer service URL `<endpoint>/api/authn/saml/<id>` for `saml`." +
					planmodifiers.ForResource("If it is not set, Logto generates an ID. Set it to know the redirect URI before the connector exists."),
				Optional:      true,
				Computed:      true,
				Validators:    []validator.String{validators.Length(1, 128), validators.IsPathSegment()},
				PlanModifiers: []planmodifier.String{planmodifiers.AssignedOnce(), stringplanmodifier.RequiresReplaceIfConfigured()},
			},
			"connector_id": schemas.KeyAttribute("ID of the connector factory, such as `google-universal`, `simple-mail-transfer-protocol` or `oidc`."+planmodifiers.ForResource("The data source `logto_connector_factories` lists all factories."),
				validators.Length(1, 128), validators.IsPathSegment()),
			"redirect_uri": redirectURIAttribute("Redirect URI that you register at a social provider, or the assertion consumer service URL for the factory `saml`.", "connectors of type `Email` and `Sms` and those of the platform `Native`"),
			"target": schema.StringAttribute{
				MarkdownDescription: "Name of the social provider in `logto_sign_in_experience` and in the identities of users, such as `google`." +
					planmodifiers.ForResource("It is required for a standard factory ("+standardFactories.String()+"); other factories have a fixed target. Two social connectors of one platform cannot have the same target."),
				Optional:      true,
				Computed:      true,
				Validators:    []validator.String{validators.NotEmpty()},
				PlanModifiers: []planmodifier.String{planmodifiers.AssignedOnce(), stringplanmodifier.RequiresReplaceIfConfigured()},
			},
			"name": schema.MapAttribute{
				MarkdownDescription: "Name on the sign-in button, by language tag, such as `{ en = \"Acme\", fr = \"Acme SA\" }`." + planmodifiers.ForResource("It must have the key `en`. "+onlyStandard+" If it is not set or empty, the button has the name of the factory."),
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Map{validators.EachKey(validators.Enum(logto.LanguageTags()).OneOfAnyCase()), validators.Each(validators.NotEmpty())},
			},
			"logo":      ownLogo("URL of the logo on the sign-in button."),
			"logo_dark": ownLogo("URL of the logo on the sign-in button in dark mode."),
			"config":    configAttribute(),
			"config_wo": schema.StringAttribute{
				MarkdownDescription: "Alternative to `config`. Logto stores it when `config_wo_version` changes.",
				CustomType:          customtypes.CompactJSONType{},
				Optional:            true,
				Sensitive:           true,
				WriteOnly:           true,
				Validators:          []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config")), stringvalidator.AlsoRequires(path.MatchRoot("config_wo_version"))},
			},
			"config_wo_version": schema.Int64Attribute{
				MarkdownDescription: "Version of `config_wo`, which can be any number. When it changes, Logto stores `config_wo`.",
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("config_wo"))},
			},
			"sync_profile": schemas.FlagAttribute("Whether Logto updates the name and the avatar of a user from the provider at each sign-in, and not only at sign-up."+planmodifiers.ForResource("Only social connectors support it."), false),
			"enable_token_storage": schemas.FlagAttribute("Whether Logto stores the tokens of the provider for the user in the secret vault."+
				planmodifiers.ForResource("Only social connectors of some factories support it. A self-hosted Logto needs the environment variable `SECRET_VAULT_KEK`. Setting it to `false` deletes the stored tokens."), false),
			"replace_existing": schema.BoolAttribute{
				MarkdownDescription: "Whether a new connector of type `Email` or `Sms` replaces the existing one of the tenant, which Logto then deletes. With `false`, creating a second connector of the type is an error. " +
					"It applies only when the connector is created. To replace a connector without interruption, set it together with `create_before_destroy`.",
				Optional:      true,
				Computed:      true,
				Default:       booldefault.StaticBool(false),
				PlanModifiers: []planmodifier.Bool{onCreateOnly{}},
			},
		}, connectorFacts),
	}
}

// connectorFacts are what the factory says of a connector.
var connectorFacts = map[string]schema.Attribute{
	"type": schema.StringAttribute{
		MarkdownDescription: "Type of the connector: " + connectorTypes.String() + ".",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	},
	"is_demo": schema.BoolAttribute{
		MarkdownDescription: "Whether the connector is for demonstration only, with limits of Logto Cloud.",
		Computed:            true,
		PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	},
	"platform": schema.StringAttribute{
		MarkdownDescription: "Platform of a social connector: `Native`, `Web` or `Universal`; null for other types.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	},
	"is_standard": schema.BoolAttribute{
		MarkdownDescription: "Whether the factory is a standard one, for any provider that supports its protocol.",
		Computed:            true,
		PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
	},
}

var onlyStandard = "Only connectors of a standard factory (" + standardFactories.String() + ") support it."

// configAttribute are the settings, which can contain secrets. Logto cannot remove them
// from a connector, so they stay when the configuration leaves them out.
func configAttribute() schema.StringAttribute {
	a := schemas.SecretAttribute("config", "")
	a.MarkdownDescription = "Settings of the connector, as a JSON object, such as `jsonencode({ clientId = \"…\", clientSecret = \"…\" })`. The guide *Connector factories* lists the keys for each factory, and Logto checks them. " +
		"Keys that are null or empty count as not set. It is stored in the state with its secrets; `config_wo` is not. " +
		"A connector does not work until it has settings, which you can also set in the Console."
	a.CustomType = customtypes.CompactJSONType{}
	a.Validators = []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config_wo"))}
	return a
}

func ownLogo(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + planmodifiers.ForResource(onlyStandard+" If it is not set or empty, the button has the logo of the factory."),
		Optional:            true,
	}
}
