// SPDX-License-Identifier: MPL-2.0

package framework

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

// RefuseNew says what is wrong with a value. It is an error, or a warning when the
// object has the value already: no check of a plan stands in the way of an object
// that is there, nor of its destroy. The texts must not show the value, which may
// be sensitive.
func RefuseNew(diags *diag.Diagnostics, at path.Path, isThere bool, summary, detail string) {
	if isThere {
		diags.AddAttributeWarning(at, summary, detail)
		return
	}
	diags.AddAttributeError(at, summary, detail)
}
