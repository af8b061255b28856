// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Key says which object: the ids of its parents, outermost first, then its own.
type Key []string

// Own is the last part of the key.
func (k Key) Own() string { return k[len(k)-1] }

// Parents is the key without its last part.
func (k Key) Parents() []string { return k[:len(k)-1] }

// Collection is objects T, written as In, that the API creates, gets, updates
// and deletes one by one. Its methods call POST, GET, PATCH and DELETE of the
// collection's path.
type Collection[T, In any] struct {
	c *Client
	// path is that of the collection below the parents with those ids.
	path func(parents []string) string
	// list is the list of the objects below the parents.
	list func(parents []string) listing
	// source, if not nil, is a list that carries the object whole, and its key there.
	source func(Key) (*source, string)
	// get, if not nil, reads one object where GET by id does not serve.
	get func(context.Context, Key) (json.RawMessage, error)
	// search, if not nil, narrows the list to what may be the object that in made;
	// with newestPage to one page of it.
	search func(In) url.Values
	// same reports whether an object is what in would have made.
	same func(In, *T) bool
	// parent, if not nil, sets what an object does not say of its parents.
	parent func(*T, []string)
	// merged names the JSON objects that the server replaces whole and that
	// may hold keys that In does not know.
	merged []string
	// reread is for collections whose POST and PATCH answer less than GET.
	reread bool
}

func (s *Collection[T, In]) decode(object json.RawMessage, parents []string) (*T, error) {
	t := new(T)
	if err := json.Unmarshal(object, t); err != nil {
		return nil, fmt.Errorf("%s answered what this provider cannot read: %w", s.path(parents), err)
	}
	if s.parent != nil {
		s.parent(t, parents)
	}
	return t, nil
}

// Create makes an object and returns it as the API answers. When the answer is
// lost it looks for what may have been made and adopts it, so that nothing is
// left behind or made twice. An interrupt does not end a create that is under
// way. Only the parents of key count. With some errors comes the object: see
// [WasMade].
func (s *Collection[T, In]) Create(ctx context.Context, key Key, in In) (*T, error) {
	parents := key.Parents()
	started := time.Now()
	working := context.WithoutCancel(ctx)
	for attempt := 0; ; attempt++ {
		var object json.RawMessage
		err := s.c.do(working, request{method: http.MethodPost, path: s.path(parents), body: in, once: true}, &object)
		if err == nil && s.c.claim(idOf(object)) {
			return s.created(working, object, parents)
		}
		// With an answer but no claim, a twin of this call lost its answer and
		// adopted this very object; this call's own is the other one.
		if err != nil && !isAmbiguous(err) {
			return nil, err
		}
		looks := 1
		if isTimeout(err) {
			looks = 3 // the server may still be at it
		}
		var found json.RawMessage
		for look := 0; look < looks && found == nil; look++ {
			if err != nil {
				if perr := s.c.pause(working, attempt+look); perr != nil {
					return nil, errors.Join(err, perr)
				}
			}
			var lerr error
			if found, lerr = s.lost(working, parents, in, started); lerr != nil {
				return nil, fmt.Errorf("%w\n\nThe object may exist all the same: looking for it failed as well: %w", err, lerr)
			}
		}
		switch {
		case found != nil:
			return s.created(working, found, parents)
		case err == nil:
			return s.created(working, object, parents)
		case isTimeout(err):
			return nil, fmt.Errorf("%w\n\nNo answer came in time and the object was not found afterwards", err)
		case ctx.Err() != nil, attempt >= s.c.cfg.MaxRetries, attempt > 0 && hasStatus(err, http.StatusInternalServerError):
			return nil, err
		}
	}
}

// created is the object that a create made, in the form that Get gives it.
func (s *Collection[T, In]) created(ctx context.Context, object json.RawMessage, parents []string) (*T, error) {
	made, err := s.decode(object, parents)
	if err != nil || !s.reread {
		return made, err
	}
	return readNew(made, func() (*T, error) { return s.Get(ctx, append(slices.Clone(parents), idOf(object))) })
}

// unreadError is why an object that was made could not be read.
type unreadError struct{ error }

func (e unreadError) Error() string {
	return "it was made, and then could not be read: " + e.error.Error()
}

func (e unreadError) Unwrap() error { return e.error }

