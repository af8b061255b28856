// SPDX-License-Identifier: MPL-2.0

package flex

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringMap is what a map of strings or its write-only twin says to the API; nil
// when neither is known.
func StringMap(ctx context.Context, own, twin types.Map) (out map[string]string, diags diag.Diagnostics) {
	for _, m := range []types.Map{own, twin} {
		if !m.IsNull() && !m.IsUnknown() {
			diags.Append(m.ElementsAs(ctx, &out, false)...)
		}
	}
	return out, diags
}

// StringMapValue is what the API answered for such a map. It is null while the twin is
// used. If the API answered no elements, null stays null and {} stays {}.
func StringMapValue(was types.Map, twinVersion types.Int64, answered map[string]string) types.Map {
	none := types.MapNull(types.StringType)
	switch {
	case !twinVersion.IsNull():
		return none
	case len(answered) > 0:
		values := make(map[string]attr.Value, len(answered))
		for k, v := range answered {
			values[k] = types.StringValue(v)
		}
		return types.MapValueMust(types.StringType, values)
	case was.IsUnknown() || len(was.Elements()) > 0:
		return none
	}
	return was
}
