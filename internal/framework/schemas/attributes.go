// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// IDAttribute is the id that Logto gives an object.
func IDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "ID that Logto gave the object.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// ReferenceAttribute is a required id of another object; another one replaces the resource.
func ReferenceAttribute(description string, allowed ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          append([]validator.String{stringvalidator.LengthAtLeast(1)}, allowed...),
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// SingletonID is the id of what a tenant has once, for its state and its import.
const SingletonID = "default"

// SingletonIDAttribute is the id attribute of what a tenant has once.
func SingletonIDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Always `" + SingletonID + "`: a tenant has one.",
		Computed:            true,
		Default:             stringdefault.StaticString(SingletonID),
	}
}
