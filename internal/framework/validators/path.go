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

// refuseValue says which attribute is wrong, and how it must be.
func refuseValue(diags *diag.Diagnostics, at path.Path, says string) {
	shown, whole := shownPath(at)
	of := "Attribute"
	if !whole {
		of = "An element of attribute"
	}
	diags.AddAttributeError(Outermost(at), customtypes.InvalidValue, fmt.Sprintf("%s %s %s.", of, shown, says))
}
