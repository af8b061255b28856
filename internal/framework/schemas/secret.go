// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// SecretAttribute is an attribute for a secret that there has to be, here or in the
// write-only twin. An import reads it, and the configuration that Terraform
// generates then leaves it out, so that only a plan can miss it: see [NeedSecret].
func SecretAttribute(name, description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " It is stored in the state; `" + name + "_wo` is not. Set one of the two.",
		Optional:            true,
		Computed:            true,
		Sensitive:           true,
		Validators: []validator.String{validators.NotEmpty(),
			stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName(name + "_wo"))},
		PlanModifiers: []planmodifier.String{planmodifiers.Kept(types.StringNull()), planmodifiers.NullWhenSet(name + "_wo_version")},
	}
}
