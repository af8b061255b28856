// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ID is the id that Logto gives an object.
func ID() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "ID that Logto assigns.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// Key is a required string; another one replaces the resource.
func Key(description string, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}
