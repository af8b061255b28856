// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"sync"
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
