// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"testing"
	"time"
)

func TestRateLimitWindow(t *testing.T) {
	t.Parallel()
	l := rateLimit{n: 1, per: 10 * time.Second}
	start := time.Unix(1000, 0)
	for i, c := range []struct {
		at   time.Duration
		want string
	}{{0, ""}, {time.Second, "9"}, {9500 * time.Millisecond, "1"}, {10 * time.Second, ""}, {11 * time.Second, "9"}} {
		if got := l.retryAfter(start.Add(c.at)); got != c.want {
			t.Errorf("call %d: %q, want %q", i, got, c.want)
		}
	}
}
