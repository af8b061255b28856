// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A refresh reads thousands of objects one by one, and a tenant's rate limit is
// shared with its sign-ins. So after a few single reads from one collection the
// client reads the whole list and answers the other reads from it. Any write
// ends that, and so does a minute.

const (
	// singleReads of one collection are made before its list is read. A list
	// that comes in one piece costs no more than the second single read, so it
	// is read in its stead.
	singleReads = 2
	// eagerPages is how long a list may be to be read at once. A longer one is
	// read when as many single reads were made as it has pages.
	eagerPages = 20
	// listLifetime is how long reads are answered from one list.
	listLifetime = time.Minute
)

// source is a list that carries whole objects.
type source struct {
	listing
	// atOnce is for a list that is short as a rule, as the members of one
	// parent are: it is read before any single object when it fits in a page.
	atOnce bool
	// index puts the objects that are in one element of the list under their keys.
	index func(element json.RawMessage, put func(key string, object json.RawMessage)) error
}

// patience is how many single reads are made before a list that is so many
// pages long, and long whether it is longer than what is read without more ado.
func (s *source) patience(pages int) (reads int, long bool) {
	few, most := singleReads, eagerPages
	switch {
	case s.atOnce:
		few, most = 0, 1
	case !s.paged:
		few = 1
	}
	if pages > most {
		return pages, true
	}
	return few, false
}

