// SPDX-License-Identifier: MPL-2.0

package fakelogto

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

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
