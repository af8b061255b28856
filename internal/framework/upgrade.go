// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// FromVersion0 makes the schema's version 1, and says what a state of version 0 needs to
// be read: upgrade changes the attributes as they stand in the state file. Attributes that
// the schema does not have are dropped, and those that the state lacks are null.
func (o *Definition) FromVersion0(upgrade func(attributes map[string]any)) *Definition {
	o.version = 1
	o.fromVersion0 = upgrade
	return o
}

// UpgradeState implements resource.ResourceWithUpgradeState.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	if r.fromVersion0 == nil {
		return nil
	}
	return map[int64]resource.StateUpgrader{0: {StateUpgrader: r.upgradeFrom0}}
}

func (r *Resource) upgradeFrom0(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
	attributes := map[string]any{}
	err := json.Unmarshal(req.RawState.JSON, &attributes)
	var upgraded []byte
	if err == nil {
		r.fromVersion0(attributes)
		upgraded, err = json.Marshal(attributes)
	}
	var raw tftypes.Value
	if err == nil {
		raw, err = (&tfprotov6.RawState{JSON: upgraded}).UnmarshalWithOpts(r.resourceSchema().Type().TerraformType(ctx),
			tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	}
	if err != nil {
		resp.Diagnostics.AddError("Could not upgrade the state of the "+r.typeName(), err.Error())
		return
	}
	resp.State.Raw = raw
}
