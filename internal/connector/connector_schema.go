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
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// standardFactories are those whose connectors have a target, a name and a logo
// of their own, and of which a tenant can have several.
var standardFactories = kit.Words{"oidc", "oauth2", "saml"}

var connectorTypes = kit.Words{logto.EmailConnector, logto.SMSConnector, logto.SocialConnector}

var connectorSchema = schema.Schema{
	MarkdownDescription: "A connector: how Logto sends email or SMS messages, or a social provider that users can sign in with. " +
		"A tenant has at most one connector of type `Email` and one of type `Sms`, which can send as soon as they exist; people see social connectors once `logto_sign_in_experience` lists their `target`.",
	Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "ID of the connector, 1 to 128 characters. By default Logto's own kind of ID is made up. It is part of the redirect URI that a social provider asks for, " +
				"`<endpoint>/callback/<id>` (for `saml` the assertion consumer service URL `<endpoint>/api/authn/saml/<id>`), so give one to know it before the connector exists. Changing it replaces the connector.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{kit.Length(1, 128)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"connector_id": schema.StringAttribute{
			MarkdownDescription: "ID of the factory that makes the connector, such as `google-universal`, `simple-mail-transfer-protocol` or `oidc`. The data source `logto_connector_factories` lists them. " +
				"Changing it replaces the connector.",
			Required:      true,
			Validators:    []validator.String{kit.Length(1, 128)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"target": schema.StringAttribute{
			MarkdownDescription: "Name by which `logto_sign_in_experience` and the identities of users know the provider, such as `google`. Required for the standard factories " + standardFactories.String() +
				"; the others have a fixed one, which can be left out. No two social connectors of one platform may have the same target. Changing it replaces the connector.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplaceIfConfigured()},
		},
		"name": schema.MapAttribute{
			MarkdownDescription: "Name that people see on the button, by language tag, with `en` at least: `{ en = \"Acme\", fr = \"Acme SA\" }`. Only for the standard factories " + standardFactories.String() + ". Default is the factory's name, also for `{}`.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Map{mapvalidator.KeysAre(kit.Rule("must be the tag of a language that Logto knows, as en, pt-BR or zh-CN", isLanguage)), mapvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers:       []planmodifier.Map{kit.Unset(types.MapNull(types.StringType))},
		},
		"logo":      ownLogo("URL of the logo on the button."),
		"logo_dark": ownLogo("URL of the logo in dark mode."),
		"config": schema.StringAttribute{
			MarkdownDescription: "Settings of the connector as a JSON object: `jsonencode({ clientId = \"…\", clientSecret = \"…\" })`. The keys are those that the factory's page in Logto's documentation shows; Logto checks them. " +
				"Keys that are null or empty count as left out. What others change is put right. It is stored in the state, secrets included: `config_wo` is not. " +
				"Without either, the settings are left to the Console, and the connector is of no use until it has them. Taking it out of the configuration leaves the settings as they are.",
			CustomType:    kit.PrunedType{},
			Optional:      true,
			Computed:      true,
			Sensitive:     true,
			Validators:    []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config_wo"))},
			PlanModifiers: []planmodifier.String{kit.Unmanaged(kit.NullPruned), kit.NullBeside("config_wo_version")},
		},
		"config_wo": schema.StringAttribute{
			MarkdownDescription: "Like `config`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). Change `config_wo_version` with it. What others change is not noticed.",
			CustomType:          kit.PrunedType{},
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators:          []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("config")), stringvalidator.AlsoRequires(path.MatchRoot("config_wo_version"))},
		},
		"config_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Any number; when it changes, `config_wo` becomes the settings.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("config_wo"))},
		},
		"sync_profile": schema.BoolAttribute{
			MarkdownDescription: "Whether the name and the avatar of a user are taken from the provider at each sign-in, and not only at the first. Only for social connectors. Default `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolValue(false))},
		},
		"enable_token_storage": schema.BoolAttribute{
			MarkdownDescription: "Whether the provider's tokens are stored for the user, for social connectors whose factory supports it. A self-hosted Logto needs the environment variable `SECRET_VAULT_KEK`. " +
				"Setting it to `false` deletes the stored tokens. Default `false`.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{kit.Unset(types.BoolValue(false))},
		},
		"replace_existing": schema.BoolAttribute{
			MarkdownDescription: "Whether a connector of type `Email` or `Sms` may take the place of one that the tenant has already, which Logto deletes when it makes the new one. By default making a second one is refused. " +
				"It counts only when the connector is created; two such resources of one type would take each other's place for ever. To replace a connector without a moment in which the tenant has none, " +
				"set it together with `create_before_destroy`. Default `false`.",
			Optional:      true,
			Computed:      true,
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

func ownLogo(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Only for the standard factories " + standardFactories.String() + ". Default is the factory's logo, also for `\"\"`.",
		Optional:            true,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
	}
}

// isLanguage allows the tags in any letter case, as Logto does in names.
func isLanguage(tag string) bool {
	return slices.ContainsFunc(logto.LanguageTags(), func(known string) bool { return strings.EqualFold(known, tag) })
}
