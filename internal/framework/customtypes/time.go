// SPDX-License-Identifier: MPL-2.0

package customtypes

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Milliseconds is t as the API takes it, milliseconds since 1970: nil when it is
// null or unknown. It drops what is finer.
func Milliseconds(t RFC3339) *int64 {
	at, ok := Instant(t.StringValue)
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

// MomentValue is [TimeValue] for what every object has, where 0 stands for what Logto
// does not know: the applications that it makes up, such as demo-app, were never created.
func MomentValue(was RFC3339, ms int64) RFC3339 {
	if ms == 0 {
		return NewRFC3339Null()
	}
	return TimeValue(was, &ms)
}

// HasEnded reports whether the time is known and has passed.
func HasEnded(ends RFC3339, now time.Time) bool {
	at, known := Instant(ends.StringValue)
	return known && !at.After(now)
}

// Instant is the time that s says, if it says one. That it is well formed is
// for the attribute's type to check. A time whose year in UTC has no four digits is
// none: what is read of it could not be written.
func Instant(s types.String) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s.ValueString())
	year := t.UTC().Year()
	return t, err == nil && year >= 0 && year <= 9999
}
