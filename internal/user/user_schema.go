// SPDX-License-Identifier: MPL-2.0

package user

import (
	"net/url"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/kit"
)

// emailPattern is Logto's.
var emailPattern = regexp.MustCompile(`^\S+@\S+\.\S+$`)

var userSchema = schema.Schema{
	MarkdownDescription: "A user of the tenant. Everything is optional: someone with neither username, email address nor phone number can sign in through a social identity only. " +
		"New users get the tenant's default roles, and organizations' just-in-time settings do not apply to users that are created here.",
	Attributes: map[string]schema.Attribute{
		"id": kit.ID(),
		"username": schema.StringAttribute{
			MarkdownDescription: "Name to sign in with, unique in the tenant: letters, digits and `_`, not starting with a digit, up to 128 characters. Default none, also for `\"\"`.",
			Optional:            true,
			Computed:            true,
			Validators: []validator.String{kit.LengthAtMost(128),
				kit.Rule("must have letters, digits and _ only and not start with a digit", regexp.MustCompile(`^([A-Z_a-z]\w*)?$`).MatchString)},
			PlanModifiers: []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"primary_email": schema.StringAttribute{
			MarkdownDescription: "Email address to sign in with, up to 128 characters. It counts as verified. No two users may have the same, whatever the case of its letters. Default none, also for `\"\"`.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.LengthAtMost(128), kit.Rule("must be an email address", func(s string) bool { return s == "" || emailPattern.MatchString(s) })},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"primary_phone": schema.StringAttribute{
			MarkdownDescription: "Phone number to sign in with, unique in the tenant: digits only, the country calling code first, without `+`, such as `447911123456`. It counts as verified. " +
				"Logto leaves out a `0` that is dialled before the number at home only, and both spellings are the same number here. Default none, also for `\"\"`.",
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{kit.LengthAtMost(128), kit.Rule("must have digits only, the country calling code first", regexp.MustCompile(`^[0-9]*$`).MatchString)},
			PlanModifiers: []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"name": schema.StringAttribute{
			MarkdownDescription: "Full name, for display, up to 128 characters. Default none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.LengthAtMost(128)},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"avatar": schema.StringAttribute{
			MarkdownDescription: "URL of a picture of the user, up to 2048 characters. Default none.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{kit.LengthAtMost(2048), kit.Rule("must be a URL", isURL)},
			PlanModifiers:       []planmodifier.String{kit.Unset(types.StringNull())},
		},
		"profile": profileSchema,
		"custom_data": schema.StringAttribute{
			MarkdownDescription: "Data of your own about the user, as a JSON object: `jsonencode({ plan = \"pro\" })`. " +
				"The whole of it: keys that are not listed are removed. Default `{}`.",
			CustomType:    kit.NormalizedType{},
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{kit.IsJSONObject()},
			PlanModifiers: []planmodifier.String{kit.Unset(kit.EmptyObject)},
		},
		"is_suspended": schema.BoolAttribute{
			MarkdownDescription: "Whether the user is kept from signing in. Suspending ends the sessions and tokens of the user. Default `false`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{kit.Unset(types.BoolValue(false))},
		},
		"role_ids": schema.SetAttribute{
			MarkdownDescription: "IDs of all roles that the user has. Roles that are not listed are taken away, the tenant's default roles as well; `[]` takes away all. " +
				"Leave it out to manage them one by one with `logto_user_role`, or not at all.",
			ElementType:   types.StringType,
			Optional:      true,
			Computed:      true,
			Validators:    []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			PlanModifiers: []planmodifier.Set{kit.Unmanaged(kit.NullSet)},
		},
		"logto_configs": logtoConfigsSchema,

		"password": schema.StringAttribute{
			MarkdownDescription: "Password to sign in with. The tenant's password policy does not apply. It is stored in the state: `password_wo` is not. " + passwordKept,
			Optional:            true,
			Sensitive:           true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1), onlyPassword("password_wo", "password_digest", "password_digest_wo")},
		},
		"password_wo": schema.StringAttribute{
			MarkdownDescription: "Like `password`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). Change `password_wo_version` with it.",
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
			MarkdownDescription: "Digest that another system made of the password, up to 256 characters, to bring users along with their passwords. " +
				"Logto takes it only when the user is created, so it cannot be changed, and makes a digest of its own of it when the user first signs in. It is stored in the state: `password_digest_wo` is not. " + passwordKept,
			Optional:  true,
			Sensitive: true,
			Validators: []validator.String{kit.Length(1, 256), onlyPassword("password", "password_wo", "password_digest_wo"),
				stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
		},
		"password_digest_wo": schema.StringAttribute{
			MarkdownDescription: "Like `password_digest`, but never stored in a plan or in the state (write-only: Terraform 1.11, OpenTofu 1.11). It counts when the user is created and is ignored afterwards.",
			Optional:            true,
			Sensitive:           true,
			WriteOnly:           true,
			Validators: []validator.String{kit.Length(1, 256), onlyPassword("password", "password_wo", "password_digest"),
				stringvalidator.AlsoRequires(path.MatchRoot("password_algorithm"))},
		},
		"password_algorithm": schema.StringAttribute{
			MarkdownDescription: "How the digest was made: " + passwordAlgorithms.String() + ". For `Legacy` the digest is a JSON array of the hash algorithm, its arguments with `@` for the password, and the hash: " +
				"`[\"sha256\", [\"salt\", \"@\"], \"5e88…\"]`. Like the digest it cannot be changed.",
			Optional:   true,
			Validators: []validator.String{passwordAlgorithms.Validator()},
		},
	},
}

const passwordKept = "Taking it out of the configuration leaves the password as it is."

var passwordAlgorithms = kit.Words{"Argon2i", "Argon2id", "Argon2d", "SHA1", "SHA256", "MD5", "Bcrypt", "Legacy"}

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
