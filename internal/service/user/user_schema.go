// SPDX-License-Identifier: MPL-2.0

package user

import (
	"net/url"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// emailPattern is Logto's.
var emailPattern = regexp.MustCompile(`^\S+@\S+\.\S+$`)

func userSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A user of the tenant. A user who has no username, email address or phone number can sign in only with a social identity. " +
			"Logto assigns the default roles of the tenant to new users. Just-in-time provisioning of organizations does not apply to users that Terraform creates.",
		Attributes: schemas.Joined(map[string]schema.Attribute{
			"id": schemas.IDAttribute(),
			"username": schemas.RunTimeTextAttribute("Username, with which the user can sign in."+planmodifiers.ForResource("It must be unique in the tenant, have only letters, digits and `_`, and not start with a digit. An empty string is the same as no value."),
				validators.LengthAtMost(128),
				validators.StringFunc("must have letters, digits and _ only and not start with a digit", regexp.MustCompile(`^([A-Z_a-z]\w*)?$`).MatchString)),
			"primary_email": schemas.RunTimeTextAttribute("Email address, with which the user can sign in. Logto treats it as verified."+planmodifiers.ForResource("It must be unique in the tenant, regardless of letter case. An empty string is the same as no value."),
				validators.LengthAtMost(longestAddress),
				validators.StringFunc("must be an email address", func(s string) bool { return s == "" || emailPattern.MatchString(s) })),
			"primary_phone": schema.StringAttribute{
				MarkdownDescription: "Phone number, with which the user can sign in: the digits of the country calling code and of the number, such as `447911123456`. Logto treats it as verified." +
					planmodifiers.ForResource("It must be unique in the tenant. Logto removes the `0` before a national number, so `4407911123456` is the same number. An empty string is the same as no value."),
				Optional:      true,
				Computed:      true,
				Validators:    []validator.String{validators.LengthAtMost(128), validators.StringFunc("must have digits only, the country calling code first", regexp.MustCompile(`^[0-9]*$`).MatchString)},
				PlanModifiers: []planmodifier.String{planmodifiers.UseEquivalentState(logto.SamePhone), planmodifiers.RunTime(types.StringNull())},
			},
			"name": schemas.RunTimeTextAttribute("Full name of the user."+planmodifiers.EmptyIsNone, validators.LengthAtMost(128)),
			"avatar": schemas.RunTimeTextAttribute("URL of the avatar of the user."+planmodifiers.EmptyIsNone,
				validators.LengthAtMost(2048), validators.StringFunc("must be a URL", isURL)),
			"profile": profileSchema,
			"custom_data": schemas.CustomDataAttribute("Custom data of the user, as a JSON object." +
				planmodifiers.ForResource("Write it with `jsonencode`. Terraform removes keys that the object does not have.")),
			"is_suspended": schema.BoolAttribute{
				MarkdownDescription: "Whether the user is suspended and cannot sign in." + planmodifiers.ForResource("Suspending a user ends the sessions and revokes the tokens of the user. Logto sets `false` for new users."),
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.Bool{planmodifiers.RunTime(types.BoolValue(false))},
			},
			"role_ids":      schemas.LinkSetAttribute("IDs of the roles of type `User` that the user has, including the default roles of the tenant."+planmodifiers.ForResource("Use `logto_user_role` to manage single roles instead."), validators.IDOf("role")),
			"logto_configs": logtoConfigsSchema,
			"created_at":    schemas.MomentAttribute("Time at which the user was created, in RFC 3339 format."),
		}, passwordAttributes),
	}
}

// passwordAttributes are the ways to give a user a password.
var passwordAttributes = map[string]schema.Attribute{
	"password": schema.StringAttribute{
		MarkdownDescription: "Password of the user. The password policy of the tenant does not apply. It is stored in the state; `password_wo` is not. " + passwordKept,
		Optional:            true,
		Sensitive:           true,
		Validators:          []validator.String{validators.NotEmpty(), onlyPassword("password_wo", "password_digest", "password_digest_wo")},
	},
	"password_wo": schema.StringAttribute{
		MarkdownDescription: "Alternative to `password`. Logto sets it as the password when `password_wo_version` changes.",
		Optional:            true,
		Sensitive:           true,
		WriteOnly:           true,
		Validators: []validator.String{validators.NotEmpty(), onlyPassword("password", "password_digest", "password_digest_wo"),
			stringvalidator.AlsoRequires(path.MatchRoot("password_wo_version"))},
	},
	"password_wo_version": schema.Int64Attribute{
		MarkdownDescription: "Version of `password_wo`, which can be any number. When it changes, Logto sets `password_wo` as the password.",
		Optional:            true,
		Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("password_wo"))},
	},
	"password_digest": schema.StringAttribute{
		MarkdownDescription: "Digest of the password from another system. " +
			"It applies only when Terraform creates the user, and cannot be changed. Logto replaces it with its own digest when the user first signs in. It is stored in the state; `password_digest_wo` is not. " + passwordKept,
		Optional:  true,
		Sensitive: true,
		Validators: []validator.String{validators.Length(1, 256), onlyPassword("password", "password_wo", "password_digest_wo"),
			stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
	},
	"password_digest_wo": schema.StringAttribute{
		MarkdownDescription: "Alternative to `password_digest`. It applies only when Terraform creates the user.",
		Optional:            true,
		Sensitive:           true,
		WriteOnly:           true,
		Validators: []validator.String{validators.Length(1, 256), onlyPassword("password", "password_wo", "password_digest"),
			stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
	},
	"password_algorithm": schema.StringAttribute{
		MarkdownDescription: "Algorithm of the digest: " + passwordAlgorithms.String() + ". For `Legacy`, the digest is a JSON array of the hash algorithm, its arguments with `@` for the password, and the hash: " +
			"`[\"sha256\", [\"salt\", \"@\"], \"5e88…\"]`. Like the digest it cannot be changed.",
		Optional:   true,
		Validators: []validator.String{passwordAlgorithms.OneOf()},
	},
}

const passwordKept = "Removing the attribute does not change the password."

var passwordAlgorithms = validators.Enum{"Argon2i", "Argon2id", "Argon2d", "SHA1", "SHA256", "MD5", "Bcrypt", "Legacy"}

// onlyPassword allows none of the other ways to give a password.
func onlyPassword(others ...string) validator.String {
	var paths []path.Expression
	for _, o := range others {
		paths = append(paths, path.MatchRoot(o))
	}
	return stringvalidator.ConflictsWith(paths...)
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return s == "" || err == nil && u.IsAbs()
}
