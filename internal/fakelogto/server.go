// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/logto-community/terraform-provider-logto/internal/logto/since"
)

// The machine-to-machine application that may call the Management API, and the
// API's resource indicator. The application is seeded besides what a fresh tenant holds.
const (
	AppID     = "terraformprovidertest"
	AppSecret = "terraformProviderTestSecret00000"
	Resource  = "https://default.logto.app/api"
)

// maxBody is the largest body that Logto reads. A larger one is answered like an unknown route.
const maxBody = 1 << 20

// Server is a Logto tenant in memory. It serves the Management API below /api, the
// token endpoint /oidc/token and the first step of a sign-in, /oidc/auth.
type Server struct {
	// URL is the base address, without a slash at its end, once the server listens.
	URL string

	router      *router
	version     string // of Logto, as "1.43"
	connections atomic.Int64
	sequence    atomic.Int64 // of calls that arrived, and of what they committed

	data sync.Mutex // guards db and what follows up to auth
	db   *store
	// defaulted is the API resource that became the default last, and when.
	defaulted struct {
		id string
		at int64
	}
	// cloud, domainStatus and domainMessage are for what only Logto Cloud has.
	cloud                       bool
	domainStatus, domainMessage string

	auth   sync.Mutex // guards tokens and lifetime
	tokens map[string]accessToken
	// lifetime replaces the resource's accessTokenTtl when lifetimeSet.
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

// NewServer returns a tenant as a fresh Logto OSS has it, plus the application
// AppID. It is an http.Handler; Start and Listen put it on the network.
func NewServer() *Server {
	s := &Server{router: &router{root: &node{}}, version: since.Newest, tokens: map[string]accessToken{}}
	var collections []*collection
	all := groups()
	for _, g := range all {
		collections = append(collections, g.collections...)
	}
	s.db = newStore(collections)
	for _, g := range all {
		if g.routes != nil {
			g.routes(&routes{router: s.router, group: &g})
		}
	}
	for _, g := range all {
		if g.seed != nil {
			g.seed(s.db)
		}
	}
	return s
}

// Start serves a new tenant over real HTTP on 127.0.0.1 until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	s := NewServer()
	hs := httptest.NewUnstartedServer(s)
	hs.Config.ConnState = s.countConnection
	hs.Start()
	t.Cleanup(hs.Close)
	s.URL = hs.URL
	return s
}

// Listen serves the tenant on addr (host:port) in the background until Close.
func (s *Server) Listen(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.URL = "http://" + l.Addr().String()
	s.listener = &http.Server{Handler: s, ConnState: s.countConnection, ReadHeaderTimeout: time.Minute}
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

func (s *Server) countConnection(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		s.connections.Add(1)
	}
}

// Calls returns the Management API calls since ResetCalls in the order they arrived.
func (s *Server) Calls() []Call {
	s.control.Lock()
	defer s.control.Unlock()
	return mapped(s.calls, func(c *Call) Call { return *c })
}

