// SPDX-License-Identifier: MPL-2.0

// Package logto is a client for the Logto Management API. It knows HTTP and
// JSON and nothing of Terraform.
//
// A [Client] fetches one access token and renews it, retries what may be
// retried, keeps a shared request budget, and serves repeated reads from lists.
// Each API group has a file of its own with its types and calls.
package logto

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/sync/singleflight"
)

// Config says how to reach a Logto tenant. Endpoint, AppID and AppSecret are
// required; the zero value of every other field means its default.
type Config struct {
	// Endpoint is the tenant's URL, with a base path where Logto is served under one.
	Endpoint string
	// AppID and AppSecret are the credentials of a machine-to-machine application
	// that has a role with access to the Management API.
	AppID, AppSecret string
	// Resource is the Management API's resource indicator; [DefaultResource] otherwise.
	Resource string
	// CACertificates are PEM certificates trusted besides the system's.
	CACertificates []byte
	// Timeout bounds one request, its answer included; 30 seconds otherwise.
	Timeout time.Duration
	// MaxRetries is how often a request is sent again; 0 never.
	MaxRetries int
	// RetryWaitMin and RetryWaitMax bound the wait before a retry without
	// Retry-After; 500 milliseconds and 30 seconds otherwise.
	RetryWaitMin, RetryWaitMax time.Duration
	// RequestsPerSecond is the request budget. 0 chooses: [CloudRequestsPerSecond]
	// for Logto Cloud and for any server after its first 429, none otherwise.
	RequestsPerSecond float64
	// DirectReads reads every object by itself, never from a list.
	DirectReads bool
	// UserAgent is sent with every request.
	UserAgent string
	// Log, if not nil, is told of every exchange. It never sees bodies or credentials.
	Log func(context.Context, Exchange)
}

// Exchange is a request and how it was answered, for logs.
type Exchange struct {
	Method, Path string
	Status       int // 0 when there was no answer
	Duration     time.Duration
	Err          error
}

// Client talks to one Logto tenant. It is safe for concurrent use.
type Client struct {
	cfg    Config
	base   *url.URL // without trailing slash
	retry  *retryablehttp.Client
	tokens *tokenSource
	budget *budget

	locks  keyedLocks
	flight singleflight.Group
	reads  readState
	claims sync.Map     // ids of objects that this client created or adopted
	skew   atomic.Int64 // the server's clock less ours, nanoseconds

	roleTypes sync.Map // types of organization roles by their ids

	broken   atomic.Pointer[ConfigError]
	reported atomic.Bool
}

const maxConnections = 10

// DefaultTimeout bounds one request when the configuration says nothing.
const DefaultTimeout = 30 * time.Second

// DefaultResource is the Management API's resource indicator of the tenant at
// endpoint: that of the Cloud tenant, which keeps its logto.app name, or the
// one that every self-hosted Logto has.
func DefaultResource(endpoint *url.URL) string {
	if tenant, ok := cloudTenant(endpoint); ok {
		return "https://" + tenant + ".logto.app/api"
	}
	return selfHosted
}

// selfHosted is the resource indicator of every self-hosted Logto.
const selfHosted = "https://default.logto.app/api"

func cloudTenant(endpoint *url.URL) (string, bool) {
	host := strings.ToLower(endpoint.Hostname())
	if !strings.HasSuffix(host, ".logto.app") {
		return "", false
	}
	tenant, _, _ := strings.Cut(host, ".")
	return tenant, true
}

