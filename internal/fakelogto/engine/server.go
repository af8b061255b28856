// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// MaxBody is the largest body that Logto reads. A larger one is answered like an unknown route.
const MaxBody = 1 << 20

// Server is a Logto tenant in memory. It serves the Management API below /api, the
// token endpoint /oidc/token and the first step of a sign-in, /oidc/auth.
type Server struct {
	// URL is the base address, without a slash at its end, once the server listens.
	URL string

	router      *router
	version     string // of Logto, as "1.43"
	connections atomic.Int64
	sequence    atomic.Int64 // of calls that arrived, and of what they committed

	oidc OIDC

	data sync.Mutex // guards db
	db   *Store

	auth   sync.Mutex // guards tokens and lifetime
	tokens map[string]accessToken
	// lifetime replaces that of the resource when lifetimeSet.
	lifetime    time.Duration
	lifetimeSet bool

	control   sync.Mutex // guards what follows
	faults    []*armed
	latency   time.Duration
	limit     rateLimit
	calls     []*Call
	tokenHits int

	listener *http.Server
}

// Call is one call of the Management API that arrived. Status is 0 while it is
// being answered and when the connection was cut.
type Call struct {
	Method    string
	Path      string
	Operation string // as "GET /api/applications/{id}"; "" when there is no such operation
	Status    int
}

// New returns a server of the groups. Their seeds run in this order, so parents come first.
// It is an http.Handler; Listen puts it on the network.
func New(all []Group, oidc OIDC) *Server {
	s := &Server{router: &router{root: &node{}}, version: since.Newest, oidc: oidc, tokens: map[string]accessToken{}}
	var collections []*Collection
	for _, g := range all {
		collections = append(collections, g.Collections...)
	}
	s.db = newStore(collections)
	for _, g := range all {
		if g.Routes != nil {
			g.Routes(&Routes{router: s.router, group: &g})
		}
	}
	for _, g := range all {
		if g.Seed != nil {
			g.Seed(s.db)
		}
	}
	return s
}

// Locked runs work on the rows while no call does.
func (s *Server) Locked(work func(db *Store)) {
	s.data.Lock()
	defer s.data.Unlock()
	work(s.db)
}

// Listen serves the tenant on addr (host:port) in the background until Close. The URL
// names the host as addr does.
func (s *Server) Listen(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	at := l.Addr().String()
	if host, _, err := net.SplitHostPort(addr); err == nil && host != "" {
		_, port, _ := net.SplitHostPort(at) // which Go made
		at = net.JoinHostPort(host, port)
	}
	s.URL = "http://" + at
	s.listener = &http.Server{Handler: s, ConnState: s.CountConnection, ReadHeaderTimeout: time.Minute}
	go func() { _ = s.listener.Serve(l) }()
	return nil
}

// Close ends Listen.
func (s *Server) Close() error {
	if s.listener == nil {
		return nil
	}
	return s.listener.Close()
}

// CountConnection is the ConnState of the HTTP server that serves s.
func (s *Server) CountConnection(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		s.connections.Add(1)
	}
}

// Calls returns the Management API calls since ResetCalls in the order they arrived.
func (s *Server) Calls() []Call {
	s.control.Lock()
	defer s.control.Unlock()
	return Map(s.calls, func(c *Call) Call { return *c })
}

// Writes returns the calls that are not GET or HEAD.
func (s *Server) Writes() []Call {
	return Filter(s.Calls(), func(c Call) bool {
		return c.Method != http.MethodGet && c.Method != http.MethodHead
	})
}

// Tokens returns how often the token endpoint was called since ResetCalls.
func (s *Server) Tokens() int {
	s.control.Lock()
	defer s.control.Unlock()
	return s.tokenHits
}

// ResetCalls forgets the calls and token calls so far.
func (s *Server) ResetCalls() {
	s.control.Lock()
	defer s.control.Unlock()
	s.calls, s.tokenHits = nil, 0
}

// Connections returns how many TCP connections were accepted since the start.
func (s *Server) Connections() int { return int(s.connections.Load()) }

// Operations returns every operation of the Management API that the server
// knows, sorted, as "GET /api/applications/{id}".
func (s *Server) Operations() []string {
	out := Map(s.router.routes, func(r *Route) string { return r.operation })
	slices.Sort(out)
	return out
}

