// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// Reply is an answer on the wire.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Decoded returns the status and the body: a JSON value, a string for text, or nil for none.
func (r Reply) Decoded() (int, any) {
	if len(r.Body) == 0 {
		return r.Status, nil
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		if v, err := plainJSON(r.Body); err == nil {
			return r.Status, v
		}
	}
	return r.Status, string(r.Body)
}

// Request is a call of the Management API, taken off HTTP.
type Request struct {
	Method, Path, rawQuery string
	Host                   string
	ContentType            string
	Body                   []byte
	authorization          string
	Trusted                bool // no token needed
	Arrived                int64
}

// PlainText is an answer in text/plain.
type PlainText string

// Raw is an answer with a media type of its own.
type Raw struct {
	MediaType string
	Body      string
}

// Later is work that must not hold the lock, such as a call to somewhere else.
// It must not touch the store.
type Later func() (any, error)

// Serve answers one call. It holds the lock only while the handler runs.
func (s *Server) Serve(req Request) Reply {
	route, params, known := s.router.find(req.Method, req.Path)
	if route == nil {
		status := http.StatusNotFound
		if known {
			status = http.StatusMethodNotAllowed
		}
		return Plain(status, http.StatusText(status))
	}
	c := &Context{Server: s, DB: s.db, route: route, params: params, Request: req, Status: route.Status}
	c.Query = ParseQuery(req.rawQuery)
	if !req.Trusted && !route.anonymous {
		caller, err := s.authorize(req.authorization)
		if err != nil {
			return c.failed(err)
		}
		c.Caller = caller
	}
	result, err := c.run()
	if work, ok := result.(Later); ok && err == nil {
		result, err = work()
	}
	if err != nil {
		return c.failed(err)
	}
	return c.asOlder(c.answered(result))
}

// Plain is an answer in text/plain.
func Plain(status int, message string) Reply {
	header := http.Header{"Content-Type": {"text/plain; charset=utf-8"}}
	return Reply{Status: status, Header: header, Body: []byte(message)}
}

// Handler answers a call: an object or a list becomes JSON, nil the text that Logto
// sends with the status ("Created", "OK", none for 204).
type Handler func(c *Context) (any, error)

// Context is what a handler works with. The lock is held while it runs.
type Context struct {
	Request
	Server *Server
	DB     *Store
	route  *Route
	params map[string]string
	Query  []Pair
	Caller string // the client ID of the token, "" for Do
	Status int    // of the answer; a handler may change it
	Page   Page
}

func (c *Context) run() (any, error) {
	c.Server.data.Lock()
	defer c.Server.data.Unlock()
	p, err := parsePage(c.route.paging, c.Query)
	if err != nil {
		return nil, err
	}
	c.Page = p
	return c.route.handle(c)
}

// Param returns a path parameter, unescaped.
func (c *Context) Param(name string) string { return c.params[name] }

// Input checks the body against a schema and returns what Logto keeps of it.
func (c *Context) Input(s Schema) (Object, error) {
	v, err := c.InputValue(s)
	if err != nil {
		return nil, err
	}
	o, _ := v.(Object)
	return o, nil
}

// InputValue is input for bodies that are no objects.
func (c *Context) InputValue(s Schema) (any, error) {
	body, err := c.parsedBody()
	if err != nil {
		return nil, err
	}
	body, is := c.forOlder(body)
	kept, result := s.Check(body, nil, &is)
	if result != Good || len(is) > 0 {
		return nil, InvalidInput(is, "body")
	}
	return kept, nil
}

