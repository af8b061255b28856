// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
)

// Link says that a parent has a child, as a role has a scope.
type Link struct{ Parent, Child string }

// Links are what joins the children of one kind to parents of one kind. A link
// has nothing but its two ends.
type Links struct {
	c *Client
	// path is that of the links of one parent.
	path func(parent string) string
	// list is the list of one parent's children.
	list func(parent string) listing
	// body is the POST that adds children.
	body func(children []string) any
	// present is the code with which the server refuses a POST of what is there already.
	present string
	// index, if not nil, is for children that are not known by an id.
	index func(element json.RawMessage, put func(child string, object json.RawMessage)) error
	// put is set where the server replaces all links of a parent at once, by a
	// PUT that is of one piece and has the body of the POST.
	put bool
	// exists, if not nil, is the path of the parent, for servers to which the
	// links of a missing parent are none: 200 [] to a GET, 204 to a PUT of [].
	exists func(parent string) string
	// carrier, if not nil, is a list of parents, under their ids, whose elements
	// have the children under the key carried.
	carrier *source
	carried string
}

func (l *Links) source(parent string) *source {
	index := l.index
	if index == nil {
		index = byID
	}
	return &source{listing: l.list(parent), index: index}
}

// known are the children of a parent as they were read last, under their ids.
func (l *Links) known(ctx context.Context, parent string) (map[string]json.RawMessage, error) {
	if l.carrier == nil {
		return l.c.all(ctx, l.source(parent))
	}
	parents, err := l.c.all(ctx, l.carrier)
	if err != nil {
		return nil, err
	}
	element, ok := parents[parent]
	if !ok {
		return l.c.fresh(ctx, l.source(parent)) // which knows whether it is gone
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(element, &keys); err != nil {
		return nil, err
	}
	var children []json.RawMessage
	if err := json.Unmarshal(keys[l.carried], &children); err != nil {
		return nil, err
	}
	return l.source(parent).indexAll(children)
}

// confirm is an error when the parent is gone where that looks like no children.
func (l *Links) confirm(ctx context.Context, parent string, children int) error {
	if children > 0 || l.exists == nil {
		return nil
	}
	_, err := l.c.getShared(ctx, request{path: l.exists(parent), is: map[string]string{"id": parent}})
	return err
}

// Get returns a link: from the list of the parent's children, whose absence is
// confirmed by reading it anew.
func (l *Links) Get(ctx context.Context, key Key) (*Link, error) {
	children, err := l.known(ctx, key[0])
	if _, ok := children[key.ID()]; err == nil && !ok {
		children, err = l.c.fresh(ctx, l.source(key[0]))
	}
	if err != nil {
		return nil, err
	}
	if _, ok := children[key.ID()]; !ok {
		return nil, notFound("GET /api" + l.path(key[0]))
	}
	return &Link{Parent: key[0], Child: key.ID()}, nil
}

// Children returns the ids of all children of a parent, in order.
func (l *Links) Children(ctx context.Context, parent string) ([]string, error) {
	known, err := l.known(ctx, parent)
	if err == nil {
		err = l.confirm(ctx, parent, len(known))
	}
	return sortedKeys(known), err
}

// Search returns the links of a parent; there are no filters.
func (l *Links) Search(ctx context.Context, parents []string, _ url.Values) ([]Link, error) {
	children, err := l.Children(ctx, parents[0])
	if err != nil {
		return nil, err
	}
	links := make([]Link, len(children))
	for i, child := range children {
		links[i] = Link{Parent: parents[0], Child: child}
	}
	return links, nil
}

// Create adds a link. It is no error when the link is there.
func (l *Links) Create(ctx context.Context, key Key, _ struct{}) (*Link, error) {
	defer l.c.locks.lock(l.path(key[0]))()
	if err := l.add(ctx, key[0], []string{key.ID()}); err != nil {
		return nil, err
	}
	return &Link{Parent: key[0], Child: key.ID()}, nil
}

// Update does nothing: a link has nothing to update.
func (l *Links) Update(ctx context.Context, key Key, _, _ struct{}) (*Link, error) {
	return l.Get(ctx, key)
}

// Delete removes a link.
func (l *Links) Delete(ctx context.Context, key Key) error {
	defer l.c.locks.lock(l.path(key[0]))()
	return l.remove(ctx, key[0], key.ID())
}

// Add adds children to a parent that is new. Those that are there already do no harm.
func (l *Links) Add(ctx context.Context, parent string, children []string) error {
	switch {
	case len(children) == 0:
		return nil
	case l.put:
		return l.Set(ctx, parent, children)
	}
	defer l.c.locks.lock(l.path(parent))()
	return l.add(ctx, parent, children)
}

// Set makes children all that the parent has: by one PUT where the server has
// that, otherwise by adding and removing what differs.
func (l *Links) Set(ctx context.Context, parent string, children []string) error {
	defer l.c.locks.lock(l.path(parent))()
	if l.put {
		if err := l.c.do(ctx, request{method: http.MethodPut, path: l.path(parent), body: l.body(children)}, nil); err != nil {
			return err
		}
		return l.confirm(ctx, parent, len(children))
	}
	current, err := l.c.fresh(ctx, l.source(parent))
	if err != nil {
		return err
	}
	var missing []string
	for _, child := range children {
		if _, ok := current[child]; !ok {
			missing = append(missing, child)
		}
	}
	if len(missing) > 0 {
		if err := l.add(ctx, parent, missing); err != nil {
			return err
		}
	}
	for _, child := range sortedKeys(current) {
		if slices.Contains(children, child) {
			continue
		}
		if err := l.remove(ctx, parent, child); err != nil && !IsNotFound(err) {
			return err
		}
	}
	return nil
}

// add posts children. When some are there already, or the answer is lost, it
// reads what is there and posts the rest.
func (l *Links) add(ctx context.Context, parent string, children []string) error {
	if err := checkSegments("", children...); err != nil {
		return err
	}
	for attempt := 0; ; attempt++ {
		err := l.c.do(ctx, request{method: http.MethodPost, path: l.path(parent), body: l.body(children), once: true}, nil)
		if err == nil || isFinal(err) || attempt > l.c.cfg.MaxRetries {
			return err
		}
		switch {
		case l.present != "" && HasCode(err, l.present):
		case isAmbiguous(err):
			if perr := l.c.pause(ctx, attempt); perr != nil {
				return errors.Join(perr, err)
			}
		default:
			return err
		}
		current, rerr := l.c.fresh(ctx, l.source(parent))
		if rerr != nil {
			return errors.Join(err, rerr)
		}
		children = slices.DeleteFunc(slices.Clone(children), func(child string) bool {
			_, ok := current[child]
			return ok
		})
		if len(children) == 0 {
			return nil
		}
	}
}

func (l *Links) remove(ctx context.Context, parent, child string) error {
	return l.c.do(ctx, request{method: http.MethodDelete, path: l.path(parent) + path(child)}, nil)
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
