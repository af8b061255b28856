// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// checkElements refuses null as an element of a list, a set or a map, because the API has
// no such elements, and here the path of the element is known.
func checkElements(config tfsdk.Config, diags *diag.Diagnostics) {
	err := tftypes.Walk(config.Raw, func(at *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		if element, where := elementPath(at); element && v.IsNull() {
			diags.AddAttributeError(where, "An element is null",
				"In "+where.String()+": the elements of lists, sets and maps need a value. Leave out those without, as [for v in values : v if v != null] does.")
		}
		return true, nil
	})
	if err != nil {
		diags.AddError("Could not read the configuration", err.Error())
	}
}

// elementPath is at as the framework has it, up to a set, whose elements have no
// path of their own, and whether it is that of an element.
func elementPath(at *tftypes.AttributePath) (element bool, where path.Path) {
	for _, step := range at.Steps() {
		element = true
		switch s := step.(type) {
		case tftypes.AttributeName:
			element, where = false, where.AtName(string(s))
		case tftypes.ElementKeyInt:
			where = where.AtListIndex(int(s))
		case tftypes.ElementKeyString:
			where = where.AtMapKey(string(s))
		}
	}
	return element, where
}
