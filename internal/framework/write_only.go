// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NeedSecret refuses a plan that has neither the [schemas.SecretAttribute] at that path
// nor the version of its write-only twin.
func NeedSecret(at path.Path, secret types.String, version types.Int64, diags *diag.Diagnostics) {
	if secret.IsNull() && version.IsNull() {
		step, _ := at.Steps().LastStep()
		name := step.String()
		diags.AddAttributeError(at, "The "+name+" is missing", "Set "+name+" or "+name+"_wo.")
	}
}