// Do calls the Management API directly: it is not counted and needs no token, and
// faults, latency and limits do not apply. It is meant for what changes outside of
// Terraform and for assertions. The answer is decoded JSON, a string for text, or
// nil for none.
func (s *Server) Do(method, path string, body any) (status int, answer any) {
	target, rawQuery, _ := strings.Cut(path, "?")
	req := Request{Method: method, Path: target, rawQuery: rawQuery, Host: s.URL, Trusted: true, Arrived: s.Tick()}
	if body != nil {
		data, err := encodeAny(body)
		if err != nil {
			return 0, err.Error()
		}
		req.Body, req.ContentType = data, "application/json"
	}
	return s.Serve(req).Decoded()
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	if path == discoveryPath && r.Method == http.MethodGet {
		fault := s.hit(r.Method, path)
		if fault.instead() {
			s.finish(w, r, &Call{}, fault.answer())
			return
		}
		s.finish(w, r, &Call{}, fault.after(s.oidc.Discovery(Origin(r))))
		return
	}
	if path == AuthorizationPath && r.Method == http.MethodGet {
		s.finish(w, r, &Call{}, s.oidc.Authorize(s, r))
		return
	}
	isToken := strings.TrimSuffix(path, "/") == TokenPath
	if !isToken && !strings.HasPrefix(path, "/api/") && path != "/api" {
		http.NotFound(w, r)
		return
	}
	body, readErr := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	if readErr != nil {
		http.Error(w, "Bad Request", http.StatusBadRequest)
		return
	}
	arrived := s.Tick()
	call := s.arrived(r.Method, path, isToken)
	if !s.wait(r.Context()) {
		return
	}
	if after := s.overLimit(isToken); after != "" {
		header := http.Header{"Retry-After": {after}}
		s.finish(w, r, call, (&Fault{Status: http.StatusTooManyRequests, Header: header}).answer())
		return
	}
	fault := s.hit(r.Method, path)
	if fault != nil && fault.Drop == DropBefore {
		cutConnection(w)
		return
	}
	if fault.instead() {
		s.finish(w, r, call, fault.answer())
		return
	}
	var out Reply
	if isToken {
		out = s.oidc.Token(s, r, body)
	} else {
		out = s.Serve(Request{
			Method: r.Method, Path: path, rawQuery: r.URL.RawQuery, Host: Origin(r),
			ContentType: r.Header.Get("Content-Type"), Body: body, authorization: r.Header.Get("Authorization"),
			Arrived: arrived,
		})
	}
	if fault != nil && fault.Drop == DropAfter {
		cutConnection(w)
		return
	}
	s.finish(w, r, call, fault.after(out))
}

// Tick is the next number in the sequence of calls that arrive and of what they commit.
func (s *Server) Tick() int64 { return s.sequence.Add(1) }

// Origin is the address under which a request reached the server.
func Origin(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}

// arrived counts a call; the result is nil for a token call.
func (s *Server) arrived(method, path string, isToken bool) *Call {
	s.control.Lock()
	defer s.control.Unlock()
	if isToken {
		s.tokenHits++
		return nil
	}
	call := &Call{Method: method, Path: path}
	if route, _, _ := s.router.find(method, path); route != nil {
		call.Operation = route.operation
	}
	s.calls = append(s.calls, call)
	return call
}

// wait spends the latency; false means that the client went away.
func (s *Server) wait(ctx context.Context) bool {
	s.control.Lock()
	latency := s.latency
	s.control.Unlock()
	if latency <= 0 {
		return true
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *Server) overLimit(isToken bool) string {
	if isToken {
		return ""
	}
	s.control.Lock()
	defer s.control.Unlock()
	return s.limit.retryAfter(time.Now())
}

// cutConnection closes the connection without an answer. HTTP/2 cannot hand out
// its connection; a deadline in the past resets the stream there.
func cutConnection(w http.ResponseWriter) {
	control := http.NewResponseController(w)
	if conn, _, err := control.Hijack(); err == nil {
		_ = conn.Close()
		return
	}
	_ = control.SetWriteDeadline(time.Unix(1, 0))
}

func (s *Server) finish(w http.ResponseWriter, r *http.Request, call *Call, out Reply) {
	maps.Copy(w.Header(), out.Header)
	w.Header().Set("Logto-Core-Request-Id", NewSecret(16))
	if r.Method == http.MethodGet && out.Status == http.StatusOK {
		sum := fnv.New64a()
		_, _ = sum.Write(out.Body)
		tag := strconv.Quote(strconv.FormatUint(sum.Sum64(), 36))
		w.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") == tag {
			out.Status, out.Body = http.StatusNotModified, nil
		}
	}
	if call != nil {
		s.control.Lock()
		call.Status = out.Status
		s.control.Unlock()
	}
	w.WriteHeader(out.Status)
	_, _ = w.Write(out.Body)
}
