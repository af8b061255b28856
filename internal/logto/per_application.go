// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"

	"golang.org/x/sync/errgroup"
)

// ofApplications is what get says of each application that query chooses, one
// after another in the order of their list: there is no list of what is set for
// applications. Where get finds nothing, an application has nothing.
func ofApplications[T any](ctx context.Context, c *Client, query url.Values, get func(ctx context.Context, key Key) ([]T, error)) ([]T, error) {
	applications, err := c.list(ctx, listing{path: path("applications"), query: query})
	if err != nil {
		return nil, err
	}
	found := make([][]T, len(applications))
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(pagesAtOnce)
	for i, a := range applications {
		group.Go(func() error {
			of, err := get(gctx, Key{idOf(a)})
			if IsNotFound(err) {
				return nil
			}
			found[i] = of
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}

// unlessBlank is the object alone, or nothing when its input says nothing.
func unlessBlank[T any](object *T, in any) ([]T, error) {
	b, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil || isBlank(v) {
		return nil, err
	}
	return []T{*object}, nil
}

// isBlank reports whether JSON holds nothing but what stands for nothing.
func isBlank(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !isBlank(inner) {
				return false
			}
		}
		return true
	}
	return v == nil || v == ""
}
