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

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/schemas"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
	"github.com/logto-community/terraform-provider-logto/internal/logto"
)

// emailPattern is Logto's.
var emailPattern = regexp.MustCompile(`^\S+@\S+\.\S+$`)

var userSchema = schema.Schema{
	MarkdownDescription: "A user of the tenant. A user without username, email address and phone number can sign in through a social identity only. " +
		"New users get the tenant's default roles. Just-in-time provisioning of organizations does not apply to users that Terraform makes.",
	Attributes: map[string]schema.Attribute{
		"id": schemas.IDAttribute(),
		"username": schema.StringAttribute{
			MarkdownDescription: "Name to sign in with, unique in the tenant: letters, digits and `_`, not starting with a digit, up to 128 characters. `\"\"` is the same as none.",
			Optional:            true,
			Computed:            true,
			Validators: []validator.String{validators.LengthAtMost(128),
				validators.StringFunc("must have letters, digits and _ only and not start with a digit", regexp.MustCompile(`^([A-Z_a-z]\w*)?$`).MatchString)},
			PlanModifiers: []planmodifier.String{planmodifiers.RunTime(types.StringNull())},
		},
		"primary_email": schema.StringAttribute{
			MarkdownDescription: "Email address to sign in with, up to 128 characters. It counts as verified. No two users may have the same, whatever the case of its letters. `\"\"` is the same as none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{validators.LengthAtMost(128), validators.StringFunc("must be an email address", func(s string) bool { return s == "" || emailPattern.MatchString(s) })},
			PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(types.StringNull())},
		},
		"primary_phone": schema.StringAttribute{
			MarkdownDescription: "Phone number to sign in with, unique in the tenant: digits only, the country calling code first, without `+`, such as `447911123456`. It counts as verified. " +
				"Logto leaves out the `0` of a national number, as in `4407911123456`: both are the same number here. `\"\"` is the same as none.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{validators.LengthAtMost(128), validators.StringFunc("must have digits only, the country calling code first", regexp.MustCompile(`^[0-9]*$`).MatchString)},
			PlanModifiers: []planmodifier.String{planmodifiers.UseEquivalentState(logto.SamePhone), planmodifiers.RunTime(types.StringNull())},
		},
		"name": schema.StringAttribute{
			MarkdownDescription: "Full name of the user, up to 128 characters. `\"\"` is the same as none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{validators.LengthAtMost(128)},
			PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(types.StringNull())},
		},
		"avatar": schema.StringAttribute{
			MarkdownDescription: "URL of the avatar of the user, up to 2048 characters. `\"\"` is the same as none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{validators.LengthAtMost(2048), validators.StringFunc("must be a URL", isURL)},
			PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(types.StringNull())},
		},
		"profile": profileSchema,
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Data of your own about the user, as a JSON object, such as `jsonencode({ plan = \"pro\" })`. " +
				"Terraform removes the keys that the object does not list.",
			CustomType:    customtypes.NormalizedType{},
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{validators.IsJSONObject()},
			PlanModifiers: []planmodifier.String{planmodifiers.RunTime(customtypes.EmptyObject)},
		},
		"is_suspended": schema.BoolAttribute{
			MarkdownDescription: "Whether the user cannot sign in. Suspending a user ends the sessions and tokens of the user. Logto's default is `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{planmodifiers.RunTime(types.BoolValue(false))},
		},
		"role_ids": schema.SetAttribute{
			MarkdownDescription: "IDs of the roles, of type `User`, that the user has, the tenant's default roles included. `logto_user_role` manages them one by one instead.",
			ElementType:         types.StringType,
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Set{validators.IDs("logto_role.example.id")},
			PlanModifiers:       []planmodifier.Set{planmodifiers.LinkSet(flex.NullSet)},
		},
		"logto_configs": logtoConfigsSchema,

		"password": schema.StringAttribute{
			MarkdownDescription: "Password to sign in with. The tenant's password policy does not apply. It is stored in the state: `password_wo` is not. " + passwordKept,
			Optional:            true,
			Sensitive:           true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1), onlyPassword("password_wo", "password_digest", "password_digest_wo")},
		},
		"password_wo": schema.StringAttribute{
			MarkdownDescription: "Like `password`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). It becomes the password when `password_wo_version` changes.",
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1), onlyPassword("password", "password_digest", "password_digest_wo"),
				stringvalidator.AlsoRequires(path.MatchRoot("password_wo_version"))},
		},
		"password_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Any number; when it changes, `password_wo` becomes the password.",
			Optional:            true,
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("password_wo"))},
		},
		"password_digest": schema.StringAttribute{
			MarkdownDescription: "Digest that another system made of the password, up to 256 characters. " +
				"Logto takes it only when Terraform makes the user, so it cannot be changed, and replaces it by a digest of its own when the user first signs in. It is stored in the state: `password_digest_wo` is not. " + passwordKept,
			Optional:  true,
			Sensitive: true,
			Validators: []validator.String{validators.Length(1, 256), onlyPassword("password", "password_wo", "password_digest_wo"),
				stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
		},
		"password_digest_wo": schema.StringAttribute{
			MarkdownDescription: "Like `password_digest`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). It counts when Terraform makes the user, and not afterwards.",
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators: []validator.String{validators.Length(1, 256), onlyPassword("password", "password_wo", "password_digest"),
				stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
		},
		"password_algorithm": schema.StringAttribute{
			MarkdownDescription: "How the digest was made: " + passwordAlgorithms.String() + ". For `Legacy` the digest is a JSON array of the hash algorithm, its arguments with `@` for the password, and the hash: " +
				"`[\"sha256\", [\"salt\", \"@\"], \"5e88…\"]`. Like the digest it cannot be changed.",
			Optional:   true,
			Validators: []validator.String{passwordAlgorithms.OneOf()},
		},
	},
}

const passwordKept = "Removing it leaves the password as it is."

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
