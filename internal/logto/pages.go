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
	"strconv"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

const (
	// pageSize is the most that the API gives in one page.
	pageSize = 100
	// pagesAtOnce bounds the pages of one list that are read side by side.
	pagesAtOnce = 4
	// maxElements bounds a list; maxTotal is what no tenant can have.
	maxElements, maxTotal = 100_000, 100_000_000
	// readings of a paged list are made before the server is said to count wrong:
	// what others write between two pages moves objects and changes the count.
	readings = 3
)

// listing is a list endpoint. paged is for endpoints that give 20 objects when
// they are asked for no page; the others give everything at once.
type listing struct {
	path  string
	query url.Values
	paged bool
	// known is the key that an element is known by; "id" unless said.
	known string
}

func (l listing) key() string { return l.path + "?" + l.query.Encode() }

func (l listing) knownBy() string {
	if l.known == "" {
		return "id"
	}
	return l.known
}

// list reads a list to its end. Objects that two pages share, because the
// server keeps no order while others write, come once.
func (c *Client) list(ctx context.Context, l listing) ([]json.RawMessage, error) {
	ctx, end := Operation(ctx)
	defer end()
	if !l.paged {
		p, err := c.elements(ctx, l, l.query)
		return p.objects, err
	}
	first, err := c.page(ctx, l, 1)
	if err != nil {
		return nil, err
	}
	all, err := c.rest(ctx, l, first)
	if errors.Is(err, errTooLong) {
		err = fmt.Errorf("GET %s: %w", c.at("/api"+l.path, nil), err)
	}
	return all, err
}

