// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
)

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
	body, is := c.forOlder(body)
	kept, result := s.check(body, nil, &is)
	if result != good || len(is) > 0 {
		return nil, invalidInput(is, "body")
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
		return v, nil
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
