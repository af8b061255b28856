// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Milliseconds is t as the API takes it, milliseconds since 1970: nil when it is
// null or unknown. It drops what is finer.
func Milliseconds(t timetypes.RFC3339) *int64 {
	at, ok := instant(t.StringValue)
	if !ok {
		return nil
	}
	ms := at.UnixMilli()
	return &ms
}

// TimeValue is the time that the API answered in milliseconds since 1970: as the
// configuration spells it when that is the same time, in UTC otherwise.
func TimeValue(was timetypes.RFC3339, ms *int64) timetypes.RFC3339 {
	if ms == nil {
		return timetypes.NewRFC3339Null()
	}
	if same := Milliseconds(was); same != nil && *same == *ms {
		return was
	}
	return timetypes.NewRFC3339ValueMust(time.UnixMilli(*ms).UTC().Format(time.RFC3339Nano))
}

// ReplaceOnNewTime replaces the resource when the attribute becomes another
// time, and not when the same time is spelled differently.
func ReplaceOnNewTime() planmodifier.String {
	const says = "Another time replaces the resource."
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		planned, known := instant(req.PlanValue)
		had, ok := instant(req.StateValue)
		resp.RequiresReplace = req.PlanValue.IsUnknown() || known != ok || planned.UnixMilli() != had.UnixMilli()
	}, says, says)
}

// instant is the time that s says, if it says one. That it is well formed is
// for the attribute's type to check.
func instant(s types.String) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s.ValueString())
	return t, err == nil
}
