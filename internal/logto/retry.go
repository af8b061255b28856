// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"
)

// again is true after 429, and after 502, 503, 504, a lost connection and, once,
// after no answer in time, unless the call must be made only once and may have
// been carried out. The token endpoint is asked again after 500 as well. It
// implements retryablehttp.CheckRetry.
func (x *exchange) again(ctx context.Context, res *http.Response, err error) (bool, error) {
	if err != nil {
		x.last = "it got no answer: " + plainly(err)
		if isTimeout(err) {
			x.timeouts++
		}
		switch {
		case ctx.Err() != nil, x.once && !neverSent(err), isLasting(err), x.timeouts > 1, x.first && neverSent(err):
			return false, nil //nolint:nilerr // the client gives the error itself to its caller
		}
		return true, nil
	}
	x.last = fmt.Sprintf("it was answered with HTTP %d", res.StatusCode)
	switch res.StatusCode {
	case http.StatusTooManyRequests:
	case http.StatusInternalServerError:
		if !x.token {
			return false, nil
		}
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if x.once {
			return false, nil
		}
	default:
		return false, nil
	}
	if asked, said := x.client.retryAfter(res.Header); said && asked > patienceWithServer {
		x.asked = asked
		return false, nil
	}
	return ctx.Err() == nil, nil
}

// isLasting reports whether another try gets the same error for sure.
func isLasting(err error) bool {
	if _, ok := errors.AsType[*AnswerError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if errors.Is(err, http.ErrSchemeMismatch) || strings.Contains(err.Error(), malformedTLS) || strings.Contains(err.Error(), largeHeader) {
		return true
	}
	// It knows the errors of net/http that have no type, such as one of a bad proxy URL.
	again, _ := retryablehttp.DefaultRetryPolicy(context.Background(), nil, err)
	return !again
}

// retryAfter is the wait that a server asks for in seconds or by a time of its
// own clock, and whether it asks for one.
func (c *Client) retryAfter(h http.Header) (time.Duration, bool) {
	said := strings.TrimSpace(h.Get("Retry-After"))
	if at, err := http.ParseTime(said); err == nil {
		return min(max(0, at.Sub(c.Now())), longestAsked), true
	}
	if said == "" || strings.Trim(said, "0123456789") != "" {
		return 0, false
	}
	seconds, err := strconv.ParseInt(said, 10, 32)
	if err != nil { // more than any number of seconds
		return longestAsked, true
	}
	return time.Duration(seconds) * time.Second, true
}

// longestAsked is the longest wait that is told, for those that are absurd.
const longestAsked = (1<<31 - 1) * time.Second

// backoff honours Retry-After, otherwise doubles from low to high; either way
// with jitter, so that parallel calls do not return together. It implements
// retryablehttp.Backoff.
func (x *exchange) backoff(low, high time.Duration, attempt int, res *http.Response) time.Duration {
	wait := pauseBefore(low, high, attempt)
	if res != nil {
		if asked, said := x.client.retryAfter(res.Header); said {
			wait = asked + rand.N(low+1)
		}
	}
	x.wait = wait
	x.waited += wait
	return wait
}

func pauseBefore(low, high time.Duration, attempt int) time.Duration {
	wait := retryablehttp.DefaultBackoff(low, high, attempt, nil)
	return wait/2 + rand.N(wait/2+1)
}

func (x *exchange) logWait(ctx context.Context, d time.Duration, why string) {
	if x.client.cfg.LogWait != nil {
		x.client.cfg.LogWait(ctx, Wait{Method: x.method, Path: x.name, For: d, Why: why})
	}
}

// interrupted says of an error what the call was waiting for when a person ended it.
func (x *exchange) interrupted(ctx context.Context, err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // the operation says which call it was
	}
	if ctx.Err() == nil {
		return err
	}
	if x.wait > 0 && !x.inDoubt {
		return fmt.Errorf("interrupted during a wait of %s before another try, because %s: %w", x.wait.Round(time.Second), x.last, ctx.Err())
	}
	return fmt.Errorf("interrupted: %w", ctx.Err())
}

// pause waits before attempt number n (from 0) of something that failed.
func (c *Client) pause(ctx context.Context, n int) error {
	return sleep(ctx, pauseBefore(c.cfg.RetryWaitMin, c.cfg.RetryWaitMax, n))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// afterInterrupt is how long, besides the time for one request, a call that was
// sent is looked after when a person ended the run.
const afterInterrupt = 30 * time.Second

// outlive is a context that ends a while after ctx does, for what was sent and
// must be known of although nobody waits any more.
func (c *Client) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(c.cfg.Timeout+afterInterrupt, cancel) })
	return working, func() {
		stop()
		cancel()
	}
}

// CloudRequestsPerSecond is the request budget for Logto Cloud, which allows a
// tenant 200 requests in 10 seconds, sign-ins included: half of it.
const CloudRequestsPerSecond = 10

// budget is the shared token bucket; without a limiter everything passes.
type budget struct {
	mu      sync.Mutex
	limiter *rate.Limiter
}

// newBudget is the budget of requests to base. Behind a custom domain the resource
// indicator tells a Cloud tenant.
func newBudget(perSecond float64, base *url.URL, resource string) *budget {
	b := &budget{}
	_, cloud := cloudTenant(base)
	if indicator, err := url.Parse(resource); err == nil && resource != selfHosted {
		_, behind := cloudTenant(indicator)
		cloud = cloud || behind
	}
	switch {
	case perSecond > 0:
		b.limiter = rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond)))
	case cloud:
		b.limit()
	}
	return b
}

// limit starts the default budget, unless there is one.
func (b *budget) limit() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.limiter == nil {
		b.limiter = rate.NewLimiter(CloudRequestsPerSecond, CloudRequestsPerSecond)
	}
}

// wait waits for a place in the budget, and tells of a wait that people notice.
func (b *budget) wait(ctx context.Context, tell func(time.Duration)) error {
	b.mu.Lock()
	limiter := b.limiter
	b.mu.Unlock()
	if limiter == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	place := limiter.Reserve()
	wait := place.Delay()
	if wait == 0 {
		return nil
	}
	const noticed = 2 * time.Second
	if wait > noticed {
		tell(wait)
	}
	err := sleep(ctx, wait)
	if err != nil {
		place.Cancel()
	}
	return err
}
