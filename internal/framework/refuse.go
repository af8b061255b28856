// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Refuse says that an attribute of the resource cannot be as it is, why, and what to do.
// The texts must not show a value that may be sensitive.
func Refuse(diags *diag.Diagnostics, attribute, summary, detail string) {
	diags.AddAttributeError(path.Root(attribute), summary, detail)
}

// Warn says of an attribute of the resource that is valid what it does not do, or does
// in addition.
func Warn(diags *diag.Diagnostics, attribute, summary, detail string) {
	diags.AddAttributeWarning(path.Root(attribute), summary, detail)
}

// RefuseAt says what is wrong with an attribute, wherever it is nested. Terraform
// shows the line of the outermost one only, so the text has the whole path.
func RefuseAt(diags *diag.Diagnostics, at path.Path, summary, advice string) {
	outer := at
	for len(outer.Steps()) > 1 {
		outer = outer.ParentPath()
	}
	diags.AddAttributeError(outer, summary, at.String()+": "+advice)
}

// RefuseNew says what is wrong with a value. It is an error, or a warning if the object
// has the value already: a check must not prevent the plan of an existing object, nor its
// destroy. The texts must not show the value, which may be sensitive.
func RefuseNew(diags *diag.Diagnostics, at path.Path, isThere bool, summary, detail string) {
	if isThere {
		diags.AddAttributeWarning(at, summary, detail)
		return
	}
	diags.AddAttributeError(at, summary, detail)
}
