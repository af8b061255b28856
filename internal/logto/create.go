// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Create makes an object and returns it as the API answers. When the answer is
// lost it looks for what may have been made and adopts it, so that nothing is
// left behind or made twice. An interrupt does not end a create that is under
// way. Only the parents of key count. With some errors comes the object: see
// [WasMade].
func (s *Collection[T, In]) Create(ctx context.Context, key Key, in In) (*T, error) {
	parents := key.Parents()
	started := time.Now()
	working, done := s.c.outlive(ctx)
	defer done()
	for attempt := 0; ; attempt++ {
		object, err := s.post(ctx, parents, in)
		if err == nil && s.c.claim(idOf(object)) {
			return s.created(working, object, parents)
		}
		// With an answer but no claim, a twin of this call lost its answer and
		// adopted this very object; this call's own is the other one.
		if err != nil && !isAmbiguous(err) {
			return nil, err
		}
		found, lerr := s.look(working, parents, in, started, attempt, err)
		switch {
		case lerr != nil:
			return nil, lerr
		case found != nil:
			return s.created(working, found, parents)
		case err == nil:
			return s.created(working, object, parents)
		case isTimeout(err):
			return nil, fmt.Errorf("%w\n\nNo answer came in time and the object was not found afterwards", err)
		case ctx.Err() != nil, isFinal(err), attempt >= s.c.cfg.MaxRetries, attempt > 0 && hasStatus(err, http.StatusInternalServerError):
			return nil, err
		}
	}
}

// post sends a create. Waits before it end with ctx; once it is sent it is not
// given up. The answer must have what was asked for, and something that it is
// known by.
func (s *Collection[T, In]) post(ctx context.Context, parents []string, in In) (json.RawMessage, error) {
	sent, err := fields(in)
	if err != nil {
		return nil, err
	}
	r := request{method: http.MethodPost, path: s.path(parents), body: in, once: true, is: map[string]string{}}
	r.has = append(slices.Clone(s.hasKeys()), s.list(parents).knownBy())
	keeps := s.keeps
	if keeps == nil {
		keeps = []string{"name"}
	}
	for _, key := range keeps {
		var text string
		if json.Unmarshal(sent[key], &text) == nil && text != "" {
			r.is[key] = text
		}
	}
	var object json.RawMessage
	if err := s.c.do(ctx, r, &object); err != nil {
		return nil, err
	}
	_, err = s.decode(r.method, object, parents)
	return object, err
}

// look looks for what a create may have made that failed with err, or, without an
// err, for what it made.
func (s *Collection[T, In]) look(ctx context.Context, parents []string, in In, started time.Time, attempt int, err error) (found json.RawMessage, lerr error) {
	looks := 1
	if isTimeout(err) {
		looks = 3 // the server may still be at it
	}
	for look := 0; look < looks && found == nil; look++ {
		if err != nil {
			lerr = s.c.pause(ctx, attempt+look)
		}
		if lerr == nil {
			found, lerr = s.lost(ctx, parents, in, started)
		}
		if lerr != nil && err != nil {
			lerr = fmt.Errorf("%w\n\nIt is not known whether the object exists, because looking for it failed as well: %w", err, lerr)
		}
		if lerr != nil {
			return nil, lerr
		}
	}
	return found, nil
}

// created is the object that a create made, in the form that Get gives it.
func (s *Collection[T, In]) created(ctx context.Context, object json.RawMessage, parents []string) (*T, error) {
	made, err := s.decode(http.MethodPost, object, parents)
	if err != nil || !s.reread {
		return made, err
	}
	return readNew(made, func() (*T, error) { return s.Get(ctx, append(slices.Clone(parents), idOf(object))) })
}

// unreadError is why an object that was made could not be read.
type unreadError struct{ error }

func (e unreadError) Error() string {
	return "it was created, and then could not be read: " + e.error.Error()
}

func (e unreadError) Unwrap() error { return e.error }

// CreatedButUnread reports whether an error of a Create comes with an object that was made,
// of which not all is known.
func CreatedButUnread(err error) bool {
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
		t, err := s.decode(http.MethodGet, o, parents)
		if err != nil {
			return nil, err
		}
		if s.same(in, t) && !madeBefore(o, since) && s.c.claim(idOf(o)) {
			return o, nil
		}
	}
	return nil, nil
}

// madeByPut looks whether a PUT that was to make an object has made it, although it
// failed with err: the object is read into out when it has what was sent. Otherwise
// the error stays.
func (c *Client) madeByPut(ctx context.Context, err error, get func(context.Context) (json.RawMessage, error), sent, out any) error {
	working, done := c.outlive(ctx)
	defer done()
	object, gerr := get(working)
	if gerr != nil {
		return err
	}
	wanted, ferr := fields(sent)
	if ferr != nil {
		return ferr
	}
	has := members(object)
	for key, value := range wanted {
		if !equalJSON(has[key], value) {
			return err
		}
	}
	if json.Unmarshal(object, out) != nil {
		return err
	}
	return nil
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

// rename carries out r, which gives the object under key the name name. When the
// answer is lost it looks for that name, because a second rename would not find
// the old one.
func (s *Collection[T, In]) rename(ctx context.Context, key Key, name string, r request) (*T, error) {
	renamed := append(slices.Clone(key.Parents()), name)
	r.once, r.is, r.has = true, s.one(r.method, renamed).is, s.hasKeys()
	working, done := s.c.outlive(ctx)
	defer done()
	for attempt := 0; ; attempt++ {
		var object json.RawMessage
		err := s.c.do(ctx, r, &object)
		if err == nil {
			return s.decode(r.method, object, key.Parents())
		}
		if !isAmbiguous(err) {
			return nil, err
		}
		if perr := s.c.pause(working, attempt); perr != nil {
			return nil, errors.Join(err, perr)
		}
		if got, gerr := s.Get(working, renamed); !IsNotFound(gerr) {
			return got, gerr
		}
		if ctx.Err() != nil || isFinal(err) || attempt >= s.c.cfg.MaxRetries {
			return nil, err
		}
	}
}
