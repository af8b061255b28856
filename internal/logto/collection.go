// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
)

// Key says which object: the ids of its parents, outermost first, then its own.
type Key []string

// ID is the last part of the key.
func (k Key) ID() string { return k[len(k)-1] }

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
	// whole names the parts of an object that are replaced and not merged: see [merger].
	whole []string
	// has are keys that every object has, besides its own; "name" unless said.
	has []string
	// keeps are texts that a create answers as they were sent; "name" unless said.
	keeps []string
	// parentKeys are the keys under which an object has the ids of its parents,
	// where it has them.
	parentKeys []string
	// reread is for collections whose POST and PATCH answer less than GET.
	reread bool
}

// decode takes an object from an answer to method.
func (s *Collection[T, In]) decode(method string, object json.RawMessage, parents []string) (*T, error) {
	for _, key := range s.hasKeys() {
		if !bytes.Contains(object, []byte(`"`+key+`"`)) { // a refresh asks that of thousands
			return nil, s.c.unreadable(method, s.path(parents), fmt.Errorf("an object without %q", key))
		}
	}
	t := new(T)
	if err := json.Unmarshal(object, t); err != nil {
		return nil, s.c.unreadable(method, s.path(parents), err)
	}
	if s.parent != nil {
		s.parent(t, parents)
	}
	return t, nil
}

func (s *Collection[T, In]) hasKeys() []string {
	if s.has == nil {
		return []string{"name"}
	}
	return s.has
}

// one is the request for the object under key, whose answer must be that object.
func (s *Collection[T, In]) one(method string, key Key) request {
	is := map[string]string{s.list(key.Parents()).knownBy(): key.ID()}
	for i, k := range s.parentKeys {
		is[k] = key[i]
	}
	return request{method: method, path: s.path(key.Parents()) + path(key.ID()), is: is, has: s.hasKeys()}
}

// Get returns an object.
func (s *Collection[T, In]) Get(ctx context.Context, key Key) (*T, error) {
	single := func(ctx context.Context) (json.RawMessage, error) {
		if s.get != nil {
			return s.get(ctx, key)
		}
		return s.c.getShared(ctx, s.one(http.MethodGet, key))
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
	return s.decode(http.MethodGet, object, key.Parents())
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
	r := s.one(http.MethodPatch, key)
	defer s.c.locks.lock(r.path)()
	m := merger{c: s.c, whole: s.whole, current: s.one(http.MethodGet, key)}
	if r.body, err = m.merge(ctx, patch, from); err != nil {
		return nil, err
	}
	var object json.RawMessage
	if err := s.c.do(ctx, r, &object); err != nil {
		return nil, err
	}
	if s.reread {
		return s.Get(ctx, key)
	}
	return s.decode(r.method, object, key.Parents())
}

// Delete deletes an object.
func (s *Collection[T, In]) Delete(ctx context.Context, key Key) error {
	return s.c.do(ctx, request{method: http.MethodDelete, path: s.path(key.Parents()) + path(key.ID())}, nil)
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
		t, err := s.decode(http.MethodGet, o, parents)
		if err != nil {
			return nil, err
		}
		all = append(all, *t)
	}
	return all, nil
}