// WasMade reports whether an error of a Create comes with an object that was made,
// of which not all is known.
func WasMade(err error) bool {
	_, made := errors.AsType[unreadError](err)
	return made
}

// readNew reads an object that was just made. When that fails, what is known of
// it comes with the error: see [WasMade].
func readNew[T any](made *T, read func() (*T, error)) (*T, error) {
	got, err := read()
	if err != nil {
		return made, unreadError{err}
	}
	return got, nil
}

// clockTolerance allows for a Date header in whole seconds and the way of an answer.
const clockTolerance = 3 * time.Second

// lost looks for an object that a call with an unknown end may have made since
// started, that nobody in this process owns, and claims it.
func (s *Collection[T, In]) lost(ctx context.Context, parents []string, in In, started time.Time) (json.RawMessage, error) {
	l := s.list(parents)
	if s.search != nil {
		l.query = s.search(in)
		l.paged = l.paged && !l.query.Has("page")
	}
	objects, err := s.c.list(ctx, l)
	if err != nil {
		return nil, err
	}
	since := s.c.serverTime(started).Add(-clockTolerance)
	for _, o := range objects {
		t, err := s.decode(o, parents)
		if err != nil {
			return nil, err
		}
		if s.same(in, t) && !madeBefore(o, since) && s.c.claim(idOf(o)) {
			return o, nil
		}
	}
	return nil, nil
}

// newestPage is the first page, for lists whose newest objects come first.
func newestPage() url.Values {
	return url.Values{"page": {"1"}, "page_size": {strconv.Itoa(pageSize)}}
}

// claim notes that this process owns the object with that id, unless it did
// already. Objects without an id are known by their name, which is unique.
func (c *Client) claim(id string) bool {
	if id == "" {
		return true
	}
	_, taken := c.claims.LoadOrStore(id, true)
	return !taken
}

func madeBefore(object json.RawMessage, t time.Time) bool {
	var o struct {
		CreatedAt *float64 `json:"createdAt"`
	}
	_ = json.Unmarshal(object, &o) // an object without a readable time may be any age
	return o.CreatedAt != nil && *o.CreatedAt < float64(t.UnixMilli())
}

// Get returns an object.
func (s *Collection[T, In]) Get(ctx context.Context, key Key) (*T, error) {
	single := func(ctx context.Context) (json.RawMessage, error) {
		if s.get != nil {
			return s.get(ctx, key)
		}
		return s.c.getShared(ctx, request{path: s.path(key.Parents()) + path(key.Own())})
	}
	var src *source
	var at string
	if s.source != nil {
		src, at = s.source(key)
	}
	object, err := s.c.read(ctx, src, at, single)
	if err != nil {
		return nil, err
	}
	return s.decode(object, key.Parents())
}

// Update changes what differs between from and to and returns the object. What
// from has and to lacks is cleared. It makes no write when nothing differs.
func (s *Collection[T, In]) Update(ctx context.Context, key Key, from, to In) (*T, error) {
	patch, err := diff(from, to)
	if err != nil {
		return nil, err
	}
	if len(patch) == 0 {
		return s.Get(ctx, key)
	}
	one := s.path(key.Parents()) + path(key.Own())
	if len(s.merged) > 0 {
		defer s.c.locks.lock(one)()
		if err := s.c.merge(ctx, one, s.merged, patch, from); err != nil {
			return nil, err
		}
	}
	var object json.RawMessage
	if err := s.c.do(ctx, request{method: http.MethodPatch, path: one, body: patch}, &object); err != nil {
		return nil, err
	}
	if s.reread || object == nil {
		return s.Get(ctx, key)
	}
	return s.decode(object, key.Parents())
}

// rename carries out r, which gives the object under key the name name. When the
// answer is lost it looks for that name, because a second rename would not find
// the old one.
func (s *Collection[T, In]) rename(ctx context.Context, key Key, name string, r request) (*T, error) {
	r.once = true
	for attempt := 0; ; attempt++ {
		var object json.RawMessage
		err := s.c.do(ctx, r, &object)
		if err == nil {
			return s.decode(object, key.Parents())
		}
		if !isAmbiguous(err) || attempt >= s.c.cfg.MaxRetries {
			return nil, err
		}
		if perr := s.c.pause(ctx, attempt); perr != nil {
			return nil, errors.Join(err, perr)
		}
		if got, gerr := s.Get(ctx, append(slices.Clone(key.Parents()), name)); !IsNotFound(gerr) {
			return got, gerr
		}
	}
}

