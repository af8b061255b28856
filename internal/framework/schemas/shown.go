// SPDX-License-Identifier: MPL-2.0

package schemas

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// What changes by itself, such as the last sign-in of a user, is no attribute of a
// resource: a plan could never say what it will be. The data sources have it, from a
// definition of their own whose schema is that of the resource, [Replaced].

// Replaced are attributes without some, and with others in addition or instead.
func Replaced(from, instead map[string]schema.Attribute, without ...string) map[string]schema.Attribute {
	to := maps.Clone(from)
	maps.DeleteFunc(to, func(name string, _ schema.Attribute) bool { return slices.Contains(without, name) })
	maps.Copy(to, instead)
	return to
}

// Joined are the attributes of several groups.
func Joined(groups ...map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

// ShownAttribute is a text that a data source shows.
func ShownAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// ShownBoolAttribute is a yes or no that a data source shows.
func ShownBoolAttribute(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

// ShownTimeAttribute is a time in RFC 3339 format that a data source shows.
func ShownTimeAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, CustomType: customtypes.RFC3339Type{}}
}

// ShownJSONAttribute is JSON that a data source shows.
func ShownJSONAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, CustomType: customtypes.NormalizedType{}}
}
