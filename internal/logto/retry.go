// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"
)

// onceKey marks the context of a call that must not be repeated when it may
// have been carried out.
type onceKey struct{}

func (c *Client) newRetrier(wire http.RoundTripper) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: wire, CheckRedirect: noRedirect},
		RetryMax:     c.cfg.MaxRetries,
		RetryWaitMin: c.cfg.RetryWaitMin,
		RetryWaitMax: c.cfg.RetryWaitMax,
		CheckRetry:   shouldRetry,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// noRedirect shows a redirect as the answer that it is: the API has none, so
// the endpoint is wrong, and the token must not travel to another host.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// shouldRetry is true after 429, and after 502, 503, 504 and a lost connection
// unless the call must be made only once and may have been carried out.
func shouldRetry(ctx context.Context, res *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	once, _ := ctx.Value(onceKey{}).(bool)
	if err != nil {
		if once && !neverSent(err) {
			return false, nil
		}
		// Asks whether the error is one that can pass, such as a lost connection.
		again, _ := retryablehttp.DefaultRetryPolicy(ctx, nil, err)
		return again, nil
	}
	switch res.StatusCode {
	case http.StatusTooManyRequests:
		return true, nil
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return !once, nil
	}
	return false, nil
}

// backoff honours Retry-After, otherwise doubles from low to high; either way
// with jitter, so that parallel calls do not return together.
func backoff(low, high time.Duration, attempt int, res *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(low, high, attempt, res)
	if res != nil && res.Header.Get("Retry-After") != "" {
		return wait + rand.N(low+1)
	}
	return wait/2 + rand.N(wait/2+1)
}

// pause waits before attempt number n (from 0) of something that failed.
func (c *Client) pause(ctx context.Context, n int) error {
	timer := time.NewTimer(backoff(c.cfg.RetryWaitMin, c.cfg.RetryWaitMax, n, nil))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
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

func (b *budget) wait(ctx context.Context) error {
	b.mu.Lock()
	limiter := b.limiter
	b.mu.Unlock()
	if limiter == nil {
		return nil
	}
	return limiter.Wait(ctx)
}
