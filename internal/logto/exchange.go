// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// What is read of an answer at most, in bytes after decompression.
const (
	maxList   = 64 << 20 // all pages together
	maxObject = 16 << 20
	maxToken  = 1 << 20 // of the token endpoint
	maxHeader = 1 << 20
	// smallAnswer is read at once. For larger ones operations take turns: see [operation].
	smallAnswer = 1 << 20
)

// patienceWithServer is the longest wait that a server can ask for.
const patienceWithServer = time.Minute

// exchange is a call over HTTP with all its tries: the one way out to the
// network. It is a retryablehttp policy and, for one try, an http.RoundTripper.
type exchange struct {
	client *Client
	method string
	url    string
	name   string // the path, for logs and errors
	header http.Header
	body   []byte
	most   int // bytes of an answer
	// once marks a call that must not be repeated when it may have been carried out.
	once bool
	// token marks a call of the token endpoint, which changes nothing, and first
	// one before there ever was a token, when most likely the endpoint is wrong.
	token, first bool

	tries, timeouts int
	waited, wait    time.Duration
	asked           time.Duration // a wait that the server asked for and that is too long
	inDoubt         bool          // whether the last try may have been carried out
	last            string        // what the last try came to
}

func (c *Client) newExchange(method, url string) *exchange {
	return &exchange{client: c, method: method, url: url, header: http.Header{}, most: maxObject}
}

// do carries out the call. Its errors are *[Error] for an answer outside 2xx,
// *[AnswerError] for one that is too large, and *transportError.
func (x *exchange) do(ctx context.Context) (*answer, error) {
	x.tries, x.timeouts, x.waited, x.asked = 0, 0, 0, 0
	c := x.client
	retrier := &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: x, CheckRedirect: noRedirect},
		RetryMax:     c.cfg.MaxRetries,
		RetryWaitMin: c.cfg.RetryWaitMin,
		RetryWaitMax: c.cfg.RetryWaitMax,
		CheckRetry:   x.again,
		Backoff: func(low, high time.Duration, n int, res *http.Response) time.Duration {
			wait := x.backoff(low, high, n, res)
			x.logWait(ctx, wait, x.last)
			return wait
		},
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	var content any
	if x.body != nil {
		content = x.body
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, x.method, x.url, content)
	if err != nil {
		return nil, &transportError{op: x.operation(), err: err}
	}
	req.Header = x.header
	res, err := retrier.Do(req) //nolint:bodyclose // the transport has read and closed it
	if err != nil {
		if wrong, ok := errors.AsType[*AnswerError](err); ok {
			return nil, wrong
		}
		return nil, &transportError{op: x.operation(), err: x.interrupted(ctx, err), sent: x.inDoubt, tries: x.tries, waited: x.waited}
	}
	data, release := held(res)
	if res.StatusCode/100 != 2 {
		release()
		return nil, x.refused(res, data)
	}
	return &answer{exchange: x, header: res.Header, status: res.StatusCode, body: data, release: release}, nil
}

// operation is the call for people.
func (x *exchange) operation() string { return x.method + " " + x.name }

// noRedirect shows a redirect as the answer that it is: the API has none, so
// the endpoint is wrong, and nothing must travel to another place.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// RoundTrip sends one try: it waits for the budget, bounds the time, reads the
// whole answer so that one cut off counts as lost, and keeps the clock. What
// must be made once is not given up once it is sent.
func (x *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	c := x.client
	waiting := req.Context()
	x.inDoubt = false
	if err := c.budget.wait(waiting, func(d time.Duration) { x.logWait(waiting, d, "the request budget is spent") }); err != nil {
		return nil, err
	}
	ctx := waiting
	if x.once {
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := time.AfterFunc(c.cfg.Timeout, func() { cancel(context.DeadlineExceeded) })
	defer clock.Stop()
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", c.cfg.UserAgent)
	start := time.Now()
	x.tries++
	x.inDoubt = true
	res, err := c.wire.RoundTrip(req)
	if err == nil {
		err = x.read(ctx, res, clock)
	}
	if err != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded) && !isTimeout(err) {
		err = errors.Join(context.DeadlineExceeded, err)
	}
	x.inDoubt = err != nil && !neverSent(err)
	if c.cfg.Log != nil {
		e := RequestLog{Method: req.Method, Path: req.URL.Path, Duration: time.Since(start), Err: err}
		if res != nil {
			e.Status = res.StatusCode
		}
		c.cfg.Log(waiting, e)
	}
	if err != nil {
		return nil, err
	}
	if res.StatusCode == http.StatusTooManyRequests {
		c.budget.limit()
	}
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		c.skew.Store(int64(time.Until(date)))
	}
	return res, nil
}

// read puts a body in memory. What is too large ends the call.
func (x *exchange) read(ctx context.Context, res *http.Response, clock *time.Timer) error {
	defer res.Body.Close()
	body := &heldBody{}
	var err error
	if body.data, err = io.ReadAll(io.LimitReader(res.Body, smallAnswer)); err != nil {
		return err
	}
	// Of an answer that says that something failed the rest is left out.
	if len(body.data) == smallAnswer && res.StatusCode/100 == 2 {
		if o := operationOf(ctx); o != nil { // the wait is not the server's time
			clock.Stop()
			if err := o.begin(ctx, x.client); err != nil {
				return err
			}
			clock.Reset(x.client.cfg.Timeout)
			body.reading = o.reading
		}
		body.data, err = readUpTo(res.Body, body.data, x.most)
		if err == nil && len(body.data) > x.most {
			err = x.wrong(res.StatusCode, "more than "+strconv.Itoa(x.most>>20)+" MB, which is more than the provider reads")
		}
		if err != nil {
			body.data = nil
			return errors.Join(err, body.Close())
		}
	}
	body.Reader = bytes.NewReader(body.data)
	res.Body = body
	return nil
}

// readUpTo reads more behind data, until it is longer than most.
func readUpTo(from io.Reader, data []byte, most int) ([]byte, error) {
	for len(data) <= most {
		if len(data) == cap(data) { // grows to the limit and not beyond
			grown := make([]byte, len(data), min(max(len(data)*3/2, smallAnswer), most+1))
			copy(grown, data)
			data = grown
		}
		n, err := from.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// heldBody is a body in memory. A large one keeps others of its operation waiting
// until it is closed.
type heldBody struct {
	*bytes.Reader
	data    []byte
	reading chan struct{}
}

// Close implements io.Closer.
func (b *heldBody) Close() error {
	if b.reading != nil {
		<-b.reading
		b.reading = nil
	}
	return nil
}

// held is the body of an answer, and what lets others of its operation go on.
func held(res *http.Response) (data []byte, release func()) {
	body, ok := res.Body.(*heldBody)
	if !ok { // an answer without a body
		return nil, func() {}
	}
	return body.data, func() { _ = body.Close() }
}