// listOf is the list of objects T.
func listOf[T any](ctx context.Context, c *Client, l listing) ([]T, error) {
	objects, err := c.list(ctx, l)
	if err != nil {
		return nil, err
	}
	all := make([]T, len(objects))
	for i, o := range objects {
		if _, err := readAs(c, l.path, o, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// page is one page of a list. total is how many objects the server counts in
// all, or -1 when it does not say.
type page struct {
	objects []json.RawMessage
	total   int
	bytes   int // of the answer
}

// full reports whether there may be another page behind this one.
func (p page) full() bool { return len(p.objects) == pageSize }

// page reads one page, counted from 1.
func (c *Client) page(ctx context.Context, l listing, n int) (page, error) {
	query := maps.Clone(l.query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(n))
	query.Set("page_size", strconv.Itoa(pageSize))
	return c.elements(ctx, l, query)
}

// elements reads a list, or a page of it, whose elements must be objects that
// are known by something.
func (c *Client) elements(ctx context.Context, l listing, query url.Values) (page, error) {
	p := page{total: -1}
	ctx, end := Operation(ctx)
	defer end()
	a, err := c.send(ctx, request{method: http.MethodGet, path: l.path, query: query, list: true})
	if err != nil {
		return p, err
	}
	defer a.release()
	if err := a.decode(request{}, &p.objects); err != nil {
		return p, err
	}
	if len(p.objects) > maxElements {
		return p, fmt.Errorf("GET %s: %w", c.at("/api"+l.path, nil), errTooLong)
	}
	for i, o := range p.objects {
		if _, ok := knownAs(o, l.knownBy()); !ok {
			return p, a.wrong("a list whose element %d is no object with %q", i+1, l.knownBy())
		}
	}
	c.served.Store(true)
	p.bytes = len(a.body)
	if err := operationOf(ctx).hold(ctx, c, p.bytes); err != nil {
		return p, fmt.Errorf("GET %s: %w", c.at("/api"+l.path, nil), err)
	}
	if said := a.header.Get("Total-Number"); said != "" {
		if p.total, err = strconv.Atoi(said); err != nil || p.total < 0 || p.total > maxTotal {
			return p, a.wrong("a Total-Number of %s, which no list has", printable(said, 30))
		}
	}
	return p, nil
}

// errTooLong ends the reading of a list that does not fit into memory.
var errTooLong = fmt.Errorf("the list has more than %d objects or %d MB, which is more than the provider reads. Use filters", maxElements, maxList>>20)

// rest reads the pages after the first. Where they have more or fewer objects
// than the server counts, others may have written in between, so the list is
// read again. When reading after reading comes to the same, the count is wrong,
// and so may the list be.
func (c *Client) rest(ctx context.Context, l listing, first page) ([]json.RawMessage, error) {
	all := newUnion(l.knownBy())
	counted := first.total
	for again := range readings {
		if again > 0 {
			var err error
			if first, err = c.page(ctx, l, 1); err != nil {
				return nil, err
			}
		}
		read, err := c.reading(ctx, l, first)
		if err != nil {
			return nil, err
		}
		if first.total < 0 || len(read.objects) == first.total {
			return read.objects, nil
		}
		if err := all.add(read.objects); err != nil || len(all.objects) == first.total {
			return all.objects, err
		}
		if first.total != counted { // others write all the time, which explains the difference
			counted = -1
		}
	}
	if counted < 0 {
		return all.objects, nil
	}
	return nil, &AnswerError{Method: http.MethodGet, URL: c.at("/api"+l.path, nil), Status: http.StatusOK,
		Problem: fmt.Sprintf("a Total-Number of %d, time after time, while the pages have %d objects", counted, len(all.objects))}
}

// reading is what the pages of a list have, the first of which was read: page
// after page, some side by side, until one has room for more.
func (c *Client) reading(ctx context.Context, l listing, first page) (*union, error) {
	read := newUnion(l.knownBy())
	if first.total > maxElements {
		return nil, errTooLong
	}
	if err := read.add(first.objects); err != nil {
		return nil, err
	}
	last := (max(first.total, 0) + pageSize - 1) / pageSize
	for n, more := 2, first.full(); more; {
		// A last page that is full is known to be the last by the next one.
		batch := make([]page, min(pagesAtOnce, max(1, last-n+1)))
		var bytes atomic.Int64
		bytes.Add(int64(read.bytes))
		group, gctx := errgroup.WithContext(ctx)
		for i := range batch {
			group.Go(func() error {
				p, err := c.page(gctx, l, n+i)
				if err == nil && bytes.Add(int64(p.bytes)) > maxList {
					return errTooLong // at once, and not when all of them are here
				}
				batch[i] = p
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		known := len(read.objects)
		for _, p := range batch {
			more = more && p.full()
			if err := read.add(p.objects); err != nil {
				return nil, err
			}
		}
		n += len(batch)
		// Neither do pages that repeat themselves have an end, nor does a list that
		// is much longer than it was counted.
		more = more && len(read.objects) > known && (first.total < 0 || n <= last+pagesAtOnce)
	}
	return read, nil
}

// union is the objects of several pages, each once.
type union struct {
	known   string
	keys    map[string]bool
	objects []json.RawMessage
	bytes   int
}

func newUnion(known string) *union { return &union{known: known, keys: map[string]bool{}} }

func (u *union) add(objects []json.RawMessage) error {
	for _, o := range objects {
		key, _ := knownAs(o, u.known)
		if u.keys[key] {
			continue
		}
		u.keys[key] = true
		u.objects = append(u.objects, o)
		u.bytes += len(o)
	}
	if u.bytes > maxList || len(u.objects) > maxElements {
		return errTooLong
	}
	return nil
}

// knownAs is what an object has under the key that it is known by, which is a
// text that is not empty.
func knownAs(object json.RawMessage, key string) (string, bool) {
	if !bytes.HasPrefix(object, []byte("{")) {
		return "", false
	}
	if key == "id" {
		id := idOf(object)
		return id, id != ""
	}
	var o map[string]json.RawMessage
	var v string
	ok := json.Unmarshal(object, &o) == nil && json.Unmarshal(o[key], &v) == nil && v != ""
	return v, ok
}

// idOf is the id of an object, or "" when it has none.
func idOf(object json.RawMessage) string {
	var o struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(object, &o) // an object without a readable id has none
	return o.ID
}
