// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Singleton is an object T, written as In, that every tenant has once. It can
// be changed, and neither made nor deleted. Its methods call GET and PATCH (or
// PUT) of its path.
type Singleton[T, In any] struct {
	c    *Client
	path string
	// whole is set where the API replaces the object by PUT instead of changing
	// what PATCH names.
	whole bool
	// merged names the JSON objects that the server replaces whole and that may
	// hold keys that In does not know or says nothing of.
	merged []string
}

// Create writes what in says of the object.
func (s *Singleton[T, In]) Create(ctx context.Context, key Key, in In) (*T, error) {
	return s.Update(ctx, key, *new(In), in)
}

// Get returns the object.
func (s *Singleton[T, In]) Get(ctx context.Context, _ Key) (*T, error) {
	object, err := s.c.getShared(ctx, request{path: s.path})
	if err != nil {
		return nil, err
	}
	t := new(T)
	return t, json.Unmarshal(object, t)
}

// Update changes what differs between from and to; what from has and to lacks
// is cleared. It makes no write when nothing differs.
func (s *Singleton[T, In]) Update(ctx context.Context, _ Key, from, to In) (*T, error) {
	patch, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(patch) == 0 { // Logto refuses a PATCH that says nothing
		return s.Get(ctx, nil)
	}
	defer s.c.locks.lock(s.path)()
	method := http.MethodPatch
	if s.whole {
		method = http.MethodPut
		patch, err = fields(to)
	} else {
		err = s.c.merge(ctx, s.path, s.merged, patch, from)
	}
	if err != nil {
		return nil, err
	}
	t := new(T)
	return t, s.c.do(ctx, request{method: method, path: s.path, body: patch}, t)
}

// Delete does nothing: see the kit's singletons, which put the defaults back.
func (s *Singleton[T, In]) Delete(context.Context, Key) error { return nil }

// Search returns the one object, or nothing where the tenant has none.
func (s *Singleton[T, In]) Search(ctx context.Context, _ []string, _ url.Values) ([]T, error) {
	t, err := s.Get(ctx, nil)
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []T{*t}, nil
}
