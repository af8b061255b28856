// SPDX-License-Identifier: MPL-2.0

// Package logto is a client for the Logto Management API. It knows HTTP and
// JSON and nothing of Terraform.
//
// A [Client] fetches one access token and renews it, retries what may be
// retried, keeps a shared request budget, and serves repeated reads from lists.
// Each API group has a file of its own with its types and calls.
//
// What comes from the network is an answer to what was asked, or an error: see
// [AnswerError]. No redirect is followed.
package logto

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

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
	Log func(context.Context, RequestLog)
	// LogWait, if not nil, is told of every wait before a call is sent.
	LogWait func(context.Context, Wait)
}

// RequestLog is a request and how it was answered, for logs.
type RequestLog struct {
	Method, Path string
	Status       int // 0 when there was no answer
	Duration     time.Duration
	Err          error
}

// Wait is a wait before a call is sent, for logs.
type Wait struct {
	Method, Path string
	For          time.Duration
	Why          string // what the last try came to, or that the budget is spent
}

// Client talks to one Logto tenant. It is safe for concurrent use.
type Client struct {
	cfg    Config
	base   *url.URL // without trailing slash
	wire   http.RoundTripper
	tokens *tokenSource
	budget *budget
	large  chan struct{} // is full while an operation with large answers goes on

	locks  keyedLocks
	flight singleflight.Group
	reads  readState
	claims sync.Map     // ids of objects that this client created or adopted
	skew   atomic.Int64 // the server's clock less ours, nanoseconds

	roleTypes sync.Map // types of organization roles by their ids
	factories sync.Map // connector factories by their ids

	signIn signInEndpoint

	ownRoles struct { // ids of the roles of the application that the client signs in with
		mu   sync.Mutex
		read bool
		ids  []string
	}

	served   atomic.Bool // whether the Management API ever did what it was asked
	reported sync.Map    // texts of the AccessErrors that were told in full
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

// New returns a client. It makes no network call; its errors are *[AccessError].
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
	transport.MaxResponseHeaderBytes = maxHeader
	if len(cfg.CACertificates) > 0 {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(cfg.CACertificates) {
			return nil, &AccessError{Attribute: "ca_certificate", Problem: "holds no PEM certificate",
				Advice: "Set one or more certificates in PEM format, for example file(\"ca.pem\")."}
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	c := &Client{cfg: cfg, base: base, wire: transport, large: make(chan struct{}, 1)}
	c.budget = newBudget(cfg.RequestsPerSecond, base, cfg.Resource)
	c.tokens = newTokenSource(c)
	return c, nil
}

// parseEndpoint never shows what it was given: it may hold a password.
func parseEndpoint(endpoint string) (*url.URL, error) {
	endpoint = strings.TrimSpace(endpoint)
	base, err := url.Parse(endpoint)
	problem := ""
	switch {
	case !strings.Contains(endpoint, "://"):
		problem = "has no scheme"
		if host, err := url.Parse("//" + endpoint); err == nil && host.User == nil && host.Host != "" {
			scheme := "https"
			if isLoopback(host.Hostname()) {
				scheme = "http"
			}
			problem += ": write " + Printable(scheme+"://"+host.Host+host.EscapedPath())
		}
	case err != nil:
		problem = "is not a URL"
	case base.Scheme != "http" && base.Scheme != "https":
		problem = "has no http or https scheme"
	case base.Hostname() == "":
		problem = "has no host"
	case base.User != nil:
		problem = "has a user name or a password in it"
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		problem = "has a query or a fragment"
	}
	if problem != "" {
		return nil, &AccessError{Attribute: "endpoint", Problem: problem,
			Advice: "Set the URL of the tenant, for example https://my-tenant.logto.app or https://auth.example.com, without /api."}
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = ""
	return base, nil
}

func isLoopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// SentInClear reports whether the application's secret and the access token
// travel to another machine without encryption.
func (c *Client) SentInClear() bool {
	return c.base.Scheme == "http" && !isLoopback(c.base.Hostname())
}

// Endpoint is the tenant's URL without a trailing slash.
func (c *Client) Endpoint() string { return c.base.String() }

// Resource is the Management API's resource indicator in use.
func (c *Client) Resource() string { return c.cfg.Resource }

// IsSelfHosted reports whether the tokens are for the Management API of a self-hosted Logto.
func (c *Client) IsSelfHosted() bool { return c.cfg.Resource == selfHosted }

// Connect makes sure that there is an access token that may call the
// Management API: POST /oidc/token, once. Its errors are *[AccessError].
func (c *Client) Connect(ctx context.Context) error {
	_, err := c.tokens.get(ctx)
	return err
}

// serverTime is what the server's clock says at our time t, to the second or so,
// by the Date of its answers.
func (c *Client) serverTime(t time.Time) time.Time { return t.Add(time.Duration(c.skew.Load())) }

// Now is the server's time, to the second or so.
func (c *Client) Now() time.Time { return c.serverTime(time.Now()) }
