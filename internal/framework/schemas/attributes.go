// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
	"github.com/logto-community/terraform-provider-logto/internal/framework/flex"
	"github.com/logto-community/terraform-provider-logto/internal/framework/planmodifiers"
	"github.com/logto-community/terraform-provider-logto/internal/framework/validators"
)

// IDAttribute is the id that Logto gives an object.
func IDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "ID that Logto assigns.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// KeyAttribute is a required string; another one replaces the resource.
func KeyAttribute(description string, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// ReferenceAttribute is a required attribute with the value of one of the targets; another one
// replaces the resource.
func ReferenceAttribute(description string, to ...validators.Target) schema.StringAttribute {
	return KeyAttribute(description, validators.RefersTo(to...))
}

// SingletonID is the id of what a tenant has once, for its state and its import.
const SingletonID = "default"

// SingletonIDAttribute is the id attribute of what a tenant has once.
func SingletonIDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The value is always `" + SingletonID + "`.",
		Computed:            true,
		Default:             stringdefault.StaticString(SingletonID),
	}
}

// SettledAttribute is a text that Logto assigns once, with the object.
func SettledAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// TextAttribute is a required text of one to most characters that can change.
func TextAttribute(description string, most int) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		Validators:          []validator.String{validators.Length(1, most)},
	}
}

// FlagAttribute is an optional yes or no of the kind [planmodifiers.Enforced], with that
// default.
func FlagAttribute(description string, byDefault bool) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(byDefault),
	}
}

// RunTimeTextAttribute is a text of the kind [planmodifiers.RunTimeData], which is null
// when nobody has set it.
func RunTimeTextAttribute(description string, checks ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Validators:          checks,
		PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(types.StringNull())},
	}
}

// CustomDataAttribute is a JSON object of the kind [planmodifiers.RunTimeData], which is
// empty when nobody has set it.
func CustomDataAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          customtypes.NormalizedType{},
		Optional:            true,
		Computed:            true,
		Validators:          []validator.String{validators.IsJSONObject()},
		PlanModifiers:       []planmodifier.String{planmodifiers.RunTime(customtypes.EmptyObject)},
	}
}

// LinkSetAttribute is a set of IDs of the kind [planmodifiers.LinkSets], which refer to
// one of the targets.
func LinkSetAttribute(description string, to ...validators.Target) schema.SetAttribute {
	return schema.SetAttribute{
		MarkdownDescription: description,
		ElementType:         types.StringType,
		Optional:            true,
		Computed:            true,
		Validators:          []validator.Set{validators.RefersTo(to...)},
		PlanModifiers:       []planmodifier.Set{planmodifiers.LinkSet(flex.NullSet)},
	}
}

// NameInPathAttribute is a required [TextAttribute] that stands in the path of the object.
func NameInPathAttribute(description string, most int) schema.StringAttribute {
	a := TextAttribute(description, most)
	a.Validators = append(a.Validators, validators.IsPathSegment())
	return a
}

// EndAttribute is the time at which something expires, in RFC 3339 format. Another time
// replaces the resource; the same one that is spelled otherwise does not.
func EndAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          customtypes.RFC3339Type{},
		Optional:            true,
		PlanModifiers:       []planmodifier.String{planmodifiers.ReplaceOnNewTime()},
	}
}

// GeneratedSecretAttribute is a secret that Logto generates with the object.
func GeneratedSecretAttribute(description string) schema.StringAttribute {
	a := SettledAttribute(description)
	a.Sensitive = true
	return a
}

// MomentAttribute is a time in RFC 3339 format that Logto assigns once, with the object.
func MomentAttribute(description string) schema.StringAttribute {
	a := SettledAttribute(description)
	a.CustomType = customtypes.RFC3339Type{}
	return a
}
