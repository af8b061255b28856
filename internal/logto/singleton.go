// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// Singleton is an object T, written as In, that every tenant has once. It can
// be changed, and neither made nor deleted. Its methods call GET and PATCH (or
// PUT) of its path.
type Singleton[T, In any] struct {
	c    *Client
	path string
	// has is a key that every answer has; with orEmpty every one that is not empty.
	has     string
	orEmpty bool
	// put is set where the API replaces the object by PUT instead of changing what
	// PATCH names.
	put bool
	// whole names the parts of the object that are replaced and not merged: see
	// [merger].
	whole []string
}

// Create writes what in says of the object.
func (s *Singleton[T, In]) Create(ctx context.Context, key Key, in In) (*T, error) {
	return s.Update(ctx, key, *new(In), in)
}

// Get returns the object.
func (s *Singleton[T, In]) Get(ctx context.Context, _ Key) (*T, error) {
	object, err := s.c.getShared(ctx, s.request(http.MethodGet))
	if err != nil {
		return nil, err
	}
	return readAs(s.c, s.path, object, new(T))
}

func (s *Singleton[T, In]) request(method string) request {
	r := request{method: method, path: s.path, orEmpty: s.orEmpty}
	if s.has != "" {
		r.has = []string{s.has}
	}
	return r
}

// Update changes what differs between from and to; what from has and to lacks
// is cleared. It makes no write when nothing differs. The lock holds for this run only:
// another run that has read the object before the write undoes the change of a nested
// object with a write of its own. So the object is read again when that would be over.
func (s *Singleton[T, In]) Update(ctx context.Context, _ Key, from, to In) (*T, error) {
	patch, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(patch) == 0 { // Logto refuses a PATCH that says nothing
		return s.Get(ctx, nil)
	}
	defer s.c.locks.lock(s.path)()
	m := merger{c: s.c, whole: s.whole, current: s.request(http.MethodGet)}
	var answer json.RawMessage
	for range changeTries {
		began := time.Now()
		if answer, err = s.write(ctx, &m, patch, from, to); err != nil {
			return nil, err
		}
		if !s.put && !m.hasObjects(patch) || !s.undone(ctx, &m, began, answer, from, to) {
			break
		}
	}
	return readAs(s.c, s.path, answer, new(T))
}

// write writes what differs between from and to, with the rest of the nested objects, and
// returns the object as the server has it then.
func (s *Singleton[T, In]) write(ctx context.Context, m *merger, patch map[string]json.RawMessage, from, to In) (answer json.RawMessage, err error) {
	r := s.request(http.MethodPatch)
	if s.put {
		r = s.request(http.MethodPut)
		r.body, err = m.replacement(ctx, from, to)
	} else {
		r.body, err = m.merge(ctx, patch, from)
	}
	if err != nil {
		return nil, err
	}
	err = s.c.do(ctx, r, &answer)
	if HasCode(err, "entity.invalid_input") && s.lacksAll(patch) {
		// An older Logto drops what it does not know, and then has nothing to write.
		// What it has says whether anything is missing.
		err = s.c.do(ctx, s.request(http.MethodGet), &answer)
	}
	return answer, err
}

// undone reports whether another run has undone the change after the write that began
// then and was answered so. Where that cannot be read, the next plan shows it.
func (s *Singleton[T, In]) undone(ctx context.Context, m *merger, began time.Time, answer json.RawMessage, from, to In) bool {
	if s.c.waitForOthers(ctx, began) != nil {
		return false
	}
	now, err := m.read(ctx)
	if err != nil {
		return false
	}
	parts, err := encodedAll(now, from, to)
	if err != nil {
		return false
	}
	wanted, written := members(m.applyObject("", parts[0], parts[1], parts[2])), members(answer)
	for key, value := range wanted {
		// What the server made of the value at once is not the work of another run.
		if !equalJSON(value, now[key]) && !equalJSON(written[key], now[key]) {
			return true
		}
	}
	return false
}

// lacksAll reports whether older versions of Logto know none of the keys.
func (s *Singleton[T, In]) lacksAll(patch map[string]json.RawMessage) bool {
	for key := range patch {
		if since.OfSetting("/api"+s.path, key) == since.Oldest {
			return false
		}
	}
	return true
}

// Delete does nothing: see the framework's singletons, which put the defaults back.
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
