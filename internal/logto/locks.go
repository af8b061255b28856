// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"sync"
	"time"
)

// keyedLocks serialise writes to one parent where the server races.
type keyedLocks struct{ byKey sync.Map }

// lock waits for key and returns its release.
func (l *keyedLocks) lock(key string) func() {
	m, _ := l.byKey.LoadOrStore(key, &sync.Mutex{})
	mu := m.(*sync.Mutex) //nolint:forcetypeassert // nothing else is stored
	mu.Lock()
	return mu.Unlock
}

// longestWaitForOthers bounds waitForOthers.
const longestWaitForOthers = 2 * time.Second

// waitForOthers waits as long as the read and the write of this run took, which began
// then. Another run that has read before the write will have written after that.
func waitForOthers(ctx context.Context, began time.Time) error {
	timer := time.NewTimer(min(time.Since(began), longestWaitForOthers))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
