// SPDX-License-Identifier: MPL-2.0

package planmodifiers

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValueAt is the value at a path, if there is one.
func ValueAt(in tftypes.Value, at *tftypes.AttributePath) (tftypes.Value, bool) {
	found, _, err := tftypes.WalkAttributePath(in, at)
	if err != nil {
		return tftypes.Value{}, false
	}
	v, ok := found.(tftypes.Value)
	return v, ok
}