// parsedBody reads the body as Logto's parser does: other media types count as {}.
func (c *Context) parsedBody() (any, error) {
	if len(c.Body) > MaxBody {
		return nil, &Error{Status: http.StatusNotFound, Message: "Not Found", text: true}
	}
	mediaType, _, _ := strings.Cut(c.ContentType, ";")
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "application/json":
		trimmed := strings.TrimLeft(string(c.Body), " \t\r\n")
		if trimmed == "" {
			return Object{}, nil
		}
		if trimmed[0] != '{' && trimmed[0] != '[' {
			return nil, &Error{Status: 400, Message: "The body is no JSON object and no JSON array."}
		}
		v, err := DecodeJSON(c.Body)
		var refused *Error
		if err != nil && !errors.As(err, &refused) {
			err = &Error{Status: 400, Message: err.Error()}
		}
		if err != nil {
			return nil, err
		}
		return v, nil
	case "text/plain":
		return string(c.Body), nil
	case "application/x-www-form-urlencoded":
		out := Object{}
		for _, p := range ParseQuery(string(c.Body)) {
			out = out.With(p.key, p.value)
		}
		return out, nil
	}
	return Object{}, nil
}

// QueryInput checks the query against a schema. Repeated keys become a list.
func (c *Context) QueryInput(s Schema) (Object, error) {
	in := Object{}
	for _, q := range c.Query {
		if in.Has(q.key) {
			continue
		}
		if values := LookupAll(c.Query, q.key); len(values) > 1 {
			in = append(in, Member{q.key, ToList(values)})
			continue
		}
		in = append(in, Member{q.key, q.value})
	}
	v, err := Parse(s, in, "query")
	if err != nil {
		return nil, err
	}
	o, _ := v.(Object)
	return o, nil
}

// ParamsInput checks the path parameters against a schema.
func (c *Context) ParamsInput(s Schema) error {
	in := Object{}
	for key, value := range c.params {
		in = append(in, Member{key, value})
	}
	if _, err := Parse(s, in, "params"); err != nil {
		return err
	}
	return nil
}

// Search reads the search.* query over the columns; mistakes are 400 request.invalid_input.
func (c *Context) Search(columns ...string) (Search, error) {
	out, err := ParseSearch(c.Query, columns...)
	if wrong, ok := errors.AsType[*SearchError](err); ok {
		e := InvalidRequest(400, wrong.reason)
		e.Data = Object{}
		return out, e
	}
	return out, err
}

// List cuts the rows to the page that was asked for.
func (c *Context) List(rows []Object) (any, error) {
	rows, err := cut(&c.Page, rows)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// PageOf is list for handlers that add to the rows of the page.
func (c *Context) PageOf(rows []Object) ([]Object, error) { return cut(&c.Page, rows) }

func (c *Context) answered(result any) Reply {
	header := http.Header{}
	if c.Page.on {
		header.Set("Total-Number", strconv.Itoa(c.Page.Total))
		header["Link"] = c.Page.links(c.Host+strings.TrimPrefix(c.Path, "/api"), c.Query)
	}
	out := Reply{Status: c.Status, Header: header}
	switch result := result.(type) {
	case nil:
		if c.Status != http.StatusNoContent {
			header.Set("Content-Type", "text/plain; charset=utf-8")
			out.Body = []byte(http.StatusText(c.Status))
		}
	case PlainText:
		header.Set("Content-Type", "text/plain; charset=utf-8")
		out.Body = []byte(result)
	case Raw:
		header.Set("Content-Type", result.MediaType)
		out.Body = []byte(result.Body)
	default:
		header.Set("Content-Type", "application/json; charset=utf-8")
		out.Body = AppendJSON(nil, result)
	}
	return out
}

func (c *Context) failed(err error) Reply {
	var e *Error
	var v *Violation
	switch {
	case errors.As(err, &e):
	case errors.As(err, &v):
		answer := PlainViolation
		if c.route.group.Violations != nil {
			answer = c.route.group.Violations
		}
		e = answer(v)
	default:
		e = InternalError()
	}
	c.Status, c.Page.on = e.Status, false
	return c.answered(e.body())
}

// JSONReply is an answer in JSON from outside of the Management API.
func JSONReply(status int, body any) Reply {
	header := http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Cache-Control": {"no-store"}}
	return Reply{Status: status, Header: header, Body: AppendJSON(nil, body)}
}

// Locked runs work that comes after a call to somewhere else, again under the lock.
func (c *Context) Locked(work func() (any, error)) (any, error) {
	c.Server.data.Lock()
	defer c.Server.data.Unlock()
	return work()
}