// merge replaces those objects in patch that have one of the names by what the
// server holds at the path one, with the changes since from in it.
func (c *Client) merge(ctx context.Context, one string, names []string, patch map[string]json.RawMessage, from any) error {
	if !slices.ContainsFunc(names, func(k string) bool { return patch[k] != nil }) {
		return nil
	}
	var current map[string]json.RawMessage
	if err := c.do(ctx, request{method: http.MethodGet, path: one}, &current); err != nil {
		return err
	}
	prior, err := fields(from)
	if err != nil {
		return err
	}
	for _, k := range names {
		if patch[k] == nil {
			continue
		}
		changes, err := diff(prior[k], patch[k])
		if err != nil {
			return err
		}
		held := map[string]json.RawMessage{}
		if len(current[k]) > 0 {
			if err := json.Unmarshal(current[k], &held); err != nil {
				return fmt.Errorf("%s of %s is no JSON object: %w", k, one, err)
			}
		}
		if held == nil {
			held = map[string]json.RawMessage{}
		}
		for name, value := range changes {
			if bytes.Equal(value, jsonNull) {
				delete(held, name)
			} else {
				held[name] = value
			}
		}
		if patch[k], err = json.Marshal(held); err != nil {
			return err
		}
	}
	return nil
}

// Delete deletes an object.
func (s *Collection[T, In]) Delete(ctx context.Context, key Key) error {
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key.Parents()) + path(key.Own())}, nil)
}

// Search returns the objects below the parents that match the API's filters, all of
// them without filters. It reads the list to its end.
func (s *Collection[T, In]) Search(ctx context.Context, parents []string, filters url.Values) ([]T, error) {
	l := s.list(parents)
	if len(filters) > 0 {
		query := url.Values{}
		for _, q := range []url.Values{l.query, filters} {
			maps.Copy(query, q)
		}
		l.query = query
	}
	objects, err := s.c.list(ctx, l)
	if err != nil {
		return nil, err
	}
	all := make([]T, 0, len(objects))
	for _, o := range objects {
		t, err := s.decode(o, parents)
		if err != nil {
			return nil, err
		}
		all = append(all, *t)
	}
	return all, nil
}

var jsonNull = []byte("null")

// fields is v as a JSON object, key by key.
func fields(v any) (map[string]json.RawMessage, error) {
	if raw, ok := v.(json.RawMessage); ok && len(raw) == 0 {
		return map[string]json.RawMessage{}, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	m := map[string]json.RawMessage{}
	return m, json.Unmarshal(b, &m)
}

// diff is the keys of to whose value is another in from, and null for those
// that only from has.
func diff(from, to any) (map[string]json.RawMessage, error) {
	was, err := fields(from)
	if err != nil {
		return nil, err
	}
	will, err := fields(to)
	if err != nil {
		return nil, err
	}
	patch := map[string]json.RawMessage{}
	for k, v := range will {
		if old, ok := was[k]; !ok || !equalJSON(old, v) {
			patch[k] = v
		}
	}
	for k, v := range was {
		if _, ok := will[k]; !ok && !bytes.Equal(v, jsonNull) {
			patch[k] = jsonNull
		}
	}
	return patch, nil
}

// byVersion makes the values of from and to differ exactly when their versions
// do, if they have any: values with a version are not remembered.
func byVersion(was, will *int64, from, to *map[string]string) {
	switch {
	case was != nil && will != nil && *was == *will:
		*from, *to = nil, nil
	case was != nil || will != nil:
		*from = map[string]string{"": "whatever they are, they differ"}
	}
}

// holds reports whether have has every value that want says.
func holds(have, want any) bool {
	differs, err := diff(have, want)
	for _, v := range differs {
		if !bytes.Equal(v, jsonNull) {
			return false
		}
	}
	return err == nil
}

// equalJSON compares values, not spelling.
func equalJSON(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var ca, cb any
	if json.Unmarshal(a, &ca) != nil || json.Unmarshal(b, &cb) != nil {
		return false
	}
	na, _ := json.Marshal(ca) // what was decoded can be encoded
	nb, _ := json.Marshal(cb)
	return bytes.Equal(na, nb)
}
