// SPDX-License-Identifier: MPL-2.0

package connector

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
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

var connectorSchema = schema.Schema{
	MarkdownDescription: "A connector: how Logto sends email or SMS messages, or a social provider that users can sign in with. " +
		"A tenant has at most one connector of type `Email` and one of type `Sms`, which can send as soon as they exist; users see social connectors once `logto_sign_in_experience` lists their `target`. " +
		"Where passwords expire (`password_expiration` of the sign-in experience), Logto refuses to delete the connector that the last way to reset a password needs, and Terraform deletes a connector before it changes the sign-in experience. " +
		"So set `create_before_destroy = true` in the `lifecycle` of such a connector from the start, with `replace_existing = true`: the sign-in experience then changes first. " +
		"Without it, apply the change of the sign-in experience first, with `-target`.",
	Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "ID of the connector, 1 to 128 characters. Logto's own kind of ID is generated when it is left out. It is part of the redirect URI that a social provider asks for, " +
				"`<endpoint>/callback/<id>` (for `saml` the assertion consumer service URL `<endpoint>/api/authn/saml/<id>`), so give one to know it before the connector exists.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{validators.Length(1, 128)},
			PlanModifiers: []planmodifier.String{planmodifiers.AssignedOnce(), stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"connector_id": schema.StringAttribute{
			MarkdownDescription: "ID of the factory that makes the connector, such as `google-universal`, `simple-mail-transfer-protocol` or `oidc`. The data source `logto_connector_factories` lists them.",
			Required:            true,
			Validators:          []validator.String{validators.Length(1, 128)},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"target": schema.StringAttribute{
			MarkdownDescription: "Name by which `logto_sign_in_experience` and the identities of users know the provider, such as `google`. Required for the standard factories " + standardFactories.String() +
				"; the others have a fixed one, which can be left out. No two social connectors of one platform may have the same target.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
			PlanModifiers: []planmodifier.String{planmodifiers.AssignedOnce(), stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"name": schema.MapAttribute{
			MarkdownDescription: "Name on the sign-in button, by language tag, with `en` at least: `{ en = \"Acme\", fr = \"Acme SA\" }`. " + onlyStandard + " Without it, or with `{}`, the button has the factory's name.",
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.Map{mapvalidator.KeysAre(validators.StringFunc("must be the tag of a language that Logto knows, as en, pt-BR or zh-CN", isLanguage)), mapvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
		},
		"logo":      ownLogo("URL of the logo on the sign-in button."),
		"logo_dark": ownLogo("URL of the logo on the sign-in button in dark mode."),
		"config":    configAttribute(),
		"config_wo": schema.StringAttribute{
			MarkdownDescription: "Like `config`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). Change `config_wo_version` with it. A change that is made outside Terraform is not noticed.",
			CustomType:          customtypes.CompactJSONType{},
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators:          []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config")), stringvalidator.AlsoRequires(path.MatchRoot("config_wo_version"))},
		},
		"config_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Any number. When it changes, `config_wo` becomes the settings.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("config_wo"))},
		},
		"sync_profile": schema.BoolAttribute{
			MarkdownDescription: "Whether Logto takes the name and the avatar of a user from the provider at each sign-in, and not only at the first. Only for social connectors.",
			Optional:            true,
			Computed:            true,
			Default:             booldefault.StaticBool(false),
		},
		"enable_token_storage": schema.BoolAttribute{
			MarkdownDescription: "Whether Logto stores the provider's tokens for the user, for social connectors whose factory supports it. A self-hosted Logto needs the environment variable `SECRET_VAULT_KEK`. " +
				"Setting it to `false` deletes the stored tokens.",
			Optional: true,
			Computed: true,
			Default:  booldefault.StaticBool(false),
		},
		"replace_existing": schema.BoolAttribute{
			MarkdownDescription: "Whether a connector of type `Email` or `Sms` may take the place of one that the tenant has already, which Logto deletes when it makes the new one. Without it, making a second one is refused. " +
				"It counts only when the connector is created. To replace a connector without a moment in which the tenant has none, set it together with `create_before_destroy`.",
			Optional:      true,
			Computed:      true,
			Default:       booldefault.StaticBool(false),
			PlanModifiers: []planmodifier.Bool{onCreateOnly{}},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "What the connector is for: " + connectorTypes.String() + ".",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"platform": schema.StringAttribute{
			MarkdownDescription: "Where a social connector works: `Native`, `Web` or `Universal`. Null for the other types.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"is_standard": schema.BoolAttribute{
			MarkdownDescription: "Whether the factory is a standard one, for any provider that speaks a protocol.",
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		},
	},
}

var onlyStandard = "Only for the standard factories " + standardFactories.String() + "."

// configAttribute are the settings, which hold secrets. Logto takes them away from
// no connector, so they stay where the configuration leaves them out.
func configAttribute() schema.StringAttribute {
	a := schemas.SecretAttribute("config", "")
	a.MarkdownDescription = "Settings of the connector as a JSON object: `jsonencode({ clientId = \"…\", clientSecret = \"…\" })`. The keys are those that the factory's page in Logto's documentation shows; Logto checks them. " +
		"Keys that are null or empty count as left out. It is stored in the state, secrets included: `config_wo` is not. " +
		"A connector without settings is of no use until it gets them, here or in the Console."
	a.CustomType = customtypes.CompactJSONType{}
	a.Validators = []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config_wo"))}
	return a
}

func ownLogo(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " " + onlyStandard + " Without it, or with `\"\"`, the button has the factory's logo.",
		Optional:            true,
	}
}

// isLanguage allows the tags in any letter case, as Logto does in names.
func isLanguage(tag string) bool {
	return slices.ContainsFunc(logto.LanguageTags(), func(known string) bool { return strings.EqualFold(known, tag) })
}
