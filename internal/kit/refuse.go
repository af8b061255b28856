// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// RefuseAt says what is wrong with an attribute, wherever it is nested. Terraform
// shows the line of the outermost one only, so the text has the whole path.
func RefuseAt(diags *diag.Diagnostics, at path.Path, summary, advice string) {
	outer := at
	for len(outer.Steps()) > 1 {
		outer = outer.ParentPath()
	}
	diags.AddAttributeError(outer, summary, at.String()+": "+advice)
}
