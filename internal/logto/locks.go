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
// then, and not less than before a second try: another run that has read before the write
// will have written after that. A busy server can keep the other one waiting for longer.
func (c *Client) waitForOthers(ctx context.Context, began time.Time) error {
	return sleep(ctx, min(max(time.Since(began), c.cfg.RetryWaitMin), longestWaitForOthers))
}
