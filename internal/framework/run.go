// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"slices"
	"sync"
)

// run is what was written since the provider was configured. Terraform can create and
// destroy one object in one run, for example when a resource is renamed without a moved
// block: what the run created or adopted stays.
type run struct {
	mu    sync.Mutex
	kept  map[string]bool
	locks map[string]*sync.Mutex
}

// lock waits until no other resource writes one of those keys; unlock releases them.
func (r *run) lock(keys []string) (unlock func()) {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	held := make([]*sync.Mutex, len(keys))
	for i, key := range keys {
		held[i] = r.lockOf(key)
		held[i].Lock()
	}
	return func() {
		for _, l := range held {
			l.Unlock()
		}
	}
}

func (r *run) lockOf(key string) *sync.Mutex {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.locks == nil {
		r.locks = map[string]*sync.Mutex{}
	}
	if r.locks[key] == nil {
		r.locks[key] = &sync.Mutex{}
	}
	return r.locks[key]
}

// keep notes that the run has made or adopted what has those keys.
func (r *run) keep(keys []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[string]bool{}
	}
	for _, key := range keys {
		r.kept[key] = true
	}
}

// keeps reports whether the run has made or adopted what has one of those keys.
func (r *run) keeps(keys []string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(keys, func(key string) bool { return r.kept[key] })
}