// Writes returns the calls that are not GET or HEAD.
func (s *Server) Writes() []Call {
	return filtered(s.Calls(), func(c Call) bool {
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
	out := mapped(s.router.routes, func(r *route) string { return r.operation })
	slices.Sort(out)
	return out
}

// Do calls the Management API directly: it is not counted and needs no token, and
// faults, latency and limits do not apply. It is meant for what changes outside of
// Terraform and for assertions. The answer is decoded JSON, a string for text, or
// nil for none.
func (s *Server) Do(method, path string, body any) (status int, answer any) {
	target, rawQuery, _ := strings.Cut(path, "?")
	req := request{method: method, path: target, rawQuery: rawQuery, host: s.URL, trusted: true, arrived: s.sequence.Add(1)}
	if body != nil {
		data, err := encodeAny(body)
		if err != nil {
			return 0, err.Error()
		}
		req.body, req.contentType = data, "application/json"
	}
	return s.serve(req).decoded()
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
		s.finish(w, r, &Call{}, fault.after(discovery(origin(r))))
		return
	}
	if path == authorizationPath && r.Method == http.MethodGet {
		s.finish(w, r, &Call{}, s.authorization(r))
		return
	}
	isToken := strings.TrimSuffix(path, "/") == tokenPath
	if !isToken && !strings.HasPrefix(path, "/api/") && path != "/api" {
		http.NotFound(w, r)
		return
	}
	body, readErr := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if readErr != nil {
		http.Error(w, "Bad Request", http.StatusBadRequest)
		return
	}
	arrived := s.sequence.Add(1)
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
	var out reply
	if isToken {
		out = s.token(r, body)
	} else {
		out = s.serve(request{
			method: r.Method, path: path, rawQuery: r.URL.RawQuery, host: origin(r),
			contentType: r.Header.Get("Content-Type"), body: body, authorization: r.Header.Get("Authorization"),
			arrived: arrived,
		})
	}
	if fault != nil && fault.Drop == DropAfter {
		cutConnection(w)
		return
	}
	s.finish(w, r, call, fault.after(out))
}

func origin(r *http.Request) string {
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

func (s *Server) finish(w http.ResponseWriter, r *http.Request, call *Call, out reply) {
	maps.Copy(w.Header(), out.header)
	w.Header().Set("Logto-Core-Request-Id", newSecret(16))
	if r.Method == http.MethodGet && out.status == http.StatusOK {
		sum := fnv.New64a()
		_, _ = sum.Write(out.body)
		tag := strconv.Quote(strconv.FormatUint(sum.Sum64(), 36))
		w.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") == tag {
			out.status, out.body = http.StatusNotModified, nil
		}
	}
	if call != nil {
		s.control.Lock()
		call.Status = out.status
		s.control.Unlock()
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// reply is an answer on the wire.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) decoded() (int, any) {
	if len(r.body) == 0 {
		return r.status, nil
	}
	if strings.HasPrefix(r.header.Get("Content-Type"), "application/json") {
		if v, err := plainJSON(r.body); err == nil {
			return r.status, v
		}
	}
	return r.status, string(r.body)
}

// request is a call of the Management API, taken off HTTP.
type request struct {
	method, path, rawQuery string
	host                   string
	contentType            string
	body                   []byte
	authorization          string
	trusted                bool // no token needed
	arrived                int64
}

// text is an answer in text/plain, raw one with a media type of its own.
type text string

type raw struct {
	mediaType string
	body      string
}

// later is work that must not hold the lock, such as a call to somewhere else.
// It must not touch the store.
type later func() (any, error)

// serve answers one call. It holds the lock only while the handler runs.
func (s *Server) serve(req request) reply {
	route, params, known := s.router.find(req.method, req.path)
	if route == nil {
		status := http.StatusNotFound
		if known {
			status = http.StatusMethodNotAllowed
		}
		return plain(status, http.StatusText(status))
	}
	c := &call{server: s, db: s.db, route: route, params: params, request: req, status: route.status}
	c.query = parseQuery(req.rawQuery)
	if !req.trusted && !route.anonymous {
		caller, err := s.authorize(req.authorization)
		if err != nil {
			return c.failed(err)
		}
		c.caller = caller
	}
	result, err := c.run()
	if work, ok := result.(later); ok && err == nil {
		result, err = work()
	}
	if err != nil {
		return c.failed(err)
	}
	return c.asOlder(c.answered(result))
}

func plain(status int, message string) reply {
	header := http.Header{"Content-Type": {"text/plain; charset=utf-8"}}
	return reply{status: status, header: header, body: []byte(message)}
}

// handler answers a call: an object or a list becomes JSON, nil the text that Logto
// sends with the status ("Created", "OK", none for 204).
type handler func(c *call) (any, error)

// call is what a handler works with. The lock is held while it runs.
type call struct {
	request
	server *Server
	db     *store
	route  *route
	params map[string]string
	query  []pair
	caller string // the client ID of the token, "" for Do
	status int    // of the answer; a handler may change it
	page   page
}

func (c *call) run() (any, error) {
	c.server.data.Lock()
	defer c.server.data.Unlock()
	p, err := parsePage(c.route.paging, c.query)
	if err != nil {
		return nil, err
	}
	c.page = p
	return c.route.handle(c)
}

// param returns a path parameter, unescaped.
func (c *call) param(name string) string { return c.params[name] }

// input checks the body against a schema and returns what Logto keeps of it.
func (c *call) input(s schema) (object, error) {
	v, err := c.inputValue(s)
	if err != nil {
		return nil, err
	}
	o, _ := v.(object)
	return o, nil
}

// inputValue is input for bodies that are no objects.
func (c *call) inputValue(s schema) (any, error) {
	body, err := c.parsedBody()
	if err != nil {
		return nil, err
	}
	kept, failed := parse(s, body, "body")
	if failed != nil {
		return nil, failed
	}
	return kept, nil
}

// parsedBody reads the body as Logto's parser does: other media types count as {}.
func (c *call) parsedBody() (any, error) {
	if len(c.body) > maxBody {
		return nil, &apiError{status: http.StatusNotFound, message: "Not Found", text: true}
	}
	mediaType, _, _ := strings.Cut(c.contentType, ";")
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "application/json":
		trimmed := strings.TrimLeft(string(c.body), " \t\r\n")
		if trimmed == "" {
			return object{}, nil
		}
		if trimmed[0] != '{' && trimmed[0] != '[' {
			return nil, &apiError{status: 400, message: "The body is no JSON object and no JSON array."}
		}
		v, err := decodeJSON(c.body)
		var refused *apiError
		if err != nil && !errors.As(err, &refused) {
			err = &apiError{status: 400, message: err.Error()}
		}
		if err != nil {
			return nil, err
		}
		return c.forOlder(v)
	case "text/plain":
		return string(c.body), nil
	case "application/x-www-form-urlencoded":
		out := object{}
		for _, p := range parseQuery(string(c.body)) {
			out = out.with(p.key, p.value)
		}
		return out, nil
	}
	return object{}, nil
}

// queryInput checks the query against a schema. Repeated keys become a list.
func (c *call) queryInput(s schema) (object, error) {
	in := object{}
	for _, q := range c.query {
		if in.has(q.key) {
			continue
		}
		if values := lookupAll(c.query, q.key); len(values) > 1 {
			in = append(in, member{q.key, toList(values)})
			continue
		}
		in = append(in, member{q.key, q.value})
	}
	v, err := parse(s, in, "query")
	if err != nil {
		return nil, err
	}
	o, _ := v.(object)
	return o, nil
}

// paramsInput checks the path parameters against a schema.
func (c *call) paramsInput(s schema) error {
	in := object{}
	for key, value := range c.params {
		in = append(in, member{key, value})
	}
	if _, err := parse(s, in, "params"); err != nil {
		return err
	}
	return nil
}

// search reads the search.* query over the columns; mistakes are 400 request.invalid_input.
func (c *call) search(columns ...string) (search, error) {
	out, err := parseSearch(c.query, columns...)
	if wrong, ok := errors.AsType[*searchError](err); ok {
		e := invalidRequest(400, wrong.reason)
		e.data = object{}
		return out, e
	}
	return out, err
}

// list cuts the rows to the page that was asked for.
func (c *call) list(rows []object) (any, error) {
	rows, err := cut(&c.page, rows)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// pageOf is list for handlers that add to the rows of the page.
func (c *call) pageOf(rows []object) ([]object, error) { return cut(&c.page, rows) }

func (c *call) answered(result any) reply {
	header := http.Header{}
	if c.page.on {
		header.Set("Total-Number", strconv.Itoa(c.page.total))
		header["Link"] = c.page.links(c.host+strings.TrimPrefix(c.path, "/api"), c.query)
	}
	out := reply{status: c.status, header: header}
	switch result := result.(type) {
	case nil:
		if c.status != http.StatusNoContent {
			header.Set("Content-Type", "text/plain; charset=utf-8")
			out.body = []byte(http.StatusText(c.status))
		}
	case text:
		header.Set("Content-Type", "text/plain; charset=utf-8")
		out.body = []byte(result)
	case raw:
		header.Set("Content-Type", result.mediaType)
		out.body = []byte(result.body)
	default:
		header.Set("Content-Type", "application/json; charset=utf-8")
		out.body = appendJSON(nil, result)
	}
	return out
}

func (c *call) failed(err error) reply {
	var e *apiError
	var v *violation
	switch {
	case errors.As(err, &e):
	case errors.As(err, &v):
		answer := plainViolation
		if c.route.group.violations != nil {
			answer = c.route.group.violations
		}
		e = answer(v)
	default:
		e = internal()
	}
	c.status, c.page.on = e.status, false
	return c.answered(e.body())
}

// group is a part of the API: its collections, routes and seeds.
type group struct {
	collections []*collection
	routes      func(r *routes)
	seed        func(db *store)
	violations  func(v *violation) *apiError // default: plainViolation
}

// routes registers the operations of a group. Paths are given without /api.
type routes struct {
	router *router
	group  *group
}

type route struct {
	operation string
	method    string
	status    int
	paging    paging
	anonymous bool // no token needed
	handle    handler
	group     *group
}

func (r *routes) add(method, path string, status int, h handler) *route {
	out := &route{method: method, operation: method + " /api" + path, status: status, handle: h, group: r.group}
	r.router.add("/api"+path, out)
	return out
}

// get registers a list or a look-up, answered with 200.
func (r *routes) get(path string, h handler) *route {
	return r.add(http.MethodGet, path, http.StatusOK, h)
}

func (r *routes) post(path string, status int, h handler) {
	r.add(http.MethodPost, path, status, h)
}

func (r *routes) put(path string, status int, h handler) {
	r.add(http.MethodPut, path, status, h)
}

// patch registers an update, answered with 200.
func (r *routes) patch(path string, h handler) {
	r.add(http.MethodPatch, path, http.StatusOK, h)
}

// delete registers a removal, answered with 204.
func (r *routes) delete(path string, h handler) *route {
	return r.add(http.MethodDelete, path, http.StatusNoContent, h)
}

// paged makes a list paged.
func (r *route) paged(mode paging) { r.paging = mode }

// open makes a route answer without a token.
func (r *route) open() *route { r.anonymous = true; return r }

// router finds the route of a path. Literal segments win over parameters and are
// blind to letter case, as koa's router is.
type router struct {
	root   *node
	routes []*route
}

type node struct {
	literal map[string]*node
	param   *node
	routes  map[string]*route
}

func (r *router) add(path string, to *route) {
	r.routes = append(r.routes, to)
	at := r.root
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if strings.HasPrefix(part, "{") {
			if at.param == nil {
				at.param = &node{}
			}
			at = at.param
			continue
		}
		if at.literal == nil {
			at.literal = map[string]*node{}
		}
		if at.literal[part] == nil {
			at.literal[part] = &node{}
		}
		at = at.literal[part]
	}
	if at.routes == nil {
		at.routes = map[string]*route{}
	}
	at.routes[to.method] = to
}

// find returns the route and the path parameters; without a route, known tells
// whether the path serves another method.
func (r *router) find(method, escapedPath string) (out *route, params map[string]string, known bool) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	parts := strings.Split(strings.Trim(escapedPath, "/"), "/")
	var values []string
	var walk func(at *node, rest []string) bool
	walk = func(at *node, rest []string) bool {
		if len(rest) == 0 {
			known = known || at.routes != nil
			out = at.routes[method]
			return out != nil
		}
		if next := at.literal[strings.ToLower(rest[0])]; next != nil && walk(next, rest[1:]) {
			return true
		}
		if at.param == nil || rest[0] == "" {
			return false
		}
		value, err := url.PathUnescape(rest[0])
		if err != nil {
			value = rest[0]
		}
		values = append(values, value)
		if walk(at.param, rest[1:]) {
			return true
		}
		values = values[:len(values)-1]
		return false
	}
	if !walk(r.root, parts) {
		return nil, nil, known
	}
	params = make(map[string]string, len(values))
	pattern := strings.Split(out.operation[strings.IndexByte(out.operation, ' ')+1:], "/")
	i := 0
	for _, part := range pattern {
		if strings.HasPrefix(part, "{") {
			params[strings.Trim(part, "{}")] = values[i]
			i++
		}
	}
	return out, params, true
}

// byText orders rows by a column.
func byText(column string) func(a, b object) int {
	return func(a, b object) int { return cmp.Compare(a.str(column), b.str(column)) }
}
