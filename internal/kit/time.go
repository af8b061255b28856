// SPDX-License-Identifier: MPL-2.0

package kit

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Milliseconds is t as the API takes it, milliseconds since 1970: nil when it is
// null or unknown. It drops what is finer.
func Milliseconds(t RFC3339) *int64 {
	at, ok := instant(t.StringValue)
	if !ok {
		return nil
	}
	ms := at.UnixMilli()
	return &ms
}

// TimeValue is the time that the API answered in milliseconds since 1970: as the
// configuration spells it when that is the same time, in UTC otherwise.
func TimeValue(was RFC3339, ms *int64) RFC3339 {
	if ms == nil {
		return NewRFC3339Null()
	}
	if same := Milliseconds(was); same != nil && *same == *ms {
		return was
	}
	return NewRFC3339Value(time.UnixMilli(*ms))
}

// ReplaceOnNewTime replaces the resource when the attribute becomes another
// time, and not when the same time is spelled differently. Nor does it for a time
// that is over, with which nothing can be made in the place of what would be
// deleted: then the model's CheckWrite is to refuse the update, as [CheckEnd] does.
func ReplaceOnNewTime() planmodifier.String {
	const says = "Another time replaces the resource."
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		planned, known := instant(req.PlanValue)
		had, ok := instant(req.StateValue)
		other := req.PlanValue.IsUnknown() || known != ok || planned.UnixMilli() != had.UnixMilli()
		resp.RequiresReplace = other && (!known || planned.After(time.Now()))
	}, says, says)
}

// CheckEnd refuses a time that is over for what is yet to be made, because Logto
// makes only what ends in the future. had is the end of what is there already.
func CheckEnd(attribute string, ends, had RFC3339, now time.Time, diags *diag.Diagnostics) {
	at, known := instant(ends.StringValue)
	if !known || at.After(now) {
		return
	}
	if before, ok := instant(had.StringValue); ok && before.UnixMilli() == at.UnixMilli() {
		return
	}
	diags.AddAttributeError(path.Root(attribute), "The time is over",
		"What is made anew has to end in the future. Give a later time, or leave "+attribute+" out for no end.")
}

// HasEnded reports whether there is such a time, and it is over.
func HasEnded(ends RFC3339, now time.Time) bool {
	at, known := instant(ends.StringValue)
	return known && !at.After(now)
}

// instant is the time that s says, if it says one. That it is well formed is
// for the attribute's type to check.
func instant(s types.String) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s.ValueString())
	return t, err == nil
}
