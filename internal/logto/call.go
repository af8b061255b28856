// SPDX-License-Identifier: MPL-2.0

package logto

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// request is one API call. path is relative to /api and already escaped.
type request struct {
	method string
	path   string
	query  url.Values
	body   any
	// form is a body that is no JSON, of the type formType.
	form     []byte
	formType string
	// once marks a call that must not be repeated when it may have been carried out.
	once bool
	// is and has say what is known of the object in the answer: what it must have
	// under some keys, and other keys that it must have.
	is  map[string]string
	has []string
	// noContent is set where the answer may have no content.
	noContent bool
	// orEmpty is set where an object without any key is one, too.
	orEmpty bool
	// list marks a call that is answered with a list, which may be long.
	list bool
}

// path joins segments into an escaped API path. What must not be a segment is
// found before the path is used: see checkPath.
func path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// IsSegment reports whether a text can be a segment of a path. Gateways and
// proxies decode a path, some twice, and take ".", ".." and nothing between two
// slashes out of it, which makes of it the path of another object.
func IsSegment(s string) bool {
	for part := range strings.SplitSeq(strings.ReplaceAll(s, `\`, "/"), "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	decoded, err := url.PathUnescape(s)
	return err != nil || decoded == s || IsSegment(decoded)
}

// WhyNoSegment says what is wrong with a text for which IsSegment is false.
const WhyNoSegment = `gateways take ".", ".." and empty parts out of a URL, so a call for this object could reach another one`

// checkSegments is an [InputError] about the key when one of the texts can be
// written, and the object then not be changed or deleted under it.
func checkSegments(key string, texts ...string) error {
	for _, s := range texts {
		if !IsSegment(s) {
			return refuse(key, fmt.Sprintf("%q cannot be used here: %s.", printable(s, 100), WhyNoSegment))
		}
	}
	return nil
}

// checkPath is an error when a segment of an escaped path is none.
func checkPath(escaped string) error {
	segments := strings.Split(escaped, "/")[1:]
	for i, s := range segments {
		text, err := url.PathUnescape(s)
		if err != nil {
			return err
		}
		if IsSegment(text) {
			continue
		}
		of := "first part"
		if i > 0 {
			of = "part after \"" + printable(segments[i-1], 100) + "\""
		}
		return fmt.Errorf("the %s of the path /api%s is %q: %s. Nothing was sent", of, printable(escaped, 200), printable(text, 100), WhyNoSegment)
	}
	return nil
}

// do carries out a call. It decodes the answer into out, which says whether that
// must be an object or a list; without out there need be no answer but that it
// was done. Its errors are *[Error], *[AnswerError], *[AccessError], or a
// transport's.
func (c *Client) do(ctx context.Context, r request, out any) error {
	r.list = out != nil && wantsList(out)
	a, err := c.send(ctx, r)
	if err != nil {
		return err
	}
	defer a.release()
	if err := a.decode(r, out); err != nil {
		return err
	}
	c.served.Store(true)
	return nil
}

// send carries out a call and returns the answer, which the caller has to
// release.
func (c *Client) send(ctx context.Context, r request) (*answer, error) {
	if err := checkPath(r.path); err != nil {
		return nil, err
	}
	ctx, end := Operation(ctx)
	a, err := c.sendIn(ctx, r)
	if err != nil {
		end()
		return nil, err
	}
	release := a.release
	a.release = func() {
		release()
		end()
	}
	return a, nil
}

// sendIn is send within an operation.
func (c *Client) sendIn(ctx context.Context, r request) (*answer, error) {
	x := c.newExchange(r.method, c.at("/api"+r.path, r.query))
	x.name = "/api" + r.path
	x.once = r.once
	if r.list {
		x.most = maxList
	}
	x.header.Set("Accept-Language", "en")
	if r.form != nil {
		x.body = r.form
		x.header.Set("Content-Type", r.formType)
	}
	if r.body != nil {
		var err error
		if x.body, err = json.Marshal(r.body); err != nil {
			return nil, err
		}
		x.header.Set("Content-Type", "application/json")
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
		x.header.Set("Authorization", "Bearer "+token)
		a, err := x.do(ctx)
		refused, ok := errors.AsType[*Error](err)
		if !ok {
			return a, err
		}
		if refused.Status == http.StatusUnauthorized && !fresh && c.tokens.drop(token) {
			continue
		}
		if denied := c.denied(refused); denied != nil {
			return nil, denied
		}
		return nil, refused
	}
}

// at is the URL of an escaped path on the endpoint.
func (c *Client) at(escaped string, query url.Values) string {
	u := c.base.String() + escaped
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}