// New returns a client. It makes no network call; its errors are *[ConfigError].
func New(cfg Config) (*Client, error) {
	base, err := parseEndpoint(cfg.Endpoint)
	if err != nil {
		return nil, err
	}
	if cfg.Resource == "" {
		cfg.Resource = DefaultResource(base)
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.RetryWaitMin == 0 {
		cfg.RetryWaitMin = 500 * time.Millisecond
	}
	if cfg.RetryWaitMax == 0 {
		cfg.RetryWaitMax = 30 * time.Second
	}
	transport := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // documented type
	// As many connections as Terraform runs operations by default, each kept for
	// the next; more would only wait for each other in the server.
	transport.MaxConnsPerHost, transport.MaxIdleConnsPerHost = maxConnections, maxConnections
	if len(cfg.CACertificates) > 0 {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(cfg.CACertificates) {
			return nil, &ConfigError{Attribute: "ca_certificate", Problem: "holds no PEM certificate",
				Advice: "Give one or more certificates in PEM form, for example file(\"ca.pem\")."}
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	c := &Client{cfg: cfg, base: base}
	c.budget = newBudget(cfg.RequestsPerSecond, base, cfg.Resource)
	wire := &wire{client: c, next: transport}
	c.retry = c.newRetrier(wire)
	c.tokens = newTokenSource(c, wire)
	return c, nil
}

func parseEndpoint(endpoint string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(endpoint))
	problem := ""
	switch {
	case err != nil:
		problem = "is not a URL: " + err.Error()
	case base.Scheme != "http" && base.Scheme != "https":
		problem = "has no http or https scheme"
	case base.Host == "":
		problem = "has no host"
	case base.RawQuery != "" || base.Fragment != "" || base.User != nil:
		problem = "has a query, a fragment or credentials"
	}
	if problem != "" {
		return nil, &ConfigError{Attribute: "endpoint", Problem: problem,
			Advice: "Give the tenant's URL, for example https://my-tenant.logto.app or https://auth.example.com, without /api."}
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = ""
	return base, nil
}

// Endpoint is the tenant's URL without a trailing slash.
func (c *Client) Endpoint() string { return c.base.String() }

// Resource is the Management API's resource indicator in use.
func (c *Client) Resource() string { return c.cfg.Resource }

// Connect makes sure that there is an access token that may call the
// Management API: POST /oidc/token, once. Its errors are *[ConfigError] when
// the configuration is at fault.
func (c *Client) Connect(ctx context.Context) error {
	_, err := c.tokens.get(ctx)
	return err
}

// request is one API call. path is relative to /api and already escaped.
type request struct {
	method string
	path   string
	query  url.Values
	body   any
	// once marks a call that must not be repeated when it may have been carried out.
	once bool
	// text keeps an answer that is not JSON.
	text bool
}

// response is a successful answer. body is empty unless it is JSON or text was asked for.
type response struct {
	header http.Header
	status int
	body   []byte
}

// path joins segments into an escaped API path.
func path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// do carries out a call and decodes a JSON answer into out, if out is not nil.
// Its errors are *[Error], *[ConfigError], or a transport's.
func (c *Client) do(ctx context.Context, r request, out any) error {
	res, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	if out == nil || len(res.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(res.body, out); err != nil {
		return fmt.Errorf("%s %s answered what this provider cannot read: %w", r.method, r.path, err)
	}
	return nil
}

func (c *Client) send(ctx context.Context, r request) (*response, error) {
	if problem := c.broken.Load(); problem != nil {
		return nil, problem
	}
	var body []byte
	if r.body != nil {
		var err error
		if body, err = json.Marshal(r.body); err != nil {
			return nil, err
		}
	}
	if r.method != http.MethodGet {
		// Lists read before or during a write are not used after it.
		c.reads.forget()
		defer c.reads.forget()
	}
	for fresh := false; ; fresh = true {
		token, err := c.tokens.get(ctx)
		if err != nil {
			return nil, err
		}
		res, err := c.attempt(ctx, r, body, token)
		var refused *Error
		if errors.As(err, &refused) && refused.Status == http.StatusUnauthorized && !fresh {
			c.tokens.drop(token)
			continue
		}
		if refused != nil {
			if problem := c.refusedAll(refused); problem != nil {
				return nil, problem
			}
		}
		return res, err
	}
}

// attempt sends a call with its retries and reads the answer.
func (c *Client) attempt(ctx context.Context, r request, body []byte, token string) (*response, error) {
	u := *c.base
	full := c.base.EscapedPath() + "/api" + r.path
	unescaped, err := url.PathUnescape(full)
	if err != nil {
		return nil, err
	}
	u.Path, u.RawPath, u.RawQuery = unescaped, full, r.query.Encode()
	if r.once {
		ctx = context.WithValue(ctx, onceKey{}, true)
	}
	var content any
	if body != nil {
		content = body
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, r.method, u.String(), content)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept-Language", "en")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.retry.Do(req)
	if err != nil {
		return nil, &transportError{op: r.method + " " + r.path, err: err}
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, &transportError{op: r.method + " " + r.path, err: err}
	}
	if res.StatusCode/100 != 2 {
		return nil, newError(r, len(body), res, data)
	}
	if !isJSON(res.Header) && !r.text {
		data = nil // bodiless success is the text "Created" or "OK"
	}
	return &response{header: res.Header, status: res.StatusCode, body: data}, nil
}

// wire sends one attempt: it waits for the budget, bounds the time, reads the
// whole answer so that one cut off counts as lost, and keeps the clock.
type wire struct {
	client *Client
	next   http.RoundTripper
}

func (w *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	c := w.client
	if err := c.budget.wait(req.Context()); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), c.cfg.Timeout)
	defer cancel()
	req = req.Clone(ctx)
	if c.cfg.UserAgent != "" {
		req.Header.Set("User-Agent", c.cfg.UserAgent)
	}
	start := time.Now()
	res, err := w.next.RoundTrip(req)
	if err == nil {
		var data []byte
		data, err = io.ReadAll(res.Body)
		res.Body.Close()
		res.Body = io.NopCloser(bytes.NewReader(data))
	}
	if c.cfg.Log != nil {
		e := Exchange{Method: req.Method, Path: req.URL.Path, Duration: time.Since(start), Err: err}
		if res != nil {
			e.Status = res.StatusCode
		}
		c.cfg.Log(req.Context(), e)
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

// serverTime is what the server's clock says at our time t, to the second or so,
// by the Date of its answers.
func (c *Client) serverTime(t time.Time) time.Time { return t.Add(time.Duration(c.skew.Load())) }

// Now is the server's time, to the second or so.
func (c *Client) Now() time.Time { return c.serverTime(time.Now()) }
