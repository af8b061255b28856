// SPDX-License-Identifier: MPL-2.0

package validators

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/logto-community/terraform-provider-logto/internal/framework/customtypes"
)

// Outermost is the attribute of the resource that at lies in: Terraform shows the
// line of that one only.
func Outermost(at path.Path) path.Path {
	for len(at.Steps()) > 1 {
		at = at.ParentPath()
	}
	return at
}

// refuseValue says which attribute is wrong, and how it must be. The path of an
// element of a set would show the element, so it ends at the set.
func refuseValue(diags *diag.Diagnostics, at path.Path, says string) {
	shown := at
	for i, step := range at.Steps() {
		if _, ok := step.(path.PathStepElementKeyValue); ok {
			shown = path.Empty()
			for _, s := range at.Steps()[:i] {
				shown = appendStep(shown, s)
			}
			break
		}
	}
	of := "Attribute "
	if !shown.Equal(at) {
		of = "An element of "
	}
	diags.AddAttributeError(Outermost(at), customtypes.InvalidValue, fmt.Sprintf("%s%s %s.", of, shown, says))
}

func appendStep(to path.Path, step path.PathStep) path.Path {
	switch s := step.(type) {
	case path.PathStepAttributeName:
		return to.AtName(string(s))
	case path.PathStepElementKeyInt:
		return to.AtListIndex(int(s))
	case path.PathStepElementKeyString:
		return to.AtMapKey(string(s))
	}
	return to
}
