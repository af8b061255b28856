// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// ID is the id that Logto gives an object.
func ID() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "ID that Logto gave the object.",
		Computed:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// Words are the allowed values of an attribute: for its validator and for its
// description, so that the two cannot differ.
type Words []string

// Validator allows the words only.
func (w Words) Validator() validator.String { return OneOf(w...) }

// Has reports whether s is one of the words.
func (w Words) Has(s string) bool { return slices.Contains(w, s) }

// String lists the words for a description: `a`, `b` or `c`.
func (w Words) String() string {
	last := len(w) - 1
	if last == 0 {
		return "`" + w[0] + "`"
	}
	return "`" + strings.Join(w[:last], "`, `") + "` or `" + w[last] + "`"
}
