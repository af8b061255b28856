// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// ActionIDAttribute is the required ID of the object that an action is about.
func ActionIDAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{validators.NotEmpty()},
	}
}

// ActionEnumAttribute is a required attribute of an action that has one of a few values.
// what says what it is, without a full stop; the values follow.
func ActionEnumAttribute(what string, values validators.Enum) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: what + ": " + values.String() + ".",
		Required:            true,
		Validators:          []validator.String{values.OneOf()},
	}
}
