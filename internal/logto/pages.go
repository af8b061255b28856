// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"golang.org/x/sync/errgroup"
)

// pageSize is the most that the API gives in one page.
const pageSize = 100

// pagesAtOnce bounds the pages of one list that are read side by side.
const pagesAtOnce = 4

// listing is a list endpoint. paged is for endpoints that give 20 objects when
// they are asked for no page; the others give everything at once.
type listing struct {
	path  string
	query url.Values
	paged bool
}

func (l listing) key() string { return l.path + "?" + l.query.Encode() }

// list reads a list to its end. Objects that two pages share, because the
// server keeps no order while others write, come once.
func (c *Client) list(ctx context.Context, l listing) ([]json.RawMessage, error) {
	if !l.paged {
		var all []json.RawMessage
		err := c.do(ctx, request{method: http.MethodGet, path: l.path, query: l.query}, &all)
		return all, err
	}
	first, total, err := c.page(ctx, l, 1)
	if err != nil {
		return nil, err
	}
	return c.rest(ctx, l, first, total)
}

// rest reads the pages after the first. When they hold fewer objects than the
// server counted, a write moved some between pages: then it reads once more.
func (c *Client) rest(ctx context.Context, l listing, first []json.RawMessage, total int) ([]json.RawMessage, error) {
	all := unique(first)
	for again := 0; again < 2 && len(all) < total; again++ {
		pages := make([][]json.RawMessage, (total+pageSize-1)/pageSize)
		group, gctx := errgroup.WithContext(ctx)
		group.SetLimit(pagesAtOnce)
		for n := range pages {
			if n == 0 && again == 0 {
				pages[0] = first
				continue
			}
			group.Go(func() (err error) {
				pages[n], _, err = c.page(gctx, l, n+1)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		for _, p := range pages {
			all = append(all, p...)
		}
		all = unique(all)
	}
	return all, nil
}

// page reads one page, counted from 1, and how many objects there are in all.
func (c *Client) page(ctx context.Context, l listing, n int) ([]json.RawMessage, int, error) {
	query := maps.Clone(l.query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(n))
	query.Set("page_size", strconv.Itoa(pageSize))
	res, err := c.send(ctx, request{method: http.MethodGet, path: l.path, query: query})
	if err != nil {
		return nil, 0, err
	}
	var objects []json.RawMessage
	if err := json.Unmarshal(res.body, &objects); err != nil {
		return nil, 0, fmt.Errorf("GET %s answered no list: %w", l.path, err)
	}
	total, err := strconv.Atoi(res.header.Get("Total-Number"))
	if err != nil {
		total = len(objects) // an endpoint that does not page after all
	}
	return objects, total, nil
}

func unique(objects []json.RawMessage) []json.RawMessage {
	seen := make(map[string]bool, len(objects))
	kept := objects[:0:0]
	for _, o := range objects {
		id := idOf(o)
		if id == "" {
			id = string(o)
		}
		if !seen[id] {
			seen[id] = true
			kept = append(kept, o)
		}
	}
	return kept
}

// idOf is the id of an object, or "" when it has none.
func idOf(object json.RawMessage) string {
	var o struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(object, &o) // an object without a readable id has none
	return o.ID
}