func (s *source) indexAll(elements []json.RawMessage) (map[string]json.RawMessage, error) {
	objects := make(map[string]json.RawMessage, len(elements))
	for _, e := range elements {
		if err := s.index(e, func(key string, object json.RawMessage) { objects[key] = object }); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

// byID indexes a list whose elements are the objects.
func byID(element json.RawMessage, put func(string, json.RawMessage)) error {
	put(idOf(element), element)
	return nil
}

// byName indexes a list whose elements are the objects, known by their names.
func byName(element json.RawMessage, put func(string, json.RawMessage)) error {
	var o struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(element, &o); err != nil {
		return err
	}
	put(o.Name, element)
	return nil
}

// readState knows what was read since the last write.
type readState struct {
	mu      sync.Mutex
	writes  uint64 // counts writes, so that a list that was read across one is not kept
	singles map[string]int
	pages   map[string]int
	lists   map[string]*snapshot
}

type snapshot struct {
	objects map[string]json.RawMessage
	readAt  time.Time
	bytes   int
}

// forget ends the use of every list: a write to one collection may change others.
func (r *readState) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.writes++
	r.singles, r.lists = nil, nil
}

// recent returns the list in src when it may still be used, and otherwise
// whether it is time to read it.
func (r *readState) recent(src *source) (found *snapshot, read bool, writes uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := src.key()
	if s := r.lists[key]; s != nil {
		if time.Since(s.readAt) < listLifetime {
			return s, false, r.writes
		}
		delete(r.lists, key)
		r.singles[key] = 0
	}
	if r.singles == nil {
		r.singles, r.lists = map[string]int{}, map[string]*snapshot{}
	}
	r.singles[key]++
	enough, _ := src.patience(r.pages[key])
	return nil, r.singles[key] > enough, r.writes
}

func (r *readState) keep(key string, s *snapshot, writes uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.writes != writes || r.lists == nil {
		return
	}
	held := s.bytes
	for _, other := range r.lists {
		held += other.bytes
	}
	if held <= maxList { // all lists together
		r.lists[key] = s
	}
}

// countPages notes how long the list in src is and reports whether it turned
// out to be too long to be read yet.
func (r *readState) countPages(src *source, total int) (tooLong bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := src.key()
	if r.pages == nil {
		r.pages = map[string]int{}
	}
	known := r.pages[key]
	r.pages[key] = (total + pageSize - 1) / pageSize
	_, long := src.patience(r.pages[key])
	return known == 0 && long
}

// read returns an object from the list in src where that saves calls, and from
// single otherwise. Absence in a list is confirmed by single.
func (c *Client) read(ctx context.Context, src *source, key string, single func(context.Context) (json.RawMessage, error)) (json.RawMessage, error) {
	if src == nil || c.cfg.DirectReads {
		return single(ctx)
	}
	s, worth, writes := c.reads.recent(src)
	if s == nil && worth {
		var err error
		if s, err = c.snapshot(ctx, src, writes, false); err != nil {
			return nil, err
		}
	}
	if s != nil {
		if object, ok := s.objects[key]; ok {
			return object, nil
		}
	}
	return single(ctx)
}

// snapshot reads the list in src once for all who ask at the same time. It is
// nil when the list turned out to be too long to be worth it yet, unless it is
// wanted however long it is.
func (c *Client) snapshot(ctx context.Context, src *source, writes uint64, however bool) (*snapshot, error) {
	result, err, _ := c.flight.Do(flightKey("list", src.key(), writes), func() (any, error) {
		ctx, end := Operation(ctx)
		defer end()
		if s, _, now := c.reads.recent(src); s != nil && now == writes {
			return s, nil // another caller finished it in between
		}
		readAt := time.Now()
		var elements []json.RawMessage
		var err error
		if src.paged {
			var first page
			if first, err = c.page(ctx, src.listing, 1); err != nil {
				return (*snapshot)(nil), err
			}
			if c.reads.countPages(src, max(first.total, len(first.objects))) && !however {
				return (*snapshot)(nil), nil
			}
			elements, err = c.rest(ctx, src.listing, first)
		} else {
			elements, err = c.list(ctx, src.listing)
		}
		if errors.Is(err, errTooLong) && !however {
			c.reads.countPages(src, math.MaxInt32) // nobody has the patience for it again
			return (*snapshot)(nil), nil
		}
		if err != nil {
			return (*snapshot)(nil), err
		}
		objects, err := src.indexAll(elements)
		if err != nil {
			return (*snapshot)(nil), err
		}
		s := &snapshot{objects: objects, readAt: readAt}
		for _, e := range elements {
			s.bytes += len(e)
		}
		c.reads.keep(src.key(), s, writes)
		return s, nil
	})
	if err != nil {
		return nil, err
	}
	return result.(*snapshot), nil //nolint:forcetypeassert // the function above returns nothing else
}

// all is the whole list in src, from the last reading where it is recent. It
// suits lists that are the only way to read what they carry.
func (c *Client) all(ctx context.Context, src *source) (map[string]json.RawMessage, error) {
	if c.cfg.DirectReads {
		return c.fresh(ctx, src)
	}
	s, _, writes := c.reads.recent(src)
	if s == nil {
		var err error
		if s, err = c.snapshot(ctx, src, writes, true); err != nil {
			return nil, err
		}
	}
	if s == nil { // somebody else who reads it at this time found it too long
		return c.fresh(ctx, src)
	}
	return s.objects, nil
}

// element is one object of the list in src, which is the only way to read it.
// Its absence is confirmed by reading the list anew.
func (c *Client) element(ctx context.Context, src *source, key string) (json.RawMessage, error) {
	for _, read := range []func(context.Context, *source) (map[string]json.RawMessage, error){c.all, c.fresh} {
		known, err := read(ctx, src)
		if err != nil {
			return nil, err
		}
		if object, ok := known[key]; ok {
			return object, nil
		}
	}
	return nil, notFound("GET /api" + src.path)
}

// fresh reads the whole list in src now.
func (c *Client) fresh(ctx context.Context, src *source) (map[string]json.RawMessage, error) {
	elements, err := c.list(ctx, src.listing)
	if err != nil {
		return nil, err
	}
	return src.indexAll(elements)
}

// getShared is a GET that callers at the same time share.
func (c *Client) getShared(ctx context.Context, r request) (json.RawMessage, error) {
	c.reads.mu.Lock()
	writes := c.reads.writes
	c.reads.mu.Unlock()
	r.method = http.MethodGet
	result, err, _ := c.flight.Do(flightKey("get", r.path+"?"+r.query.Encode(), writes), func() (any, error) {
		var object json.RawMessage
		err := c.do(ctx, r, &object)
		return object, err
	})
	if err != nil {
		return nil, err
	}
	return result.(json.RawMessage), nil //nolint:forcetypeassert // as above
}

func flightKey(kind, key string, writes uint64) string {
	return kind + " " + strconv.FormatUint(writes, 10) + " " + key
}
