// SPDX-License-Identifier: MPL-2.0

package engine

import (
	"net/http"
	"net/url"
	"strings"
)

// Group is a part of the API: its collections, routes and seeds.
type Group struct {
	Collections []*Collection
	Routes      func(r *Routes)
	Seed        func(db *Store)
	Violations  func(v *Violation) *Error // default: plainViolation
}

// Routes registers the operations of a group. Paths are given without /api.
type Routes struct {
	router *router
	group  *Group
}

// Route is an operation: its method and path, and what answers it.
type Route struct {
	operation string
	method    string
	Status    int
	paging    Paging
	anonymous bool // no token needed
	handle    Handler
	group     *Group
}

func (r *Routes) add(method, path string, status int, h Handler) *Route {
	out := &Route{method: method, operation: method + " /api" + path, Status: status, handle: h, group: r.group}
	r.router.add("/api"+path, out)
	return out
}

// Get registers a list or a look-up, answered with 200.
func (r *Routes) Get(path string, h Handler) *Route {
	return r.add(http.MethodGet, path, http.StatusOK, h)
}

// Post registers an operation that is answered with the status.
func (r *Routes) Post(path string, status int, h Handler) {
	r.add(http.MethodPost, path, status, h)
}

// Put registers an operation that is answered with the status.
func (r *Routes) Put(path string, status int, h Handler) {
	r.add(http.MethodPut, path, status, h)
}

// Patch registers an update, answered with 200.
func (r *Routes) Patch(path string, h Handler) {
	r.add(http.MethodPatch, path, http.StatusOK, h)
}

// Delete registers a removal, answered with 204.
func (r *Routes) Delete(path string, h Handler) *Route {
	return r.add(http.MethodDelete, path, http.StatusNoContent, h)
}

// Paged makes a list paged.
func (r *Route) Paged(mode Paging) { r.paging = mode }

// Open makes a route answer without a token.
func (r *Route) Open() *Route { r.anonymous = true; return r }

// router finds the route of a path. Literal segments win over parameters and are
// blind to letter case, as koa's router is.
type router struct {
	root   *node
	routes []*Route
}

type node struct {
	literal map[string]*node
	param   *node
	routes  map[string]*Route
}

func (r *router) add(path string, to *Route) {
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
		at.routes = map[string]*Route{}
	}
	at.routes[to.method] = to
}

// find returns the route and the path parameters; without a route, known tells
// whether the path serves another method.
func (r *router) find(method, escapedPath string) (out *Route, params map[string]string, known bool) {
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
